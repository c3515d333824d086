import type { Change, ChangeKind, Direction } from '../../../src/forecast/difference/change';
import { differenceOf } from '../../../src/forecast/difference/difference';
import type { Difference } from '../../../src/forecast/difference/summary';
import { forecastOf } from '../../../src/forecast/outlook/forecast';
import type { StackSource } from '../../../src/template/input/source';
import {
  backupReady,
  inventoryOfStacks,
  plan,
  resource,
  rule,
  selection,
  stack,
  tags,
} from '../../support/backups';

// biome-ignore lint/suspicious/noExplicitAny: what is in a template has no types
export type Json = Record<string, any>;

const PERIOD = { from: Date.parse('2027-01-01'), to: Date.parse('2028-01-01') };
const arn = (name: string) => `arn:aws:backup:eu-west-1:222222222222:backup-vault:${name}`;

/** The app before each change: everything that a change can be about. */
export function app(): Json {
  return {
    Key: resource('KMS::Key', { KeyPolicy: {}, Enabled: true }, { DeletionPolicy: 'Retain' }),
    Vault: resource(
      'Backup::BackupVault',
      {
        BackupVaultName: 'gold',
        EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
        LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 400, ChangeableForDays: 3 },
        AccessPolicy: {
          Statement: [
            { Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' },
          ],
        },
        Notifications: {
          SNSTopicArn: 'arn:aws:sns:us-east-1:111111111111:t',
          BackupVaultEvents: ['BACKUP_JOB_FAILED'],
        },
      },
      { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
    ),
    Spare: resource('Backup::BackupVault', { BackupVaultName: 'spare' }),
    Unnamed: resource('Backup::BackupVault', {}),
    Gap: resource('Backup::LogicallyAirGappedBackupVault', {
      BackupVaultName: 'gap',
      MinRetentionDays: 7,
      MaxRetentionDays: 400,
    }),
    Plan: plan(
      'gold',
      rule('daily', {
        CopyActions: [{ DestinationBackupVaultArn: arn('far'), Lifecycle: { DeleteAfterDays: 90 } }],
        TargetBackupVault: { Ref: 'Vault' },
        CompletionWindowMinutes: 480,
      }),
      rule('monthly', {
        ScheduleExpression: 'cron(0 12 1 * ? *)',
        TargetBackupVault: { Ref: 'Vault' },
        Lifecycle: { DeleteAfterDays: 365, MoveToColdStorageAfterDays: 30 },
      }),
    ),
    Selection: selection({
      ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'gold' }],
    }),
    Orders: resource('DynamoDB::Table', { TableName: 'orders', Tags: tags({ backup: 'gold' }) }),
    Carts: resource('DynamoDB::Table', { Tags: tags({ backup: 'gold' }) }),
    Cache: resource('DynamoDB::Table', {
      TableName: 'cache',
      Tags: tags({ 'backup:opt-out-reason': 'rebuilt' }),
    }),
    Logs: backupReady('S3::Bucket', { BucketName: 'logs' }),
    Files: backupReady('S3::Bucket', { BucketName: 'files', Tags: tags({ backup: 'gold' }) }),
    Tests: resource('Backup::RestoreTestingPlan', {
      RestoreTestingPlanName: 'tests',
      ScheduleExpression: 'cron(0 5 ? * SUN *)',
      RecoveryPointSelection: {
        Algorithm: 'LATEST_WITHIN_WINDOW',
        IncludeVaults: ['*'],
        RecoveryPointTypes: ['SNAPSHOT'],
      },
    }),
    TestSelection: resource('Backup::RestoreTestingSelection', {
      RestoreTestingPlanName: 'tests',
      RestoreTestingSelectionName: 'dynamodb',
      ProtectedResourceType: 'DynamoDB',
      IamRoleArn: 'arn:aws:iam::111111111111:role/Restore',
    }),
    Framework: resource('Backup::Framework', {
      FrameworkName: 'audit',
      FrameworkControls: [{ ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }],
    }),
    Reports: resource('Backup::ReportPlan', {
      ReportPlanName: 'jobs',
      ReportDeliveryChannel: { S3BucketName: 'b' },
      ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
    }),
    Hold: resource('Backup::LegalHold', {
      Title: 'case',
      Description: 'd',
      RecoveryPointSelection: { VaultNames: ['other'] },
    }),
    Tiering: resource('Backup::TieringConfiguration', {
      TieringConfigurationName: 'tier',
      BackupVaultName: 'gold',
      ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: 60 }],
    }),
    Guard: resource('Organizations::Policy', {
      Name: 'guard',
      Type: 'SERVICE_CONTROL_POLICY',
      TargetIds: ['ou-abcd-12345678'],
      Content: { Statement: [{ Effect: 'Deny', Action: 'backup:Delete*', Resource: '*' }] },
    }),
    Machine: resource('StepFunctions::StateMachine', {
      DefinitionString: JSON.stringify({
        StartAt: 'Copy',
        States: {
          Copy: {
            Type: 'Task',
            Resource: 'arn:aws:states:::aws-sdk:backup:startCopyJob',
            Parameters: { SourceBackupVaultName: 'other', DestinationBackupVaultArn: arn('last') },
            End: true,
          },
        },
      }),
    }),
  };
}

const versionOfStacks = (...sources: readonly StackSource[]) => ({
  forecast: forecastOf(inventoryOfStacks(...sources), { period: PERIOD }),
});

export const versionOf = (resources: Json) => versionOfStacks(stack('App', resources));

/** Consequences that a comparison lists beside the change itself. */
const CONSEQUENCES: ReadonlySet<ChangeKind> = new Set(['finding', 'survivability', 'cost']);
export const own = ({ changes }: Difference) => changes.filter(({ kind }) => !CONSEQUENCES.has(kind));
export const text = ({ kind, direction, logicalId }: Change) => `${kind} ${direction} ${logicalId}`;

export const rules = (of: Json): Json[] => of.Plan.Properties.BackupPlan.BackupPlanRule;
export const vault = (of: Json): Json => of.Vault.Properties;
const table = (name: string, more: Json = {}) => resource('DynamoDB::Table', { TableName: name, ...more });

export type Row = [
  title: string,
  kind: ChangeKind,
  direction: Direction,
  logicalId: string,
  mutate: (of: Json) => void,
  back?: Direction,
  /** The resources that the change leaves without recovery points. */
  unprotected?: readonly string[],
];

/** Each change with its kind, its direction, and the direction of the way back if that isn't the opposite. */
export const MUTATIONS: Row[] = [
  [
    'a tag that a plan selects by is removed',
    'protection',
    'weaker',
    'Orders',
    (of) => {
      of.Orders.Properties.Tags = [];
    },
  ],
  [
    'a tag that a plan selects by gets another value',
    'protection',
    'weaker',
    'Orders',
    (of) => {
      of.Orders.Properties.Tags[0].Value = 'Gold';
    },
  ],
  [
    'a protected resource is opted out instead',
    'protection',
    'weaker',
    'Orders',
    (of) => {
      of.Orders.Properties.Tags = tags({ 'backup:opt-out-reason': 'why' });
    },
  ],
  [
    'an unprotected resource gets the tag',
    'protection',
    'stronger',
    'Logs',
    (of) => {
      of.Logs.Properties.Tags = tags({ backup: 'gold' });
    },
  ],
  [
    'an unprotected resource is opted out',
    'opt-out',
    'neutral',
    'Logs',
    (of) => {
      of.Logs.Properties.Tags = tags({ 'backup:opt-out-reason': 'why' });
    },
  ],
  [
    'an opt-out gets another reason',
    'opt-out',
    'neutral',
    'Cache',
    (of) => {
      of.Cache.Properties.Tags[0].Value = 'other';
    },
  ],
  [
    'an opt-out is withdrawn',
    'opt-out',
    'neutral',
    'Cache',
    (of) => {
      of.Cache.Properties.Tags = [];
    },
  ],
  [
    'a protected resource is removed',
    'resource',
    'weaker',
    'Orders',
    (of) => {
      delete of.Orders;
    },
  ],
  [
    'an unprotected resource is removed',
    'resource',
    'neutral',
    'Logs',
    (of) => {
      delete of.Logs;
    },
    'weaker',
  ],
  [
    'an opted-out resource is removed',
    'resource',
    'neutral',
    'Cache',
    (of) => {
      delete of.Cache;
    },
  ],
  [
    'a protected resource is new',
    'resource',
    'stronger',
    'More',
    (of) => {
      of.More = table('more', { Tags: tags({ backup: 'gold' }) });
    },
  ],
  [
    'an unprotected resource is new',
    'resource',
    'weaker',
    'More',
    (of) => {
      of.More = table('more');
    },
    'neutral',
  ],
  [
    'an opted-out resource is new',
    'resource',
    'neutral',
    'More',
    (of) => {
      of.More = table('more', { Tags: tags({ 'backup:opt-out-reason': 'why' }) });
    },
  ],
  [
    'a named resource gets another logical id',
    'renamed',
    'neutral',
    'OrdersNew',
    (of) => {
      of.OrdersNew = of.Orders;
      delete of.Orders;
    },
  ],
  [
    'an unnamed resource gets another logical id',
    'replaced',
    'weaker',
    'CartsNew',
    (of) => {
      of.CartsNew = of.Carts;
      delete of.Carts;
    },
    'weaker',
  ],
  [
    'a resource gets another name',
    'replaced',
    'weaker',
    'Orders',
    (of) => {
      of.Orders.Properties.TableName = 'orders2';
    },
    'weaker',
  ],
  [
    'the retention is shortened',
    'retention',
    'weaker',
    'Plan',
    (of) => {
      rules(of)[0].Lifecycle.DeleteAfterDays = 14;
    },
  ],
  [
    'the retention is extended',
    'retention',
    'stronger',
    'Plan',
    (of) => {
      rules(of)[0].Lifecycle.DeleteAfterDays = 36;
    },
  ],
  [
    'the retention becomes forever',
    'retention',
    'stronger',
    'Plan',
    (of) => {
      delete rules(of)[1].Lifecycle.DeleteAfterDays;
    },
  ],
  [
    'a rule that keeps longest is removed',
    'retention',
    'weaker',
    'Plan',
    (of) => {
      rules(of).pop();
    },
  ],
  [
    'a rule that runs most often is removed',
    'rpo',
    'weaker',
    'Plan',
    (of) => {
      rules(of).shift();
    },
  ],
  [
    'a rule that keeps shorter is new',
    'rpo',
    'stronger',
    'Plan',
    (of) => {
      rules(of).push(
        rule('hourly', { ScheduleExpression: 'cron(30 * ? * * *)', Lifecycle: { DeleteAfterDays: 8 } }),
      );
    },
  ],
  [
    'a rule that keeps longer is new',
    'retention',
    'stronger',
    'Plan',
    (of) => {
      rules(of).push(
        rule('yearly', { ScheduleExpression: 'cron(30 20 1 1 ? *)', Lifecycle: { DeleteAfterDays: 399 } }),
      );
    },
  ],
  [
    'a rule is renamed',
    'renamed',
    'neutral',
    'Plan',
    (of) => {
      rules(of)[0].RuleName = 'nightly';
    },
  ],
  [
    'a rule runs less often',
    'rpo',
    'weaker',
    'Plan',
    (of) => {
      rules(of)[0].ScheduleExpression = 'cron(0 5 ? * SUN *)';
    },
  ],
  [
    'a rule runs more often',
    'rpo',
    'stronger',
    'Plan',
    (of) => {
      rules(of)[0].ScheduleExpression = 'cron(0 0/6 ? * * *)';
    },
  ],
  [
    'a rule runs at another hour',
    'rpo',
    'neutral',
    'Plan',
    (of) => {
      rules(of)[0].ScheduleExpression = 'cron(0 4 ? * * *)';
    },
  ],
  [
    'a start window is longer',
    'rpo',
    'weaker',
    'Plan',
    (of) => {
      rules(of)[0].StartWindowMinutes = 90;
    },
  ],
  [
    'a start window is the default instead',
    'rpo',
    'weaker',
    'Plan',
    (of) => {
      delete rules(of)[1].StartWindowMinutes;
    },
  ],
  [
    'a completion window changes',
    'settings',
    'neutral',
    'Plan',
    (of) => {
      rules(of)[0].CompletionWindowMinutes = 600;
    },
  ],
  [
    'tags of recovery points change',
    'settings',
    'neutral',
    'Plan',
    (of) => {
      rules(of)[0].RecoveryPointTags = { a: 'b' };
    },
  ],
  [
    'scans begin',
    'settings',
    'stronger',
    'Plan',
    (of) => {
      rules(of)[0].ScanActions = [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' }];
      of.Plan.Properties.BackupPlan.ScanSettings = [
        {
          MalwareScanner: 'GUARDDUTY',
          ResourceTypes: ['S3'],
          ScannerRoleArn: 'arn:aws:iam::111111111111:role/Scanner',
        },
      ];
    },
  ],
  [
    'an index begins',
    'settings',
    'neutral',
    'Plan',
    (of) => {
      rules(of)[0].IndexActions = [{ ResourceTypes: ['S3'] }];
    },
  ],
  [
    'advanced settings begin',
    'settings',
    'stronger',
    'Plan',
    (of) => {
      of.Plan.Properties.BackupPlan.AdvancedBackupSettings = [
        { ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } },
      ];
    },
  ],
  [
    'a rule becomes continuous',
    'continuous',
    'stronger',
    'Plan',
    (of) => {
      rules(of)[0].EnableContinuousBackup = true;
    },
  ],
  [
    'the transition to cold storage is later',
    'cold-storage',
    'neutral',
    'Plan',
    (of) => {
      rules(of)[1].Lifecycle.MoveToColdStorageAfterDays = 60;
    },
  ],
  [
    'the transition to cold storage is removed',
    'cold-storage',
    'neutral',
    'Plan',
    (of) => {
      delete rules(of)[1].Lifecycle.MoveToColdStorageAfterDays;
    },
  ],
  [
    'EBS is archived too',
    'cold-storage',
    'neutral',
    'Plan',
    (of) => {
      rules(of)[1].Lifecycle.OptInToArchiveForSupportedResources = true;
    },
  ],
  [
    'a copy is removed',
    'copy',
    'weaker',
    'Plan',
    (of) => {
      delete rules(of)[0].CopyActions;
    },
  ],
  [
    'a copy is new',
    'copy',
    'stronger',
    'Plan',
    (of) => {
      rules(of)[1].CopyActions = [{ DestinationBackupVaultArn: arn('far') }];
    },
  ],
  [
    'a copy is kept shorter',
    'copy',
    'weaker',
    'Plan',
    (of) => {
      rules(of)[0].CopyActions[0].Lifecycle.DeleteAfterDays = 30;
    },
  ],
  [
    'a copy is kept longer',
    'copy',
    'stronger',
    'Plan',
    (of) => {
      rules(of)[0].CopyActions[0].Lifecycle.DeleteAfterDays = 300;
    },
  ],
  [
    'a rule gets a vault without a lock',
    'vault',
    'weaker',
    'Plan',
    (of) => {
      rules(of)[0].TargetBackupVault = { Ref: 'Spare' };
    },
  ],
  [
    'a rule gets a logically air-gapped vault',
    'vault',
    'stronger',
    'Plan',
    (of) => {
      rules(of)[0].TargetLogicallyAirGappedBackupVaultArn = { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] };
    },
  ],
  [
    'a plan is renamed',
    'renamed',
    'neutral',
    'Plan',
    (of) => {
      of.Plan.Properties.BackupPlan.BackupPlanName = 'silver';
    },
  ],
  [
    'a selection gets another role',
    'role',
    'neutral',
    'Selection',
    (of) => {
      of.Selection.Properties.BackupSelection.IamRoleArn = 'arn:aws:iam::111111111111:role/Other';
    },
  ],
  [
    'a selection gets another criterion without effect',
    'selection',
    'neutral',
    'Selection',
    (of) => {
      of.Selection.Properties.BackupSelection.NotResources = ['arn:aws:s3:::other'];
    },
  ],
  [
    'a lock is removed',
    'lock',
    'weaker',
    'Vault',
    (of) => {
      delete vault(of).LockConfiguration;
    },
  ],
  [
    'a lock is weakened to governance',
    'lock',
    'weaker',
    'Vault',
    (of) => {
      delete vault(of).LockConfiguration.ChangeableForDays;
    },
  ],
  [
    'the minimum of a lock is lowered',
    'lock',
    'weaker',
    'Vault',
    (of) => {
      vault(of).LockConfiguration.MinRetentionDays = 1;
    },
  ],
  [
    'the minimum of a lock is raised',
    'lock',
    'stronger',
    'Vault',
    (of) => {
      vault(of).LockConfiguration.MinRetentionDays = 30;
    },
  ],
  [
    'the maximum of a lock changes',
    'lock',
    'neutral',
    'Vault',
    (of) => {
      vault(of).LockConfiguration.MaxRetentionDays = 500;
    },
  ],
  [
    'a vault gets a lock',
    'lock',
    'stronger',
    'Spare',
    (of) => {
      of.Spare.Properties.LockConfiguration = { MinRetentionDays: 1 };
    },
  ],
  [
    'a vault gets another key',
    'key',
    'weaker',
    'Vault',
    (of) => {
      vault(of).EncryptionKeyArn = 'arn:aws:kms:us-east-1:111111111111:key/other';
    },
    'weaker',
  ],
  [
    'a deletion denial is removed',
    'access',
    'weaker',
    'Vault',
    (of) => {
      delete vault(of).AccessPolicy;
    },
  ],
  [
    'an access policy changes otherwise',
    'access',
    'neutral',
    'Vault',
    (of) => {
      vault(of).AccessPolicy.Statement[0].Sid = 'Deny';
    },
  ],
  [
    'notifications are removed',
    'monitoring',
    'weaker',
    'Vault',
    (of) => {
      delete vault(of).Notifications;
    },
  ],
  [
    'other events are notified',
    'monitoring',
    'neutral',
    'Vault',
    (of) => {
      vault(of).Notifications.BackupVaultEvents = ['COPY_JOB_FAILED'];
    },
  ],
  [
    'a vault is no longer retained',
    'vault',
    'weaker',
    'Vault',
    (of) => {
      delete of.Vault.DeletionPolicy;
    },
  ],
  [
    'a vault is no longer retained on replacement',
    'vault',
    'weaker',
    'Vault',
    (of) => {
      delete of.Vault.UpdateReplacePolicy;
    },
  ],
  [
    'a vault is removed',
    'vault',
    'weaker',
    'Spare',
    (of) => {
      delete of.Spare;
    },
    'neutral',
  ],
  [
    'a vault is new',
    'vault',
    'neutral',
    'More',
    (of) => {
      of.More = resource('Backup::BackupVault', { BackupVaultName: 'more' });
    },
    'weaker',
  ],
  [
    'a vault gets another name',
    'replaced',
    'weaker',
    'Spare',
    (of) => {
      of.Spare.Properties.BackupVaultName = 'spare2';
    },
    'weaker',
  ],
  [
    'a vault that rules use gets another name',
    'replaced',
    'weaker',
    'Vault',
    (of) => {
      vault(of).BackupVaultName = 'gold2';
    },
    'weaker',
  ],
  [
    'a named vault gets another logical id',
    'renamed',
    'neutral',
    'SpareNew',
    (of) => {
      of.SpareNew = of.Spare;
      delete of.Spare;
    },
  ],
  [
    'an unnamed vault gets another logical id',
    'replaced',
    'weaker',
    'UnnamedNew',
    (of) => {
      of.UnnamedNew = of.Unnamed;
      delete of.Unnamed;
    },
    'weaker',
  ],
  [
    'a key is no longer retained',
    'key',
    'weaker',
    'Key',
    (of) => {
      delete of.Key.DeletionPolicy;
    },
  ],
  [
    'a key is disabled',
    'key',
    'weaker',
    'Key',
    (of) => {
      of.Key.Properties.Enabled = false;
    },
    'stronger',
    ['Orders', 'Carts', 'Files'],
  ],
  [
    'a bucket that a plan selects loses its versioning',
    'protection',
    'weaker',
    'Files',
    (of) => {
      delete of.Files.Properties.VersioningConfiguration;
    },
  ],
  [
    'a lock no longer allows the retention of a rule',
    'lock',
    'stronger',
    'Vault',
    (of) => {
      vault(of).LockConfiguration.MinRetentionDays = 60;
    },
    'weaker',
    ['Orders', 'Carts', 'Files'],
  ],
  [
    'a restore testing plan changes',
    'restore-test',
    'neutral',
    'Tests',
    (of) => {
      of.Tests.Properties.ScheduleExpression = 'cron(0 5 ? * MON *)';
    },
  ],
  [
    'a restore testing selection is removed',
    'restore-test',
    'weaker',
    'TestSelection',
    (of) => {
      delete of.TestSelection;
    },
  ],
  [
    'a framework is removed',
    'monitoring',
    'weaker',
    'Framework',
    (of) => {
      delete of.Framework;
    },
  ],
  [
    'a report plan is removed',
    'monitoring',
    'weaker',
    'Reports',
    (of) => {
      delete of.Reports;
    },
  ],
  [
    'a legal hold is removed',
    'retention',
    'weaker',
    'Hold',
    (of) => {
      delete of.Hold;
    },
  ],
  [
    'a tiering configuration is removed',
    'cold-storage',
    'neutral',
    'Tiering',
    (of) => {
      delete of.Tiering;
    },
  ],
  [
    'a service control policy is removed',
    'organization',
    'weaker',
    'Guard',
    (of) => {
      delete of.Guard;
    },
  ],
  [
    'a state machine that copies is removed',
    'copy',
    'weaker',
    'Machine',
    (of) => {
      delete of.Machine;
    },
  ],
];

export const BEFORE = versionOf(app());

export function mutated(mutate: (of: Json) => void) {
  const of = app();
  mutate(of);
  return versionOf(of);
}

/** What changes between two apps, without findings, costs, and what survives a loss. */
export function changesBetween(before: Json, after: Json): string[] {
  return changesBetweenStacks([stack('App', before)], [stack('App', after)]);
}

/** The same for apps of several stacks. */
export function changesBetweenStacks(
  before: readonly StackSource[],
  after: readonly StackSource[],
): string[] {
  return own(differenceOf(versionOfStacks(...before), versionOfStacks(...after))).map(
    ({ kind, direction, before: was, after: is, message }) =>
      `${kind} ${direction}: ${message} (${was} -> ${is})`,
  );
}
