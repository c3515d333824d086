import { Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { isKnown } from '../../../src/values/core/amounts';
import { sentence } from '../../../src/values/core/problem';
import {
  continuousCadenceProblems,
  type LifecycleValues,
  lifecycleProblems,
  shortRetentionProblems,
} from '../../../src/values/plan/lifecycle';
import { anything, NUMBER_TOKENS } from '../../support/anything';
import { inNames } from '../../support/in-names';

const token = Token.asNumber({ Ref: 'Days' });
const lifecycle = (
  deleteAfterDays?: number,
  moveToColdStorageAfterDays?: number,
  rest?: LifecycleValues,
) => ({
  deleteAfterDays,
  moveToColdStorageAfterDays,
  ...rest,
});
const check = (values: LifecycleValues) =>
  lifecycleProblems(values).map((problem) => `${problem.severity}: ${sentence(problem)}`);

describe('lifecycles that AWS accepts, and that do what they should', () => {
  test.each<[string, LifecycleValues]>([
    ['forever, warm', lifecycle()],
    ['forever, warm, in the spelling of the API', lifecycle(-1, -1)],
    ['forever, cold after 8 days', lifecycle(undefined, 8)],
    ['forever, cold after 100 years', lifecycle(-1, 36_500)],
    ['one day', lifecycle(1)],
    ['100 years', lifecycle(36_500)],
    ['exactly 90 days in cold storage', lifecycle(98, 8)],
    ['the latest move to cold storage', lifecycle(36_500, 36_410)],
    ['a retention that is a token', lifecycle(token, 30)],
    ['a move to cold storage that is a token', lifecycle(1, token)],
    ['continuous, one day', lifecycle(1, undefined, { continuous: true })],
    ['continuous, 35 days', lifecycle(35, undefined, { continuous: true })],
    ['continuous, never cold in the spelling of the API', lifecycle(35, -1, { continuous: true })],
    ['continuous, for a token of days', lifecycle(token, undefined, { continuous: true })],
    ['EBS archive, monthly', lifecycle(365, 30, { archive: true, monthlyOrRarer: true })],
    ['EBS archive, a schedule that is not known', lifecycle(365, 30, { archive: true })],
    ['EBS archive, a move to cold storage that is a token', lifecycle(365, token, { archive: true })],
    ['no archive, daily', lifecycle(365, 30, { archive: false, monthlyOrRarer: false })],
  ])('%s', (_title, values) => {
    expect(check(values)).toEqual([]);
  });
});

describe('lifecycles that AWS rejects', () => {
  const gap = (retention: string, cold: string, fix: string) =>
    `error: \`retention\` must be at least 90 days after \`coldStorageAfter\` (${cold}), got ${retention}; ${fix}`;
  const whole = (property: string, got: string) =>
    `error: \`${property}\` must be a whole number from 1 to 36500 days, got ${got}`;
  const noCold =
    "error: `coldStorageAfter` can't be combined with continuous backup, which has no cold storage; omit `coldStorageAfter`, and add a snapshot rule for anything you move to cold storage";
  const pitr = (got: string) =>
    `error: \`retention\` of a continuous backup must be 1 to 35 days, got ${got}; use at most 35 days, and add a snapshot rule for anything you keep longer`;

  test.each<[string, LifecycleValues, string[]]>([
    ['no day', lifecycle(0), [whole('retention', '0; use 1 day or more')]],
    ['below -1', lifecycle(-2), [whole('retention', '-2; use 1 day or more')]],
    ['more than 100 years', lifecycle(36_501), [whole('retention', '36501; use 36500 days or less')]],
    ['a part of a day', lifecycle(34.5), [whole('retention', '34.5; use 35')]],
    ['a text', lifecycle('35' as never), [whole('retention', 'the string `35`; write the number 35')]],
    ['null', lifecycle(null as never), [whole('retention', 'null')]],
    ['cold at once', lifecycle(365, 0), [whole('coldStorageAfter', '0; use 1 day or more')]],
    [
      'both out of range',
      lifecycle(0, 36_501),
      [
        whole('retention', '0; use 1 day or more'),
        whole('coldStorageAfter', '36501; use 36500 days or less'),
      ],
    ],
    ['89 days in cold storage', lifecycle(119, 30), [gap('119 days', '30 days', 'use 120 days or more')]],
    [
      'shorter than any stay in cold storage',
      lifecycle(35, 30),
      [gap('35 days', '30 days', 'use 120 days or more, or omit `coldStorageAfter`')],
    ],
    [
      'too late for cold storage',
      lifecycle(36_500, 36_411),
      [gap('36500 days', '36411 days', 'use 36410 days or less for `coldStorageAfter`')],
    ],
    [
      'a day short of the longest retention, of which all is needed',
      lifecycle(36_499, 36_410),
      [gap('36499 days', '36410 days', 'use 36500 days or more')],
    ],
    [
      'as short as the shortest stay in cold storage',
      lifecycle(90, 8),
      [gap('90 days', '8 days', 'use 98 days or more, or omit `coldStorageAfter`')],
    ],
    ['a day longer than that', lifecycle(91, 8), [gap('91 days', '8 days', 'use 98 days or more')]],
    ['continuous forever', lifecycle(undefined, undefined, { continuous: true }), [pitr('forever')]],
    ['continuous forever, as -1', lifecycle(-1, undefined, { continuous: true }), [pitr('forever')]],
    ['continuous, 36 days', lifecycle(36, undefined, { continuous: true }), [pitr('36 days')]],
    ['continuous, no day', lifecycle(0, undefined, { continuous: true }), [pitr('0 days')]],
    ['continuous, a text', lifecycle('35' as never, undefined, { continuous: true }), [pitr('`35`')]],
    ['continuous and cold', lifecycle(35, 8, { continuous: true }), [noCold]],
    ['continuous, cold and too long', lifecycle(365, 30, { continuous: true }), [noCold, pitr('365 days')]],
  ])('%s', (_title, values, sentences) => {
    expect(check(values)).toEqual(sentences);
  });
});

describe('lifecycles that AWS accepts, but that cost money or do nothing', () => {
  const short = (got: string) =>
    `warning: \`coldStorageAfter\` should be at least 8 days, got ${got}: below that, AWS Backup makes an additional full backup in warm storage; use 8 days or more`;
  const idle = (fix: string) => `warning: \`archive\` does nothing without \`coldStorageAfter\`; ${fix}`;

  test.each<[string, LifecycleValues, string[]]>([
    ['cold after a week', lifecycle(365, 7), [short('7 days')]],
    ['cold after a day, forever', lifecycle(-1, 1), [short('1 day')]],
    [
      'archive without cold storage',
      lifecycle(365, undefined, { archive: true, monthlyOrRarer: true }),
      [
        idle(
          'set `coldStorageAfter` to the number of days after which EBS snapshots are archived, or omit `archive`',
        ),
      ],
    ],
    [
      'archive of a continuous backup',
      lifecycle(35, undefined, { archive: true, continuous: true }),
      [idle('omit `archive`, since continuous backup has no cold storage')],
    ],
    [
      'archive more often than monthly',
      lifecycle(365, 30, { archive: true, monthlyOrRarer: false }),
      [
        'warning: `archive` moves EBS snapshots to the archive only if the rule runs once a month or less often; use a monthly or yearly schedule for this rule',
      ],
    ],
  ])('%s', (_title, values, sentences) => {
    expect(check(values)).toEqual(sentences);
  });

  test('errors and warnings are reported together', () => {
    expect(check(lifecycle(30, 1, { archive: true, monthlyOrRarer: false }))).toEqual([
      'error: `retention` must be at least 90 days after `coldStorageAfter` (1 day), got 30 days; use 91 days or more, or omit `coldStorageAfter`',
      short('1 day'),
      'warning: `archive` moves EBS snapshots to the archive only if the rule runs once a month or less often; use a monthly or yearly schedule for this rule',
    ]);
  });
});

describe('retentions that are short for their schedule', () => {
  const DAY = 24 * 60;
  const sentences = (days: number | undefined, gapMinutes: number) =>
    continuousCadenceProblems(days, gapMinutes, 'retention', 'schedule').map(sentence);
  const rare = (every: string, got: string) =>
    `\`retention\` should be longer than the interval between two runs of the continuous rule (${every}), got ${got}: the backup expires in between; set \`schedule\` to run more often, such as every day`;

  test.each<[string, number | undefined, number, string[]]>([
    ['a day, every day', 1, DAY, [rare('every 1 day', '1 day')]],
    ['a day, a minute more often', 1, DAY - 1, []],
    ['two days, every day', 2, DAY, []],
    ['35 days, a minute longer', 35, 35 * DAY + 1, [rare('every 36 days', '35 days')]],
    ['35 days, and a single run', 35, Number.POSITIVE_INFINITY, [rare('once', '35 days')]],
    ['no day, which another law refuses', 0, DAY, []],
    ['forever', undefined, Number.POSITIVE_INFINITY, []],
    ['a token', token, Number.POSITIVE_INFINITY, []],
  ])('continuous: %s', (_title, days, gapMinutes, expected) => {
    expect(sentences(days, gapMinutes)).toEqual(expected);
  });

  test.each<[number | undefined, string | undefined]>([
    [0, undefined],
    [1, '1 day'],
    [6, '6 days'],
    [7, undefined],
    [undefined, undefined],
    [token, undefined],
  ])('snapshots that are kept %p days', (days, got) => {
    expect(shortRetentionProblems(days, 'retention').map(sentence)).toEqual(
      got === undefined
        ? []
        : [
            `\`retention\` should be at least 7 days, got ${got}: below that, AWS Backup may make a full backup every time; use 7 days or more`,
          ],
    );
  });
});

test('the law for lifecycles names the properties of its caller', () => {
  const words = {
    retention: 'Lifecycle.DeleteAfterDays',
    coldStorageAfter: 'Lifecycle.MoveToColdStorageAfterDays',
    archive: 'Lifecycle.OptInToArchiveForSupportedResources',
  };
  expect(
    inNames(lifecycleProblems(lifecycle(100, 30, { archive: true, monthlyOrRarer: false })), words),
  ).toEqual([
    {
      id: 'Backup-ColdStorageGap',
      severity: 'error',
      property: 'Lifecycle.DeleteAfterDays',
      message:
        '`Lifecycle.DeleteAfterDays` must be at least 90 days after `Lifecycle.MoveToColdStorageAfterDays` (30 days), got 100 days',
      fix: 'use 120 days or more',
    },
    {
      id: 'Backup-ArchiveFrequency',
      severity: 'warning',
      property: 'Lifecycle.OptInToArchiveForSupportedResources',
      message:
        '`Lifecycle.OptInToArchiveForSupportedResources` moves EBS snapshots to the archive only if the rule runs once a month or less often',
      fix: 'use a monthly or yearly schedule for this rule',
    },
  ]);
});

test.each(NUMBER_TOKENS)('%s passes without a check where days are expected', (_name, value) => {
  const days = value as number;
  expect(check(lifecycle(days, days))).toEqual([]);
  expect(check(lifecycle(days, undefined, { continuous: true }))).toEqual([]);
});

test('whether a rule is continuous or archives may be a token too', () => {
  const unknown = Token.asAny({ Ref: 'Flag' }) as unknown as boolean;
  expect(check(lifecycle(365, undefined, { continuous: unknown, archive: unknown }))).toEqual([]);
});

// Laws --------------------------------------------------------------------------------------------------------------

/**
 * The rules LC1 to LC4 of AWS Backup, in independent code.
 *
 * @returns whether CreateBackupPlan accepts the lifecycle
 */
function accepted(deleteAfter: number | undefined, cold: number | undefined, continuous: boolean): boolean {
  const forever = deleteAfter === undefined || deleteAfter === -1;
  const warm = cold === undefined || cold === -1;
  // LC1: DeleteAfterDays cannot be less than 1 or more than 36500 days
  const lc1 = forever || (deleteAfter >= 1 && deleteAfter <= 36_500);
  // LC2: DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays
  const lc2 = warm || (cold >= 1 && cold <= 36_500 && (forever || deleteAfter - cold >= 90));
  // LC3: MoveToColdStorageAfterDays is unavailable for continuous backup
  const lc3 = !continuous || warm;
  // LC4: continuous backup is kept 1 to 35 days
  const lc4 = !continuous || (!forever && deleteAfter >= 1 && deleteAfter <= 35);
  return lc1 && lc2 && lc3 && lc4;
}

const someDays = fc.option(
  fc.oneof(
    fc.integer({ min: -3, max: 45 }),
    fc.integer({ min: 80, max: 140 }),
    fc.integer({ min: 36_400, max: 36_510 }),
    fc.integer({ min: 1, max: 36_500 }),
  ),
  { nil: undefined },
);

test('the law for lifecycles has errors if and only if AWS rejects the lifecycle', () => {
  fc.assert(
    fc.property(someDays, someDays, fc.boolean(), fc.boolean(), (deleteAfter, cold, continuous, archive) => {
      const problems = lifecycleProblems(lifecycle(deleteAfter, cold, { continuous, archive }));
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(errors.length === 0).toBe(accepted(deleteAfter, cold, continuous));
    }),
    { numRuns: 5000 },
  );
});

test('90 days in cold storage are enough, and 89 are not, whenever they start', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 36_410 }), (cold) => {
      expect(check(lifecycle(cold + 90, cold))).toEqual([]);
      expect(check(lifecycle(cold + 89, cold))).toHaveLength(1);
    }),
  );
});

test('following the fix for the gap satisfies the law', () => {
  const pair = fc.tuple(fc.integer({ min: 1, max: 36_500 }), fc.integer({ min: 8, max: 36_500 }));
  fc.assert(
    fc.property(pair, ([deleteAfter, cold]) => {
      const [problem] = lifecycleProblems(lifecycle(deleteAfter, cold));
      if (!problem) return;
      const [, days, whose] =
        /^use (\d+) days or (?:more|less)( for `coldStorageAfter`)?/.exec(problem.fix ?? '') ?? [];
      const mended = whose ? lifecycle(36_500, Number(days)) : lifecycle(Number(days), cold);
      expect(check(mended)).toEqual([]);
      if (problem.fix?.includes('leave')) expect(check(lifecycle(deleteAfter))).toEqual([]);
    }),
  );
});

test('no value makes the law for lifecycles throw, and everything but whole numbers is rejected', () => {
  fc.assert(
    fc.property(anything, anything, anything, anything, (deleteAfter, cold, continuous, archive) => {
      const values = { continuous, archive } as LifecycleValues;
      const problems = lifecycleProblems(lifecycle(deleteAfter as number, cold as number, values));
      const sound = (value: unknown) => value === undefined || !isKnown(value) || Number.isInteger(value);
      const errors = problems.filter(({ severity }) => severity === 'error');
      if (!sound(deleteAfter) || !sound(cold)) expect(errors).not.toEqual([]);
      for (const { message } of problems) expect(message).toMatch(/^`\w+` .+$/);
    }),
    { numRuns: 2000 },
  );
});
