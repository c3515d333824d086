import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPrices, readSizes, unknownResources } from '../../../src/forecast/cost/cost-input';
import { PRICE_SOURCES } from '../../../src/forecast/cost/price-sources';
import { PRICE_ITEMS, PRICES_AS_OF, priceRow, REGION_RATIOS } from '../../../src/forecast/cost/price-table';
import { DEFAULT_PRICES, priceOf } from '../../../src/forecast/cost/prices';

const lines = ({ problems }: { problems: readonly { path: string; reason: string; fix?: string }[] }) =>
  problems.map(({ path, reason, fix }) => `${path}: ${reason}${fix === undefined ? '' : `; ${fix}`}`);

test.each<[unknown, string[]]>([
  ['10', [': must be an object, got `10`']],
  [null, [': must be an object, got null']],
  [{ typs: {} }, ['typs: is not a known property; use `types`']],
  [{ types: { Dynamo: { sizeGiB: 1 } } }, ['types/Dynamo: is not a type of AWS Backup; use `DynamoDB`']],
  [
    { types: { S3: { sizeGiB: -1 } } },
    ['types/S3/sizeGiB: must be a number of GiB from 0 to 1073741824, got -1'],
  ],
  [
    { types: { S3: { sizeGiB: 1e12 } } },
    ['types/S3/sizeGiB: must be a number of GiB from 0 to 1073741824, got 1000000000000'],
  ],
  [
    { types: { S3: { sizeGiB: '10' } } },
    ['types/S3/sizeGiB: must be a number of GiB from 0 to 1073741824, got `10`'],
  ],
  [
    { resources: { 'Shop/Orders': { changePerDay: 3 } } },
    ['resources/Shop/Orders/changePerDay: must be a share from 0 to 1, such as 0.03 for 3 %, got 3'],
  ],
  [
    { changePerDay: -0.1, types: { S3: { objects: 1.5, size: 1 } } },
    [
      'changePerDay: must be a share from 0 to 1, such as 0.03 for 3 %, got -0.1',
      'types/S3/size: is not a known property; use `sizeGiB`, `changePerDay`, `objects`',
      'types/S3/objects: must be a whole number from 0 to 10^15, got 1.5',
    ],
  ],
  [{ types: [] }, ['types: must be an object, got an array']],
  [{ incrementalDynamoDb: true }, ['incrementalDynamoDb: must be a list of Regions, got true']],
  [
    { incrementalDynamoDb: ['Ireland'] },
    ['incrementalDynamoDb/0: must be a Region such as `eu-west-1`, got `Ireland`'],
  ],
])('sizes %j are refused', (value, expected) => {
  const read = readSizes(value);
  expect(lines(read)).toEqual(expected);
  expect(read.value).toBeUndefined();
});

test.each<[unknown, string[]]>([
  [[], [': must be an object, got an array']],
  [{ currency: 'dollar' }, ['currency: must be three letters, such as `USD`, got `dollar`']],
  [{ asOf: '2026-02-30' }, ['asOf: must be a date such as `2026-11-28`, got `2026-02-30`']],
  [
    { prices: { Ireland: {} } },
    ['prices/Ireland: is not a Region; use a Region such as `eu-west-1`, or `*` for all'],
  ],
  [{ prices: { '*': { s3: 1 } } }, ['prices/*/s3: is not an item of the price table; use `S3`']],
  [
    { prices: { '*': { S3: -1 } } },
    ['prices/*/S3: must be a price from 0 to 1000000, or null for none, got -1'],
  ],
  [
    { prices: { '*': { S3: 'free' } } },
    ['prices/*/S3: must be a price from 0 to 1000000, or null for none, got `free`'],
  ],
  [{ prices: { '*': 1 } }, ['prices/*: must be an object, got 1']],
])('prices %j are refused', (value, expected) => {
  const read = readPrices(value);
  expect(lines(read)).toEqual(expected);
  expect(read.value).toBeUndefined();
});

test('sizes and prices are read as they are', () => {
  const sizes = {
    changePerDay: 0.02,
    types: { S3: { sizeGiB: 1, changePerDay: 0, objects: 5 } },
    resources: { 'Shop/Orders': { sizeGiB: 2 } },
    incrementalDynamoDb: ['eu-west-1'],
  };
  expect(readSizes(sizes).value).toEqual(sizes);
  const prices = { currency: 'EUR', asOf: '2026-12-01', prices: { '*': { S3: 0.06, kmsKey: null } } };
  expect(readPrices(prices).value).toEqual({ currency: 'EUR', asOf: '2026-12-01', own: prices.prices });
  expect(readPrices({}).value).toEqual({ currency: 'USD', asOf: undefined, own: {} });
});

test('sizes of resources that do not exist are refused', () => {
  const sizes = { types: {}, incrementalDynamoDb: [], resources: { 'Shop/Order': {}, 'Shop/Orders': {} } };
  expect(lines({ problems: unknownResources(sizes, ['Shop/Orders', 'Shop/Carts']) })).toEqual([
    'resources/Shop/Order: is not a resource that AWS Backup can protect, by construct path or `stack/logicalId`; use `Shop/Orders`',
  ]);
});

test('every price of the table has a grade and a source, and every item without one has neither', () => {
  for (const item of PRICE_ITEMS) {
    const { price, grade, unit } = priceRow(item);
    expect([item, unit.length > 0, grade !== undefined, PRICE_SOURCES[item] !== undefined]).toEqual([
      item,
      true,
      price !== undefined,
      price !== undefined,
    ]);
  }
});

test('docs/forecast.md has the whole price table', () => {
  const page = readFileSync(join(__dirname, '../../../docs/forecast.md'), 'utf8');
  const rows = PRICE_ITEMS.map((item) => {
    const { unit, price = '-', grade = '-' } = priceRow(item);
    return `| \`${item}\` | ${unit} | ${price} | ${grade} | ${PRICE_SOURCES[item] ?? '-'} |\n`;
  });
  expect(page).toContain(rows.join(''));
  expect(page).toContain(`The built-in table is of ${PRICES_AS_OF}`);
});

test.each<[Parameters<typeof priceOf>[1], string, number | undefined, string]>([
  ['EFS', 'us-west-1', 0.06, 'table'],
  ['EFS.cold', 'us-west-1', 0.012, 'table'],
  ['EFS.restore', 'us-west-1', 0.024, 'table'],
  ['DynamoDB', 'us-west-1', 0.112, 'table'],
  ['DynamoDB.restore', 'us-west-1', 0.168, 'table'],
  ['EBS', 'eu-central-1', 0.054, 'table'],
  ['EBS.cold', 'eu-central-1', 0.0135, 'table'],
  ['Aurora', 'eu-central-1', 0.023, 'table'],
  ['S3', 'eu-central-1', undefined, 'none'],
  ['DynamoDB', 'eu-central-1', undefined, 'none'],
  ['S3', 'ap-east-1', 0.055, 'table'],
  ['Timestream', 'us-east-1', undefined, 'none'],
  ['S3.restore', 'us-east-1', undefined, 'none'],
  ['EBS', 'cn-northwest-1', undefined, 'none'],
  ['EBS', 'us-gov-east-1', undefined, 'none'],
  ['EBS', 'eusc-de-east-1', undefined, 'none'],
  ['EBS', 'ap-south-1', 0.05, 'base'],
])('the price of %s in %s', (item, region, amount, basis) => {
  const price = priceOf(DEFAULT_PRICES, item, region);
  expect(price.basis).toBe(basis);
  if (amount === undefined) expect(price.amount).toBeUndefined();
  else expect(price.amount).toBeCloseTo(amount, 9);
});

test('no Region of China or GovCloud has prices', () => {
  expect(Object.keys(REGION_RATIOS).filter((region) => /^(cn|us-gov)-/.test(region))).toEqual([]);
});
