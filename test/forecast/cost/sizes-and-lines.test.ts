import { CostLines, type LineKey } from '../../../src/forecast/cost/cost-lines';
import type { CostSizes } from '../../../src/forecast/cost/cost-model';
import { GroupSizes, namesOf, type ResolvedSize, sizeOf } from '../../../src/forecast/cost/cost-sizes';
import { DEFAULT_PRICES, type Prices, priceOf, pricesText } from '../../../src/forecast/cost/prices';

const sizes = (more: Partial<CostSizes>): CostSizes => ({
  types: {},
  resources: {},
  incrementalDynamoDb: [],
  ...more,
});
const RESOURCE = { id: 'Shop/Orders', path: 'App/Orders/Resource', resourceType: 'S3' };

describe('the size of a resource', () => {
  test.each<[string, Partial<CostSizes>, number | undefined, object]>([
    ['is not known by default', {}, undefined, { isFromTemplate: false }],
    ['is that of the template', {}, 5, { sizeGiB: 5, isFromTemplate: true }],
    ['is that of its type', { types: { S3: { sizeGiB: 2 } } }, 5, { sizeGiB: 2, isFromTemplate: false }],
    [
      'is not that of another type',
      { types: { EBS: { sizeGiB: 2 } } },
      5,
      { sizeGiB: 5, isFromTemplate: true },
    ],
    ['is its own by `stack/logicalId`', { resources: { 'Shop/Orders': { sizeGiB: 1 } } }, 5, { sizeGiB: 1 }],
    [
      'is its own by construct path',
      { resources: { 'App/Orders/Resource': { sizeGiB: 1 } } },
      5,
      { sizeGiB: 1 },
    ],
    ['is its own by the path of its L2', { resources: { 'App/Orders': { sizeGiB: 1 } } }, 5, { sizeGiB: 1 }],
    [
      'is its own, with the rest of its type',
      {
        types: { S3: { sizeGiB: 2, changePerDay: 0.1, objects: 7 } },
        resources: { 'Shop/Orders': { changePerDay: 0, objects: 0 } },
      },
      5,
      { sizeGiB: 2, changePerDay: 0, objects: 0 },
    ],
    [
      'may be zero',
      { types: { S3: { sizeGiB: 2 } }, resources: { 'Shop/Orders': { sizeGiB: 0 } } },
      5,
      { sizeGiB: 0 },
    ],
  ])('%s', (_, given, sizeGiB, expected) => {
    expect(sizeOf({ ...RESOURCE, sizeGiB }, sizes(given))).toEqual({
      resourceType: 'S3',
      sizeGiB: undefined,
      changePerDay: undefined,
      objects: undefined,
      isFromTemplate: false,
      ...expected,
    });
  });

  test('of a type that is called like a method of objects is not known', () => {
    expect(sizeOf({ id: 'toString', resourceType: 'constructor' }, sizes({})).sizeGiB).toBeUndefined();
  });

  test.each<[string | undefined, string[]]>([
    [undefined, ['Shop/Orders']],
    ['App/Orders', ['App/Orders', 'App/Orders', 'Shop/Orders']],
    ['App/Resource/Orders', ['App/Resource/Orders', 'App/Resource/Orders', 'Shop/Orders']],
  ])('has the names of %s', (path, names) => {
    expect(namesOf('Shop/Orders', path)).toEqual(names);
  });
});

describe('the sizes of several resources', () => {
  const one = (more: Partial<ResolvedSize>): ResolvedSize => ({
    resourceType: 'EBS',
    isFromTemplate: false,
    ...more,
  });

  test('are added up by change rate', () => {
    const group = new GroupSizes(
      [one({ sizeGiB: 1 }), one({ sizeGiB: 2, changePerDay: 0.5 }), one({ sizeGiB: 4, objects: 3 }), one({})],
      0.1,
    );
    expect(group.parts).toEqual([
      { changePerDay: 0.1, sizeGiB: 5, billedGiB: 5, objects: 3 },
      { changePerDay: 0.5, sizeGiB: 2, billedGiB: 2, objects: 0 },
    ]);
    expect([group.unknown, group.usesTemplate, group.usesDefaultRate]).toEqual([1, false, false]);
  });

  test.each<[string, Partial<ResolvedSize>[], number | undefined, [number, boolean, boolean]]>([
    ['with a rate of their own', [{ sizeGiB: 1, changePerDay: 0 }], undefined, [0, false, false]],
    ['without a rate', [{ sizeGiB: 1 }, { sizeGiB: 1, changePerDay: 0.2 }], undefined, [0, false, true]],
    ['without a size', [{ isFromTemplate: true }], undefined, [1, false, false]],
    [
      'with the size of the template',
      [{ sizeGiB: 1, isFromTemplate: true }, { sizeGiB: 1 }],
      0.1,
      [0, true, false],
    ],
  ])('%s say what they rest on', (_, all, rate, expected) => {
    const { unknown, usesTemplate, usesDefaultRate } = new GroupSizes(all.map(one), rate);
    expect([unknown, usesTemplate, usesDefaultRate]).toEqual(expected);
  });

  test.each<[string, string, number, number, number]>([
    ['S3 are billed by objects of 128 KB at least', 'S3', 1, 16_384, 2],
    ['S3 are billed by their size with larger objects', 'S3', 3, 16_384, 3],
    ['other types are billed by their size', 'EFS', 1, 16_384, 1],
  ])('of %s', (_, resourceType, sizeGiB, objects, billedGiB) => {
    expect(new GroupSizes([one({ resourceType, sizeGiB, objects })], 0.5).parts).toEqual([
      { changePerDay: 0.5, sizeGiB, billedGiB, objects },
    ]);
  });
});

describe('prices', () => {
  const own = (more: Partial<Prices>): Prices => ({ ...DEFAULT_PRICES, ...more });
  test.each<[string, Prices, string]>([
    [
      'of the table',
      DEFAULT_PRICES,
      'prices of 2026-11-28, from public sources, without taxes and discounts',
    ],
    [
      'of yours beside the table',
      own({ own: { '*': { S3: 1 } } }),
      'your prices, otherwise prices of 2026-11-28, from public sources, without taxes and discounts',
    ],
    [
      'of yours with a date',
      own({ own: { '*': { S3: 1 } }, asOf: '2027-01-01' }),
      'your prices of 2027-01-01, otherwise prices of 2026-11-28, from public sources, without taxes and discounts',
    ],
    ['of another currency', own({ currency: 'EUR' }), 'your prices in EUR alone'],
  ])('%s say so', (_, prices, text) => {
    expect(pricesText(prices)).toBe(text);
  });

  test.each<[string, Prices, string | undefined, object]>([
    [
      'of us-east-1 are those of an unknown Region',
      DEFAULT_PRICES,
      undefined,
      { amount: 0.05, basis: 'base', grade: 'B' },
    ],
    [
      'of us-east-1 are those of the table',
      DEFAULT_PRICES,
      'us-east-1',
      { amount: 0.05, basis: 'table', grade: 'B' },
    ],
    [
      'of yours for the Region come first',
      own({ own: { '*': { EBS: 1 }, 'eu-west-1': { EBS: 2 } } }),
      'eu-west-1',
      { amount: 2, basis: 'own' },
    ],
    [
      'of yours for every Region come next',
      own({ own: { '*': { EBS: 1 }, 'eu-west-1': { EFS: 2 } } }),
      'eu-west-1',
      { amount: 1, basis: 'own' },
    ],
    ['of yours may be zero', own({ own: { '*': { EBS: 0 } } }), 'eu-west-1', { amount: 0, basis: 'own' }],
    [
      'of yours for us-east-1 are those of an unknown Region',
      own({ own: { 'us-east-1': { EBS: 3 } } }),
      undefined,
      { amount: 3, basis: 'own' },
    ],
    [
      'that you take away in one Region are none there',
      own({ own: { '*': { EBS: 1 }, 'eu-west-1': { EBS: null } } }),
      'eu-west-1',
      { basis: 'none' },
    ],
    ['in another currency are none of the table', own({ currency: 'EUR' }), 'us-east-1', { basis: 'none' }],
  ])('%s', (_, prices, region, expected) => {
    expect(priceOf(prices, 'EBS', region)).toEqual(expected);
  });

  test('of items whose difference between Regions has no source are those of us-east-1', () => {
    expect(priceOf(DEFAULT_PRICES, 'transfer', 'eu-central-1')).toEqual({
      amount: 0.02,
      basis: 'base',
      grade: 'B',
    });
  });
});

describe('what is billed', () => {
  const line = (more: Partial<LineKey>): LineKey => ({
    item: 'EBS',
    what: 'backups of EBS',
    region: 'us-east-1',
    airGapped: false,
    ...more,
  });

  test('is added up by line and by span, without the last span in the total', () => {
    const lines = new CostLines(DEFAULT_PRICES, 3);
    expect(lines.hasPrices).toBe(false);
    expect(lines.add(line({}), [10, 20, 40])).toEqual([0.5, 1, 2]);
    lines.add(line({}), [10, 0, 0]);
    lines.add(line({ what: 'more' }), [0, 100, 0]);
    expect(lines.costs).toEqual([1, 6, 2]);
    expect(lines.hasPrices).toBe(true);
    const shown = { item: 'EBS', region: 'us-east-1', unit: 'GiB-month', price: 0.05 };
    expect(lines.all).toEqual([
      { ...shown, what: 'more', quantity: 100, total: 5 },
      { ...shown, what: 'backups of EBS', quantity: 40, total: 2 },
    ]);
    expect([lines.assumptions, lines.leftOut]).toEqual([[], []]);
  });

  test('is nothing where the quantity is none', () => {
    const lines = new CostLines(DEFAULT_PRICES, 2);
    expect(lines.add(line({ item: 'EKS' }), [0, 1e-10])).toBeUndefined();
    expect([lines.all, lines.leftOut, lines.hasPrices]).toEqual([[], [], false]);
    expect(lines.add(line({}), [0, -1])).toEqual([0, -0.05]);
  });

  test('without a price has a line and a note, and comes last', () => {
    const lines = new CostLines(DEFAULT_PRICES, 2);
    expect(lines.add(line({ item: 'EKS', what: 'backups of EKS', region: null }), [1, 1])).toBeUndefined();
    expect(lines.hasPrices).toBe(false);
    lines.add(line({ item: 'EBS.restore', what: 'restores' }), [1, 1]);
    expect(lines.all.map(({ what, region, price, total }) => [what, region, price, total])).toEqual([
      ['restores', 'us-east-1', 0, 0],
      ['backups of EKS', null, null, null],
    ]);
    expect(lines.leftOut).toEqual([
      'backups of EKS in an unknown Region: there is no price of `EKS`; set one in the prices',
    ]);
    expect(lines.costs).toEqual([0, 0]);
  });

  test('in a Region without a public price has that of us-east-1, and says so where the family differs', () => {
    const lines = new CostLines(DEFAULT_PRICES, 1);
    lines.add(line({ region: 'ap-south-1' }), [1]);
    lines.add(line({ region: null, what: 'anywhere' }), [1]);
    lines.add(line({ item: 'transfer', region: 'ap-south-1', what: 'copies' }), [1]);
    expect(lines.assumptions).toEqual([
      '`EBS` in ap-south-1: the price of us-east-1, since no public source has the one of this Region',
    ]);
  });

  test('in a logically air-gapped vault costs more, and nothing is known without the factor', () => {
    const lines = new CostLines(DEFAULT_PRICES, 1);
    expect(lines.add(line({ airGapped: true }), [100])?.[0]).toBeCloseTo(100 * 0.05 * 1.15, 9);
    expect(lines.add(line({}), [100])).toEqual([5]);
    expect(lines.all.map(({ what }) => what)).toEqual([
      'backups of EBS in logically air-gapped vaults',
      'backups of EBS',
    ]);
    const without = new CostLines({ ...DEFAULT_PRICES, own: { '*': { airGapped: null } } }, 1);
    expect(without.add(line({ airGapped: true }), [100])).toBeUndefined();
    expect(without.leftOut).toEqual([
      'backups of EBS in logically air-gapped vaults in us-east-1: there is no price of `airGapped`; set one in the prices',
    ]);
  });
});
