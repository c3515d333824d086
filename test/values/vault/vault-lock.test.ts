import { Duration, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { isKnown } from '../../../src/values/core/amounts';
import { BackupError, sentence } from '../../../src/values/core/problem';
import { Retention } from '../../../src/values/plan/retention';
import {
  type LockValues,
  lockProblems,
  lockRangeProblems,
  VaultLock,
} from '../../../src/values/vault/vault-lock';
import { anything } from '../../support/anything';
import { inNames } from '../../support/in-names';
import { refusal } from '../../support/refusal';

const token = Token.asNumber({ Ref: 'Days' });
const days = Duration.days;
const week = days(7);
const untyped = VaultLock as unknown as Record<'governance' | 'compliance', (options?: unknown) => VaultLock>;

describe('a governance lock', () => {
  test('has a range of retention, and no cooling-off period', () => {
    const lock = VaultLock.governance({ minRetention: week, maxRetention: days(3650) });
    expect(lock).toMatchObject({ minRetentionDays: 7, maxRetentionDays: 3650, isCompliance: false });
    expect(lock.coolingOffDays).toBeUndefined();
  });

  test('needs no longest retention', () => {
    expect(VaultLock.governance({ minRetention: week }).maxRetentionDays).toBeUndefined();
  });

  test('may have the same shortest and longest retention', () => {
    expect(VaultLock.governance({ minRetention: week, maxRetention: week })).toMatchObject({
      minRetentionDays: 7,
      maxRetentionDays: 7,
    });
  });

  test.each([1, 36_500])('takes %d days as either end of its range', (n) => {
    expect(VaultLock.governance({ minRetention: days(n), maxRetention: days(n) }).minRetentionDays).toBe(n);
  });

  test('takes tokens', () => {
    const lock = VaultLock.governance({ minRetention: days(token), maxRetention: days(1) });
    expect(lock).toMatchObject({ minRetentionDays: token, maxRetentionDays: 1 });
  });
});

describe('a compliance lock', () => {
  test('has a cooling-off period besides', () => {
    const lock = VaultLock.compliance({
      minRetention: week,
      maxRetention: days(3650),
      coolingOff: Duration.hours(72),
      acknowledgeIrreversible: true,
    });
    expect(lock).toMatchObject({
      minRetentionDays: 7,
      maxRetentionDays: 3650,
      coolingOffDays: 3,
      isCompliance: true,
    });
  });

  test('may cool off for 36500 days, or for as long as is known at deployment', () => {
    const options = { minRetention: week, acknowledgeIrreversible: true };
    expect(VaultLock.compliance({ ...options, coolingOff: days(36_500) }).coolingOffDays).toBe(36_500);
    expect(VaultLock.compliance({ ...options, coolingOff: days(token) }).coolingOffDays).toBe(token);
  });
});

test.each([
  ['governance, 7 to 3650 days', VaultLock.governance({ minRetention: week, maxRetention: days(3650) })],
  ['governance, 7 days or more', VaultLock.governance({ minRetention: week })],
  ['governance, 1 day or more', VaultLock.governance({ minRetention: days(1) })],
  ['governance, exactly 1 day', VaultLock.governance({ minRetention: days(1), maxRetention: days(1) })],
  ['governance, 7 days or more', VaultLock.governance({ minRetention: week, maxRetention: days(token) })],
  ['governance, 9 days or less', VaultLock.governance({ minRetention: days(token), maxRetention: days(9) })],
  ['governance, a range known at deployment', VaultLock.governance({ minRetention: days(token) })],
  [
    'compliance, 7 days or more',
    VaultLock.compliance({ minRetention: week, coolingOff: days(3), acknowledgeIrreversible: true }),
  ],
])('a lock reads as "%s"', (text, lock) => {
  expect(`${lock}`).toBe(text);
});

describe('locks that AWS would reject are rejected', () => {
  const compliance = { minRetention: week, coolingOff: days(3), acknowledgeIrreversible: true };
  const acknowledge = (got: string) =>
    `\`acknowledgeIrreversible\` must be true for a compliance lock, which nobody can remove after its cooling-off period, got ${got}; set it to true, or use \`VaultLock.governance\``;
  const duration = (name: string, got: string, write = '…') =>
    `\`${name}\` must be a \`Duration\`, got ${got}; write \`Duration.days(${write})\``;
  const range = (name: string, min: number, got: string) =>
    `\`${name}\` must be a whole number from ${min} to 36500 days, got ${got}`;

  test.each<[string, unknown, string]>([
    ['nothing said', undefined, duration('minRetention', 'nothing')],
    ['null', null, duration('minRetention', 'nothing')],
    ['empty options', {}, duration('minRetention', 'nothing')],
    ['a number for the options', 7, duration('minRetention', 'nothing')],
    ['a number for a duration', { minRetention: 7 }, duration('minRetention', '7', '7')],
    ['a text for a duration', { minRetention: '7' }, duration('minRetention', 'the string `7`', '7')],
    ['0 as the longest', { minRetention: week, maxRetention: 0 }, duration('maxRetention', '0')],
    ['null as the longest', { minRetention: week, maxRetention: null }, duration('maxRetention', 'null')],
    ['no day', { minRetention: days(0) }, range('minRetention', 1, '0; use 1 day or more')],
    [
      'more than 100 years',
      { minRetention: days(36_501) },
      range('minRetention', 1, '36501; use 36500 days or less'),
    ],
    [
      'a longest of more than 100 years',
      { minRetention: week, maxRetention: days(40_000) },
      range('maxRetention', 1, '40000; use 36500 days or less'),
    ],
    [
      'hours that make no days',
      { minRetention: Duration.hours(12) },
      '`minRetention` must be a whole number of days, got 12 hours; write `Duration.days(1)`',
    ],
    [
      'hours that are a token',
      { minRetention: Duration.hours(token) },
      "`minRetention` must be given in days when it is a token, because tokens can't be converted, got `Duration.hours` of a token; write `Duration.days(…)`",
    ],
    [
      'a longest that is shorter than the shortest',
      { minRetention: week, maxRetention: days(1) },
      '`maxRetention` must not be shorter than `minRetention` (7 days), got 1 day; use 7 days or more',
    ],
  ])('a governance lock with %s', (_title, options, message) => {
    expect(refusal(() => untyped.governance(options))).toBe(`${message} (in \`VaultLock.governance\`)`);
  });

  test.each<[string, unknown, string]>([
    [
      'too short a cooling-off',
      { ...compliance, coolingOff: days(2) },
      range('coolingOff', 3, '2; use 3 days or more'),
    ],
    [
      'too long a cooling-off',
      { ...compliance, coolingOff: days(36_501) },
      range('coolingOff', 3, '36501; use 36500 days or less'),
    ],
    [
      '71 hours of cooling-off',
      { ...compliance, coolingOff: Duration.hours(71) },
      '`coolingOff` must be a whole number of days, got 2 days 23 hours; write `Duration.days(3)`',
    ],
    ['no cooling-off', { ...compliance, coolingOff: undefined }, duration('coolingOff', 'nothing')],
    ['no acknowledgement', { ...compliance, acknowledgeIrreversible: undefined }, acknowledge('nothing')],
    ['false as acknowledgement', { ...compliance, acknowledgeIrreversible: false }, acknowledge('false')],
    ['a text as acknowledgement', { ...compliance, acknowledgeIrreversible: 'true' }, acknowledge('`true`')],
    ['a number as acknowledgement', { ...compliance, acknowledgeIrreversible: 1 }, acknowledge('1')],
  ])('a compliance lock with %s', (_title, options, message) => {
    expect(refusal(() => untyped.compliance(options))).toBe(`${message} (in \`VaultLock.compliance\`)`);
  });

  test.each([undefined, null, {}])('a compliance lock of %j, with all that is missing', (options) => {
    expect(refusal(() => untyped.compliance(options))).toBe(
      [
        '3 problems of `VaultLock.compliance`:',
        `  - ${duration('minRetention', 'nothing')}`,
        `  - ${duration('coolingOff', 'nothing')}`,
        `  - ${acknowledge('nothing')}`,
      ].join('\n'),
    );
  });

  test('unreadable values and values out of range come in one error', () => {
    const options = { minRetention: 5, maxRetention: days(0), coolingOff: days(1) };
    expect(refusal(() => untyped.compliance(options))).toBe(
      [
        '4 problems of `VaultLock.compliance`:',
        `  - ${duration('minRetention', '5', '5')}`,
        `  - ${range('maxRetention', 1, '0; use 1 day or more')}`,
        `  - ${range('coolingOff', 3, '1; use 3 days or more')}`,
        `  - ${acknowledge('nothing')}`,
      ].join('\n'),
    );
  });
});

describe('the law of a lock names the properties of its caller', () => {
  const words = {
    minRetention: 'MinRetentionDays',
    maxRetention: 'MaxRetentionDays',
    coolingOff: 'ChangeableForDays',
  };
  test.each<[string, LockValues, string[]]>([
    [
      'CloudFormation wants a minimum',
      {},
      ['`MinRetentionDays` must be a whole number from 1 to 36500 days, got nothing'],
    ],
    [
      'a maximum below the minimum',
      { minRetentionDays: 30, maxRetentionDays: 7 },
      [
        '`MaxRetentionDays` must not be shorter than `MinRetentionDays` (30 days), got 7 days; use 30 days or more',
      ],
    ],
    [
      'a maximum below the minimum, and too short a cooling-off',
      { minRetentionDays: 30, maxRetentionDays: 7, coolingOffDays: 2 },
      [
        '`MaxRetentionDays` must not be shorter than `MinRetentionDays` (30 days), got 7 days; use 30 days or more',
        '`ChangeableForDays` must be a whole number from 3 to 36500 days, got 2; use 3 days or more',
      ],
    ],
    [
      'everything wrong at once',
      { minRetentionDays: 0, maxRetentionDays: 0.5, coolingOffDays: 1 },
      [
        '`MinRetentionDays` must be a whole number from 1 to 36500 days, got 0; use 1 day or more',
        '`MaxRetentionDays` must be a whole number from 1 to 36500 days, got 0.5; use 1 day or more',
        '`ChangeableForDays` must be a whole number from 3 to 36500 days, got 1; use 3 days or more',
      ],
    ],
  ])('%s', (_title, lock, sentences) => {
    expect(inNames(lockProblems(lock), words).map(sentence)).toEqual(sentences);
  });
});

describe('backups and copies whose retention lies outside the lock would fail', () => {
  const wide = { minRetentionDays: 7, maxRetentionDays: 3650 };
  test.each<[string, number | undefined, LockValues, string[]]>([
    ['the shortest is admitted', 7, wide, []],
    ['the longest is admitted', 3650, wide, []],
    [
      'a day less is not',
      6,
      wide,
      [
        '`retention` must lie within the lock of the vault (7 to 3650 days), got 6 days: every such job would fail; use 7 days or more',
      ],
    ],
    [
      'a day more is not',
      3651,
      wide,
      [
        '`retention` must lie within the lock of the vault (7 to 3650 days), got 3651 days: every such job would fail; use 3650 days or less',
      ],
    ],
    [
      'forever is longer than any maximum',
      undefined,
      wide,
      [
        '`retention` should lie within the lock of the vault (7 to 3650 days), got forever: such jobs may fail; use 3650 days or less',
      ],
    ],
    [
      '-1 means forever',
      -1,
      wide,
      [
        '`retention` should lie within the lock of the vault (7 to 3650 days), got forever: such jobs may fail; use 3650 days or less',
      ],
    ],
    ['forever is admitted where there is no maximum', undefined, { minRetentionDays: 7 }, []],
    ['so is -1', -1, { minRetentionDays: 7 }, []],
    ['a lock without numbers admits everything', 1, {}, []],
    [
      'if only one length is allowed, it is the fix',
      8,
      { minRetentionDays: 7, maxRetentionDays: 7 },
      [
        '`retention` must lie within the lock of the vault (exactly 7 days), got 8 days: every such job would fail; use 7 days',
      ],
    ],
    [
      'what is known of a range counts: the maximum',
      10,
      { minRetentionDays: token, maxRetentionDays: 9 },
      [
        '`retention` must lie within the lock of the vault (9 days or less), got 10 days: every such job would fail; use 9 days or less',
      ],
    ],
    [
      'what is known of a range counts: the minimum',
      1,
      { minRetentionDays: 2, maxRetentionDays: token },
      [
        '`retention` must lie within the lock of the vault (2 days or more), got 1 day: every such job would fail; use 2 days or more',
      ],
    ],
    ['a token as retention passes', token, wide, []],
    [
      'any retention passes where the range is a token',
      1,
      { minRetentionDays: token, maxRetentionDays: token },
      [],
    ],
  ])('%s', (_title, retention, lock, sentences) => {
    expect(lockRangeProblems(retention, lock, 'retention').map(sentence)).toEqual(sentences);
  });

  test('the message names the vault where the caller knows it', () => {
    expect(lockRangeProblems(1, wide, 'retention', '`Stack/Vault`').map(sentence)).toEqual([
      '`retention` must lie within the lock of `Stack/Vault` (7 to 3650 days), got 1 day: every such job would fail; use 7 days or more',
    ]);
  });

  test('a lock says itself what it admits', () => {
    const lock = VaultLock.governance({ minRetention: week, maxRetention: days(3650) });
    expect(lock.admits(Retention.days(7))).toBe(true);
    expect(lock.admits(Retention.years(10))).toBe(true);
    expect(lock.admits(Retention.days(6))).toBe(false);
    expect(lock.admits(Retention.forever())).toBe(false);
    expect(lock.admits(Retention.days(token))).toBe(true);
  });

  test.each<[unknown, string]>([
    [35, '35'],
    [undefined, 'nothing'],
    [null, 'null'],
    [days(35), 'an instance of `Duration`'],
  ])('what is no `Retention` is not taken for one: %p', (retention, got) => {
    const lock = VaultLock.governance({ minRetention: week });
    expect(refusal(() => lock.admits(retention as Retention))).toBe(
      `\`retention\` must be a \`Retention\`, got ${got}; for example, write \`Retention.days(35)\``,
    );
  });
});

// Laws --------------------------------------------------------------------------------------------------------------

const someDays = fc.oneof(
  fc.integer({ min: -2, max: 40 }),
  fc.integer({ min: 36_490, max: 36_510 }),
  fc.constantFrom(1.5, Number.NaN, token),
);
const inRange = (value: number, min: number) =>
  !isKnown(value) || (Number.isInteger(value) && value >= min && value <= 36_500);

test('the law of a lock is what AWS documents: 1 <= min <= max <= 36500, 3 <= cooling-off <= 36500', () => {
  fc.assert(
    fc.property(
      someDays,
      fc.option(someDays, { nil: undefined }),
      fc.option(someDays, { nil: undefined }),
      (min, max, coolingOff) => {
        const expected =
          inRange(min, 1) &&
          (max === undefined || inRange(max, 1)) &&
          (coolingOff === undefined || inRange(coolingOff, 3)) &&
          !(max !== undefined && isKnown(min) && isKnown(max) && max < min);
        const problems = lockProblems({
          minRetentionDays: min,
          maxRetentionDays: max,
          coolingOffDays: coolingOff,
        });
        expect(problems.length === 0).toBe(expected);
        expect(problems.every(({ severity }) => severity === 'error')).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a lock admits a retention if and only if it lies within the range, ends included', () => {
  const span = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(
      span,
      fc.option(span, { nil: undefined }),
      fc.option(span, { nil: undefined }),
      (min, more, retention) => {
        const max = more && min + more;
        const lock = VaultLock.governance({
          minRetention: days(min),
          maxRetention: max === undefined ? undefined : days(max),
        });
        const admitted =
          retention === undefined ? max === undefined : retention >= min && retention <= (max ?? retention);
        expect(lock.admits(retention === undefined ? Retention.forever() : Retention.days(retention))).toBe(
          admitted,
        );
      },
    ),
  );
});

test('whatever creates a lock satisfies its law, and everything else is rejected with a message', () => {
  const value = fc.oneof(anything, fc.integer({ min: 0, max: 40 }).map(days));
  const options = fc.record(
    {
      minRetention: value,
      maxRetention: value,
      coolingOff: value,
      acknowledgeIrreversible: fc.oneof(fc.constant(true), anything),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fc.constantFrom('governance' as const, 'compliance' as const),
      fc.oneof({ weight: 5, arbitrary: options }, { weight: 1, arbitrary: anything }),
      (mode, given) => {
        let lock: VaultLock;
        try {
          lock = untyped[mode](given);
        } catch (error) {
          expect(error).toBeInstanceOf(BackupError);
          expect((error as Error).message).toMatch(/`[^`]+` (must|is not a property of) .+/);
          return;
        }
        expect(lockProblems(lock)).toEqual([]);
        expect(lock.isCompliance).toBe(mode === 'compliance');
        expect(`${lock}`).toMatch(/^(governance|compliance), .+$/);
      },
    ),
    { numRuns: 2000 },
  );
});
