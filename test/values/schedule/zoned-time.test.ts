import { TimeZone } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { sentence } from '../../../src/values/core/problem';
import { WallClock } from '../../../src/values/schedule/wall-clock';
import { timeZoneProblems } from '../../../src/values/schedule/zoned-time';

const wall = (iso: string) => Date.parse(`${iso}Z`);

describe('names of time zones', () => {
  test.each([
    'UTC',
    'Asia/Seoul',
    'US/Eastern',
    'Etc/GMT+5',
    'America/Argentina/Buenos_Aires',
    'Europe/Kyiv',
    'EST',
  ])('%s is a name of the IANA database', (name) => {
    expect(timeZoneProblems(name)).toEqual([]);
  });

  test('all zones of aws-cdk-lib but the placeholder are accepted', () => {
    const names = Object.values(TimeZone)
      .filter((zone) => zone instanceof TimeZone)
      .map((zone) => zone.timezoneName);
    expect(names.length).toBeGreaterThan(300);
    expect(names.filter((name) => timeZoneProblems(name).length > 0)).toEqual(['Factory']);
  });

  const example = 'for example, write `Europe/Berlin`, or omit it to use UTC';
  test.each([
    ['Mars/Olympus', '`Mars/Olympus`', example],
    ['+09:00', '`+09:00`', example],
    ['', 'an empty string', example],
    ['Asia/Seoul ', '`Asia/Seoul `', example],
    ['us/eastern', '`us/eastern`', example],
    ['Asia/\nSeoul', '"Asia/\\nSeoul"', example],
    ['A'.repeat(200), `\`${'A'.repeat(160)}…\``, example],
    ['asia/seoul', '`asia/seoul`', 'write `Asia/Seoul`'],
    ['utc', '`utc`', 'write `UTC`'],
  ])('%j is rejected with a fix', (name, got, fix) => {
    expect(timeZoneProblems(name, 'zone').map(sentence)).toEqual([
      `\`zone\` must be a name from the IANA time zone database, got ${got}; ${fix}`,
    ]);
  });

  test('any string gets a result', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => timeZoneProblems(name).length <= 1),
      { numRuns: 500 },
    );
  });
});

describe('the wall clock', () => {
  test.each([
    ['America/New_York', '2026-03-08T02:00'],
    ['America/New_York', '2026-03-08T02:59'],
    ['Europe/Berlin', '2026-03-29T02:30'],
    ['Australia/Lord_Howe', '2026-10-04T02:15'],
    ['America/Sao_Paulo', '2018-11-04T00:30'],
    ['Pacific/Apia', '2011-12-30T00:00'],
    ['Pacific/Apia', '2011-12-30T23:59'],
    ['America/Boa_Vista', '2000-10-08T00:30'],
  ])('in %s clocks move forward over %s', (zone, time) => {
    expect(new WallClock(zone).instantOf(wall(time))).toBeUndefined();
  });

  test.each([
    // before and after a change to daylight-saving time
    ['America/New_York', '2026-03-08T01:59', '2026-03-08T06:59:00.000Z'],
    ['America/New_York', '2026-03-08T03:00', '2026-03-08T07:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:30', '2026-10-03T15:30:00.000Z'],
    // before and after the day that was left out
    ['Pacific/Apia', '2011-12-29T23:59', '2011-12-30T09:59:00.000Z'],
    ['Pacific/Apia', '2011-12-31T00:00', '2011-12-30T10:00:00.000Z'],
    // twice: the first counts
    ['America/New_York', '2026-11-01T01:00', '2026-11-01T05:00:00.000Z'],
    ['America/New_York', '2026-11-01T01:59', '2026-11-01T05:59:00.000Z'],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T07:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    // put back by half an hour only
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
    ['America/Sao_Paulo', '2018-02-17T23:30', '2018-02-18T01:30:00.000Z'],
    // no changes
    ['Asia/Seoul', '2026-03-29T02:30', '2026-03-28T17:30:00.000Z'],
    ['Asia/Kathmandu', '2026-03-29T02:30', '2026-03-28T20:45:00.000Z'],
    // a week of daylight-saving time, the shortest on record
    ['America/Boa_Vista', '2000-10-07T12:00', '2000-10-07T16:00:00.000Z'],
    ['America/Boa_Vista', '2000-10-11T12:00', '2000-10-11T15:00:00.000Z'],
    ['America/Boa_Vista', '2000-10-14T23:30', '2000-10-15T02:30:00.000Z'],
    ['America/Boa_Vista', '2000-10-15T12:00', '2000-10-15T16:00:00.000Z'],
    // an offset with seconds
    ['Africa/Monrovia', '1971-06-01T12:00', '1971-06-01T12:44:30.000Z'],
    ['UTC', '2026-03-08T02:00', '2026-03-08T02:00:00.000Z'],
  ])('in %s the clock shows %s first at %s', (zone, time, instant) => {
    expect(new WallClock(zone).instantOf(wall(time))).toBe(Date.parse(instant));
  });

  test.each([
    'America/New_York',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Africa/Casablanca',
  ])('in %s an instant found for a wall time shows that time, whatever was queried before', (zone) => {
    const clock = new WallClock(zone);
    const hours = fc.integer({ min: wall('2008-01-01T00:00') / 1000, max: wall('2030-01-01T00:00') / 1000 });
    fc.assert(
      fc.property(hours, (second) => {
        const instant = clock.instantOf(second * 1000);
        expect(instant).toBe(new WallClock(zone).instantOf(second * 1000));
        if (instant === undefined) return;
        expect(clock.wallAt(instant)).toBe(second * 1000);
        // none earlier
        for (const earlier of [0.5, 1, 2, 24]) {
          expect(clock.wallAt(instant - earlier * 3_600_000)).not.toBe(second * 1000);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
