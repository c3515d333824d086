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
