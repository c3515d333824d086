/** The namespace of the metrics of AWS Backup in CloudWatch. */
export const BACKUP_NAMESPACE = 'AWS/Backup';

/**
 * The metrics that AWS Backup sends, every five minutes and only where they aren't zero.
 *
 * Source: Developer Guide "AWS Backup metrics with CloudWatch", 2026-10.
 */
export const BACKUP_METRICS: readonly string[] = [
  ...['Created', 'Pending', 'Running', 'Aborted', 'Completed', 'Failed', 'Expired'].map(
    (state) => `NumberOfBackupJobs${state}`,
  ),
  ...['Created', 'Running', 'Completed', 'Failed'].map((state) => `NumberOfCopyJobs${state}`),
  ...['Pending', 'Running', 'Completed', 'Failed'].map((state) => `NumberOfRestoreJobs${state}`),
  ...['Completed', 'Partial', 'Expired', 'Deleting', 'Cold'].map((state) => `NumberOfRecoveryPoints${state}`),
];

const VAULT = 'BackupVaultName';
const TYPE = 'ResourceType';

/**
 * The dimensions of a metric. The guide names resource types and vaults, and says that there are more; those that are in
 * use are these two. Restore jobs have no vault (inferred).
 */
export function dimensionsOf(metric: string): readonly string[] {
  return metric.startsWith('NumberOfRestoreJobs') ? [TYPE] : [VAULT, TYPE];
}
