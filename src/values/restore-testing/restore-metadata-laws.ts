import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { METADATA_FACTS, type MetadataKey, type MetadataKind, metadataKinds } from './restore-metadata-facts';

/** How the caller calls a key, or a nested one as `key.nested`. */
type KeyWords = (key: string) => string;

/**
 * The law of the metadata overrides of a restore test: all values are text, lists and nested keys in JSON, and what is
 * needed is there. Keys that aren't known are a warning. Keys differ in more than letter case.
 *
 * Source: Developer Guide "Restore testing inferred metadata", 2026-09.
 *
 * @param kinds what is restored; of several kinds, one has to fit
 */
export function restoreMetadataProblems(
  kinds: readonly MetadataKind[],
  overrides: Readonly<Record<string, unknown>>,
  word: KeyWords = (key) => key,
): Problem[] {
  const problems = Object.entries(overrides)
    .filter(([, value]) => isKnown(value) && typeof value !== 'string')
    .map(([key, value]) =>
      error(
        word(key),
        `\`${word(key)}\` must be text, got ${show(value)}`,
        typeof value === 'number' || typeof value === 'boolean'
          ? `write it in quotes: '${value}'`
          : Array.isArray(value) || (typeof value === 'object' && value !== null)
            ? 'write it as JSON in a text, with `JSON.stringify`'
            : undefined,
      ),
    );
  const lower = Object.keys(overrides).map((key) => key.toLowerCase());
  const twice = Object.keys(overrides).find((_key, i) => lower.indexOf(lower[i]) !== i);
  if (twice !== undefined)
    problems.push(error(word(twice), `\`${word(twice)}\` is there twice, since case doesn't matter in keys`));
  if (problems.length > 0 || kinds.length === 0) return problems;
  const judged = kinds.map((kind) => kindProblems(kind, overrides, word));
  if (judged.length === 1) return judged[0];
  // it isn't known which kind it is: the one that fits best, of whose needs nobody can be sure
  const [best] = judged
    .map((each) => each.filter(({ id }) => id !== 'Backup-RestoreMetadataMissing'))
    .sort((a, b) => a.length - b.length);
  return best;
}

function kindProblems(
  kind: MetadataKind,
  overrides: Readonly<Record<string, unknown>>,
  word: KeyWords,
): Problem[] {
  const laws = Object.entries(METADATA_FACTS[kind].keys);
  const problems: Problem[] = [];
  const given = new Map<string, unknown>();
  for (const [key, value] of Object.entries(overrides)) {
    const law = laws.find(([name]) => name.toLowerCase() === key.toLowerCase());
    if (law) given.set(law[0], value);
    else problems.push(unknownKeyProblem(kind, word(key)));
  }
  for (const [key, law] of laws) {
    if (given.has(key)) problems.push(...formProblems(kind, key, law, given.get(key), word));
    else if (law.required)
      problems.push(...(law.needs ?? [undefined]).map((nested) => missingProblem(kind, key, nested, word)));
  }
  return problems;
}

function formProblems(
  kind: MetadataKind,
  key: string,
  { form, needs = [] }: MetadataKey,
  value: unknown,
  word: KeyWords,
): Problem[] {
  if (form === undefined) return [];
  const parsed = parse(value as string);
  if (parsed === undefined && !isKnown(value)) return [];
  if (form === 'list') {
    if (Array.isArray(parsed) && parsed.length > 0 && parsed.every((item) => typeof item === 'string'))
      return [];
    return [
      error(
        word(key),
        `\`${word(key)}\` must be a JSON array of texts, such as \`["a","b"]\`, got ${show(value)}`,
        typeof value === 'string' && /^[\w-]+$/.test(value) ? `write '["${value}"]'` : undefined,
      ),
    ];
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return [
      error(
        word(key),
        `\`${word(key)}\` must be a JSON object, such as \`{"key":"value"}\`, got ${show(value)}`,
      ),
    ];
  const nested = Object.keys(parsed).map((name) => name.toLowerCase());
  return needs
    .filter((need) => !nested.includes(need.toLowerCase()))
    .map((need) => missingProblem(kind, key, need, word));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unknownKeyProblem(kind: MetadataKind, property: string): Problem {
  return {
    id: 'Backup-RestoreMetadataKey',
    severity: 'warning',
    property,
    message: `\`${property}\` isn't known to be metadata that a restore test of ${kind} can override`,
    fix: `use ${Object.keys(METADATA_FACTS[kind].keys).join(', ')}`,
  };
}

function missingProblem(
  kind: MetadataKind,
  key: string,
  nested: string | undefined,
  word: KeyWords,
): Problem {
  const property = word(nested === undefined ? key : `${key}.${nested}`);
  return {
    id: 'Backup-RestoreMetadataMissing',
    severity: 'error',
    property,
    message: `\`${property}\` must be said for a restore test of ${kind}, which fails without it, got nothing`,
  };
}

function error(property: string, message: string, fix?: string): Problem {
  return { id: 'Backup-RestoreMetadata', severity: 'error', property, message, fix };
}

/**
 * The law of a restore test without metadata overrides: of some kinds of FSx every restore fails. An error where it is
 * certain, a warning where the kind isn't known.
 */
export function missingMetadataProblems(
  type: string,
  variant: string | undefined,
  property: string,
): Problem[] {
  const kinds = metadataKinds(type, variant);
  const needy = kinds.filter((kind) => Object.values(METADATA_FACTS[kind].keys).some((key) => key.required));
  if (needy.length === 0) return [];
  const certain = needy.length === kinds.length;
  return [
    {
      id: 'Backup-RestoreMetadataMissing',
      severity: certain ? 'error' : 'warning',
      property,
      message: `\`${property}\` ${certain ? 'must' : 'should'} be said for restore tests of ${needy.join(', ')}, which fail without, got nothing`,
      fix: 'use the factory of `RestoreMetadata` for what is tested',
    },
  ];
}
