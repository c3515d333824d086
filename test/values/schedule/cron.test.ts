import { Lazy, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { sentence } from '../../../src/values/core/problem';
import { cronProblems, readCron, readCronTexts } from '../../../src/values/schedule/cron';
import { readField } from '../../../src/values/schedule/cron-field';

const sentences = (expression: unknown) => cronProblems(expression as string).map(sentence);

/** What each field accepts, as described in messages. */
const ALLOWED = {
  minute: '0 to 59',
  hour: '0 to 23, `*`, a range (`8-18`), a step (`0/6`) or a list (`6,18`)',
  'day-of-month':
    '1 to 31, `*`, `?`, a range (`1-7`), a step (`1/10`), a list (`1,15`), `L` (last day), `LW` (last working day) or `15W` (working day nearest to the 15th)',
  month: '1 to 12 or JAN to DEC, `*`, a range (`JAN-MAR`), a step (`1/3`) or a list (`JAN,JUL`)',
  'day-of-week':
    '1 to 7 (1 = Sunday) or SUN to SAT, `*`, `?`, a range (`MON-FRI`), a list (`MON,THU`), `L` (Saturday), `FRIL` (last Friday of the month) or `FRI#2` (second Friday)',
  year: '1970 to 2199, `*`, a range (`2027-2030`), a step (`2027/2`) or a list (`2027,2029`)',
} as const;

const SYNTAX = '`schedule` must be `cron(minute hour day-of-month month day-of-week year)`';

describe('expressions that AWS Backup accepts', () => {
  test.each([
    // the examples of AWS's pages, as far as they are not more often than hourly
    'cron(0 5 ? * * *)',
    'cron(0 10 * * ? *)',
    'cron(15 12 * * ? *)',
    'cron(0 18 ? * MON-FRI *)',
    'cron(0 8 1 * ? *)',
    'cron(15 * ? * * *)',
    'cron(15 10 ? * 6L 2022-2023)',
    'cron(0 9 ? * 2#1 *)',
    'cron(0 9 3W * ? *)',
    'cron(0 9 L * ? *)',
    'cron(0 9 ? * L *)',
    // all forms of numbers
    'cron(00 09 01 01 ? 1970)',
    'cron(59 23 31 12 ? 2199)',
    'cron(0 * * * ? *)',
    'cron(0 */6 * * ? *)',
    'cron(0 1/6 * * ? *)',
    'cron(0 8-18/2 * * ? *)',
    'cron(0 1-7/2,11-23/4,9 * * ? *)',
    'cron(0 20-2 * * ? *)',
    'cron(0 5 28-3 * ? *)',
    'cron(0 5 1/10 1/3 ? 2027/2)',
    'cron(0 5 1 NOV-FEB ? 2027,2029-2031)',
    'cron(0 5 ? * FRI-MON,WED *)',
    'cron(0 5 ? * 1,7 *)',
    // the calendar's words
    'cron(0 5 LW * ? *)',
    'cron(0 5 1W * ? *)',
    'cron(0 5 ? * FRIL *)',
    'cron(0 5 ? * FRI#5 *)',
    // any case, and any white space between the fields
    'cron(0 5 lw jan ? *)',
    'cron(0 5 ? * Mon-fri *)',
    'cron(0  5\t? * * *)',
    // a year in the past
    'cron(0 5 ? * * 2020)',
    'cron(0 5 29 2 ? 2000)',
  ])('%s is taken', (expression) => {
    expect(readCron(expression)).toEqual({ cron: expect.anything(), problems: [] });
  });

  test('the meaning is held as numbers', () => {
    expect(readCron('cron(30 20-2/3,1 ? NOV-JAN TUE#2 2027-2031/2)').cron).toEqual({
      minute: 30,
      hours: [1, 2, 20, 23],
      months: [1, 11, 12],
      days: { kind: 'nthWeekDay', weekDay: 3, nth: 2 },
      years: [2027, 2029, 2031],
    });
  });

  test.each([
    ['1,15', '?', { kind: 'days', days: [1, 15] }],
    ['30-2', '?', { kind: 'days', days: [1, 2, 30, 31] }],
    ['L', '?', { kind: 'lastDay' }],
    ['LW', '?', { kind: 'lastWorkingDay' }],
    ['15W', '?', { kind: 'nearestWorkingDay', day: 15 }],
    ['?', 'SAT-SUN', { kind: 'weekDays', weekDays: [1, 7] }],
    ['?', 'L', { kind: 'weekDays', weekDays: [7] }],
    ['?', '6L', { kind: 'lastWeekDay', weekDay: 6 }],
    ['?', 'SUNL', { kind: 'lastWeekDay', weekDay: 1 }],
    ['?', '3#2', { kind: 'nthWeekDay', weekDay: 3, nth: 2 }],
  ])('day-of-month %s with day-of-week %s means %j', (dayOfMonth, dayOfWeek, days) => {
    expect(readCron(`cron(0 5 ${dayOfMonth} * ${dayOfWeek} *)`).cron?.days).toEqual(days);
  });
});

describe('expressions that are not six fields inside cron()', () => {
  const unix =
    'five fields are Unix cron, but AWS expects a year at the end and `?` in one of the two day fields: write ';
  test.each([
    ['', 'got an empty string; for example, write `cron(0 5 ? * * *)`'],
    ['daily', 'got `daily`; for example, write `cron(0 5 ? * * *)`'],
    ['@daily', 'got `@daily`; write `cron(0 0 ? * * *)`'],
    ['0 5 ? * * *', 'got `0 5 ? * * *`; write `cron(0 5 ? * * *)`'],
    ['0 5 * * * *', 'got `0 5 * * * *`; write `cron(0 5 ? * * *)`'],
    ['CRON(0 5 ? * * *)', 'got `CRON(0 5 ? * * *)`; write `cron(0 5 ? * * *)`'],
    [' cron(0 5 ? * * *)', 'got ` cron(0 5 ? * * *)`; write `cron(0 5 ? * * *)`'],
    ['cron(0 5 ? * * *', 'got `cron(0 5 ? * * *`; for example, write `cron(0 5 ? * * *)`'],
    ['cron(0 5 ? * * *)\n', 'got "cron(0 5 ? * * *)\\n"; write `cron(0 5 ? * * *)`'],
    [
      'cron( 0 5 ? * * *)',
      'got `cron( 0 5 ? * * *)` with leading or trailing spaces; write `cron(0 5 ? * * *)`',
    ],
    ['cron()', 'got `cron()` with 0 fields; for example, write `cron(0 5 ? * * *)`'],
    ['cron(5)', 'got `cron(5)` with 1 field; for example, write `cron(0 5 ? * * *)`'],
    [
      'cron(0 0 5 ? * * *)',
      'got `cron(0 0 5 ? * * *)` with 7 fields; for example, write `cron(0 5 ? * * *)`',
    ],
    ['cron(0 5 ?\u00a0* * *)', 'got "cron(0 5 ?\\u00a0* * *)" with 5 fields; write `cron(0 5 ? * * *)`'],
    ['cron(0 5 * * *)', `got \`cron(0 5 * * *)\` with 5 fields; ${unix}\`cron(0 5 ? * * *)\``],
    ['0 5 * * 1-5', `got \`0 5 * * 1-5\`; ${unix}\`cron(0 5 ? * MON-FRI *)\``],
    ['0 5 1 * *', `got \`0 5 1 * *\`; ${unix}\`cron(0 5 1 * ? *)\``],
    ['0 5 * * 0,6', `got \`0 5 * * 0,6\`; ${unix}\`cron(0 5 ? * SUN,SAT *)\``],
    ['0 5 1 * 1', 'got `0 5 1 * 1`; for example, write `cron(0 5 ? * * *)`'],
    ['*/5 * * * *', 'got `*/5 * * * *`; for example, write `cron(0 5 ? * * *)`'],
    ['x'.repeat(500), `got \`${'x'.repeat(160)}…\`; for example, write \`cron(0 5 ? * * *)\``],
  ])('%j is rejected', (expression, rest) => {
    expect(sentences(expression)).toEqual([`${SYNTAX}, ${rest}`]);
  });

  test.each([
    [5, '5'],
    [undefined, 'nothing'],
    [null, 'null'],
    [true, 'true'],
    [Number.NaN, 'NaN'],
    [{}, 'an object'],
    [['cron(0 5 ? * * *)'], 'an array'],
    [() => 'cron(0 5 ? * * *)', 'a function'],
    [Symbol('cron'), 'a symbol'],
    [new Date(Number.NaN), 'an invalid date'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
  ])('a value that is not a string is rejected: %p', (expression, got) => {
    expect(sentences(expression)).toEqual([
      `${SYNTAX}, got ${got}; for example, write \`cron(0 5 ? * * *)\``,
    ]);
  });

  const times = 'write the times as cron, for example `cron(0 0/6 ? * * *)` for every six hours';
  const date = 'write the date as cron, for example `cron(0 5 24 12 ? 2027)`';
  test.each([
    ['rate', 'rate(1 hour)', 'write `cron(0 * ? * * *)`'],
    ['rate', 'rate(60 minutes)', 'write `cron(0 * ? * * *)`'],
    ['rate', 'rate(12 hours)', 'write `cron(0 0/12 ? * * *)`'],
    ['rate', 'rate(1 day)', 'write `cron(0 5 ? * * *)`'],
    ['rate', 'rate(7 days)', 'write `cron(0 5 ? * SAT *)`'],
    ['rate', 'Rate(2 days)', times],
    ['rate', 'rate(5 minutes)', times],
    ['rate', 'rate(often)', times],
    ['rate', 'rate(', times],
    ['at', 'at(2027-03-04T05:06:07)', 'write `cron(6 5 4 3 ? 2027)`'],
    ['at', 'at(2027-02-30T05:06:07)', date],
    ['at', 'at(noon)', date],
  ])('%s() is not supported by AWS Backup, and the fix has its cron: %s', (name, expression, fix) => {
    expect(sentences(expression)).toEqual([
      `${SYNTAX}, since AWS Backup does not accept \`${name}()\`, got \`${expression}\`; ${fix}`,
    ]);
  });
});

describe('what is wrong with one field', () => {
  const only = 'day-of-month' as const;
  test.each([
    ['minute', '60', '60', ''],
    ['minute', '-1', '-1', ''],
    ['minute', '1.5', '1.5', ''],
    ['hour', '24', '24', '; write `0` for midnight'],
    ['hour', '6,24', '24', '; write `0` for midnight'],
    ['hour', '8-24', '8-24', '; write `0` for midnight'],
    ['hour', '25', '25', ''],
    ['hour', '8-25', '8-25', ''],
    ['month', '24', '24', ''],
    ['hour', '005', '005', ''],
    ['hour', 'five', 'five', ''],
    ['hour', '?', '?', '; use `*` here, since `?` is only for the two day fields'],
    ['hour', 'L', 'L', '; use `L` only in the day fields'],
    ['hour', '6#2', '6#2', '; use `#` only in day-of-week'],
    ['hour', '/6', '/6', '; write `*/6`'],
    ['hour', '6,,18', '6,,18', '; remove the extra comma'],
    ['hour', '6,', '6,', '; remove the extra comma'],
    ['hour', '*,6', '*,6', '; remove `*` or the rest of the list'],
    ['hour', '1-2-3', '1-2-3', ''],
    ['hour', '*-6', '*-6', ''],
    ['hour', '-', '-', ''],
    [only, '0', '0', ''],
    [only, '32', '32', ''],
    [only, '6#2', '6#2', '; use `#` only in day-of-week'],
    ['month', '0', '0', ''],
    ['month', '13', '13', ''],
    ['month', 'JANUARY', 'JANUARY', ''],
    ['month', '5W', '5W', '; use `W` only in day-of-month'],
    ['year', '1969', '1969', ''],
    ['year', '2200', '2200', ''],
    ['year', '27', '27', ''],
    ['year', '?', '?', '; use `*` here, since `?` is only for the two day fields'],
    ['year', '2027-2200', '2027-2200', ''],
    ['day-of-week', '8', '8', ''],
    ['day-of-week', '0', '0', '; write `SUN` for Sunday, since AWS counts from 1 (Sunday) to 7 (Saturday)'],
    [
      'day-of-week',
      '0-4',
      '0-4',
      '; write `SUN` for Sunday, since AWS counts from 1 (Sunday) to 7 (Saturday)',
    ],
    ['day-of-week', '02', '02', ''],
    ['day-of-week', 'monday', 'monday', ''],
    ['day-of-week', 'frı', 'frı', ''],
    ['day-of-week', '3W', '3W', '; use `W` only in day-of-month'],
    ['day-of-week', 'L-2', 'L-2', '; use `L` only in the day fields'],
    ['day-of-week', '8L', '8L', '; use `L` only in the day fields'],
    ['day-of-week', 'FOOL', 'FOOL', ''],
  ] as const)('the %s field refuses %s', (label, text, got, fix) => {
    expect(sentences(withField(label, text))).toEqual([
      `the ${label} field of \`schedule\` must be ${ALLOWED[label]}, got \`${got}\`${fix}`,
    ]);
  });

  const lw = 'must be `L`, `LW` or a single day with `W` when it contains `L` or `W`';
  const name = 'name the day (`28`), or use `L`, `LW` or a day with `W` (`15W`)';
  const each = 'write a separate expression for each day';
  const hash =
    'must be a single day from 1 (Sunday) to 7 or SUN to SAT, followed by `#` and 1 to 5, when it contains `#`';
  test.each([
    ['day-of-month', '1,L', lw, '1,L', each],
    ['day-of-month', '1W,15W', lw, '1W,15W', each],
    ['day-of-month', 'L-3', lw, 'L-3', name],
    ['day-of-month', '3L', lw, '3L', name],
    ['day-of-month', 'W', lw, 'W', name],
    ['day-of-month', '1-5W', lw, '1-5W', name],
    ['day-of-month', 'WL', lw, 'WL', name],
    ['day-of-month', '5/W', lw, '5/W', name],
    ['day-of-month', '32W', 'must have 1 to 31 before `W`', '32W', ''],
    ['day-of-month', '0W', 'must have 1 to 31 before `W`', '0W', ''],
    ['day-of-week', '3#1,6#3', hash, '3#1,6#3', each],
    ['day-of-week', '3#6', hash, '3#6', 'for example, write `FRI#2`'],
    ['day-of-week', '3#0', hash, '3#0', 'for example, write `FRI#2`'],
    ['day-of-week', 'XYZ#2', hash, 'XYZ#2', 'for example, write `FRI#2`'],
    ['day-of-week', '#', hash, '#', 'for example, write `FRI#2`'],
    [
      'day-of-week',
      'monL,fri',
      'must be `L` or a single day with `L` (`FRIL`) when it contains `L`',
      'monL,fri',
      each,
    ],
    ['day-of-week', 'L,2', 'must be `L` or a single day with `L` (`FRIL`) when it contains `L`', 'L,2', each],
    ['minute', '0/60', 'must have at most 59 after `/`', '0/60', 'write `0`'],
    ['minute', '*/60', 'must have at most 59 after `/`', '*/60', 'write `0`'],
    ['hour', '0/0', 'must have a whole number of at least 1 after `/`', '0/0', ''],
    ['hour', '0/', 'must have a whole number of at least 1 after `/`', '0/', ''],
    ['hour', '0/2/3', 'must have a whole number of at least 1 after `/`', '0/2/3', ''],
    ['hour', '2,0/x', 'must have a whole number of at least 1 after `/`', '0/x', ''],
    ['year', '2030-2027', 'must have its ranges in ascending order', '2030-2027', 'write `2027-2030`'],
  ] as const)('the %s field refuses %s', (label, text, must, got, fix) => {
    expect(sentences(withField(label, text))).toEqual([
      `the ${label} field of \`schedule\` ${must}, got \`${got}\`${fix && `; ${fix}`}`,
    ]);
  });

  test('everything that is wrong is reported at once', () => {
    expect(sentences('cron(60 24 32 13 8 2200)')).toEqual([
      `the minute field of \`schedule\` must be ${ALLOWED.minute}, got \`60\``,
      `the hour field of \`schedule\` must be ${ALLOWED.hour}, got \`24\`; write \`0\` for midnight`,
      `the day-of-month field of \`schedule\` must be ${ALLOWED['day-of-month']}, got \`32\``,
      `the month field of \`schedule\` must be ${ALLOWED.month}, got \`13\``,
      `the day-of-week field of \`schedule\` must be ${ALLOWED['day-of-week']}, got \`8\``,
      `the year field of \`schedule\` must be ${ALLOWED.year}, got \`2200\``,
      'exactly one of the day-of-month and day-of-week fields of `schedule` must be `?`, got `32` and `8`; put `?` in one of them, and add a second rule for the other days',
    ]);
  });

  test('messages use the given name of the expression', () => {
    expect(cronProblems('cron(0 24 ? * * *)', 'rules[0].schedule').map(sentence)).toEqual([
      `the hour field of \`rules[0].schedule\` must be ${ALLOWED.hour}, got \`24\`; write \`0\` for midnight`,
    ]);
  });
});

describe('what is wrong with the fields together', () => {
  const both = 'exactly one of the day-of-month and day-of-week fields of `schedule` must be `?`';
  test.each([
    ['cron(0 5 * * * *)', '`*` and `*`', 'write `cron(0 5 ? * * *)`'],
    ['cron(0 5 ? * ? *)', '`?` and `?`', 'write `cron(0 5 ? * * *)`'],
    ['cron(0 5 * * MON *)', '`*` and `MON`', 'write `cron(0 5 ? * MON *)`'],
    ['cron(0 5 1 * * *)', '`1` and `*`', 'write `cron(0 5 1 * ? *)`'],
    [
      'cron(0 5 1 * MON *)',
      '`1` and `MON`',
      'put `?` in one of them, and add a second rule for the other days',
    ],
  ])('%s needs a question mark in one of the day fields', (expression, got, fix) => {
    expect(sentences(expression)).toEqual([`${both}, got ${got}; ${fix}`]);
  });

  test.each([
    ['*', 60, '0'],
    ['0/15', 4, '0'],
    ['0,30', 2, '0'],
    ['15-45/30', 2, '15'],
    ['50-10/20', 2, '10'],
  ])('the minute field %s is more often than AWS Backup runs', (minute, count, first) => {
    expect(sentences(`cron(${minute} 5 ? * * *)`)).toEqual([
      `the minute field of \`schedule\` must be a single minute, since AWS Backup runs a rule at most once an hour, got \`${minute}\`, which matches ${count} minutes; write one of them, for example \`${first}\``,
    ]);
  });

  const lastDay = 'to run on the last one of the month, write `L`';
  test.each([
    ['30 2 ? *', 'day-of-month', '`30`', 'month `2` of year `*`', lastDay],
    ['31 4,6,9,11 ? *', 'day-of-month', '`31`', 'month `4,6,9,11` of year `*`', lastDay],
    ['30W FEB ? *', 'day-of-month', '`30W`', 'month `FEB` of year `*`', lastDay],
    ['29 2 ? 2026-2027', 'day-of-month', '`29`', 'month `2` of year `2026-2027`', lastDay],
    ['29 2 ? 2100', 'day-of-month', '`29`', 'month `2` of year `2100`', lastDay],
    [
      '? 2 MON#5 2026',
      'day-of-week',
      '`MON#5`',
      'month `2` of year `2026`',
      `${lastDay} after it, as in \`FRIL\``,
    ],
  ])('%s is never', (fields, label, got, where, fix) => {
    expect(sentences(`cron(0 5 ${fields})`)).toEqual([
      `the ${label} field of \`schedule\` must be a day that exists, got ${got}, which never occurs in ${where}; ${fix}`,
    ]);
  });
});

describe('warnings', () => {
  test.each([
    ['31 * ? *', '31', 'FEB, APR, JUN, SEP, NOV'],
    ['30 * ? *', '30', 'FEB'],
    ['29 * ? *', '29', 'FEB of most years'],
    ['29,31 1-4 ? *', '29,31', 'FEB of most years'],
    ['30-31 1-4 ? *', '30-31', 'FEB'],
    ['31W JAN,FEB ? *', '31W', 'FEB'],
  ])('a day that some months lack is no error: %s', (fields, got, months) => {
    expect(cronProblems(`cron(0 5 ${fields})`)).toEqual([
      {
        id: 'Backup-ScheduleSkipsMonths',
        severity: 'warning',
        property: 'schedule',
        message: `the day-of-month field of \`schedule\` should be a day that every month has, got \`${got}\`, which skips ${months}`,
        fix: 'to run on the last day of the month, write `L`',
      },
    ]);
  });

  test.each(['31 1,3,5 ? *', '29 2 ? 2028', '28 * ? *', '1,31 * ? *', 'L * ? *'])(
    'no month is left out by %s',
    (fields) => {
      expect(cronProblems(`cron(0 5 ${fields})`)).toEqual([]);
    },
  );

  test.each([
    ['cron(0 13/12 ? * * *)', 'hour', '13/12', 13, 23, 'write `1/12`, or `13`'],
    ['cron(0 0/24 ? * * *)', 'hour', '0/24', 0, 23, 'write `0`'],
    ['cron(0 5-6/2 ? * * *)', 'hour', '5-6/2', 5, undefined, 'write `5`'],
    ['cron(0 23/23 ? * * *)', 'hour', '23/23', 23, 23, 'write `0/23`, or `23`'],
    ['cron(0 22/23 ? * * *)', 'hour', '22/23', 22, 23, 'write `22`'],
    ['cron(0 23/24 ? * * *)', 'hour', '23/24', 23, 23, 'write `23`'],
    ['cron(45/30 5 ? * * *)', 'minute', '45/30', 45, 59, 'write `45`'],
    ['cron(1/59 5 ? * * *)', 'minute', '1/59', 1, 59, 'write `1`'],
    ['cron(0 5 20/15,1 * ? *)', 'day-of-month', '20/15', 20, 31, 'write `20`'],
    ['cron(0 5 1 8/6 ? *)', 'month', '8/6', 8, 12, 'write `8`'],
  ])('in %s a step has no effect', (expression, label, got, only, end, fix) => {
    expect(readCron(expression).cron).toBeDefined();
    expect(sentences(expression)).toEqual([
      `the ${label} field of \`schedule\` should match more than one value when it has a step, got \`${got}\`, which matches only ${only}${end ? `, since AWS wraps around after ${end}` : ''}; ${fix}`,
    ]);
  });

  test.each(['cron(0 23/1 ? * * *)', 'cron(59/1 5 ? * * *)'])(
    'in %s a step of 1 reaches the end of the field at once',
    (expression) => {
      expect(sentences(expression)).toEqual([]);
    },
  );

  test('the largest step of minutes is 59', () => {
    expect(readField('minute', '0/59')).toEqual({ values: [0, 59], remarks: [] });
    expect(sentences('cron(0/60 5 ? * * *)')).toEqual([
      'the minute field of `schedule` must have at most 59 after `/`, got `0/60`; write `0`',
    ]);
  });

  test('a step of week days is only on older pages of AWS', () => {
    expect(readCron('cron(0 5 ? * MON-FRI/2 *)').cron?.days).toEqual({
      kind: 'weekDays',
      weekDays: [2, 4, 6],
    });
    expect(sentences('cron(0 5 ? * MON-FRI/2 *)')).toEqual([
      'the day-of-week field of `schedule` should not have a step, which AWS documents only on older pages, got `MON-FRI/2`; write `MON,WED,FRI` instead',
    ]);
  });
});

describe('tokens', () => {
  test('an unresolved expression has no problems and no meaning', () => {
    expect(readCron(Lazy.string({ produce: () => 'rate(1 day)' }))).toEqual({ problems: [] });
    expect(readCron(`cron(0 ${Token.asString({ Ref: 'Hour' })} ? * * *)`)).toEqual({ problems: [] });
  });

  test('an unresolved field leaves the meaning unknown, the other fields are still checked', () => {
    const token = Token.asString({ Ref: 'Hour' });
    const texts = { minute: '0', hour: token, dayOfMonth: '1', month: '*', dayOfWeek: '?', year: '*' };
    expect(readCronTexts(texts)).toEqual({ problems: [] });
    expect(readCronTexts({ ...texts, dayOfWeek: token, dayOfMonth: '?' })).toEqual({ problems: [] });
    expect(readCronTexts({ ...texts, minute: '60' }).problems.map(sentence)).toEqual([
      'the minute field of `schedule` must be 0 to 59, got `60`',
    ]);
  });
});

describe('any string gets a result', () => {
  const answer = (text: string) => {
    const { cron, problems } = readCron(text);
    expect(cron === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
    for (const problem of problems) {
      expect(problem.id).toMatch(/^Backup-Schedule[A-Za-z]+$/);
      expect(sentence(problem)).toMatch(/^[^\n]{1,700}$/);
    }
  };

  test('with any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), answer), { numRuns: 3000 });
  });

  test('in six fields with the letters of the dialect', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'0123456789*?/,-LW#ABEFGIJMNOPRSTUVYl'),
      minLength: 1,
    });
    const expression = fc
      .array(letters, { minLength: 6, maxLength: 6 })
      .map((fields) => `cron(${fields.join(' ')})`);
    fc.assert(fc.property(expression, answer), { numRuns: 5000 });
  });

  test('in anything that is neither a string nor a token', () => {
    fc.assert(fc.property(fc.anything(), (value) => cronProblems(value as string).length > 0));
  });

  test.each([
    ['numbers', '1,'.repeat(50_000)],
    ['commas', ','.repeat(100_000)],
    ['steps', '13/12,'.repeat(20_000)],
    ['stars', '*'.repeat(100_000)],
    ['letters', 'L'.repeat(100_000)],
    ['digits', '9'.repeat(100_000)],
    ['blanks', ' '.repeat(100_000)],
    ['slashes', '1/'.repeat(50_000)],
    ['brackets', 'cron('.repeat(20_000)],
    ['a word of JavaScript', '__proto__'],
  ])('however long it is: %s', (_, text) => {
    for (const expression of [
      text,
      `cron(${text})`,
      `rate(${text})`,
      `at(${text}`,
      `cron(0 ${text} ? * * *)`,
      `cron(0 5 ${text} * ? *)`,
      `cron(0 5 ? * ${text}1 *)`,
    ]) {
      answer(expression);
    }
  });
});

/** An expression that is valid except for one field. */
function withField(label: keyof typeof ALLOWED, text: string): string {
  const fields = {
    minute: '0',
    hour: '5',
    'day-of-month': label === 'day-of-month' ? text : '?',
    month: '*',
    'day-of-week': label === 'day-of-month' ? '?' : '*',
    year: '*',
    [label]: text,
  };
  return `cron(${Object.values(fields).join(' ')})`;
}
