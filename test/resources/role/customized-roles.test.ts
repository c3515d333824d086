import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AccountBackup,
  BackupEventForwarding,
  BackupMonitoring,
  BackupRegionSettings,
  BackupRole,
  BackupSchedule,
  BackupTier,
  BackupVault,
  CopyAction,
  CopyOnArrival,
  Hypervisor,
  OnDemandBackup,
  ResourceType,
  RestoreTesting,
  Retention,
  WorkloadBackup,
} from '../../../src';
import { testApp } from '../../support/app';
import { synthesisRefusal } from '../../support/synthesis';

const ENV = { account: '111122223333', region: 'eu-west-1' };

/** Synthesizes without the report on the console, with the policy report of CDK. */
function synth(app: App) {
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => {});
  try {
    const assembly = app.synth();
    const report = JSON.parse(readFileSync(join(assembly.directory, 'iam-policy-report.json'), 'utf8'));
    const [{ template }] = assembly.stacks;
    return { template, roles: report.roles as Record<string, unknown>[] };
  } finally {
    quiet.mockRestore();
  }
}

const typesOf = (template: { Resources: Record<string, { Type: string }> }) =>
  Object.values(template.Resources).map(({ Type }) => Type);

test('a precreated role takes the place of the role of a selection, and the report names its policies', () => {
  const stack = new Stack(testApp(), 'Shop', { env: ENV });
  iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Shop/Backup/Plan/AwsBackupRole': 'precreated' } });
  const backup = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE });
  backup.protect(
    new dynamodb.Table(stack, 'Orders', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    }),
  );
  const { template, roles } = synth(stack.node.root as App);

  expect(typesOf(template)).not.toContain('AWS::IAM::Role');
  const [selection] = Object.values<{ Type: string; Properties: { BackupSelection: object } }>(
    template.Resources,
  ).filter(({ Type }) => Type === 'AWS::Backup::BackupSelection');
  expect(selection.Properties.BackupSelection).toMatchObject({
    IamRoleArn: 'arn:aws:iam::111122223333:role/precreated',
  });
  expect(roles.filter(({ roleConstructPath }) => `${roleConstructPath}`.includes('Backup'))).toEqual([
    expect.objectContaining({
      roleConstructPath: 'Shop/Backup/Plan/AwsBackupRole',
      roleName: 'precreated',
      missing: false,
      assumeRolePolicy: [
        {
          Effect: 'Allow',
          Principal: { Service: 'backup.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } },
        },
      ],
      managedPolicyArns: expect.arrayContaining([
        'arn:(PARTITION):iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup',
        'arn:(PARTITION):iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup',
      ]),
    }),
  ]);
});

test('statements and inline policies of a precreated role are in the report, and nowhere else', () => {
  const stack = new Stack(testApp(), 'Shop', { env: ENV });
  iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Shop/Role': 'precreated' } });
  const role = new BackupRole(stack, 'Role', { resourceTypes: [ResourceType.DYNAMODB] });
  const statement = (action: string) => new iam.PolicyStatement({ actions: [action], resources: ['*'] });
  role.addToPrincipalPolicy(statement('kms:Decrypt'));
  role.attachInlinePolicy(new iam.Policy(stack, 'Inline', { statements: [statement('kms:Encrypt')] }));
  role.addManagedPolicy(
    iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Managed', 'arn:aws:iam::aws:policy/Mine'),
  );
  new s3.Bucket(stack, 'Bucket').grantRead(role);
  const { template, roles } = synth(stack.node.root as App);

  expect(typesOf(template)).toEqual(['AWS::S3::Bucket']);
  const [{ identityPolicyStatements, managedPolicyArns }] = roles;
  expect((identityPolicyStatements as { Action: string }[]).map(({ Action }) => Action)).toEqual([
    'kms:Decrypt',
    'kms:Encrypt',
    ['s3:GetObject*', 's3:GetBucket*', 's3:List*'],
  ]);
  expect(managedPolicyArns).toContain('arn:aws:iam::aws:policy/Mine');
  expect([role.roleName, role.grantPrincipal]).toEqual(['precreated', role]);
});

test('every role of the library can be precreated, and none is left in the template', () => {
  const stack = new Stack(testApp(), 'Shop', { env: ENV });
  const paths = [
    'Account/AwsBackupRole',
    'Arrival/Copy/AwsBackupRole',
    'Arrival/Copy/Role',
    'Arrival/Role',
    'Hypervisor/TagMappingRole',
    'OnDemand/Role',
    'CustomOnDemandBackupHandler/Role',
    'CustomBackupRegionSettingsHandler/Role',
  ];
  iam.Role.customizeRoles(stack, {
    usePrecreatedRoles: Object.fromEntries(paths.map((path, index) => [`Shop/${path}`, `role-${index}`])),
  });
  const { vault } = new AccountBackup(stack, 'Account', { tiers: [BackupTier.GOLD] });
  new CopyOnArrival(stack, 'Arrival', {
    vault: new BackupVault(stack, 'Vault'),
    copy: CopyAction.toVaultArn('arn:aws:backup:us-east-1:111122223333:backup-vault:far', {
      retention: Retention.days(35),
    }),
    alarmTopic: new sns.Topic(stack, 'Topic'),
  });
  new Hypervisor(stack, 'Hypervisor', { host: 'vcenter.example.com' }).addTagMappingRole();
  new OnDemandBackup(stack, 'OnDemand', {
    vault,
    resourceArn: 'arn:aws:s3:::orders',
    retention: Retention.days(35),
  });
  new BackupRegionSettings(stack, 'Settings', { optIn: [ResourceType.S3] });
  const { template, roles } = synth(stack.node.root as App);

  expect(roles.filter(({ missing }) => missing)).toEqual([]);
  expect(roles.map(({ roleConstructPath }) => roleConstructPath).sort()).toEqual(
    paths.map((path) => `Shop/${path}`).sort(),
  );
  expect(typesOf(template).filter((type) => /IAM::(Role|Policy|ManagedPolicy)$/.test(type))).toEqual([]);
});

test('so can those of monitoring and restore tests: CDK reports each, and none is made', () => {
  const app = testApp();
  const stack = new Stack(app, 'Shop', { env: ENV });
  iam.Role.customizeRoles(stack);
  const { plan } = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.SILVER });
  new BackupMonitoring(stack, 'Monitoring', { plans: [plan] });
  new BackupEventForwarding(stack, 'Forwarding', {
    eventBusArn: 'arn:aws:events:eu-west-1:444455556666:event-bus/backup',
  });
  new RestoreTesting(stack, 'Tests', {
    backupPlan: plan,
    schedule: BackupSchedule.weekly(),
    resourceTypes: [ResourceType.DYNAMODB],
  });
  const message = synthesisRefusal(stack);
  const reported = [...message.matchAll(/created at path "([^"]+)"/g)].map(([, path]) => path);
  expect(reported).toEqual(
    expect.arrayContaining([
      'Shop/Backup/Plan/AwsBackupRole',
      'Shop/Backup/Plan/RestoreTesting/DynamoDBByTag/AwsBackupRestoreRole',
      'Shop/Forwarding/Role',
      'Shop/Monitoring/Check/Role',
    ]),
  );
  expect(stack.node.findAll().filter((each) => each instanceof iam.CfnRole)).toEqual([]);
});

test('a report without precreated roles leaves the template as it is', () => {
  const templateOf = (customize: boolean) => {
    const app = testApp();
    const stack = new Stack(app, 'Shop', { env: ENV });
    if (customize) iam.Role.customizeRoles(stack, { preventSynthesis: false });
    new AccountBackup(stack, 'Account', { tiers: [BackupTier.BRONZE] });
    if (customize) expect(synth(app).roles).toHaveLength(1);
    return app.synth().stacks[0].template;
  };
  expect(templateOf(true)).toEqual(templateOf(false));
});

test('a role that the app does not provide is reported by CDK', () => {
  const app = testApp();
  const stack = new Stack(app, 'Shop', { env: ENV });
  iam.Role.customizeRoles(stack);
  new BackupRole(stack, 'Role');
  expect(() => synth(app)).toThrow('IAM Role is being created at path "Shop/Role"');
});
