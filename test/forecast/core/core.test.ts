import * as fc from 'fast-check';
import { checkpointsOf, DAY_MS, dateText, MINUTE_MS } from '../../../src/forecast/core/period';
import { periodFrom, readDuration, readInstant } from '../../../src/forecast/core/period-input';
import { PlanRuns, type RunRule } from '../../../src/forecast/core/plan-runs';
import { longestGaps, RunTimes } from '../../../src/forecast/core/run-times';
import { readCron } from '../../../src/values/schedule/cron';
import type { Cron } from '../../../src/values/schedule/cron-field-spec';

const at = (text: string) => Date.parse(text);
const HOUR = 60 * MINUTE_MS;

describe('an instant', () => {
  test.each<[string, string | undefined]>([
    ['2027-01-01', '2027-01-01T00:00:00Z'],
    ['2028-02-29', '2028-02-29T00:00:00Z'],
    ['2027-01-01T06:00Z', '2027-01-01T06:00:00Z'],
    ['2027-01-01T06:00:30Z', '2027-01-01T06:00:30Z'],
    ['2027-01-01T06:00:30.5Z', '2027-01-01T06:00:30.5Z'],
    ['2027-01-01T06:00+02:00', '2027-01-01T04:00:00Z'],
    ['1970-01-01', '1970-01-01T00:00:00Z'],
    ['2199-12-31T23:59Z', '2199-12-31T23:59:00Z'],
    ['2200-01-01', undefined],
    ['1969-12-31', undefined],
    ['1970-01-01T00:00+01:00', undefined],
    ['2027-02-29', undefined],
    ['2027-02-30', undefined],
    ['2027-13-01', undefined],
    ['2027-01-01T25:00Z', undefined],
    ['2027-01-01T06:00', undefined],
    ['2027-01-01T06Z', undefined],
    ['2027-01-01T06:00:30.1234Z', undefined],
    ['2027-1-1', undefined],
    [' 2027-01-01', undefined],
    ['2027-01-01 ', undefined],
    ['12027-01-01', undefined],
    ['tomorrow', undefined],
    ['', undefined],
  ])('is read from %j: %p', (text, instant) => {
    expect(readInstant(text)).toBe(instant && at(instant));
  });
});

describe('a duration', () => {
  test.each<[string, number, number]>([
    ['P1Y', 12, 0],
    ['P2Y3M', 27, 0],
    ['P1M', 1, 0],
    ['P2W', 0, 14],
    ['P90D', 0, 90],
    ['P1W2D', 0, 9],
    ['P1Y1M1W1D', 13, 8],
    ['P9999Y', 9_999 * 12, 0],
    ['P99999D', 0, 99_999],
  ])('is read from %s: %d months and %d days', (text, months, days) => {
    expect(readDuration(text)).toEqual({ months, milliseconds: days * DAY_MS });
  });

  test.each<[string, number]>([
    ['PT1H', 60],
    ['PT30M', 30],
    ['PT1H30M', 90],
    ['P1DT2H3M', 1_440 + 123],
    ['PT1M', 1],
  ])('is read from %s: %d minutes', (text, minutes) => {
    expect(readDuration(text)).toEqual({ months: 0, milliseconds: minutes * MINUTE_MS });
  });

  test.each([
    ...['', 'P', 'PT', 'P1', '1Y', 'P1S', 'PT1S', 'P1DT', 'P1M1Y', 'P1D1W', 'PT1M1H', 'P-1D', 'P1.5D'],
    ...['P0D', 'P0Y0M', 'PT0H', ' P1D', 'P1D ', 'p1d', 'P99999Y', 'P100000D', 'P1Y2'],
  ])('is not read from %j', (text) => {
    expect(readDuration(text)).toBeUndefined();
  });

  test.each([
    ['2027-01-01', 'P1Y', '2028-01-01'],
    ['2027-01-31', 'P1M', '2027-02-28'],
    ['2028-01-31', 'P1M', '2028-02-29'],
    ['2027-01-31', 'P2M', '2027-03-31'],
    ['2028-02-29', 'P1Y', '2029-02-28'],
    ['2027-11-30', 'P3M', '2028-02-29'],
    ['2027-01-30T06:30Z', 'P1M', '2027-02-28T06:30Z'],
    ['2027-01-31', 'P1M1D', '2027-03-01'],
    ['2027-01-15', 'P14D', '2027-01-29'],
    ['2199-01-01', 'P1Y', '2200-01-01'],
  ])('after %s of %s ends on %s', (from, duration, to) => {
    expect(periodFrom(at(from), readDuration(duration) ?? { months: 0, milliseconds: 0 })).toEqual({
      from: at(from),
      to: at(to),
    });
  });

  test('ends by 2199, the last year that schedules have', () => {
    expect(periodFrom(at('2199-01-01'), { months: 12, milliseconds: 1 })).toBeUndefined();
    expect(periodFrom(at('2027-01-01'), { months: 9_999 * 12, milliseconds: 0 })).toBeUndefined();
  });
});

describe('a period', () => {
  const points = (from: string, to: string) =>
    checkpointsOf({ from: at(from), to: at(to) }).map((one) => dateText(one));

  test.each([
    ['2027-01-01', '2027-04-01', ['2027-01-01', '2027-02-01', '2027-03-01', '2027-04-01']],
    ['2027-01-02', '2027-03-01', ['2027-02-01', '2027-03-01']],
    ['2027-11-15', '2028-02-15', ['2027-12-01', '2028-01-01', '2028-02-01', '2028-02-15']],
    ['2027-01-02', '2027-01-20', ['2027-01-20']],
    ['2027-01-31T06:00Z', '2027-02-01T06:00Z', ['2027-02-01', '2027-02-01T06:00Z']],
    ['2027-01-01', '2027-01-01T00:01Z', ['2027-01-01', '2027-01-01T00:01Z']],
  ])('from %s to %s has the first of each month, and its end', (from, to, expected) => {
    expect(points(from, to)).toEqual(expected);
  });

  test('is printed with the time where that is not midnight, and with seconds where there are some', () => {
    expect(
      ['2027-01-01', '2027-01-01T00:01Z', '2027-01-01T00:00:30Z', '2027-01-01T00:00:00.500Z'].map((text) =>
        dateText(at(text)),
      ),
    ).toEqual(['2027-01-01', '2027-01-01T00:01Z', '2027-01-01T00:00:30.000Z', '2027-01-01T00:00:00.500Z']);
  });
});

const times = (...all: number[]) => new RunTimes(Float64Array.from(all));

describe('the times of runs', () => {
  const sorted = fc
    .uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 12 })
    .map((all) => all.sort((a, b) => a - b));

  test('are counted, and how long ago they were is added up, as in a list', () => {
    fc.assert(
      fc.property(sorted, fc.integer({ min: -2, max: 62 }), (all, instant) => {
        const runs = times(...all);
        const past = all.filter((time) => time <= instant);
        expect(runs.countUntil(instant)).toBe(past.length);
        expect(runs.elapsed(past.length, instant)).toBe(past.reduce((sum, time) => sum + instant - time, 0));
        expect([runs.length, runs.first, runs.last]).toEqual([all.length, all[0], all[all.length - 1]]);
        expect(all.map((_, index) => runs.at(index))).toEqual(all);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [4, 0],
    [5, 1],
    [6, 1],
    [8, 2],
    [9, 3],
    [10, 3],
  ])('until %d are %d of 5, 8 and 9', (instant, count) => {
    expect(times(5, 8, 9).countUntil(instant)).toBe(count);
  });

  test.each<[number[], number | undefined]>([
    [[], undefined],
    [[5], undefined],
    [[5, 7], 2],
    [[1, 2, 9, 11], 7],
    [[3, 3], 0],
  ])('of %j have the longest gap %p', (all, gap) => {
    expect(times(...all).longestGap()).toBe(gap);
  });

  test('may be none', () => {
    expect(RunTimes.NONE.length).toBe(0);
    expect(RunTimes.NONE.elapsed(0, 5)).toBe(0);
  });
});

describe('the gaps between the runs of several rules', () => {
  const rule = (windowMs: number, ...all: number[]) => ({ times: times(...all), windowMs });

  test.each<[string, ReturnType<typeof rule>[], [number, number] | undefined]>([
    ['of no rule', [], undefined],
    ['of a rule that never runs', [rule(1)], undefined],
    ['of one run', [rule(1, 5)], undefined],
    ['of one rule', [rule(3, 5, 10, 12)], [5, 8]],
    ['of one rule beside one that never runs', [rule(3, 5, 10), rule(9)], [5, 8]],
    ['of one run beside a rule that never runs', [rule(3, 5), rule(9)], undefined],
    ['of rules that never run', [rule(3), rule(9)], undefined],
    ['of one run with a long window before another', [rule(100, 0), rule(2, 5)], [5, 7]],
    ['of two rules in turns', [rule(1, 0, 10), rule(2, 4, 20)], [10, 12]],
    ['of a later backup with the longer window', [rule(1, 0, 6), rule(9, 4)], [4, 13]],
    ['of runs at one instant', [rule(7, 5), rule(3, 5)], [0, 3]],
    ['of runs at one instant, in the other order', [rule(3, 5), rule(7, 5)], [0, 3]],
    ['of runs at one instant after another', [rule(7, 0, 5), rule(3, 5)], [5, 8]],
    ['of one run each', [rule(1, 0), rule(2, 5)], [5, 7]],
    ['of runs at one instant before another', [rule(7, 0), rule(9, 0, 5)], [5, 14]],
    ['of a gap at the end', [rule(1, 0, 1), rule(1, 2, 50)], [48, 49]],
  ])('%s', (_, rules, expected) => {
    const gaps = expected && { longest: expected[0], worstCase: expected[1] };
    expect(longestGaps(rules)).toEqual(gaps);
    expect(longestGaps(rules)).toEqual(gaps); // and from memory
  });

  test('are told apart by the other rules and by the windows', () => {
    const [first, second, third] = [times(0, 10), times(4), times(8)];
    const gaps = (...all: [RunTimes, number][]) => {
      const found = longestGaps(all.map(([of, windowMs]) => ({ times: of, windowMs })));
      return found && [found.longest, found.worstCase];
    };
    expect(gaps([first, 1], [second, 1])).toEqual([6, 7]);
    expect(gaps([first, 2], [second, 1])).toEqual([6, 8]);
    expect(gaps([first, 1], [second, 9])).toEqual([6, 13]);
    expect(gaps([first, 1], [third, 1])).toEqual([8, 9]);
    expect(gaps([first, 1], [second, 1], [third, 1])).toEqual([4, 5]);
    expect(gaps([first, 1], [second, 1])).toEqual([6, 7]);
  });
});

describe('the rules of a plan', () => {
  const cron = (text: string) => readCron(`cron(${text})`).cron as Cron;
  const rule = (text: string, more: Partial<RunRule> = {}): RunRule => ({
    cron: cron(text),
    startWindowMinutes: 60,
    retentionDays: 7,
    isContinuous: false,
    ...more,
  });
  /** The hours at which each rule runs in two days, and how many runs are skipped. */
  const runs = (rules: (RunRule | undefined)[], to = '2027-01-03') => {
    const from = at('2027-01-01');
    return new PlanRuns({ from, to: at(to) })
      .of(rules)
      .map(
        (found) =>
          found && [
            Array.from({ length: found.times.length }, (_, i) => (found.times.at(i) - from) / HOUR),
            found.skipped,
          ],
      );
  };
  const long = { retentionDays: 30 };

  test.each<[string, (RunRule | undefined)[], unknown[]]>([
    ['run alone', [rule('0 5 ? * * *')], [[[5, 29], 0]]],
    ['of which none is known', [undefined], [undefined]],
    ['run beside one that is not known', [undefined, rule('0 5 ? * * *')], [undefined, [[5, 29], 0]]],
    [
      'skip a run for a longer retention at the same time',
      [rule('0 5 ? * * *'), rule('0 5 1 * ? *', long)],
      [
        [[29], 1],
        [[5], 0],
      ],
    ],
    [
      'skip none for the same retention',
      [rule('0 5 ? * * *'), rule('0 5 1 * ? *')],
      [
        [[5, 29], 0],
        [[5], 0],
      ],
    ],
    [
      'skip a run whose window the other begins in',
      [rule('0 5 ? * * *', { startWindowMinutes: 61 }), rule('0 6 1 * ? *', long)],
      [
        [[29], 1],
        [[6], 0],
      ],
    ],
    [
      'skip none whose window ends as the other begins',
      [rule('0 5 ? * * *'), rule('0 6 1 * ? *', long)],
      [
        [[5, 29], 0],
        [[6], 0],
      ],
    ],
    [
      'skip a run in the window of the other',
      [rule('0 6 ? * * *'), rule('0 5 1 * ? *', { ...long, startWindowMinutes: 61 })],
      [
        [[30], 1],
        [[5], 0],
      ],
    ],
    [
      'skip none as the window of the other ends',
      [rule('0 6 ? * * *'), rule('0 5 1 * ? *', long)],
      [
        [[6, 30], 0],
        [[5], 0],
      ],
    ],
    [
      'skip runs for any of several',
      [rule('0 5 ? * * *'), rule('0 5 1 * ? *', long), rule('0 5 2 * ? *', long)],
      [
        [[], 2],
        [[5], 0],
        [[29], 0],
      ],
    ],
    [
      'skip none for a continuous one',
      [rule('0 5 ? * * *'), rule('0 5 ? * * *', { ...long, isContinuous: true })],
      [
        [[5, 29], 0],
        [[5, 29], 0],
      ],
    ],
    [
      'skip none if they are continuous themselves',
      [rule('0 5 ? * * *', { isContinuous: true }), rule('0 5 ? * * *', long)],
      [
        [[5, 29], 0],
        [[5, 29], 0],
      ],
    ],
    [
      'skip none for a retention that is not known',
      [rule('0 5 ? * * *'), rule('0 5 ? * * *', { retentionDays: undefined })],
      [
        [[5, 29], 0],
        [[5, 29], 0],
      ],
    ],
    [
      'skip none if their own retention is not known',
      [rule('0 5 ? * * *', { retentionDays: undefined }), rule('0 5 ? * * *', long)],
      [
        [[5, 29], 0],
        [[5, 29], 0],
      ],
    ],
    [
      'skip none for a window that is not known',
      [rule('0 5 ? * * *'), rule('0 5 ? * * *', { ...long, startWindowMinutes: undefined })],
      [
        [[5, 29], 0],
        [[5, 29], 0],
      ],
    ],
    [
      'skip none if their own window is not known',
      [rule('0 5 ? * * *', { startWindowMinutes: undefined }), rule('0 5 ? * * *', long)],
      [
        [[5, 29], 0],
        [[5, 29], 0],
      ],
    ],
    [
      'skip none in a window if their own is not known',
      [
        rule('0 6 ? * * *', { startWindowMinutes: undefined }),
        rule('0 5 1 * ? *', { ...long, startWindowMinutes: 120 }),
      ],
      [
        [[6, 30], 0],
        [[5], 0],
      ],
    ],
    [
      'skip none with another in their window whose own is not known',
      [
        rule('0 5 ? * * *', { startWindowMinutes: 120 }),
        rule('0 6 1 * ? *', { ...long, startWindowMinutes: undefined }),
      ],
      [
        [[5, 29], 0],
        [[6], 0],
      ],
    ],
    [
      'skip a run for one after the period, whose window it overlaps',
      [rule('0 5 ? * * *', { startWindowMinutes: 1_441 }), rule('0 5 3 * ? *', long)],
      [
        [[5], 1],
        [[], 0],
      ],
    ],
  ])('%s', (_, rules, expected) => {
    expect(runs(rules)).toEqual(expected);
  });

  test('have their own time zone each', () => {
    const berlin = rule('0 5 ? * * *', { timeZone: 'Europe/Berlin', ...long });
    expect(runs([rule('0 4 ? * * *'), berlin])).toEqual([
      [[], 2],
      [[4, 28], 0],
    ]);
    expect(runs([rule('0 5 ? * * *', { timeZone: 'UTC' })])).toEqual([[[5, 29], 0]]);
  });

  test('are computed once for each schedule, however they are spelled', () => {
    const plans = new PlanRuns({ from: at('2027-01-01'), to: at('2027-01-03') });
    const all = [
      '0 5 ? * * *',
      '5 5 ? * * *',
      '0 6 ? * * *',
      '0 5 2 * ? *',
      '0 5 ? FEB * *',
      '0 5 ? * * 2028',
    ];
    const counts = all.map((text) => plans.of([rule(text)])[0]?.times.length);
    expect(counts).toEqual([2, 2, 2, 1, 0, 0]);
    expect(plans.of([rule('00 05 ? * SUN-SAT *')])[0]?.times.length).toBe(2);
  });

  test('end with the period', () => {
    expect(runs([rule('0 5 ? * * *')], '2027-01-02T05:00Z')).toEqual([[[5], 0]]);
    expect(runs([rule('0 5 ? * * *')], '2027-01-02T05:01Z')).toEqual([[[5, 29], 0]]);
  });
});
