import { Duration, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { testApp } from './app';
import { schemaProblems, schemaResource } from './schema';

/** What aws-cdk-lib makes of a vault, a plan with every kind of rule, and a selection. */
function goodTemplate() {
  const stack = new Stack(testApp(), 'Stack');
  const vault = new BackupVault(stack, 'Vault', {
    lockConfiguration: { minRetention: Duration.days(7), maxRetention: Duration.days(365) },
    blockRecoveryPointDeletion: true,
  });
  const plan = BackupPlan.dailyWeeklyMonthly7YearRetention(stack, 'Plan', vault);
  plan.addRule(
    new BackupPlanRule({
      ruleName: 'Copied',
      scheduleExpression: Schedule.cron({ hour: '3', minute: '0' }),
      startWindow: Duration.hours(1),
      completionWindow: Duration.hours(4),
      deleteAfter: Duration.days(200),
      moveToColdStorageAfter: Duration.days(30),
      recoveryPointTags: { tier: 'gold' },
      copyActions: [{ destinationBackupVault: vault, deleteAfter: Duration.days(90) }],
    }),
  );
  const table = new TableV2(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  plan.addSelection('Selection', {
    resources: [BackupResource.fromTag('backup', 'gold'), BackupResource.fromArn(table.tableArn)],
  });
  new Bucket(stack, 'Bucket', { versioned: true, lifecycleRules: [{ expiration: Duration.days(3) }] });
  Tags.of(stack).add('team', 'orders');
  return Template.fromStack(stack).toJSON();
}

const rule = (over: object = {}) => ({ RuleName: 'Daily', TargetBackupVault: 'Default', ...over });
const plan = (over: object = {}, resource: object = {}) => ({
  Resources: {
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: { BackupPlan: { BackupPlanName: 'gold', BackupPlanRule: [rule()], ...over } },
      ...resource,
    },
  },
});
const planWithRule = (over: object) => plan({ BackupPlanRule: [rule(over)] });
const vault = (properties: object, resource: object = {}) => ({
  Resources: { Vault: { Type: 'AWS::Backup::BackupVault', Properties: properties, ...resource } },
});
const NO_VALUE = { Ref: 'AWS::NoValue' };

test('resources of aws-cdk-lib have no problem', () => {
  expect(schemaProblems(goodTemplate())).toEqual([]);
});

test.each<[string, object]>([
  ['a plan', plan()],
  ['a template without resources', {}],
  ['an unresolved value', planWithRule({ StartWindowMinutes: { 'Fn::ImportValue': 'window' } })],
  ['a condition whose branches fit', planWithRule({ StartWindowMinutes: { 'Fn::If': ['C', 60, NO_VALUE] } })],
  ['a map of tags', vault({ BackupVaultName: 'gold', BackupVaultTags: { team: 'orders' } })],
  ['a custom resource', { Resources: { Mine: { Type: 'Custom::Mine', Properties: { anything: 1 } } } }],
])('%s has no problem', (_, template) => {
  expect(schemaProblems(template)).toEqual([]);
});

const RULE = 'Plan.Properties.BackupPlan.BackupPlanRule[0]';
test.each<[string, object, string[]]>([
  [
    'a missing property',
    plan({ BackupPlanName: undefined }),
    [`Plan.Properties.BackupPlan.BackupPlanName is required`],
  ],
  ['a property that is no value', planWithRule({ RuleName: NO_VALUE }), [`${RULE}.RuleName is required`]],
  [
    'missing and unknown properties together',
    planWithRule({ RuleName: undefined, Retention: 35 }),
    [`${RULE}.RuleName is required`, `${RULE}.Retention isn't a property that the schema knows`],
  ],
  [
    'a word instead of a number',
    planWithRule({ Lifecycle: { DeleteAfterDays: '35' } }),
    [`${RULE}.Lifecycle.DeleteAfterDays must be a number, got "35"`],
  ],
  [
    'no number at all',
    planWithRule({ StartWindowMinutes: Number.NaN }),
    [`${RULE}.StartWindowMinutes must be a number, got NaN`],
  ],
  [
    'a word instead of a boolean',
    planWithRule({ EnableContinuousBackup: 'true' }),
    [`${RULE}.EnableContinuousBackup must be a boolean, got "true"`],
  ],
  [
    'one value instead of a list',
    plan({ BackupPlanRule: rule() }),
    [
      'Plan.Properties.BackupPlan.BackupPlanRule must be an array, got {"RuleName":"Daily","TargetBackupVault":"Default"}',
    ],
  ],
  [
    'a list instead of an object',
    planWithRule({ Lifecycle: [] }),
    [`${RULE}.Lifecycle must be an object, got []`],
  ],
  [
    'a number among the tags',
    planWithRule({ RecoveryPointTags: { tier: 1 } }),
    [`${RULE}.RecoveryPointTags.tier must be a string, got 1`],
  ],
  [
    'a value outside the enumeration',
    planWithRule({ ScanActions: [{ MalwareScanner: 'CLAMAV', ScanMode: 'FULL_SCAN' }] }),
    [`${RULE}.ScanActions[0].MalwareScanner must be one of GUARDDUTY, got "CLAMAV"`],
  ],
  [
    'a branch of a condition that does not fit',
    planWithRule({ StartWindowMinutes: { 'Fn::If': ['C', 60, '90'] } }),
    [`${RULE}.StartWindowMinutes.Fn::If[2] must be a number, got "90"`],
  ],
  [
    'a condition without its branches',
    planWithRule({ StartWindowMinutes: { 'Fn::If': ['C', 60] } }),
    [`${RULE}.StartWindowMinutes must give \`Fn::If\` a condition and two values`],
  ],
  [
    'a function that is not there',
    planWithRule({ RuleName: { 'Fn::Upper': 'daily' } }),
    [`${RULE}.RuleName uses an unknown function \`Fn::Upper\``],
  ],
  [
    'an unknown resource type',
    { Resources: { Thing: { Type: 'AWS::Backup::BackupPlane' } } },
    ["Thing has type AWS::Backup::BackupPlane, which the installed schema doesn't know"],
  ],
  ['no type', { Resources: { Thing: {} } }, ['Thing must have a `Type`']],
  [
    'an unknown removal policy',
    vault({ BackupVaultName: 'gold' }, { DeletionPolicy: 'Keep' }),
    ['Vault.DeletionPolicy must be one of Delete, Retain, Snapshot, RetainExceptOnCreate, got "Keep"'],
  ],
  [
    'an unknown attribute of a resource',
    vault({ BackupVaultName: 'gold' }, { Properites: {} }),
    ['Vault has an unknown attribute `Properites`'],
  ],
  [
    'references to nothing',
    vault(
      { BackupVaultName: { 'Fn::GetAtt': ['Nobody', 'Arn'] }, EncryptionKeyArn: { Ref: 'Key' } },
      { DependsOn: 'Role' },
    ),
    [
      "Vault refers to `Nobody`, which isn't there",
      "Vault refers to `Key`, which isn't there",
      "Vault depends on `Role`, which isn't there",
    ],
  ],
])('%s is reported', (_, template, problems) => {
  expect(schemaProblems(template)).toEqual(problems);
});

test('every broken property of a valid template is found, at any depth', () => {
  const template = goodTemplate();
  let broken = 0;
  const breakEach = (holder: Record<string, unknown>) => {
    for (const key of Object.keys(holder)) {
      const value = holder[key];
      holder[key] = { unheardOf: true };
      const free = schemaProblems(template).length === 0; // a policy document or a map: the schema leaves it free
      holder[key] = value;
      if (!free) broken++;
      if (!free && typeof value === 'object' && value !== null) breakEach(value as Record<string, unknown>);
    }
  };
  for (const resource of Object.values<Record<string, unknown>>(template.Resources)) {
    breakEach(resource.Properties as Record<string, unknown>);
  }
  expect(broken).toBeGreaterThan(60);
  expect(schemaProblems(template)).toEqual([]);
});

test('a resource of the schema can be looked up', () => {
  const { properties } = schemaResource('AWS::Backup::BackupSelection') ?? {};
  expect(Object.keys(properties ?? {}).sort()).toEqual(['BackupPlanId', 'BackupSelection']);
  expect(schemaResource('AWS::Backup::Nothing')).toBeUndefined();
});
