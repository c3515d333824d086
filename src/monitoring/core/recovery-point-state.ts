/** The states of a recovery point, as its events name them. */
export enum RecoveryPointState {
  /** The recovery point is being created. */
  CREATING = 'CREATING',
  /** The recovery point can be restored. */
  AVAILABLE = 'AVAILABLE',
  /** The recovery point is complete. */
  COMPLETED = 'COMPLETED',
  /** The creation started and never ended. */
  PARTIAL = 'PARTIAL',
  /** A continuous backup stopped. */
  STOPPED = 'STOPPED',
  /** The retention is over, and AWS Backup could not delete the recovery point, which is billed. */
  EXPIRED = 'EXPIRED',
  /** The recovery point is being deleted. */
  DELETING = 'DELETING',
}
