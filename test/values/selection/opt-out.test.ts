import { Fn } from 'aws-cdk-lib';
import { sentence } from '../../../src/values/core/problem';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { isExpired, optOutReasonProblems, optOutUntilProblems } from '../../../src/values/selection/opt-out';
import {
  arnElsewhereProblems,
  doubleTypeProblems,
  everythingProblem,
  isPositive,
  negativeTagProblems,
  otherPlaceOfArn,
} from '../../../src/values/selection/selection-laws';

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
  ])('may not be %j', (until, got, example) => {
    expect(told(optOutUntilProblems(until, 'last'))).toEqual([
      `error Backup-OptOutDate: \`last\` must be a day as \`YYYY-MM-DD\`, got ${got}; for example, write '${example}'`,
    ]);
  });

  test('of a date is written as its day', () => {
    expect(told(optOutUntilProblems(new Date('2027-01-31T23:00:00Z')))[0]).toMatch(
      /for example, write '2027-01-31'$/,
    );
    expect(told(optOutUntilProblems(new Date(Number.NaN)))[0]).toMatch(/for example, write '2030-12-31'$/);
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

describe('what a selection selects', () => {
  const HERE = { account: '111122223333', region: 'eu-west-1' };

  test.each<[string, object, object | undefined]>([
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/x', HERE, undefined],
    [
      'arn:aws:dynamodb:us-east-1:111122223333:table/x',
      HERE,
      { what: 'Region', here: 'eu-west-1', there: 'us-east-1' },
    ],
    [
      'arn:aws:dynamodb:eu-west-1:444455556666:table/x',
      HERE,
      { what: 'account', here: '111122223333', there: '444455556666' },
    ],
    [
      'arn:aws:dynamodb:us-east-1:444455556666:table/x',
      HERE,
      { what: 'Region', here: 'eu-west-1', there: 'us-east-1' },
    ],
    ['arn:aws:dynamodb:us-east-1:444455556666:table/x', {}, undefined],
    [
      'arn:aws:dynamodb:us-east-1:444455556666:table/x',
      { account: HERE.account },
      { what: 'account', here: '111122223333', there: '444455556666' },
    ],
    ['arn:aws:dynamodb:us-*:4444*:table/x', HERE, undefined],
    ['arn:aws:dynamodb:us-east-?:?:table/x', HERE, undefined],
    ['arn:aws:s3:::orders', HERE, undefined],
    ['orders', HERE, undefined],
    ['arn:aws:dynamodb:us-east-1:444455556666:table/x', { region: Fn.ref('AWS::Region') }, undefined],
  ])('%s is in its own account and Region %j, or not', (arn, here, place) => {
    expect(otherPlaceOfArn(arn, here)).toEqual(place);
  });

  test('is no question where it is not a known text', () => {
    expect([
      otherPlaceOfArn(1, HERE),
      otherPlaceOfArn(Fn.ref('Arn'), HERE),
      arnElsewhereProblems('*', HERE, 'arns'),
    ]).toEqual([undefined, undefined, []]);
  });

  test('elsewhere is nothing', () => {
    expect(told(arnElsewhereProblems('arn:aws:rds:us-east-1::db:x', HERE, 'arns'))).toEqual([
      'warning Backup-SelectionElsewhere: `arns` has `arn:aws:rds:us-east-1::db:x` in Region us-east-1, but a selection protects only resources in its own Region (eu-west-1); create a plan there',
    ]);
  });

  test.each([
    [[ResourceType.EC2, ResourceType.EBS], true],
    [[ResourceType.EBS, ResourceType.S3, ResourceType.EC2], true],
    [[ResourceType.EC2, ResourceType.S3], false],
    [[ResourceType.EBS], false],
    [[], false],
  ])('is backed up twice where it has instances and volumes', (types, isDouble) => {
    expect(doubleTypeProblems(types, 'resourceTypes').length > 0).toBe(isDouble);
  });

  test.each([
    [['StringEquals'], false],
    [['StringLike'], false],
    [['StringNotEquals'], true],
    [['StringNotLike'], true],
    [['StringNotEquals', 'StringNotLike'], true],
    [['StringNotEquals', 'StringLike'], false],
    [[], false],
  ])('is nearly everything where all conditions are negative: %j', (operators, isEverything) => {
    const conditions = operators.map((operator) => ({ operator, key: 'a', value: 'b' }) as never);
    const problems = negativeTagProblems(conditions, 'tags', 'add a tag');
    expect(problems.map(({ id }) => id)).toEqual(isEverything ? ['Backup-SelectsEverything'] : []);
    expect(conditions.some(isPositive)).toBe(operators.length > 0 && !isEverything);
  });

  test('is everything, or all of it that satisfies a filter', () => {
    expect(
      [undefined, 'tags'].map((filter) =>
        told([everythingProblem('all', filter, 'omit it')])[0].slice(0, 110),
      ),
    ).toEqual([
      'warning Backup-SelectsEverything: `all` selects every resource of every type that the Region has opted in to, ',
      'warning Backup-SelectsEverything: `all` selects every resource that satisfies `tags` of every type that the Re',
    ]);
  });
});
