import { costBasisOf, spansOf } from '../../../src/forecast/cost/cost-basis';
import { type CostBasis, MONTH_MS } from '../../../src/forecast/cost/cost-model';
import type { StackSource } from '../../../src/template/input/source';
import {
  backupReady,
  inventoryOfStacks,
  plan,
  resource,
  rule,
  selection,
  stack,
} from '../../support/backups';
import type { Json } from '../support/app-changes';
import { forecast } from '../support/forecast-template';

const PERIOD = ['2027-01-01', '2027-03-01'] as const;
const time = (date: string) => Date.parse(date);
const HERE = { account: '111111111111', region: 'us-east-1' };
const kept = (days: number) => rule('daily', { Lifecycle: { DeleteAfterDays: days } });
const Vault = resource('Backup::BackupVault', { BackupVaultName: 'gold' });
const Gap = resource('Backup::LogicallyAirGappedBackupVault', {
  BackupVaultName: 'gap',
  MinRetentionDays: 7,
  MaxRetentionDays: 400,
});

/** The basis of an app whose plan selects everything. */
function basis(resources: Json, rules: Json[] = [rule()], ...others: readonly StackSource[]): CostBasis {
  const all = { Vault, Plan: plan('p', ...rules), S: selection({ Resources: ['*'] }), ...resources };
  return costBasisOf(forecast(inventoryOfStacks(stack('App', all, HERE), ...others), ...PERIOD));
}

describe('the spans of an estimate', () => {
  const spans = (from: string, to: string) =>
    spansOf({ from: time(from), to: time(to) }).map((span) =>
      [span.from, span.to].map((at) => new Date(at).toISOString().slice(0, 16)),
    );

  test('are months, and at last the month before the end', () => {
    expect(spans('2027-01-15', '2027-03-10')).toEqual([
      ['2027-01-15T00:00', '2027-02-01T00:00'],
      ['2027-02-01T00:00', '2027-03-01T00:00'],
      ['2027-03-01T00:00', '2027-03-10T00:00'],
      ['2027-02-07T14:00', '2027-03-10T00:00'],
    ]);
    expect(MONTH_MS).toBe(730 * 3_600_000);
  });

  test('begin where the period begins', () => {
    expect(spans('2027-01-02', '2027-01-03')).toEqual([
      ['2027-01-02T00:00', '2027-01-03T00:00'],
      ['2027-01-02T00:00', '2027-01-03T00:00'],
    ]);
  });
});

describe('the resources of an estimate', () => {
  test('are those with recovery points, whose type has a price item', () => {
    const { resources, groups, leftOut } = basis({
      Volume: backupReady(
        'EC2::Volume',
        { Size: 50 },
        { Metadata: { 'aws:cdk:path': 'App/Volume/Resource' } },
      ),
      Open: resource('RDS::DBCluster', { Engine: { Ref: 'AWS::NotificationARNs' } }),
      Bucket: resource('S3::Bucket'), // without versioning, its jobs fail
    });
    expect(resources).toEqual([
      { id: 'App/Volume', path: 'App/Volume/Resource', resourceType: 'EBS', sizeGiB: 50 },
    ]);
    expect(groups.map(({ resourceType, resources: indexes }) => [resourceType, indexes])).toEqual([
      ['EBS', [0]],
    ]);
    expect(leftOut).toEqual([
      "`App/Open`, whose type in AWS Backup isn't known before deployment",
      'restores, searches and indexes, and AWS Backup access points',
      'what exists before the first day, taxes and discounts',
    ]);
  });

  test('are none without recovery points, and then nothing is assumed', () => {
    expect(basis({})).toMatchObject({
      resources: [],
      groups: [],
      vaults: [],
      meters: [],
      leftOut: [],
      assumptions: [],
    });
  });

  test('are in one group if the same is stored and billed for them', () => {
    const aurora = (BackupRetentionPeriod: unknown) =>
      resource('RDS::DBCluster', { Engine: 'aurora-mysql', BackupRetentionPeriod });
    const groups = (resources: Json, rules?: Json[]) =>
      basis(resources, rules).groups.map((group) => [group.chains[0].item, group.resources.length]);
    const [windows, ontap] = [
      resource('FSx::FileSystem', { FileSystemType: 'WINDOWS' }),
      resource('FSx::Volume', { VolumeType: 'ONTAP' }),
    ];
    expect(groups({ A: resource('EC2::Volume'), B: resource('EC2::Volume'), C: windows, D: ontap })).toEqual([
      ['EBS', 2],
      ['FSx', 1],
      ['FSx ONTAP', 1],
    ]);
    expect(groups({ A: aurora(7), B: aurora(7), C: aurora(14) })).toEqual([
      ['Aurora', 2],
      ['Aurora', 1],
    ]);
    // the default is a day, AWS Backup reaches back as far as its rule, and no database further than 35 days
    expect(groups({ A: aurora(undefined), B: aurora(1) })).toEqual([['Aurora', 2]]);
    const continuous = [rule('pitr', { EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 14 } })];
    expect(groups({ A: aurora(7), B: aurora(14), C: aurora(15) }, continuous)).toEqual([
      ['Aurora', 2],
      ['Aurora', 1],
    ]);
    expect(groups({ A: aurora(35), B: aurora(36) })).toEqual([['Aurora', 2]]);
  });
});

test('the vaults of an estimate are those that recovery points go to, each once', () => {
  const arn = (name: string, region: string) => `arn:aws:backup:${region}:222222222222:backup-vault:${name}`;
  const CopyActions = ['far', 'farther', 'far'].map((name) => ({
    DestinationBackupVaultArn: arn(name, 'eu-west-1'),
  }));
  const here = { account: '111111111111', region: 'us-east-1', airGapped: false };
  expect(
    basis({ A: resource('EFS::FileSystem'), Gap }, [
      rule('daily', { CopyActions: CopyActions.slice(0, 2) }),
      rule('weekly', {
        ScheduleExpression: 'cron(0 9 ? * SUN *)',
        CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } }],
      }),
    ]).vaults,
  ).toEqual([
    { name: 'gold', ...here },
    { name: 'far', account: '222222222222', region: 'eu-west-1', airGapped: false },
    { name: 'farther', account: '222222222222', region: 'eu-west-1', airGapped: false },
    { name: 'gap', ...here, airGapped: true },
  ]);
});

describe('a tiering configuration', () => {
  const tiering = (BackupVaultName: unknown, ...days: [string, unknown][]) =>
    resource('Backup::TieringConfiguration', {
      TieringConfigurationName: 'tiering',
      BackupVaultName,
      ResourceSelection: days.map(([ResourceType, TieringDownSettingsInDays]) => ({
        ResourceType,
        Resources: ['*'],
        TieringDownSettingsInDays,
      })),
    });
  const bucket = { Files: backupReady('S3::Bucket') };
  const days = (resources: Json, ...others: readonly StackSource[]) =>
    basis({ ...bucket, ...resources }, [kept(365)], ...others).groups[0].chains[0].tierAfterDays;
  const OPEN = { Ref: 'AWS::NotificationARNs' };

  test.each<[string, Json, number | undefined]>([
    ['of the vault by name moves its data', { T: tiering('gold', ['S3', 60]) }, 60],
    ['of the vault by reference moves its data', { T: tiering({ Ref: 'Vault' }, ['S3', 60]) }, 60],
    ['of every vault moves its data', { T: tiering('*', ['S3', 60]) }, 60],
    ['of another vault does not', { T: tiering('silver', ['S3', 60]) }, undefined],
    [
      'of another vault of the app does not',
      { Other: resource('Backup::BackupVault'), T: tiering({ Ref: 'Other' }, ['S3', 60]) },
      undefined,
    ],
    ['of another type does not', { T: tiering('gold', ['EBS', 60]) }, undefined],
    ['whose days are not known does not', { T: tiering('gold', ['S3', OPEN]) }, undefined],
    [
      'has the shortest time of several selections',
      { T: tiering('gold', ['S3', 90], ['S3', 60], ['EBS', 1], ['S3', OPEN]) },
      60,
    ],
    [
      'of the vault wins over one of every vault',
      { A: tiering('*', ['S3', 60]), B: tiering('gold', ['S3', 90]) },
      90,
    ],
    [
      'of the vault wins in whichever order',
      { A: tiering('gold', ['S3', 90]), B: tiering('*', ['S3', 60]) },
      90,
    ],
    [
      'of the vault without S3 leaves that of every vault',
      { A: tiering('*', ['S3', 60]), B: tiering('gold', ['EBS', 90]) },
      60,
    ],
  ])('%s', (_, resources, expected) => {
    expect(days(resources)).toBe(expected);
  });

  test('of a vault outside of the app moves its data, by its name', () => {
    const rules = [rule('d', { TargetBackupVault: 'elsewhere', Lifecycle: { DeleteAfterDays: 365 } })];
    const moved = (name: string) =>
      basis({ ...bucket, T: tiering(name, ['S3', 60]) }, rules).groups[0].chains[0].tierAfterDays;
    expect([moved('elsewhere'), moved('other')]).toEqual([60, undefined]);
  });

  test.each([
    ['account', { ...HERE, account: '222222222222' }],
    ['Region', { ...HERE, region: 'eu-west-1' }],
  ])('of another %s moves nothing', (_, place) => {
    expect(
      days({}, stack('Other', { T: tiering('gold', ['S3', 60]), U: tiering('*', ['S3', 60]) }, place)),
    ).toBeUndefined();
    expect(days({}, stack('Other', { T: tiering('*', ['S3', 60]) }, HERE))).toBe(60);
  });
});

test('the estimate says what its chains assume and leave out', () => {
  const said = ({ assumptions, leftOut }: CostBasis) => [
    ...assumptions.slice(0, -1),
    ...leftOut.slice(0, -2),
  ];
  const volume = { A: resource('EC2::Volume') };
  const INCREMENTAL =
    'the first backup is full, and later ones store what changed; those kept less than 7 days in warm storage are full';
  const GAPPED =
    'storage in logically air-gapped vaults costs 1.15 times as much as in standard vaults, by two known prices';
  expect(said(basis(volume))).toEqual([INCREMENTAL]);
  expect(said(basis(volume, [kept(6)]))).toEqual([]);
  const primary = [
    rule('d', { TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } }),
  ];
  expect(said(basis({ ...volume, Gap }, primary))).toEqual([
    INCREMENTAL,
    GAPPED,
    'temporary recovery points in standard vaults, until they are in the logically air-gapped vault',
  ]);
  expect(said(basis({ A: resource('EFS::FileSystem'), Gap }, primary))).toEqual([INCREMENTAL, GAPPED]);
  const copied = [
    rule('d', { CopyActions: [{ DestinationBackupVaultArn: { Ref: 'AWS::NotificationARNs' } }] }),
  ];
  expect(said(basis(volume, copied))).toEqual([
    INCREMENTAL,
    'stacks without a Region, and vaults whose Region is not known, have the prices of us-east-1',
  ]);
  const Tiering = resource('Backup::TieringConfiguration', {
    BackupVaultName: 'gold',
    ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: 60 }],
  });
  expect(said(basis({ A: backupReady('S3::Bucket'), Tiering }, [kept(365)]))).toEqual([
    INCREMENTAL,
    'S3: objects move to the low-cost warm tier at the age that the tiering configuration sets',
    'requests and events that backups of S3 cause in the bucket',
  ]);
  // a copy of RDS isn't free of charge
  const elsewhere = 'arn:aws:backup:us-east-1:111111111111:backup-vault:other';
  const database = { A: resource('RDS::DBInstance', { Engine: 'mysql' }) };
  expect(
    said(basis(database, [rule('d', { CopyActions: [{ DestinationBackupVaultArn: elsewhere }] })])),
  ).toEqual([INCREMENTAL, 'RDS: as much storage as the database has is free of charge in its Region']);
});

test('alternatives are those of the last month, for each group', () => {
  const { alternatives } = basis({ A: resource('EFS::FileSystem'), B: resource('EC2::Volume') }, [kept(365)]);
  expect(
    alternatives.map(({ group, plan: name, rule: of, change, before, after }) => [
      group,
      name,
      of,
      change,
      before.length,
      after.length,
    ]),
  ).toEqual([
    [0, 'p', 'daily', 'after 31 days, keep one backup of EBS a week', 1, 1],
    [1, 'p', 'daily', 'move backups of EFS to cold storage after 30 days', 1, 1],
    [1, 'p', 'daily', 'after 31 days, keep one backup of EFS a week', 1, 1],
  ]);
  for (const { before, after } of alternatives)
    for (const { averages } of [...before, ...after]) expect(averages).toHaveLength(1);
});
