import { Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { isKnown } from '../../../src/values/core/amounts';
import { sentence } from '../../../src/values/core/problem';
import {
  DEFAULT_COMPLETION_WINDOW_MINUTES,
  DEFAULT_START_WINDOW_MINUTES,
  windowProblems,
} from '../../../src/values/plan/windows';
import { anything, NUMBER_TOKENS } from '../../support/anything';
import { inNames } from '../../support/in-names';

type Minutes = number | undefined;
const token = Token.asNumber({ Ref: 'Minutes' });
const check = (start: Minutes, completion: Minutes) =>
  windowProblems(start, completion).map((problem) => `${problem.severity}: ${sentence(problem)}`);

test('AWS Backup gives a job 8 hours to start and 7 days to complete where a rule says nothing', () => {
  expect(DEFAULT_START_WINDOW_MINUTES).toBe(8 * 60);
  expect(DEFAULT_COMPLETION_WINDOW_MINUTES).toBe(7 * 24 * 60);
});

describe('windows that AWS accepts', () => {
  test.each<[string, Minutes, Minutes]>([
    ['nothing said', undefined, undefined],
    ['the shortest start window', 60, undefined],
    ['the shortest windows', 60, 120],
    ['exactly an hour more', 480, 540],
    ['a completion window an hour longer than the default start window', undefined, 540],
    ['a start window an hour shorter than the default completion window', 10_020, undefined],
    ['a start window of 100 years, less an hour', 52_559_940, 52_560_000],
    ['a token as start window', token, 61],
    ['a token as completion window', 480, token],
  ])('%s', (_title, start, completion) => {
    expect(check(start, completion)).toEqual([]);
  });
});

describe('windows that AWS rejects', () => {
  const whole = (property: string, min: number, got: string) =>
    `error: \`${property}\` must be a whole number from ${min} to 52560000 minutes, got ${got}`;
  const gap = (start: number, got: string, least: number) =>
    `error: \`completionWindow\` must be at least 60 minutes longer than \`startWindow\` (${start} minutes), got ${got} minutes; use ${least} minutes or more`;

  test.each<[string, Minutes, Minutes, string[]]>([
    ['a start window of 59 minutes', 59, undefined, [whole('startWindow', 60, '59; use 60 minutes or more')]],
    ['no start window', 0, 120, [whole('startWindow', 60, '0; use 60 minutes or more')]],
    [
      'more than 100 years',
      52_560_001,
      52_560_001,
      [
        whole('startWindow', 60, '52560001; use 52560000 minutes or less'),
        whole('completionWindow', 1, '52560001; use 52560000 minutes or less'),
      ],
    ],
    ['59 minutes more', 60, 119, [gap(60, '119', 120)]],
    ['completion before the end of the start window', 480, 60, [gap(480, '60', 540)]],
    [
      'neither window',
      0,
      0,
      [
        whole('startWindow', 60, '0; use 60 minutes or more'),
        whole('completionWindow', 1, '0; use 120 minutes or more'),
      ],
    ],
    ['no completion window', 60, 0, [whole('completionWindow', 1, '0; use 120 minutes or more')]],
    [
      'no completion window, beside the default start window',
      undefined,
      0,
      [whole('completionWindow', 1, '0; use 540 minutes or more')],
    ],
    [
      'a part of a minute',
      90.5,
      180.5,
      [whole('startWindow', 60, '90.5; use 91'), whole('completionWindow', 1, '180.5; use 181')],
    ],
    [
      'texts',
      '60' as never,
      '120' as never,
      [
        whole('startWindow', 60, 'the string `60`; write the number 60'),
        whole('completionWindow', 1, 'the string `120`; write the number 120'),
      ],
    ],
    [
      'null',
      null as never,
      null as never,
      [whole('startWindow', 60, 'null'), whole('completionWindow', 1, 'null')],
    ],
  ])('%s', (_title, start, completion, sentences) => {
    expect(check(start, completion)).toEqual(sentences);
  });
});

describe('one window alone is held against the default of the other, in a warning', () => {
  test('a completion window that ends before jobs must have started', () => {
    expect(check(undefined, 539)).toEqual([
      "warning: `completionWindow` should be at least 60 minutes longer than `startWindow`, which is 480 minutes by AWS Backup's default, got 539 minutes; use 540 minutes or more, or set `startWindow` too",
    ]);
  });

  test('a start window that leaves no time to complete', () => {
    expect(check(10_021, undefined)).toEqual([
      "warning: `completionWindow` should be at least 60 minutes longer than `startWindow` (10021 minutes), but is 10080 minutes by AWS Backup's default; set `completionWindow` too, to 10081 minutes or more",
    ]);
  });
});

test('the law of windows names the properties of its caller', () => {
  expect(
    inNames(windowProblems(60, 60), {
      startWindow: 'StartWindowMinutes',
      completionWindow: 'CompletionWindowMinutes',
    }),
  ).toEqual([
    {
      id: 'Backup-CompletionWindow',
      severity: 'error',
      property: 'CompletionWindowMinutes',
      message:
        '`CompletionWindowMinutes` must be at least 60 minutes longer than `StartWindowMinutes` (60 minutes), got 60 minutes',
      fix: 'use 120 minutes or more',
    },
  ]);
});

test.each(NUMBER_TOKENS)('%s passes without a check as either window', (_name, value) => {
  const minutes = value as number;
  expect([...check(minutes, 61), ...check(60, minutes), ...check(minutes, minutes)]).toEqual([]);
});

// Laws --------------------------------------------------------------------------------------------------------------

const some = fc.oneof(
  fc.integer({ min: -5, max: 700 }),
  fc.integer({ min: 9900, max: 10_200 }),
  fc.integer({ min: 52_559_800, max: 52_560_100 }),
);

test('both windows are accepted if and only if start >= 60 and completion >= start + 60, of at most 100 years', () => {
  fc.assert(
    fc.property(
      some,
      fc.oneof(some, fc.integer({ min: -5, max: 125 })),
      fc.boolean(),
      (start, other, near) => {
        const completion = near ? start + other : other;
        const accepted = start >= 60 && completion >= start + 60 && completion <= 52_560_000;
        const problems = windowProblems(start, completion);
        expect(problems.length === 0).toBe(accepted);
        expect(problems.every(({ severity }) => severity === 'error')).toBe(true);
      },
    ),
    { numRuns: 5000 },
  );
});

test('following the fix gives windows that are accepted without a warning', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 100_000 }),
      fc.integer({ min: 1, max: 100_000 }),
      (start, completion) => {
        for (const [mine, yours] of [
          [start, completion],
          [undefined, completion],
          [start, undefined],
        ]) {
          const [problem] = windowProblems(mine, yours);
          const least = Number(/\d+(?= minutes or more)/.exec(problem?.fix ?? '')?.[0]);
          if (problem) expect(windowProblems(mine, least)).toEqual([]);
        }
      },
    ),
  );
});

test('no value makes the law for windows throw, and everything but whole numbers is rejected', () => {
  fc.assert(
    fc.property(anything, anything, (start, completion) => {
      const problems = windowProblems(start as number, completion as number);
      const sound = (value: unknown) => value === undefined || !isKnown(value) || Number.isInteger(value);
      if (!sound(start) || !sound(completion))
        expect(problems.map(({ severity }) => severity)).toContain('error');
      for (const { message } of problems) expect(message).toMatch(/^`\w+` (must|should) be .+$/);
    }),
    { numRuns: 2000 },
  );
});
