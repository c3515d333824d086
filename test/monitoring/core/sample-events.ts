/** An event as EventBridge delivers it. */
export interface SampleEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly account: string;
  readonly region: string;
  readonly detail: Record<string, unknown>;
}

const arn = (rest: string) => `arn:aws:backup:eu-west-1:111122223333:${rest}`;
const event = (detailType: string, detail: Record<string, unknown>): SampleEvent => ({
  source: 'aws.backup',
  'detail-type': detailType,
  time: '2026-11-21T05:10:00Z',
  account: '111122223333',
  region: 'eu-west-1',
  detail,
});

const GOLD = { backupVaultName: 'gold', backupVaultArn: arn('backup-vault:gold') };
const backupJob = (state: string, more: object = {}) =>
  event('Backup Job State Change', {
    backupJobId: 'job-1',
    state,
    ...GOLD,
    resourceArn: 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1',
    resourceType: 'EFS',
    createdBy: { backupPlanId: 'plan-1', backupPlanRuleId: 'rule-1' },
    ...more,
  });
const copyJob = (state: string, more: object = {}) =>
  event('Copy Job State Change', {
    copyJobId: 'copy-1',
    state,
    resourceType: 'EFS',
    sourceBackupVaultArn: arn('backup-vault:gold'),
    destinationBackupVaultArn: arn('backup-vault:central'),
    destinationRecoveryPointArn: {},
    ...more,
  });
const restoreJob = (status: string, more: object = {}) =>
  event('Restore Job State Change', { restoreJobId: 'restore-1', status, resourceType: 'EFS', ...more });
const recoveryPoint = (status: string, detailType: string) =>
  event(detailType, { ...GOLD, status, resourceType: 'EFS', isEncrypted: 'true' });
const scan = (state: string, scanResultStatus?: string) =>
  event('Scan Job State Change', {
    ...GOLD,
    scanJobId: 'scan-1',
    state,
    ...(scanResultStatus && { scanResult: { scanResultStatus } }),
  });

const named = (prefix: string, states: string[], make: (state: string) => SampleEvent) =>
  Object.fromEntries(states.map((state) => [`${prefix} ${state}`, make(state)]));

/** The key of the vault. */
export const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k-1';

/** A call of an API that CloudTrail recorded. */
function apiCall(
  service: string,
  eventName: string,
  resources: { ARN: string }[] = [],
  identity: object = {},
): SampleEvent {
  const userIdentity = { arn: 'arn:aws:iam::111122223333:role/admin', ...identity };
  const detail = { eventSource: `${service}.amazonaws.com`, eventName, resources, userIdentity };
  return { ...event('AWS API Call via CloudTrail', detail), source: `aws.${service}` };
}

/**
 * One event of each kind and state, with the fields that AWS documents for it: events of created jobs have almost none,
 * the message of a pending job is empty, and copies name their vaults by ARN.
 */
export const EVENTS: Readonly<Record<string, SampleEvent>> = {
  'backup job CREATED': event('Backup Job State Change', {
    backupJobId: 'job-1',
    state: 'CREATED',
    creationDate: '2026-11-21T05:00:00Z',
  }),
  'backup job PENDING': backupJob('PENDING', { statusMessage: '', percentDone: 0 }),
  ...named('backup job', ['RUNNING', 'ABORTING'], (state) => backupJob(state)),
  'backup job ABORTED': backupJob('ABORTED', { statusMessage: '"Backup job was stopped by user."' }),
  'backup job COMPLETED': backupJob('COMPLETED', { bytesTransferred: '36048', statusMessage: '' }),
  'backup job COMPLETED with issues': backupJob('COMPLETED', {
    statusMessage: 'Some objects were not backed up',
    createdBy: undefined, // on demand
  }),
  'backup job FAILED': backupJob('FAILED', { statusMessage: 'Access denied' }),
  'backup job EXPIRED': backupJob('EXPIRED', { statusMessage: 'Backup job expired before completion' }),
  'backup job PARTIAL': backupJob('PARTIAL', { statusMessage: 'Two of three children completed' }),
  'copy job CREATED': event('Copy Job State Change', {
    state: 'CREATED',
    sourceBackupVaultArn: arn('backup-vault:gold'),
    destinationBackupVaultArn: arn('backup-vault:central'),
  }),
  ...named('copy job', ['RUNNING', 'FAILED', 'PARTIAL'], (state) => copyJob(state)),
  'copy job COMPLETED': copyJob('COMPLETED', { destinationRecoveryPointArn: arn('recovery-point:1') }),
  'restore job CREATED': event('Restore Job State Change', { restoreJobId: 'restore-1', state: 'CREATED' }),
  ...named('restore job', ['PENDING', 'RUNNING', 'COMPLETED', 'ABORTED', 'FAILED'], restoreJob),
  ...named('restore test', ['PENDING', 'RUNNING', 'COMPLETED', 'ABORTED', 'FAILED'], (status) =>
    restoreJob(status, { restoreTestingPlanArn: arn('restore-testing-plan:weekly-1') }),
  ),
  ...Object.fromEntries(
    ['CREATING', 'AVAILABLE', 'COMPLETED', 'PARTIAL', 'STOPPED', 'EXPIRED', 'DELETING'].flatMap((state) => [
      [`recovery point ${state}`, recoveryPoint(state, 'Recovery Point State Change')],
      [`recovery point ${state}, other name`, recoveryPoint(state, 'Recovery Point Change')],
    ]),
  ),
  ...named('vault', ['CREATED', 'MODIFIED', 'DELETED'], (state) =>
    event('Backup Vault State Change', { backupVaultName: 'gold', state, isLocked: 'true' }),
  ),
  ...named('plan', ['CREATED', 'MODIFIED', 'DELETED'], (state) =>
    event('Backup Plan State Change', { backupPlanId: 'plan-1', versionId: 'v1', state }),
  ),
  'Region settings MODIFIED': event('Region Setting State Change', {
    state: 'MODIFIED',
    ResourceTypeOptInPreference: { S3: true },
  }),
  ...named('scan', ['CREATED', 'RUNNING', 'COMPLETED_WITH_ISSUES', 'FAILED', 'CANCELED'], (state) =>
    scan(state),
  ),
  'scan COMPLETED': scan('COMPLETED', 'NO_THREATS_FOUND'),
  'scan COMPLETED with threats': scan('COMPLETED', 'THREATS_FOUND'),
  ...named(
    'call of',
    [
      'CreateBackupVault',
      'DeleteRecoveryPoint',
      'DescribeBackupVault',
      'PutBackupVaultAccessPolicy',
      'UpdateRegionSettings',
    ],
    (name) => apiCall('backup', name),
  ),
  ...named('call of', ['DisableKey', 'EnableKey', 'ScheduleKeyDeletion'], (name) =>
    apiCall('kms', name, [{ ARN: 'arn:aws:kms:eu-west-1:111122223333:key/k-0' }, { ARN: KEY }]),
  ),
  'call of DisableKey on another key': apiCall('kms', 'DisableKey', [
    { ARN: 'arn:aws:kms:eu-west-1:111122223333:key/k-2' },
  ]),
  'call of DeleteRecoveryPoint by AWS Backup': apiCall('backup', 'DeleteRecoveryPoint', [], {
    invokedBy: 'backup.amazonaws.com',
  }),
  ...named('call of', ['DetachPolicy', 'ListPolicies', 'DisableAWSServiceAccess'], (name) =>
    apiCall('organizations', name),
  ),
  'invalid policy of the organization': event('AWS Service Event via CloudTrail', {
    eventSource: 'backup.amazonaws.com',
    eventName: 'InvalidOrganizationBackupPlan',
  }),
  'deletion of what expired': event('AWS Service Event via CloudTrail', {
    eventSource: 'backup.amazonaws.com',
    eventName: 'BackupDeleted',
  }),
};
