import { App, Duration, PropertyInjectors, RemovalPolicy, Stack, Stage, TimeZone } from 'aws-cdk-lib';
import { BackupVault as CdkBackupVault } from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  BackupPlan,
  BackupRule,
  BackupTag,
  BackupTier,
  BackupVault,
  Retention,
  VaultEncryption,
  VaultLock,
  WorkloadBackup,
  type WorkloadBackupProps,
} from '../../../src';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const TABLE: dynamodb.TablePropsV2 = { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } };

test('five lines create a key, a vault, a role, a plan and a selection by the tag of the workload', () => {
  const stack = testStack();
  new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE });

  const template = synthesize(stack);
  for (const type of [
    'AWS::KMS::Key',
    'AWS::Backup::BackupVault',
    'AWS::IAM::Role',
    'AWS::Backup::BackupPlan',
    'AWS::Backup::BackupSelection',
  ])
    template.resourceCountIs(type, 1);
  template.hasResourceProperties('AWS::Backup::BackupSelection', {
    BackupSelection: {
      Resources: ['*'],
      Conditions: {
        StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup-workload', ConditionValue: 'Stack-Backup' }],
      },
    },
  });
  expect(schemaProblems(template.toJSON())).toEqual([]);
});

test('the vault, its key and the role stay when the stack is deleted', () => {
  const stack = testStack();
  new WorkloadBackup(stack, 'Backup', { tier: BackupTier.GOLD });

  for (const type of ['AWS::KMS::Key', 'AWS::Backup::BackupVault', 'AWS::IAM::Role'])
    synthesize(stack).hasResource(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

test('the role can back up buckets too, because they may have the tag', () => {
  const stack = testStack();
  new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE });

  const arns = JSON.stringify(synthesize(stack).findResources('AWS::IAM::Role'));
  expect(arns).toContain(':iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup');
  expect(arns).toContain(':iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup');
  expect(arns).not.toContain('Restore');
});

test('protected constructs get the tag: resources, replicas of a global table, and the contents of a scope', () => {
  const stack = testStack();
  const backup = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.GOLD });
  process.env.JSII_DEPRECATED = 'quiet'; // `TableV2` itself uses properties that aws-cdk-lib deprecated
  const table = new dynamodb.TableV2(stack, 'Table', TABLE);
  process.env.JSII_DEPRECATED = 'fail';
  const service = new Construct(stack, 'Service');
  backup.protect(table, service);
  new s3.Bucket(service, 'Later'); // added after the scope was protected
  new sqs.Queue(service, 'Queue');

  const template = synthesize(stack);
  const tag = { Key: 'backup-workload', Value: 'Stack-Backup' };
  template.hasResourceProperties('AWS::DynamoDB::GlobalTable', { Replicas: [{ Tags: [tag] }] });
  template.hasResourceProperties('AWS::S3::Bucket', { Tags: [tag] });
  template.hasResourceProperties('AWS::SQS::Queue', {});
  expect(JSON.stringify(template.findResources('AWS::SQS::Queue'))).not.toContain('Stack-Backup');
});

test('the tag can have another key and value, which the selection uses', () => {
  const stack = testStack();
  const backup = new WorkloadBackup(stack, 'Backup', {
    tier: BackupTier.BRONZE,
    tagKey: 'data-protection',
    tagValue: 'shop',
  });
  backup.protect(new s3.Bucket(stack, 'Bucket'));

  const template = synthesize(stack);
  template.hasResourceProperties('AWS::S3::Bucket', { Tags: [{ Key: 'data-protection', Value: 'shop' }] });
  template.hasResourceProperties('AWS::Backup::BackupSelection', {
    BackupSelection: {
      Conditions: {
        StringEquals: [{ ConditionKey: 'aws:ResourceTag/data-protection', ConditionValue: 'shop' }],
      },
    },
  });
});

test('a custom tier provides its rules', () => {
  const stack = testStack();
  const tier = BackupTier.of('platinum', [
    BackupRule.daily({ hour: 3, timeZone: TimeZone.ASIA_SEOUL, retention: Retention.days(90) }),
  ]);
  new WorkloadBackup(stack, 'Backup', { tier });

  synthesize(stack).hasResourceProperties('AWS::Backup::BackupPlan', {
    BackupPlan: {
      BackupPlanRule: [
        {
          RuleName: 'daily',
          ScheduleExpression: 'cron(0 3 ? * * *)',
          ScheduleExpressionTimezone: 'Asia/Seoul',
          Lifecycle: { DeleteAfterDays: 90 },
        },
      ],
    },
  });
});

test('the options of the vault reach it', () => {
  const stack = testStack();
  const backup = new WorkloadBackup(stack, 'Backup', {
    tier: BackupTier.BRONZE,
    vaultOptions: {
      backupVaultName: 'workload',
      encryption: VaultEncryption.awsManagedKey(),
      lock: VaultLock.governance({ minRetention: Duration.days(7) }),
      removalPolicy: RemovalPolicy.RETAIN,
    },
  });

  expect(backup.vault).toBeInstanceOf(BackupVault);
  const template = synthesize(stack);
  template.resourceCountIs('AWS::KMS::Key', 0);
  template.hasResourceProperties('AWS::Backup::BackupVault', {
    BackupVaultName: 'workload',
    LockConfiguration: { MinRetentionDays: 7 },
  });
});

test('an existing vault is used as it is: ours, one of aws-cdk-lib, or an imported one', () => {
  const stack = testStack();
  const vaults = [
    new BackupVault(stack, 'Ours'),
    new CdkBackupVault(stack, 'Cdk'),
    BackupVault.fromBackupVaultName(stack, 'Imported', 'imported'),
  ];
  vaults.forEach((vault, index) => {
    const backup = new WorkloadBackup(stack, `Backup${index}`, {
      tier: BackupTier.of(`tier-${index}`, BackupTier.BRONZE.rules),
      vault,
    });
    expect(backup.vault).toBe(vault);
  });

  const template = synthesize(stack);
  template.resourceCountIs('AWS::Backup::BackupVault', 2);
  template.hasResourceProperties('AWS::Backup::BackupPlan', {
    BackupPlan: { BackupPlanRule: [{ TargetBackupVault: 'imported' }] },
  });
});

test('your own role is used, and gets no policies', () => {
  const stack = testStack();
  const role = iam.Role.fromRoleName(stack, 'Role', 'AWSBackupDefaultServiceRole');
  const backup = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE, role });

  expect(backup.role).toBe(role);
  synthesize(stack).resourceCountIs('AWS::IAM::Role', 0);
});

test('backups of Windows instances can be application-consistent', () => {
  const stack = testStack();
  new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE, windowsVss: true });

  synthesize(stack).hasResourceProperties('AWS::Backup::BackupPlan', {
    BackupPlan: {
      AdvancedBackupSettings: [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } }],
    },
  });
});

test('two in one stack, and the same one in two stages, share no names', () => {
  const app = testApp();
  const names: unknown[] = [];
  for (const stage of ['Dev', 'Prod']) {
    const stack = new Stack(new Stage(app, stage), 'Stack');
    for (const tier of [BackupTier.BRONZE, BackupTier.GOLD])
      names.push(new WorkloadBackup(stack, `Backup${tier.name}`, { tier }).plan.backupPlanName);
  }
  expect(new Set(names).size).toBe(4);
});

test('the defaults cause no warning', () => {
  const stack = testStack();
  const backup = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.GOLD });
  backup.protect(new s3.Bucket(stack, 'Bucket', { versioned: true }));
  synthesize(stack);

  expect(warningsOf(stack)).toEqual([]);
});

test('organization-wide defaults can be injected', () => {
  const app = new App({ analyticsReporting: false });
  PropertyInjectors.of(app).add({
    constructUniqueId: WorkloadBackup.PROPERTY_INJECTION_ID,
    inject: (props) => ({ ...props, tagKey: 'injected' }),
  });
  const backup = new WorkloadBackup(new Stack(app, 'Stack'), 'Backup', { tier: BackupTier.BRONZE });

  expect(backup.tag.key).toBe('injected');
});

test('the parts are accessible for anything that the pattern has no option for', () => {
  const stack = testStack();
  const backup = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE });
  backup.plan.addRule(BackupRule.weekly({ retention: Retention.days(90) }));

  expect(backup.plan).toBeInstanceOf(BackupPlan);
  expect(backup.plan.rules.map((rule) => rule.name)).toEqual(['daily', 'weekly']);
  expect(backup.tag).toBeInstanceOf(BackupTag);
});

describe('refused', () => {
  const make = (props: unknown) =>
    refusal(() => new WorkloadBackup(testStack(), 'Backup', props as WorkloadBackupProps));
  const TIER =
    'use `BackupTier.GOLD`, or `BackupTier.of(name, rules)` for your own rules (in `Stack/Backup`)';

  test.each([
    ['no properties', undefined, `\`tier\` must be a \`BackupTier\`, got nothing; ${TIER}`],
    ['no tier', {}, `\`tier\` must be a \`BackupTier\`, got nothing; ${TIER}`],
    ['the name of a tier', { tier: 'gold' }, `\`tier\` must be a \`BackupTier\`, got \`gold\`; ${TIER}`],
  ])('%s', (_, props, message) => {
    expect(make(props)).toBe(message);
  });

  test('an existing vault together with options for a new one', () => {
    const stack = testStack();
    const vault = BackupVault.fromBackupVaultName(stack, 'Imported', 'imported');
    expect(
      refusal(
        () => new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE, vault, vaultOptions: {} }),
      ),
    ).toBe(
      "`vaultOptions` can't change the existing `vault`, got both; omit one of them (in `Stack/Backup`)",
    );
  });

  test('a lock that allows no backup of the tier', () => {
    expect(
      refusal(
        () =>
          new WorkloadBackup(testStack(), 'Backup', {
            tier: BackupTier.BRONZE,
            vaultOptions: { lock: VaultLock.governance({ minRetention: Duration.days(60) }) },
          }),
      ),
    ).toBe(
      '`retention` of the rule `daily` must lie within the lock of `Stack/Backup/Vault` (60 days or more), got 35 days: every such job would fail; use 60 days or more (in `Stack/Backup/Plan`)',
    );
  });

  test('to protect something that AWS Backup does not support, at synthesis', () => {
    const stack = testStack();
    const backup = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE });
    backup.protect(
      new lambda.Function(stack, 'Function', {
        code: lambda.Code.fromInline('-'),
        handler: 'index.handler',
        runtime: lambda.Runtime.NODEJS_22_X,
      }),
    );
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Backup] `protect` got `Stack/Function`, which is not a resource that AWS Backup can protect and has none below it; omit it',
    );
  });

  test('to protect something that is not a construct', () => {
    const backup = new WorkloadBackup(testStack(), 'Backup', { tier: BackupTier.BRONZE });
    expect(refusal(() => backup.protect('arn:aws:s3:::bucket' as unknown as Construct))).toBe(
      '`protect` must receive constructs, got `arn:aws:s3:::bucket`; select ARNs with `plan.addSelection()` (in `Stack/Backup`)',
    );
  });

  test('to protect an imported resource, whose tags the app can not set', () => {
    const stack = testStack();
    const backup = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE });
    expect(refusal(() => backup.protect(s3.Bucket.fromBucketName(stack, 'Imported', 'imported')))).toBe(
      "`protect` got `Stack/Imported`, which is imported, so its tags can't be set here; tag it where it is created, or select it with `plan.addSelection()` (in `Stack/Backup`)",
    );
  });

  test('an empty tag value', () => {
    expect(make({ tier: BackupTier.BRONZE, tagValue: '' })).toBe(
      '`tagValue` must be a string of at least 1 character, got an empty string (in `Stack/Backup`)',
    );
  });
});

test('the template of a stack in no particular account and Region is valid too', () => {
  const stack = new Stack(testApp(), 'Anywhere');
  new WorkloadBackup(stack, 'Backup', { tier: BackupTier.GOLD });
  expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
});
