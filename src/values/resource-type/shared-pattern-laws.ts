import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import { ResourceType } from './resource-type';
import { distinct, enumerateTypes } from './type-lists';

/**
 * The law for patterns that several types share: Aurora, DocumentDB, Neptune and RDS Multi-AZ clusters are all
 * `rds:*:*:cluster:*`, so one of them can't be selected by type without the others.
 */
export function sharedPatternProblems(types: readonly ResourceType[], property = 'types'): Problem[] {
  const selected = distinct(types);
  const patterns = new Set(selected.flatMap((t) => t.arnPatterns('aws')));
  const others = kinds().filter(
    (kind) =>
      !selected.some((t) => t.name === kind.name && sharesPattern(t, kind)) &&
      kind.arnPatterns('aws').some((p) => patterns.has(p)),
  );
  if (others.length === 0) return [];
  const sharing = selected.filter((t) => others.some((o) => sharesPattern(t, o)));
  const shared = others[0].arnPatterns('aws')[0];
  return [
    problem({
      id: 'Backup-SharedArnPattern',
      property,
      message: (label) =>
        `${label(property)} selects ${enumerateTypes(sharing)} by \`${shared}\`, which also selects ${enumerateTypes(others)}`,
      fix: 'add a tag condition, or select by ARN',
    }),
  ];
}

/** The same for a literal pattern, which selects all types that have it. */
export function sharedArnProblems(arn: string, property: string): Problem[] {
  const types = byPlace().get(placeOf(arn)) ?? [];
  if (new Set(types.map(({ name }) => name)).size < 2) return [];
  return [
    problem({
      id: 'Backup-SharedArnPattern',
      property,
      message: (label) => `${label(property)} has \`${arn}\`, which selects ${enumerateTypes(types)} alike`,
      fix: 'add a tag condition, or select by ARN',
    }),
  ];
}

/** What a pattern selects, regardless of account and Region. */
function placeOf(pattern: string): string {
  const parts = pattern.split(':');
  return JSON.stringify([parts[2], parts.slice(5).join(':')]);
}

let places: ReadonlyMap<string, readonly ResourceType[]> | undefined;

/** The kinds by what their patterns select. */
function byPlace(): ReadonlyMap<string, readonly ResourceType[]> {
  if (places) return places;
  const found = new Map<string, ResourceType[]>();
  for (const kind of kinds())
    for (const place of new Set(kind.arnPatterns('aws').map(placeOf)))
      found.set(place, [...(found.get(place) ?? []), kind]);
  places = found;
  return places;
}

let every: readonly ResourceType[] | undefined;

/** Every type, and every variant with patterns of its own. */
function kinds(): readonly ResourceType[] {
  every ??= ResourceType.all().flatMap((type) => [
    type,
    ...type.variantNames
      .map((name) => type.variant(name))
      .filter((variant) => !variant.arnPatterns('aws').some((p) => type.arnPatterns('aws').includes(p))),
  ]);
  return every;
}

function sharesPattern(a: ResourceType, b: ResourceType): boolean {
  const patterns = b.arnPatterns('aws');
  return a.arnPatterns('aws').some((p) => patterns.includes(p));
}
