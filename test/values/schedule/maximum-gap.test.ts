import { readCron } from '../../../src/values/schedule/cron';
import type { Cron } from '../../../src/values/schedule/cron-field-spec';
import { maximumGapMinutes, minimumGapMinutes, occurrences } from '../../../src/values/schedule/cron-runs';
import { awsSpelling, Random, randomExpression } from './cron-generator';

const NOW = new Date('2026-11-21T00:00:00Z');
const HOURS = 60;
const DAYS = 24 * HOURS;
const gap = (expression: string) => maximumGapMinutes(readCron(expression).cron as Cron, NOW);

describe('the longest time between two runs', () => {
  test.each([
    ['cron(0 5 ? * * *)', DAYS],
    ['cron(0 * ? * * *)', HOURS],
    ['cron(0 8,10,18 ? * * *)', 14 * HOURS],
    ['cron(0 8,10,23 ? * * *)', 13 * HOURS],
    ['cron(0 5 ? * SUN *)', 7 * DAYS],
    ['cron(0 5 ? * MON-FRI *)', 3 * DAYS],
    ['cron(0 5 1 * ? *)', 31 * DAYS],
    ['cron(0 5 31 * ? *)', 61 * DAYS],
    ['cron(0 5 L * ? *)', 31 * DAYS],
    ['cron(0 5 1 1 ? *)', 366 * DAYS],
    ['cron(0 5 29 2 ? *)', 1461 * DAYS],
  ])('of %s', (expression, minutes) => {
    expect(gap(expression)).toBe(minutes);
  });

  test('of a schedule that runs on one day only, or never again, is infinite', () => {
    expect(gap('cron(0 8,10 1 1 ? 2030)')).toBe(Number.POSITIVE_INFINITY);
    expect(gap('cron(0 5 1 1 ? 2030)')).toBe(Number.POSITIVE_INFINITY);
    expect(gap('cron(0 5 ? * * 2020)')).toBe(Number.POSITIVE_INFINITY);
  });

  test('is never shorter than the shortest', () => {
    const random = new Random(1);
    for (let i = 0; i < 2000; i++) {
      const { cron } = readCron(awsSpelling(randomExpression(random)));
      if (cron) expect(maximumGapMinutes(cron, NOW)).toBeGreaterThanOrEqual(minimumGapMinutes(cron));
    }
  });

  test.each([
    ...['? * *', '? * MON', '? * MON-FRI', '? * SAT,SUN', '? * TUE,THU,SAT', '? 1,7 *', '? 2 MON'],
    ...['1-31 * ?', '* */2 ?', '15W * ?', '? * FRIL', '? * 2#5'],
  ])('of `%s` at one time of day is what one counts on the calendar', (days) => {
    for (const year of ['*', '2026-2030', '2026/2']) {
      const { cron } = readCron(`cron(0 5 ${days} ${year})`);
      const end = NOW.getTime() + 9 * 366 * DAYS * 60_000;
      let most = 0;
      let previous: number | undefined;
      for (const run of occurrences(cron as Cron, undefined, NOW)) {
        const midnight = run.getTime() - 5 * HOURS * 60_000;
        if (midnight > end) break;
        if (previous !== undefined) most = Math.max(most, (midnight - previous) / 60_000);
        previous = midnight;
      }
      expect(maximumGapMinutes(cron as Cron, NOW)).toBe(most);
    }
  });
});
