import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { BackupEvents } from '../core/backup-events';
import { BackupJobState } from '../core/backup-job-state';
import { CopyJobState } from '../core/copy-job-state';
import { RecoveryPointState } from '../core/recovery-point-state';
import { RestoreJobState } from '../core/restore-job-state';
import { BackupAlert } from './backup-alert';

/** What alerts are about. */
export interface AlertScope {
  readonly vault?: IBackupVaultRef;
  readonly keys?: readonly IKeyRef[];
}

/** The event behind an alert, and how it reads. */
export interface AlertRule {
  readonly what: string;
  /** Labels and paths into the event, in the order of the message. */
  readonly fields: Readonly<Record<string, string>>;
  readonly isOfVault: boolean;
  readonly pattern: (scope: AlertScope) => EventPattern;
}

const RESOURCE = { Resource: '$.detail.resourceArn' };
const REASON = { Reason: '$.detail.statusMessage' };
const VAULT = { Vault: '$.detail.backupVaultName' };
const BACKUP_JOB = { ...RESOURCE, ...VAULT, State: '$.detail.state', ...REASON, Job: '$.detail.backupJobId' };
const RESTORE_JOB = {
  Resource: '$.detail.sourceResourceArn',
  Type: '$.detail.resourceType',
  State: '$.detail.status',
  ...REASON,
  Job: '$.detail.restoreJobId',
};
const RECOVERY_POINT = { ...RESOURCE, ...VAULT, 'Recovery point': '$.resources[0]' };
const SCAN = {
  ...VAULT,
  'Recovery point': '$.detail.recoveryPointArn',
  State: '$.detail.state',
  Job: '$.detail.scanJobId',
};
const CALL = {
  Call: '$.detail.eventName',
  Who: '$.detail.userIdentity.arn',
  From: '$.detail.sourceIPAddress',
  Denied: '$.detail.errorCode',
};
const RESTORE_FAILURES = [RestoreJobState.FAILED, RestoreJobState.ABORTED];

/** How each alert is recognized, and what its message says. */
export const ALERT_RULES: Readonly<Record<BackupAlert, AlertRule>> = {
  [BackupAlert.BACKUP_FAILED]: {
    what: 'A backup failed',
    fields: BACKUP_JOB,
    isOfVault: true,
    pattern: ({ vault }) =>
      BackupEvents.backupJobs(
        [BackupJobState.FAILED, BackupJobState.EXPIRED, BackupJobState.ABORTED, BackupJobState.PARTIAL],
        { vault },
      ),
  },
  [BackupAlert.BACKUP_WITH_ISSUES]: {
    what: 'A backup is incomplete',
    fields: BACKUP_JOB,
    isOfVault: true,
    pattern: ({ vault }) => BackupEvents.backupJobsWithIssues({ vault }),
  },
  [BackupAlert.COPY_FAILED]: {
    what: 'A copy failed',
    fields: {
      ...RESOURCE,
      From: '$.detail.sourceBackupVaultArn',
      To: '$.detail.destinationBackupVaultArn',
      State: '$.detail.state',
      ...REASON,
      Job: '$.detail.copyJobId',
    },
    isOfVault: true,
    pattern: ({ vault }) =>
      BackupEvents.copyJobs([CopyJobState.FAILED, CopyJobState.PARTIAL], { destinationVault: vault }),
  },
  [BackupAlert.RESTORE_FAILED]: {
    what: 'A restore failed',
    fields: RESTORE_JOB,
    isOfVault: false,
    pattern: () => BackupEvents.restoreJobs(RESTORE_FAILURES, { isTest: false }),
  },
  [BackupAlert.RESTORE_TEST_FAILED]: {
    what: 'A restore test failed',
    fields: { ...RESTORE_JOB, Plan: '$.detail.restoreTestingPlanArn' },
    isOfVault: false,
    pattern: () => BackupEvents.restoreJobs(RESTORE_FAILURES, { isTest: true }),
  },
  [BackupAlert.CONTINUOUS_BACKUP_STOPPED]: {
    what: 'A continuous backup stopped',
    fields: RECOVERY_POINT,
    isOfVault: true,
    pattern: ({ vault }) => BackupEvents.recoveryPoints([RecoveryPointState.STOPPED], { vault }),
  },
  [BackupAlert.RECOVERY_POINT_NOT_DELETED]: {
    what: 'AWS Backup could not delete a recovery point whose retention is over',
    fields: RECOVERY_POINT,
    isOfVault: true,
    pattern: ({ vault }) => BackupEvents.recoveryPoints([RecoveryPointState.EXPIRED], { vault }),
  },
  [BackupAlert.RECOVERY_POINT_PARTIAL]: {
    what: 'A recovery point is incomplete',
    fields: RECOVERY_POINT,
    isOfVault: true,
    pattern: ({ vault }) => BackupEvents.recoveryPoints([RecoveryPointState.PARTIAL], { vault }),
  },
  [BackupAlert.THREAT_FOUND]: {
    what: 'A malware scan found threats in a recovery point',
    fields: SCAN,
    isOfVault: true,
    pattern: ({ vault }) => BackupEvents.threats({ vault }),
  },
  [BackupAlert.SCAN_FAILED]: {
    what: 'A malware scan failed',
    fields: SCAN,
    isOfVault: true,
    pattern: ({ vault }) => BackupEvents.failedScans({ vault }),
  },
  [BackupAlert.PROTECTION_WEAKENED]: {
    what: 'Somebody deleted backups or weakened their protection',
    fields: {
      ...CALL,
      Vault: '$.detail.requestParameters.backupVaultName',
      'Recovery point': '$.detail.requestParameters.recoveryPointArn',
    },
    isOfVault: false,
    pattern: () => BackupEvents.weakeningCalls(),
  },
  [BackupAlert.KEY_WEAKENED]: {
    what: 'Somebody made a key unusable or changed its policy',
    fields: { ...CALL, Key: '$.detail.requestParameters.keyId' },
    isOfVault: false,
    pattern: ({ keys }) => BackupEvents.keyCalls(keys ? [...keys] : undefined),
  },
  [BackupAlert.ORGANIZATION_WEAKENED]: {
    what: 'Somebody changed what AWS Organizations gives AWS Backup',
    fields: {
      ...CALL,
      Policy: '$.detail.requestParameters.policyId',
      Target: '$.detail.requestParameters.targetId',
      Service: '$.detail.requestParameters.servicePrincipal',
    },
    isOfVault: false,
    pattern: () => BackupEvents.organizationCalls(),
  },
  [BackupAlert.POLICY_INVALID]: {
    what: 'The effective backup policy is invalid, so that its plans are not updated',
    fields: { Event: '$.detail.eventName', Details: '$.detail.serviceEventDetails' },
    isOfVault: false,
    pattern: () => BackupEvents.invalidOrganizationPolicies(),
  },
};
