import * as fc from 'fast-check';
import {
  areOverlapping,
  clockText,
  dailyText,
  freeWindow,
  fsxWeeklyText,
  settledRuns,
  weeklyText,
} from '../../../src/values/schedule/free-windows';
import {
  dailyWindow,
  fsxMaintenance,
  meeting,
  weeklyWindow,
} from '../../../src/values/schedule/service-windows';

const DAY = 1440;
const HOUR = 60;
const daily = (hour: number, startWindowMinutes = 60) =>
  settledRuns({ schedule: `cron(0 ${hour} ? * * *)`, timeZone: 'UTC', startWindowMinutes });

describe('the runs of a rule in any week', () => {
  test.each<[string, string, string, number[]]>([
    ['every day', 'cron(0 5 ? * * *)', 'UTC', [0, 1, 2, 3, 4, 5, 6].map((day) => day * DAY + 5 * HOUR)],
    ['on a Sunday', 'cron(0 5 ? * SUN *)', 'UTC', [6 * DAY + 5 * HOUR]],
    [
      'on the first of a month, which is any day of the week',
      'cron(0 5 1 * ? *)',
      'UTC',
      [0, 1, 2, 3, 4, 5, 6].map((day) => day * DAY + 5 * HOUR),
    ],
    ['on the first Sunday of a month', 'cron(0 5 ? * SUN#1 *)', 'UTC', [6 * DAY + 5 * HOUR]],
    [
      'in a zone that puts its clock forward in summer',
      'cron(0 5 ? * SUN *)',
      'Europe/Berlin',
      [6 * DAY + 3 * HOUR, 6 * DAY + 4 * HOUR],
    ],
    ['in a year to come', 'cron(0 5 ? * SUN 2031)', 'UTC', [6 * DAY + 5 * HOUR]],
    ['in winter only', 'cron(0 5 ? JAN SUN *)', 'UTC', [6 * DAY + 5 * HOUR]],
    ['never, by what is no schedule', 'rate(1 day)', 'UTC', []],
    ['never, in what is no zone', 'cron(0 5 ? * * *)', 'Mars/Base', []],
  ])('%s', (_, schedule, timeZone, minutes) => {
    expect(settledRuns({ schedule, timeZone, startWindowMinutes: 60 }).minutes).toEqual(minutes);
  });
});

describe('a free window', () => {
  const wish = { near: 6 * DAY + 5 * HOUR, minutes: 30, daily: false, tooClose: 60, taken: [] };

  test('is at the preferred time if no rule comes near', () => {
    expect(freeWindow([daily(12)], wish)).toBe(wish.near);
    expect(freeWindow([], wish)).toBe(wish.near);
  });

  test('is otherwise the nearest one, before a rule or after its start window', () => {
    const start = freeWindow([daily(5)], wish) as number;
    expect(weeklyText(start, 30)).toBe('sun:04:30-sun:05:00');
    expect(weeklyText(freeWindow([daily(5, 30)], { ...wish, near: wish.near + 45 }) as number, 30)).toBe(
      'sun:06:45-sun:07:15',
    );
  });

  test('is one in which a rule may start late, if there is no better one', () => {
    const sixHours = settledRuns({
      schedule: 'cron(0 0/6 ? * * *)',
      timeZone: 'UTC',
      startWindowMinutes: 480,
    });
    const start = freeWindow([sixHours], wish) as number;
    expect(weeklyText(start, 30)).toBe('sun:05:00-sun:05:30');
  });

  test('does not exist if a rule runs every hour', () => {
    const hourly = settledRuns({ schedule: 'cron(0 * ? * * *)', timeZone: 'UTC', startWindowMinutes: 60 });
    expect(freeWindow([hourly], { ...wish, tooClose: 180 })).toBeUndefined();
  });

  test('avoids other windows', () => {
    const taken = [{ start: wish.near, minutes: 30 }];
    expect(freeWindow([], { ...wish, taken })).toBe(wish.near + 30);
  });

  test('never meets a run, is as near as promised, and overlaps nothing, for any rules', () => {
    const rules = fc.array(
      fc.record({ hour: fc.integer({ min: 0, max: 23 }), start: fc.integer({ min: 0, max: 480 }) }),
      { minLength: 1, maxLength: 4 },
    );
    const wishes = fc.record({
      near: fc.integer({ min: 0, max: 7 * DAY - 1 }),
      minutes: fc.integer({ min: 30, max: 180 }),
      daily: fc.boolean(),
      tooClose: fc.constantFrom(0, 60, 180),
      taken: fc.array(
        fc.record({ start: fc.integer({ min: 0, max: 7 * DAY - 1 }), minutes: fc.constant(30) }),
        { maxLength: 2 },
      ),
    });
    fc.assert(
      fc.property(rules, wishes, (recipes, wanted) => {
        const runs = recipes.map(({ hour, start }) => daily(hour, start));
        const start = freeWindow(runs, wanted);
        if (start === undefined) return;
        const spans = wanted.daily
          ? Array.from({ length: 7 }, (_, day) => ({ start: day * DAY + start, minutes: wanted.minutes }))
          : [{ start, minutes: wanted.minutes }];
        for (const span of spans) {
          expect(wanted.taken.some((other) => areOverlapping(span, other))).toBe(false);
          for (const rule of runs)
            expect(meeting(rule.minutes, span, wanted.tooClose, rule.startWindowMinutes)).not.toBe('starts');
        }
      }),
      { numRuns: 1000 },
    );
  });
});

test('spans overlap where they have a minute in common, over the end of the week too', () => {
  const at = (start: number, minutes = 30) => ({ start, minutes });
  expect(areOverlapping(at(0), at(29))).toBe(true);
  expect(areOverlapping(at(0), at(30))).toBe(false);
  expect(areOverlapping(at(7 * DAY - 10), at(5))).toBe(true);
  expect(areOverlapping(at(5), at(7 * DAY - 10))).toBe(true);
  expect(areOverlapping(at(7 * DAY - 30), at(0))).toBe(false);
});

test('windows are formatted as they are parsed', () => {
  expect(weeklyText(6 * DAY + 23 * HOUR + 45, 30)).toBe('sun:23:45-mon:00:15');
  expect(dailyText(23 * HOUR + 45, 30)).toBe('23:45-00:15');
  expect(fsxWeeklyText(6 * DAY + 5 * HOUR)).toBe('7:05:00');
  expect(clockText(-30)).toBe('23:30');
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 7 * DAY - 1 }),
      fc.integer({ min: 1, max: DAY - 1 }),
      (start, minutes) => {
        expect(weeklyWindow(weeklyText(start, minutes))).toEqual({ start, minutes });
        expect(dailyWindow(dailyText(start % DAY, minutes))[0]).toEqual({ start: start % DAY, minutes });
        expect(fsxMaintenance(fsxWeeklyText(start))?.start).toBe(start);
      },
    ),
  );
});
