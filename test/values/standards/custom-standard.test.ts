import { sentence } from '../../../src/values/core/problem';
import { ComplianceStandard } from '../../../src/values/standards/compliance-standard';
import { customStandardProblems } from '../../../src/values/standards/custom-standard';
import { RequirementKey } from '../../../src/values/standards/requirement-key';
import { ClauseConfidence, DataClass } from '../../../src/values/standards/standard-requirement';
import { refusal } from '../../support/refusal';

const CLAUSE = {
  clause: '1',
  requirement: 'keep backups of records for ten years',
  keys: [RequirementKey.RETMIN],
  confidence: ClauseConfidence.HIGH,
  source: 'the wiki',
  asOf: '2026-11-01',
};
const ACME = { id: 'acme', title: 'Backup policy of ACME', version: '7', requirements: [CLAUSE] };
const judge = (options: unknown) =>
  customStandardProblems(options).map((problem) => `${problem.id} ${sentence(problem)}`);
const ofClause = (more: object) => judge({ ...ACME, requirements: [{ ...CLAUSE, ...more }] });

test.each(['a', '9', 'acme-2.0', 'a'.repeat(64)])('a standard of your own can have the id %s', (id) => {
  expect(judge({ ...ACME, id })).toEqual([]);
});

test('a standard of your own is described, by default in a sentence', () => {
  expect(ComplianceStandard.custom(ACME).about).toBe('A standard of your own.');
  expect(ComplianceStandard.custom({ ...ACME, about: 'What ACME wants.' }).about).toBe('What ACME wants.');
  expect(ComplianceStandard.custom(ACME).conformancePack).toBeUndefined();
});

const IDS = '`id` must be 1 to 64 lowercase letters, digits, `-` and `.`, got';
test.each<[string, unknown, string]>([
  ['nothing', undefined, '`options` must be an object, got nothing'],
  ['null', null, '`options` must be an object, got null'],
  ['an id in uppercase', { ...ACME, id: 'ACME' }, `${IDS} \`ACME\``],
  ['an id that begins with a mark', { ...ACME, id: '-acme' }, `${IDS} \`-acme\``],
  ['an id with a blank', { ...ACME, id: 'acme 1' }, `${IDS} \`acme 1\``],
  ['an id of 65 letters', { ...ACME, id: 'a'.repeat(65) }, `${IDS} \`${'a'.repeat(65)}\``],
  ['a number as its id', { ...ACME, id: 7 }, `${IDS} 7`],
  ['a blank title', { ...ACME, title: ' ' }, '`title` must be a text, got ` `'],
  ['a number as its version', { ...ACME, version: 7 }, '`version` must be a text, got 7'],
  [
    'a clause in place of a list',
    { ...ACME, requirements: CLAUSE },
    '`requirements` must be a list with at least one clause, got an object',
  ],
  [
    'no clause',
    { ...ACME, requirements: [] },
    '`requirements` must be a list with at least one clause, got none',
  ],
  [
    'a clause that is null',
    { ...ACME, requirements: [null] },
    '`requirements[0]` must be a clause, got null',
  ],
  [
    'a text as a clause',
    { ...ACME, requirements: [CLAUSE, 'x'] },
    '`requirements[1]` must be a clause, got `x`',
  ],
  [
    'the same number twice',
    { ...ACME, requirements: [CLAUSE, { ...CLAUSE, clause: '2' }, CLAUSE] },
    '`requirements` must be clauses with different numbers, got `1` twice',
  ],
])('a standard of your own cannot have %s', (_, options, message) => {
  expect(judge(options)).toEqual([`Backup-CustomStandard ${message}`]);
});

test('an option that a standard does not have is refused', () => {
  expect(judge({ ...ACME, color: 1 })).toEqual([
    'Backup-UnknownOption `color` is not a property of `CustomStandardOptions`; remove it',
  ]);
});

const KEYS = '`requirements[0].keys` must be a list of `RequirementKey`, at least one, got';
test.each<[string, object, string]>([
  ['no number', { clause: undefined }, '`requirements[0].clause` must be a text, got nothing'],
  ['a blank text', { requirement: ' ' }, '`requirements[0].requirement` must be a text, got ` `'],
  ['no source', { source: '' }, '`requirements[0].source` must be a text, got an empty string'],
  ['a date that is no text', { asOf: 2026 }, '`requirements[0].asOf` must be a text, got 2026'],
  ['one key in place of a list', { keys: RequirementKey.ENC }, `${KEYS} \`ENC\``],
  ['no key', { keys: [] }, `${KEYS} none`],
  ['an unknown key among others', { keys: [RequirementKey.ENC, 'LOCK'] }, `${KEYS} an array`],
  [
    'no confidence',
    { confidence: undefined },
    '`requirements[0].confidence` must be one of `high`, `medium` and `low`, got nothing',
  ],
  [
    'unknown data',
    { data: 'secrets' },
    '`requirements[0].data` must be one of `everything`, `audit-logs` and `records`, got `secrets`',
  ],
])('a clause of your own cannot have %s', (_, more, message) => {
  expect(ofClause(more)).toEqual([`Backup-CustomStandard ${message}`]);
});

test('a property that a clause does not have is refused', () => {
  expect(ofClause({ paragraph: 1 })).toEqual([
    'Backup-UnknownOption `requirements[0].paragraph` is not a property of `StandardRequirement`; remove it',
  ]);
});

describe('the numbers of a clause of your own', () => {
  test('are those that its keys are measured with, about any data', () => {
    expect(ofClause({ thresholds: { minRetentionDays: 3_653 }, data: DataClass.RECORDS })).toEqual([]);
    expect(ofClause({ thresholds: { maxBackupIntervalHours: 24 } })).toEqual([
      'Backup-StandardThreshold `requirements[0].thresholds.maxBackupIntervalHours` must belong to a clause of `1`, but none is measured with it; remove it',
    ]);
  });

  test('have the ranges of those that a user chooses', () => {
    expect(ofClause({ thresholds: { minRetentionDays: 0 } })).toEqual([
      'Backup-StandardThreshold `requirements[0].thresholds.minRetentionDays` must be a whole number from 1 to 36500 days, got 0; use 1 day or more',
    ]);
  });

  test('are checked once the rest of the clause is right', () => {
    expect(ofClause({ thresholds: { minRetentionDays: 0 }, source: '' })).toEqual([
      'Backup-CustomStandard `requirements[0].source` must be a text, got an empty string',
    ]);
  });
});

describe('the name of a standard', () => {
  const names = ComplianceStandard.all()
    .map(({ id }) => `\`${id}\``)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');
  test.each<[unknown, string]>([
    [undefined, `got nothing; use one of ${names}`],
    ['', `got an empty string; use one of ${names}`],
    ['something-else-entirely', `got \`something-else-entirely\`; use one of ${names}`],
    ['@1', `got \`@1\`; use one of ${names}`],
    ['FedRAMP-moderat', 'got `FedRAMP-moderat`; did you mean `fedramp-moderate`?'],
  ])('cannot be %j', (name, message) => {
    expect(refusal(() => ComplianceStandard.of(name as string))).toBe(
      `\`name\` must be the name of a standard, ${message}`,
    );
  });
});

describe('the numbers that you choose for a standard', () => {
  test('are added to those that were chosen before', () => {
    const once = ComplianceStandard.NIS2.withThresholds({ minRetentionDays: 30 });
    const twice = once.withThresholds({ maxRetentionDays: 90 });
    expect([once.thresholds, twice.thresholds]).toEqual([
      { minRetentionDays: 30 },
      { minRetentionDays: 30, maxRetentionDays: 90 },
    ]);
    expect(ComplianceStandard.NIS2.thresholds).toEqual({});
  });

  test.each([null, 35])('cannot be %j', (thresholds) => {
    expect(refusal(() => ComplianceStandard.NIS2.withThresholds(thresholds as never))).toBe(
      `\`thresholds\` must be an object, got ${thresholds}; for example, write \`{ minRetentionDays: 35 }\` (in \`nis2\`)`,
    );
  });
});
