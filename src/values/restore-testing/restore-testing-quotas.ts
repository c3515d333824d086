import type { Problem } from '../core/problem';
import { type Quota, quotaProblems } from '../core/quotas';

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

/** The law for the number of selections of a restore testing plan. */
export function testingSelectionsProblems(count: number, whose: string): Problem[] {
  return quotaProblems(
    'Backup-RestoreTestingSelections',
    'selections',
    count,
    RESTORE_TESTING_QUOTAS.selectionsPerPlan,
    {
      whose,
      what: 'selections',
      has: true,
      fix: 'select by tags that more resources share, or create a second plan',
    },
  );
}

/** The law for the number of tags of a restore testing plan. */
export function testingTagsProblems(count: number, whose: string): Problem[] {
  return quotaProblems('Backup-RestoreTestingTags', 'tags', count, RESTORE_TESTING_QUOTAS.tagsPerPlan, {
    whose,
    what: 'tags',
    has: true,
  });
}
