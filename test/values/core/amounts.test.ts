import { Duration, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import {
  dayCount,
  isKnown,
  readHours,
  show,
  toDays,
  toMinutes,
  wholeNumberProblems,
} from '../../../src/values/core/amounts';
import { BackupError, sentence } from '../../../src/values/core/problem';
import { anything, NUMBER_TOKENS, STRING_TOKENS } from '../../support/anything';
import { refusal } from '../../support/refusal';

const token = Token.asNumber({ Ref: 'Days' });

describe('how a message quotes what it got', () => {
  class Custom {}
  test.each<[string, unknown, string]>([
    ['a text stands in backticks', 'gold', '`gold`'],
    ['a text without characters is named', '', 'an empty string'],
    ['a text of more than 160 characters is cut', 'x'.repeat(161), `\`${'x'.repeat(160)}…\``],
    ['a text of 160 characters is not', 'x'.repeat(160), `\`${'x'.repeat(160)}\``],
    ['letters of all alphabets stand as they are', '백업 é 💾', '`백업 é 💾`'],
    ['a text stays on one line', 'a\r\n\tb\u2028c', '"a\\r\\n\\tb\\u2028c"'],
    ['what the eye would miss is escaped', 'a\u00a0b\u200bc\u{e0001}', '"a\\u00a0b\\u200bc\\u{e0001}"'],
    ['so is what would end the quotation', 'a`b"c', '"a`b\\"c"'],
    ['a date stands in UTC', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a date that is none is named', new Date(Number.NaN), 'an invalid date'],
    ['a number stands as it is', 1.5, '1.5'],
    ['so does what is no number', Number.NaN, 'NaN'],
    ['so does infinity', Number.POSITIVE_INFINITY, 'Infinity'],
    ['a bigint ends with n', 10n, '10n'],
    ['true and false stand as they are', true, 'true'],
    ['what is left out is nothing', undefined, 'nothing'],
    ['so does null', null, 'null'],
    ['an array is named', [1, 2], 'an array'],
    ['a plain object is named', { a: 1 }, 'an object'],
    ['an object without a prototype too', Object.create(null), 'an object'],
    ['an object of a class names the class', new Custom(), 'an instance of `Custom`'],
    ['a `Duration` too', Duration.days(1), 'an instance of `Duration`'],
    ['a function is named', () => 1, 'a function'],
    ['a symbol is named', Symbol('x'), 'a symbol'],
    ['a number that is a token never shows how the CDK encodes it', token, 'a token'],
    ['neither does a text', Token.asString({ Ref: 'Name' }), 'a token'],
    ['neither does an object', Token.asAny({ Ref: 'Name' }), 'a token'],
  ])('%s', (_title, value, shown) => {
    expect(show(value)).toBe(shown);
  });

  test('any value is quoted on one line', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(show(value)).toMatch(/^.+$/u);
      }),
    );
  });
});

test.each([
  [0, '0 days'],
  [1, '1 day'],
  [35, '35 days'],
])('%d is read as %s', (days, words) => {
  expect(dayCount(days)).toBe(words);
});

test.each([...NUMBER_TOKENS, ...STRING_TOKENS])(
  'the value of %s is not known at synthesis',
  (_name, value) => {
    expect(isKnown(value)).toBe(false);
  },
);

describe('a whole number within bounds', () => {
  const bounds = { min: 1, max: 100, unit: 'days' };
  const check = (value: unknown, fix?: string) =>
    wholeNumberProblems('Backup-RetentionRange', 'x', value, { ...bounds, fix }).map(sentence);

  test.each([1, 2, 99, 100])('%d lies within 1 and 100', (value) => {
    expect(check(value)).toEqual([]);
  });

  test.each<[unknown, string]>([
    [0, 'got 0; use 1 day or more'],
    [-1, 'got -1; use 1 day or more'],
    [0.5, 'got 0.5; use 1 day or more'],
    [Number.NEGATIVE_INFINITY, 'got -Infinity; use 1 day or more'],
    [101, 'got 101; use 100 days or less'],
    [99.5, 'got 99.5; use 100'],
    [1e21, 'got 1e+21; use 100 days or less'],
    [Number.NaN, 'got NaN'],
    ['35', 'got the string `35`; write the number 35'],
    ['101', 'got the string `101`; use 100 days or less'],
    ['35 days', 'got the string `35 days`'],
    ['', 'got an empty string'],
    [' ', 'got the string ` `'],
    [35n, 'got 35n; write the number 35'],
    [undefined, 'got nothing'],
    [null, 'got null'],
    [true, 'got true'],
    [[35], 'got an array'],
    [{}, 'got an object'],
    [Duration.days(35), 'got an instance of `Duration`'],
    [Symbol('35'), 'got a symbol'],
    [() => 35, 'got a function'],
  ])('%p is rejected', (value, got) => {
    expect(check(value)).toEqual([`\`x\` must be a whole number from 1 to 100 days, ${got}`]);
  });

  test.each<[unknown, string]>([
    [0, 'got 0; omit it'],
    [101, 'got 101; omit it'],
    [undefined, 'got nothing; omit it'],
    [null, 'got null; omit it'],
    [99.5, 'got 99.5; use 100'],
    [[], 'got an array'],
  ])('the fix of the caller is used for %p', (value, got) => {
    expect(check(value, 'omit it')).toEqual([`\`x\` must be a whole number from 1 to 100 days, ${got}`]);
  });

  test.each<[unknown, string | undefined]>([
    [0.5, 'write 0.5 in hours'],
    ['99.5', 'write 99.5 in hours'],
    [-0.5, 'use 1 day or more'],
    [100.5, 'use 100 days or less'],
    [0, 'use 1 day or more'],
    ['99', 'write the number 99'],
    ['many', undefined],
  ])('the fix of the caller for a part of a unit is used for %p: %s', (value, fix) => {
    const fractionFix = (amount: number) => `write ${amount} in hours`;
    const problems = wholeNumberProblems('Backup-RetentionRange', 'x', value, { ...bounds, fractionFix });
    expect(problems.map((problem) => problem.fix)).toEqual([fix]);
  });

  test.each(NUMBER_TOKENS)('%s passes without a check', (_name, value) => {
    expect(check(value)).toEqual([]);
  });

  test('a value passes if and only if it is a token or a whole number within the bounds', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.integer({ min: -5, max: 105 })), (value) => {
        const whole = typeof value === 'number' && value >= 1 && value <= 100 && value % 1 === 0;
        expect(check(value).length === 0).toBe(whole || !isKnown(value));
      }),
    );
  });
});

describe('a `Duration` where AWS counts days', () => {
  test.each([
    ['Duration.days(35)', Duration.days(35), 35],
    ['Duration.hours(48)', Duration.hours(48), 2],
    ['Duration.minutes(1440)', Duration.minutes(1440), 1],
    ['Duration.parse("P1DT24H")', Duration.parse('P1DT24H'), 2],
    ['Duration.days(0)', Duration.days(0), 0],
  ])('%s is read in days', (_text, duration, days) => {
    expect(toDays('x', duration)).toBe(days);
  });

  test('a token of days stays the token', () => {
    expect(toDays('x', Duration.days(token))).toBe(token);
  });

  test.each<[string, unknown, string]>([
    [
      'a part of a day',
      Duration.hours(36),
      '`x` must be a whole number of days, got 1 day 12 hours; write `Duration.days(2)`',
    ],
    [
      'less than a millisecond',
      Duration.millis(0.5),
      '`x` must be a whole number of days, got 0.5 millis; write `Duration.days(1)`',
    ],
    [
      'no number',
      Duration.days(Number.NaN),
      '`x` must be a whole number of days, got NaN; write `Duration.days(…)`',
    ],
    [
      'infinity',
      Duration.days(Number.POSITIVE_INFINITY),
      '`x` must be a whole number of days, got Infinity; write `Duration.days(…)`',
    ],
    [
      'a token of hours',
      Duration.hours(token),
      "`x` must be given in days when it is a token, because tokens can't be converted, got `Duration.hours` of a token; write `Duration.days(…)`",
    ],
    ['a bare token', token, '`x` must be a `Duration`, got a token; write `Duration.days(…)`'],
    ['a bare number', 35, '`x` must be a `Duration`, got 35; write `Duration.days(35)`'],
    ['a number in quotes', '35', '`x` must be a `Duration`, got the string `35`; write `Duration.days(35)`'],
    ['a number below one', -35, '`x` must be a `Duration`, got -35; write `Duration.days(…)`'],
    ['a text', 'P35D', '`x` must be a `Duration`, got the string `P35D`; write `Duration.days(…)`'],
    ['nothing', undefined, '`x` must be a `Duration`, got nothing; write `Duration.days(…)`'],
    ['null', null, '`x` must be a `Duration`, got null; write `Duration.days(…)`'],
    ['an object', { days: 35 }, '`x` must be a `Duration`, got an object; write `Duration.days(…)`'],
    [
      'an object with one method of a duration',
      { toDays: () => 35 },
      '`x` must be a `Duration`, got an object; write `Duration.days(…)`',
    ],
  ])('%s is rejected', (_title, duration, message) => {
    expect(refusal(() => toDays('x', duration as Duration))).toBe(message);
  });
});

describe('a `Duration` where AWS counts minutes', () => {
  test.each([
    ['Duration.minutes(90)', Duration.minutes(90), 90],
    ['Duration.hours(8)', Duration.hours(8), 480],
    ['Duration.days(7)', Duration.days(7), 10_080],
  ])('%s is read in minutes', (_text, duration, minutes) => {
    expect(toMinutes('x', duration)).toBe(minutes);
  });

  test('a token of minutes stays the token', () => {
    expect(toMinutes('x', Duration.minutes(token))).toBe(token);
  });

  test('a part of a minute is rejected', () => {
    expect(refusal(() => toMinutes('x', Duration.seconds(90)))).toBe(
      '`x` must be a whole number of minutes, got 1 minute 30 seconds; write `Duration.minutes(2)`',
    );
  });

  test('a token of hours is rejected', () => {
    expect(refusal(() => toMinutes('x', Duration.hours(token)))).toBe(
      "`x` must be given in minutes when it is a token, because tokens can't be converted, got `Duration.hours` of a token; write `Duration.minutes(…)`",
    );
  });

  test('a bare number is rejected', () => {
    expect(refusal(() => toMinutes('x', 90 as unknown as Duration))).toBe(
      '`x` must be a `Duration`, got 90; write `Duration.minutes(90)`',
    );
  });
});

describe('a `Duration` where AWS counts hours', () => {
  test.each([
    ['Duration.hours(8)', Duration.hours(8), 8],
    ['Duration.minutes(120)', Duration.minutes(120), 2],
    ['Duration.days(7)', Duration.days(7), 168],
  ])('%s is read in hours', (_text, duration, hours) => {
    expect(readHours('x', duration)).toEqual({ amount: hours, problems: [] });
  });

  test('a part of an hour is a problem', () => {
    expect(readHours('x', Duration.minutes(90))).toEqual({
      problems: [
        {
          id: 'Backup-WholeHours',
          severity: 'error',
          property: 'x',
          message: '`x` must be a whole number of hours, got 1 hour 30 minutes',
          fix: 'write `Duration.hours(2)`',
        },
      ],
    });
  });
});

test('whole days and minutes are read alike in any unit', () => {
  const days = fc.integer({ min: 0, max: 36_500 });
  fc.assert(
    fc.property(days, (n) => {
      for (const same of [Duration.days(n), Duration.hours(24 * n), Duration.seconds(86_400 * n)]) {
        expect(toDays('x', same)).toBe(n);
        expect(toMinutes('x', same)).toBe(1440 * n);
      }
    }),
  );
});

test('any value is read as a whole number or a token, and everything else is rejected with a message', () => {
  fc.assert(
    fc.property(anything, fc.constantFrom(toDays, toMinutes), (value, read) => {
      let amount: number;
      try {
        amount = read('x', value as Duration);
      } catch (error) {
        expect(error).toBeInstanceOf(BackupError);
        expect((error as Error).message).toMatch(
          /^`x` must be .+, got .+; write `Duration\.(days|minutes)\(.+\)`$/,
        );
        return;
      }
      expect(!isKnown(amount) || Number.isInteger(amount)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
