import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { QUOTAS, quotaProblems } from '../core/quotas';
import type { TagConditionValues } from '../core/tag-condition';
import type { ResourceType } from '../resource-type/resource-type';

/** How many conditions, or how many tags of which one is enough, a selection may have. */
export function tagQuotaProblems(
  count: number,
  property: string,
  quota: 'conditionsPerSelection' | 'tagsPerSelection',
): Problem[] {
  return quotaProblems('Backup-ConditionsPerSelection', property, count, QUOTAS[quota], {
    whose: `\`${property}\``,
    of: 'a selection',
    fix: 'make several selections',
  });
}

/** An account and a Region, as far as they are known. */
export interface Place {
  readonly account?: string;
  readonly region?: string;
}

/** Whether an ARN is known to lie in another account or Region, and which. */
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

/** A selection protects what lies in its own account and Region. */
export function arnElsewhereProblems(arn: unknown, here: Place, property: string): Problem[] {
  const elsewhere = otherPlaceOfArn(arn, here);
  if (!elsewhere) return [];
  const { what, there } = elsewhere;
  return [
    {
      id: 'Backup-SelectionElsewhere',
      severity: 'warning',
      property,
      message: `\`${property}\` has ${show(arn)} in ${what} ${there}, but a selection protects what lies in its own ${what} (${elsewhere.here})`,
      fix: 'make a plan there for it',
    },
  ];
}

/** The backup of an instance holds its volumes. */
export function doubleTypeProblems(types: readonly ResourceType[], property: string): Problem[] {
  const names = types.map((type) => type.name);
  if (!names.includes('EC2') || !names.includes('EBS')) return [];
  return [
    {
      id: 'Backup-DoubleBackup',
      severity: 'warning',
      property,
      message: `\`${property}\` has EC2 and EBS: the backup of an instance holds its volumes already, so they are backed up twice`,
      fix: 'leave EBS out, or tag the volumes that belong to no instance',
    },
  ];
}

/** Whether a resource must have the tag; those without it fulfil the other conditions. */
export function isPositive({ operator }: TagConditionValues): boolean {
  return operator === 'StringEquals' || operator === 'StringLike';
}

/** Conditions that say only what tags are not hold for nearly everything. */
export function negativeTagProblems(
  conditions: readonly TagConditionValues[],
  property: string,
  fix: string,
): Problem[] {
  if (conditions.length === 0 || conditions.some(isPositive)) return [];
  return [
    {
      id: 'Backup-SelectsEverything',
      severity: 'warning',
      property,
      message: `\`${property}\` asks only for what tags are not, which every resource without these tags fulfils too: the selection takes nearly everything in the Region, at a cost that is not known here`,
      fix,
    },
  ];
}

/** What selecting everything means. */
export function everythingProblem(property: string, filter: string | undefined, fix: string): Problem {
  return {
    id: 'Backup-SelectsEverything',
    severity: 'warning',
    property,
    message: `\`${property}\` selects every resource${filter === undefined ? '' : ` that fulfils \`${filter}\``} of every type that the Region has opted in to, also those that are made later, at a cost that isn't known here`,
    fix,
  };
}
