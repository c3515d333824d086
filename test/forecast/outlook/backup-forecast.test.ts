import { Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  BackupForecast,
  type BackupForecastOptions,
  BackupLoss,
  BackupPlan,
  BackupRule,
  BackupVault,
  CopyAction,
  ResourceType,
  Retention,
} from '../../../src';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';

/** A table that a plan backs up daily, and one that no plan backs up. */
function shop() {
  const app = testApp();
  const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  const partitionKey = { name: 'id', type: AttributeType.STRING };
  const orders = new Table(stack, 'Orders', { partitionKey });
  const carts = new Table(stack, 'Carts', { partitionKey });
  const plan = new BackupPlan(stack, 'Plan', {
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.daily({ retention: Retention.days(35) })],
  });
  plan.addSelection('Orders', { resources: [orders] });
  return { app, stack, orders, carts };
}

const refused = (message: string) => `${message} (in \`BackupForecast\`)`;
const YEAR = { from: '2027-01-01', duration: 'P1Y' };

test('gives the numbers of a resource to a test', () => {
  const { app, orders } = shop();
  const forecast = BackupForecast.of(app, YEAR);
  expect(forecast.rpoMinutes(orders)).toBe(1440);
  expect(forecast.worstCaseMinutes(orders)).toBeGreaterThan(1440);
  expect(forecast.recoveryPoints(orders)).toBe(35);
  expect(forecast.daysBack(orders)).toBeGreaterThan(34);
  expect(forecast.daysBack(orders, '2027-01-08')).toBeLessThan(7);
  expect(forecast.daysBack(orders, '2027-01-01')).toBeUndefined();
  expect(forecast.survives(orders, BackupLoss.RESOURCE)).toBe(true);
  expect(forecast.survives(orders, BackupLoss.REGION)).toBe(false);
});

test('a continuous backup has the RPO of AWS, and copies count as recovery points', () => {
  const app = testApp();
  const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  const files = new Bucket(stack, 'Files', { versioned: true });
  const table = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const vault = new BackupVault(stack, 'Vault');
  const plan = new BackupPlan(stack, 'Plan', {
    vault,
    rules: [
      BackupRule.continuous({
        retention: Retention.days(35),
        copies: [CopyAction.toVault(new BackupVault(stack, 'Second'), { retention: Retention.days(10) })],
      }),
    ],
  });
  plan.addSelection('All', { resources: [files, table] });
  const forecast = BackupForecast.of(app, YEAR);
  expect([forecast.rpoMinutes(files), forecast.worstCaseMinutes(files)]).toEqual([15, 15]);
  expect(forecast.recoveryPoints(files)).toBe(1 + 10);
  expect(forecast.recoveryPoints(table)).toBe(35 + 10);
  expect(forecast.rpoMinutes(table)).toBe(1440);
});

test('how far one can go back is asked for any day of the forecast, its first and its last one included', () => {
  const { app, orders } = shop();
  const forecast = BackupForecast.of(app, YEAR);
  const hour = Number(/T(\d\d):/.exec(JSON.parse(forecast.json).rules[0].firstRun)?.[1]);
  expect(forecast.daysBack(orders, '2027-01-08')).toBeCloseTo(7 - hour / 24, 6);
  expect(forecast.daysBack(orders, '2028-01-01')).toBe(forecast.daysBack(orders));
  expect(forecast.daysBack(orders, '2027-01-01')).toBeUndefined();
  for (const [at, got] of Object.entries({
    '2026-12-31': '`2026-12-31`',
    '2028-01-02': '`2028-01-02`',
    never: '`never`',
    '': 'an empty string',
  }))
    expect(refusal(() => forecast.daysBack(orders, at))).toBe(
      refused(`\`at\` must be a date in the forecast, got ${got}`),
    );
});

test('a construct stands for the resource in it, not for one whose path begins alike', () => {
  const app = testApp();
  const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  const partitionKey = { name: 'id', type: AttributeType.STRING };
  const orders = new Table(stack, 'Orders', { partitionKey });
  new Table(stack, 'OrdersOld', { partitionKey });
  const forecast = BackupForecast.of(app, YEAR);
  expect(forecast.recoveryPoints(orders)).toBe(0);
  expect(forecast.recoveryPoints(orders.node.defaultChild as Table)).toBe(0);
});

test('looks ahead from today at midnight, for as long as is asked', () => {
  const { app } = shop();
  const before = new Date().toISOString().slice(0, 10);
  const { from, to } = JSON.parse(BackupForecast.of(app, { duration: 'P2D' }).json);
  const after = new Date().toISOString().slice(0, 10);
  expect([`${before}T00:00:00.000Z`, `${after}T00:00:00.000Z`]).toContain(from);
  expect(Date.parse(to) - Date.parse(from)).toBe(2 * 86_400_000);
});

test('all that is wrong with the options is refused at once', () => {
  const message = refusal(() =>
    BackupForecast.of('app' as never, { from: 1 as never, duration: 2 as never, form: '2027' } as never),
  );
  expect(message).toBe(
    [
      '4 problems of `BackupForecast`:',
      '  - `scope` must be a construct, got `app`',
      '  - `form` is not a property of `BackupForecastOptions`; did you mean `from`?',
      '  - `from` must be a date such as `2027-01-01`, got 1',
      '  - `duration` must be a duration such as `P1Y` or `P90D`, got 2',
    ].join('\n'),
  );
});

test('a resource that nothing backs up has no RPO and survives nothing', () => {
  const { app, carts } = shop();
  const forecast = BackupForecast.of(app, YEAR);
  expect(forecast.rpoMinutes(carts)).toBeUndefined();
  expect(forecast.worstCaseMinutes(carts)).toBeUndefined();
  expect(forecast.recoveryPoints(carts)).toBe(0);
  expect(forecast.daysBack(carts)).toBeUndefined();
  expect(forecast.survives(carts, BackupLoss.RESOURCE)).toBe(false);
});

test('the JSON is what the command prints', () => {
  const { stack } = shop();
  const json = JSON.parse(BackupForecast.of(stack, YEAR).json);
  expect(json).toMatchObject({ from: '2027-01-01T00:00:00.000Z', rules: [{ runs: 365 }] });
  expect(json.resources).toHaveLength(2);
});

test('looks ahead a year from today by default, and takes types that override the catalog', () => {
  const { app } = shop();
  const resourceTypes = [ResourceType.DYNAMODB.withCapabilities({ coldStorage: false })];
  const { from, to } = JSON.parse(BackupForecast.of(app, { resourceTypes }).json);
  expect(Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)).toBeGreaterThanOrEqual(365);
});

test('estimates storage and cost with sizes and prices', () => {
  const { app, stack, orders } = shop();
  const { DYNAMODB } = ResourceType;
  const ofType = BackupForecast.of(app, { ...YEAR, sizes: [{ resourceType: DYNAMODB, sizeGiB: 10 }] });
  expect(ofType.storageGiB).toBe(350);
  expect(ofType.monthlyCost).toBeCloseTo(35, 0);
  expect(ofType.totalCost).toBeGreaterThan(390);
  const own = BackupForecast.of(app, {
    ...YEAR,
    sizes: [
      { resourceType: DYNAMODB, sizeGiB: 10 },
      { resource: orders, sizeGiB: 100, changePerDay: 0.01 },
    ],
    incrementalDynamoDbRegions: ['eu-west-1'],
    prices: [
      { item: 'DynamoDB', price: 9 },
      { item: 'DynamoDB', price: 1, region: 'eu-west-1' },
    ],
    currency: 'EUR',
  });
  expect(own.storageGiB).toBeCloseTo(134, 6);
  expect(own.monthlyCost).toBeCloseTo(134, 0);
  expect(JSON.parse(own.json).cost.currency).toBe('EUR');
  const none = BackupForecast.of(stack, YEAR);
  expect([none.storageGiB, none.monthlyCost, none.totalCost]).toEqual([undefined, undefined, undefined]);
});

test.each<[BackupForecastOptions, string]>([
  [
    { sizes: [{ resourceType: ResourceType.S3, sizeGiB: -1 }] },
    '`sizes/0/sizeGiB` must be a number of GiB from 0 to 1073741824, got -1',
  ],
  [{ sizes: [{ sizeGiB: 1 }] }, '`sizes/0` must have either `resource` or `resourceType`'],
  [{ sizes: [{ resource: 'Orders' as never }] }, '`sizes/0/resource` must be a construct, got `Orders`'],
  [
    { sizes: [{ resourceType: 'S3' as never }] },
    '`sizes/0/resourceType` must be a `ResourceType` with a price item, got `S3`',
  ],
  [{ sizes: [null as never] }, '`sizes/0` must be an object, got null'],
  [{ sizes: {} as never }, '`sizes` must be a list, got an object'],
  [
    { prices: [{ item: 'S3', price: -1 }] },
    '`prices/0/price` must be a price from 0 to 1000000, or null for none, got -1',
  ],
  [{ prices: [{ item: 's3', price: 1 }] }, '`prices/*/s3` is not an item of the price table; use `S3`'],
  [
    { prices: [{ item: 'S3', price: 1, region: 'Ireland' }] },
    '`prices/Ireland` is not a Region; use a Region such as `eu-west-1`, or `*` for all',
  ],
  [{ currency: 'dollar' }, '`currency` must be three letters, such as `USD`, got `dollar`'],
  [
    { incrementalDynamoDbRegions: ['Ireland'] },
    '`incrementalDynamoDbRegions/0` must be a Region such as `eu-west-1`, got `Ireland`',
  ],
  [{ from: ['2027-01-01'] as never }, '`from` must be a date such as `2027-01-01`, got an array'],
  [{ duration: ['P1Y'] as never }, '`duration` must be a duration such as `P1Y` or `P90D`, got an array'],
  [{ from: 'tomorrow' }, '`from` must be a date such as `2027-01-01`, got `tomorrow`'],
  [{ duration: '1 year' }, '`duration` must be a duration such as `P1Y` or `P90D`, got `1 year`'],
  [{ duration: 'P900Y' }, '`duration` must end in 2199 or earlier, got `P900Y`'],
  [{ resourceTypes: ['S3'] as never }, '`resourceTypes` must be a list of `ResourceType`, got an array'],
  [null as never, '`options` must be an object, got null'],
])('%p is refused', (options, message) => {
  expect(refusal(() => BackupForecast.of(shop().app, options))).toBe(refused(message));
});

test('what is no single resource, no date in the forecast, or no loss is refused', () => {
  const { app, stack, orders } = shop();
  const forecast = BackupForecast.of(app, YEAR);
  const single = '`resource` must be a construct with one resource that AWS Backup can protect, got';
  const rows: [() => unknown, string][] = [
    [() => forecast.rpoMinutes(stack), `${single} \`Shop\` with 2`],
    [() => forecast.rpoMinutes(stack.node.findChild('Vault')), `${single} \`Shop/Vault\` with none`],
    [() => forecast.rpoMinutes('orders' as never), '`resource` must be a construct, got `orders`'],
    [() => forecast.daysBack(orders, '2030-01-01'), '`at` must be a date in the forecast, got `2030-01-01`'],
    [() => forecast.survives(orders, 'war' as never), '`loss` must be one of `BackupLoss`, got `war`'],
    [() => BackupForecast.of({} as never), '`scope` must be a construct, got an object'],
  ];
  for (const [action, message] of rows) expect(refusal(action)).toBe(refused(message));
});
