import { Fn } from 'aws-cdk-lib';
import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  effectiveFlags,
  effectiveNumber,
  isMeasuredWith,
  keyOfThreshold,
  stricterNumber,
  strictestClause,
} from '../../../src/values/standards/effective-thresholds';
import { RequirementKey as Key } from '../../../src/values/standards/requirement-key';
import {
  ClauseConfidence,
  DataClass,
  type StandardRequirement,
} from '../../../src/values/standards/standard-requirement';
import {
  ImmutabilityLevel,
  NUMERIC_THRESHOLDS,
  type StandardThresholds,
} from '../../../src/values/standards/standard-thresholds';
import { thresholdProblems } from '../../../src/values/standards/threshold-laws';

const clause = (
  name: string,
  keys: Key[],
  thresholds?: StandardThresholds,
  more: Partial<StandardRequirement> = {},
): StandardRequirement => ({
  clause: name,
  requirement: 'something',
  keys,
  confidence: ClauseConfidence.HIGH,
  source: 'the wiki',
  asOf: '2026-11-01',
  thresholds,
  ...more,
});

const told = (problems: Problem[]) => problems.map((p) => `${p.id} ${sentence(p)}`);
const EVERY_KEY = clause('0', Object.values(Key));
const judge = (thresholds: unknown, ...requirements: readonly StandardRequirement[]) =>
  told(thresholdProblems({ id: 'acme', requirements: [EVERY_KEY, ...requirements] }, thresholds));
const wrong = (message: string) => [`Backup-StandardThreshold ${message}`];

describe('thresholds', () => {
  test('can be any of them', () => {
    const all: StandardThresholds = {
      maxBackupIntervalHours: 8_784,
      minRetentionDays: 36_500,
      maxRetentionDays: 36_500,
      maxErasureDays: 36_500,
      maxTestIntervalDays: 1_096,
      maxRestoreTimeMinutes: 525_600,
      minEvidenceRetentionDays: 36_500,
      allowedRegions: ['eu-central-1', 'us-gov-west-1', 'eusc-de-east-10'],
      immutability: ImmutabilityLevel.GOVERNANCE,
      ownKey: false,
      approvalTeam: true,
      randomSample: true,
    };
    expect(judge(all)).toEqual([]);
    expect(judge({})).toEqual([]);
    expect(judge({ anything: undefined, ownKey: undefined })).toEqual([]);
  });

  const REGIONS = '`allowedRegions` must be a list of Regions such as `eu-central-1`, at least one';
  const NAMES =
    '`maxBackupIntervalHours`, `minRetentionDays`, `maxRetentionDays`, `maxErasureDays`, `maxTestIntervalDays`, `maxRestoreTimeMinutes`, `minEvidenceRetentionDays`, `allowedRegions`, `immutability`, `ownKey`, `approvalTeam` and `randomSample`';
  test.each<[string, unknown, string]>([
    ['a number', 35, '`thresholds` must be an object, got 35; for example, write `{ minRetentionDays: 35 }`'],
    ['null', null, '`thresholds` must be an object, got null; for example, write `{ minRetentionDays: 35 }`'],
    [
      'a list',
      [],
      '`thresholds` must be an object, got an array; for example, write `{ minRetentionDays: 35 }`',
    ],
    ['an unknown name', { color: 1 }, `\`color\` is not a threshold; use one of ${NAMES}`],
    ['a typo', { ownKeys: true }, '`ownKeys` is not a threshold; did you mean `ownKey`?'],
    [
      'a token',
      { minRetentionDays: Fn.ref('Days') },
      '`minRetentionDays` must be known at synthesis, got a token; write the value itself',
    ],
    [
      'a number out of range',
      { maxTestIntervalDays: 1_097 },
      '`maxTestIntervalDays` must be a whole number from 1 to 1096 days, got 1097; use 1096 days or less',
    ],
    ['a Region in place of a list', { allowedRegions: 'eu-west-1' }, `${REGIONS}, got \`eu-west-1\``],
    ['no Region', { allowedRegions: [] }, `${REGIONS}, got an array`],
    [
      'a zone',
      { allowedRegions: ['eu-west-1', 'eu-west-1a'] },
      '`allowedRegions` must be Regions such as `eu-central-1`, at least one, got `eu-west-1a`',
    ],
    [
      'a text around a Region',
      { allowedRegions: ['in eu-west-1'] },
      '`allowedRegions` must be Regions such as `eu-central-1`, at least one, got `in eu-west-1`',
    ],
    [
      'an unknown level',
      { immutability: 'strong' },
      '`immutability` must be one of `ImmutabilityLevel`: `denial`, `governance` and `compliance`, got `strong`',
    ],
    ['a text as a flag', { approvalTeam: 'yes' }, '`approvalTeam` must be true or false, got `yes`'],
  ])('cannot be %s', (_, thresholds, message) => {
    expect(judge(thresholds)).toEqual(wrong(message));
  });

  test('must belong to a clause', () => {
    const problems = (thresholds: StandardThresholds) =>
      told(
        thresholdProblems(
          { id: 'acme', requirements: [clause('1', [Key.DOC]), clause('2', [Key.ENC])] },
          thresholds,
        ),
      );
    expect(problems({ ownKey: true })).toEqual([]);
    expect(problems({ minRetentionDays: 35, ownKey: true })).toEqual(
      wrong('`minRetentionDays` must belong to a clause of `acme`, but none is measured with it; remove it'),
    );
  });

  test('can be stricter than a clause, not looser', () => {
    const kept = clause('1', [Key.RETMIN], { minRetentionDays: 365 });
    const often = clause('2', [Key.FREQ], { maxBackupIntervalHours: 24 });
    expect(judge({ minRetentionDays: 365, maxBackupIntervalHours: 24 }, kept, often)).toEqual([]);
    expect(judge({ minRetentionDays: 366, maxBackupIntervalHours: 23 }, kept, often)).toEqual([]);
    expect(judge({ minRetentionDays: 364, maxBackupIntervalHours: 25 }, kept, often)).toEqual([
      'Backup-StandardThreshold `maxBackupIntervalHours` must be at most 24 hours, as `acme` 2 says, got 25 hours; use 24 or less, or omit it',
      'Backup-StandardThreshold `minRetentionDays` must be at least 365 days, as `acme` 1 says, got 364 days; use 365 or more, or omit it',
    ]);
  });

  test('can be looser than a clause about some data or types only', () => {
    const records = clause('1', [Key.RETMIN], { minRetentionDays: 365 }, { data: DataClass.RECORDS });
    const types = clause('2', [Key.RETMIN], { minRetentionDays: 365 }, { resourceTypes: ['RDS'] });
    expect(judge({ minRetentionDays: 7 }, records, types)).toEqual([]);
  });

  test('must leave a retention, with the strictest clauses of both sides', () => {
    const [a, b] = [
      clause('1', [Key.RETMIN], { minRetentionDays: 50 }),
      clause('2', [Key.RETMIN], { minRetentionDays: 100 }),
    ];
    expect(judge({ maxRetentionDays: 100 }, a, b)).toEqual([]);
    expect(judge({ maxRetentionDays: 99 }, a, b)).toEqual(
      wrong(
        '`maxRetentionDays` must be at least 100 days, because `acme` 2 is measured with `minRetentionDays` of 100 days, got 99 days for `acme` 0; use 100 or more, or a shorter `minRetentionDays`',
      ),
    );
  });
});

describe('what a clause is measured with', () => {
  test.each([
    ['maxBackupIntervalHours', Key.FREQ],
    ['minRetentionDays', Key.RETMIN],
    ['maxRetentionDays', Key.RETMAX],
    ['maxErasureDays', Key.ERASE],
    ['maxTestIntervalDays', Key.TEST],
    ['maxRestoreTimeMinutes', Key.RTO],
    ['minEvidenceRetentionDays', Key.EVID],
  ] as const)('%s belongs to %s', (name, key) => {
    expect(keyOfThreshold(name)).toBe(key);
    expect(isMeasuredWith(clause('1', [Key.DOC, key]), name)).toBe(true);
    expect(isMeasuredWith(clause('1', [Key.DOC]), name)).toBe(false);
  });

  test('the stricter of two numbers is the longer retention, and otherwise the smaller one', () => {
    expect(NUMERIC_THRESHOLDS.filter((name) => stricterNumber(name, 1, 2) === 2)).toEqual([
      'minRetentionDays',
      'minEvidenceRetentionDays',
    ]);
    expect(NUMERIC_THRESHOLDS.filter((name) => stricterNumber(name, 2, 1) === 2)).toEqual([
      'minRetentionDays',
      'minEvidenceRetentionDays',
    ]);
  });

  test.each<[number | undefined, number | undefined, object]>([
    [365, 365, { value: 365, origin: 'clause' }],
    [365, 7, { value: 365, origin: 'clause' }],
    [365, 400, { value: 400, origin: 'choice' }],
    [365, undefined, { value: 365, origin: 'clause' }],
    [undefined, 7, { value: 7, origin: 'choice' }],
    [undefined, undefined, { value: 35, origin: 'default' }],
  ])('a retention of %s in the clause and %s by choice is %j', (ofClause, choice, number) => {
    const requirement = clause('1', [Key.RETMIN], { minRetentionDays: ofClause });
    expect(effectiveNumber(requirement, { minRetentionDays: choice }, 'minRetentionDays')).toEqual(number);
  });

  test('flags are those that the clause or the user sets', () => {
    const none = {
      immutability: ImmutabilityLevel.DENIAL,
      ownKey: false,
      approvalTeam: false,
      randomSample: false,
      allowedRegions: undefined,
    };
    const all = { ownKey: true, approvalTeam: true, randomSample: true };
    expect(effectiveFlags(clause('1', [Key.ENC]), {})).toEqual(none);
    expect(effectiveFlags(clause('1', [Key.ENC], all), {})).toEqual({ ...none, ...all });
    expect(effectiveFlags(clause('1', [Key.ENC]), all)).toEqual({ ...none, ...all });
    const [own, chosen] = [['eu-west-1'], ['eu-central-1']];
    const regional = clause('1', [Key.LOC], { allowedRegions: own });
    expect(effectiveFlags(regional, {}).allowedRegions).toEqual(own);
    expect(effectiveFlags(regional, { allowedRegions: chosen }).allowedRegions).toEqual(chosen);
  });

  test('the strictest clause is the first with the strictest number, of those about all data', () => {
    const requirements = [
      clause('1', [Key.DOC], { minRetentionDays: 900 }),
      clause('2', [Key.RETMIN], { minRetentionDays: 800 }, { data: DataClass.AUDIT_LOGS }),
      clause('3', [Key.RETMIN], { minRetentionDays: 700 }, { notApplicable: true }),
      clause('4', [Key.RETMIN], { minRetentionDays: 7 }, { data: DataClass.EVERYTHING }),
      clause('5', [Key.RETMIN], { minRetentionDays: 90 }),
      clause('6', [Key.RETMIN], { minRetentionDays: 90 }),
      clause('7', [Key.RETMIN]),
    ];
    const strictest = (choices: StandardThresholds) => {
      const found = strictestClause(requirements, choices, 'minRetentionDays');
      return found && [found.requirement.clause, found.number];
    };
    expect(strictest({})).toEqual(['5', { value: 90, origin: 'clause' }]);
    expect(strictest({ minRetentionDays: 100 })).toEqual(['4', { value: 100, origin: 'choice' }]);
    expect(strictestClause(requirements, {}, 'maxRetentionDays')).toBeUndefined();
    expect(strictestClause([clause('1', [Key.RETMAX])], {}, 'maxRetentionDays')).toBeUndefined();
  });
});
