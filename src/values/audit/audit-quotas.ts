import type { Quota } from '../core/quotas';

const LIMITS = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html';
const REPORTS = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/create-report-plan-console.html';

/** The quotas of AWS Backup Audit Manager per account and Region, and of report plans per account. */
export const AUDIT_QUOTAS = {
  frameworks: { max: 15, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  /** The same control in two frameworks counts twice. */
  controls: { max: 50, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  /** Per account. A report also has at most 100,000 rows: accounts × Regions × (jobs and evaluations a day). */
  reportPlans: { max: 20, severity: 'warning', source: LIMITS, asOf: '2026-09-24' },
  frameworksPerReportPlan: { max: 1000, severity: 'error', source: REPORTS, asOf: '2026-09-24' },
} as const satisfies Record<string, Quota>;
