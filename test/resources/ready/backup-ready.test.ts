import {
  CfnParameter,
  CfnResource,
  Duration,
  Fn,
  Lazy,
  Mixins,
  type Stack,
  Tags,
  TimeZone,
} from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import {
  BackupPlan,
  BackupReady,
  BackupRegionSettings,
  BackupRule,
  BackupSchedule,
  BackupVault,
  CopyAction,
  LogicallyAirGappedVault,
  ResourceType,
  Retention,
  WeekDay,
} from '../../../src';
import { anything } from '../../support/anything';
import { refusal, thrown } from '../../support/refusal';
import { rendered } from '../../support/rendered';
import { propertiesOf, synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { infosOf, warningsOf } from '../../support/warnings';

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const retention = Retention.days(35);
const DAILY = () => BackupRule.daily({ retention, startWindow: Duration.hours(1) });
const CONTINUOUS = () => BackupRule.continuous({ retention });

function planOf(...rules: BackupRule[]): BackupPlan {
  return new BackupPlan(stack, 'Plan', {
    backupPlanName: 'gold',
    vault: BackupVault.fromBackupVaultName(stack, 'Vault', 'vault'),
    rules,
  });
}

const readyFor = (...rules: BackupRule[]) => new BackupReady({ plans: [planOf(...rules)] });

describe('a bucket', () => {
  test('gets versioning, but no events for snapshots', () => {
    new s3.Bucket(stack, 'Bucket').with(readyFor(DAILY()));
    expect(propertiesOf(stack, 'AWS::S3::Bucket')).toEqual([
      { VersioningConfiguration: { Status: 'Enabled' } },
    ]);
    expect(propertiesOf(stack, 'Custom::S3BucketNotifications')).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('sends its events to EventBridge for a continuous rule, an L2 through its own method', () => {
    new s3.Bucket(stack, 'Bucket').with(readyFor(CONTINUOUS()));
    expect(propertiesOf(stack, 'Custom::S3BucketNotifications')).toEqual([
      expect.objectContaining({ NotificationConfiguration: { EventBridgeConfiguration: {} } }),
    ]);
    expect(propertiesOf(stack, 'AWS::S3::Bucket')).toEqual([
      { VersioningConfiguration: { Status: 'Enabled' } },
    ]);
  });

  test.each<[string, s3.CfnBucketProps]>([
    ['that says nothing', {}],
    ['whose versioning is suspended', { versioningConfiguration: { status: 'Suspended' } }],
    [
      'whose events are turned off',
      { notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: false } } },
    ],
  ])('as L1 %s gets both', (_, props) => {
    const bucket = new s3.CfnBucket(stack, 'Bucket', props);
    bucket.with(readyFor(CONTINUOUS()));
    expect(rendered(bucket)).toEqual({
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    expect(bucket.versioningConfiguration).toEqual({ status: 'Enabled' }); // where others look for it
  });

  test('keeps its other notifications', () => {
    const queueConfigurations = [
      { event: 's3:ObjectCreated:*', queue: 'arn:aws:sqs:eu-west-1:111122223333:q' },
    ];
    const bucket = new s3.CfnBucket(stack, 'Bucket', { notificationConfiguration: { queueConfigurations } });
    bucket.with(readyFor(CONTINUOUS()));
    expect(rendered(bucket).NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
      QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn:aws:sqs:eu-west-1:111122223333:q' }],
    });
  });

  test('that is an untyped L1 gets both', () => {
    const bucket = new CfnResource(stack, 'Bucket', {
      type: 'AWS::S3::Bucket',
      properties: { VersioningConfiguration: { Status: 'Suspended' } },
    });
    bucket.with(readyFor(CONTINUOUS()));
    expect(rendered(bucket)).toEqual({
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });

  test('with an override is fixed there; a later override takes precedence and is refused', () => {
    const bucket = new s3.CfnBucket(stack, 'Bucket');
    bucket.addPropertyOverride('VersioningConfiguration.Status', 'Suspended');
    bucket.with(readyFor(DAILY()));
    expect(rendered(bucket)).toEqual({ VersioningConfiguration: { Status: 'Enabled' } });
    bucket.addPropertyOverride('VersioningConfiguration.Status', 'Suspended');
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Bucket] `VersioningConfiguration` must be `Enabled` for a bucket that plan `gold` protects',
    );
  });

  test('whose versioning is known only at deployment is not changed', () => {
    const status = new CfnParameter(stack, 'Status').valueAsString;
    const bucket = new s3.CfnBucket(stack, 'Bucket', { versioningConfiguration: { status } });
    const whole = new s3.CfnBucket(stack, 'Whole', {
      versioningConfiguration: Fn.conditionIf('On', { status: 'Enabled' }, { Ref: 'AWS::NoValue' }),
    });
    stack.with(readyFor(DAILY()));
    expect(rendered(bucket)).toEqual({ VersioningConfiguration: { Status: { Ref: 'Status' } } });
    expect(rendered(whole).VersioningConfiguration).toHaveProperty(['Fn::If']);
  });

  test('with lazy versioning is checked', () => {
    const bucket = new s3.CfnBucket(stack, 'Bucket', {
      versioningConfiguration: Lazy.any({ produce: () => ({ status: 'Suspended' }) }),
    });
    bucket.with(readyFor(DAILY()));
    expect(rendered(bucket)).toEqual({ VersioningConfiguration: { Status: 'Enabled' } });
  });

  test('that moves objects to an archive storage class gets a warning', () => {
    const bucket = new s3.Bucket(stack, 'Bucket', {
      lifecycleRules: [
        { transitions: [{ storageClass: s3.StorageClass.DEEP_ARCHIVE, transitionAfter: Duration.days(90) }] },
      ],
    });
    bucket.with(readyFor(DAILY()));
    synthesize(stack);
    expect(warningsOf(bucket)).toEqual([
      "Backup-BucketArchive: `LifecycleConfiguration` moves objects to `DEEP_ARCHIVE`, where plan `gold` doesn't back them up; keep objects in a storage class that is backed up, such as S3 Glacier Instant Retrieval, or accept that old objects are in the bucket alone",
    ]);
  });

  test('is prepared for a rule that is added later', () => {
    const plan = planOf(DAILY());
    const bucket = new s3.CfnBucket(stack, 'Bucket');
    bucket.with(new BackupReady({ plans: [plan] }));
    expect(bucket.notificationConfiguration).toBeUndefined();
    plan.addRule(CONTINUOUS());
    expect(bucket.notificationConfiguration).toEqual({
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    });
  });
});

test('automatic backups of an EFS file system are turned off', () => {
  const bare = new efs.CfnFileSystem(stack, 'Bare');
  const on = new efs.CfnFileSystem(stack, 'On', { backupPolicy: { status: 'ENABLED' } });
  stack.with(readyFor(DAILY()));
  for (const fileSystem of [bare, on])
    expect(rendered(fileSystem).BackupPolicy).toEqual({ Status: 'DISABLED' });
});

describe('a database', () => {
  const instance = (props: Partial<rds.CfnDBInstanceProps> = {}) =>
    new rds.CfnDBInstance(stack, 'Database', { engine: 'mysql', ...props });
  const windowsOf = (resource: CfnResource) => {
    const { PreferredMaintenanceWindow: maintenance, PreferredBackupWindow: backup } = rendered(resource);
    return [maintenance, backup];
  };

  test('leaves retention and backup window to a continuous rule', () => {
    const database = instance({ backupRetentionPeriod: 7, preferredBackupWindow: '01:00-01:30' });
    database.with(readyFor(CONTINUOUS()));
    expect(rendered(database)).toEqual({
      Engine: 'mysql',
      PreferredMaintenanceWindow: 'sun:04:00-sun:04:30',
    });
  });

  test('can have the retention of the continuous rule, or one that is known only at deployment', () => {
    const same = instance({ backupRetentionPeriod: 35 });
    const number = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    const open = new rds.CfnDBInstance(stack, 'Open', { engine: 'mysql', backupRetentionPeriod: number });
    stack.with(readyFor(CONTINUOUS()));
    expect(rendered(same).BackupRetentionPeriod).toBe(35);
    expect(rendered(open).BackupRetentionPeriod).toEqual({ Ref: 'Days' });
  });

  test('keeps its retention with snapshots', () => {
    const database = instance({ backupRetentionPeriod: 7 });
    database.with(readyFor(DAILY()));
    expect(rendered(database).BackupRetentionPeriod).toBe(7);
  });

  test.each<[string, Partial<rds.CfnDBInstanceProps>, BackupRule[], [string?, string?]]>([
    ['in the hour before the first rule', {}, [DAILY()], ['sun:04:00-sun:04:30', '04:30-05:00']],
    [
      'in the hour before it in its time zone, in summer and in winter',
      {},
      [
        BackupRule.daily({
          retention,
          hour: 3,
          timeZone: TimeZone.EUROPE_BERLIN,
          startWindow: Duration.hours(1),
        }),
      ],
      ['sun:00:00-sun:00:30', '00:30-01:00'],
    ],
    [
      'where they are, away from the rules',
      { preferredMaintenanceWindow: 'mon:12:00-mon:13:00', preferredBackupWindow: '13:00-14:00' },
      [DAILY()],
      ['mon:12:00-mon:13:00', '13:00-14:00'],
    ],
    [
      'close by, with the same length, if a rule overlaps',
      { preferredMaintenanceWindow: 'sun:05:30-sun:06:30', preferredBackupWindow: '04:30-05:30' },
      [DAILY()],
      ['sun:07:00-sun:08:00', '04:00-05:00'],
    ],
    [
      'apart from each other',
      { preferredMaintenanceWindow: 'mon:12:00-mon:13:00', preferredBackupWindow: '12:30-13:00' },
      [DAILY()],
      ['mon:12:00-mon:13:00', '13:00-13:30'],
    ],
    [
      'the maintenance alone, without automated backups',
      { backupRetentionPeriod: 0 },
      [DAILY()],
      ['sun:04:00-sun:04:30', undefined],
    ],
    [
      'unchanged if they are not windows',
      { preferredMaintenanceWindow: 'whenever', preferredBackupWindow: 'never' },
      [DAILY()],
      ['whenever', 'never'],
    ],
    [
      'out of the way of every rule',
      { preferredMaintenanceWindow: 'sun:05:00-sun:05:30' },
      [
        DAILY(),
        BackupRule.weekly({
          name: 'w',
          retention,
          hour: 4,
          weekDays: [WeekDay.SUNDAY],
          startWindow: Duration.hours(1),
        }),
      ],
      ['sun:03:30-sun:04:00', '03:00-03:30'],
    ],
  ])('has its windows %s', (_, props, rules, windows) => {
    const database = instance(props);
    database.with(readyFor(...rules));
    expect(windowsOf(database)).toEqual(windows);
  });

  test('keeps windows that are known only at deployment, or if no schedule is known', () => {
    const open = new CfnParameter(stack, 'Window').valueAsString;
    const database = instance({ preferredMaintenanceWindow: open, preferredBackupWindow: open });
    database.with(readyFor(DAILY()));
    expect(windowsOf(database)).toEqual([{ Ref: 'Window' }, { Ref: 'Window' }]);

    const other = new rds.CfnDBInstance(stack, 'Other', { engine: 'mysql' });
    const schedule = BackupSchedule.expression(new CfnParameter(stack, 'Schedule').valueAsString);
    other.with(new BackupReady({ rules: [BackupRule.scheduled({ schedule, retention })] }));
    expect(windowsOf(other)).toEqual([undefined, undefined]);
  });

  test('moves its window again if a later rule overlaps', () => {
    const plan = planOf(DAILY());
    const database = instance();
    database.with(new BackupReady({ plans: [plan] }));
    plan.addRule(BackupRule.daily({ name: 'early', retention, hour: 4, startWindow: Duration.hours(1) }));
    expect(windowsOf(database)).toEqual(['sun:03:30-sun:04:00', '03:00-03:30']);
  });

  test('gets a warning if a rule runs all the time', () => {
    const database = instance({ preferredMaintenanceWindow: 'sun:05:00-sun:07:00' });
    database.with(readyFor(BackupRule.hourly({ retention })));
    synthesize(stack);
    expect(warningsOf(database)).toEqual([
      'Backup-MaintenanceWindow: `PreferredMaintenanceWindow` is `sun:05:00-sun:07:00` (UTC), in which no backup may start, or within the hour before it: rule `hourly` of plan `gold` runs then; move the schedule of the rule, or `PreferredMaintenanceWindow` or `WeeklyMaintenanceStartTime`',
    ]);
  });

  test('of type RDS Custom gets a warning', () => {
    const database = instance({ engine: 'custom-oracle-ee' });
    database.with(readyFor(DAILY()));
    synthesize(stack);
    expect(warningsOf(database)).toEqual([
      "Backup-ResourceUnsupported: plan `gold` selects an RDS Custom instance (`custom-oracle-ee`), which AWS Backup doesn't back up; back it up by other means, and record that with `BackupOptOut`",
    ]);
  });

  test('of type Aurora leaves its retention to a continuous rule, keeps its windows, and needs the opt-in', () => {
    const props = {
      engine: 'aurora-mysql',
      backupRetentionPeriod: 7,
      preferredMaintenanceWindow: 'sun:05:00-sun:05:30',
    };
    const cluster = new rds.CfnDBCluster(stack, 'Cluster', props);
    cluster.with(readyFor(CONTINUOUS()));
    synthesize(stack);
    expect(rendered(cluster)).toEqual({
      Engine: 'aurora-mysql',
      PreferredMaintenanceWindow: 'sun:05:00-sun:05:30',
      CopyTagsToSnapshot: undefined,
    });
    expect(infosOf(cluster)).toEqual([
      'Backup-OptIn: the Region must have opted in to Aurora for `Stack/Cluster`; opt in with `BackupRegionSettings`, with `UpdateRegionSettings`, or in the settings of the AWS Backup console',
    ]);
  });

  test('of type Aurora gets no note if the app opts the Region in', () => {
    const cluster = new rds.CfnDBCluster(stack, 'Cluster', { engine: 'aurora-mysql' });
    cluster.with(readyFor(DAILY()));
    new BackupRegionSettings(stack, 'Settings', { optIn: [ResourceType.AURORA] });
    synthesize(stack);
    expect(warningsOf(cluster)).toEqual([]);
  });

  test('that is unencrypted is refused for an air-gapped vault, since encryption would replace it', () => {
    const airGappedVault = new LogicallyAirGappedVault(stack, 'AirGapped', {
      minRetention: Duration.days(7),
      maxRetention: Duration.days(365),
      acknowledgeIrreversible: true,
    });
    const ready = readyFor(BackupRule.daily({ retention, airGappedVault }));
    new docdb.CfnDBCluster(stack, 'Plain', { storageEncrypted: false }).with(ready);
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Plain] `StorageEncrypted` must be true for a cluster that rule `daily` of plan `gold` sends to a logically air-gapped vault, got false; encrypt the cluster with `StorageEncrypted`, which replaces it',
    );
  });
});

describe('an FSx file system', () => {
  const lustre = (lustreConfiguration?: fsx.CfnFileSystem.LustreConfigurationProperty) =>
    new fsx.CfnFileSystem(stack, 'Lustre', {
      fileSystemType: 'LUSTRE',
      subnetIds: ['subnet-1'],
      lustreConfiguration,
    });

  test('has its windows three hours after the rules, or before them', () => {
    const fileSystem = lustre({
      deploymentType: 'PERSISTENT_2',
      weeklyMaintenanceStartTime: '7:05:00',
      dailyAutomaticBackupStartTime: '06:00',
    });
    fileSystem.with(readyFor(DAILY()));
    expect(rendered(fileSystem).LustreConfiguration).toEqual({
      DeploymentType: 'PERSISTENT_2',
      WeeklyMaintenanceStartTime: '7:04:30',
      DailyAutomaticBackupStartTime: '04:00',
    });
  });

  test('gets its maintenance in the hour before the first rule by default, but no backup time', () => {
    const fileSystem = lustre({ deploymentType: 'PERSISTENT_2' });
    fileSystem.with(readyFor(DAILY()));
    expect(rendered(fileSystem).LustreConfiguration).toEqual({
      DeploymentType: 'PERSISTENT_2',
      WeeklyMaintenanceStartTime: '7:04:00',
    });
  });

  test('of type OpenZFS is prepared too; one without settings, or of type ONTAP, is not changed', () => {
    const bare = lustre();
    const zfs = new fsx.CfnFileSystem(stack, 'Zfs', {
      fileSystemType: 'OPENZFS',
      subnetIds: ['subnet-1'],
      openZfsConfiguration: { deploymentType: 'SINGLE_AZ_1', weeklyMaintenanceStartTime: '7:05:00' },
    });
    stack.with(readyFor(DAILY()));
    expect(rendered(bare)).not.toHaveProperty('LustreConfiguration');
    expect(rendered(zfs).OpenZFSConfiguration.WeeklyMaintenanceStartTime).toBe('7:04:30');
  });

  test('that copies data with SnapMirror gets a warning', () => {
    const volume = new fsx.CfnVolume(stack, 'Volume', {
      name: 'copy',
      volumeType: 'ONTAP',
      ontapConfiguration: { storageVirtualMachineId: 'svm-1', ontapVolumeType: 'DP' },
    });
    volume.with(readyFor(DAILY()));
    synthesize(stack);
    expect(warningsOf(volume)).toEqual([
      "Backup-ResourceUnsupported: plan `gold` selects an ONTAP volume of type `DP`, which AWS Backup doesn't back up; back it up by other means, and record that with `BackupOptOut`",
    ]);
  });
});

describe('an EKS cluster', () => {
  const cluster = (accessConfig?: eks.CfnCluster.AccessConfigProperty) =>
    new eks.CfnCluster(stack, 'Cluster', {
      resourcesVpcConfig: { subnetIds: ['subnet-1'] },
      roleArn: 'arn:aws:iam::111122223333:role/eks',
      accessConfig,
    });

  test.each<[string, eks.CfnCluster.AccessConfigProperty | undefined, object]>([
    ['that says nothing', undefined, { AuthenticationMode: 'API_AND_CONFIG_MAP' }],
    [
      'that has a config map',
      { authenticationMode: 'CONFIG_MAP', bootstrapClusterCreatorAdminPermissions: false },
      { AuthenticationMode: 'API_AND_CONFIG_MAP', BootstrapClusterCreatorAdminPermissions: false },
    ],
    ['that has access entries', { authenticationMode: 'API' }, { AuthenticationMode: 'API' }],
  ])('%s has access entries then', (_, before, after) => {
    const made = cluster(before);
    made.with(readyFor(DAILY()));
    expect(rendered(made).AccessConfig).toEqual(after);
  });

  test('that a custom resource creates gets a warning', () => {
    const made = new CfnResource(stack, 'Cluster', {
      type: 'Custom::AWSCDK-EKS-Cluster',
      properties: { Config: { accessConfig: { authenticationMode: 'CONFIG_MAP' } } },
    });
    made.with(readyFor(DAILY()));
    synthesize(stack);
    expect(warningsOf(made)).toEqual([
      'Backup-EksAuthentication: `AuthenticationMode` should be `API` or `API_AND_CONFIG_MAP` for a cluster that plan `gold` protects, got `CONFIG_MAP`; set `AuthenticationMode` to `API_AND_CONFIG_MAP`',
    ]);
  });
});

describe('an EC2 instance', () => {
  const planWithVss = () =>
    new BackupPlan(stack, 'Plan', {
      backupPlanName: 'gold',
      vault: BackupVault.fromBackupVaultName(stack, 'Vault', 'vault'),
      rules: [DAILY()],
      windowsVss: true,
    });

  test('needs a minimum size, a role and its metadata endpoint for VSS backups', () => {
    const instance = new ec2.CfnInstance(stack, 'Instance', {
      instanceType: 't3.micro',
      metadataOptions: { httpEndpoint: 'disabled' },
    });
    instance.with(new BackupReady({ plans: [planWithVss()] }));
    synthesize(stack);
    expect(warningsOf(instance)).toEqual([
      'Backup-VssInstanceType: `InstanceType` `t3.micro` is too small for Windows VSS backups, which plan `gold` asks for; use an instance of size small or larger, or omit `WindowsVSS`',
    ]);
    expect(infosOf(instance)).toEqual([
      'Backup-VssInstanceProfile: `IamInstanceProfile` should be set for Windows VSS backups, which plan `gold` asks for, got none; give the instance a role with the policies `AmazonSSMManagedInstanceCore` and `AWSEC2VssSnapshotPolicy`',
      'Backup-VssMetadata: `HttpEndpoint` of the metadata options should be `enabled` for Windows VSS backups, which plan `gold` asks for, got `disabled`: without it, the instance has no credentials; enable `HttpEndpoint`, with `HttpTokens` `required`',
    ]);
  });

  test('needs none of them for other backups', () => {
    const small = new ec2.CfnInstance(stack, 'Small', { instanceType: 't3.micro' });
    small.with(new BackupReady({ rules: [DAILY()] }));
    const vss = new BackupReady({ plans: [planWithVss()] });
    const fit = new ec2.CfnInstance(stack, 'Fit', {
      instanceType: 'm5.large',
      iamInstanceProfile: 'profile',
    });
    const templated = new ec2.CfnInstance(stack, 'Templated', {
      launchTemplate: { launchTemplateId: 'lt-1', version: '1' },
    });
    fit.with(vss);
    templated.with(vss);
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a DynamoDB table', () => {
  const copies = () =>
    BackupRule.daily({
      retention,
      copies: [
        CopyAction.toVaultArn('arn:aws:backup:us-east-1:111122223333:backup-vault:far', { retention }),
      ],
    });
  const table = () =>
    new dynamodb.TableV2(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });

  test('needs advanced DynamoDB backup for copies', () => {
    const made = table();
    made.with(readyFor(copies()));
    synthesize(stack);
    expect(infosOf(made)).toEqual([
      'Backup-AdvancedDynamoDb: the Region must have advanced DynamoDB backup turned on for copies, cold storage, tags or air-gapped vaults of the backups of `Stack/Table`; turn on advanced DynamoDB backup with `BackupRegionSettings` or `UpdateRegionSettings`',
    ]);
  });

  test('needs nothing otherwise, or if the app turns it on', () => {
    const { DYNAMODB } = ResourceType;
    new BackupRegionSettings(stack, 'Settings', { optIn: [DYNAMODB], fullManagement: [DYNAMODB] });
    const made = table();
    made.with(readyFor(copies()));
    synthesize(stack);
    expect(warningsOf(made)).toEqual([]);
  });

  test('with too many tags for a recovery point, including those of the rule, is refused', () => {
    const made = table();
    for (let i = 0; i < 48; i++) Tags.of(made).add(`tag${i}`, 'x');
    const recoveryPointTags = { a: '1', b: '2', c: '3' };
    made.with(readyFor(BackupRule.daily({ retention, recoveryPointTags })));
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Table/Resource] a recovery point can have at most 50 tags, got 51 from this resource and rule `daily` of plan `gold` together; remove tags from the rule or the resource',
    );
  });
});

test('the demands of several plans and other rules are combined', () => {
  const bucket = new s3.CfnBucket(stack, 'Bucket');
  bucket.with(readyFor(DAILY()), new BackupReady({ rules: [CONTINUOUS()] }));
  expect(bucket.notificationConfiguration).toEqual({
    eventBridgeConfiguration: { eventBridgeEnabled: true },
  });
  bucket.addPropertyOverride('NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled', false);
  synthesize(stack);
  expect(warningsOf(bucket)).toEqual([
    'Backup-BucketEventBridge: `NotificationConfiguration` should have `EventBridgeConfiguration` for a bucket that rule `continuous` protects continuously; turn on EventBridge events with `NotificationConfiguration` and its `EventBridgeConfiguration`',
  ]);
});

test("applying it twice doesn't repeat its reports", () => {
  const ready = readyFor(DAILY());
  const database = new rds.CfnDBInstance(stack, 'Database', { engine: 'custom-oracle-ee' });
  database.with(ready, ready).with(ready);
  synthesize(stack);
  expect(warningsOf(database)).toHaveLength(1);
});

test("aws-cdk-lib's `Mixins` prepare a whole scope, and don't change unprotected resources", () => {
  const queue = new sqs.CfnQueue(stack, 'Queue');
  const bucket = new s3.Bucket(stack, 'Bucket');
  const ready = readyFor(DAILY());
  Mixins.of(stack).apply(ready);
  synthesize(stack).hasResourceProperties('AWS::S3::Bucket', {
    VersioningConfiguration: { Status: 'Enabled' },
  });
  expect(ready.supports(queue)).toBe(false);
  expect(ready.supports(bucket)).toBe(false); // its L1 is
  expect(ready.supports(bucket.node.defaultChild as CfnResource)).toBe(true);
  expect(() => ready.applyTo(queue)).not.toThrow();
});

test('it can be applied to an L2 directly', () => {
  const bucket = new s3.Bucket(stack, 'Bucket');
  readyFor(DAILY()).applyTo(bucket);
  synthesize(stack).hasResourceProperties('AWS::S3::Bucket', {
    VersioningConfiguration: { Status: 'Enabled' },
  });
});

describe('BackupReady refuses', () => {
  test.each<[string, unknown, string]>([
    ['no property', undefined, '`props` must be an object with properties, got null (in `BackupReady`)'],
    [
      'neither plan nor rule',
      {},
      '`plans` or `rules` must be set, got neither; pass the plan that protects the resources (in `BackupReady`)',
    ],
    [
      'a value that is not a plan',
      { plans: ['gold'] },
      '`plans[0]` must be a `BackupPlan`, got `gold`; for an imported plan, pass its `rules` (in `BackupReady`)',
    ],
    [
      'one plan instead of a list',
      { plans: 'gold' },
      '`plans` must be a list, each element a `BackupPlan`, got `gold`; for an imported plan, pass its `rules` (in `BackupReady`)',
    ],
    [
      'a value that is not a rule',
      { rules: [1] },
      '`rules[0]` must be a `BackupRule`, got 1; for example, use `BackupRule.daily({ retention: Retention.days(35) })` (in `BackupReady`)',
    ],
  ])('%s', (_, props, message) => {
    expect(refusal(() => new BackupReady(props as never))).toBe(message);
  });
});

test("settings of the wrong type don't crash", () => {
  fc.assert(
    fc.property(anything, (odd) => {
      const scope = testStack();
      const value = odd as never;
      const config = value as object;
      new s3.CfnBucket(scope, 'Bucket', {
        versioningConfiguration: { status: value },
        notificationConfiguration: config,
        lifecycleConfiguration: config as never,
      });
      new efs.CfnFileSystem(scope, 'Files', { backupPolicy: { status: value } });
      new eks.CfnCluster(scope, 'Cluster', {
        resourcesVpcConfig: { subnetIds: [] },
        roleArn: 'role',
        accessConfig: { authenticationMode: value },
      });
      new rds.CfnDBInstance(scope, 'Database', {
        engine: 'mysql',
        backupRetentionPeriod: value,
        preferredBackupWindow: value,
        preferredMaintenanceWindow: value,
      });
      new fsx.CfnFileSystem(scope, 'Windows', {
        fileSystemType: 'WINDOWS',
        subnetIds: [],
        windowsConfiguration: { throughputCapacity: 8, weeklyMaintenanceStartTime: value },
      });
      new CfnResource(scope, 'Plain', { type: 'AWS::EFS::FileSystem', properties: { BackupPolicy: odd } });
      scope.with(new BackupReady({ rules: [DAILY(), CONTINUOUS()] }));
      for (const construct of scope.node.findAll()) construct.node.validate();
    }),
    { numRuns: 300 },
  );
});

test('any values for plans and rules are accepted or refused with a message', () => {
  fc.assert(
    fc.property(anything, anything, (plans, rules) => {
      const error = thrown(() => new BackupReady({ plans, rules } as never));
      if (error !== undefined) expect((error as Error).message).toMatch(/^`(plans|rules)|^\d+ problems of/);
    }),
  );
});
