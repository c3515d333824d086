/** The states of a restore job, as its events name them. */
export enum RestoreJobState {
  /** The job waits to run. */
  PENDING = 'PENDING',
  /** The job runs. */
  RUNNING = 'RUNNING',
  /** The resource is restored. */
  COMPLETED = 'COMPLETED',
  /** Somebody canceled the job. Confidence: low; AWS's pages disagree on whether this state is sent. */
  ABORTED = 'ABORTED',
  /** The job failed. */
  FAILED = 'FAILED',
}
