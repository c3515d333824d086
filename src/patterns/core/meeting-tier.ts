import type { Duration } from 'aws-cdk-lib';
import { kindProblems, propsProblems } from '../../resources/core/argument-checks';
import { BackupRule } from '../../resources/plan/backup-rule';
import { readDays } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { Retention } from '../../values/plan/retention';
import { BackupSchedule } from '../../values/schedule/backup-schedule';
import type { ComplianceStandard } from '../../values/standards/compliance-standard';
import {
  conflictProblem,
  type RetentionBound,
  type RetentionConflict,
  type RetentionPlan,
  solveRetention,
} from '../../values/standards/retention-solver';
import { demandsOf, numberOf, retentionLimits } from '../../values/standards/standard-demands';
import { standardListProblems } from '../../values/standards/standard-list-laws';
import { DataClass } from '../../values/standards/standard-requirement';
import { VaultLock } from '../../values/vault/vault-lock';

/** Options of `BackupTier.meeting()`. */
export interface MeetingTierOptions {
  /** The standards that the tier must meet, at least one. */
  readonly standards: ComplianceStandard[];

  /**
   * The data that the tier protects. Clauses about other data are left out.
   *
   * @default DataClass.EVERYTHING
   */
  readonly data?: DataClass;

  /**
   * The locks of the vaults that hold the backups and their copies.
   *
   * @default - none
   */
  readonly locks?: VaultLock[];

  /**
   * The shortest retention of a logically air-gapped vault that holds copies: whole days.
   *
   * @default - none
   */
  readonly airGappedMinRetention?: Duration;

  /**
   * The longest retention of a logically air-gapped vault that holds copies: whole days.
   *
   * @default - none
   */
  readonly airGappedMaxRetention?: Duration;

  /**
   * Moves recovery points to cold storage after this time: whole days. They stay there for at least 90 days.
   *
   * @default - warm storage only
   */
  readonly coldStorageAfter?: Duration;

  /**
   * How far back any moment must be restorable, for types that support continuous backups: whole days, 1 to 35.
   *
   * @default - no continuous backups
   */
  readonly pointInTimeRecovery?: Duration;
}

const ID = 'Backup-MeetingTier';
const DURATIONS = [
  'airGappedMinRetention',
  'airGappedMaxRetention',
  'coldStorageAfter',
  'pointInTimeRecovery',
] as const;

/** What is wrong with the options, or which two demands contradict each other. */
export function meetingProblems(options: MeetingTierOptions): Problem[] {
  const wrong = propsProblems(ID, options ?? null);
  if (wrong.length > 0) return wrong;
  const problems = [
    ...unknownPropertyProblems(options, 'MeetingTierOptions'),
    ...standardListProblems(options.standards),
    ...kindProblems(options.data, (value: unknown) => Object.values(DataClass).includes(value as DataClass), {
      id: ID,
      property: 'data',
      what: 'a `DataClass`',
      fix: 'for example, use `DataClass.RECORDS`',
    }),
    ...kindProblems(
      options.locks,
      (value: unknown) => Array.isArray(value) && value.every((lock) => lock instanceof VaultLock),
      {
        id: ID,
        property: 'locks',
        what: 'a list of `VaultLock`',
        fix: 'for example, use `[VaultLock.governance({ … })]`',
      },
    ),
    ...DURATIONS.flatMap((name) =>
      options[name] === undefined ? [] : readDays(name, options[name]).problems,
    ),
  ];
  if (problems.length > 0) return problems;
  const solution = solutionOf(options);
  return 'demands' in solution ? [conflictProblem(solution, 'standards')] : [];
}

/** The rules of the smallest plan. Call it only if there are no problems. */
export function rulesMeeting(options: MeetingTierOptions): BackupRule[] {
  const { intervalHours, retentionDays, continuousDays } = solutionOf(options) as RetentionPlan;
  const { coldStorageAfter } = options;
  const retention = Retention.days(retentionDays);
  const snapshots = { retention, coldStorageAfter };
  const rules = [
    intervalHours < 24
      ? BackupRule.scheduled({
          name: 'hourly',
          ...snapshots,
          schedule: BackupSchedule.everyHours(intervalHours),
        })
      : intervalHours === 24
        ? BackupRule.daily(snapshots)
        : intervalHours === 168
          ? BackupRule.weekly(snapshots)
          : BackupRule.monthly(snapshots),
  ];
  if (continuousDays !== undefined)
    rules.unshift(BackupRule.continuous({ retention: Retention.days(continuousDays) }));
  return rules;
}

function solutionOf(options: MeetingTierOptions): RetentionPlan | RetentionConflict {
  const demands = demandsOf(options.standards, options.data);
  const atLeast: RetentionBound[] = [...demands.atLeast];
  const isLocked = options.locks?.some(({ coolingOffDays }) => coolingOffDays !== undefined);
  const isAirGapped =
    options.airGappedMinRetention !== undefined || options.airGappedMaxRetention !== undefined;
  const atMost: RetentionBound[] = [...retentionLimits(demands, isLocked || isAirGapped || undefined)];
  for (const lock of options.locks ?? []) {
    const by = `the lock (${lock})`;
    atLeast.push({ days: lock.minRetentionDays, by });
    if (lock.maxRetentionDays !== undefined) atMost.push({ days: lock.maxRetentionDays, by });
  }
  const { airGappedMinRetention: min, airGappedMaxRetention: max } = options;
  if (min !== undefined) atLeast.push({ days: min.toDays(), by: 'the logically air-gapped vault' });
  if (max !== undefined) atMost.push({ days: max.toDays(), by: 'the logically air-gapped vault' });
  return solveRetention({
    maxIntervalHours: numberOf(demands, 'maxBackupIntervalHours') as number,
    atLeast,
    atMost,
    coldAfterDays: options.coldStorageAfter?.toDays(),
    continuousDays: options.pointInTimeRecovery?.toDays(),
  });
}
