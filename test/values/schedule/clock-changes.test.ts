import * as fc from 'fast-check';
import { sentence } from '../../../src/values/core/problem';
import { clockChangeProblems, skippedTimes } from '../../../src/values/schedule/clock-changes';
import { readCron } from '../../../src/values/schedule/cron';
import type { Cron } from '../../../src/values/schedule/cron-field-spec';
import { occurrences } from '../../../src/values/schedule/cron-runs';
import { WallClock } from '../../../src/values/schedule/wall-clock';

const NOW = new Date('2026-11-21T00:00:00Z');
const skippedIn = (zone: string) =>
  skippedTimes(new WallClock(zone), NOW).map(({ from, to }) =>
    [from, to].map((wall) => new Date(wall).toISOString().slice(0, 16)),
  );
const problems = (expression: string, zone: string) =>
  clockChangeProblems(
    readCron(expression).cron as Cron,
    zone,
    skippedTimes(new WallClock(zone), NOW),
    expression,
  ).map(sentence);

test.each([
  ['Europe/Berlin', [['2027-03-28T02:00', '2027-03-28T03:00']]],
  ['America/New_York', [['2027-03-14T02:00', '2027-03-14T03:00']]],
  ['Australia/Lord_Howe', [['2027-10-03T02:00', '2027-10-03T02:30']]],
  ['Asia/Seoul', []],
  ['UTC', []],
])('the clock in %s is put forward over %j', (zone, expected) => {
  expect(skippedIn(zone)).toEqual(expected);
});

test('a rule that runs at a time that does not come has no run that day', () => {
  expect(problems('cron(30 2 ? * * *)', 'Europe/Berlin')).toEqual([
    '`schedule` is `cron(30 2 ? * * *)` in Europe/Berlin, where clocks move forward from 02:00 to 03:00 on 2027-03-28, so there is no backup on that day; run it before 02:00, at 03:00 or later, or in UTC',
  ]);
});

test.each([
  ['cron(30 3 ? * * *)', 'Europe/Berlin', 'later'],
  ['cron(59 1 ? * * *)', 'Europe/Berlin', 'earlier'],
  ['cron(30 * ? * * *)', 'Europe/Berlin', 'at other hours too'],
  ['cron(30 2 ? * MON *)', 'Europe/Berlin', 'on another day of the week'],
  ['cron(30 2 1 * ? *)', 'Europe/Berlin', 'on another day of the month'],
  ['cron(30 2 ? JUN * *)', 'Europe/Berlin', 'in another month'],
  ['cron(30 2 ? * * 2030)', 'Europe/Berlin', 'in another year'],
  ['cron(30 2 ? * * *)', 'Asia/Seoul', 'where clocks never change'],
])('%s in %s loses nothing: it runs %s', (expression, zone) => {
  expect(problems(expression, zone)).toEqual([]);
});

test('the law says what the runs show', () => {
  const zones = ['Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Tokyo'];
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.nat(23), fc.nat(59), (zone, hour, minute) => {
      const cron = readCron(`cron(${minute} ${hour} ? * * *)`).cron as Cron;
      const end = NOW.getTime() + 366 * 86_400_000;
      let runs = 0;
      for (const run of occurrences(cron, zone, NOW)) {
        if (run.getTime() > end) break;
        runs++;
      }
      expect(problems(`cron(${minute} ${hour} ? * * *)`, zone).length > 0).toBe(runs < 366);
    }),
    { numRuns: 50 },
  );
});
