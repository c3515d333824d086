import { Fn } from 'aws-cdk-lib';
import { sentence } from '../../../src/values/core/problem';
import { isExpired, optOutReasonProblems, optOutUntilProblems } from '../../../src/values/selection/opt-out';

const told = (problems: ReturnType<typeof optOutReasonProblems>) =>
  problems.map((problem) => `${problem.severity} ${problem.id}: ${sentence(problem)}`);

describe('the reason of an opt-out', () => {
  test.each([
    'cache',
    'x'.repeat(256),
    'é'.repeat(256),
    'letters Ä 漢 12',
    'all of + - = . _ : / @',
    Fn.ref('Reason'),
  ])('may be %s', (reason) => {
    expect(optOutReasonProblems(reason)).toEqual([]);
  });

  test.each<[unknown, string]>([
    [
      '',
      "must say why the resource needs no backup, got an empty string; for example, write 'cache - rebuilt from the orders table'",
    ],
    [
      '  ',
      "must say why the resource needs no backup, got `  `; for example, write 'cache - rebuilt from the orders table'",
    ],
    [
      1,
      "must say why the resource needs no backup, got 1; for example, write 'cache - rebuilt from the orders table'",
    ],
    [
      'x'.repeat(257),
      'must be at most 256 characters, since it becomes the value of a tag, got 257 characters; shorten it',
    ],
    [
      '𝒳'.repeat(257),
      'must be at most 256 characters, since it becomes the value of a tag, got 257 characters; shorten it',
    ],
    [
      'a; b, c',
      'must be letters, digits, spaces and `+ - = . _ : / @`, since it becomes the value of a tag, got `a; b, c`; use `a - b - c`',
    ],
    [
      "Bob's & Eve's",
      "must be letters, digits, spaces and `+ - = . _ : / @`, since it becomes the value of a tag, got `Bob's & Eve's`; use `Bobs and Eves`",
    ],
    [
      'really? (yes)',
      'must be letters, digits, spaces and `+ - = . _ : / @`, since it becomes the value of a tag, got `really? (yes)`; use `really yes`',
    ],
    [
      'a,,b ((c))  d ',
      'must be letters, digits, spaces and `+ - = . _ : / @`, since it becomes the value of a tag, got `a,,b ((c))  d `; use `a - - b c d`',
    ],
    [
      'ok!?',
      'must be letters, digits, spaces and `+ - = . _ : / @`, since it becomes the value of a tag, got `ok!?`; use `ok`',
    ],
    [
      '!ok',
      'must be letters, digits, spaces and `+ - = . _ : / @`, since it becomes the value of a tag, got `!ok`; use `ok`',
    ],
    [
      '!?',
      'must be letters, digits, spaces and `+ - = . _ : / @`, since it becomes the value of a tag, got `!?`; use `rebuilt from its source`',
    ],
  ])('may not be %j', (reason, words) => {
    expect(told(optOutReasonProblems(reason, 'why'))).toEqual([
      `error Backup-OptOutReason: \`why\` ${words}`,
    ]);
  });
});

describe('the last day of an opt-out', () => {
  test.each([undefined, '2027-01-31', '2028-02-29', Fn.ref('Day')])('may be %s', (until) => {
    expect(optOutUntilProblems(until)).toEqual([]);
  });

  test.each<[unknown, string, string]>([
    ['2027-02-29', '`2027-02-29`', '2030-12-31'],
    ['2027-13-01', '`2027-13-01`', '2030-12-31'],
    ['2027-1-31', '`2027-1-31`', '2030-12-31'],
    ['on 2027-01-31', '`on 2027-01-31`', '2030-12-31'],
    ['2027-01-31T00:00', '`2027-01-31T00:00`', '2030-12-31'],
    ['2027', '`2027`', '2030-12-31'],
    [20_270_131, '20270131', '2030-12-31'],
    [['2027-01-31'], 'an array', '2030-12-31'],
  ])('may not be %j', (until, got, example) => {
    expect(told(optOutUntilProblems(until, 'last'))).toEqual([
      `error Backup-OptOutDate: \`last\` must be a day as \`YYYY-MM-DD\`, got ${got}; for example, write '${example}'`,
    ]);
  });

  test.each([
    ['2027-01-31T23:00:00Z', '2027-01-31T23:00:00.000Z', '2027-01-31'],
    ['never', 'an invalid date', '2030-12-31'],
  ])('of the date %s is written as its day', (date, got, day) => {
    expect(told(optOutUntilProblems(new Date(date)))).toEqual([
      `error Backup-OptOutDate: \`until\` must be a day as \`YYYY-MM-DD\`, got ${got}; for example, write '${day}'`,
    ]);
  });

  test('is omitted rather than null', () => {
    expect(told(optOutUntilProblems(null))).toEqual([
      "error Backup-OptOutDate: `until` must be a day as `YYYY-MM-DD`, got null; for example, write '2030-12-31'",
    ]);
  });

  test.each([
    [undefined, '2999-01-01T00:00:00.000Z', false],
    ['2027-01-31', '2027-01-30T12:00:00.000Z', false],
    ['2027-01-31', '2027-01-31T23:59:59.999Z', false],
    ['2027-01-31', '2027-02-01T00:00:00.000Z', true],
    [' 2027-01-31 ', '2027-01-31T12:00:00.000Z', false],
    [' 2027-01-31 ', '2027-02-01T00:00:00.000Z', true],
    ['soon', '2000-01-01T00:00:00.000Z', true],
    ['', '2000-01-01T00:00:00.000Z', true],
  ])('%s: at %s it is over: %s', (until, now, isOver) => {
    expect(isExpired(until, new Date(now))).toBe(isOver);
  });
});
