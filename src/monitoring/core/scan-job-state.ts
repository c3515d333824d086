/** The states of a malware scan, as its events name them. */
export enum ScanJobState {
  /** The scan was created. */
  CREATED = 'CREATED',
  /** The scan runs. */
  RUNNING = 'RUNNING',
  /** The scan completed. */
  COMPLETED = 'COMPLETED',
  /** The scan could not read everything. */
  COMPLETED_WITH_ISSUES = 'COMPLETED_WITH_ISSUES',
  /** The scan failed. */
  FAILED = 'FAILED',
  /** The scan was canceled. */
  CANCELED = 'CANCELED',
}
