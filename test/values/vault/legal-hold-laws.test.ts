import { Fn } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  heldDatesProblems,
  heldResourceProblems,
  legalHoldSelectionProblems,
  legalHoldTextProblems,
} from '../../../src/values/vault/legal-hold-laws';
import { anything, STRING_TOKENS } from '../../support/anything';

const said = (problems: readonly Problem[]) =>
  problems.map((problem) => `${problem.severity}: ${sentence(problem)}`);
const NOW = new Date('2026-11-21T12:00:00Z');

describe('the title and the description of a legal hold', () => {
  test.each<[string, string]>([['a text', 'Case 42'], ...STRING_TOKENS])('can be %s', (_, text) => {
    expect(legalHoldTextProblems('title', text)).toEqual([]);
  });

  test.each<[unknown, string]>([
    ['', 'an empty string'],
    [' \t', '" \\t"'],
    [undefined, 'nothing'],
    [42, '42'],
    [null, 'null'],
  ])('are rejected when they are %p', (text, shown) => {
    expect(said(legalHoldTextProblems('description', text))).toEqual([
      `error: \`description\` must be a non-blank string, got ${shown}; describe what the hold is for, for whoever has to cancel it`,
    ]);
  });
});

describe('a resource that is held', () => {
  test.each([
    'arn:aws:s3:::orders',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
    'arn:aws-us-gov:rds:us-gov-west-1:111122223333:cluster:orders',
    'arn:aws:backup-gateway:eu-west-1:111122223333:vm/vm-1234',
  ])('can be %s', (arn) => {
    expect(heldResourceProblems(arn, 'arn')).toEqual([]);
  });

  test.each(STRING_TOKENS)('passes as %s', (_, token) => {
    expect(heldResourceProblems(token, 'arn')).toEqual([]);
  });

  test.each(['arn:aws:s3:::orders*', 'arn:aws:dynamodb:*:*:table/orders', `${Fn.importValue('Arn')}/*`])(
    'with a wildcard warns: %s',
    (arn) => {
      expect(said(heldResourceProblems(arn, 'arn'))).toEqual([
        "warning: `arn` has a wildcard, which AWS doesn't document for legal holds; name each resource, or hold a whole vault with `vaults`",
      ]);
    },
  );

  test.each<[unknown, string]>([
    ['orders', '`orders`'],
    ['*', '`*`'],
    ['orders*', '`orders*`'],
    ['arn:aws:s3', '`arn:aws:s3`'],
    ['arn:aws:s3:::a b', '`arn:aws:s3:::a b`'],
    ['', 'an empty string'],
    [42, '42'],
    [null, 'null'],
  ])('is an ARN: %p is rejected', (arn, shown) => {
    expect(said(heldResourceProblems(arn, 'arn'))).toEqual([
      `error: \`arn\` must be the ARN of a resource, such as \`arn:aws:s3:::orders\`, got ${shown}`,
    ]);
  });
});

test('a legal hold holds something', () => {
  expect(legalHoldSelectionProblems(1, 0)).toEqual([]);
  expect(legalHoldSelectionProblems(0, 2)).toEqual([]);
  expect(said(legalHoldSelectionProblems(0, 0))).toEqual([
    'error: `vaults`, `resources` or `resourceArns` must name what to hold, got none of them; name the vaults whose recovery points must stay',
  ]);
});

describe('the time in which recovery points were made', () => {
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  const WRITE = "for example, write `new Date('2026-01-31T00:00:00Z')`";

  test.each<[string, unknown, unknown]>([
    ['left out', undefined, undefined],
    ['a year', day('2025-01-01'), day('2026-01-01')],
    ['one moment', day('2025-01-01'), day('2025-01-01')],
    ['up to now', day('2025-01-01'), NOW],
  ])('can be %s', (_, from, to) => {
    expect(heldDatesProblems(from, to, NOW)).toEqual([]);
  });

  test.each<[string, unknown, unknown, string[]]>([
    [
      'open at its end',
      day('2025-01-01'),
      undefined,
      ['error: `toDate` must be set if `fromDate` is set, got none; set both, or neither'],
    ],
    [
      'open at its beginning',
      undefined,
      day('2025-01-01'),
      ['error: `fromDate` must be set if `toDate` is set, got none; set both, or neither'],
    ],
    [
      'the wrong way round',
      day('2025-01-02'),
      day('2025-01-01'),
      [
        'error: `toDate` must not be before `fromDate` (2025-01-02T00:00:00.000Z), got 2025-01-01T00:00:00.000Z',
      ],
    ],
    [
      'in the future',
      day('2025-01-01'),
      day('2026-12-24'),
      ['error: `toDate` must not be in the future, got 2026-12-24T00:00:00.000Z; use a time in the past'],
    ],
    [
      'a text',
      '2025-01-01',
      new Date('x'),
      [
        `error: \`fromDate\` must be a \`Date\`, got \`2025-01-01\`; ${WRITE}`,
        `error: \`toDate\` must be a \`Date\`, got an invalid date; ${WRITE}`,
      ],
    ],
    ['null', null, day('2025-01-01'), [`error: \`fromDate\` must be a \`Date\`, got null; ${WRITE}`]],
  ])("can't be %s", (_, from, to, messages) => {
    expect(said(heldDatesProblems(from, to, NOW))).toEqual(messages);
  });

  test('is accepted exactly where from <= to <= now', () => {
    const date = fc.date({ min: new Date('2026-11-19'), max: new Date('2026-11-23'), noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (from, to) => {
        expect(heldDatesProblems(from, to, NOW).length === 0).toBe(from <= to && to <= NOW);
      }),
    );
  });
});

test('the laws return sentences for any input', () => {
  fc.assert(
    fc.property(anything, anything, (one, other) => {
      const problems = [
        ...legalHoldTextProblems('title', one),
        ...heldResourceProblems(one, 'arn'),
        ...heldDatesProblems(one, other, NOW),
      ];
      for (const problem of problems) expect(sentence(problem)).not.toContain('[object Object]');
    }),
  );
});
