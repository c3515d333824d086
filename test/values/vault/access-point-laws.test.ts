import * as fc from 'fast-check';
import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  accessPointNameProblems,
  accessPointPolicySizeProblems,
  accessPointTimeProblems,
  s3RecoveryPointProblems,
} from '../../../src/values/vault/access-point-laws';
import { anything, STRING_TOKENS } from '../../support/anything';

const said = (problems: readonly Problem[]) => problems.map(sentence);
const NOW = new Date('2026-11-21T12:00:00Z');

describe('the name of an access point', () => {
  test.each(['abc', 'a-1', '0'.repeat(50), 's3alias'])('can be %s', (name) => {
    expect(accessPointNameProblems(name)).toEqual([]);
  });

  test.each(STRING_TOKENS)('passes as %s', (_, token) => {
    expect(accessPointNameProblems(token)).toEqual([]);
  });

  test.each<[unknown, string]>([
    ['ab', '`ab`'],
    ['a'.repeat(51), `\`${'a'.repeat(51)}\``],
    ['Orders', '`Orders`'],
    ['or_ders', '`or_ders`'],
    ['-orders', '`-orders`'],
    ['orders-', '`orders-`'],
    ['', 'an empty string'],
    [null, 'null'],
    [42, '42'],
  ])('is rejected when it is %p', (name, shown) => {
    expect(said(accessPointNameProblems(name))).toEqual([
      `\`accessPointName\` must be 3 to 50 characters from \`a-z\`, \`0-9\` and \`-\`, not starting or ending with \`-\`, got ${shown}; omit it to let AWS Backup generate one`,
    ]);
  });

  test.each([
    ['orders-s3alias', '-s3alias', 'orders'],
    ['orders-ext-s3alias', '-ext-s3alias', 'orders'],
  ])('is not an alias: %s is rejected', (name, suffix, better) => {
    expect(said(accessPointNameProblems(name))).toEqual([
      `\`accessPointName\` must not end with \`${suffix}\`, which Amazon S3 reserves for aliases, got \`${name}\`; use \`${better}\``,
    ]);
  });
});

describe('the recovery point of an access point', () => {
  test.each([
    'arn:aws:backup:eu-west-1:111122223333:recovery-point:1EB3B5E7-9EB0-435A-A80B-108B488B0D45',
    'arn:aws:backup:eu-west-1:111122223333:recovery-point:orders-20261121-0a1b2c3d',
  ])('can be %s', (arn) => {
    expect(s3RecoveryPointProblems(arn)).toEqual([]);
  });

  test.each(STRING_TOKENS)('passes as %s', (_, token) => {
    expect(s3RecoveryPointProblems(token)).toEqual([]);
  });

  test.each<[unknown, string]>([
    ['arn:aws:ec2:eu-west-1::snapshot/snap-0123', '`arn:aws:ec2:eu-west-1::snapshot/snap-0123`'],
    [
      'arn:aws:backup:eu-west-1:111122223333:backup-vault:gold',
      '`arn:aws:backup:eu-west-1:111122223333:backup-vault:gold`',
    ],
    [
      'arn:aws:backup:eu-west-1:111122223333:recovery-point:*',
      '`arn:aws:backup:eu-west-1:111122223333:recovery-point:*`',
    ],
    ['orders', '`orders`'],
    ['', 'an empty string'],
    [undefined, 'nothing'],
  ])('is one of Amazon S3: %p is rejected', (arn, shown) => {
    expect(said(s3RecoveryPointProblems(arn))).toEqual([
      `\`recoveryPointArn\` must be the ARN of an Amazon S3 recovery point, \`arn:<partition>:backup:<region>:<account>:recovery-point:<id>\`, got ${shown}`,
    ]);
  });
});

describe('the point in time', () => {
  test.each(['2026-11-21T12:00:00Z', '2021-11-27T03:30:27Z'])('can be %s', (at) => {
    expect(accessPointTimeProblems(new Date(at), NOW)).toEqual([]);
  });

  const WRITE = "for example, write `new Date('2026-01-31T03:30:27Z')`";
  test.each<[unknown, string]>([
    [
      new Date('2026-11-21T12:00:01Z'),
      '`at` must not be in the future, got 2026-11-21T12:00:01.000Z; use a time that the recovery point covers',
    ],
    [
      new Date('2026-11-20T12:00:00.5Z'),
      '`at` must be in whole seconds, got 2026-11-20T12:00:00.500Z; leave out the milliseconds',
    ],
    [new Date('never'), `\`at\` must be a \`Date\`, got an invalid date; ${WRITE}`],
    ['2021-11-27T03:30:27Z', `\`at\` must be a \`Date\`, got \`2021-11-27T03:30:27Z\`; ${WRITE}`],
    [undefined, `\`at\` must be a \`Date\`, got nothing; ${WRITE}`],
  ])('is rejected when it is %p', (at, message) => {
    expect(said(accessPointTimeProblems(at, NOW))).toEqual([message]);
  });
});

test('a policy has at most 200000 characters', () => {
  expect(accessPointPolicySizeProblems(200_000)).toEqual([]);
  expect(said(accessPointPolicySizeProblems(200_001))).toEqual([
    '`policy` can be at most 200000 characters of JSON, got 200001; allow whole prefixes instead of single objects',
  ]);
});

test('the laws return sentences for any input', () => {
  fc.assert(
    fc.property(anything, (value) => {
      const problems = [
        ...accessPointNameProblems(value),
        ...s3RecoveryPointProblems(value),
        ...accessPointTimeProblems(value, NOW),
      ];
      for (const problem of problems) expect(sentence(problem)).not.toContain('[object Object]');
    }),
  );
});
