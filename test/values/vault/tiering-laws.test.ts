import { Fn } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  neverTiersProblems,
  type TieringSelectionValues,
  tieringBucketProblems,
  tieringDaysProblems,
  tieringSelectionsProblems,
} from '../../../src/values/vault/tiering-laws';
import { anything, NUMBER_TOKENS, STRING_TOKENS } from '../../support/anything';

const said = (problems: readonly Problem[]) =>
  problems.map((problem) => `${problem.severity}: ${sentence(problem)}`);
const bucket = (index: number) => `arn:aws:s3:::bucket-${index}`;
const selection = (count: number, from = 0): TieringSelectionValues => ({
  resources: Array.from({ length: count }, (_, index) => bucket(from + index)),
  afterDays: 60,
});

describe('the days after which backups move', () => {
  test.each([60, 61, 36500])('can be %d', (days) => {
    expect(tieringDaysProblems(days, 'after')).toEqual([]);
  });

  test.each<[unknown, string]>([
    [59, '59; use 60 days or more'],
    [0, '0; use 60 days or more'],
    [36501, '36501; use 36500 days or less'],
    [60.5, '60.5; use 61'],
    ['60', 'the string `60`; write the number 60'],
    [undefined, 'nothing'],
  ])('are rejected when they are %p', (days, shown) => {
    expect(said(tieringDaysProblems(days, 'after'))).toEqual([
      `error: \`after\` must be a whole number from 60 to 36500 days, got ${shown}`,
    ]);
  });

  test.each(NUMBER_TOKENS)('pass as %s', (_, token) => {
    expect(tieringDaysProblems(token, 'after')).toEqual([]);
  });
});

describe('a bucket', () => {
  test.each(['arn:aws:s3:::orders', 'arn:aws-cn:s3:::or.ders-2', 'arn:aws-us-gov:s3:::Old_Bucket'])(
    'can be %s',
    (arn) => {
      expect(tieringBucketProblems(arn, 'bucket')).toEqual([]);
    },
  );

  test.each(STRING_TOKENS)('passes as %s', (_, token) => {
    expect(tieringBucketProblems(token, 'bucket')).toEqual([]);
  });

  test.each<[unknown, string]>([
    ['*', '`*`; name each bucket, or select all of them'],
    ['arn:aws:s3:::orders*', '`arn:aws:s3:::orders*`; name each bucket, or select all of them'],
    [
      'arn:aws:s3:::orders/key',
      '`arn:aws:s3:::orders/key`; name an Amazon S3 bucket, since only Amazon S3 has tiering',
    ],
    ['orders', '`orders`; name an Amazon S3 bucket, since only Amazon S3 has tiering'],
    [
      'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
      '`arn:aws:dynamodb:eu-west-1:111122223333:table/orders`; name an Amazon S3 bucket, since only Amazon S3 has tiering',
    ],
    [7, '7; name an Amazon S3 bucket, since only Amazon S3 has tiering'],
    [null, 'null; name an Amazon S3 bucket, since only Amazon S3 has tiering'],
  ])("can't be %p", (arn, shown) => {
    expect(said(tieringBucketProblems(arn, 'bucket'))).toEqual([
      `error: \`bucket\` must be the ARN of a bucket, \`arn:<partition>:s3:::<name>\`, got ${shown}`,
    ]);
  });
});

describe('the selections of a tiering configuration', () => {
  const ALL: TieringSelectionValues = { resources: ['*'], afterDays: 90 };

  test.each<[string, TieringSelectionValues[]]>([
    ['all buckets', [ALL]],
    ['all, and some earlier', [ALL, selection(3)]],
    ['five', [0, 1, 2, 3, 4].map((index) => selection(1, index))],
    ['a hundred buckets', [selection(60), selection(40, 60)]],
  ])('can be %s', (_, selections) => {
    expect(tieringSelectionsProblems(selections, 'selections')).toEqual([]);
  });

  test.each<[string, TieringSelectionValues[], string]>([
    ['none', [], 'error: `selections` must have 1 to 5 selections, got none'],
    [
      'six',
      [0, 1, 2, 3, 4, 5].map((index) => selection(1, index)),
      'error: `selections` must have 1 to 5 selections, got 6; put buckets that move after the same days into one selection',
    ],
    [
      'more than a hundred buckets',
      [selection(60), selection(41, 60), ALL],
      'error: `selections` can name at most 100 buckets in a tiering configuration, got 101; select all buckets',
    ],
    [
      'all buckets twice',
      [ALL, { ...ALL, afterDays: 60 }],
      "warning: `selections` selects all buckets twice, and AWS doesn't document after how many days their backups move; omit one of them",
    ],
    [
      'a bucket three times',
      [selection(1), selection(2), selection(1)],
      "warning: `selections` selects `arn:aws:s3:::bucket-0` twice, and AWS doesn't document after how many days their backups move; omit one of them",
    ],
  ])("can't be %s", (_, selections, message) => {
    expect(said(tieringSelectionsProblems(selections, 'selections'))).toEqual([message]);
  });

  test('are accepted exactly where they are 1 to 5 with at most 100 different buckets', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 7 }), (counts) => {
        let from = 0;
        const selections = counts.map((count) => {
          from += count;
          return selection(count, from - count);
        });
        const accepted = counts.length >= 1 && counts.length <= 5 && from <= 100;
        expect(tieringSelectionsProblems(selections, 'selections').length === 0).toBe(accepted);
      }),
    );
  });
});

describe('what never moves', () => {
  const why = 'the lock of `Stack/Vault`';

  test.each<[unknown, unknown]>([
    [60, 61],
    [60, undefined],
    [60, Fn.ref('Max')],
    ['60', 30],
  ])('is not reported for %p days in at most %p', (after, longest) => {
    expect(neverTiersProblems(after, longest, 'selections[0]', why)).toEqual([]);
  });

  test.each(NUMBER_TOKENS)('is not reported for %s', (_, token) => {
    expect(neverTiersProblems(token, 10, 'selections[0]', why)).toEqual([]);
    expect(neverTiersProblems(60, token, 'selections[0]', why)).toEqual([]);
  });

  test.each([
    [60, 60, 'omit tiering for this vault'],
    [90, 35, 'omit tiering for this vault'],
    [90, 75, 'use less than 75 days'],
  ])('warns of %d days in at most %d', (after, longest, fix) => {
    expect(said(neverTiersProblems(after, longest, 'selections[0]', why))).toEqual([
      `warning: \`selections[0]\` moves backups after ${after} days, but the lock of \`Stack/Vault\` keeps none longer than ${longest} days: nothing ever moves; ${fix}`,
    ]);
  });
});

test('the laws return sentences for any input', () => {
  fc.assert(
    fc.property(anything, anything, (one, other) => {
      const problems = [
        ...tieringDaysProblems(one, 'after'),
        ...tieringBucketProblems(one, 'bucket'),
        ...neverTiersProblems(one, other, 'after', 'it'),
        ...tieringSelectionsProblems([{ resources: [one, other, one], afterDays: other }], 'selections'),
      ];
      for (const problem of problems) expect(sentence(problem)).not.toContain('[object Object]');
    }),
  );
});
