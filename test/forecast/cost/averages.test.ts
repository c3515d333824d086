import fc from 'fast-check';
import { DAY_MS } from '../../../src/forecast/core/period';
import { RunTimes } from '../../../src/forecast/core/run-times';
import type { ChainState, CostChain } from '../../../src/forecast/cost/cost-model';
import { storedShares } from '../../../src/forecast/cost/stored';
import { averageCounts } from '../../../src/forecast/points/averages';
import { countsAt, joinedHolds, type PointSeries } from '../../../src/forecast/points/lineage';

const START = Date.parse('2027-01-01');
const DAYS = fc.integer({ min: 0, max: 60 });

/** Series with irregular times, in cold storage or not, with legal holds. */
const SERIES: fc.Arbitrary<PointSeries> = fc
  .record({
    hours: fc.uniqueArray(fc.integer({ min: 0, max: 60 * 24 }), { minLength: 1, maxLength: 40 }),
    retention: fc.option(fc.integer({ min: 1, max: 40 }), { nil: Number.POSITIVE_INFINITY }),
    cold: fc.option(fc.integer({ min: 0, max: 30 }), { nil: Number.POSITIVE_INFINITY }),
    hold: fc.option(fc.tuple(DAYS, DAYS)),
  })
  .map(({ hours, retention, cold, hold }) => ({
    times: new RunTimes(
      Float64Array.from(hours.sort((a, b) => a - b).map((hour) => START + hour * 3_600_000)),
    ),
    retentionDays: retention,
    coldAfterDays: cold,
    holds: hold ? joinedHolds([{ from: START + hold[0] * DAY_MS, to: START + hold[1] * DAY_MS }]) : [],
  }));

test('the average number of points is the mean of the number at each hour', () => {
  fc.assert(
    fc.property(SERIES, DAYS, fc.integer({ min: 1, max: 40 }), (series, first, length) => {
      const from = START + first * DAY_MS;
      const hours = length * 24;
      let [warm, cold] = [0, 0];
      // everything happens at full hours, so that each hour has one number
      for (let hour = 0; hour < hours; hour++) {
        const counts = countsAt(series, from + hour * 3_600_000);
        warm += counts.warm;
        cold += counts.cold;
      }
      const average = averageCounts(series, from, from + length * DAY_MS);
      expect(average.warm).toBeCloseTo(warm / hours, 6);
      expect(average.cold).toBeCloseTo(cold / hours, 6);
    }),
    { numRuns: 300 },
  );
});

/** What points at these days store: the oldest is full, the others have what changed since the one before. */
function naiveShare(days: readonly number[], changePerDay: number): number {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  return sorted.reduce(
    (sum, day, i) => sum + (i === 0 ? 1 : Math.min(1, (day - sorted[i - 1]) * changePerDay)),
    0,
  );
}

const LAYER = fc.record({ gap: fc.integer({ min: 1, max: 30 }), points: fc.integer({ min: 1, max: 60 }) });

test('chains of several rules store what a list of all points does', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(LAYER, { minLength: 1, maxLength: 3, selector: ({ gap }) => gap }),
      fc.constantFrom(0, 0.01, 0.03, 0.2, 1),
      (given, changePerDay) => {
        const layers = given.sort((a, b) => a.gap - b.gap);
        const chain = {
          fullInCold: false,
          freeSizes: 0,
          layers: layers.map(({ gap }) => ({ gapDays: gap })),
        } as unknown as CostChain;
        const state: ChainState = {
          presence: 1,
          warmPresence: 1,
          tiered: 0,
          layers: layers.map(({ gap, points }) => {
            const days = (points - 1) * gap;
            return { warm: points, cold: 0, warmDays: days, days };
          }),
        };
        const stored = storedShares(chain, state, changePerDay, false).reduce(
          (sum, { warm }) => sum + warm,
          0,
        );
        const points = layers.flatMap(({ gap, points: count }) =>
          Array.from({ length: count }, (_, i) => -i * gap),
        );
        const naive = naiveShare(points, changePerDay);
        const widest = layers[layers.length - 1].gap;
        // only where points change everything do those of rules with longer gaps add to the others
        if (layers.length === 1 || widest * changePerDay <= 1) expect(stored).toBeCloseTo(naive, 6);
        else expect(stored).toBeLessThanOrEqual(naive + 1e-9);
      },
    ),
    { numRuns: 500 },
  );
});
