import { CostLines, type LineKey } from '../../../src/forecast/cost/cost-lines';
import type { ChainState, CostChain, CostSizes } from '../../../src/forecast/cost/cost-model';
import { GroupSizes, namesOf, type ResolvedSize, sizeOf } from '../../../src/forecast/cost/cost-sizes';
import { DEFAULT_PRICES, type Prices, priceOf, pricesText } from '../../../src/forecast/cost/prices';
import {
  storedShares,
  storesEachInFull,
  tieredShare,
  transferredShare,
} from '../../../src/forecast/cost/stored';

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

describe('a chain of recovery points', () => {
  const layer = (gapDays: number, created: number[] = []) => ({
    vault: 0,
    gapDays,
    unusedColdDays: 0,
    created,
    expired: [],
  });
  const chain = (more: Partial<CostChain>): CostChain => ({
    item: 'EBS',
    region: 'us-east-1',
    airGapped: false,
    storage: 'incremental',
    fullInCold: false,
    freeSizes: 0,
    layers: [layer(1)],
    averages: [],
    ends: [],
    ...more,
  });
  const state = (layers: ChainState['layers'], more: Partial<ChainState> = {}): ChainState => ({
    presence: 1,
    warmPresence: 1,
    tiered: 0,
    layers,
    ...more,
  });

  test.each<[CostChain['storage'], string | null, boolean]>([
    ['full', 'us-east-1', true],
    ['incremental', 'us-east-1', false],
    ['setting', 'us-east-1', false],
    ['setting', 'eu-west-1', true],
    ['setting', null, true],
  ])('that is %s in %s stores each in full: %s', (storage, region, expected) => {
    const given = sizes({ incrementalDynamoDb: ['us-east-1'] });
    expect(storesEachInFull(chain({ storage, region }), given)).toBe(expected);
  });

  test('stores each in full, without what is free of charge in warm storage', () => {
    const layers = [
      { warm: 2, cold: 3, warmDays: 1, days: 4 },
      { warm: 5, cold: 0, warmDays: 1, days: 4 },
    ];
    const of = (freeSizes: number, warmPresence = 1) =>
      storedShares(
        chain({ freeSizes, layers: [layer(1), layer(7)] }),
        state(layers, { warmPresence }),
        0.1,
        true,
      );
    expect(of(0)).toEqual([
      { warm: 2, cold: 3 },
      { warm: 5, cold: 0 },
    ]);
    expect(of(1)).toEqual([
      { warm: 1, cold: 3 },
      { warm: 5, cold: 0 },
    ]);
    expect(of(1, 0.5)).toEqual([
      { warm: 1.5, cold: 3 },
      { warm: 5, cold: 0 },
    ]);
    expect(of(4)).toEqual([
      { warm: 0, cold: 3 },
      { warm: 3, cold: 0 },
    ]);
  });

  test('stores all data once, and the changes of each day', () => {
    const layers = [{ warm: 11, cold: 10, warmDays: 10, days: 20 }];
    expect(storedShares(chain({}), state(layers), 0.25, false)).toEqual([{ warm: 1 + 2.5, cold: 2.5 }]);
    expect(storedShares(chain({ fullInCold: true }), state(layers), 0.25, false)).toEqual([
      { warm: 3.5, cold: 10 },
    ]);
    const gone = state(layers, { presence: 0.5, warmPresence: 0.25 });
    expect(storedShares(chain({}), gone, 0.25, false)).toEqual([{ warm: 0.25 + 2.5, cold: 0.25 + 2.5 }]);
  });

  test('stores no more than all data with each point, and each change of a continuous backup', () => {
    const layers = [{ warm: 3, cold: 0, warmDays: 20, days: 20 }];
    const stored = (gapDays: number) =>
      storedShares(chain({ layers: [layer(gapDays)] }), state(layers), 0.5, false)[0].warm;
    expect([stored(10), stored(1), stored(0)]).toEqual([1 + 20 * 0.1, 1 + 20 * 0.5, 1 + 20 * 0.5]);
  });

  test('has all data in the first layer with points, and only older changes in the others', () => {
    const layers = [
      { warm: 0, cold: 0, warmDays: 0, days: 0 },
      { warm: 5, cold: 0, warmDays: 4, days: 4 },
      { warm: 5, cold: 5, warmDays: 10, days: 30 },
    ];
    const given = chain({ layers: [layer(1), layer(1), layer(2)] });
    expect(storedShares(given, state(layers), 0.5, false)).toEqual([
      { warm: 0, cold: 0 },
      { warm: 1 + 4 * 0.5, cold: 0 },
      { warm: 6 * 0.5, cold: 26 * 0.5 - 3 },
    ]);
  });

  test.each<[string, number | undefined, number, number, number]>([
    ['without a tiering configuration is not in the low-cost tier', undefined, 1, 5, 0],
    ['without old points is not in the low-cost tier', 10, 0, 5, 0],
    ['has all but the changes of the last days there', 10, 1, 5, 4.5],
    ['has all but all data there, if all of it changes in these days', 30, 1, 5, 4],
    ['has a share of it there, for a share of the time', 10, 0.5, 5, 2.25],
    ['has nothing there if all of it is new', 10, 1, 0.2, 0],
  ])('%s', (_, tierAfterDays, tiered, warm, expected) => {
    expect(tieredShare(chain({ tierAfterDays }), state([], { tiered }), warm, 0.05)).toBeCloseTo(expected, 9);
  });

  test('transfers all data once, and then the changes, of the layer with the shortest gaps', () => {
    const transfer = { from: 'us-east-1', to: 'eu-west-1', payer: null, firstSpan: 1 };
    const of = (span: number, isFull = false, rate = 0.1) =>
      transferredShare(
        chain({ transfer, layers: [layer(2, [0, 3, 0, 0]), layer(7, [0, 2, 5, 0])] }),
        span,
        rate,
        isFull,
      );
    expect([of(0), of(1), of(3)]).toEqual([0, 1 + 2 * 0.2, 0]);
    expect(of(2)).toBeCloseTo(5 * 0.7, 9);
    expect([of(1, true), of(2, true)]).toEqual([5, 5]);
    expect(of(2, false, 0.5)).toBe(5); // never more than all data
    expect(transferredShare(chain({ layers: [layer(1, [5])] }), 0, 0.1, true)).toBe(0);
  });
});
