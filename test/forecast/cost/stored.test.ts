import { type ChainState, type CostChain, NO_SIZES } from '../../../src/forecast/cost/cost-model';
import {
  storedShares,
  storesEachInFull,
  tieredShare,
  transferredShare,
} from '../../../src/forecast/cost/stored';

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
    const given = { ...NO_SIZES, incrementalDynamoDb: ['us-east-1'] };
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
