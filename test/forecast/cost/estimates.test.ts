import { type CostChain, type CostSizes, MONTH_MS, NO_SIZES } from '../../../src/forecast/cost/cost-model';
import { costOf } from '../../../src/forecast/cost/cost-of';
import { DEFAULT_PRICES, type Prices } from '../../../src/forecast/cost/prices';
import { basis, chain, SIZED, SPANS, state, VAULTS } from '../support/cost-basis';

const TABLE = 'prices of 2026-11-28, from public sources, without taxes and discounts';
const close = (amount: number) => expect.closeTo(amount, 9);

test('storage costs its price in each span, and a month what the last one does', () => {
  const [warm, cold] = [2 * 100 * 0.05, 100 * 0.0125];
  const line = { item: 'EBS', region: 'us-east-1', unit: 'GiB-month' };
  const month = warm + cold;
  expect(costOf(basis({}, chain()), SIZED, DEFAULT_PRICES)).toEqual({
    currency: 'USD',
    total: close(2 * month),
    perMonth: close(month),
    timeline: [
      { storageGiB: 300, cost: close(month) },
      { storageGiB: 400, cost: close(month) },
    ],
    byVault: [
      {
        ...VAULTS[0],
        total: close(2 * month),
        perMonth: close(month),
        byType: [
          {
            resourceType: 'EBS',
            total: close(2 * month),
            perMonth: close(month),
            timeline: [
              { storageGiB: 300, cost: close(month) },
              { storageGiB: 400, cost: close(month) },
            ],
          },
        ],
      },
      { ...VAULTS[1], total: null, perMonth: null, byType: [] },
    ],
    byMeter: [
      { ...line, what: 'backups of EBS', quantity: 400, price: 0.05, total: close(2 * warm) },
      {
        ...line,
        item: 'EBS.cold',
        what: 'backups of EBS in cold storage',
        quantity: 200,
        price: 0.0125,
        total: close(2 * cold),
      },
    ],
    assumptions: [TABLE, 'what the basis assumes'],
    leftOut: ['what the basis leaves out'],
  });
});

test('nothing costs nothing, whatever the sizes', () => {
  for (const sizes of [SIZED, NO_SIZES])
    expect(costOf(basis(), sizes, DEFAULT_PRICES)).toMatchObject({
      total: 0,
      perMonth: 0,
      timeline: [
        { storageGiB: 0, cost: 0 },
        { storageGiB: 0, cost: 0 },
      ],
      byMeter: [],
    });
});

test('without sizes, or without prices, amounts are null', () => {
  const unsized = costOf(basis({}, chain()), NO_SIZES, DEFAULT_PRICES);
  const nothing = { total: null, perMonth: null, timeline: Array(2).fill({ storageGiB: null, cost: null }) };
  expect(unsized).toMatchObject({ ...nothing, byVault: [{ byType: [nothing] }, {}] });
  expect(unsized.leftOut).toEqual([
    'backups of EBS whose size is not known: set `types/EBS/sizeGiB` in the sizes',
    'what the basis leaves out',
  ]);
  const unpriced: Prices = { currency: 'EUR', own: {} };
  const priceless = costOf(basis({}, chain()), SIZED, unpriced);
  const stored = [
    { storageGiB: 300, cost: null },
    { storageGiB: 400, cost: null },
  ];
  expect(priceless).toMatchObject({ currency: 'EUR', total: null, perMonth: null, timeline: stored });
  expect(priceless.byVault[0].byType).toEqual([
    { resourceType: 'EBS', total: null, perMonth: null, timeline: stored },
  ]);
});

test.each([
  [0.5, 2],
  [0, 0],
])('a month of a period of %p months costs %p times as much', (months, factor) => {
  const short = { spans: SPANS.map(({ from }) => ({ from, to: from + months * MONTH_MS })) };
  const { perMonth } = costOf(basis(short, chain()), SIZED, DEFAULT_PRICES);
  expect(perMonth).toBe(months === 0 ? null : 11.25 * months * factor);
});

test('each layer is in its own vault, and types and vaults are added up', () => {
  const layer = (vault: number) => ({ ...chain().layers[0], vault });
  const two = (warm: number) => ({
    ...state(0),
    layers: [warm, 1].map((one) => ({ warm: one, cold: 0, warmDays: 0, days: 0 })),
  });
  const spread = chain({
    layers: [layer(0), layer(1)],
    averages: [two(2), two(2), two(4)],
    ends: [two(2), two(3), two(3)],
  });
  const own = basis({
    resources: [
      { id: 'S/A', resourceType: 'EBS' },
      { id: 'S/B', resourceType: 'RDS' },
      { id: 'S/C', resourceType: 'EBS' },
    ],
    groups: [
      { resourceType: 'EBS', resources: [0], chains: [spread] },
      { resourceType: 'RDS', resources: [1], chains: [chain({ item: 'RDS', coldItem: undefined })] },
      { resourceType: 'EBS', resources: [2], chains: [chain()] },
    ],
  });
  const sizes = { ...SIZED, types: { ...SIZED.types, RDS: { sizeGiB: 10, changePerDay: 0 } } };
  const { byVault, total } = costOf(own, sizes, DEFAULT_PRICES);
  const [gold, silver] = byVault;
  expect(gold.byType.map(({ resourceType, total: all, perMonth }) => [resourceType, all, perMonth])).toEqual([
    ['EBS', close(2 * 10 + 2 * 11.25), close(20 + 11.25)],
    ['RDS', close(2 * 20 * 0.095), close(20 * 0.095)],
  ]);
  expect(silver.byType.map(({ timeline }) => timeline.map(({ storageGiB }) => storageGiB))).toEqual([
    [100, 100],
  ]);
  expect([silver.total, silver.perMonth]).toEqual([close(10), close(5)]);
  expect([gold.total, gold.perMonth]).toEqual([close(42.5 + 3.8), close(31.25 + 1.9)]);
  expect(total).toEqual(close(42.5 + 3.8 + 10));
});

describe('what an estimate assumes', () => {
  const RATE = "3 % of the data changes in a day, where the sizes don't say otherwise";
  const unrated: CostSizes = { ...NO_SIZES, types: { EBS: { sizeGiB: 100 } } };
  const assumed = (sizes: CostSizes, more: Partial<CostChain>, sizeGiB?: number) =>
    costOf(
      basis({ resources: [{ id: 'S/A', resourceType: 'EBS', sizeGiB }] }, chain(), chain(more)),
      sizes,
      DEFAULT_PRICES,
    ).assumptions.slice(1, -1);

  test.each<[string, CostSizes, Partial<CostChain>, number | undefined, string[]]>([
    ['is the change rate of what is incremental', unrated, { storage: 'incremental' }, undefined, [RATE]],
    [
      'is the change rate of what may be incremental',
      { ...unrated, incrementalDynamoDb: ['us-east-1'] },
      { storage: 'setting' },
      undefined,
      [RATE],
    ],
    ['is nothing of what is full', unrated, { storage: 'setting' }, undefined, []],
    [
      'is nothing with a change rate',
      { ...unrated, changePerDay: 0.5 },
      { storage: 'incremental' },
      undefined,
      [],
    ],
    ['is nothing with a change rate of the type', SIZED, { storage: 'incremental' }, undefined, []],
    ['is the size of the template', NO_SIZES, {}, 50, ['EBS: the sizes in the templates']],
  ])('%s', (_, sizes, more, sizeGiB, expected) => {
    expect(assumed(sizes, more, sizeGiB)).toEqual(expected);
  });
});

test('what expires in cold storage too early is charged for the rest of 90 days', () => {
  const layers = [{ ...chain().layers[0], gapDays: 2, unusedColdDays: 60, expired: [0, 3, 5] }];
  const line = (more: Partial<CostChain>) =>
    costOf(basis({}, chain({ layers, ...more })), SIZED, DEFAULT_PRICES).byMeter.find(({ what: of }) =>
      of.endsWith('deleted before 90 days in cold storage'),
    );
  const month = 730 / 24;
  expect(line({})).toEqual({
    what: 'backups of EBS deleted before 90 days in cold storage',
    item: 'EBS.cold',
    region: 'us-east-1',
    unit: 'GiB-month',
    quantity: close((3 * 100 * 60) / month),
    price: 0.0125,
    total: close(((3 * 100 * 60) / month) * 0.0125),
  });
  // a fifth of the data changes in two days
  expect(line({ storage: 'incremental' })?.quantity).toEqual(close((3 * 20 * 60) / month));
  expect(line({ storage: 'incremental', fullInCold: true })?.quantity).toEqual(close((3 * 100 * 60) / month));
  expect(line({ coldItem: undefined })).toBeUndefined();
});
