import type { Finding } from '../checks/engine/check';
import { pathInResource } from '../inventory/core/item';
import { readJson } from '../template/input/files';
import { CHECK_IDS } from './check-ids';
import { ConfigurationError } from './configuration';
import { type JsonSchema, jsonProblems } from './json-schema';

/** A known finding. Nothing in it changes if lines move, files are renamed, or other stacks come and go. */
export interface BaselineEntry {
  readonly id: string;
  readonly stack: string;
  /** The construct path, or the logical id. */
  readonly place: string;
  /** The path inside the resource; not set for the resource itself. */
  readonly property?: string;
  /** The number of findings with the same key; 1 if not set. */
  readonly count?: number;
}

const VERSION = 1;
const MAX_BYTES = 64 << 20;

const text = (title: string): JsonSchema => ({ type: 'string', pattern: '\\S', title });

const SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    version: { type: 'integer', minimum: VERSION, maximum: VERSION, title: String(VERSION) },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { title: 'the ID of a check', enum: CHECK_IDS },
          stack: text('the name of a stack'),
          place: text('a construct path or a logical ID'),
          property: text('a path inside a resource'),
          count: { type: 'integer', minimum: 1, title: 'a whole number of at least 1' },
        },
        required: ['id', 'stack', 'place'],
        additionalProperties: false,
      },
    },
  },
  required: ['version', 'findings'],
  additionalProperties: false,
};

/**
 * The entries of a baseline file.
 *
 * @throws InputError if it can't be read, ConfigurationError with everything that is wrong in it
 */
export function readBaseline(file: string): BaselineEntry[] {
  const value = readJson(file, MAX_BYTES);
  const problems = jsonProblems(value, SCHEMA);
  if (problems.length > 0) throw new ConfigurationError(file, problems);
  return (value as { findings: BaselineEntry[] }).findings;
}

/** The entries of findings, sorted, so that two baselines compare well. */
export function baselineOf(findings: readonly Finding[]): BaselineEntry[] {
  const counts = new Map<string, { entry: BaselineEntry; count: number }>();
  for (const finding of findings) {
    const entry = entryOf(finding);
    const key = EXACT(entry);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { entry, count: 1 });
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { entry, count }]) => (count === 1 ? entry : { ...entry, count }));
}

/** A baseline file, with a line for each entry. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  return `{\n  "version": ${VERSION},\n  "findings": [${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`;
}

export interface ComparedFindings<T> {
  /** The findings that the baseline doesn't contain. */
  readonly added: readonly T[];
  /** The number of those that it contains. */
  readonly baselined: number;
  /** Entries without a finding. */
  readonly stale: readonly BaselineEntry[];
}

/**
 * Compares findings with a baseline. Each entry accounts for as many findings as it counts. Exact matches come first. Then the
 * position in a list may have changed, and the stack may have another name, as after the renaming of a template; that is only
 * possible for entries of stacks that are gone.
 *
 * @param stacks the names of the stacks that were checked
 */
export function compareWithBaseline<T extends Finding>(
  findings: readonly T[],
  entries: readonly BaselineEntry[],
  stacks: ReadonlySet<string>,
): ComparedFindings<T> {
  const left = entries.map((entry) => ({ entry, count: entry.count ?? 1 }));
  const added = new Set(findings);
  for (const { keyOf, renamed } of MATCHES) {
    const available = new Map<string, { count: number }[]>();
    for (const one of left) {
      if (one.count === 0 || (renamed && stacks.has(one.entry.stack))) continue;
      const key = keyOf(one.entry);
      const same = available.get(key);
      if (same) same.push(one);
      else available.set(key, [one]);
    }
    for (const finding of added) {
      const one = available.get(keyOf(entryOf(finding)))?.find(({ count }) => count > 0);
      if (!one) continue;
      one.count--;
      added.delete(finding);
    }
  }
  return {
    added: findings.filter((finding) => added.has(finding)),
    baselined: findings.length - added.size,
    stale: left
      .filter(({ count }) => count > 0)
      .map(({ entry: { count: _, ...entry }, count }) => (count === 1 ? entry : { ...entry, count })),
  };
}

type KeyOf = (entry: BaselineEntry) => string;

const key = (...parts: readonly (string | undefined)[]) => parts.map((part) => part ?? '').join('\0');
const EXACT: KeyOf = ({ id, stack, place, property }) => key(id, place, property, stack);

const IN_LIST: KeyOf = ({ id, stack, place, property }) => key(id, place, withoutIndexes(property), stack);

/** From the most to the least exact. */
const MATCHES: readonly { readonly keyOf: KeyOf; readonly renamed: boolean }[] = [
  { keyOf: EXACT, renamed: false },
  { keyOf: IN_LIST, renamed: false },
  { keyOf: (entry) => EXACT({ ...entry, stack: '' }), renamed: true },
  { keyOf: (entry) => IN_LIST({ ...entry, stack: '' }), renamed: true },
];

function withoutIndexes(property: string | undefined): string | undefined {
  return property?.replace(/\/\d+(?=\/|$)/g, '/*');
}

function entryOf({ id, place }: Finding): BaselineEntry {
  const { stack, constructPath, logicalId } = place;
  const entry = { id, stack, place: constructPath ?? logicalId };
  const property = pathInResource(place);
  return property === '' ? entry : { ...entry, property };
}
