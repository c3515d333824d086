import type { Problem } from './problem';

/**
 * A quota of AWS Backup. `severity` says what exceeding it is: an error where AWS documents it as a limit of the
 * resource itself; a warning where it can be raised, or where it stands among the quotas for Organizations
 * policies and nothing is said of plans made directly.
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
 * The quotas of vaults, plans, rules and selections. Those of ARNs hold for what is selected and for what is excluded, each;
 * more than 30 exclusions with a wildcard were refused in CloudFormation deployments of 2026-09-24.
 */
export const QUOTAS = {
  /** In an account and Region, as the next one. */
  plans: { max: 300, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  /** Standard and logically air-gapped ones together. */
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

/** What a quota counts, in the words of a message. */
export interface QuotaWords {
  /** What is limited, such as "`rules`", or who has it, such as "plan `gold`". */
  readonly whose: string;
  /** What is counted, where `whose` doesn't say it: `tags`. */
  readonly what?: string;
  /** Whether `whose` has it rather than is it. */
  readonly has?: boolean;
  /** What the quota is of, such as `a rule`. */
  readonly of?: string;
  readonly fix?: string;
}

/** The law of a quota: an error for what can't be raised, a warning for the rest. */
export function quotaProblems(
  id: string,
  property: string,
  count: number,
  { max, severity }: Quota,
  { whose, what, has = false, of, fix }: QuotaWords,
): Problem[] {
  if (count <= max) return [];
  const isFirm = severity === 'error';
  const amount = `${max}${what === undefined ? '' : ` ${what}`}`;
  const where = isFirm && of !== undefined ? ` in ${of}` : '';
  const exceeds = `, which exceeds AWS Backup's quota${of === undefined ? '' : ` for ${of}`}`;
  return [
    {
      id,
      severity,
      property,
      message: `${whose} ${isFirm ? 'can' : 'should'} ${has ? 'have' : 'be'} at most ${amount}${where}, got ${count}${isFirm ? '' : exceeds}`,
      fix,
    },
  ];
}

/** The law of the selections of a plan: what each is called by its caller. */
export function selectionsPerPlanProblems(count: number, property: string, whose: string): Problem[] {
  return quotaProblems('Backup-SelectionsPerPlan', property, count, QUOTAS.selectionsPerPlan, {
    whose,
    what: 'selections',
    has: true,
    fix: 'select by tags that more resources share, or make a second plan',
  });
}

/** The law of a quota of an account and Region that an app alone exceeds. */
export function placeQuotaProblems(id: string, property: string, count: number, quota: Quota): Problem[] {
  if (count <= quota.max) return [];
  return [
    {
      id,
      severity: quota.severity,
      property,
      message: `\`${property}\` should be at most ${quota.max} in an account and Region, got ${count} in this app, which exceeds AWS Backup's quota`,
      fix: 'ask AWS for a higher quota, and acknowledge this warning then',
    },
  ];
}
