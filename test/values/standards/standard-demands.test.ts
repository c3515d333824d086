import { sentence } from '../../../src/values/core/problem';
import { ComplianceStandard } from '../../../src/values/standards/compliance-standard';
import { RequirementKey as Key } from '../../../src/values/standards/requirement-key';
import { demandsOf, numberOf, retentionLimits } from '../../../src/values/standards/standard-demands';
import { standardListProblems } from '../../../src/values/standards/standard-list-laws';
import {
  ClauseConfidence,
  DataClass,
  type StandardRequirement,
} from '../../../src/values/standards/standard-requirement';
import { ImmutabilityLevel } from '../../../src/values/standards/standard-thresholds';

type Clause = Partial<StandardRequirement> & { readonly keys: Key[] };

function standard(id: string, ...clauses: readonly Clause[]): ComplianceStandard {
  const requirements = clauses.map((clause, index) => ({
    clause: String(index + 1),
    requirement: 'something',
    confidence: ClauseConfidence.HIGH,
    source: 'the wiki',
    asOf: '2026-11-01',
    ...clause,
  }));
  return ComplianceStandard.custom({ id, title: id, version: '1', requirements });
}

describe('what standards together ask', () => {
  test('are the keys of all clauses, and the strictest number of each', () => {
    const a = standard(
      'a',
      { keys: [Key.FREQ, Key.RETMIN], thresholds: { maxBackupIntervalHours: 12, minRetentionDays: 7 } },
      { keys: [Key.RETMAX], thresholds: { maxRetentionDays: 90 } },
    );
    const b = standard('b', {
      keys: [Key.RETMIN, Key.FREQ, Key.DOC],
      thresholds: { maxBackupIntervalHours: 48, minRetentionDays: 30 },
    });
    const demands = demandsOf([a, b]);
    expect(demands).toEqual({
      keys: new Set([Key.FREQ, Key.RETMIN, Key.RETMAX, Key.DOC]),
      numbers: { maxBackupIntervalHours: 12, minRetentionDays: 30, maxRetentionDays: 90 },
      atLeast: [
        { days: 7, by: '`a` 1' },
        { days: 30, by: '`b` 1' },
      ],
      atMost: [{ days: 90, by: '`a` 2' }],
      erasable: [],
      immutability: ImmutabilityLevel.DENIAL,
    });
    expect(demandsOf([b, a]).numbers).toEqual(demands.numbers);
  });

  test('are the defaults where no clause has a number, and nothing where the library has none', () => {
    const keys = [Key.FREQ, Key.RETMIN, Key.RETMAX, Key.ERASE, Key.TEST, Key.RTO, Key.EVID];
    expect(demandsOf([standard('a', { keys })]).numbers).toEqual({
      maxBackupIntervalHours: 24,
      minRetentionDays: 35,
      maxErasureDays: 30,
      maxTestIntervalDays: 365,
    });
  });

  test('are the choices of the user, as far as they are stricter', () => {
    const chosen = standard('a', { keys: [Key.TEST, Key.RTO, Key.EVID] }).withThresholds({
      maxTestIntervalDays: 31,
      maxRestoreTimeMinutes: 60,
      minEvidenceRetentionDays: 400,
    });
    expect(demandsOf([chosen]).numbers).toEqual({
      maxTestIntervalDays: 31,
      maxRestoreTimeMinutes: 60,
      minEvidenceRetentionDays: 400,
    });
  });

  test('leaves out clauses about other data, about some types, and those that do not apply', () => {
    const some = standard(
      'a',
      { keys: [Key.SCOPE] },
      { keys: [Key.MON], data: DataClass.EVERYTHING },
      { keys: [Key.ENC], data: DataClass.RECORDS },
      { keys: [Key.XACC], data: DataClass.AUDIT_LOGS },
      { keys: [Key.XREG], resourceTypes: ['RDS'] },
      { keys: [Key.HOLD], data: DataClass.RECORDS, resourceTypes: ['RDS'] },
      { keys: [Key.LOC], notApplicable: true, note: 'no' },
      { keys: [Key.ISO], data: DataClass.RECORDS, notApplicable: true, note: 'no' },
    );
    const keys = (...data: DataClass[]) => [...demandsOf([some], ...data).keys];
    expect(keys()).toEqual([Key.SCOPE, Key.MON]);
    expect(keys(DataClass.RECORDS)).toEqual([Key.SCOPE, Key.MON, Key.ENC]);
    expect(keys(DataClass.AUDIT_LOGS)).toEqual([Key.SCOPE, Key.MON, Key.XACC]);
  });

  test('is the strongest protection from deletion, of clauses about it only', () => {
    const { GOVERNANCE, COMPLIANCE, DENIAL } = ImmutabilityLevel;
    const level = (...clauses: Clause[]) => demandsOf([standard('a', ...clauses)]).immutability;
    const governed = { keys: [Key.IMM], thresholds: { immutability: GOVERNANCE } };
    expect(level({ keys: [Key.IMM] })).toBe(DENIAL);
    expect(level(governed, { keys: [Key.IMM] })).toBe(GOVERNANCE);
    expect(level({ keys: [Key.IMM] }, governed)).toBe(GOVERNANCE);
    expect(level({ keys: [Key.ENC, Key.IMM], thresholds: { immutability: COMPLIANCE } })).toBe(COMPLIANCE);
    expect(level({ keys: [Key.SCOPE] })).toBe(DENIAL);
    const chosen = standard('a', { keys: [Key.IMM] }, { keys: [Key.SCOPE] });
    expect(demandsOf([chosen.withThresholds({ immutability: COMPLIANCE })]).immutability).toBe(COMPLIANCE);
  });

  test('limits the retention by erasure only where nobody can delete backups', () => {
    const erased = standard('a', { keys: [Key.ERASE, Key.RETMAX], thresholds: { maxRetentionDays: 90 } });
    const demands = demandsOf([erased]);
    const most = { days: 90, by: '`a` 1' };
    const erasure = { days: 30, by: '`a` 1, where nobody can delete backups early,' };
    expect(retentionLimits(demands)).toEqual([most]);
    expect(retentionLimits(demands, true)).toEqual([most, erasure]);
    const locked = { ...demands, immutability: ImmutabilityLevel.COMPLIANCE };
    expect(retentionLimits(locked)).toEqual([most, erasure]);
    expect(retentionLimits(locked, false)).toEqual([most]);
  });

  test('has a number, the default, or none', () => {
    const demands = demandsOf([
      standard('a', { keys: [Key.FREQ], thresholds: { maxBackupIntervalHours: 12 } }),
    ]);
    expect([
      numberOf(demands, 'maxBackupIntervalHours'),
      numberOf(demands, 'minRetentionDays'),
      numberOf(demands, 'maxRetentionDays'),
    ]).toEqual([12, 35, undefined]);
  });
});

describe('a list of standards', () => {
  const { HIPAA, SOX } = ComplianceStandard;
  const told = (standards: unknown) =>
    standardListProblems(standards).map((problem) => `${problem.id} ${sentence(problem)}`);

  test('has each standard once', () => {
    expect(told([HIPAA, SOX])).toEqual([]);
  });

  const EXAMPLE = 'for example, use `[ComplianceStandard.CIS_CONTROLS]`';
  test.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'nothing', EXAMPLE],
    ['a standard alone', HIPAA, 'an instance of `ComplianceStandard`', EXAMPLE],
    ['no standard', [], 'none', EXAMPLE],
    ['a name', [HIPAA, 'sox'], '`sox`', EXAMPLE],
    ['a standard that is undefined', [HIPAA, undefined], 'nothing', EXAMPLE],
    ['a standard twice', [HIPAA, SOX, SOX], '`sox` twice', 'remove one of them'],
    [
      'a standard twice, with other numbers',
      [SOX, HIPAA, SOX.withThresholds({ minRetentionDays: 3_000 })],
      '`sox` twice',
      'remove one of them',
    ],
  ])('is refused as %s', (_, standards, got, fix) => {
    expect(told(standards)).toEqual([
      `Backup-Standard \`standards\` must be a list of \`ComplianceStandard\`, each once, got ${got}; ${fix}`,
    ]);
  });
});
