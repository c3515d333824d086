/** What `BackupAlerts` notifies of. No two of them fire for the same cause. */
export enum BackupAlert {
  /** A backup job failed, completed in part, expired before it could start, or was canceled. */
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
  /** The creation of a recovery point started and never ended. What exists of it is billed, and can't be restored. */
  RECOVERY_POINT_PARTIAL = 'RecoveryPointPartial',
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
  /**
   * Somebody took backup policies away from accounts, or AWS Backup's access to the organization. Recorded in the management
   * account, in the home Region of AWS Organizations, which needs a trail.
   */
  ORGANIZATION_WEAKENED = 'OrganizationWeakened',
  /** The effective backup policy of this account is invalid. The account needs a trail. */
  POLICY_INVALID = 'PolicyInvalid',
}
