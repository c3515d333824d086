import type { Problem } from '../core/problem';
import { ResourceType } from './resource-type';
import { distinct, list } from './type-lists';

/**
 * The law of patterns that several types share: Aurora, DocumentDB, Neptune and the Multi-AZ clusters of RDS are
 * all `rds:*:*:cluster:*`, so that one of them can't be selected by type without the others.
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
    {
      id: 'Backup-SharedArnPattern',
      severity: 'warning',
      property,
      message: `\`${property}\` selects ${list(sharing)} by \`${shared}\`, which also selects ${list(others)}`,
      fix: 'add a tag condition, or select by ARN',
    },
  ];
}

/** The same of a pattern that is written out: it selects all types whose pattern it is. */
export function sharedArnProblems(arn: string, property: string): Problem[] {
  const types = byPlace().get(placeOf(arn)) ?? [];
  if (new Set(types.map(({ name }) => name)).size < 2) return [];
  return [
    {
      id: 'Backup-SharedArnPattern',
      severity: 'warning',
      property,
      message: `\`${property}\` has \`${arn}\`, which selects ${list(types)} alike`,
      fix: 'add a tag condition, or select by ARN',
    },
  ];
}

/** What a pattern stands for, in whatever account and Region. */
function placeOf(pattern: string): string {
  const parts = pattern.split(':');
  return JSON.stringify([parts[2], parts.slice(5).join(':')]);
}

let places: ReadonlyMap<string, readonly ResourceType[]> | undefined;

/** The kinds by what their patterns stand for. */
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
