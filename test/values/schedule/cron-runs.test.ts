import * as fc from 'fast-check';
import { readCron } from '../../../src/values/schedule/cron';
import type { Cron } from '../../../src/values/schedule/cron-field-spec';
import {
  minimumGapMinutes,
  neverRuns,
  occurrences,
  runInstants,
} from '../../../src/values/schedule/cron-runs';
import { WallClock } from '../../../src/values/schedule/wall-clock';
import { awsSpelling, type Expression, Random, randomExpression } from './cron-generator';

const HOUR = 3_600_000;

function meaning(fields: string): Cron {
  const { cron, problems } = readCron(`cron(${fields})`);
  if (!cron) throw new Error(JSON.stringify(problems));
  return cron;
}

function runs(fields: string, after: string, count: number, timeZone?: string): string[] {
  const all: string[] = [];
  for (const run of occurrences(meaning(fields), timeZone, new Date(after))) {
    all.push(run.toISOString().replace(':00.000Z', 'Z'));
    if (all.length === count) break;
  }
  return all;
}

describe('the next runs in UTC, counted by hand from the calendar', () => {
  // 1 January 2027 is a Friday
  test.each([
    ['0 5 ? * * *', ['2027-01-01T05:00Z', '2027-01-02T05:00Z']],
    ['0 0 ? * * *', ['2027-01-02T00:00Z', '2027-01-03T00:00Z']],
    ['15 * ? * * *', ['2027-01-01T00:15Z', '2027-01-01T01:15Z']],
    ['0 0/6 * * ? *', ['2027-01-01T06:00Z', '2027-01-01T12:00Z', '2027-01-01T18:00Z', '2027-01-02T00:00Z']],
    ['0 13/12 ? * * *', ['2027-01-01T13:00Z', '2027-01-02T13:00Z']],
    ['30 8-10 * * ? *', ['2027-01-01T08:30Z', '2027-01-01T09:30Z', '2027-01-01T10:30Z', '2027-01-02T08:30Z']],
    ['0 20-2 * * ? *', ['2027-01-01T01:00Z', '2027-01-01T02:00Z', '2027-01-01T20:00Z', '2027-01-01T21:00Z']],
    [
      '0 20-4/3 * * ? *',
      ['2027-01-01T02:00Z', '2027-01-01T20:00Z', '2027-01-01T23:00Z', '2027-01-02T02:00Z'],
    ],
    [
      '0 11-23/4 * * ? *',
      ['2027-01-01T11:00Z', '2027-01-01T15:00Z', '2027-01-01T19:00Z', '2027-01-01T23:00Z'],
    ],
    [
      '0 1-7/2,20 * * ? *',
      [
        '2027-01-01T01:00Z',
        '2027-01-01T03:00Z',
        '2027-01-01T05:00Z',
        '2027-01-01T07:00Z',
        '2027-01-01T20:00Z',
      ],
    ],
    ['0 9 1,15 * ? *', ['2027-01-01T09:00Z', '2027-01-15T09:00Z', '2027-02-01T09:00Z']],
    [
      '0 9 1/10 * ? *',
      [
        '2027-01-01T09:00Z',
        '2027-01-11T09:00Z',
        '2027-01-21T09:00Z',
        '2027-01-31T09:00Z',
        '2027-02-01T09:00Z',
      ],
    ],
    [
      '0 9 30-2 * ? *',
      [
        '2027-01-01T09:00Z',
        '2027-01-02T09:00Z',
        '2027-01-30T09:00Z',
        '2027-01-31T09:00Z',
        '2027-02-01T09:00Z',
        '2027-02-02T09:00Z',
        '2027-03-01T09:00Z',
      ],
    ],
    ['0 9 31 * ? *', ['2027-01-31T09:00Z', '2027-03-31T09:00Z', '2027-05-31T09:00Z']],
    ['0 9 L * ? *', ['2027-01-31T09:00Z', '2027-02-28T09:00Z', '2027-03-31T09:00Z']],
    ['0 9 L 2 ? *', ['2027-02-28T09:00Z', '2028-02-29T09:00Z']],
    // Sunday, Sunday, Wednesday
    ['0 9 LW * ? *', ['2027-01-29T09:00Z', '2027-02-26T09:00Z', '2027-03-31T09:00Z']],
    // Saturday back to Friday, Sunday on to Monday
    ['0 9 15W 5,8 ? *', ['2027-05-14T09:00Z', '2027-08-16T09:00Z']],
    // never out of the month: Saturday the 1st, Sunday the 31st, Sunday 28 February
    ['0 9 1W 5 ? *', ['2027-05-03T09:00Z', '2028-05-01T09:00Z']],
    ['0 9 31W 1,10 ? *', ['2027-01-29T09:00Z', '2027-10-29T09:00Z']],
    ['0 9 28W 2 ? *', ['2027-02-26T09:00Z', '2028-02-28T09:00Z']],
    // a month without the day has no run, as with a plain number
    ['0 9 31W * ? *', ['2027-01-29T09:00Z', '2027-03-31T09:00Z', '2027-05-31T09:00Z']],
    ['0 9 29W 2 ? *', ['2028-02-29T09:00Z', '2032-02-27T09:00Z']],
    ['0 9 ? * MON-FRI *', ['2027-01-01T09:00Z', '2027-01-04T09:00Z', '2027-01-05T09:00Z']],
    ['0 9 ? * 2-6 *', ['2027-01-01T09:00Z', '2027-01-04T09:00Z', '2027-01-05T09:00Z']],
    [
      '0 9 ? * FRI-MON *',
      [
        '2027-01-01T09:00Z',
        '2027-01-02T09:00Z',
        '2027-01-03T09:00Z',
        '2027-01-04T09:00Z',
        '2027-01-08T09:00Z',
      ],
    ],
    ['0 9 ? * SUN/2 *', ['2027-01-02T09:00Z', '2027-01-03T09:00Z', '2027-01-05T09:00Z', '2027-01-07T09:00Z']],
    ['0 9 ? * 1 *', ['2027-01-03T09:00Z', '2027-01-10T09:00Z']],
    ['0 9 ? * L *', ['2027-01-02T09:00Z', '2027-01-09T09:00Z']],
    ['0 9 ? * 6L *', ['2027-01-29T09:00Z', '2027-02-26T09:00Z', '2027-03-26T09:00Z']],
    ['0 9 ? * SUNL *', ['2027-01-31T09:00Z', '2027-02-28T09:00Z', '2027-03-28T09:00Z']],
    ['0 9 ? * 2#1 *', ['2027-01-04T09:00Z', '2027-02-01T09:00Z', '2027-03-01T09:00Z']],
    ['0 9 ? * FRI#5 *', ['2027-01-29T09:00Z', '2027-04-30T09:00Z', '2027-07-30T09:00Z']],
    ['0 9 29 2 ? *', ['2028-02-29T09:00Z', '2032-02-29T09:00Z']],
    ['0 9 1 1/3 ? *', ['2027-01-01T09:00Z', '2027-04-01T09:00Z', '2027-07-01T09:00Z']],
    [
      '0 9 1 NOV-FEB ? *',
      ['2027-01-01T09:00Z', '2027-02-01T09:00Z', '2027-11-01T09:00Z', '2027-12-01T09:00Z'],
    ],
    ['0 9 1 1 ? 2028/2', ['2028-01-01T09:00Z', '2030-01-01T09:00Z', '2032-01-01T09:00Z']],
    ['0 9 1 1 ? */8', ['2034-01-01T09:00Z', '2042-01-01T09:00Z']],
  ])('%s', (fields, expected) => {
    expect(runs(fields, '2027-01-01T00:00Z', expected.length)).toEqual(expected);
  });

  test('a run at exactly that instant is not a next one', () => {
    expect(runs('0 5 ? * * *', '2027-01-01T05:00:00.000Z', 1)).toEqual(['2027-01-02T05:00Z']);
    expect(runs('0 5 ? * * *', '2027-01-01T04:59:59.999Z', 1)).toEqual(['2027-01-01T05:00Z']);
  });

  test.each([
    ['0 9 25 12 ? 2027-2028', '2027-01-01T00:00Z', ['2027-12-25T09:00Z', '2028-12-25T09:00Z']],
    ['0 9 25 12 ? 2027', '2027-12-25T09:00Z', []],
    ['0 9 ? * * 2020', '2027-01-01T00:00Z', []],
    ['0 9 31 12 ? *', '2198-12-31T12:00Z', ['2199-12-31T09:00Z']],
    ['0 9 ? * * *', '2200-01-01T00:00Z', []],
    ['0 9 ? * * *', '+010000-01-01T00:00Z', []],
  ])('%s comes to an end', (fields, after, expected) => {
    expect(runs(fields, after, 10)).toEqual(expected);
  });

  test('the first of all runs is in 1970', () => {
    for (const after of ['1960-01-01T00:00Z', '-100000-01-01T00:00Z']) {
      expect(runs('0 0 ? * * *', after, 1)).toEqual(['1970-01-01T00:00Z']);
      expect(runs('0 0 ? * * *', after, 1, 'Asia/Seoul')).toEqual(['1969-12-31T15:00Z']);
      expect(runs('0 0 ? * * *', after, 1, 'America/New_York')).toEqual(['1970-01-01T05:00Z']);
    }
  });

  test('the last of all runs is in 2199, as the wall clock shows it', () => {
    expect(runs('0 23 31 12 ? 2199', '2199-12-31T23:30Z', 1)).toEqual([]);
    expect(runs('0 23 31 12 ? 2199', '2199-12-31T23:30Z', 1, 'America/New_York')).toEqual([
      '2200-01-01T04:00Z',
    ]);
  });
});

describe('the next runs in a time zone', () => {
  test.each([
    ['Asia/Seoul', '0 5 ? * * *', '2027-01-01T00:00Z', ['2027-01-01T20:00Z', '2027-01-02T20:00Z']],
    // daylight saving time moves the run in UTC
    ['Europe/Berlin', '0 5 ? * * *', '2026-03-28T00:00Z', ['2026-03-28T04:00Z', '2026-03-29T03:00Z']],
    ['Europe/Berlin', '0 5 ? * * *', '2026-10-24T00:00Z', ['2026-10-24T03:00Z', '2026-10-25T04:00Z']],
    // a time that does not exist is skipped
    ['America/New_York', '30 2 ? * * *', '2026-03-07T00:00Z', ['2026-03-07T07:30Z', '2026-03-09T06:30Z']],
    ['Europe/Berlin', '30 2 ? * SUN *', '2026-03-22T12:00Z', ['2026-04-05T00:30Z']],
    ['Australia/Lord_Howe', '15 2 ? * * *', '2026-10-02T00:00Z', ['2026-10-02T15:45Z', '2026-10-04T15:15Z']],
    ['Australia/Lord_Howe', '45 2 ? * * *', '2026-10-02T00:00Z', ['2026-10-02T16:15Z', '2026-10-03T15:45Z']],
    // a time that exists twice runs once, the first time
    ['America/New_York', '30 1 ? * * *', '2026-11-01T00:00Z', ['2026-11-01T05:30Z', '2026-11-02T06:30Z']],
    ['America/New_York', '30 1 ? * * *', '2026-11-01T05:45Z', ['2026-11-02T06:30Z']],
    ['Australia/Lord_Howe', '45 1 ? * * *', '2026-04-04T12:00Z', ['2026-04-04T14:45Z', '2026-04-05T15:15Z']],
    // so an hourly schedule leaves out an hour in autumn and none in spring
    [
      'America/New_York',
      '0 * ? * * *',
      '2026-11-01T04:30Z',
      ['2026-11-01T05:00Z', '2026-11-01T07:00Z', '2026-11-01T08:00Z'],
    ],
    [
      'America/New_York',
      '0 * ? * * *',
      '2026-03-08T05:30Z',
      ['2026-03-08T06:00Z', '2026-03-08T07:00Z', '2026-03-08T08:00Z'],
    ],
    // Samoa left out 30 December 2011
    [
      'Pacific/Apia',
      '0 12 ? * * *',
      '2011-12-29T00:00Z',
      ['2011-12-29T22:00Z', '2011-12-30T22:00Z', '2011-12-31T22:00Z'],
    ],
    ['Pacific/Apia', '0 12 30 12 ? *', '2011-01-01T00:00Z', ['2012-12-29T22:00Z']],
    ['Pacific/Apia', '0 12 ? * FRI *', '2011-12-24T00:00Z', ['2012-01-05T22:00Z']],
  ])('in %s, %s', (zone, fields, after, expected) => {
    expect(runs(fields, after, expected.length, zone)).toEqual(expected);
  });

  // the windows hold the changes of the clock that the zones are here for
  test.each([
    ['America/New_York', '2026-03-07T00:00Z'],
    ['America/New_York', '2026-10-31T00:00Z'],
    ['Europe/Berlin', '2026-03-28T00:00Z'],
    ['Europe/Berlin', '2026-10-24T00:00Z'],
    ['Asia/Seoul', '2026-03-28T00:00Z'],
    ['Australia/Lord_Howe', '2026-04-03T12:00Z'],
    ['Australia/Lord_Howe', '2026-10-02T12:00Z'],
    ['Pacific/Apia', '2011-12-29T00:00Z'],
    ['America/Sao_Paulo', '2018-02-17T00:00Z'],
    ['America/Boa_Vista', '2000-10-07T12:00Z'],
    ['America/Boa_Vista', '2000-10-14T00:00Z'],
    ['Africa/Casablanca', '2026-02-14T12:00Z'],
    ['Asia/Kathmandu', '1985-12-31T00:00Z'],
  ])(
    'in %s from %s on, random schedules run when a clock that is watched every minute says so',
    (zone, start) => {
      const from = Date.parse(start);
      const minutes = Array.from({ length: 3 * 24 * 60 }, (_, i) => from + i * 60_000);
      const watched = watch(zone, from, minutes);
      const random = new Random(from / 60_000);
      for (let i = 0; i < 40; i++) {
        const expression: Expression = {
          ...randomExpression(random),
          days: { kind: 'everyDay', field: 'dayOfMonth' },
          months: [{}],
          years: [{}],
        };
        const cron = meaning(awsSpelling(expression));
        const expected = watched
          .filter(({ hour, minute }) => minute === cron.minute && cron.hours.includes(hour))
          .map(({ instant }) => new Date(instant).toISOString());
        const actual: string[] = [];
        for (const run of occurrences(cron, zone, new Date(from - 1))) {
          if (run.getTime() > minutes[minutes.length - 1]) break;
          actual.push(run.toISOString());
        }
        expect([awsSpelling(expression), actual]).toEqual([awsSpelling(expression), expected]);
      }
    },
  );

  test('beginning later never changes the runs that follow', () => {
    const random = new Random(7);
    for (let i = 0; i < 300; i++) {
      const zone = random.pick(['America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', undefined]);
      const { cron } = readCron(`cron(${awsSpelling({ ...randomExpression(random), years: [{}] })})`);
      if (!cron) continue;
      const after = new Date(Date.UTC(2009, 0) + random.whole(0, 3 * 365 * 24) * HOUR);
      const all = take(occurrences(cron, zone, after), 5);
      for (const [at, run] of all.slice(0, -1).entries()) {
        expect(take(occurrences(cron, zone, run), 4 - at)).toEqual(all.slice(at + 1));
        expect(run.getTime()).toBeLessThan(all[at + 1].getTime());
      }
    }
  });
});

test('many runs at once are the same as one after the other, from an instant until before another', () => {
  const random = new Random(13);
  for (let i = 0; i < 200; i++) {
    const clock = new WallClock(random.pick(['America/New_York', 'Australia/Lord_Howe', undefined]));
    const { cron } = readCron(`cron(${awsSpelling({ ...randomExpression(random), years: [{}] })})`);
    if (!cron) continue;
    const all = take(occurrences(cron, clock, new Date(Date.UTC(2026, 0))), 8).map((run) => run.getTime());
    for (const [first, last] of [
      [0, all.length - 1],
      [1, 2],
      [2, 2],
    ])
      if (last < all.length)
        expect(runInstants(cron, clock, all[first], all[last])).toEqual(all.slice(first, last));
    const end = all.at(-1);
    if (end !== undefined) expect(runInstants(cron, clock, all[0], end + 1)).toEqual(all);
  }
});

describe('the shortest time between two runs', () => {
  const DAY = 24 * 60;
  test.each([
    ['0 * ? * * *', 60],
    ['0 0/6 ? * * *', 6 * 60],
    ['0 0/5 ? * * *', 4 * 60],
    ['0 1,23 ? * * *', 2 * 60],
    ['0 1,23 ? * MON *', 22 * 60],
    ['0 5 ? * * *', DAY],
    ['0 5 ? * MON,THU *', 3 * DAY],
    ['0 5 ? * SAT,SUN *', DAY],
    ['0 5 ? * MON *', 7 * DAY],
    ['0 5 1,15 * ? *', 14 * DAY],
    ['0 5 1 * ? *', 28 * DAY],
    ['0 5 L * ? *', 28 * DAY],
    ['0 5 LW * ? *', 28 * DAY],
    ['0 5 15W * ? *', 28 * DAY],
    ['0 5 ? * FRI#1 *', 28 * DAY],
    ['0 5 ? * FRIL *', 28 * DAY],
    ['0 5 31 * ? *', 31 * DAY],
    ['0 5 1,31 * ? *', DAY],
    ['0 5 1 1 ? *', 365 * DAY],
    ['0 5 29 2 ? *', 1461 * DAY],
    ['0 5 1 1 ? 2027', Number.POSITIVE_INFINITY],
    ['0 5,6 1 1 ? 2027', 60],
  ])('of %s is %d minutes', (fields, gap) => {
    expect(minimumGapMinutes(meaning(fields))).toBe(gap);
  });

  test('is what the runs of all years have', () => {
    const random = new Random(11);
    for (let i = 0; i < 400; i++) {
      const year = random.whole(1970, 2170);
      const expression: Expression = {
        ...randomExpression(random),
        hours: [{ from: 5, to: 5 }],
        years: [{ from: year, to: year + 28 }],
      };
      const { cron } = readCron(`cron(${awsSpelling(expression)})`);
      if (!cron) continue;
      let previous: number | undefined;
      let gap = Number.POSITIVE_INFINITY;
      for (const run of occurrences(cron, undefined, new Date(0))) {
        if (previous !== undefined) gap = Math.min(gap, (run.getTime() - previous) / 60_000);
        previous = run.getTime();
      }
      expect([awsSpelling(expression), minimumGapMinutes(cron)]).toEqual([awsSpelling(expression), gap]);
    }
  });
});

test('a schedule never runs if and only if it has no next run from the beginning', () => {
  const month = fc.integer({ min: 1, max: 12 });
  const year = fc.integer({ min: 1970, max: 2199 });
  fc.assert(
    fc.property(fc.integer({ min: 28, max: 31 }), month, year, (day, month, year) => {
      const cron: Cron = {
        minute: 0,
        hours: [5],
        months: [month],
        days: { kind: 'days', days: [day] },
        years: [year],
      };
      const exists = new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
      expect(neverRuns(cron)).toBe(!exists);
      expect(take(occurrences(cron, undefined, new Date(-1)), 1)).toHaveLength(exists ? 1 : 0);
    }),
  );
});

/** What the clock shows at each minute; times that it has shown within the day before are left out. */
function watch(zone: string, from: number, minutes: readonly number[]) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const seen = new Set<string>();
  for (let instant = from - 24 * HOUR; instant < from; instant += 60_000) seen.add(format.format(instant));
  const watched: { instant: number; hour: number; minute: number }[] = [];
  for (const instant of minutes) {
    const shown = format.format(instant);
    if (seen.has(shown)) continue;
    seen.add(shown);
    const [hour, minute] = shown.slice(-5).split(':').map(Number);
    watched.push({ instant, hour, minute });
  }
  return watched;
}

function take(all: Iterable<Date>, count: number): Date[] {
  const first: Date[] = [];
  if (count > 0) for (const run of all) if (first.push(run) === count) break;
  return first;
}
