import { forecastOf } from '../../../src/forecast/outlook/forecast';
import type { ResourcePoints } from '../../../src/forecast/points/resource-points';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { backupReady, plan, resource, rule, selection, tags } from '../../support/backups';
import { inventory } from '../../support/templates';

const PERIOD = { from: Date.parse('2027-01-01'), to: Date.parse('2027-03-01') };
const UNKNOWN = { Ref: 'Unknown' };
const FAR = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far';

type Rule = ReturnType<typeof rule>;

/** The points of the resource `X`, which a plan with these rules selects. */
function points(
  rules: readonly Rule[],
  type = 'DynamoDB::Table',
  more: object = {},
  types: ResourceType[] = [],
) {
  const of = inventory({
    Parameters: { Unknown: { Type: 'String' } },
    Resources: {
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
      Plan: plan('p', ...rules),
      Selection: selection({ Resources: ['*'] }),
      X: backupReady(type, type === 'RDS::DBCluster' ? { Engine: 'aurora-mysql' } : {}),
      ...more,
    },
  });
  const { resources } = forecastOf(of, { period: PERIOD, resourceTypes: types });
  const found = resources.find(({ coverage }) => coverage.resource.place.logicalId === 'X');
  return summary(found?.points as ResourcePoints);
}

/** Each lineage in one line: its kind, rule, vault, days kept, days until cold storage, window, and number of points. */
function summary({ lineages, reasons }: ResourcePoints) {
  const days = (of: number | undefined) => (of === Number.POSITIVE_INFINITY ? '∞' : (of ?? '-'));
  return {
    lineages: lineages.map(
      ({ kind, rule, vault, retentionDays, coldAfterDays, windowDays, times, source, holds }) =>
        `${kind} ${rule}→${vault.name} ${days(retentionDays)}/${days(coldAfterDays)}/${days(windowDays)} ×${times.length}${source ? ` of ${source.vault.name}` : ''}${holds.length > 0 ? ' held' : ''}`,
    ),
    reasons,
  };
}

const kept = (DeleteAfterDays: unknown, MoveToColdStorageAfterDays?: unknown) => ({
  Lifecycle: { DeleteAfterDays, MoveToColdStorageAfterDays },
});
const pitr = (name: string, more: object = {}) => rule(name, { EnableContinuousBackup: true, ...more });
const copyTo = (DestinationBackupVaultArn: unknown, Lifecycle?: object) => ({
  DestinationBackupVaultArn,
  ...(Lifecycle && { Lifecycle }),
});
const lockedVault = (name: string, LockConfiguration: object) =>
  resource('Backup::BackupVault', { BackupVaultName: name, LockConfiguration });
const second = { Second: resource('Backup::BackupVault', { BackupVaultName: 'second' }) };
const toSecond = { 'Fn::GetAtt': ['Second', 'BackupVaultArn'] };
const gap = {
  Gap: resource('Backup::LogicallyAirGappedBackupVault', {
    BackupVaultName: 'gap',
    MinRetentionDays: 7,
    MaxRetentionDays: 90,
  }),
};
const toGap = { TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } };
const daily = 'backup daily→gold 35/∞/- ×59';

test.each<[string, Rule[], string | undefined, object, string[], string[]]>([
  ['a rule makes a point for each run', [rule()], undefined, {}, [daily], []],
  [
    'a rule moves points to cold storage',
    [rule('daily', kept(120, 10))],
    undefined,
    {},
    ['backup daily→gold 120/10/- ×59'],
    [],
  ],
  [
    'a continuous rule that keeps points longer than 35 days',
    [pitr('pitr', kept(100))],
    'S3::Bucket',
    {},
    [],
    ['rule `pitr` of plan `p`: every job fails (Backup-ContinuousRetention)'],
  ],
  [
    'a continuous rule makes one point',
    [pitr('pitr', kept(14))],
    'S3::Bucket',
    {},
    ['continuous pitr→gold ∞/∞/14 ×1'],
    [],
  ],
  [
    'of continuous rules in one vault, the first of the longest counts',
    [pitr('a', kept(7)), pitr('b', kept(14)), pitr('c', kept(14)), pitr('d', kept(7))],
    'S3::Bucket',
    {},
    ['continuous b→gold ∞/∞/14 ×1'],
    [
      'rule `c` of plan `p`: another rule already makes the continuous backup',
      'rule `d` of plan `p`: another rule already makes the continuous backup',
    ],
  ],
  [
    'a continuous rule with another vault makes snapshots',
    [pitr('a'), pitr('b', { TargetBackupVault: 'second' })],
    'S3::Bucket',
    second,
    ['continuous a→gold ∞/∞/35 ×1', 'backup b→second 35/∞/- ×59'],
    [],
  ],
  [
    'a continuous rule makes snapshots of types without continuous backups',
    [pitr('a')],
    'EFS::FileSystem',
    {},
    ['backup a→gold 35/∞/- ×59'],
    [],
  ],
  [
    'copies of a continuous backup are snapshots, and state machines make none of it',
    [pitr('a', { CopyActions: [copyTo(FAR, { DeleteAfterDays: 90 })] })],
    'S3::Bucket',
    {},
    ['continuous a→gold ∞/∞/35 ×1', 'copy a→far 90/∞/- ×59 of gold'],
    [],
  ],
  [
    'a copy without a lifecycle has that of its source',
    [rule('daily', { ...kept(120, 10), CopyActions: [copyTo(FAR)] })],
    undefined,
    {},
    ['backup daily→gold 120/10/- ×59', 'copy daily→far 120/10/- ×59 of gold'],
    [],
  ],
  [
    'a copy whose retention is not known',
    [rule('daily', { CopyActions: [copyTo(FAR, { DeleteAfterDays: UNKNOWN })] })],
    undefined,
    {},
    [daily],
    ["rule `daily` of plan `p`: the retention of the copy in vault `far` isn't known before deployment"],
  ],
  [
    'a copy below the minimum of a lock',
    [rule('daily', { CopyActions: [copyTo(toSecond, { DeleteAfterDays: 7 })] })],
    undefined,
    { Second: lockedVault('second', { MinRetentionDays: 8 }) },
    [daily],
    [
      'rule `daily` of plan `p`: the lock of vault `second` has a minimum retention of 8 days, and the retention is 7 days, so every copy job fails',
    ],
  ],
  [
    'a copy above the maximum of a lock',
    [rule('daily', { CopyActions: [copyTo(toSecond, { DeleteAfterDays: 9 })] })],
    undefined,
    { Second: lockedVault('second', { MinRetentionDays: 1, MaxRetentionDays: 8 }) },
    [daily],
    [
      'rule `daily` of plan `p`: the lock of vault `second` has a maximum retention of 8 days, and the retention is 9 days, so every copy job fails',
    ],
  ],
  [
    'a copy that is kept forever in a lock with a maximum',
    [rule('daily', { Lifecycle: undefined, CopyActions: [copyTo(toSecond)] })],
    undefined,
    { Second: lockedVault('second', { MinRetentionDays: 1, MaxRetentionDays: 8 }) },
    ['backup daily→gold ∞/∞/- ×59', 'copy daily→second ∞/∞/- ×59 of gold'],
    [
      'rule `daily` of plan `p`: the lock of vault `second` has a maximum retention of 8 days, and the retention is forever, so jobs may fail',
    ],
  ],
  [
    'a copy of a type that AWS Backup does not copy',
    [rule('daily', { CopyActions: [copyTo(FAR), copyTo(toSecond)] })],
    'Redshift::Cluster',
    second,
    [daily],
    ["rule `daily` of plan `p`: AWS Backup doesn't copy backups of Redshift"],
  ],
  [
    'a rule that never wins has no points, and no reason',
    [rule(), rule('twin', kept(7))],
    undefined,
    {},
    [daily],
    [],
  ],
  [
    'a rule without a run in the period',
    [rule('late', { ScheduleExpression: 'cron(0 5 1 4 ? *)' })],
    undefined,
    {},
    [],
    ['rule `late` of plan `p`: its schedule has no run in the period'],
  ],
  [
    'a time zone that is not known',
    [rule('daily', { ScheduleExpressionTimezone: UNKNOWN })],
    undefined,
    {},
    [],
    [
      expect.stringMatching(
        /^rule `daily` of plan `p`: the time zone isn't known before deployment: /,
      ) as never,
    ],
  ],
  [
    'a schedule that is not known',
    [rule('daily', { ScheduleExpression: UNKNOWN })],
    undefined,
    {},
    [],
    [
      expect.stringMatching(
        /^rule `daily` of plan `p`: the schedule isn't known before deployment: /,
      ) as never,
    ],
  ],
  [
    'a retention that is not known, beside a rule that is',
    [rule('open', kept(UNKNOWN)), rule()],
    undefined,
    {},
    [daily],
    ["rule `open` of plan `p`: the retention isn't known before deployment"],
  ],
  [
    'a retention that is not known, of a continuous rule',
    [pitr('open', kept(UNKNOWN))],
    'S3::Bucket',
    {},
    [],
    ["rule `open` of plan `p`: the retention isn't known before deployment"],
  ],
  [
    'a rule whose jobs fail, beside one that works',
    [rule('short', kept(5)), rule()],
    undefined,
    { Vault: lockedVault('gold', { MinRetentionDays: 7 }) },
    [daily],
    ['rule `short` of plan `p`: every job fails (Backup-LockRange)'],
  ],
  [
    'a resource whose jobs all fail',
    [rule()],
    undefined,
    { X: resource('S3::Bucket') },
    [],
    ['rule `daily` of plan `p`: every job fails (Backup-BucketVersioning)'],
  ],
  [
    'a plan that is in no template',
    [rule()],
    undefined,
    { Selection: selection({ Resources: ['*'] }, 'plan-id') },
    [],
    ["plan `plan-id` is in no template, so its rules aren't known"],
  ],
  [
    'a plan that perhaps selects it, beside one that does',
    [rule()],
    undefined,
    {
      Other: plan('other'),
      Perhaps: selection({ Resources: [UNKNOWN], SelectionName: 'perhaps' }, { Ref: 'Other' }),
    },
    [daily],
    ["whether plan `other` selects it isn't known before deployment"],
  ],
  ['no plan', [rule()], undefined, { Selection: selection({ Resources: ['arn:aws:s3:::other'] }) }, [], []],
  [
    'a logically air-gapped vault, straight',
    [rule('daily', toGap)],
    'EFS::FileSystem',
    gap,
    ['backup daily→gap 35/∞/- ×59'],
    [],
  ],
  [
    'a logically air-gapped vault, through the standard vault',
    [rule('daily', toGap)],
    'EC2::Volume',
    gap,
    ['temporary daily→gold 0/∞/- ×59', 'backup daily→gap 35/∞/- ×59'],
    [],
  ],
  [
    'a logically air-gapped vault of a continuous rule',
    [pitr('pitr', toGap)],
    'S3::Bucket',
    gap,
    ['continuous pitr→gap ∞/∞/35 ×1'],
    [],
  ],
  [
    'a legal hold',
    [rule('daily', { CopyActions: [copyTo(FAR)] })],
    undefined,
    {
      Hold: resource('Backup::LegalHold', {
        Title: 'a',
        Description: 'b',
        RecoveryPointSelection: { VaultNames: ['gold'] },
      }),
    },
    [`${daily} held`, 'copy daily→far 35/∞/- ×59 of gold'],
    [],
  ],
  [
    'a stack that is backed up whole, without continuous backups',
    [pitr('pitr')],
    'S3::Bucket',
    { Selection: selection({ Resources: [{ Ref: 'AWS::StackId' }] }) },
    ['backup pitr→gold 35/∞/- ×59'],
    [],
  ],
])('%s', (_, rules, type, more, lineages, reasons) => {
  expect(points(rules, type, more)).toEqual({ lineages, reasons });
});

test('copies of continuous backups are not made of types without them', () => {
  const rules = [pitr('a', { CopyActions: [copyTo(FAR)] })];
  const types = [ResourceType.DYNAMODB.withCapabilities({ continuous: true, continuousCopy: false })];
  expect(points(rules, undefined, {}, types)).toEqual({
    lineages: ['continuous a→gold ∞/∞/35 ×1'],
    reasons: ["rule `a` of plan `p`: AWS Backup doesn't copy continuous backups of DynamoDB"],
  });
  expect(points([pitr('a')], undefined, {}, types).reasons).toEqual([]);
});

describe('state machines that copy what arrives in a vault', () => {
  const machine = (from: string, to: unknown, days?: number) =>
    resource('StepFunctions::StateMachine', {
      Definition: {
        States: {
          Copy: {
            Type: 'Task',
            Resource: 'arn:aws:states:::aws-sdk:backup:startCopyJob',
            Parameters: {
              SourceBackupVaultName: from,
              DestinationBackupVaultArn: to,
              ...(days !== undefined && { Lifecycle: { DeleteAfterDays: days } }),
            },
          },
        },
      },
    });
  const arn = (name: string) => `arn:aws:backup:us-east-1:111111111111:backup-vault:${name}`;

  test('copy on and on, but never back', () => {
    const more = {
      ...second,
      One: machine('gold', arn('second'), 50),
      Two: machine('second', arn('third'), 60),
      Back: machine('second', arn('gold')),
      Again: machine('third', arn('second')),
    };
    expect(points([rule()], undefined, more)).toEqual({
      lineages: [daily, 'copy daily→second 50/∞/- ×59 of gold', 'copy daily→third 60/∞/- ×59 of second'],
      reasons: [],
    });
  });

  test('several copy from one vault', () => {
    const more = {
      One: machine('gold', arn('a')),
      Two: machine('gold', arn('b'), 9),
      Other: machine('x', arn('c')),
    };
    expect(points([rule()], undefined, more).lineages).toEqual([
      daily,
      'copy daily→a 35/∞/- ×59 of gold',
      'copy daily→b 9/∞/- ×59 of gold',
    ]);
  });

  test('copy nothing of a continuous backup', () => {
    expect(points([pitr('a')], 'S3::Bucket', { One: machine('gold', arn('a')) }).lineages).toEqual([
      'continuous a→gold ∞/∞/35 ×1',
    ]);
  });
});

test('resources share their points if the same rules protect them in the same way', () => {
  const of = inventory({
    Parameters: { Unknown: { Type: 'String' } },
    Resources: {
      Vault: lockedVault('gold', { MinRetentionDays: 7 }),
      Plan: plan('p', rule(), rule('short', kept(5))),
      Selection: selection({
        ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'a', ConditionValue: 'b' }],
      }),
      Perhaps: selection({ Resources: [UNKNOWN], SelectionName: 'perhaps' }, { Ref: 'Other' }),
      Other: plan('other'),
      Hold: resource('Backup::LegalHold', {
        Title: 'a',
        Description: 'b',
        RecoveryPointSelection: { ResourceIdentifiers: [{ 'Fn::GetAtt': ['Held', 'Arn'] }] },
      }),
      A: resource('DynamoDB::Table', { Tags: tags({ a: 'b' }) }),
      B: resource('DynamoDB::Table', { Tags: tags({ a: 'b' }) }),
      Held: resource('DynamoDB::Table', { Tags: tags({ a: 'b' }) }),
      Disk: resource('EC2::Volume', { Tags: tags({ a: 'b' }) }),
      None: resource('DynamoDB::Table'),
    },
  });
  const { resources } = forecastOf(of, { period: PERIOD });
  const lineages = Object.fromEntries(
    resources.map(({ coverage, points: found }) => [coverage.resource.place.logicalId, found.lineages]),
  );
  expect(lineages.A).toBe(lineages.B);
  expect(lineages.A).not.toBe(lineages.Held);
  expect(lineages.A).not.toBe(lineages.Disk);
  expect(lineages.None).toEqual([]);
  expect([lineages.A, lineages.Held].map(([{ holds }]) => holds.length)).toEqual([0, 1]);
});
