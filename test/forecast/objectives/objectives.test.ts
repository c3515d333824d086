import { Duration } from 'aws-cdk-lib';
import { BackupLoss, type BackupObjective, ComplianceStandard, ResourceType } from '../../../src';
import { objectiveResults } from '../../../src/forecast/objectives/objective-results';
import { objectivesProblems } from '../../../src/values/objectives/objective-laws';
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
import { forecast } from '../support/forecast-template';

const GOLD = { Tags: tags({ tier: 'gold' }) };

/** Gold tables in a plan with a rule, and a table in none. */
function results(objective: BackupObjective, properties: object = {}, more: object = {}) {
  const inventory = inventoryOfStacks(
    stack('Shop', {
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
      Plan: plan('p', rule('daily', properties as Record<string, unknown>)),
      Selection: selection({
        ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'tier', ConditionValue: 'gold' }],
      }),
      Orders: resource('DynamoDB::Table', GOLD),
      Bucket: backupReady('S3::Bucket', GOLD),
      Carts: resource('DynamoDB::Table'),
      ...more,
    }),
  );
  const { results: found, unused } = objectiveResults(forecast(inventory, '2027-01-01', '2028-01-01'), [
    objective,
  ]);
  return {
    missed: found
      .map(({ resource: { place }, missed }) => [place.logicalId, ...missed])
      .filter((one) => one.length > 1),
    open: found
      .map(({ resource: { place }, open }) => [place.logicalId, ...open])
      .filter((one) => one.length > 1),
    unused,
  };
}

const gold = (objective: BackupObjective): BackupObjective => ({ tags: { tier: 'gold' }, ...objective });
const tables = (objective: BackupObjective) => gold({ resourceTypes: [ResourceType.DYNAMODB], ...objective });
const NOTHING = { missed: [], open: [], unused: [] };
const missed = (...texts: string[]) => ({ ...NOTHING, missed: [['Orders', ...texts]] });
const UNKNOWN = { 'Fn::ImportValue': 'from-elsewhere' };

test.each<[string, BackupObjective, object, object]>([
  ['an RPO that is met', tables({ maxRpo: Duration.hours(24) }), {}, NOTHING],
  [
    'an RPO that is missed',
    tables({ maxRpo: Duration.hours(12) }),
    {},
    missed('its RPO is 24 hours, at most 12 hours allowed'),
  ],
  [
    'an RPO in a time zone, in which clocks go back',
    tables({ maxRpo: Duration.hours(24) }),
    { ScheduleExpressionTimezone: 'Europe/Berlin' },
    missed('its RPO is 25 hours, at most 24 hours allowed'),
  ],
  [
    'an RPO with fewer than two backups in a year',
    tables({ maxRpo: Duration.days(400) }),
    { ScheduleExpression: 'cron(0 5 1 6 ? *)' },
    missed('its RPO is longer than a year, at most 9600 hours allowed'),
  ],
  [
    'the RPO of a continuous backup',
    gold({ resourceTypes: [ResourceType.S3], maxRpo: Duration.minutes(15) }),
    { EnableContinuousBackup: true },
    NOTHING,
  ],
  ['a retention that is met', gold({ minRetention: Duration.days(35) }), {}, NOTHING],
  [
    'a retention that is missed',
    tables({ minRetention: Duration.days(36) }),
    {},
    missed('you can go back 35 days, at least 36 days required'),
  ],
  [
    'a retention by a copy',
    tables({ minRetention: Duration.days(90) }),
    {
      CopyActions: [
        {
          DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:far',
          Lifecycle: { DeleteAfterDays: 90 },
        },
      ],
    },
    NOTHING,
  ],
  ['a loss that it survives', tables({ survives: [BackupLoss.RESOURCE] }), {}, NOTHING],
  [
    'the demands of a standard',
    tables({ standards: [ComplianceStandard.CIS_CONTROLS] }),
    {},
    missed(
      'no recovery point survives the loss of its account: vault `gold` has no lock',
      'no recovery point survives the loss of its Region: vault `gold` is in that Region',
      'no restore test certainly covers it',
    ),
  ],
  [
    'the strictest number of an objective and its standards',
    tables({
      maxRpo: Duration.hours(48),
      standards: [ComplianceStandard.CSA_CCM.withThresholds({ maxBackupIntervalHours: 12 })],
    }),
    {},
    missed('its RPO is 24 hours, at most 12 hours allowed', 'no restore test certainly covers it'),
  ],
  ['restore tests', tables({ tested: true }), {}, missed('no restore test certainly covers it')],
  [
    'several demands at once',
    tables({ maxRpo: Duration.hours(1), minRetention: Duration.days(100) }),
    {},
    missed(
      'its RPO is 24 hours, at most 1 hour allowed',
      'you can go back 35 days, at least 100 days required',
    ),
  ],
  [
    'a retention that is not known',
    tables({ minRetention: Duration.days(36) }),
    { Lifecycle: { DeleteAfterDays: UNKNOWN } },
    {
      ...NOTHING,
      open: [['Orders', 'you can go back 0 days, at least 36 days required, as far as that is known']],
    },
  ],
  [
    'resources that no plan protects',
    { stacks: ['Shop'], maxRpo: Duration.hours(24) },
    {},
    { ...NOTHING, missed: [['Carts', 'no backup plan certainly protects it']] },
  ],
  ['another stack', { stacks: ['Stop'], tested: true }, {}, { ...NOTHING, unused: ['objective 1'] }],
  [
    'another tag',
    { name: 'silver', tags: { tier: 'silver' }, tested: true },
    {},
    { ...NOTHING, unused: ['objective `silver`'] },
  ],
])('%s', (_, objective, properties, expected) => {
  expect(results(objective, properties)).toEqual(expected);
});

describe('how often restores are tested', () => {
  const tests = (ScheduleExpression: unknown) => ({
    Test: resource('Backup::RestoreTestingPlan', {
      RestoreTestingPlanName: 'tests',
      ScheduleExpression,
      RecoveryPointSelection: {
        Algorithm: 'LATEST_WITHIN_WINDOW',
        IncludeVaults: ['*'],
        RecoveryPointTypes: ['SNAPSHOT'],
      },
    }),
    Tables: resource('Backup::RestoreTestingSelection', {
      RestoreTestingPlanName: { Ref: 'Test' },
      RestoreTestingSelectionName: 'tables',
      ProtectedResourceType: 'DynamoDB',
      IamRoleArn: 'arn:aws:iam::111111111111:role/restore',
      ProtectedResourceArns: ['*'],
    }),
  });
  const WEEKLY = 'cron(0 5 ? * SUN *)';
  test.each<[string, object, Duration, object]>([
    ['often enough', tests(WEEKLY), Duration.days(7), NOTHING],
    [
      'too rarely',
      tests(WEEKLY),
      Duration.days(1),
      missed('its restores are tested every 7 days, at least every 24 hours required'),
    ],
    [
      'in months of different length',
      tests('cron(0 5 1 * ? *)'),
      Duration.days(30),
      missed('its restores are tested every 31 days, at least every 30 days required'),
    ],
    ['never', {}, Duration.days(7), missed('no restore test certainly covers it')],
    [
      'on a schedule that is not known',
      tests(UNKNOWN),
      Duration.days(7),
      { ...NOTHING, open: [['Orders', 'how often its restores are tested, at least every 7 days required']] },
    ],
  ])('%s', (_title, more, maxTestInterval, expected) => {
    expect(results(tables({ maxTestInterval }), {}, more)).toEqual(expected);
  });
});

test('a loss that it does not survive is missed, with the reason', () => {
  const { missed: found } = results(tables({ survives: [BackupLoss.REGION] }));
  expect(found).toEqual([
    ['Orders', expect.stringMatching(/^no recovery point survives the loss of its Region: .+/)],
  ]);
});

const FAR = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far';

test.each<[string, BackupObjective, object, object, object]>([
  [
    'the loss of its stack and of its keys, which it survives',
    tables({ survives: [BackupLoss.STACK, BackupLoss.KEY, BackupLoss.RESOURCE] }),
    {},
    {},
    NOTHING,
  ],
  [
    'the loss of its keys',
    tables({ survives: [BackupLoss.KEY] }),
    {},
    {
      Vault: resource('Backup::BackupVault', {
        BackupVaultName: 'gold',
        EncryptionKeyArn: 'arn:aws:kms:us-east-1:111111111111:key/1',
      }),
      Orders: resource('DynamoDB::Table', {
        ...GOLD,
        SSESpecification: {
          SSEEnabled: true,
          SSEType: 'KMS',
          KMSMasterKeyId: 'arn:aws:kms:us-east-1:111111111111:key/1',
        },
      }),
    },
    missed(
      'no recovery point survives the loss of the keys: the points are encrypted with the key `arn:aws:kms:us-east-1:111111111111:key/1`',
    ),
  ],
  [
    'the loss of the management account',
    tables({ survives: [BackupLoss.MANAGEMENT_ACCOUNT] }),
    {},
    {},
    missed('no recovery point survives the loss of the management account: vault `gold` has no lock'),
  ],
  [
    'a loss that is not decided in the template',
    tables({ survives: [BackupLoss.MANAGEMENT_ACCOUNT] }),
    { CopyActions: [{ DestinationBackupVaultArn: FAR }] },
    {},
    {
      ...NOTHING,
      open: [
        [
          'Orders',
          'whether a recovery point survives the loss of the management account: the lock and the key of vault `far` decide, which is in no template',
        ],
      ],
    },
  ],
  [
    'a schedule that is not known',
    tables({ maxRpo: Duration.hours(24) }),
    { ScheduleExpression: UNKNOWN },
    {},
    {
      ...NOTHING,
      open: [['Orders', 'its RPO is longer than a year, at most 24 hours allowed, as far as that is known']],
    },
  ],
  [
    'a time zone that is not known',
    tables({ maxRpo: Duration.hours(24) }),
    { ScheduleExpressionTimezone: UNKNOWN },
    {},
    {
      ...NOTHING,
      open: [['Orders', 'its RPO is longer than a year, at most 24 hours allowed, as far as that is known']],
    },
  ],
  [
    'a plan that is in no template',
    tables({ minRetention: Duration.days(7) }),
    { ScheduleExpression: 'cron(0 5 1 1 ? 2029)' },
    { Elsewhere: selection({ Resources: ['*'], SelectionName: 'elsewhere' }, 'plan-id'), Carts: undefined },
    {
      ...NOTHING,
      open: [['Orders', 'you can go back 0 days, at least 7 days required, as far as that is known']],
    },
  ],
  [
    'an RPO in minutes',
    gold({ resourceTypes: [ResourceType.S3], maxRpo: Duration.minutes(14) }),
    { EnableContinuousBackup: true },
    {},
    { ...NOTHING, missed: [['Bucket', 'its RPO is 15 minutes, at most 14 minutes allowed']] },
  ],
  [
    'how far back a continuous backup reaches',
    gold({ resourceTypes: [ResourceType.S3], minRetention: Duration.days(36) }),
    { EnableContinuousBackup: true },
    {},
    { ...NOTHING, missed: [['Bucket', 'you can go back 35 days, at least 36 days required']] },
  ],
  [
    'a retention in a logically air-gapped vault',
    gold({ resourceTypes: [ResourceType.EBS], minRetention: Duration.days(36) }),
    { TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } },
    {
      Gap: resource('Backup::LogicallyAirGappedBackupVault', {
        BackupVaultName: 'gap',
        MinRetentionDays: 7,
        MaxRetentionDays: 90,
      }),
      Disk: resource('EC2::Volume', GOLD),
    },
    { ...NOTHING, missed: [['Disk', 'you can go back 35 days, at least 36 days required']] },
  ],
  [
    'restore tests of a standard, for types that AWS Backup can test',
    gold({
      resourceTypes: [ResourceType.REDSHIFT, ResourceType.DYNAMODB],
      standards: [ComplianceStandard.CSA_CCM.withThresholds({ maxBackupIntervalHours: 24 })],
    }),
    {},
    { Warehouse: resource('Redshift::Cluster', GOLD) },
    missed('no restore test certainly covers it'),
  ],
  [
    'restore tests, for every type',
    gold({ resourceTypes: [ResourceType.REDSHIFT], tested: true }),
    {},
    { Warehouse: resource('Redshift::Cluster', GOLD) },
    { ...NOTHING, missed: [['Warehouse', 'no restore test certainly covers it']] },
  ],
  [
    'nothing of what has no such tag',
    { tags: { tier: 'gold', team: 'a' }, tested: true },
    {},
    {},
    { ...NOTHING, unused: ['objective 1'] },
  ],
  [
    'nothing, by the names of its standards',
    { stacks: ['Stop'], standards: [ComplianceStandard.CIS_CONTROLS, ComplianceStandard.CSA_CCM] },
    {},
    {},
    {
      ...NOTHING,
      unused: [`objective \`${ComplianceStandard.CIS_CONTROLS.id}, ${ComplianceStandard.CSA_CCM.id}\``],
    },
  ],
  [
    'a type that is not known',
    { resourceTypes: [ResourceType.RDS], stacks: ['Shop'], tested: true },
    {},
    { Carts: undefined, Database: resource('RDS::DBCluster', { ...GOLD, Engine: UNKNOWN }) },
    {
      ...NOTHING,
      open: [
        [
          'Database',
          'whether the objective applies depends on the resource type, which is not known',
          'no restore test certainly covers it',
        ],
      ],
    },
  ],
])('an objective demands %s', (_, objective, properties, more, expected) => {
  expect(results(objective, properties, more)).toEqual(expected);
});

test('resources whose tags are not known may miss an objective', () => {
  const more = { Late: resource('DynamoDB::Table', { Tags: [{ Key: 'tier', Value: UNKNOWN }] }) };
  const { open } = results(tables({ minRetention: Duration.days(1) }), {}, more);
  const late = [
    'Late',
    'whether the objective applies depends on tags that are not known',
    'whether a backup plan protects it is not known before deployment',
  ];
  expect(open).toEqual([late]);
  const unnamed = resource('DynamoDB::Table', {
    Tags: [
      { Key: UNKNOWN, Value: 'gold' },
      { Key: 'team', Value: UNKNOWN },
    ],
  });
  const both = { tier: 'gold', team: 'a' };
  expect(results(tables({ tags: both, tested: true }), {}, { Late: unnamed }).open).toEqual([late]);
  const silver = tables({ tags: { tier: 'silver', team: 'a' }, tested: true });
  expect(results(silver, {}, { Late: resource('DynamoDB::Table', GOLD) }).unused).toEqual(['objective 1']);
});

test('resources that opt out are exempt', () => {
  const objective = { resourceTypes: [ResourceType.DYNAMODB], minRetention: Duration.days(1) };
  expect(results(objective).missed).toEqual([['Carts', 'no backup plan certainly protects it']]);
  const out = resource('DynamoDB::Table', { Tags: tags({ 'backup:opt-out-reason': 'made anew' }) });
  expect(results(objective, {}, { Carts: out })).toEqual(NOTHING);
});

const demand = { maxRpo: Duration.hours(1) };
test.each<[unknown, string]>([
  [{}, '`objectives` must be a list, each element a `BackupObjective`, got an object'],
  [[null], '`objectives[0]` must be a `BackupObjective`, got null'],
  [
    [{ name: 'gold' }],
    '`objectives[0]` must demand something, got none of `maxRpo`, `minRetention`, `survives`, `tested`, `maxTestInterval` and `standards`',
  ],
  [
    [{ ...demand, maxRto: 1 }],
    '`objectives[0].maxRto` is not a property of `BackupObjective`; did you mean `maxRpo`?',
  ],
  [[{ ...demand, name: '' }], '`objectives[0].name` must be a text, got an empty string'],
  [
    [{ ...demand, tags: ['gold'] }],
    '`objectives[0].tags` must be an object with tag keys and values, got an array',
  ],
  [
    [{ ...demand, tags: { tier: 1 } }],
    '`objectives[0].tags.tier` must be a text that is known at synthesis, got 1',
  ],
  [[{ ...demand, stacks: [] }], '`objectives[0].stacks` must not be empty; remove it'],
  [
    [{ ...demand, resourceTypes: ['S3'] }],
    '`objectives[0].resourceTypes[0]` must be a `ResourceType`, got `S3`',
  ],
  [[{ survives: ['war'] }], '`objectives[0].survives[0]` must be a `BackupLoss`, got `war`'],
  [
    [{ survives: BackupLoss.REGION }],
    '`objectives[0].survives` must be a list, each element a `BackupLoss`, got `region`',
  ],
  [
    [{ maxTestInterval: 31 }],
    '`objectives[0].maxTestInterval` must be a `Duration`, got 31; write `Duration.minutes(31)`',
  ],
  [[{ tested: 'yes' }], '`objectives[0].tested` must be true or false, got `yes`'],
  [[{ maxRpo: 24 }], '`objectives[0].maxRpo` must be a `Duration`, got 24; write `Duration.minutes(24)`'],
  [
    [{ maxRpo: Duration.minutes(0) }],
    '`objectives[0].maxRpo` must be a positive duration that is known at synthesis, got 0',
  ],
  [
    [{ minRetention: Duration.hours(36) }],
    '`objectives[0].minRetention` must be a whole number of days, got 1 day 12 hours; write `Duration.days(2)`',
  ],
])('objectives %j are refused', (objectives, message) => {
  const texts = objectivesProblems(objectives).map((one) =>
    one.fix === undefined ? one.message : `${one.message}; ${one.fix}`,
  );
  expect(texts).toEqual([message]);
});
