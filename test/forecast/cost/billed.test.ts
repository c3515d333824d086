import { type CostChain, type CostMeter, MONTH_MS, NO_SIZES } from '../../../src/forecast/cost/cost-model';
import { costOf } from '../../../src/forecast/cost/cost-of';
import { DEFAULT_PRICES } from '../../../src/forecast/cost/prices';
import { basis, chain, SIZED, state } from '../support/cost-basis';

const close = (amount: number) => expect.closeTo(amount, 9);

test('what is tiered costs less, and its objects move once, and then as they change', () => {
  const tiered = (share: number) =>
    state(2, 0, { tiered: share, layers: [{ warm: 11, cold: 0, warmDays: 10, days: 10 }] });
  const resources = [{ id: 'S/A', resourceType: 'S3' }];
  const of = (shares: number[], more: Partial<CostChain> = {}) => {
    const s3 = chain({
      item: 'S3',
      coldItem: undefined,
      storage: 'incremental',
      tierAfterDays: 5,
      averages: shares.map(tiered),
      ...more,
    });
    const groups = [{ resourceType: 'S3', resources: [0], chains: [s3] }];
    const sizes = { ...NO_SIZES, types: { S3: { sizeGiB: 100, changePerDay: 0.1, objects: 5000 } } };
    return costOf(basis({ resources, groups }), sizes, DEFAULT_PRICES).byMeter.map(
      ({ what: text, item, quantity }) => [text, item, quantity],
    );
  };
  const [STORED, LOW, MOVES] = [
    ['backups of S3', 'S3'],
    ['backups of S3 in the low-cost warm tier', 'S3.lowCost'],
    ['objects of S3 that move to the low-cost warm tier', 'S3.move'],
  ];
  const days = MONTH_MS / 86_400_000;
  // 200 GiB, of which the changes of 5 days are half of the data
  expect(of([0, 1, 1])).toEqual([
    [...STORED, close(200 + 50)],
    [...LOW, close(150)],
    [...MOVES, close(5 * (1 + days * 0.1))],
  ]);
  expect(of([1, 0, 1])).toEqual([
    [...STORED, close(50 + 200)],
    [...LOW, close(150)],
    [...MOVES, close(5 * (1 + days * 0.1))],
  ]);
  expect(of([0, 0, 1])).toEqual([
    [...STORED, close(400)],
    [...LOW, 0],
    [...MOVES, 0],
  ]);
  expect(of([0, 1, 1], { tierAfterDays: undefined })).toEqual([[...STORED, close(400)]]);
  expect(of([0, 1, 1], { storage: 'full' })[0]).toEqual([...STORED, close(2200)]);
});

test.each<[string | null, string | null, string | null, string]>([
  ['us-east-1', 'eu-west-1', '2', 'copies of EBS from us-east-1 to eu-west-1, paid by account 2'],
  [null, 'eu-west-1', null, 'copies of EBS from any Region to eu-west-1, paid by the account of the stacks'],
  ['us-east-1', null, '1', 'copies of EBS from us-east-1 to any Region, paid by account 1'],
])('copies from %s to %s transfer data', (from, to, payer, text) => {
  const layers = [{ ...chain().layers[0], created: [2, 3, 5] }];
  const transfer = { from, to, payer, firstSpan: 0 };
  const estimate = costOf(
    basis({}, chain({ layers, transfer, storage: 'incremental' })),
    SIZED,
    DEFAULT_PRICES,
  );
  // the first one in full, and the changes of a day with each of the 4 others
  expect(estimate.byMeter.find(({ item }) => item === 'transfer')).toEqual({
    what: text,
    item: 'transfer',
    region: from,
    unit: 'GiB',
    quantity: close(100 + 4 * 10),
    price: 0.02,
    total: close(140 * 0.02),
  });
});

test.each<[string, Partial<CostMeter>, number]>([
  ['counts', {}, 3],
  ['counts times the sizes of resources', { resources: [0, 1] }, 3 * 110],
  ['counts times the changes of some days', { resources: [0, 1], changedDays: 2 }, 3 * (20 + 10)],
  ['counts times the sizes that are known', { resources: [1, 2] }, 3 * 10],
])('a meter has %s', (_, more, quantity) => {
  const meter: CostMeter = {
    item: 'EBS.restore',
    what: 'restores',
    region: 'us-east-1',
    counts: [1, 2, 4],
    ...more,
  };
  const resources = ['EBS', 'EFS', 'RDS'].map((resourceType, i) => ({ id: `S/${i}`, resourceType }));
  const sizes = { ...SIZED, types: { ...SIZED.types, EFS: { sizeGiB: 10, changePerDay: 0.8 } } };
  expect(costOf(basis({ resources, meters: [meter] }), sizes, DEFAULT_PRICES).byMeter).toEqual([
    {
      what: 'restores',
      item: 'EBS.restore',
      region: 'us-east-1',
      unit: 'GiB',
      quantity: close(quantity),
      price: 0,
      total: 0,
    },
  ]);
});
