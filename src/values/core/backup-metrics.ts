/** The namespace of the metrics of AWS Backup in CloudWatch. */
export const BACKUP_NAMESPACE = 'AWS/Backup';

/**
 * The metrics that AWS Backup sends, by what they count: every five minutes, and only where they aren't zero. No others
 * exist: completed with issues, partial copies, scans, vault sizes and durations have none.
 *
 * Source: Developer Guide "AWS Backup metrics with CloudWatch", 2026-10.
 */
export const METRIC_STATES = {
  BackupJobs: ['Created', 'Pending', 'Running', 'Aborted', 'Completed', 'Failed', 'Expired'],
  CopyJobs: ['Created', 'Running', 'Completed', 'Failed'],
  RestoreJobs: ['Pending', 'Running', 'Completed', 'Failed'],
  RecoveryPoints: ['Completed', 'Partial', 'Expired', 'Deleting', 'Cold'],
} as const;

/** What the metrics count. */
export type MetricSubject = keyof typeof METRIC_STATES;

/** The full name, such as `NumberOfBackupJobsFailed`. */
export function metricName(subject: string, state: string): string {
  return `NumberOf${subject}${state}`;
}

/** The names of all metrics. */
export const BACKUP_METRICS: readonly string[] = Object.entries(METRIC_STATES).flatMap(([subject, states]) =>
  states.map((state) => metricName(subject, state)),
);

const VAULT = 'BackupVaultName';
const TYPE = 'ResourceType';

/**
 * The dimensions of a metric. The guide names resource types and vaults, and says that there are more; those that are in
 * use are these two. Restore jobs have no vault (inferred).
 */
export function dimensionsOf(metric: string): readonly string[] {
  return metric.startsWith('NumberOfRestoreJobs') ? [TYPE] : [VAULT, TYPE];
}
