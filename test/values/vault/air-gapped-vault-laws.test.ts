import { Duration, Fn, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  airGappedAcknowledgementProblems,
  airGappedRangeProblems,
  approvalTeamProblems,
  rangeLabel,
  readAirGappedRange,
  sharedAccountProblems,
} from '../../../src/values/vault/air-gapped-vault-laws';
import { anything, NUMBER_TOKENS, STRING_TOKENS } from '../../support/anything';
import { inNames } from '../../support/in-names';

const days = (days: number) => Duration.days(days);
const said = (problems: readonly Problem[]) =>
  problems.map((problem) => `${problem.severity}: ${sentence(problem)}`);

describe('the range of a logically air-gapped vault', () => {
  test.each([
    [7, 7],
    [7, 36500],
    [36500, 36500],
    [30, 365],
  ])('can be %d to %d days', (min, max) => {
    expect(airGappedRangeProblems({ minRetentionDays: min, maxRetentionDays: max })).toEqual([]);
    expect(readAirGappedRange({ minRetention: days(min), maxRetention: days(max) })).toEqual({
      minRetentionDays: min,
      maxRetentionDays: max,
      problems: [],
    });
  });

  test.each<[string, unknown, unknown, string[]]>([
    [
      'below a week',
      days(6),
      days(365),
      ['error: `minRetention` must be a whole number from 7 to 36500 days, got 6; use 7 days or more'],
    ],
    [
      'beyond 36500 days',
      days(7),
      days(36501),
      [
        'error: `maxRetention` must be a whole number from 7 to 36500 days, got 36501; use 36500 days or less',
      ],
    ],
    [
      'the wrong way round',
      days(30),
      days(7),
      [
        'error: `maxRetention` must not be shorter than `minRetention` (30 days), got 7 days; use 30 days or more',
      ],
    ],
    [
      'in part of a day',
      Duration.hours(180),
      days(365),
      ['error: `minRetention` must be a whole number of days, got 7 days 12 hours; write `Duration.days(8)`'],
    ],
    [
      'in numbers',
      7,
      '365',
      [
        'error: `minRetention` must be a `Duration`, got 7; write `Duration.days(7)`',
        'error: `maxRetention` must be a `Duration`, got the string `365`; write `Duration.days(365)`',
      ],
    ],
    [
      'left out',
      undefined,
      null,
      [
        'error: `minRetention` must be a `Duration`, got nothing; write `Duration.days(…)`',
        'error: `maxRetention` must be a `Duration`, got null; write `Duration.days(…)`',
      ],
    ],
  ])('is rejected %s', (_, minRetention, maxRetention, messages) => {
    const range = { minRetention, maxRetention } as never;
    expect(said(readAirGappedRange(range).problems)).toEqual(messages);
  });

  test('has the name that the caller uses', () => {
    const words = { minRetention: 'Min', maxRetention: 'Max' };
    expect(
      said(inNames(airGappedRangeProblems({ minRetentionDays: 3, maxRetentionDays: 2.5 }), words)),
    ).toEqual([
      'error: `Min` must be a whole number from 7 to 36500 days, got 3; use 7 days or more',
      'error: `Max` must be a whole number from 7 to 36500 days, got 2.5; use 7 days or more',
    ]);
    expect(
      said(readAirGappedRange({ minRetention: days(1), maxRetention: days(9) }, 'old.').problems),
    ).toEqual([
      'error: `old.minRetention` must be a whole number from 7 to 36500 days, got 1; use 7 days or more',
    ]);
  });

  test('may be known in part, of a vault that exists', () => {
    expect(readAirGappedRange({ maxRetention: days(90) }, '', false)).toEqual({
      maxRetentionDays: 90,
      problems: [],
    });
    expect(said(readAirGappedRange({ maxRetention: days(1) }, '', false).problems)).toEqual([
      'error: `maxRetention` must be a whole number from 7 to 36500 days, got 1; use 7 days or more',
    ]);
  });

  test.each(NUMBER_TOKENS)('passes without a check as %s', (_, token) => {
    expect(airGappedRangeProblems({ minRetentionDays: token, maxRetentionDays: 6 })).toHaveLength(1);
    expect(airGappedRangeProblems({ minRetentionDays: token, maxRetentionDays: token })).toEqual([]);
    expect(rangeLabel({ minRetentionDays: token, maxRetentionDays: 365 })).toBeUndefined();
  });

  test('is accepted, or rejected with a fix, for any input', () => {
    fc.assert(
      fc.property(anything, anything, (minRetention, maxRetention) => {
        const { problems, ...range } = readAirGappedRange({ minRetention, maxRetention } as never);
        if (problems.length === 0 && rangeLabel(range) !== undefined) {
          const { minRetentionDays: min = 0, maxRetentionDays: max = 0 } = range;
          expect(min).toBeGreaterThanOrEqual(7);
          expect(max).toBeGreaterThanOrEqual(min);
          expect(max).toBeLessThanOrEqual(36500);
        }
        for (const { message, fix } of problems) expect([message, fix]).not.toContain('[object Object]');
      }),
    );
  });

  test('is accepted exactly where 7 <= min <= max <= 36500', () => {
    const day = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.integer({ min: 36490, max: 36510 }));
    fc.assert(
      fc.property(day, day, (minRetentionDays, maxRetentionDays) => {
        const accepted =
          7 <= minRetentionDays && minRetentionDays <= maxRetentionDays && maxRetentionDays <= 36500;
        expect(airGappedRangeProblems({ minRetentionDays, maxRetentionDays }).length === 0).toBe(accepted);
      }),
    );
  });
});

test('a range stands in names as both numbers', () => {
  expect(rangeLabel({ minRetentionDays: 7, maxRetentionDays: 365 })).toBe('7to365');
  expect(rangeLabel({ minRetentionDays: 7 })).toBeUndefined();
});

describe('the acknowledgement', () => {
  test('is true', () => {
    expect(airGappedAcknowledgementProblems(true)).toEqual([]);
  });

  test.each<[unknown, string]>([
    [false, 'false'],
    [undefined, 'nothing'],
    ['true', '`true`'],
    [1, '1'],
    [Token.asAny({ Ref: 'Acknowledged' }), 'a token'],
  ])('is nothing else: %p', (acknowledged, shown) => {
    expect(said(airGappedAcknowledgementProblems(acknowledged))).toEqual([
      `error: \`acknowledgeIrreversible\` must be true for a logically air-gapped vault, since nobody can change its retention or delete a recovery point early, got ${shown}; set it to true, or use a \`BackupVault\` with \`VaultLock.governance\``,
    ]);
  });
});

describe('a team of multi-party approval', () => {
  const TEAM = 'arn:aws:mpa:us-east-1:111122223333:approval-team/recovery-ab12';
  const FIXED =
    "note: `mpaApprovalTeamArn` can't be changed or removed by CloudFormation once it is deployed; acknowledge this note once the team is final";

  test('is permanent', () => {
    expect(said(approvalTeamProblems(TEAM))).toEqual([FIXED]);
  });

  test.each(STRING_TOKENS)('passes as %s', (_, token) => {
    expect(said(approvalTeamProblems(token))).toEqual([FIXED]);
  });

  test('of another Region is not known to exist', () => {
    expect(said(approvalTeamProblems(TEAM.replace('us-east-1', 'eu-west-1')))).toEqual([
      FIXED,
      'warning: `mpaApprovalTeamArn` is a team in eu-west-1, but multi-party approval teams exist only in us-east-1; create the team in us-east-1, which serves vaults in all Regions',
    ]);
  });

  test.each<[unknown, string]>([
    ['recovery', '`recovery`'],
    ['', 'an empty string'],
    [TEAM.replace('mpa', 'backup'), '`arn:aws:backup:us-east-1:111122223333:approval-team/recovery-ab12`'],
    [
      TEAM.replace('approval-team/', 'identity-source/'),
      '`arn:aws:mpa:us-east-1:111122223333:identity-source/recovery-ab12`',
    ],
    [{}, 'an object'],
    [null, 'null'],
    [7, '7'],
  ])('is an ARN: %p is rejected', (arn, shown) => {
    expect(said(approvalTeamProblems(arn))).toEqual([
      `error: \`mpaApprovalTeamArn\` must be the ARN of a multi-party approval team, \`arn:<partition>:mpa:us-east-1:<account>:approval-team/<id>\`, got ${shown}`,
    ]);
  });
});

describe('those that a vault is shared with', () => {
  const shared = (accounts: unknown) => said(sharedAccountProblems(accounts, '111122223333', 'accountIds'));

  test.each<[string, unknown]>([
    ['accounts', ['444455556666', '777788889999']],
    ['an account known at deployment', [Fn.ref('Account')]],
    ['a list known at deployment', Token.asList({ Ref: 'Accounts' })],
  ])('can be %s', (_, accounts) => {
    expect(shared(accounts)).toEqual([]);
  });

  const ONE_BY_ONE =
    'list the accounts one by one, since a vault can be shared with neither an organization nor an organizational unit';
  test.each<[string, unknown, string]>([
    ['nobody', [], 'error: `accountIds` must be a list of at least one account ID, got none'],
    [
      'no list',
      '444455556666',
      'error: `accountIds` must be a list of at least one account ID, got `444455556666`',
    ],
    ['nothing', undefined, 'error: `accountIds` must be a list of at least one account ID, got nothing'],
    [
      'a number',
      [444455556666],
      'error: `accountIds[0]` must be a 12-digit account ID, got 444455556666; write it in quotes',
    ],
    [
      'an organization',
      ['o-a1b2c3d4e5'],
      `error: \`accountIds[0]\` must be a 12-digit account ID, got \`o-a1b2c3d4e5\`; ${ONE_BY_ONE}`,
    ],
    [
      'an organizational unit',
      ['arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-ab12-11111111'],
      `error: \`accountIds[0]\` must be a 12-digit account ID, got \`arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-ab12-11111111\`; ${ONE_BY_ONE}`,
    ],
    ['a hole', [undefined], 'error: `accountIds[0]` must be a 12-digit account ID, got nothing'],
  ])("can't be %s", (_, accounts, message) => {
    expect(shared(accounts)).toEqual([message]);
  });

  test('need not be the owner', () => {
    expect(shared(['444455556666', '111122223333'])).toEqual([
      'warning: `accountIds[1]` is the account of the vault (111122223333), which needs no share; omit it',
    ]);
  });

  test('are checked whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.array(anything)), (accounts) => {
        for (const problem of sharedAccountProblems(accounts, '111122223333', 'accountIds'))
          expect(sentence(problem)).not.toContain('[object Object]');
      }),
    );
  });
});
