import { Duration, Lazy, TimeZone, Token } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import * as fc from 'fast-check';
import { BackupError, sentence } from '../../../src/values/core/problem';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { WeekDay } from '../../../src/values/schedule/week-day';

const NEW_YEAR = new Date('2027-01-01T00:00:00Z');
// biome-ignore lint/suspicious/noExplicitAny: what plain JavaScript may pass
const js = (value: unknown) => value as any;

function next(schedule: BackupSchedule, count: number, after = NEW_YEAR): string[] {
  return schedule.nextRuns(after, count).map((run) => run.toISOString().replace(':00.000Z', 'Z'));
}

describe('factories', () => {
  test.each<[string, BackupSchedule, string, string[]]>([
    ['hourly', BackupSchedule.hourly(), 'cron(0 * ? * * *)', ['2027-01-01T01:00Z', '2027-01-01T02:00Z']],
    [
      'hourly at a minute',
      BackupSchedule.hourly({ minute: 45 }),
      'cron(45 * ? * * *)',
      ['2027-01-01T00:45Z', '2027-01-01T01:45Z'],
    ],
    ['every hour', BackupSchedule.everyHours(1, { minute: 5 }), 'cron(5 * ? * * *)', ['2027-01-01T00:05Z']],
    [
      'every six hours',
      BackupSchedule.everyHours(6),
      'cron(0 0/6 ? * * *)',
      ['2027-01-01T06:00Z', '2027-01-01T12:00Z', '2027-01-01T18:00Z', '2027-01-02T00:00Z'],
    ],
    [
      'every twelve hours from an hour on',
      BackupSchedule.everyHours(12, { startHour: 11, minute: 30 }),
      'cron(30 11/12 ? * * *)',
      ['2027-01-01T11:30Z', '2027-01-01T23:30Z', '2027-01-02T11:30Z'],
    ],
    [
      'every 24 hours',
      BackupSchedule.everyHours(24, { startHour: 23 }),
      'cron(0 23 ? * * *)',
      ['2027-01-01T23:00Z'],
    ],
    ['daily', BackupSchedule.daily(), 'cron(0 5 ? * * *)', ['2027-01-01T05:00Z', '2027-01-02T05:00Z']],
    [
      'daily at a time',
      BackupSchedule.daily({ hour: 0, minute: 59 }),
      'cron(59 0 ? * * *)',
      ['2027-01-01T00:59Z'],
    ],
    ['weekly', BackupSchedule.weekly(), 'cron(0 5 ? * SAT *)', ['2027-01-02T05:00Z', '2027-01-09T05:00Z']],
    [
      'weekly on some days, in the order of the week',
      BackupSchedule.weekly({ weekDays: [WeekDay.FRIDAY, WeekDay.MONDAY, WeekDay.FRIDAY], hour: 22 }),
      'cron(0 22 ? * MON,FRI *)',
      ['2027-01-01T22:00Z', '2027-01-04T22:00Z'],
    ],
    ['monthly', BackupSchedule.monthly(), 'cron(0 5 1 * ? *)', ['2027-01-01T05:00Z', '2027-02-01T05:00Z']],
    [
      'monthly on a day',
      BackupSchedule.monthly({ day: 28, hour: 1 }),
      'cron(0 1 28 * ? *)',
      ['2027-01-28T01:00Z'],
    ],
    [
      'monthly on the last day',
      BackupSchedule.monthlyOnLastDay({ hour: 23, minute: 59 }),
      'cron(59 23 L * ? *)',
      ['2027-01-31T23:59Z', '2027-02-28T23:59Z'],
    ],
    ['yearly', BackupSchedule.yearly(), 'cron(0 5 1 1 ? *)', ['2027-01-01T05:00Z', '2028-01-01T05:00Z']],
    [
      'yearly on a date',
      BackupSchedule.yearly({ month: 12, day: 31, hour: 6 }),
      'cron(0 6 31 12 ? *)',
      ['2027-12-31T06:00Z', '2028-12-31T06:00Z'],
    ],
  ])('%s', (_, schedule, expression, runs) => {
    expect(schedule.expressionString).toBe(expression);
    expect(schedule.timeZone).toBeUndefined();
    expect(schedule.toString()).toBe(`${expression} in UTC`);
    expect(schedule._warnings).toEqual([]);
    expect(next(schedule, runs.length)).toEqual(runs);
  });

  test('each takes a time zone', () => {
    const timeZone = TimeZone.ASIA_SEOUL;
    const schedules = [
      BackupSchedule.hourly({ timeZone }),
      BackupSchedule.everyHours(8, { timeZone }),
      BackupSchedule.daily({ timeZone }),
      BackupSchedule.weekly({ timeZone }),
      BackupSchedule.monthly({ timeZone }),
      BackupSchedule.monthlyOnLastDay({ timeZone }),
      BackupSchedule.yearly({ timeZone }),
      BackupSchedule.cron({ timeZone }),
      BackupSchedule.expression('cron(0 5 ? * * *)', timeZone),
      BackupSchedule.fromSchedule(Schedule.cron({ hour: '5', minute: '0' }), timeZone),
    ];
    for (const schedule of schedules) expect(schedule.timeZone).toBe(timeZone);
    expect(next(schedules[2], 1)).toEqual(['2027-01-01T20:00Z']);
    expect(schedules[2].toString()).toBe('cron(0 5 ? * * *) in Asia/Seoul');
  });

  test.each([
    [{}, 'cron(0 5 * * ? *)'],
    [{ hour: '*', minute: '30' }, 'cron(30 * * * ? *)'],
    [{ day: '1,15' }, 'cron(0 5 1,15 * ? *)'],
    [{ day: 'LW', month: 'MAR/3', year: '2027-2030' }, 'cron(0 5 LW MAR/3 ? 2027-2030)'],
    [{ weekDay: 'FRI#1' }, 'cron(0 5 ? * FRI#1 *)'],
    [{ weekDay: 'MON', day: '?' }, 'cron(0 5 ? * MON *)'],
    [{ weekDay: '?', day: '1' }, 'cron(0 5 1 * ? *)'],
    [{ weekDay: '?' }, 'cron(0 5 * * ? *)'],
    [{ day: '?' }, 'cron(0 5 ? * * *)'],
  ])('the question mark is put where it belongs: %j', (options, expression) => {
    expect(BackupSchedule.cron(options).expressionString).toBe(expression);
  });

  test('what aws-cdk-lib made of the same fields is the same schedule', () => {
    for (const options of [
      { minute: '0', hour: '5' },
      { minute: '15', hour: '1', day: '1', month: '*/2' },
      { minute: '15', hour: '1', weekDay: 'MON-FRI', year: '2027' },
    ]) {
      const theirs = BackupSchedule.fromSchedule(Schedule.cron(options));
      expect(theirs.expressionString).toBe(BackupSchedule.cron(options).expressionString);
    }
  });
});

describe('invalid options are rejected, all in one error', () => {
  const expressionSyntax =
    'must be `cron(minute hour day-of-month month day-of-week year)`, since AWS Backup does not accept `rate()`';
  test.each<[string, () => BackupSchedule, string]>([
    [
      'a minute too many',
      () => BackupSchedule.hourly({ minute: 60 }),
      '`minute` must be a whole number from 0 to 59, got 60 (in `BackupSchedule.hourly`)',
    ],
    [
      'hours that do not divide a day',
      () => BackupSchedule.everyHours(5),
      '`hours` must be 1, 2, 3, 4, 6, 8, 12 or 24, since the interval restarts every midnight, got 5; use one of these, or list the hours with `BackupSchedule.cron()` (in `BackupSchedule.everyHours`)',
    ],
    [
      'hours as text',
      () => BackupSchedule.everyHours(js('6')),
      '`hours` must be 1, 2, 3, 4, 6, 8, 12 or 24, since the interval restarts every midnight, got `6`; use one of these, or list the hours with `BackupSchedule.cron()` (in `BackupSchedule.everyHours`)',
    ],
    [
      'a start that loses a run of each day',
      () => BackupSchedule.everyHours(12, { startHour: 12 }),
      '`startHour` must be a whole number from 0 to 11, got 12; start earlier, so that no run of the day is lost (in `BackupSchedule.everyHours`)',
    ],
    [
      'a start of what runs every hour',
      () => BackupSchedule.everyHours(1, { startHour: 1 }),
      '`startHour` must be a whole number from 0 to 0, got 1; start earlier, so that no run of the day is lost (in `BackupSchedule.everyHours`)',
    ],
    [
      'several mistakes',
      () => BackupSchedule.daily({ hour: 24, minute: js('5'), timeZone: js('Asia/Seoul') }),
      [
        '3 problems of `BackupSchedule.daily`:',
        '  - `minute` must be a whole number from 0 to 59, got `5`',
        '  - `hour` must be a whole number from 0 to 23, got 24; use 0 for midnight',
        "  - `timeZone` must be a `TimeZone` of aws-cdk-lib, got `Asia/Seoul`; write `TimeZone.of('Asia/Seoul')`",
      ].join('\n'),
    ],
    [
      'a fraction',
      () => BackupSchedule.daily({ hour: 5.5 }),
      '`hour` must be a whole number from 0 to 23, got 5.5 (in `BackupSchedule.daily`)',
    ],
    [
      'no number',
      () => BackupSchedule.daily({ hour: Number.NaN }),
      '`hour` must be a whole number from 0 to 23, got NaN (in `BackupSchedule.daily`)',
    ],
    [
      'no object',
      () => BackupSchedule.daily(js(5)),
      '`options` must be an object, got 5 (in `BackupSchedule.daily`)',
    ],
    [
      'nothing at all',
      () => BackupSchedule.cron(js(null)),
      '`options` must be an object, got null (in `BackupSchedule.cron`)',
    ],
    [
      'an array',
      () => BackupSchedule.weekly(js([WeekDay.MONDAY])),
      '`options` must be an object, got an array (in `BackupSchedule.weekly`)',
    ],
    [
      'no day of the week',
      () => BackupSchedule.weekly({ weekDays: [] }),
      '`weekDays` must be a list of at least one `WeekDay`, got none (in `BackupSchedule.weekly`)',
    ],
    [
      'a day of the week that is no list',
      () => BackupSchedule.weekly({ weekDays: js('MON') }),
      '`weekDays` must be a list of at least one `WeekDay`, got `MON`; write `[MON]` (in `BackupSchedule.weekly`)',
    ],
    [
      'an unknown day of the week',
      () => BackupSchedule.weekly({ weekDays: js(['MON', 'Tuesday']) }),
      '`weekDays` must be a list of at least one `WeekDay`: SUN, MON, TUE, WED, THU, FRI, SAT, got `Tuesday` (in `BackupSchedule.weekly`)',
    ],
    [
      'a number as list of days',
      () => BackupSchedule.weekly({ weekDays: js(2) }),
      '`weekDays` must be a list of at least one `WeekDay`, got 2 (in `BackupSchedule.weekly`)',
    ],
    [
      'day 32',
      () => BackupSchedule.monthly({ day: 32 }),
      '`day` must be a whole number from 1 to 31, got 32; use `BackupSchedule.monthlyOnLastDay()` for the last day (in `BackupSchedule.monthly`)',
    ],
    [
      'the last day as text',
      () => BackupSchedule.monthly({ day: js('L') }),
      '`day` must be a whole number from 1 to 31, got `L`; use `BackupSchedule.monthlyOnLastDay()` for the last day (in `BackupSchedule.monthly`)',
    ],
    [
      '31 April',
      () => BackupSchedule.yearly({ month: 4, day: 31 }),
      '`day` must be a whole number from 1 to 30, got 31; use at most 30 in month 4 (in `BackupSchedule.yearly`)',
    ],
    [
      '30 February',
      () => BackupSchedule.yearly({ month: 2, day: 30 }),
      '`day` must be a whole number from 1 to 29, got 30; use at most 29 in month 2 (in `BackupSchedule.yearly`)',
    ],
    [
      'month 13',
      () => BackupSchedule.yearly({ month: 13, day: 31 }),
      '`month` must be a whole number from 1 to 12, got 13 (in `BackupSchedule.yearly`)',
    ],
    [
      'fields that are no text',
      () => BackupSchedule.cron({ hour: js(5), minute: '0 5', day: js(['1']) }),
      [
        '3 problems of `BackupSchedule.cron`:',
        '  - `day` must be a string without spaces, got an array',
        '  - `minute` must be a string without spaces, got `0 5`',
        "  - `hour` must be a string without spaces, got 5; write `'5'`",
      ].join('\n'),
    ],
    [
      'an empty field',
      () => BackupSchedule.cron({ month: '' }),
      '`month` must be a string without spaces, got an empty string (in `BackupSchedule.cron`)',
    ],
    [
      'fields that AWS rejects',
      () => BackupSchedule.cron({ hour: '24', weekDay: '0' }),
      [
        '2 problems of `BackupSchedule.cron`:',
        '  - `hour` must be 0 to 23, `*`, a range (`8-18`), a step (`0/6`) or a list (`6,18`), got `24`; write `0` for midnight',
        '  - `weekDay` must be 1 to 7 (1 = Sunday) or SUN to SAT, `*`, `?`, a range (`MON-FRI`), a list (`MON,THU`), `L` (Saturday), `FRIL` (last Friday of the month) or `FRI#2` (second Friday), got `0`; write `SUN` for Sunday, since AWS counts from 1 (Sunday) to 7 (Saturday)',
      ].join('\n'),
    ],
    [
      'more often than hourly',
      () => BackupSchedule.cron({ minute: '*', hour: '*' }),
      '`minute` must be a single minute, since AWS Backup runs a rule at most once an hour, got `*`, which matches 60 minutes; write one of them, for example `0` (in `BackupSchedule.cron`)',
    ],
    [
      'both kinds of days',
      () => BackupSchedule.cron({ day: '1', weekDay: 'MON' }),
      'exactly one of `day` and `weekDay` must be `?`, got `1` and `MON`; leave out one of them, and add a second rule for its days (in `BackupSchedule.cron`)',
    ],
    [
      'no kind of days',
      () => BackupSchedule.cron({ day: '?', weekDay: '?' }),
      'exactly one of `day` and `weekDay` must be `?`, got `?` and `?`; leave out one of them (in `BackupSchedule.cron`)',
    ],
    [
      'a day that never comes',
      () => BackupSchedule.cron({ day: '30', month: 'FEB' }),
      '`day` must be a day that exists, got `30`, which never occurs in month `FEB` of year `*`; to run on the last one of the month, write `L` (in `BackupSchedule.cron`)',
    ],
    [
      'a Unix expression',
      () => BackupSchedule.expression('0 5 * * 1'),
      '`expression` must be `cron(minute hour day-of-month month day-of-week year)`, got `0 5 * * 1`; five fields are Unix cron, but AWS expects a year at the end and `?` in one of the two day fields: write `cron(0 5 ? * MON *)` (in `BackupSchedule.expression`)',
    ],
    [
      'no expression',
      () => BackupSchedule.expression(js(undefined)),
      '`expression` must be `cron(minute hour day-of-month month day-of-week year)`, got nothing; for example, write `cron(0 5 ? * * *)` (in `BackupSchedule.expression`)',
    ],
    [
      'a rate',
      () => BackupSchedule.fromSchedule(Schedule.rate(Duration.hours(12))),
      `\`schedule\` ${expressionSyntax}, got \`rate(12 hours)\`; write \`cron(0 0/12 ? * * *)\` (in \`BackupSchedule.fromSchedule\`)`,
    ],
    [
      'no schedule',
      () => BackupSchedule.fromSchedule(js(undefined)),
      '`schedule` must be `cron(minute hour day-of-month month day-of-week year)`, got nothing; for example, write `cron(0 5 ? * * *)` (in `BackupSchedule.fromSchedule`)',
    ],
    [
      'a time zone that does not exist',
      () => BackupSchedule.daily({ timeZone: TimeZone.of('Europe/Atlantis') }),
      '`timeZone` must be a name from the IANA time zone database, got `Europe/Atlantis`; for example, write `Europe/Berlin`, or omit it to use UTC (in `BackupSchedule.daily`)',
    ],
    [
      'a time zone that is no TimeZone',
      () => BackupSchedule.expression('cron(0 5 ? * * *)', js(9)),
      '`timeZone` must be a `TimeZone` of aws-cdk-lib, got 9; write `TimeZone.of(name)` (in `BackupSchedule.expression`)',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(BackupError);
    expect(make).toThrow(new Error(message));
  });
});

describe('warnings do not throw', () => {
  test.each<[string, BackupSchedule, string]>([
    [
      'day 31',
      BackupSchedule.monthly({ day: 31 }),
      "`day` should be a day that every month has, got `31`, which skips FEB, APR, JUN, SEP, NOV; to run on the last day of the month, write `BackupSchedule.cron({ day: 'L' })`",
    ],
    [
      '29 February',
      BackupSchedule.yearly({ month: 2, day: 29 }),
      "`day` should be a day that every month has, got `29`, which skips FEB of most years; to run on the last day of the month, write `BackupSchedule.cron({ day: 'L' })`",
    ],
    [
      'a step that has no effect',
      BackupSchedule.expression('cron(0 13/12 ? * * *)'),
      'the hour field of `expression` should match more than one value when it has a step, got `13/12`, which matches only 13, since AWS wraps around after 23; write `1/12`, or `13`',
    ],
  ])('%s', (_, schedule, warning) => {
    expect(schedule._warnings.map(sentence)).toEqual([warning]);
    expect(schedule._cron).toBeDefined();
  });
});

describe('the next runs', () => {
  test('come in a time zone, across a change of the clock', () => {
    const schedule = BackupSchedule.daily({ hour: 2, minute: 30, timeZone: TimeZone.AMERICA_NEW_YORK });
    expect(next(schedule, 2, new Date('2026-03-07T00:00:00Z'))).toEqual([
      '2026-03-07T07:30Z',
      '2026-03-09T06:30Z',
    ]);
  });

  test('are fewer when the schedule ends', () => {
    const schedule = BackupSchedule.cron({ day: '1', month: '12', year: '2027' });
    expect(next(schedule, 5)).toEqual(['2027-12-01T05:00Z']);
    expect(next(schedule, 5, new Date('2028-01-01T00:00:00Z'))).toEqual([]);
  });

  test('may be none', () => {
    expect(BackupSchedule.hourly().nextRuns(NEW_YEAR, 0)).toEqual([]);
  });

  test('are the same when asked again', () => {
    const schedule = BackupSchedule.hourly({ timeZone: TimeZone.EUROPE_BERLIN });
    const summer = new Date('2026-07-01T00:00:00Z');
    const before = next(schedule, 3);
    next(schedule, 3, summer);
    expect(next(schedule, 3)).toEqual(before);
    const runs = schedule._runsFrom(NEW_YEAR);
    expect([...firstOf(runs), ...firstOf(runs)]).toHaveLength(2);
  });

  test.each([
    [js('2027-01-01'), 1, '`after` must be a valid date, got `2027-01-01`'],
    [new Date(Number.NaN), 1, '`after` must be a valid date, got an invalid date'],
    [js(undefined), 1, '`after` must be a valid date, got nothing'],
    [NEW_YEAR, -1, '`count` must be a whole number of 0 or more, got -1'],
    [NEW_YEAR, 1.5, '`count` must be a whole number of 0 or more, got 1.5'],
    [NEW_YEAR, Number.POSITIVE_INFINITY, '`count` must be a whole number of 0 or more, got Infinity'],
    [NEW_YEAR, js('1'), '`count` must be a whole number of 0 or more, got `1`'],
  ])('after %p, %p of them: rejected', (after, count, message) => {
    expect(() => BackupSchedule.hourly().nextRuns(after, count)).toThrow(new Error(message));
  });
});

describe('what analyses ask', () => {
  test.each<[BackupSchedule, number, boolean]>([
    [BackupSchedule.hourly(), 60, false],
    [BackupSchedule.everyHours(8), 480, false],
    [BackupSchedule.daily(), 1440, false],
    [BackupSchedule.weekly(), 7 * 1440, false],
    [BackupSchedule.cron({ weekDay: 'SUN#1' }), 28 * 1440, true],
    [BackupSchedule.cron({ day: '1,15' }), 14 * 1440, false],
    [BackupSchedule.monthly(), 28 * 1440, true],
    [BackupSchedule.monthly({ timeZone: TimeZone.EUROPE_BERLIN }), 28 * 1440, true],
    [BackupSchedule.monthlyOnLastDay(), 28 * 1440, true],
    [BackupSchedule.yearly(), 365 * 1440, true],
    [BackupSchedule.cron({ day: '1', month: '1', year: '2027' }), Number.POSITIVE_INFINITY, true],
  ])('%s', (schedule, gap, monthly) => {
    expect(schedule._minimumGapMinutes()).toBe(gap);
    expect(schedule._isMonthlyOrRarer()).toBe(monthly);
  });
});

describe('tokens pass through, and leave the runs unknown', () => {
  const unknown =
    'the runs of a schedule with an unresolved token are known only at deployment; pass the expression and the time zone as literals';
  const hour = Lazy.number({ produce: () => 5 });
  test.each<[string, BackupSchedule]>([
    ['an expression', BackupSchedule.expression(Token.asString({ Ref: 'Schedule' }))],
    [
      'the schedule of a rule',
      BackupSchedule.fromSchedule(Schedule.expression(Token.asString({ Ref: 'Schedule' }))),
    ],
    ['a number', BackupSchedule.daily({ hour })],
    ['an interval', BackupSchedule.everyHours(hour)],
    ['a start', BackupSchedule.everyHours(6, { startHour: hour })],
    ['a month', BackupSchedule.yearly({ month: hour, day: 31 })],
    [
      'days of the week',
      BackupSchedule.weekly({ weekDays: js([WeekDay.MONDAY, Token.asString({ Ref: 'Day' })]) }),
    ],
    ['a list of days', BackupSchedule.weekly({ weekDays: js(Token.asList({ Ref: 'Days' })) })],
    ['a field', BackupSchedule.cron({ day: Token.asString({ Ref: 'Day' }) })],
    ['a time zone', BackupSchedule.daily({ timeZone: TimeZone.of(Token.asString({ Ref: 'Zone' })) })],
  ])('%s', (_, schedule) => {
    expect(Token.isUnresolved(schedule.toString())).toBe(true);
    expect(schedule._runsFrom(NEW_YEAR)).toBeUndefined();
    expect(() => schedule.nextRuns(NEW_YEAR, 1)).toThrow(new Error(unknown));
    expect(schedule._warnings).toEqual([]);
  });

  test('what is known beside a token is still checked', () => {
    expect(() => BackupSchedule.daily({ hour, minute: 60 })).toThrow(
      new Error('`minute` must be a whole number from 0 to 59, got 60 (in `BackupSchedule.daily`)'),
    );
    expect(() => BackupSchedule.cron({ hour: Token.asString({ Ref: 'Hour' }), minute: '60' })).toThrow(
      new Error('`minute` must be 0 to 59, got `60` (in `BackupSchedule.cron`)'),
    );
  });

  test('the shortest interval is unknown where the expression is, and known where only the time zone is not', () => {
    expect(BackupSchedule.daily({ hour })._minimumGapMinutes()).toBeUndefined();
    expect(BackupSchedule.daily({ hour })._isMonthlyOrRarer()).toBeUndefined();
    const timeZone = TimeZone.of(Token.asString({ Ref: 'Zone' }));
    expect(BackupSchedule.monthly({ timeZone })._isMonthlyOrRarer()).toBe(true);
  });
});

describe('any input', () => {
  const factories: [string, (options: unknown) => BackupSchedule][] = [
    ['hourly', (options) => BackupSchedule.hourly(js(options))],
    ['everyHours', (options) => BackupSchedule.everyHours(6, js(options))],
    ['daily', (options) => BackupSchedule.daily(js(options))],
    ['weekly', (options) => BackupSchedule.weekly(js(options))],
    ['monthly', (options) => BackupSchedule.monthly(js(options))],
    ['monthlyOnLastDay', (options) => BackupSchedule.monthlyOnLastDay(js(options))],
    ['yearly', (options) => BackupSchedule.yearly(js(options))],
    ['cron', (options) => BackupSchedule.cron(js(options))],
    ['everyHours alone', (hours) => BackupSchedule.everyHours(js(hours))],
    ['expression', (expression) => BackupSchedule.expression(js(expression))],
    ['fromSchedule', (schedule) => BackupSchedule.fromSchedule(js(schedule))],
  ];
  const keys = ['minute', 'hour', 'startHour', 'day', 'weekDay', 'weekDays', 'month', 'year', 'timeZone'];
  const value = fc.oneof(
    fc.integer({ min: -1, max: 60 }),
    fc.constantFrom('*', '?', 'L', '5', 'MON', '1-5', WeekDay.SUNDAY, TimeZone.ASIA_SEOUL, TimeZone.of('x')),
    fc.array(fc.constantFrom(...Object.values(WeekDay))),
    fc.anything(),
  );
  const options = fc.oneof(
    fc.dictionary(fc.constantFrom(...keys), value, { noNullPrototype: false }),
    fc.constantFrom(...keys).chain((key) => value.map((one) => ({ [key]: one }))),
    fc.anything(),
  );

  test.each(factories)('%s creates a schedule that AWS accepts, or reports what is wrong', (_, make) => {
    fc.assert(
      fc.property(options, (input) => {
        let schedule: BackupSchedule;
        try {
          schedule = make(input);
        } catch (error) {
          expect(error).toBeInstanceOf(BackupError);
          return;
        }
        expect(schedule.expressionString).toMatch(/^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/);
        expect(BackupSchedule.expression(schedule.expressionString, schedule.timeZone)._cron).toEqual(
          schedule._cron,
        );
        expect(schedule.nextRuns(new Date(-8.64e15), 1)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});

function firstOf(runs: Iterable<Date> | undefined): Date[] {
  for (const run of runs ?? []) return [run];
  return [];
}
