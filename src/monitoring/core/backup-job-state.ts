/** The states of a backup job, as its events name them. */
export enum BackupJobState {
  /** The job was created. Its event has no vault, resource or type. */
  CREATED = 'CREATED',
  /** The job waits to run. */
  PENDING = 'PENDING',
  /** The job runs. */
  RUNNING = 'RUNNING',
  /** The job is being canceled. */
  ABORTING = 'ABORTING',
  /** Somebody canceled the job. Confidence in notifications of Amazon SNS: low; no page lists the state there. */
  ABORTED = 'ABORTED',
  /** The job completed, perhaps with issues. */
  COMPLETED = 'COMPLETED',
  /** The job failed. */
  FAILED = 'FAILED',
  /** The job did not start within its start window. */
  EXPIRED = 'EXPIRED',
  /** The job completed in part. */
  PARTIAL = 'PARTIAL',
}
