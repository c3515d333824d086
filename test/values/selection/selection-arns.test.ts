import { CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { sentence } from '../../../src/values/core/problem';
import {
  isListToken,
  selectionArnProblems,
  selectionSizeProblems,
} from '../../../src/values/selection/selection-arns';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';

const told = (...arns: unknown[]) =>
  selectionArnProblems(arns, 'arns').map(
    (problem) => `${problem.severity} ${problem.id} ${sentence(problem)}`,
  );

describe('ARNs in a selection', () => {
  test.each([
    'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
    'arn:aws:dynamodb:*:*:table/orders',
    'arn:aws:dynamodb:*:*:table/ord*',
    'arn:aws:s3:::bucket',
    'arn:aws:s3:::*',
    'arn:aws-us-gov:ec2:*:*:volume/*',
    'arn:aws:ec2:*',
    'arn:aws:rds:*:*:cluster:*',
    '*',
  ])('are fine whole, with one asterisk at the end, for a service, or for everything: %s', (arn) => {
    expect(told(arn)).toEqual([]);
  });

  test.each(['arn:aws:s3:::*-logs', 'arn:aws:s3:::a*b*', 'arn:aws:s3:::a?c', 'arn:aws:s3:::abc?'])(
    'with a wildcard elsewhere may select nothing: %s',
    (arn) => {
      expect(told(arn)).toEqual([
        `warning Backup-SelectionWildcard \`arns\` has a wildcard before the end of \`${arn}\`, which AWS Backup isn't known to support: it may select nothing; put one \`*\` at the end, or select by tag`,
      ]);
    },
  );

  test.each([
    ['', 'an empty string'],
    ['orders', '`orders`'],
    ['arn:aws:dynamodb', '`arn:aws:dynamodb`'],
    ['arn:aws:dynamodb:', '`arn:aws:dynamodb:`'],
    ['arn:aws:DynamoDB:*:*:table/orders', '`arn:aws:DynamoDB:*:*:table/orders`'],
    [' arn:aws:s3:::b', '` arn:aws:s3:::b`'],
    ['arn:aws:s3:::b c', '`arn:aws:s3:::b c`'],
    [5, '5'],
    [['arn:aws:s3:::b'], 'an array'],
    [null, 'null'],
    [{ arn: 'x' }, 'an object'],
  ])('are rejected if they are not ARNs: %j', (arn, got) => {
    expect(told(arn)).toEqual([
      `error Backup-SelectionArn \`arns\` must be ARNs such as \`arn:aws:dynamodb:*:*:table/orders\`, got ${got}; write the full ARN; \`*\` is allowed at its end and in place of the Region and the account`,
    ]);
  });

  test('are checked one by one', () => {
    expect(told('orders', 'arn:aws:s3:::bucket', 'arn:aws:s3:::*-logs')).toHaveLength(2);
  });

  test('pass without a check if they are known only at deployment, one or a whole list', () => {
    const list = new CfnParameter(new Stack(testApp()), 'Arns', { type: 'CommaDelimitedList' }).valueAsList;
    expect(told(Fn.importValue('Arn'), `arn:aws:s3:::${Fn.importValue('Name')}-*-x`, ...list)).toEqual([]);
    expect(list.map(isListToken)).toEqual([true]);
    expect([Fn.importValue('Arn'), 'arn:aws:s3:::bucket', undefined].map(isListToken)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('never crash the law', () => {
    fc.assert(
      fc.property(anything, (arn) => {
        for (const { message } of selectionArnProblems([arn], 'arns')) expect(message).toMatch(/^`arns` /);
      }),
    );
  });
});

describe('the number of ARNs', () => {
  const arns = (length: number, suffix = '') =>
    Array.from({ length }, (_, i) => `arn:aws:s3:::b${i}${suffix}`);
  const sizes = (...given: unknown[]) => selectionSizeProblems(given, 'Resources').map(sentence);
  const fix = 'select by tag, or create several selections';

  test.each([
    [arns(500), []],
    [arns(501), [`\`Resources\` can be at most 500 ARNs in a selection, got 501; ${fix}`]],
    [arns(30, '*'), []],
    [arns(31, '*'), [`\`Resources\` can be at most 30 ARNs with a wildcard in a selection, got 31; ${fix}`]],
    [[...arns(30, '*'), ...arns(470)], []],
    [
      [...arns(31, '*'), ...arns(470)],
      [
        `\`Resources\` can be at most 500 ARNs in a selection, got 501; ${fix}`,
        `\`Resources\` can be at most 30 ARNs with a wildcard in a selection, got 31; ${fix}`,
      ],
    ],
  ])('is at most 500, of which 30 with a wildcard (case %#)', (given, problems) => {
    expect(sizes(...given)).toEqual(problems);
  });

  test('is reported for all properties that the ARNs come from', () => {
    expect(selectionSizeProblems(arns(501), 'resources', '`resources` and `arns`').map(sentence)).toEqual([
      `\`resources\` and \`arns\` can be at most 500 ARNs in a selection, got 501; ${fix}`,
    ]);
  });
});
