import { isKnown, show } from '../core/amounts';
import type { Problem, Sentence } from '../core/problem';
import { problem } from '../core/problem';
import { METADATA_FACTS, type MetadataKey, type MetadataKind, metadataKinds } from './restore-metadata-facts';

/**
 * The law for the metadata overrides of a restore test: all values are strings, lists and nested keys are JSON, and
 * required keys are present. Unknown keys are a warning. Keys are case-insensitive.
 *
 * Source: Developer Guide "Restore testing inferred metadata", 2026-09.
 *
 * @param kinds what may be restored; with several kinds, the overrides must suit one of them
 */
export function restoreMetadataProblems(
  kinds: readonly MetadataKind[],
  overrides: Readonly<Record<string, unknown>>,
): Problem[] {
  const problems = Object.entries(overrides)
    .filter(([, value]) => isKnown(value) && typeof value !== 'string')
    .map(([key, value]) =>
      error(
        key,
        (label) => `${label(key)} must be a string, got ${show(value)}`,
        typeof value === 'number' || typeof value === 'boolean'
          ? `write it in quotes: '${value}'`
          : Array.isArray(value) || (typeof value === 'object' && value !== null)
            ? 'pass it as a JSON string with `JSON.stringify`'
            : undefined,
      ),
    );
  const lower = Object.keys(overrides).map((key) => key.toLowerCase());
  const twice = Object.keys(overrides).find((_key, i) => lower.indexOf(lower[i]) !== i);
  if (twice !== undefined)
    problems.push(error(twice, (label) => `${label(twice)} is set twice, since keys are case-insensitive`));
  if (problems.length > 0 || kinds.length === 0) return problems;
  const byKind = kinds.map((kind) => kindProblems(kind, overrides));
  if (byKind.length === 1) return byKind[0];
  // The kind isn't known: take the one that fits best, without its required keys, which may belong to another kind.
  const [best] = byKind
    .map((each) => each.filter(({ id }) => id !== 'Backup-RestoreMetadataMissing'))
    .sort((a, b) => a.length - b.length);
  return best;
}

function kindProblems(kind: MetadataKind, overrides: Readonly<Record<string, unknown>>): Problem[] {
  const facts = Object.entries(METADATA_FACTS[kind].keys);
  const problems: Problem[] = [];
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(overrides)) {
    const known = facts.find(([name]) => name.toLowerCase() === key.toLowerCase());
    if (known) values.set(known[0], value);
    else problems.push(unknownKeyProblem(kind, key));
  }
  for (const [key, fact] of facts) {
    if (values.has(key)) problems.push(...formProblems(kind, key, fact, values.get(key)));
    else if (fact.required)
      problems.push(...(fact.needs ?? [undefined]).map((nested) => missingProblem(kind, key, nested)));
  }
  return problems;
}

function formProblems(
  kind: MetadataKind,
  key: string,
  { form, needs = [] }: MetadataKey,
  value: unknown,
): Problem[] {
  if (form === undefined) return [];
  const parsed = parse(value as string);
  if (parsed === undefined && !isKnown(value)) return [];
  if (form === 'list') {
    if (Array.isArray(parsed) && parsed.length > 0 && parsed.every((item) => typeof item === 'string'))
      return [];
    return [
      error(
        key,
        (label) => `${label(key)} must be a JSON array of strings, such as \`["a","b"]\`, got ${show(value)}`,
        typeof value === 'string' && /^[\w-]+$/.test(value) ? `write '["${value}"]'` : undefined,
      ),
    ];
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return [
      error(
        key,
        (label) => `${label(key)} must be a JSON object, such as \`{"key":"value"}\`, got ${show(value)}`,
      ),
    ];
  const nested = Object.keys(parsed).map((name) => name.toLowerCase());
  return needs
    .filter((need) => !nested.includes(need.toLowerCase()))
    .map((need) => missingProblem(kind, key, need));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unknownKeyProblem(kind: MetadataKind, property: string): Problem {
  return problem({
    id: 'Backup-RestoreMetadataKey',
    property,
    message: (label) =>
      `${label(property)} is not known metadata that a restore test of ${kind} can override`,
    fix: `use ${Object.keys(METADATA_FACTS[kind].keys).join(', ')}`,
  });
}

function missingProblem(kind: MetadataKind, key: string, nested: string | undefined): Problem {
  const property = nested === undefined ? key : `${key}.${nested}`;
  return problem({
    id: 'Backup-RestoreMetadataMissing',
    property,
    message: (label) =>
      `${label(property)} must be set for a restore test of ${kind}, which fails without it, got none`,
  });
}

function error(property: string, message: Sentence, fix?: string): Problem {
  return problem({ id: 'Backup-RestoreMetadata', property, message, fix });
}

/**
 * The law for a restore test without metadata overrides: for some kinds of FSx every restore fails. An error if that is
 * certain, a warning if the kind is unknown.
 */
export function missingMetadataProblems(
  type: string,
  variant: string | undefined,
  property: string,
): Problem[] {
  const kinds = metadataKinds(type, variant);
  const demanding = kinds.filter((kind) =>
    Object.values(METADATA_FACTS[kind].keys).some((key) => key.required),
  );
  if (demanding.length === 0) return [];
  const certain = demanding.length === kinds.length;
  return [
    problem({
      id: certain ? 'Backup-RestoreMetadataMissing' : 'Backup-RestoreMetadataLikelyMissing',
      property,
      message: (label) =>
        `${label(property)} ${certain ? 'must' : 'should'} be set for restore tests of ${demanding.join(', ')}, which fail without it, got none`,
      fix: 'use the factory of `RestoreMetadata` for the tested type',
    }),
  ];
}
