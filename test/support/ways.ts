import { Duration, type Stack, Tags, TimeZone } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  BackupAccessPoint,
  BackupFramework,
  BackupReportPlan,
  type BackupReportPlanProps,
  BackupSchedule,
  BackupVault,
  ControlScope,
  CopySource,
  FrameworkControl,
  Hypervisor,
  HypervisorCredentials,
  LegalHold,
  LogicallyAirGappedVault,
  type LogicallyAirGappedVaultProps,
  RecoveryPointSelection,
  ReportCoverage,
  ReportTemplate,
  ResourceType,
  RestoreMetadata,
  RestoreTestingPlan,
  type RestoreTestingSelectionOptions,
  S3RecoveryPoint,
  TagCondition,
  TieringConfiguration,
  TieringSelection,
  VaultEvent,
} from 'cdk-backup-constructs';

/** What says something, and the properties that stand in the template then. */
export interface Way {
  readonly said: string;
  readonly build: (stack: Stack) => void;
  readonly reaches: readonly string[];
}

const days = Duration.days;
const near = (stack: Stack) => BackupVault.fromBackupVaultName(stack, 'Near', 'near');
const tagged = (build: (stack: Stack) => void) => (stack: Stack) => {
  build(stack);
  Tags.of(stack).add('team', 'storage');
};

const airGapped =
  (props: Partial<LogicallyAirGappedVaultProps> = {}) =>
  (stack: Stack) => {
    new LogicallyAirGappedVault(stack, 'Vault', {
      minRetention: days(7),
      maxRetention: days(365),
      acknowledgeIrreversible: true,
      ...props,
    });
  };

const framework = (control: FrameworkControl) => (stack: Stack) => {
  new BackupFramework(stack, 'Framework', { description: 'gold', controls: [control] });
};

const report =
  (props: (stack: Stack) => Partial<BackupReportPlanProps> = () => ({})) =>
  (stack: Stack) => {
    const bucket = Bucket.fromBucketName(stack, 'Bucket', 'reports');
    new BackupReportPlan(stack, 'Report', { template: ReportTemplate.backupJobs(), bucket, ...props(stack) });
  };

const testing = (recoveryPoints: RecoveryPointSelection) => (stack: Stack) => {
  new RestoreTestingPlan(stack, 'Plan', {
    schedule: BackupSchedule.daily({ timeZone: TimeZone.ASIA_SEOUL }),
    startWindow: Duration.hours(8),
    recoveryPoints,
  });
};

const testingSelection = (options: Partial<RestoreTestingSelectionOptions>) => (stack: Stack) => {
  new RestoreTestingPlan(stack, 'Plan', {
    schedule: BackupSchedule.weekly(),
    recoveryPoints: RecoveryPointSelection.latest({ allVaults: true }),
  }).addSelection('Selection', { resourceType: ResourceType.S3, ...options });
};

const CONTROL = 'FrameworkControls[]';
const POINTS = 'RecoveryPointSelection';
const pairs = (operator: string) => [
  `ProtectedResourceConditions.${operator}[].Key`,
  `ProtectedResourceConditions.${operator}[].Value`,
];
const SNAPSHOT = 'arn:aws:backup:eu-west-1:111122223333:recovery-point:bucket-20261101-1';

/** Every property of types other than plans, selections and vaults, and how it is said. */
export const OTHER_WAYS: Record<string, readonly Way[]> = {
  'AWS::Backup::LogicallyAirGappedBackupVault': [
    {
      said: 'a range of retention',
      build: airGapped(),
      reaches: ['BackupVaultName', 'MinRetentionDays', 'MaxRetentionDays'],
    },
    {
      said: '`encryptionKey`',
      build: (stack) => airGapped({ encryptionKey: new Key(stack, 'Key') })(stack),
      reaches: ['EncryptionKeyArn'],
    },
    {
      said: '`copyFrom`',
      build: airGapped({ copyFrom: [CopySource.account('444455556666')] }),
      reaches: ['AccessPolicy'],
    },
    {
      said: '`notifications`',
      build: (stack) => {
        const topic = new Topic(stack, 'Topic');
        airGapped({ notifications: { topic, events: [VaultEvent.COPY_JOB_FAILED] } })(stack);
      },
      reaches: ['Notifications.SNSTopicArn', 'Notifications.BackupVaultEvents[]'],
    },
    {
      said: '`mpaApprovalTeamArn`',
      build: airGapped({
        mpaApprovalTeamArn: 'arn:aws:mpa:us-east-1:111122223333:approval-team/restorers-1a2b',
      }),
      reaches: ['MpaApprovalTeamArn'],
    },
    { said: '`Tags.of(vault)`', build: tagged(airGapped()), reaches: ['BackupVaultTags'] },
  ],
  'AWS::Backup::Framework': [
    {
      said: 'a control of one resource',
      build: framework(
        FrameworkControl.resourcesProtectedByBackupPlan({
          scope: ControlScope.resource(ResourceType.EFS, 'fs-1'),
        }),
      ),
      reaches: [
        'FrameworkName',
        'FrameworkDescription',
        `${CONTROL}.ControlName`,
        `${CONTROL}.ControlScope.ComplianceResourceTypes[]`,
        `${CONTROL}.ControlScope.ComplianceResourceIds[]`,
      ],
    },
    {
      said: 'a control with a parameter, of a tag',
      build: tagged(framework(FrameworkControl.minRetention({ scope: ControlScope.tag('backup', 'gold') }))),
      reaches: [
        `${CONTROL}.ControlInputParameters[].ParameterName`,
        `${CONTROL}.ControlInputParameters[].ParameterValue`,
        `${CONTROL}.ControlScope.Tags[]`,
        'FrameworkTags[]',
      ],
    },
  ],
  'AWS::Backup::ReportPlan': [
    {
      said: 'a report of jobs of the organization',
      build: tagged(
        report(() => ({
          coverage: ReportCoverage.members({
            accounts: ['444455556666'],
            organizationalUnits: ['ou-ab12-34567890'],
            regions: ['*'],
          }),
        })),
      ),
      reaches: [
        'ReportPlanName',
        'ReportSetting.ReportTemplate',
        'ReportSetting.Accounts[]',
        'ReportSetting.OrganizationUnits[]',
        'ReportSetting.Regions[]',
        'ReportDeliveryChannel.S3BucketName',
        'ReportDeliveryChannel.Formats[]',
        'ReportPlanTags[]',
      ],
    },
    {
      said: 'a report of compliance',
      build: report((stack) => ({
        template: ReportTemplate.controlCompliance(
          new BackupFramework(stack, 'Framework', { controls: [FrameworkControl.recoveryPointsEncrypted()] }),
        ),
        description: 'gold',
        keyPrefix: 'audit',
      })),
      reaches: [
        'ReportSetting.FrameworkArns[]',
        'ReportPlanDescription',
        'ReportDeliveryChannel.S3KeyPrefix',
      ],
    },
  ],
  'AWS::Backup::RestoreTestingPlan': [
    {
      said: '`RecoveryPointSelection.latest`',
      build: tagged(
        testing(
          RecoveryPointSelection.latest({
            allVaults: true,
            excludeVaultArns: ['arn:aws:backup:*:*:backup-vault:scratch'],
            window: days(7),
          }),
        ),
      ),
      reaches: [
        'RestoreTestingPlanName',
        'ScheduleExpression',
        'ScheduleExpressionTimezone',
        'StartWindowHours',
        `${POINTS}.Algorithm = LATEST_WITHIN_WINDOW`,
        `${POINTS}.SelectionWindowDays`,
        `${POINTS}.RecoveryPointTypes[] = SNAPSHOT`,
        `${POINTS}.RecoveryPointTypes[] = CONTINUOUS`,
        `${POINTS}.IncludeVaults[]`,
        `${POINTS}.ExcludeVaults[]`,
        'Tags[]',
      ],
    },
    {
      said: '`RecoveryPointSelection.random`',
      build: testing(RecoveryPointSelection.random({ allVaults: true })),
      reaches: [`${POINTS}.Algorithm = RANDOM_WITHIN_WINDOW`],
    },
  ],
  'AWS::Backup::RestoreTestingSelection': [
    {
      said: '`arns`, `metadata` and `validationWindow`',
      build: testingSelection({
        arns: ['arn:aws:s3:::documents'],
        metadata: RestoreMetadata.s3({ restoreAcls: false }),
        validationWindow: Duration.hours(1),
      }),
      reaches: [
        'IamRoleArn',
        'ProtectedResourceArns[]',
        'ProtectedResourceType',
        'RestoreMetadataOverrides',
        'RestoreTestingPlanName',
        'RestoreTestingSelectionName',
        'ValidationWindowHours',
      ],
    },
    {
      said: '`tags`',
      build: testingSelection({
        tags: [TagCondition.stringEquals('backup', 'gold'), TagCondition.stringNotEquals('stage', 'dev')],
      }),
      reaches: ['StringEquals', 'StringNotEquals'].flatMap(pairs),
    },
  ],
  'AWS::Backup::TieringConfiguration': [
    {
      said: 'a selection of a vault',
      build: tagged((stack) => {
        new TieringConfiguration(stack, 'Tiering', {
          vault: near(stack),
          selections: [TieringSelection.allBuckets({ after: days(60) })],
        });
      }),
      reaches: [
        'TieringConfigurationName',
        'BackupVaultName',
        'ResourceSelection[].Resources[]',
        'ResourceSelection[].TieringDownSettingsInDays',
        'ResourceSelection[].ResourceType',
        'TieringConfigurationTags',
      ],
    },
  ],
  'AWS::Backup::LegalHold': [
    {
      said: 'a hold of a vault, resources and dates',
      build: tagged((stack) => {
        new LegalHold(stack, 'Hold', {
          customResource: false, // CloudFormation's own, in whatever Region
          title: 'Case 1',
          description: 'Ask legal',
          vaults: [near(stack)],
          resourceArns: ['arn:aws:s3:::documents'],
          fromDate: new Date('2026-01-01T00:00:00Z'),
          toDate: new Date('2026-02-01T00:00:00Z'),
        });
      }),
      reaches: [
        'Title',
        'Description',
        `${POINTS}.VaultNames[]`,
        `${POINTS}.ResourceIdentifiers[]`,
        `${POINTS}.DateRange.FromDate`,
        `${POINTS}.DateRange.ToDate`,
        'Tags[].Key',
        'Tags[].Value',
      ],
    },
  ],
  'AWS::Backup::BackupAccessPoint': [
    {
      said: 'an access point',
      build: tagged((stack) => {
        new BackupAccessPoint(stack, 'Point', {
          recoveryPoint: S3RecoveryPoint.continuous(SNAPSHOT, new Date('2026-11-01T03:30:27Z')),
          accessPointName: 'documents',
          policy: new PolicyDocument({
            statements: [
              new PolicyStatement({
                actions: ['s3:GetObject'],
                principals: [new AccountRootPrincipal()],
                resources: ['*'],
              }),
            ],
          }),
        });
      }),
      reaches: ['RecoveryPointArn', 'Name', 'AccessPointInTime', 'AccessPointPolicy', 'Tags[]'],
    },
  ],
  'AWS::BackupGateway::Hypervisor': [
    {
      said: 'a hypervisor',
      build: tagged((stack) => {
        new Hypervisor(stack, 'Hypervisor', {
          host: 'vcenter.example.com',
          credentials: HypervisorCredentials.fromSecret(
            Secret.fromSecretNameV2(stack, 'Secret', 'vcenter/backup'),
          ),
          encryptionKey: new Key(stack, 'Key'),
          logGroup: new LogGroup(stack, 'Logs'),
        });
      }),
      reaches: ['Host', 'Name', 'Username', 'Password', 'KmsKeyArn', 'LogGroupArn', 'Tags[]'],
    },
  ],
};
