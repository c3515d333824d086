import { RequirementKey } from './requirement-key';

/** What is known of a requirement key. */
export interface KeyFacts {
  readonly question: string;
  /** Where a template shows the answer. */
  readonly where: string;
  /** What no template shows, and what to keep as evidence instead. */
  readonly unseen: string;
  /** The fix, in the imperative. */
  readonly fix: string;
  /** The controls of AWS Backup Audit Manager that evaluate it. */
  readonly auditManager: readonly string[];
  /** The managed rules of AWS Config that evaluate it. `<type>` stands for a type such as `dynamodb`. */
  readonly configRules: readonly string[];
  /** The Security Hub controls that evaluate it. */
  readonly securityHub: readonly string[];
}

/** Where the mapping to AWS's controls comes from. */
export const KEY_SOURCE = {
  source:
    'AWS Backup Developer Guide "Controls and remediation"; AWS Config Developer Guide "List of AWS Config managed rules"; Security Hub User Guide, controls of AWS Backup, DynamoDB, EC2, EFS and RDS',
  asOf: '2026-11-28',
} as const;

const PROTECTED_BY_PLAN = '<type>-resources-protected-by-backup-plan';

export const KEY_FACTS: Readonly<Record<RequirementKey, KeyFacts>> = {
  [RequirementKey.SCOPE]: {
    question: 'is every resource protected by a backup plan?',
    where: 'selections of backup plans, compared with the resources',
    unseen: 'resources outside of the input; keep an inventory of what holds regulated data',
    fix: 'select the resource in a backup plan, or opt it out with a reason',
    auditManager: ['BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN'],
    configRules: [PROTECTED_BY_PLAN],
    securityHub: ['DynamoDB.4', 'EC2.28', 'EFS.2', 'RDS.26'],
  },
  [RequirementKey.FREQ]: {
    question: 'are backups made often enough?',
    where: 'schedules and continuous backups of rules',
    unseen: 'whether jobs succeed; keep the job reports of AWS Backup Audit Manager',
    fix: 'add a rule that runs more often, or a continuous one',
    auditManager: ['BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', 'BACKUP_LAST_RECOVERY_POINT_CREATED'],
    configRules: [
      'backup-plan-min-frequency-and-min-retention-check',
      '<type>-last-backup-recovery-point-created',
    ],
    securityHub: [],
  },
  [RequirementKey.RETMIN]: {
    question: 'are backups kept long enough?',
    where: 'the lifecycles of rules, and the minimum retention of locks',
    unseen: 'backups that were made before the lifecycle was set',
    fix: 'keep the recovery points of a rule longer',
    auditManager: [
      'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
      'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
    ],
    configRules: [
      'backup-plan-min-frequency-and-min-retention-check',
      'backup-recovery-point-minimum-retention-check',
    ],
    securityHub: [],
  },
  [RequirementKey.RETMAX]: {
    question: 'are backups deleted in time?',
    where: 'the lifecycles of rules and copies, and the maximum retention of locks',
    unseen: 'backups outside of AWS Backup, and the deletion requests that you received',
    fix: 'set a retention on every rule and copy',
    auditManager: ['BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK'],
    configRules: [PROTECTED_BY_PLAN],
    securityHub: [],
  },
  [RequirementKey.ERASE]: {
    question: 'can data be erased from backups on request?',
    where: 'how long locks in compliance mode and logically air-gapped vaults hold recovery points',
    unseen: 'the requests that you received, and what keeps restored data from being used again',
    fix: 'keep personal data out of vaults that nobody can unlock, or shorten the retention there; if you document why it may stay longer, set `maxErasureDays`',
    auditManager: [],
    configRules: [],
    securityHub: [],
  },
  [RequirementKey.IMM]: {
    question: 'can nobody delete backups, or shorten their retention?',
    where: 'locks of vaults, logically air-gapped vaults, and access policies that deny deletion',
    unseen: 'recovery points that are older than the lock',
    fix: 'lock the vault, or deny the deletion of recovery points in its access policy',
    auditManager: [
      'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK',
      'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
    ],
    configRules: ['backup-recovery-point-manual-deletion-disabled', PROTECTED_BY_PLAN],
    securityHub: [],
  },
  [RequirementKey.ISO]: {
    question: 'are backups isolated from what they protect?',
    where: 'logically air-gapped vaults, and copies in another account',
    unseen: 'who can sign in to the other account',
    fix: 'copy the backups to a logically air-gapped vault, or to another account',
    auditManager: ['RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT'],
    configRules: ['<type>-resources-in-logically-air-gapped-vault'],
    securityHub: [],
  },
  [RequirementKey.XACC]: {
    question: 'do backups survive the loss of the account?',
    where: 'copies in another account, and the keys that encrypt them',
    unseen: 'the environments of stacks without an account',
    fix: 'copy the backups to another account, under a key of that account',
    auditManager: ['BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT'],
    configRules: [PROTECTED_BY_PLAN],
    securityHub: [],
  },
  [RequirementKey.XREG]: {
    question: 'do backups survive the loss of the Region?',
    where: 'copies in another Region, and the keys that encrypt them',
    unseen: 'the environments of stacks without a Region',
    fix: 'copy the backups to another Region, under a key of that Region',
    auditManager: ['BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION'],
    configRules: [PROTECTED_BY_PLAN],
    securityHub: [],
  },
  [RequirementKey.LOC]: {
    question: 'do backups stay in the allowed Regions?',
    where: 'the Regions of vaults and copies',
    unseen: 'the environments of stacks without a Region, and what is copied on demand',
    fix: 'move the vault or the copy to an allowed Region, or allow the Region',
    auditManager: [],
    configRules: [],
    securityHub: [],
  },
  [RequirementKey.ENC]: {
    question: 'are backups encrypted?',
    where: 'the key of the vault; the encryption of the source where its key encrypts the backups',
    unseen: 'keys outside of the input, and who may use them',
    fix: 'encrypt the resource, with a key that you manage if the clause asks for it',
    auditManager: ['BACKUP_RECOVERY_POINT_ENCRYPTED'],
    configRules: ['backup-recovery-point-encrypted'],
    securityHub: ['Backup.1'],
  },
  [RequirementKey.ACC]: {
    question: 'is it limited who may delete, copy or share backups?',
    where: 'access policies of vaults, service control policies, multi-party approval',
    unseen: 'permissions of people and roles outside of the input; keep access reviews',
    fix: 'deny deletion in the access policy of the vault with a `DeletionDenial`, or use a logically air-gapped vault',
    auditManager: ['BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED'],
    configRules: ['backup-recovery-point-manual-deletion-disabled'],
    securityHub: [],
  },
  [RequirementKey.TEST]: {
    question: 'are restores tested, often enough?',
    where: 'restore testing plans: their schedule, and what they select',
    unseen:
      'the results of tests, and tests outside of AWS Backup; keep the restore job reports and your records of drills',
    fix: 'add a restore testing selection for the type, in a plan that runs often enough',
    auditManager: ['RESTORE_TIME_FOR_RESOURCES_MEET_TARGET'],
    configRules: ['<type>-meets-restore-time-target'],
    securityHub: [],
  },
  [RequirementKey.RTO]: {
    question: 'is the time that a restore may take measured?',
    where: 'the maximum restore time in a framework',
    unseen: 'how long restores take; keep the restore job reports',
    fix: 'add `FrameworkControl.restoreTimeMeetsTarget` to a framework',
    auditManager: ['RESTORE_TIME_FOR_RESOURCES_MEET_TARGET'],
    configRules: ['<type>-meets-restore-time-target'],
    securityHub: [],
  },
  [RequirementKey.SCAN]: {
    question: 'are backups scanned for malware?',
    where: 'the scan settings of plans and rules',
    unseen: 'other ways to check the integrity of backups; keep their results',
    fix: 'turn on scans for the types that support them',
    auditManager: [],
    configRules: [],
    securityHub: [],
  },
  [RequirementKey.MON]: {
    question: 'is someone notified of failures?',
    where: 'notifications of vaults, EventBridge rules on events of AWS Backup, and alarms on its metrics',
    unseen: 'whether someone reacts; keep the tickets',
    fix: 'notify a topic of failed jobs, for example with `BackupAlerts`',
    auditManager: [],
    configRules: ['s3-event-notifications-enabled'],
    securityHub: [],
  },
  [RequirementKey.EVID]: {
    question: 'is evidence produced and kept?',
    where: 'report plans, and the bucket that they deliver to',
    unseen: 'policies, approvals and reviews; keep them with the reports',
    fix: 'add a `BackupReportPlan`, whose bucket keeps reports as long as the clause asks',
    auditManager: [],
    configRules: [],
    securityHub: [],
  },
  [RequirementKey.HOLD]: {
    question: 'can backups be frozen on demand?',
    where: 'legal holds',
    unseen: 'holds are placed when they are needed; keep the procedure that says who places them',
    fix: 'add a `LegalHold` when one is needed',
    auditManager: [],
    configRules: [],
    securityHub: [],
  },
  [RequirementKey.OWN]: {
    question: 'does the service itself keep backups, apart from AWS Backup?',
    where: 'point-in-time recovery of tables, automatic backups of databases and file systems',
    unseen: 'settings that are changed after the deployment',
    fix: 'turn on the backups of the service, for as long as the control asks',
    auditManager: [],
    configRules: ['dynamodb-pitr-enabled', 'db-instance-backup-enabled'],
    securityHub: ['DynamoDB.2', 'RDS.11', 'DocumentDB.2', 'Neptune.5', 'Redshift.3', 'EFS.7'],
  },
  [RequirementKey.TIER]: {
    question: 'are resources classified, so that each gets the protection that it needs?',
    where: 'the tags that selections match',
    unseen: 'how you decided which data matters most; keep that decision',
    fix: 'select resources by a tag that names their tier, for example with `AccountBackup`',
    auditManager: [],
    configRules: [],
    securityHub: [],
  },
  [RequirementKey.DOC]: {
    question: 'is it written down?',
    where: 'nowhere in a template',
    unseen: 'policies, procedures and approvals; keep the documents',
    fix: 'write the document that the clause asks for',
    auditManager: [],
    configRules: [],
    securityHub: [],
  },
};
