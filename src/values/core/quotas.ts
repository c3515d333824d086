import type { FindingId } from '../findings/registry';
import type { Problem, Sentence } from './problem';
import { problem } from './problem';

/**
 * An AWS Backup quota. Exceeding it is an error if AWS documents it as a limit of the resource itself; a warning if it
 * can be raised, or if AWS lists it only for Organizations policies and not for plans created directly.
 */
export interface Quota {
  readonly max: number;
  readonly severity: 'error' | 'warning';
  readonly source: string;
  readonly asOf: string;
}

const LIMITS = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html';
const ASSIGNING = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html';

/**
 * The quotas of vaults, plans, rules and selections. Those for ARNs apply separately to selected and excluded ones:
 * CloudFormation deployments of 2026-09-24 rejected more than 30 exclusions with a wildcard.
 */
export const QUOTAS = {
  /** Per account and Region, like the next one. */
  plans: { max: 300, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  /** Standard and logically air-gapped vaults together. */
  vaults: { max: 300, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  rulesPerPlan: { max: 10, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  copiesPerRule: { max: 5, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  tagsPerRule: { max: 10, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  selectionsPerPlan: { max: 100, severity: 'error', source: LIMITS, asOf: '2026-09-24' },
  tagSelectionsPerPlan: { max: 10, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  tagsPerSelection: { max: 30, severity: 'error', source: LIMITS, asOf: '2026-09-24' },
  conditionsPerSelection: { max: 30, severity: 'error', source: LIMITS, asOf: '2026-09-24' },
  arnsPerSelection: { max: 500, severity: 'error', source: ASSIGNING, asOf: '2026-09-24' },
  wildcardArnsPerSelection: { max: 30, severity: 'error', source: ASSIGNING, asOf: '2026-09-24' },
} as const satisfies Record<string, Quota>;

/** What a quota counts, as a message names it. */
export interface QuotaSubject {
  /** What is limited, such as "`rules`", or its owner, such as "plan `gold`". */
  readonly whose: Sentence;
  /** What is counted, if `whose` doesn't already name it: `tags`. */
  readonly what?: string;
  /** Whether `whose` is the owner of what is counted. */
  readonly has?: boolean;
  /** What the quota belongs to, such as `a rule`. */
  readonly of?: string;
  readonly fix?: string;
}

/** The law for a quota: an error if it can't be raised, otherwise a warning. */
export function quotaProblems(
  id: FindingId,
  property: string,
  count: number,
  { max, severity }: Quota,
  { whose, what, has = false, of, fix }: QuotaSubject,
): Problem[] {
  if (count <= max) return [];
  const isHard = severity === 'error';
  const amount = `${max}${what === undefined ? '' : ` ${what}`}`;
  const where = isHard && of !== undefined ? ` in ${of}` : '';
  const exceeds = `, which exceeds AWS Backup's quota${of === undefined ? '' : ` for ${of}`}`;
  return [
    problem({
      id,
      property,
      message: (label) =>
        `${typeof whose === 'string' ? whose : whose(label)} ${isHard ? 'can' : 'should'} ${has ? 'have' : 'be'} at most ${amount}${where}, got ${count}${isHard ? '' : exceeds}`,
      fix,
    }),
  ];
}

/** The law for the number of selections of a plan. */
export function selectionsPerPlanProblems(count: number, property: string, whose: Sentence): Problem[] {
  return quotaProblems('Backup-SelectionsPerPlan', property, count, QUOTAS.selectionsPerPlan, {
    whose,
    what: 'selections',
    has: true,
    fix: 'select by tags that more resources share, or create a second plan',
  });
}

/** The law for a quota per account and Region that one app exceeds on its own. */
export function placeQuotaProblems(id: FindingId, property: string, count: number, quota: Quota): Problem[] {
  if (count <= quota.max) return [];
  return [
    problem({
      id,
      property,
      message: (label) =>
        `${label(property)} should be at most ${quota.max} in an account and Region, got ${count} in this app, which exceeds AWS Backup's quota`,
      fix: 'request a quota increase from AWS, then acknowledge this warning',
    }),
  ];
}
