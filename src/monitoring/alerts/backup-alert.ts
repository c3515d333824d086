/** What `BackupAlerts` notifies of. No two of them fire for the same cause. */
export enum BackupAlert {
  /** A backup job failed, expired before it could start, or was canceled. */
  BACKUP_FAILED = 'BackupFailed',
  /** A backup job completed, but not everything was backed up. */
  BACKUP_WITH_ISSUES = 'BackupWithIssues',
  /** A copy failed, or only parts of it arrived. */
  COPY_FAILED = 'CopyFailed',
  /** A restore that somebody started failed or was canceled. */
  RESTORE_FAILED = 'RestoreFailed',
  /** A restore of restore testing failed or was canceled. */
  RESTORE_TEST_FAILED = 'RestoreTestFailed',
  /** A continuous backup stopped, so that no point in time after it can be restored. */
  CONTINUOUS_BACKUP_STOPPED = 'ContinuousBackupStopped',
  /** The retention of a recovery point is over, and AWS Backup could not delete it. It is billed. */
  RECOVERY_POINT_NOT_DELETED = 'RecoveryPointNotDeleted',
  /** A malware scan found threats in a recovery point. */
  THREAT_FOUND = 'ThreatFound',
  /** A malware scan failed, or could not read everything. */
  SCAN_FAILED = 'ScanFailed',
  /**
   * Somebody deleted recovery points or weakened their protection, as AWS CloudTrail recorded it. The account needs a trail.
   * Deployments that change plans or vaults fire too.
   */
  PROTECTION_WEAKENED = 'ProtectionWeakened',
  /** Somebody disabled a key of the vaults, scheduled its deletion or changed its policy. The account needs a trail. */
  KEY_WEAKENED = 'KeyWeakened',
}
