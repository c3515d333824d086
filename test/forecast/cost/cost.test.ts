import type { CostSizes } from '../../../src/forecast/cost/cost-model';
import { type CostEstimate, costOf } from '../../../src/forecast/cost/cost-of';
import { DEFAULT_PRICES, type Prices } from '../../../src/forecast/cost/prices';
import { type CostOutlook, costOutlook } from '../../../src/forecast/outlook/cost-outlook';
import { forecastOf } from '../../../src/forecast/outlook/forecast';
import {
  backupReady,
  inventoryOfStacks,
  plan,
  resource,
  rule,
  selection,
  stack,
} from '../../support/backups';

const YEARS = { from: Date.parse('2027-01-01'), to: Date.parse('2029-01-01') };
const DAYS = (deleteAfter: number, coldAfter?: number) => ({
  Lifecycle: { DeleteAfterDays: deleteAfter, ...(coldAfter && { MoveToColdStorageAfterDays: coldAfter }) },
});
const GOLD = { Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }) };

interface Case {
  readonly rules?: readonly object[];
  readonly more?: object;
  readonly sizes?: Partial<CostSizes>;
  readonly prices?: Prices;
  readonly region?: string;
}

/** The estimate of one resource, over two years. */
function outlook(type: string, properties: object, given: Case = {}): CostOutlook {
  const { rules = [rule()], more = {}, sizes, prices = DEFAULT_PRICES, region = 'us-east-1' } = given;
  const resources = {
    ...GOLD,
    Plan: plan('shop', ...(rules as Record<string, unknown>[])),
    Selection: selection({ Resources: ['*'] }),
    Data: backupReady(type, properties as Record<string, unknown>),
    ...more,
  };
  const inventory = inventoryOfStacks(stack('Shop', resources, { region, account: '111111111111' }));
  return costOutlook(forecastOf(inventory, { period: YEARS }), {
    sizes: { types: {}, resources: {}, incrementalDynamoDb: [], ...sizes },
    prices,
  });
}

const estimate = (...args: Parameters<typeof outlook>): CostEstimate => outlook(...args).estimate;
/** 100 GiB of which 1 % changes in a day. */
const sized = (type: string, size: object = {}) => ({
  types: { [type]: { sizeGiB: 100, changePerDay: 0.01, ...size } },
});
const gib = ({ timeline }: CostEstimate) => timeline[timeline.length - 1].storageGiB;
const EVERY_MONTH = { ScheduleExpression: 'cron(0 5 1 * ? *)' };
const WEEKLY = { ScheduleExpression: 'cron(0 5 ? * SUN *)' };
const CONTINUOUS = { EnableContinuousBackup: true, ...DAYS(14) };

test.each<[string, string, object, object, Case, number, number]>([
  ['DynamoDB is full each time', 'DynamoDB', {}, {}, {}, 35 * 100, 350],
  [
    'DynamoDB is incremental where its Region has that turned on',
    'DynamoDB',
    {},
    {},
    { sizes: { incrementalDynamoDb: ['us-east-1'] } },
    134,
    13.4,
  ],
  ['EBS stores what changed', 'EBS', {}, {}, {}, 134, 6.7],
  ['EBS that is kept for less than a week is full', 'EBS', {}, {}, { rules: [rule('a', DAYS(3))] }, 300, 15],
  [
    'no backup stores more than all data',
    'EBS',
    {},
    { changePerDay: 0.2 },
    { rules: [rule('a', { ...WEEKLY, ...DAYS(35) })] },
    500,
    25,
  ],
  [
    'EFS stays incremental in cold storage',
    'EFS',
    {},
    {},
    { rules: [rule('a', DAYS(365, 30))] },
    129 + 335,
    6.45 + 3.35,
  ],
  [
    'DynamoDB is full in cold storage too',
    'DynamoDB',
    {},
    {},
    { rules: [rule('a', DAYS(365, 30))], sizes: { incrementalDynamoDb: ['us-east-1'] } },
    129 + 33_500,
    12.9 + 1005,
  ],
  [
    'EBS is full in the archive',
    'EBS',
    {},
    {},
    {
      rules: [
        rule('a', {
          ...EVERY_MONTH,
          Lifecycle: {
            DeleteAfterDays: 365,
            MoveToColdStorageAfterDays: 1,
            OptInToArchiveForSupportedResources: true,
          },
        }),
      ],
    },
    1100,
    15,
  ],
  ['RDS has as much free of charge as its database', 'RDS', {}, {}, {}, 34, 3.23],
  [
    'a continuous backup of RDS stores the changes of its window',
    'RDS',
    {},
    {},
    { rules: [rule('a', CONTINUOUS)] },
    14,
    1.33,
  ],
  [
    'a continuous backup of S3 stores all data and the changes',
    'S3',
    {},
    {},
    { rules: [rule('a', CONTINUOUS)] },
    114,
    5.7,
  ],
  [
    'Aurora snapshots within the automated retention are free of charge',
    'Aurora',
    { Engine: 'aurora-postgresql', BackupRetentionPeriod: 7 },
    {},
    {},
    28 * 100,
    58.8,
  ],
  [
    'objects of S3 below 128 KB cost as much as of 128 KB',
    'S3',
    {},
    { objects: 8_192_000, changePerDay: 0 },
    {},
    1000,
    50,
  ],
])('%s', (_, type, properties, size, given, storage, perMonth) => {
  const sizes = { ...sized(type, size), ...given.sizes };
  const cost = estimate(CLOUDFORMATION[type], properties, { ...given, sizes });
  expect(gib(cost)).toBeCloseTo(storage, 0);
  expect((cost.perMonth as number) / perMonth).toBeCloseTo(1, 1);
  expect(cost.byVault).toMatchObject([
    { name: 'gold', byType: [{ resourceType: type, perMonth: cost.perMonth }] },
  ]);
});

const CLOUDFORMATION: Readonly<Record<string, string>> = {
  Aurora: 'RDS::DBCluster',
  DynamoDB: 'DynamoDB::Table',
  EBS: 'EC2::Volume',
  EFS: 'EFS::FileSystem',
  RDS: 'RDS::DBInstance',
  S3: 'S3::Bucket',
};

test('the total is the sum of the timeline, of the vaults, and of what is billed', () => {
  const copies = { CopyActions: [{ DestinationBackupVaultArn: FAR, ...DAYS(90) }] };
  const given = { rules: [rule('daily', copies), rule('monthly', { ...EVERY_MONTH, ...DAYS(400, 30) })] };
  const cost = estimate('EFS::FileSystem', {}, { ...given, sizes: sized('EFS') });
  const total = cost.total as number;
  const add = (amounts: readonly (number | null)[]) =>
    amounts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  expect(total).toBeGreaterThan(0);
  expect(add(cost.timeline.map((entry) => entry.cost))).toBeCloseTo(total, 6);
  expect(add(cost.byMeter.map((line) => line.total))).toBeCloseTo(total, 6);
  const transfer = cost.byMeter.find(({ item }) => item === 'transfer')?.total as number;
  expect(add(cost.byVault.map((vault) => vault.total)) + transfer).toBeCloseTo(total, 6);
  for (const { byType, total: all } of cost.byVault)
    expect(add(byType.flatMap(({ timeline }) => timeline.map((entry) => entry.cost)))).toBeCloseTo(
      all as number,
      6,
    );
});

const FAR = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far';

test.each([
  ['EFS', 'account 111111111111', 'the account that the data leaves, for fully managed types'],
  ['EBS', 'account 222222222222', 'the account of the destination, for other types'],
])('copies of %s to another Region are paid by %s: %s', (type, payer) => {
  const rules = [rule('daily', { CopyActions: [{ DestinationBackupVaultArn: FAR }] })];
  const { byMeter } = estimate(CLOUDFORMATION[type], {}, { rules, sizes: sized(type) });
  const transfer = byMeter.find(({ item }) => item === 'transfer');
  // the first copy is full, then each day the changes
  expect(transfer).toMatchObject({
    what: `copies of ${type} from us-east-1 to eu-west-1, paid by ${payer}`,
    quantity: expect.closeTo(100 + 730, 6),
    total: expect.closeTo(16.6, 6),
  });
});

test('storage in a logically air-gapped vault costs 1.15 times as much', () => {
  const more = {
    Gap: resource('Backup::LogicallyAirGappedBackupVault', {
      BackupVaultName: 'gap',
      MinRetentionDays: 7,
      MaxRetentionDays: 90,
    }),
  };
  const copy = { CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } }] };
  const { byVault, byMeter } = estimate(
    'EFS::FileSystem',
    {},
    { rules: [rule('daily', copy)], more, sizes: sized('EFS') },
  );
  const [standard, gap] = byVault.map(({ perMonth }) => perMonth as number);
  expect(gap / standard).toBeCloseTo(1.15, 6);
  expect(byMeter.map(({ what }) => what)).toContain('backups of EFS in logically air-gapped vaults');
});

test('a tiering configuration moves old data of S3, and objects as they age', () => {
  const more = {
    Tiering: resource('Backup::TieringConfiguration', {
      TieringConfigurationName: 'tiering',
      BackupVaultName: 'gold',
      ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: 60 }],
    }),
  };
  const given = { rules: [rule('daily', DAYS(365))], sizes: sized('S3', { objects: 100_000 }) };
  const tiered = estimate('S3::Bucket', {}, { ...given, more });
  expect(gib(tiered)).toBe(gib(estimate('S3::Bucket', {}, given)));
  const line = (item: string) => tiered.byMeter.find((one) => one.item === item);
  // of 464 GiB at the end, the 60 of the last 60 days are in the standard tier
  expect(tiered.perMonth).toBeCloseTo(60 * 0.05 + 404 * 0.035 + 0.01 * 100 * 0.01 * 30.42, 1);
  // all objects once, and 1 % of them on each of the 670 days after that
  expect(line('S3.move')).toMatchObject({ quantity: expect.closeTo(100 + 671, -1) });
});

test('restore tests, audits, scans, keys and alarms are counted, and priced where a price is known', () => {
  const more = {
    Key: resource('KMS::Key', { KeyPolicy: { Statement: [] } }),
    Locked: resource('Backup::BackupVault', {
      BackupVaultName: 'locked',
      EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
    }),
    Alarm: resource('CloudWatch::Alarm', {
      Namespace: 'AWS/Backup',
      MetricName: 'NumberOfBackupJobsFailed',
      Threshold: 1,
    }),
    Framework: resource('Backup::Framework', {
      FrameworkControls: [
        { ControlName: 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN' },
        { ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' },
      ],
    }),
    Testing: resource('Backup::RestoreTestingPlan', {
      RestoreTestingPlanName: 'weekly',
      ScheduleExpression: 'cron(0 12 ? * SUN *)',
      RecoveryPointSelection: {
        Algorithm: 'LATEST_WITHIN_WINDOW',
        IncludeVaults: ['*'],
        RecoveryPointTypes: ['SNAPSHOT'],
      },
    }),
    Tested: resource('Backup::RestoreTestingSelection', {
      RestoreTestingPlanName: { Ref: 'Testing' },
      RestoreTestingSelectionName: 'volumes',
      ProtectedResourceType: 'EBS',
      IamRoleArn: 'arn:aws:iam::111111111111:role/restore',
      ProtectedResourceArns: ['*'],
    }),
  };
  const scanned = {
    Plan: resource('Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanName: 'shop',
        BackupPlanRule: [
          rule('daily', { ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'INCREMENTAL_SCAN' }] }),
        ],
        ScanSettings: [
          {
            MalwareScanner: 'GUARDDUTY',
            ResourceTypes: ['EBS'],
            ScannerRoleArn: 'arn:aws:iam::111111111111:role/scanner',
          },
        ],
      },
    }),
  };
  const { byMeter, leftOut } = estimate(
    'EC2::Volume',
    {},
    { more: { ...more, ...scanned }, sizes: sized('EBS') },
  );
  const quantities = Object.fromEntries(
    byMeter.map(({ item, quantity, total }) => [item, [quantity, total]]),
  );
  const days = 731;
  expect(quantities).toMatchObject({
    restoreTest: [105, 157.5],
    auditEvaluation: [days * 2, expect.closeTo(days * 2 * 0.00125, 6)],
    configItem: [days, expect.closeTo(days * 0.003, 6)],
    malwareScan: [expect.closeTo(days, 0), null],
    kmsKey: [expect.closeTo(24.03, 1), null],
    alarm: [expect.closeTo(24.03, 1), null],
  });
  expect(leftOut).toEqual(
    expect.arrayContaining([
      'KMS keys of vaults in us-east-1: there is no price of `kmsKey`; set one in the prices',
      'malware scans of EBS in us-east-1: there is no price of `malwareScan`; set one in the prices',
    ]),
  );
});

test('backups that expire before 90 days in cold storage are charged for the rest', () => {
  const sizes = { types: { DynamoDB: { sizeGiB: 100 } }, resources: {}, incrementalDynamoDb: [] };
  const { basis } = outlook('DynamoDB::Table', {}, { rules: [rule('a', DAYS(150, 60))] });
  const [chain] = basis.groups[0].chains;
  // AWS refuses a plan with less than 90 days; a user may delete backups
  expect(chain.layers[0].unusedColdDays).toBe(0);
  const early = { ...chain, layers: [{ ...chain.layers[0], unusedColdDays: 45 }] };
  const deleted = costOf(
    { ...basis, groups: [{ ...basis.groups[0], chains: [early] }] },
    sizes,
    DEFAULT_PRICES,
  );
  const line = deleted.byMeter.find(({ what }) => what.includes('deleted'));
  // 581 of the 731 backups expire in the two years
  expect(line).toMatchObject({
    what: 'backups of DynamoDB deleted before 90 days in cold storage',
    quantity: expect.closeTo((581 * 100 * 45) / (730 / 24), 3),
  });
});

test('volumes have the size of the template, unless the sizes say otherwise', () => {
  const own = estimate('EC2::Volume', { Size: 50 }, { sizes: { changePerDay: 0.01 } });
  expect(gib(own)).toBeCloseTo(67, 6);
  expect(own.assumptions).toContain('EBS: the sizes in the templates');
  const given = { sizes: { changePerDay: 0.01, resources: { 'Shop/Data': { sizeGiB: 100 } } } };
  expect(gib(estimate('EC2::Volume', { Size: 50 }, given))).toBeCloseTo(134, 6);
});

test('without sizes nothing is estimated, and the estimate says what is missing', () => {
  const cost = estimate('DynamoDB::Table', {});
  expect(cost).toMatchObject({ total: null, perMonth: null });
  expect(cost.timeline.every((entry) => entry.storageGiB === null && entry.cost === null)).toBe(true);
  expect(cost.byVault).toMatchObject([
    { total: null, perMonth: null, byType: [{ total: null, perMonth: null }] },
  ]);
  const [{ byType }] = cost.byVault;
  expect(byType[0].timeline).toEqual(Array(25).fill({ storageGiB: null, cost: null }));
  expect(cost.leftOut).toContain(
    'backups of DynamoDB whose size is not known: set `types/DynamoDB/sizeGiB` in the sizes',
  );
});

const own = (prices: Prices['own'], currency = 'USD'): Prices => ({
  currency,
  asOf: '2027-01-01',
  own: prices,
});

test.each<[string, string, Prices | undefined, number | null, string]>([
  ['China', 'cn-north-1', undefined, null, 'backups of EBS in cn-north-1: there is no price of `EBS`'],
  [
    'GovCloud',
    'us-gov-west-1',
    undefined,
    null,
    'backups of EBS in us-gov-west-1: there is no price of `EBS`',
  ],
  [
    'China with a price of yours',
    'cn-north-1',
    own({ 'cn-north-1': { EBS: 1 } }),
    134,
    'your prices of 2027-01-01, otherwise',
  ],
  [
    'another currency',
    'us-east-1',
    own({ '*': { EBS: 2 } }, 'EUR'),
    268,
    'your prices of 2027-01-01 in EUR alone',
  ],
  [
    'another currency without a price',
    'us-east-1',
    own({ '*': { S3: 2 } }, 'EUR'),
    null,
    'there is no price of `EBS`',
  ],
  [
    'a price that you take away',
    'us-east-1',
    own({ 'us-east-1': { EBS: null } }),
    null,
    'there is no price of `EBS`',
  ],
  ['Frankfurt', 'eu-central-1', undefined, 134 * 0.054, 'prices of 2026-11-28, from public sources'],
  [
    'a Region without a public price',
    'eu-north-1',
    undefined,
    6.7,
    '`EBS` in eu-north-1: the price of us-east-1',
  ],
])('%s has %s with its own prices', (_, region, prices, perMonth, text) => {
  const cost = estimate('EC2::Volume', {}, { region, prices, sizes: sized('EBS') });
  if (perMonth === null) expect(cost.perMonth).toBeNull();
  else expect(cost.perMonth).toBeCloseTo(perMonth, 6);
  expect([...cost.assumptions, ...cost.leftOut].join('\n')).toContain(text);
});

test('what would save money is told only where it is certain', () => {
  const rules = [rule('daily', DAYS(365))];
  const changes = (type: string, given: Case) =>
    outlook(CLOUDFORMATION[type], {}, { rules, ...given }).savings.map(({ change, perMonth }) => [
      change,
      Math.round(perMonth),
    ]);
  expect(changes('DynamoDB', { sizes: sized('DynamoDB') })).toEqual([
    ['after 31 days, keep one backup of DynamoDB a week', expect.closeTo(2863, -2)],
    ['move backups of DynamoDB to cold storage after 30 days', Math.round(335 * 100 * 0.07)],
  ]);
  expect(changes('EFS', { sizes: sized('EFS') })).toEqual([
    ['move backups of EFS to cold storage after 30 days', Math.round(335 * 0.04)],
  ]);
  // the change rate is a guess
  expect(changes('EFS', { sizes: { types: { EFS: { sizeGiB: 100 } } } })).toEqual([]);
  expect(changes('DynamoDB', {})).toEqual([]);
  // but doesn't matter where each backup is full
  const unrated = { types: { DynamoDB: { sizeGiB: 100 } } };
  expect(changes('DynamoDB', { sizes: unrated })).toEqual(changes('DynamoDB', { sizes: sized('DynamoDB') }));
  const incremental = (...incrementalDynamoDb: string[]) =>
    changes('DynamoDB', { sizes: { ...unrated, incrementalDynamoDb } }).length;
  expect([incremental('us-east-1'), incremental('eu-west-1')]).toEqual([0, 2]);
  const archive = [rule('monthly', { ...EVERY_MONTH, ...DAYS(365) })];
  expect(changes('EBS', { rules: archive, sizes: sized('EBS', { changePerDay: 0.5 }) })).toEqual([
    ['archive backups of EBS after 30 days', expect.closeTo(41, 0)],
  ]);
});

const INCREMENTAL =
  'the first backup is full, and later ones store what changed; those kept less than 7 days in warm storage are full';

test.each<[string, string, object, readonly string[], readonly string[]]>([
  ['EBS', 'EC2::Volume', {}, [INCREMENTAL], []],
  [
    'DynamoDB',
    'DynamoDB::Table',
    {},
    ['each backup of DynamoDB is full, except in Regions that the sizes list in `incrementalDynamoDb`'],
    [],
  ],
  [
    'RDS',
    'RDS::DBInstance',
    {},
    [INCREMENTAL, 'RDS: as much storage as the database has is free of charge in its Region'],
    [],
  ],
  [
    'Aurora',
    'RDS::DBCluster',
    { Engine: 'aurora-mysql' },
    [
      'Aurora: snapshots within the automated retention of the cluster are free of charge in its Region, and so is as much continuous backup as the cluster has data',
    ],
    [],
  ],
  ['S3', 'S3::Bucket', {}, [INCREMENTAL], ['requests and events that backups of S3 cause in the bucket']],
  [
    'FSx',
    'FSx::Volume',
    { VolumeType: 'ONTAP' },
    [INCREMENTAL],
    ['backups of FSx in us-east-1: there is no price of `FSx ONTAP`; set one in the prices'],
  ],
])('an estimate of %s says what it assumes and leaves out, and nothing of other types', (...given) => {
  const [type, resourceType, properties, assumptions, leftOut] = given;
  const cost = estimate(resourceType, properties, { sizes: sized(type) });
  expect(cost.assumptions).toEqual([
    expect.stringMatching(/^prices of \d{4}-\d\d-\d\d, from public sources, without taxes and discounts$/),
    ...assumptions,
    'sizes do not grow, and a month has 730 hours',
  ]);
  expect(cost.leftOut).toEqual([
    ...leftOut,
    'restores, searches and indexes, and AWS Backup access points',
    'what exists before the first day, taxes and discounts',
  ]);
});

test('audits count the recovery points, vaults and plans of their own account and Region', () => {
  const Framework = resource('Backup::Framework', {
    FrameworkControls: [
      { ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' },
      { ControlName: 'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED' },
      { ControlName: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK' },
    ],
  });
  const shop = {
    ...GOLD,
    Plan: plan('shop', rule('daily', { CopyActions: [{ DestinationBackupVaultArn: FAR, ...DAYS(90) }] })),
    Selection: selection({ Resources: ['*'] }),
    Data: backupReady('EFS::FileSystem', {}),
  };
  const evaluations = (region: string, account = '111111111111') => {
    const inventory = inventoryOfStacks(
      stack('Shop', shop, { region: 'us-east-1', account: '111111111111' }),
      stack('Audit', { Framework }, { region, account }),
    );
    const sizes = { resources: {}, incrementalDynamoDb: [], ...sized('EFS') };
    const options = { sizes, prices: DEFAULT_PRICES };
    const { estimate } = costOutlook(forecastOf(inventory, { period: YEARS }), options);
    return estimate.byMeter.find(({ item }) => item === 'auditEvaluation')?.quantity ?? 0;
  };
  const days = 731;
  expect(evaluations('us-east-1')).toBe(3 * days); // a point, a vault and a plan each day
  expect(evaluations('eu-west-1', '222222222222')).toBe(days); // the copies alone
  expect(evaluations('us-east-1', '222222222222')).toBe(0);
  expect(evaluations('eu-west-1')).toBe(0);
});
