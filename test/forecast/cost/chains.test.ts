import { RunTimes } from '../../../src/forecast/core/run-times';
import { type ChainContext, chainsOf } from '../../../src/forecast/cost/cost-chains';
import type { StorageFacts } from '../../../src/forecast/cost/storage-facts';
import type { Lineage } from '../../../src/forecast/points/resource-points';
import { day, every, FOREVER, GAP, lineage, vault } from '../support/lineages';

const SPANS = [
  { from: day(0), to: day(10) },
  { from: day(10), to: day(20) },
];
const EBS: StorageFacts = { item: 'EBS', coldItem: 'EBS.cold', storage: 'incremental', fullInCold: true };
const context = (more: Partial<ChainContext> = {}): ChainContext => ({
  facts: EBS,
  managed: false,
  automatedRetentionDays: 0,
  spans: SPANS,
  vaultOf: ({ key }) => ['gold', 'second', 'gap'].indexOf(key),
  tierAfterDays: () => undefined,
  ...more,
});
const FULL: StorageFacts = { item: 'Aurora', storage: 'full', free: 'automated-retention' };

describe('recovery points build on one another', () => {
  const grouped = (lineages: Partial<Lineage>[], more: Partial<ChainContext> = {}) =>
    chainsOf(lineages.map(lineage), context(more)).map(({ layers }) => layers.map((one) => one.vault));
  const second = vault('second');

  test.each<[string, Partial<Lineage>[], Partial<ChainContext>, number[][]]>([
    ['in one Region, for most types', [{}, { vault: second }], {}, [[0, 1]]],
    ['in one vault, for fully managed types', [{}, { vault: second }, {}], { managed: true }, [[0, 0], [1]]],
    ['not in two Regions', [{}, { vault: vault('second', { region: 'eu-west-1' }) }], {}, [[0], [1]]],
    ['not in two accounts', [{}, { vault: vault('second', { account: '2' }) }], {}, [[0], [1]]],
    ['not in standard and logically air-gapped vaults', [{}, { vault: GAP }], {}, [[0], [2]]],
    ['not as backups and copies', [{}, { kind: 'copy' }], {}, [[0], [0]]],
    [
      'not as copies in two vaults',
      [{ kind: 'copy' }, { kind: 'copy', vault: second }, { kind: 'copy' }],
      {},
      [[0, 0], [1]],
    ],
    ['as backups and continuous backups of most types', [{}, { kind: 'continuous' }], {}, [[0, 0]]],
    [
      'not as backups and continuous backups of types that are full',
      [{}, { kind: 'continuous' }],
      { facts: FULL },
      [[0], [0]],
    ],
    ['not those on the way to a logically air-gapped vault', [{ kind: 'temporary' }], {}, []],
    ['not those of rules without runs', [{ times: RunTimes.NONE }, { vault: second }], {}, [[1]]],
  ])('%s', (_, lineages, more, expected) => {
    expect(grouped(lineages, more)).toEqual(expected);
  });

  test('in layers, that with the shortest gaps first', () => {
    const [{ layers }] = chainsOf(
      [
        lineage({ times: every(7, 3) }),
        lineage(),
        lineage({ times: every(1, 1) }),
        lineage({ kind: 'continuous', windowDays: 5 }),
      ],
      context(),
    );
    // a single point has a gap as long as the period
    expect(layers.map(({ gapDays }) => gapDays)).toEqual([0, 1, 7, 20]);
  });
});

describe('a chain', () => {
  const chain = (more: Partial<Lineage> = {}, of: Partial<ChainContext> = {}) =>
    chainsOf([lineage(more)], context(of))[0];

  test('has its items, its Region and its storage', () => {
    expect(chain()).toMatchObject({
      item: 'EBS',
      coldItem: 'EBS.cold',
      region: 'us-east-1',
      airGapped: false,
      fullInCold: true,
      freeSizes: 0,
      tierAfterDays: undefined,
      transfer: undefined,
    });
    expect(chain({ vault: vault('second', { region: undefined }) }).region).toBeNull();
    expect(chain({ vault: GAP }).airGapped).toBe(true);
    expect(chain({}, { facts: FULL }).fullInCold).toBe(false);
  });

  test.each<[string, Partial<Lineage>, StorageFacts, string]>([
    ['kept for less than a week is full', { retentionDays: 6 }, EBS, 'full'],
    ['kept for a week builds on others', { retentionDays: 7 }, EBS, 'incremental'],
    [
      'kept for less than a week in warm storage is full',
      { retentionDays: 400, coldAfterDays: 6 },
      EBS,
      'full',
    ],
    ['kept for less than its gap is full', { retentionDays: 9, times: every(10, 2) }, EBS, 'full'],
    [
      'kept as long as its gap builds on others',
      { retentionDays: 10, times: every(10, 2) },
      EBS,
      'incremental',
    ],
    [
      'that is continuous builds on itself',
      { kind: 'continuous', retentionDays: 1, windowDays: 1 },
      EBS,
      'incremental',
    ],
    ['of a type that is full is full', { retentionDays: 35 }, FULL, 'full'],
    [
      'that is continuous is incremental, even of a type that is full',
      { kind: 'continuous', windowDays: 5 },
      FULL,
      'incremental',
    ],
  ])('%s', (_, more, facts, storage) => {
    expect(chain(more, { facts }).storage).toBe(storage);
  });

  test.each<[string, Partial<Lineage>, StorageFacts, number]>([
    ['as much as its database', {}, { ...EBS, free: 'size' }, 1],
    ['as much as its database with a continuous backup', { kind: 'continuous', windowDays: 5 }, FULL, 1],
    ['nothing in general', {}, EBS, 0],
    ['nothing with a continuous backup in general', { kind: 'continuous', windowDays: 5 }, EBS, 0],
    ['nothing for snapshots within the automated retention', {}, FULL, 0],
    ['nothing for copies', { kind: 'copy' }, { ...EBS, free: 'size' }, 0],
    ['nothing in logically air-gapped vaults', { vault: GAP }, { ...EBS, free: 'size' }, 0],
  ])('has free of charge: %s', (_, more, facts, free) => {
    expect(chain(more, { facts }).freeSizes).toBe(free);
  });

  test.each<[string, Partial<Lineage>, StorageFacts, number | undefined]>([
    [
      'moves S3 after the days of the vault',
      { retentionDays: 61 },
      { item: 'S3', storage: 'incremental' },
      60,
    ],
    [
      'does not move what is gone by then',
      { retentionDays: 60 },
      { item: 'S3', storage: 'incremental' },
      undefined,
    ],
    ['does not move other types', { retentionDays: 61 }, EBS, undefined],
  ])('with a tiering configuration %s', (_, more, facts, days) => {
    expect(chain(more, { facts, tierAfterDays: () => 60 }).tierAfterDays).toBe(days);
  });

  test('counts the points that are created, and those that expire in cold storage', () => {
    const at = (more: Partial<Lineage>) => chain(more).layers[0];
    expect(at({})).toMatchObject({
      vault: 0,
      gapDays: 1,
      unusedColdDays: 0,
      created: [10, 10],
      expired: [0, 0],
    });
    // 5 days in cold storage of the 90 that are charged
    expect(at({ retentionDays: 7, coldAfterDays: 2 })).toMatchObject({
      unusedColdDays: 85,
      expired: [3, 10],
    });
    expect(at({ retentionDays: 92, coldAfterDays: 2 }).unusedColdDays).toBe(0);
    expect(at({ retentionDays: 200, coldAfterDays: 2 }).unusedColdDays).toBe(0);
    expect(at({ retentionDays: FOREVER, coldAfterDays: 2 })).toMatchObject({
      unusedColdDays: 0,
      expired: [0, 0],
    });
    expect(at({ retentionDays: 5, coldAfterDays: 5 })).toMatchObject({ unusedColdDays: 0, expired: [0, 0] });
  });

  const source = lineage();
  const far = vault('second', { account: '2', region: 'eu-west-1' });
  test.each<[string, Partial<Lineage>, boolean, object | undefined]>([
    ['backups transfers nothing', { vault: far }, false, undefined],
    [
      'copies in one Region transfers nothing',
      { kind: 'copy', source, vault: vault('second') },
      false,
      undefined,
    ],
    [
      'copies to another Region is paid by their destination',
      { kind: 'copy', source, vault: far, times: every(1, 5, 12) },
      false,
      { from: 'us-east-1', to: 'eu-west-1', payer: '2', firstSpan: 1 },
    ],
    [
      'copies of fully managed types is paid by their source',
      { kind: 'copy', source, vault: far },
      true,
      { from: 'us-east-1', to: 'eu-west-1', payer: '1', firstSpan: 0 },
    ],
    [
      'copies of what is not known may come from any Region',
      { kind: 'copy', vault: far },
      true,
      { from: null, to: 'eu-west-1', payer: null, firstSpan: 0 },
    ],
  ])('of %s', (_, more, managed, transfer) => {
    expect(chain(more, { managed }).transfer).toEqual(transfer);
  });

  const steady = { presence: 1, warmPresence: 1, tiered: 0 };
  test.each<[string, Partial<Lineage>, object[], object[]]>([
    [
      'of daily backups kept 5 days grows, and stays',
      {},
      // 1, 2, 3, 4 and then 5 points; the oldest one is whole
      [
        { ...steady, layers: [{ warm: 4, cold: 0, warmDays: 3, days: 3 }] },
        { ...steady, layers: [{ warm: 5, cold: 0, warmDays: 4, days: 4 }] },
      ],
      [
        { ...steady, layers: [{ warm: 5, cold: 0, warmDays: 4, days: 4 }] },
        { ...steady, layers: [{ warm: 4, cold: 0, warmDays: 3, days: 3 }] },
      ],
    ],
    [
      'of backups in cold storage after 2 days keeps both',
      { coldAfterDays: 2 },
      [
        { ...steady, layers: [{ warm: 1.9, cold: 2.1, warmDays: 0.9, days: 3 }] },
        { ...steady, layers: [{ warm: 2, cold: 3, warmDays: 1, days: 4 }] },
      ],
      [
        { ...steady, layers: [{ warm: 2, cold: 3, warmDays: 1, days: 4 }] },
        { ...steady, layers: [{ warm: 1, cold: 3, warmDays: 0, days: 3 }] },
      ],
    ],
    [
      'of backups kept for less than their gap is there for a part of the time',
      { times: every(5, 4), retentionDays: 2 },
      [
        {
          presence: 0.4,
          warmPresence: 0.4,
          tiered: 0,
          layers: [{ warm: 0.4, cold: 0, warmDays: 0, days: 0 }],
        },
        {
          presence: 0.4,
          warmPresence: 0.4,
          tiered: 0,
          layers: [{ warm: 0.4, cold: 0, warmDays: 0, days: 0 }],
        },
      ],
      [
        // at midnight of the 10th day, there is a new one
        { ...steady, layers: [{ warm: 1, cold: 0, warmDays: 0, days: 0 }] },
        { presence: 0, warmPresence: 0, tiered: 0, layers: [{ warm: 0, cold: 0, warmDays: 0, days: 0 }] },
      ],
    ],
    [
      'of a continuous backup reaches back as far as its window',
      { kind: 'continuous', windowDays: 5, times: every(1, 1, 5), retentionDays: FOREVER },
      [
        {
          presence: 0.5,
          warmPresence: 0.5,
          tiered: 0,
          layers: [{ warm: 0.5, cold: 0, warmDays: 1.25, days: 1.25 }],
        },
        { ...steady, layers: [{ warm: 1, cold: 0, warmDays: 5, days: 5 }] },
      ],
      [
        { ...steady, layers: [{ warm: 1, cold: 0, warmDays: 5, days: 5 }] },
        { ...steady, layers: [{ warm: 1, cold: 0, warmDays: 5, days: 5 }] },
      ],
    ],
  ])('%s', (_, more, averages, ends) => {
    const close = (value: unknown): unknown =>
      typeof value === 'number'
        ? expect.closeTo(value, 9)
        : Array.isArray(value)
          ? value.map(close)
          : Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, close(one)]));
    const got = chain(more);
    expect(got.averages).toEqual(close(averages));
    expect(got.ends).toEqual(close(ends));
  });

  test('has the snapshots within the automated retention free of charge', () => {
    const warm = (automatedRetentionDays: number, more: Partial<Lineage> = {}) =>
      chain(more, { facts: FULL, automatedRetentionDays }).ends[0].layers[0].warm;
    expect([warm(0), warm(3), warm(5), warm(35)]).toEqual([5, 2, 0, 0]);
    expect(warm(3, { kind: 'copy' })).toBe(5);
    expect(warm(3, { vault: GAP })).toBe(5);
    expect(chain({}, { automatedRetentionDays: 3 }).ends[0].layers[0].warm).toBe(5);
  });

  test('keeps what a legal hold keeps, which is not free of charge', () => {
    const hold = (from: number, to: number) => [{ from: day(from), to: day(to) }];
    const of = (holds: Lineage['holds'], free = 0) =>
      chain({ times: every(1, 5), retentionDays: 3, holds }, { facts: FULL, automatedRetentionDays: free });
    const kept = {
      presence: 1,
      warmPresence: 1,
      tiered: 0,
      layers: [{ warm: 2, cold: 0, warmDays: 1, days: 1 }],
    };
    for (const free of [0, 2]) {
      expect(of(hold(0, 1), free).averages[1]).toEqual(kept);
      expect(of(hold(0, 1), free).ends[1]).toEqual(kept);
    }
    const gone = {
      presence: 0,
      warmPresence: 0,
      tiered: 0,
      layers: [{ warm: 0, cold: 0, warmDays: 0, days: 0 }],
    };
    for (const holds of [[], hold(5, 9), hold(-9, -1)]) expect(of(holds).averages[1]).toEqual(gone);
    // the first and the last point
    for (const holds of [hold(-9, 0), hold(4, 9)]) expect(of(holds).averages[1].layers[0].warm).toBe(1);
  });

  test('has its old data in the low-cost tier as soon as that is old enough', () => {
    const facts: StorageFacts = { item: 'S3', storage: 'incremental' };
    const { averages, ends } = chain({ retentionDays: FOREVER }, { facts, tierAfterDays: () => 4 });
    expect(averages.map(({ tiered }) => tiered)).toEqual([0.6, 1]);
    expect(ends.map(({ tiered }) => tiered)).toEqual([1, 1]);
  });
});
