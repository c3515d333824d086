/**
 * Every metric that AWS Backup publishes in the namespace `AWS/Backup`, by what it counts. No others exist: completed
 * with issues, partial copies, scans, vault sizes and durations have none.
 *
 * Source: AWS Backup Developer Guide, AWS Backup metrics with Amazon CloudWatch, 2026-10.
 */
export const METRIC_STATES = {
  BackupJobs: ['Created', 'Pending', 'Running', 'Aborted', 'Completed', 'Failed', 'Expired'],
  CopyJobs: ['Created', 'Running', 'Completed', 'Failed'],
  RestoreJobs: ['Pending', 'Running', 'Completed', 'Failed'],
  RecoveryPoints: ['Completed', 'Partial', 'Expired', 'Deleting', 'Cold'],
} as const;

/** What the metrics count. */
export type MetricSubject = keyof typeof METRIC_STATES;

export const METRIC_NAMESPACE = 'AWS/Backup';

/** A dimension by which AWS Backup publishes metrics; never two of them at once. */
export type MetricDimension = 'BackupVaultName' | 'ResourceType';

/** Restore jobs have no vault of their own. */
export const METRIC_DIMENSIONS: Readonly<Record<MetricSubject, readonly MetricDimension[]>> = {
  BackupJobs: ['BackupVaultName', 'ResourceType'],
  CopyJobs: ['BackupVaultName', 'ResourceType'],
  RestoreJobs: ['ResourceType'],
  RecoveryPoints: ['BackupVaultName', 'ResourceType'],
};

/** The full name, such as `NumberOfBackupJobsFailed`. */
export function metricName(subject: MetricSubject, state: string): string {
  return `NumberOf${subject}${state}`;
}
