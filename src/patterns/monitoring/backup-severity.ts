/** How urgent an alert is, and so which topic gets it. */
export enum BackupSeverity {
  /** Somebody should look now: data may be unprotected, or attacked. */
  CRITICAL = 'CRITICAL',
  /** Somebody should look on the next working day. */
  WARNING = 'WARNING',
  /** Nobody is notified. */
  NONE = 'NONE',
}
