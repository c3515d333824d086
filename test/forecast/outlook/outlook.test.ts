import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { CostInputProblem } from '../../../src/forecast/cost/cost-input';
import { costInputs, type EstimateOptions } from '../../../src/forecast/outlook/backup-size';
import { costJson } from '../../../src/forecast/outlook/cost-json';
import { type CostOutlook, resourceNames } from '../../../src/forecast/outlook/cost-outlook';
import { forecastJson } from '../../../src/forecast/outlook/forecast-json';
import { forecastPlansAlone } from '../../../src/forecast/outlook/plans-alone';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { backupReady, plan, resource, rule, selection } from '../../support/backups';
import { inventory, inventoryOfResources } from '../../support/templates';
import { forecast } from '../support/forecast-template';

const YEAR = ['2027-01-01', '2028-01-01'] as const;
const everything = selection({ Resources: ['*'] });

describe('the JSON of a forecast', () => {
  const of = (Resources: object, at?: number) =>
    JSON.parse(
      JSON.stringify(forecastJson(forecast(inventoryOfResources(Resources), ...YEAR), undefined, at)),
    );
  const gold = {
    Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
    Plan: plan('p', rule('daily')),
    All: everything,
    Orders: resource('DynamoDB::Table', {}, { Metadata: { 'aws:cdk:path': 'App/Orders/Resource' } }),
  };
  const counts = { created: 365, alive: 35, warm: 35, cold: 0, expired: 330 };
  const none = { created: 0, alive: 0, warm: 0, cold: 0, expired: 0 };

  test('has the period, the rules, the resources, the vaults and the timeline', () => {
    const { cost, timeline, ...json } = of(gold);
    expect(json).toEqual({
      from: '2027-01-01T00:00:00.000Z',
      to: '2028-01-01T00:00:00.000Z',
      rules: [
        {
          stack: 'App',
          plan: 'p',
          rule: 'daily',
          runs: 365,
          skipped: 0,
          firstRun: '2027-01-01T05:00:00.000Z',
          lastRun: '2027-12-31T05:00:00.000Z',
          longestGapMinutes: 1440,
        },
      ],
      resources: [
        {
          stack: 'App',
          logicalId: 'Orders',
          constructPath: 'App/Orders/Resource',
          resourceType: 'DynamoDB',
          protected: true,
          rpoMinutes: 1440,
          worstCaseMinutes: 1500,
          continuousRpoMinutes: null,
          recoveryPoints: counts,
          copies: none,
          oldestAlive: '2027-11-27T05:00:00.000Z',
          newestAlive: '2027-12-31T05:00:00.000Z',
          survives: expect.objectContaining({ region: expect.objectContaining({ status: 'lost' }) }),
          killingSets: [['Region us-east-1'], ['account 111111111111'], ['management account']],
          reasons: [],
        },
      ],
      vaults: [{ vault: 'gold', account: '111111111111', region: 'us-east-1', recoveryPoints: counts }],
    });
    expect(timeline).toHaveLength(13);
    expect(timeline.slice(0, 2)).toEqual([
      { date: '2027-01-01', alive: 0, warm: 0, cold: 0, storageGiB: null, monthlyCost: null },
      { date: '2027-02-01', alive: 31, warm: 31, cold: 0, storageGiB: null, monthlyCost: null },
    ]);
    expect(cost).toMatchObject({ currency: 'USD', total: null, perMonth: null });
  });

  test('has null for what is not known', () => {
    const { rules, resources, vaults } = of({
      Plan: plan('p', { TargetBackupVault: 'gold', ScheduleExpression: { Ref: 'AWS::NotificationARNs' } }),
      All: everything,
      Database: resource('RDS::DBCluster', { Engine: { Ref: 'AWS::NotificationARNs' } }),
    });
    expect(rules).toEqual([
      {
        stack: 'App',
        plan: 'p',
        rule: 'rule 1',
        runs: null,
        skipped: null,
        firstRun: null,
        lastRun: null,
        longestGapMinutes: null,
        reason: expect.stringMatching(/^the schedule isn't known before deployment: /),
      },
    ]);
    expect(resources).toMatchObject([
      {
        resourceType: null,
        protected: false, // the rule has no name, which CloudFormation refuses
        rpoMinutes: null,
        worstCaseMinutes: null,
        oldestAlive: null,
        newestAlive: null,
        recoveryPoints: none,
      },
    ]);
    expect(vaults).toEqual([]);
  });

  test('counts the resources that share their points, and points on the way to a logically air-gapped vault', () => {
    const Gap = resource('Backup::LogicallyAirGappedBackupVault', {
      BackupVaultName: 'gap',
      MinRetentionDays: 7,
      MaxRetentionDays: 90,
    });
    const { vaults, timeline } = of({
      ...gold,
      Gap,
      Plan: plan(
        'p',
        rule('daily', {
          TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] },
        }),
      ),
      Orders: resource('EC2::Volume'),
      Carts: resource('EC2::Volume'),
    });
    const place = { account: '111111111111', region: 'us-east-1' };
    const twice = { created: 730, alive: 70, warm: 70, cold: 0, expired: 660 };
    expect(vaults).toEqual([
      { vault: 'gold', ...place, recoveryPoints: none, temporary: 730 },
      { vault: 'gap', ...place, recoveryPoints: twice },
    ]);
    expect(timeline.at(-1)).toMatchObject({ date: '2028-01-01', alive: 70, warm: 70, cold: 0 });
  });

  test('has what can be restored on a day, if it is asked for', () => {
    const more = {
      ...gold,
      Plan: plan('p', rule('pitr', { EnableContinuousBackup: true })),
      Files: backupReady('S3::Bucket'),
      Carts: resource('DynamoDB::Table', { Tags: [{ Key: 'backup:opt-out-reason', Value: 'cache' }] }),
      All: selection({ Resources: ['arn:aws:s3:::*', { 'Fn::GetAtt': ['Orders', 'Arn'] }] }),
    };
    const at = '2027-02-01T00:00:00.000Z';
    expect(of(more).restorable).toBeUndefined();
    expect(of(more, Date.parse(at)).restorable).toEqual([
      {
        stack: 'App',
        logicalId: 'Orders',
        at,
        points: 31,
        oldest: '2027-01-01T05:00:00.000Z',
        newest: '2027-01-31T05:00:00.000Z',
        anyMomentSince: null,
      },
      { stack: 'App', logicalId: 'Carts', at, points: 0, oldest: null, newest: null, anyMomentSince: null },
      {
        stack: 'App',
        logicalId: 'Files',
        at,
        points: 1,
        oldest: '2027-01-01T05:00:00.000Z',
        newest: '2027-01-31T23:45:00.000Z',
        anyMomentSince: '2027-01-01T05:00:00.000Z',
      },
    ]);
  });
});

test('the JSON of a cost is rounded: money to cents, quantities and sizes to thousandths, prices to millionths', () => {
  const type = {
    resourceType: 'S3',
    total: 1.005_1,
    perMonth: null,
    timeline: [
      { at: 0, storageGiB: 1.234_56, cost: 2.345_6 },
      { at: 0, storageGiB: null, cost: null },
    ],
  };
  const vault = { name: 'gold', account: '1', region: null, total: null, perMonth: 9.999, byType: [type] };
  const meter = { what: 'storage', item: 'S3', region: null, unit: 'GiB' };
  const estimate = {
    currency: 'EUR',
    total: 1.234_5,
    perMonth: null,
    byVault: [vault],
    byMeter: [
      { ...meter, quantity: 1.234_56, price: 0.123_456_78, total: 0.154_9 },
      { ...meter, quantity: 2, price: null, total: null },
    ],
    assumptions: ['a'],
    leftOut: ['b'],
  };
  const saving = { plan: 'p', rule: 'r', resourceType: 'S3', change: 'c', perMonth: 3.456 };
  expect(costJson({ estimate, savings: [saving] } as unknown as CostOutlook)).toEqual({
    currency: 'EUR',
    total: 1.23,
    perMonth: null,
    byVault: [
      {
        vault: 'gold',
        account: '1',
        region: null,
        total: null,
        perMonth: 10,
        byType: [
          {
            resourceType: 'S3',
            total: 1.01,
            perMonth: null,
            timeline: [
              { storageGiB: 1.235, monthlyCost: 2.35 },
              { storageGiB: null, monthlyCost: null },
            ],
          },
        ],
      },
    ],
    byMeter: [
      { ...meter, quantity: 1.235, price: 0.123457, total: 0.15 },
      { ...meter, quantity: 2, price: null, total: null },
    ],
    savings: [{ ...saving, perMonth: 3.46 }],
    assumptions: ['a'],
    leftOut: ['b'],
  });
});

describe('sizes and prices', () => {
  const stack = new Stack(new App(), 'Shop');
  const outer = new Construct(stack, 'Orders');
  new Construct(outer, 'Resource');
  const { S3, EBS } = ResourceType;

  test('are read by type, by construct with what is in it, by Region and for every Region', () => {
    const { inputs, problems } = costInputs({
      sizes: [
        { resourceType: S3, sizeGiB: 10, objects: 5 },
        { resource: outer, sizeGiB: 20, changePerDay: 0.5 },
      ],
      prices: [
        { item: 'S3', price: 1 },
        { item: 'EBS', price: 2 },
        { item: 'S3', price: 3, region: 'eu-west-1' },
      ],
      currency: 'EUR',
      incrementalDynamoDbRegions: ['eu-west-1'],
    });
    const own = { sizeGiB: 20, changePerDay: 0.5, objects: undefined };
    expect(problems).toEqual([]);
    expect(inputs.sizes).toEqual({
      types: { S3: { sizeGiB: 10, changePerDay: undefined, objects: 5 } },
      resources: { 'Shop/Orders': own, 'Shop/Orders/Resource': own },
      incrementalDynamoDb: ['eu-west-1'],
    });
    expect(inputs.prices).toEqual({
      currency: 'EUR',
      own: { '*': { S3: 1, EBS: 2 }, 'eu-west-1': { S3: 3 } },
    });
  });

  test('are none by default', () => {
    expect(costInputs({})).toEqual({
      inputs: {
        sizes: { types: {}, resources: {}, incrementalDynamoDb: [] },
        prices: { currency: 'USD', own: {} },
      },
      problems: [],
    });
  });

  test.each<[string, unknown, string]>([
    ['sizes that are no list', { sizes: 1 }, 'sizes: must be a list, got 1'],
    ['prices that are no list', { prices: 'S3' }, 'prices: must be a list, got `S3`'],
    ['a size that is none', { sizes: [undefined] }, 'sizes/0: must be an object, got nothing'],
    ['a size that is a number', { sizes: [5] }, 'sizes/0: must be an object, got 5'],
    [
      'a size with an unknown property',
      { sizes: [{ resourceType: S3, sizeGib: 1 }] },
      'sizes/0: `sizeGib` is not a property of `BackupSize`; did you mean `sizeGiB`?',
    ],
    [
      'a size of both a resource and a type',
      { sizes: [{ resourceType: S3, resource: outer }] },
      'sizes/0: must have either `resource` or `resourceType`',
    ],
    [
      'the second size',
      { sizes: [{ resourceType: EBS }, {}] },
      'sizes/1: must have either `resource` or `resourceType`',
    ],
    [
      'a size of a type without a price',
      { sizes: [{ resourceType: 'Cloud9', sizeGiB: 1 }] },
      'sizes/0/resourceType: must be a `ResourceType` with a price item, got `Cloud9`',
    ],
    [
      'a price without an item',
      { prices: [{ price: 1 }] },
      'prices/0/item: must be an item of the price table, got nothing',
    ],
    [
      'a price with an unknown property',
      { prices: [{ item: 'S3', price: 1, unit: 'GiB' }] },
      'prices/0: `unit` is not a property of `BackupPrice`; remove it',
    ],
    [
      'a price that is none',
      { prices: [{ item: 'S3' }] },
      'prices/0/price: must be a price from 0 to 1000000, or null for none, got nothing',
    ],
  ])('refuse %s', (_, options, problem) => {
    const { problems } = costInputs(options as EstimateOptions);
    expect(problems.map(({ path, reason }: CostInputProblem) => `${path}: ${reason}`)).toEqual([problem]);
  });
});

test('the names that sizes may use are logical ids, with their stacks, and construct paths', () => {
  const of = inventoryOfResources({
    A: resource('DynamoDB::Table', {}, { Metadata: { 'aws:cdk:path': 'App/Orders/Resource' } }),
    B: resource('DynamoDB::Table'),
  });
  expect(resourceNames(forecast(of, ...YEAR))).toEqual([
    'App/Orders',
    'App/Orders/Resource',
    'App/A',
    'App/B',
  ]);
});

test('plans with a selection are forecast alone, for whatever they select', () => {
  const of = inventory({
    Parameters: { Days: { Type: 'Number' } },
    Resources: {
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
      Plan: plan('used', rule('daily'), rule('late', { Lifecycle: { DeleteAfterDays: { Ref: 'Days' } } })),
      Tagged: selection({
        ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'a', ConditionValue: 'b' }],
      }),
      Second: plan('second', rule('weekly', { ScheduleExpression: 'cron(0 5 ? * SUN *)' })),
      More: selection({ Resources: ['*'] }, { Ref: 'Second' }),
      Unused: plan('unused'),
    },
  });
  const alone = forecastPlansAlone(forecast(of, ...YEAR));
  expect(
    alone.map(({ coverage, recoveryPoints, rpoMinutes, resourceType, points, survives }) => [
      coverage.plans.map(({ name }) => name),
      coverage.status,
      coverage.resource.place.logicalId,
      coverage.objectiveMinutes,
      recoveryPoints.alive,
      rpoMinutes,
      resourceType,
      points.reasons,
      survives.region.status,
    ]),
  ).toEqual([
    [
      ['used'],
      'protected',
      'Plan',
      1440,
      35,
      1440,
      undefined,
      ["rule `late` of plan `used`: the retention isn't known before deployment"],
      'lost',
    ],
    [['second'], 'protected', 'Second', 7 * 1440, 5, 7 * 1440, undefined, [], 'lost'],
  ]);
  // nothing else is known of what they select
  const nothing = { reasons: [], failing: [], tests: [], runbooks: [], perhaps: [], notes: [] };
  for (const { coverage } of alone) expect(coverage).toMatchObject({ ...nothing, tested: false });
});
