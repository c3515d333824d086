import * as fc from 'fast-check';
import { longNameProblem, NAME_LAWS, type NameKind, nameProblems } from '../../../src/values/core/names';
import { sentence } from '../../../src/values/core/problem';
import { anything, STRING_TOKENS } from '../../support/anything';

const KINDS = Object.keys(NAME_LAWS) as NameKind[];
const check = (kind: NameKind, name: unknown) =>
  nameProblems(kind, name, 'name').map((problem) => `${problem.severity}: ${sentence(problem)}`);

/** Written down once more, so that a slip in the table shows: length, and what may stand in a name besides letters and digits. */
const LAWS: [NameKind, number, number, string, 'any' | 'letter'][] = [
  ['plan', 1, 200, '-_.', 'any'],
  ['rule', 1, 50, '-_.', 'any'],
  ['selection', 1, 50, '-_.', 'any'],
  ['vault', 2, 50, '-_', 'any'],
  ['framework', 1, 256, '_', 'letter'],
  ['reportPlan', 1, 256, '_', 'letter'],
  ['restoreTestingPlan', 1, 50, '_', 'any'],
  ['restoreTestingSelection', 1, 50, '_', 'any'],
  ['tieringConfiguration', 1, 200, '_', 'any'],
];

test('there is a rule for the name of every resource that has one', () => {
  expect(KINDS).toEqual(LAWS.map(([kind]) => kind));
});

test.each(KINDS)('the rule for the name of a %s has a source, a date and an id', (kind) => {
  const law = NAME_LAWS[kind];
  expect(law.source).toMatch(
    /^https:\/\/docs\.aws\.amazon\.com\/aws-backup\/latest\/devguide\/API_\w+\.html$/,
  );
  expect(law.asOf).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
  expect(law.id).toMatch(/^Backup-[A-Z][A-Za-z]+Name$/);
});

describe.each(LAWS)('the name of a %s', (kind, min, max, marks, first) => {
  test(`may have ${min} to ${max} characters`, () => {
    const ofLength = (length: number) =>
      check(kind, 'n'.repeat(length)).filter((text) => text.startsWith('error'));
    expect(ofLength(min)).toEqual([]);
    expect(ofLength(max)).toEqual([]);
    expect(ofLength(min - 1)).toHaveLength(1);
    expect(ofLength(max + 1)).toHaveLength(1);
  });

  test(`may have letters, digits and ${marks}`, () => {
    const accepted = [...Array(0x250).keys()]
      .map((code) => String.fromCharCode(code))
      .filter((character) => check(kind, `a${character}a`).length === 0);
    const expected = [...`abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789${marks}`];
    expect(accepted.sort()).toEqual(expected.sort());
  });

  test(first === 'letter' ? 'begins with a letter' : 'may begin with a digit', () => {
    expect(check(kind, '1a').length).toBe(first === 'letter' ? 1 : 0);
    expect(check(kind, '_a').length).toBe(first === 'letter' ? 1 : 0);
  });

  test('has no line break at its end', () => {
    expect(check(kind, 'name\n')).toHaveLength(1);
  });

  test.each(STRING_TOKENS)('may be a token: %s', (_name, token) => {
    expect(check(kind, token)).toEqual([]);
  });
});

describe('what a name must be, what was got, and a name that does', () => {
  const any = '`a-z`, `A-Z`, `0-9`, `-`, `_` and `.`';
  const letterFirst = '`a-z`, `A-Z`, `0-9` and `_`, starting with a letter';
  test.each<[string, NameKind, unknown, string]>([
    [
      'a blank and a mark',
      'plan',
      'my plan!',
      `1 to 200 characters from ${any}, got \`my plan!\`; use \`my-plan\``,
    ],
    ['blanks around', 'rule', '  daily ', `1 to 50 characters from ${any}, got \`  daily \`; use \`daily\``],
    [
      'accents',
      'selection',
      'Sicherung täglich',
      `1 to 50 characters from ${any}, got \`Sicherung täglich\`; use \`Sicherung-taglich\``,
    ],
    [
      'a dot',
      'vault',
      'eu.central',
      '2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`, got `eu.central`; use `eu-central`',
    ],
    [
      'one character',
      'vault',
      'v',
      '2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`, got `v`; for example, use `my-backups`',
    ],
    [
      '51 characters',
      'vault',
      'v'.repeat(51),
      `2 to 50 characters from \`a-z\`, \`A-Z\`, \`0-9\`, \`-\` and \`_\`, got \`${'v'.repeat(51)}\` (51 characters); use at most 50 characters`,
    ],
    [
      '51 characters of which one must go',
      'rule',
      `${'r'.repeat(50)}!`,
      `1 to 50 characters from ${any}, got \`${'r'.repeat(50)}!\` (51 characters); use \`${'r'.repeat(50)}\``,
    ],
    [
      'a hyphen',
      'framework',
      'audit-2026',
      `1 to 256 characters from ${letterFirst}, got \`audit-2026\`; use \`audit_2026\``,
    ],
    [
      'a digit first',
      'reportPlan',
      '2026_jobs',
      `1 to 256 characters from ${letterFirst}, got \`2026_jobs\`; use \`jobs\``,
    ],
    [
      'nothing but digits',
      'reportPlan',
      '2026',
      `1 to 256 characters from ${letterFirst}, got \`2026\`; for example, use \`my_backups\``,
    ],
    [
      'a hyphen',
      'restoreTestingPlan',
      'weekly-test',
      '1 to 50 characters from `a-z`, `A-Z`, `0-9` and `_`, got `weekly-test`; use `weekly_test`',
    ],
    [
      'a hyphen',
      'restoreTestingSelection',
      'a-b',
      '1 to 50 characters from `a-z`, `A-Z`, `0-9` and `_`, got `a-b`; use `a_b`',
    ],
    [
      'a hyphen',
      'tieringConfiguration',
      'a-b',
      '1 to 200 characters from `a-z`, `A-Z`, `0-9` and `_`, got `a-b`; use `a_b`',
    ],
    [
      'nothing',
      'plan',
      '',
      `1 to 200 characters from ${any}, got an empty string; for example, use \`my-backups\``,
    ],
    [
      'nothing that can stay',
      'plan',
      '백업',
      `1 to 200 characters from ${any}, got \`백업\`; for example, use \`my-backups\``,
    ],
    ['no text', 'plan', 5, `1 to 200 characters from ${any}, got 5; for example, use \`my-backups\``],
    [
      'nothing',
      'plan',
      undefined,
      `1 to 200 characters from ${any}, got nothing; for example, use \`my-backups\``,
    ],
    [
      'null',
      'framework',
      null,
      `1 to 256 characters from ${letterFirst}, got null; for example, use \`my_backups\``,
    ],
  ])('%s as the name of a %s', (_title, kind, name, message) => {
    expect(check(kind, name)).toEqual([`error: \`name\` must be ${message}`]);
  });
});

test('a plan name that one of the two limits of AWS allows is a warning', () => {
  expect(check('plan', 'p'.repeat(50))).toEqual([]);
  expect(check('plan', 'p'.repeat(51))).toEqual([
    'warning: `name` should be at most 50 characters, since AWS documents both 50 and 200 as the limit, got 51; shorten it',
  ]);
});

test.each<[NameKind, number, string | undefined]>([
  ['vault', 50, undefined],
  ['vault', 51, 'Backup-VaultName: `name` must be at most 50 characters, got at least 51; shorten it'],
  ['plan', 50, undefined],
  [
    'plan',
    51,
    'Backup-LongPlanName: `name` should be at most 50 characters, since AWS documents both 50 and 200 as the limit, got at least 51; shorten it',
  ],
  ['plan', 201, 'Backup-PlanName: `name` must be at most 200 characters, got at least 201; shorten it'],
  ['framework', 256, undefined],
])('the known part of the name of a %s can have %d characters: %s', (kind, length, message) => {
  const problem = longNameProblem(kind, length, 'name');
  expect(problem && `${problem.id}: ${sentence(problem)}`).toBe(message);
});

test('the law for names uses the property name of its caller', () => {
  expect(nameProblems('vault', 'a b', 'vaultName')).toEqual([
    {
      id: 'Backup-VaultName',
      severity: 'error',
      property: 'vaultName',
      message: '`vaultName` must be 2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`, got `a b`',
      fix: 'use `a-b`',
    },
  ]);
});

test('every error has a fix, and every suggested name is accepted', () => {
  const nearly = fc.array(fc.constantFrom('a', 'Z', '9', '-', '_', '.', ' ', 'é', '/', '백', '\n'), {
    maxLength: 270,
  });
  const names = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    nearly.map((parts) => parts.join('')),
    anything,
  );
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), names, (kind, name) => {
      for (const { severity, fix, message } of nameProblems(kind, name, 'name')) {
        expect(message).toMatch(/^`name` (must|should) be .+, got .+$/);
        if (severity === 'warning') continue;
        const [, suggested] = /^(?:for example, )?use `(.*)`$/.exec(fix ?? '') ?? [];
        if (suggested === undefined) expect(fix).toMatch(/^use at most \d+ characters$/);
        else
          expect(
            nameProblems(kind, suggested, 'name').filter((problem) => problem.severity === 'error'),
          ).toEqual([]);
      }
    }),
    { numRuns: 5000 },
  );
});

test('a name is accepted if and only if it is a token, or a text of the right length and characters', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...LAWS),
      fc.string({ maxLength: 60 }),
      ([kind, min, max, marks, first], name) => {
        const letters = [...name].every(
          (character) => /[a-z0-9]/i.test(character) || marks.includes(character),
        );
        const begins = first === 'any' || /^[a-z]/i.test(name);
        const accepted = name.length >= min && name.length <= max && letters && begins;
        const errors = nameProblems(kind, name, 'name').filter((problem) => problem.severity === 'error');
        expect(errors.length === 0).toBe(accepted);
      },
    ),
    { numRuns: 3000 },
  );
});
