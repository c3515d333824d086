import { Duration, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { BackupTier } from '../../../src/patterns/core/backup-tier';
import { BackupFramework } from '../../../src/resources/audit/backup-framework';
import { FrameworkControl } from '../../../src/resources/audit/framework-control';
import { ReportTemplate } from '../../../src/resources/audit/report-template';
import { ComplianceStandard } from '../../../src/values/standards/compliance-standard';
import {
  INTERVALS,
  type RetentionBound,
  type RetentionDemands,
  solveRetention,
} from '../../../src/values/standards/retention-solver';
import { DataClass } from '../../../src/values/standards/standard-requirement';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';

const { CIS_CONTROLS, GDPR, HIPAA, NIS2, PCI_DSS, SEC_17A_4 } = ComplianceStandard;
const rulesOf = (tier: BackupTier) => tier.rules.map(String);

describe('the smallest tier that meets standards', () => {
  test('has one rule, with the strictest frequency and retention', () => {
    expect(rulesOf(BackupTier.meeting('gold', { standards: [CIS_CONTROLS] }))).toEqual([
      'weekly: cron(0 5 ? * SAT *) in UTC, kept 7 days',
    ]);
    expect(rulesOf(BackupTier.meeting('gold', { standards: [CIS_CONTROLS, HIPAA] }))).toEqual([
      'daily: cron(0 5 ? * * *) in UTC, kept 35 days',
    ]);
    const often = HIPAA.withThresholds({ maxBackupIntervalHours: 5, minRetentionDays: 90 });
    expect(rulesOf(BackupTier.meeting('gold', { standards: [often] }))).toEqual([
      'hourly: cron(0 0/4 ? * * *) in UTC, kept 90 days',
    ]);
  });

  test('keeps the range of locks and air-gapped vaults, and leaves room for cold storage', () => {
    const lock = VaultLock.governance({ minRetention: Duration.days(50) });
    expect(rulesOf(BackupTier.meeting('gold', { standards: [HIPAA], locks: [lock] }))).toEqual([
      'daily: cron(0 5 ? * * *) in UTC, kept 50 days',
    ]);
    expect(
      rulesOf(BackupTier.meeting('gold', { standards: [HIPAA], airGappedMinRetention: Duration.days(60) })),
    ).toEqual(['daily: cron(0 5 ? * * *) in UTC, kept 60 days']);
    expect(
      rulesOf(BackupTier.meeting('gold', { standards: [HIPAA], coldStorageAfter: Duration.days(30) })),
    ).toEqual(['daily: cron(0 5 ? * * *) in UTC, kept 120 days']);
  });

  test('adds a continuous rule for point-in-time recovery', () => {
    expect(
      rulesOf(BackupTier.meeting('gold', { standards: [HIPAA], pointInTimeRecovery: Duration.days(14) })),
    ).toEqual([
      'continuous: cron(0 5 ? * * *) in UTC, kept 14 days',
      'daily: cron(0 5 ? * * *) in UTC, kept 35 days',
    ]);
  });

  test('meets clauses about some data only for that data', () => {
    const kept = (data?: DataClass) =>
      BackupTier.meeting('logs', { standards: [PCI_DSS, SEC_17A_4], data }).rules[0].retention.inDays;
    expect([kept(), kept(DataClass.AUDIT_LOGS), kept(DataClass.RECORDS)]).toEqual([1, 365, 1_096]);
  });
});

describe('what contradicts itself is refused with both sides', () => {
  const short = GDPR.withThresholds({ maxRetentionDays: 30 });
  test.each([
    [
      () => BackupTier.meeting('gold', { standards: [HIPAA, short] }),
      '`standards` must leave a retention that all of them accept, but `hipaa` 164.308(a)(7)(ii)(A) demands at least 35 days, and `gdpr` 5(1)(e) allows at most 30 days; change one of the two, or protect the data of each standard with its own plan (in `BackupTier.meeting`)',
    ],
    [
      () =>
        BackupTier.meeting('gold', {
          standards: [HIPAA],
          locks: [VaultLock.governance({ minRetention: Duration.days(1), maxRetention: Duration.days(14) })],
        }),
      '`standards` must leave a retention that all of them accept, but `hipaa` 164.308(a)(7)(ii)(A) demands at least 35 days, and the lock (governance, 1 to 14 days) allows at most 14 days; change one of the two, or protect the data of each standard with its own plan (in `BackupTier.meeting`)',
    ],
    [
      () => BackupTier.meeting('gold', { standards: [short], coldStorageAfter: Duration.days(8) }),
      '`standards` must leave a retention that all of them accept, but cold storage after 8 days demands at least 98 days, and `gdpr` 5(1)(e) allows at most 30 days; change one of the two, or protect the data of each standard with its own plan (in `BackupTier.meeting`)',
    ],
    [
      () =>
        BackupTier.meeting('gold', {
          standards: [HIPAA],
          locks: [VaultLock.governance({ minRetention: Duration.days(60) })],
          pointInTimeRecovery: Duration.days(7),
        }),
      '`standards` must leave a retention that all of them accept, but the lock (governance, 60 days or more) demands at least 60 days, and continuous backup allows at most 35 days; change one of the two, or protect the data of each standard with its own plan (in `BackupTier.meeting`)',
    ],
    [
      () =>
        BackupTier.meeting('gold', {
          standards: [HIPAA, GDPR],
          locks: [
            VaultLock.compliance({
              minRetention: Duration.days(7),
              coolingOff: Duration.days(3),
              acknowledgeIrreversible: true,
            }),
          ],
        }),
      '`standards` must leave a retention that all of them accept, but `hipaa` 164.308(a)(7)(ii)(A) demands at least 35 days, and `gdpr` 17, where nobody can delete backups early, allows at most 30 days; change one of the two, or protect the data of each standard with its own plan (in `BackupTier.meeting`)',
    ],
    [
      () => BackupTier.meeting('gold', { standards: [HIPAA, GDPR], airGappedMinRetention: Duration.days(7) }),
      '`standards` must leave a retention that all of them accept, but `hipaa` 164.308(a)(7)(ii)(A) demands at least 35 days, and `gdpr` 17, where nobody can delete backups early, allows at most 30 days; change one of the two, or protect the data of each standard with its own plan (in `BackupTier.meeting`)',
    ],
    [
      () => BackupTier.meeting('gold', { standards: [] }),
      '`standards` must be a list of `ComplianceStandard`, each once, got none; for example, use `[ComplianceStandard.CIS_CONTROLS]` (in `BackupTier.meeting`)',
    ],
    [
      () => BackupTier.meeting('gold', { standards: [NIS2, NIS2] }),
      '`standards` must be a list of `ComplianceStandard`, each once, got `nis2` twice; remove one of them (in `BackupTier.meeting`)',
    ],
  ])('(%#)', (act, message) => {
    expect(refusal(act)).toBe(message);
  });
});

describe('the solver', () => {
  const MOST = 60;
  const bounds = (prefix: string) =>
    fc.array(
      fc.record({ days: fc.integer({ min: 1, max: MOST }), by: fc.nat(9).map((n) => `${prefix} ${n}`) }),
      { maxLength: 3 },
    );
  const demands: fc.Arbitrary<RetentionDemands> = fc.record({
    maxIntervalHours: fc.integer({ min: 1, max: 800 }),
    atLeast: fc.tuple(bounds('clause'), bounds('the lock')).map((all) => all.flat()),
    atMost: bounds('limit'),
    coldAfterDays: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    continuousDays: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  });

  /** Everything that fits, tried one by one. */
  function brute({ maxIntervalHours, atLeast, atMost, coldAfterDays, continuousDays }: RetentionDemands) {
    const fits = (days: number, lower: readonly RetentionBound[]) =>
      lower.every((one) => days >= one.days) && atMost.every((one) => days <= one.days);
    const vaults = atLeast.filter(({ by }) => by.startsWith('the lock'));
    const windows =
      continuousDays === undefined
        ? [undefined]
        : Array.from({ length: 35 }, (_, i) => i + 1).filter(
            (days) => days >= continuousDays && fits(days, vaults),
          );
    const found: { intervalHours: number; retentionDays: number; continuousDays?: number; cost: number }[] =
      [];
    for (const intervalHours of INTERVALS)
      for (let days = 1; days <= 200; days++)
        for (const window of windows.slice(0, 1))
          if (
            intervalHours <= maxIntervalHours &&
            days * 24 >= intervalHours &&
            fits(days, atLeast) &&
            (coldAfterDays === undefined || days >= coldAfterDays + 90)
          )
            found.push({
              intervalHours,
              retentionDays: days,
              continuousDays: window,
              cost: days / intervalHours,
            });
    return found;
  }

  test('finds a plan that meets everything exactly if there is one, and names two demands that exclude each other otherwise', () => {
    fc.assert(
      fc.property(demands, (asked) => {
        const solution = solveRetention(asked);
        const all = brute(asked).filter(
          ({ intervalHours }) =>
            intervalHours === Math.max(...INTERVALS.filter((hours) => hours <= asked.maxIntervalHours)),
        );
        if ('demands' in solution) {
          expect(all).toEqual([]);
          expect(solution.demands.days).toBeGreaterThan(solution.forbids.days);
          return;
        }
        const { cost: _, ...smallest } = all.sort((a, b) => a.cost - b.cost)[0];
        expect(solution).toEqual(
          smallest.continuousDays === undefined
            ? { intervalHours: smallest.intervalHours, retentionDays: smallest.retentionDays }
            : smallest,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('what AWS evaluates', () => {
  test('has one control for each thing that standards ask, with the strictest numbers', () => {
    const controls = FrameworkControl.forStandard(CIS_CONTROLS, HIPAA, NIS2);
    expect(controls.map(({ controlName, parameters }) => [controlName, parameters])).toEqual([
      ['BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', {}],
      [
        'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
        { requiredFrequencyUnit: 'days', requiredFrequencyValue: '1', requiredRetentionDays: '35' },
      ],
      ['BACKUP_LAST_RECOVERY_POINT_CREATED', { recoveryPointAgeUnit: 'hours', recoveryPointAgeValue: '48' }],
      ['BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', { requiredRetentionDays: '35' }],
      ['BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED', {}],
      ['BACKUP_RECOVERY_POINT_ENCRYPTED', {}],
      ['BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT', {}],
      ['BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION', {}],
      [
        'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
        { recoveryPointAgeUnit: 'days', recoveryPointAgeValue: '7' },
      ],
    ]);
  });

  test.each(ComplianceStandard.all().filter(({ requirements }) => requirements.length > 0))(
    'accepts the controls and reports for %s',
    (standard) => {
      const stack = new Stack(testApp(), 'Stack');
      const controls = FrameworkControl.forStandard(standard);
      const framework = controls.length > 0 ? [new BackupFramework(stack, 'Framework', { controls })] : [];
      const templates = ReportTemplate.forStandards([standard], ...framework);
      expect(templates[0].templateName).toBe('BACKUP_JOB_REPORT');
      expect(new Set(templates.map(String)).size).toBe(templates.length);
    },
  );

  test('refuses what is no standard', () => {
    expect(refusal(() => FrameworkControl.forStandard('hipaa' as never))).toBe(
      '`standard` must be a list of `ComplianceStandard`, each once, got `hipaa`; for example, use `[ComplianceStandard.CIS_CONTROLS]` (in `FrameworkControl.forStandard`)',
    );
  });
});
