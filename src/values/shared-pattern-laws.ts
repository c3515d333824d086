import type { Problem } from './problem';
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
  const types = kinds().filter((kind) =>
    kind.arnPatterns('aws').some((pattern) => samePattern(pattern, arn)),
  );
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

/** Whether two patterns stand for the same in some account and Region. */
function samePattern(a: string, b: string): boolean {
  const [one, other] = [a, b].map((pattern) => pattern.split(':'));
  return one[2] === other[2] && one.slice(5).join(':') === other.slice(5).join(':');
}

/** Every type, and every variant with patterns of its own. */
function kinds(): ResourceType[] {
  return ResourceType.all().flatMap((type) => [
    type,
    ...type.variantNames
      .map((name) => type.variant(name))
      .filter((variant) => !variant.arnPatterns('aws').some((p) => type.arnPatterns('aws').includes(p))),
  ]);
}

function sharesPattern(a: ResourceType, b: ResourceType): boolean {
  const patterns = b.arnPatterns('aws');
  return a.arnPatterns('aws').some((p) => patterns.includes(p));
}
