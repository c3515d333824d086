import type { Quota } from './quotas';

const LIMITS = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html';

/** The quotas of restore testing. */
export const RESTORE_TESTING_QUOTAS = {
  plans: { max: 100, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  selectionsPerPlan: { max: 30, severity: 'error', source: LIMITS, asOf: '2026-09-24' },
  arnsPerSelection: { max: 30, severity: 'error', source: LIMITS, asOf: '2026-09-24' },
  conditionsPerSelection: { max: 30, severity: 'error', source: LIMITS, asOf: '2026-09-24' },
  vaultSelectorsPerPlan: { max: 30, severity: 'error', source: LIMITS, asOf: '2026-09-24' },
  tagsPerPlan: { max: 50, severity: 'error', source: LIMITS, asOf: '2026-09-24' },
} as const satisfies Record<string, Quota>;
