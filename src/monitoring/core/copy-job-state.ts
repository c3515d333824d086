/** The states of a copy job, as its events name them. */
export enum CopyJobState {
  /** The job was created. Its event has no resource. */
  CREATED = 'CREATED',
  /** The job runs. */
  RUNNING = 'RUNNING',
  /** The copy arrived. */
  COMPLETED = 'COMPLETED',
  /** The job failed. */
  FAILED = 'FAILED',
  /** Some parts of a composite recovery point were copied, and others were not. */
  PARTIAL = 'PARTIAL',
}
