import type { Duration } from 'aws-cdk-lib';
import type {
  CfnBackupPlan,
  IBackupVaultRef,
  ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import { isKnown, toMinutes } from '../../values/core/amounts';
import { nameProblems } from '../../values/core/names';
import { type Problem, throwErrors } from '../../values/core/problem';
import type { Retention } from '../../values/plan/retention';
import { windowProblems } from '../../values/plan/windows';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { BackupSchedule } from '../../values/schedule/backup-schedule';
import { requiredKindProblems } from '../core/argument-checks';
import { attempt, readLifecycle, renderRuleLifecycle } from '../core/lifecycle';
import type {
  BackupRuleOptions,
  ContinuousRuleOptions,
  DailyRuleOptions,
  HourlyRuleOptions,
  MonthlyRuleOptions,
  ScheduledRuleOptions,
  WeeklyRuleOptions,
  YearlyRuleOptions,
} from './backup-rule-options';
import type { CopyAction } from './copy-action';
import { ruleOptionKindProblems, ruleOptionProblems } from './rule-laws';
import type { ScanMode } from './scan-settings';

/**
 * A rule of a backup plan: when recovery points are made, where they go, and how long they are kept.
 *
 * A rule is a value: the same one can stand in several plans.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export class BackupRule {
  /**
   * Backs up continuously what can be (S3, RDS, Aurora, SAP HANA): restores to any second, or any 15 minutes for
   * S3, within the retention of at most 35 days. Of everything else snapshots are made by the schedule.
   *
   * A resource has one continuous backup: put one such rule in one plan.
   */
  public static continuous(options: ContinuousRuleOptions): BackupRule {
    const { schedule = BackupSchedule.daily() } = options ?? {};
    return new BackupRule('continuous', () => schedule, options, true);
  }

  /** Runs every hour, the most often that AWS Backup offers. */
  public static hourly(options: HourlyRuleOptions): BackupRule {
    return new BackupRule('hourly', () => BackupSchedule.hourly(options), options);
  }

  /** Runs every day. */
  public static daily(options: DailyRuleOptions): BackupRule {
    return new BackupRule('daily', () => BackupSchedule.daily(options), options);
  }

  /** Runs on some days of every week. */
  public static weekly(options: WeeklyRuleOptions): BackupRule {
    return new BackupRule('weekly', () => BackupSchedule.weekly(options), options);
  }

  /** Runs on one day of every month. */
  public static monthly(options: MonthlyRuleOptions): BackupRule {
    return new BackupRule('monthly', () => BackupSchedule.monthly(options), options);
  }

  /** Runs on one day of every year. */
  public static yearly(options: YearlyRuleOptions): BackupRule {
    return new BackupRule('yearly', () => BackupSchedule.yearly(options), options);
  }

  /** Runs by a schedule of your own. */
  public static scheduled(options: ScheduledRuleOptions): BackupRule {
    return new BackupRule('scheduled', () => options?.schedule, options);
  }

  /** The name, unique in a plan. */
  public readonly name: string;
  /** When the rule runs. */
  public readonly schedule: BackupSchedule;
  /** How long recovery points are kept. */
  public readonly retention: Retention;
  /** After how many days recovery points move to cold storage; undefined where they stay warm. */
  public readonly coldStorageAfterDays?: number;
  /** Whether EBS snapshots move to the archive tier. */
  public readonly archive: boolean;
  /** Whether this is a rule for continuous backup. */
  public readonly isContinuous: boolean;
  /** How long after the scheduled time a job may start; undefined for AWS Backup's default of 480. */
  public readonly startWindowMinutes?: number;
  /** By when a job must be done; undefined for AWS Backup's default of 10080. */
  public readonly completionWindowMinutes?: number;
  /** The vault; undefined for that of the plan. */
  public readonly vault?: IBackupVaultRef;
  /** The logically air-gapped vault that is the primary target, if any. */
  public readonly airGappedVault?: ILogicallyAirGappedBackupVaultRef;
  /** Where recovery points are copied to. */
  public readonly copies: CopyAction[];
  /** Tags of the recovery points. */
  public readonly recoveryPointTags?: { [key: string]: string };
  /** The type of which backups are indexed, if any. */
  public readonly index?: ResourceType;
  /** How recovery points are scanned for malware, if at all. */
  public readonly scan?: ScanMode;

  /** What the laws warn of, copies apart; plans pass it on. @internal */
  public readonly _warnings: Problem[];

  /** @param makeSchedule what it throws is told together with the other problems */
  private constructor(
    preset: string,
    makeSchedule: () => BackupSchedule | undefined,
    options: BackupRuleOptions,
    continuous = false,
  ) {
    const problems: Problem[] = [];
    // callers without types may leave the options out, or give a continuous rule what is not in its type
    const given = options ?? {};
    const { name = preset, copies = [], recoveryPointTags: tags } = given;
    this.name = name;
    this.isContinuous = continuous;
    this.schedule = readSchedule(problems, makeSchedule);
    const { lifecycle, problems: lifecycleProblems } = readLifecycle(given, {
      continuous,
      monthlyOrRarer: given.archive ? this.schedule?._isMonthlyOrRarer() : undefined,
    });
    this.retention = lifecycle.retention;
    this.coldStorageAfterDays = lifecycle.coldStorageAfterDays;
    this.archive = lifecycle.archive;
    this.startWindowMinutes = readWindow(problems, 'startWindow', given.startWindow);
    this.completionWindowMinutes = readWindow(problems, 'completionWindow', given.completionWindow);
    this.vault = given.vault;
    this.airGappedVault = given.airGappedVault;
    this.index = given.index;
    this.scan = given.scan;

    const kinds = ruleOptionKindProblems(given);
    problems.push(
      ...nameProblems('rule', name, 'name'),
      ...lifecycleProblems,
      ...windowProblems(this.startWindowMinutes, this.completionWindowMinutes),
      ...kinds,
      ...(kinds.length === 0 ? ruleOptionProblems(given) : []),
    );
    throwErrors(problems, subject(preset, name));
    this._warnings = [...this.schedule._warnings, ...problems];
    this.copies = [...copies];
    if (tags) this.recoveryPointTags = isKnown(tags) ? { ...tags } : tags;
  }

  /** Such as `daily: cron(0 5 ? * * *) in UTC, kept 35 days`. */
  public toString(): string {
    return `${this.name}: ${this.schedule}, kept ${this.retention}`;
  }

  /**
   * @param vaultName the target, when the rule is part of a plan
   * @param airGappedVaultArn the ARN of the air-gapped vault, if the rule has one
   * @internal
   */
  public _render(
    vaultName: string,
    airGappedVaultArn?: string,
  ): CfnBackupPlan.BackupRuleResourceTypeProperty {
    return {
      ruleName: this.name,
      targetBackupVault: vaultName,
      targetLogicallyAirGappedBackupVaultArn: airGappedVaultArn,
      scheduleExpression: this.schedule.expressionString,
      scheduleExpressionTimezone: this.schedule.timeZone?.timezoneName,
      startWindowMinutes: this.startWindowMinutes,
      completionWindowMinutes: this.completionWindowMinutes,
      lifecycle: renderRuleLifecycle(this),
      enableContinuousBackup: this.isContinuous || undefined,
      copyActions: this.copies.length > 0 ? this.copies.map((copy) => copy._render()) : undefined,
      recoveryPointTags: this.recoveryPointTags,
      indexActions: this.index && [{ resourceTypes: [this.index.name] }],
      scanActions: this.scan && [{ malwareScanner: 'GUARDDUTY', scanMode: this.scan }],
    };
  }
}

function readSchedule(problems: Problem[], make: () => BackupSchedule | undefined): BackupSchedule {
  const schedule = attempt(problems, () => {
    const made = make();
    throwErrors(
      requiredKindProblems(made, (given) => (given as unknown) instanceof BackupSchedule, {
        id: 'Backup-ScheduleMissing',
        property: 'schedule',
        what: 'a `BackupSchedule`',
        fix: 'use for instance `BackupSchedule.daily()`',
      }),
    );
    return made;
  });
  return schedule as BackupSchedule;
}

function readWindow(problems: Problem[], property: string, window?: Duration): number | undefined {
  return window === undefined ? undefined : attempt(problems, () => toMinutes(property, window));
}

/** The call that made the rule, as in the code of the user. */
function subject(preset: string, name: unknown): string {
  if (name === preset || typeof name !== 'string' || !isKnown(name)) return `BackupRule.${preset}`;
  return `BackupRule.${preset}({ name: '${name}' })`;
}
