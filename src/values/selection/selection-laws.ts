import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import { QUOTAS, quotaProblems } from '../core/quotas';
import type { TagConditionValues } from '../core/tag-condition';
import type { ResourceType } from '../resource-type/resource-type';

/** The law for the number of conditions, or of alternative tags, in a selection. */
export function tagQuotaProblems(
  count: number,
  property: string,
  quota: 'conditionsPerSelection' | 'tagsPerSelection',
): Problem[] {
  return quotaProblems('Backup-ConditionsPerSelection', property, count, QUOTAS[quota], {
    whose: (label) => label(property),
    of: 'a selection',
    fix: 'create several selections',
  });
}

/** An account and a Region, if known. */
export interface Place {
  readonly account?: string;
  readonly region?: string;
}

/** The account or Region of an ARN, if it is known to differ. */
export function otherPlaceOfArn(
  arn: unknown,
  here: Place,
): { what: string; here: string; there: string } | undefined {
  if (typeof arn !== 'string' || !isKnown(arn)) return undefined;
  const [, , , region = '', account = ''] = arn.split(':');
  for (const [what, own, its] of [
    ['Region', here.region, region],
    ['account', here.account, account],
  ] as const)
    if (own !== undefined && isKnown(own) && /^[^*?]+$/.test(its) && its !== own)
      return { what, here: own, there: its };
  return undefined;
}

/** The law for the environment of an ARN: a selection protects only resources in its own account and Region. */
export function arnElsewhereProblems(arn: unknown, here: Place, property: string): Problem[] {
  const elsewhere = otherPlaceOfArn(arn, here);
  if (!elsewhere) return [];
  const { what, there } = elsewhere;
  return [
    problem({
      id: 'Backup-SelectionElsewhere',
      property,
      message: (label) =>
        `${label(property)} has ${show(arn)} in ${what} ${there}, but a selection protects only resources in its own ${what} (${elsewhere.here})`,
      fix: 'create a plan there',
    }),
  ];
}

/** The law against double backups: the backup of an instance includes its volumes. */
export function doubleTypeProblems(types: readonly ResourceType[], property: string): Problem[] {
  const names = types.map((type) => type.name);
  if (!names.includes('EC2') || !names.includes('EBS')) return [];
  return [
    problem({
      id: 'Backup-DoubleBackup',
      property,
      message: (label) =>
        `${label(property)} has EC2 and EBS: the backup of an instance already includes its volumes, so they are backed up twice`,
      fix: 'omit EBS, or select unattached volumes by tag',
    }),
  ];
}

/** Whether a resource must have the tag. Resources without it match the negative operators. */
export function isPositive({ operator }: TagConditionValues): boolean {
  return operator === 'StringEquals' || operator === 'StringLike';
}

/** The law for negative conditions, which alone match nearly everything. */
export function negativeTagProblems(
  conditions: readonly TagConditionValues[],
  property: string,
  fix: string,
): Problem[] {
  if (conditions.length === 0 || conditions.some(isPositive)) return [];
  return [
    problem({
      id: 'Backup-SelectsEverything',
      property,
      message: (label) =>
        `${label(property)} has only negative conditions, which every resource without these tags also satisfies: the selection takes nearly everything in the Region, at a cost that cannot be estimated here`,
      fix,
    }),
  ];
}

/** The problem of selecting everything. */
export function everythingProblem(property: string, filter: string | undefined, fix: string): Problem {
  return problem({
    id: 'Backup-SelectsEverything',
    property,
    message: (label) =>
      `${label(property)} selects every resource${filter === undefined ? '' : ` that satisfies \`${filter}\``} of every type that the Region has opted in to, including those created later, at a cost that can't be estimated here`,
    fix,
  });
}
