import { App, Duration, NestedStack, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  BackupPlan,
  BackupPrerequisites,
  type BackupPrerequisitesProps,
  BackupRegionSettings,
  BackupRule,
  BackupServiceLinkedRole,
  BackupVault,
  CopyAction,
  Preflight,
  ResourceType,
  Retention,
  SettingsRemoval,
  TagCondition,
} from '../../../src';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const THERE = { account: '222222222222', region: 'eu-west-1' };
const retention = Retention.days(35);
const SETTINGS = 'Custom::BackupRegionSettings';
const ROLE = 'Custom::BackupServiceLinkedRole';
const FLAGS = 'Custom::BackupGlobalSettings';

/** A plan that copies tables to another account, and a stack for the prerequisites that is made before. */
function shop(app = testApp(), props?: BackupPrerequisitesProps) {
  const settings = new Stack(app, 'Settings', { env: ENV });
  const prerequisites = new BackupPrerequisites(settings, 'Prerequisites', props);
  const far = new Stack(app, 'Far', { env: THERE });
  const central = new BackupVault(far, 'Vault', { backupVaultName: 'central' });
  const stack = new Stack(app, 'Shop', { env: ENV });
  const nested = new NestedStack(stack, 'Data');
  new Table(nested, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  new Bucket(stack, 'Pictures');
  const plan = new BackupPlan(stack, 'Plan', {
    backupPlanName: 'gold',
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.daily({ retention, copies: [CopyAction.toVault(central, { retention })] })],
  });
  plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });
  Tags.of(app).add('backup', 'gold');
  return { app, settings, far, stack, prerequisites };
}

describe.each([
  ['all recommended flags', {}],
  ['no flags', { '@aws-cdk/core:aspectStabilization': false }],
])('with %s, what plans of the whole app need', (_, context) => {
  const { app, settings, far } = shop(testApp({ context }));
  new BackupPrerequisites(far, 'Prerequisites', { isManagementAccount: true });

  test('of the Region of the stack is set, with the role that copies need', () => {
    const template = Template.fromStack(settings);
    template.hasResourceProperties(SETTINGS, {
      optIn: { DynamoDB: true, S3: true },
      fullManagement: { DynamoDB: true },
      restores: true,
    });
    template.hasResourceProperties(ROLE, { serviceName: 'backup.amazonaws.com' });
    template.resourceCountIs(SETTINGS, 1);
    template.resourceCountIs(ROLE, 1);
    template.resourceCountIs(FLAGS, 0);
  });

  test('of the organization is set in its management account', () => {
    const template = Template.fromStack(far);
    template.hasResourceProperties(FLAGS, { flags: { isCrossAccountBackupEnabled: true } });
    template.resourceCountIs(SETTINGS, 0);
    template.resourceCountIs(ROLE, 1);
  });

  test('is on the checklist as done', () => {
    const preflight = Preflight.ofAssembly([app.synth().directory]);
    expect(preflight.isComplete).toBe(true);
    expect(preflight.text).toContain('[x] opt in to S3, set by `Settings/Prerequisites/Region`\n');
    expect(Preflight.of(app).json).toBe(preflight.json);
  });
});

test('before synthesis, the checklist shows what will set it', () => {
  const { app, far } = shop();
  new BackupPrerequisites(far, 'Prerequisites', { isManagementAccount: true });
  const preflight = Preflight.of(app);
  expect(preflight.isComplete).toBe(true);
  expect(preflight.text).toContain('[x] opt in to S3, set by `Settings/Prerequisites`\n');
  expect(preflight.text).toContain('[x] turn on cross-account backup, set by `Far/Prerequisites`\n');
});

test('fits the schema of CloudFormation', () => {
  const { settings } = shop();
  expect(schemaProblems(Template.fromStack(settings).toJSON())).toEqual([]);
});

test('creates nothing if nothing is needed, or the app sets it elsewhere', () => {
  const { app, settings } = shop();
  const other = new Stack(app, 'Other', { env: ENV });
  new BackupRegionSettings(other, 'Region', {
    optIn: [ResourceType.S3, ResourceType.DYNAMODB],
    fullManagement: [ResourceType.DYNAMODB],
  });
  new BackupServiceLinkedRole(other, 'Role');
  expect(Template.fromStack(settings).toJSON().Resources).toBeUndefined();
  expect(settings.node.findChild('Prerequisites').node.children).toEqual([]);
});

test('two in the same account and Region set nothing twice', () => {
  const { app, settings } = shop();
  const second = new Stack(app, 'Second', { env: ENV });
  new BackupPrerequisites(second, 'Prerequisites');
  const counts = [settings, second].map(
    (stack) => Object.keys(Template.fromStack(stack).findResources(SETTINGS)).length,
  );
  expect(counts).toEqual([1, 0]);
});

test('repeated synthesis creates nothing twice', () => {
  const { app, settings } = shop();
  app.synth();
  app.synth({ force: true });
  expect(settings.node.findChild('Prerequisites').node.children.map(({ node }) => node.id)).toEqual([
    'Region',
    'BackupRole',
  ]);
});

test('plans of aws-cdk-lib and environment-agnostic stacks count as well', () => {
  const stack = new Stack(new App(), 'Shop');
  new BackupPrerequisites(stack, 'Prerequisites');
  const plan = backup.BackupPlan.dailyMonthly1YearRetention(stack, 'Plan');
  plan.addSelection('All', { resources: [backup.BackupResource.fromArn('arn:aws:rds:*:*:cluster:*')] });
  new CfnDBCluster(stack, 'Cluster', { engine: 'aurora-postgresql' });
  Template.fromStack(stack).hasResourceProperties(SETTINGS, { optIn: { Aurora: true }, fullManagement: {} });
});

test.each([
  [true, 1],
  [false, 0],
])('what may be needed is set on request: %s', (includeUncertain, count) => {
  const stack = new Stack(testApp(), 'Shop', { env: ENV });
  new BackupPrerequisites(stack, 'Prerequisites', { includeUncertain });
  const files = new CfnFileSystem(stack, 'Files');
  const coldStorageAfter = Duration.days(30);
  const plan = new BackupPlan(stack, 'Plan', {
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.monthly({ retention: Retention.days(365), coldStorageAfter })],
  });
  plan.addSelection('Files', { resources: [files] });
  const found = Template.fromStack(stack).findResources(SETTINGS, {
    Properties: { optIn: { EFS: true }, fullManagement: { EFS: true } },
  });
  expect(Object.keys(found)).toHaveLength(count);
});

test('the removal, the trigger and types of the user are passed on', () => {
  const { settings } = shop(testApp(), {
    onRemoval: SettingsRemoval.KEEP,
    trigger: 'release 2',
    resourceTypes: [ResourceType.of('S3', { optInName: 'Amazon S3' })],
  });
  Template.fromStack(settings).hasResourceProperties(SETTINGS, {
    optIn: { DynamoDB: true, 'Amazon S3': true },
    restores: false,
    trigger: 'release 2',
  });
});

test('opting out of what a plan needs is a contradiction', () => {
  const { app } = shop();
  new BackupRegionSettings(new Stack(app, 'Other', { env: ENV }), 'Region', { optOut: [ResourceType.S3] });
  expect(refusal(() => app.synth())).toBe(
    '`optIn.S3` must be the same for all of an account and Region, got off in `Other/Region`; set it in one place (in `Settings/Prerequisites/Region`)',
  );
});

test('invalid props are refused', () => {
  const stack = new Stack(testApp(), 'Stack');
  const make = () =>
    new BackupPrerequisites(stack, 'Prerequisites', {
      isManagementAccount: 'yes',
      includeUncertain: 1,
      onRemoval: 'never',
      trigger: 2,
      resourceTypes: ['S3'],
    } as never);
  expect(refusal(make)).toBe(
    [
      '5 problems of `Stack/Prerequisites`:',
      '  - `isManagementAccount` must be true or false, got `yes`',
      '  - `includeUncertain` must be true or false, got 1',
      '  - `onRemoval` must be `SettingsRemoval.RESTORE` or `SettingsRemoval.KEEP`, got `never`',
      '  - `trigger` must be a string of at most 256 characters, got 2',
      '  - `resourceTypes` must be a list of `ResourceType`, got an array',
    ].join('\n'),
  );
});

test('in the management account, the organization settings that a backup policy needs are turned on', () => {
  const app = testApp();
  const stack = new Stack(app, 'Management', { env: ENV });
  new CfnPolicy(stack, 'Policy', { name: 'gold', type: 'BACKUP_POLICY', content: { plans: {} } });
  new BackupPrerequisites(stack, 'Prerequisites', { isManagementAccount: true });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::BackupOrganizationSettings', {
    services: { 'backup.amazonaws.com': true },
    policyTypes: { BACKUP_POLICY: true },
  });
  template.resourceCountIs(FLAGS, 0);
});
