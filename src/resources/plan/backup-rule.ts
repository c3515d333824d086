import type { Duration } from 'aws-cdk-lib';
import type {
  CfnBackupPlan,
  IBackupVaultRef,
  ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import { isKnown, toMinutes } from '../../values/core/amounts';
import { nameProblems } from '../../values/core/names';
import { type Problem, throwErrors } from '../../values/core/problem';
import { PROPERTY_NAMES } from '../../values/core/property-names';
import { type StructName, unknownPropertyProblems } from '../../values/core/unknown-properties';
import type { Retention } from '../../values/plan/retention';
import { windowProblems } from '../../values/plan/windows';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { BackupSchedule } from '../../values/schedule/backup-schedule';
import { requiredKindProblems } from '../core/argument-checks';
import { readLifecycle, renderRuleLifecycle, tryRead } from '../core/lifecycle';
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
 * A rule of a backup plan: when recovery points are created, where they are stored, and how long they are kept.
 *
 * A rule is a value: several plans can use the same rule.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export class BackupRule {
  /**
   * Creates continuous backups of types that support them (S3, RDS, Aurora, SAP HANA), for point-in-time restores within
   * the retention of at most 35 days: to any second, or to any 15 minutes for S3. Other types get scheduled snapshots.
   *
   * A resource can have only one continuous backup, so use only one such rule per resource.
   */
  public static continuous(options: ContinuousRuleOptions): BackupRule {
    const { schedule = BackupSchedule.daily() } = options ?? {};
    return new BackupRule('continuous', () => schedule, options, true);
  }

  /** Runs every hour, the highest frequency that AWS Backup supports. */
  public static hourly(options: HourlyRuleOptions): BackupRule {
    return new BackupRule(
      'hourly',
      () => presetSchedule('HourlyScheduleOptions', options, BackupSchedule.hourly),
      options,
    );
  }

  /** Runs every day. */
  public static daily(options: DailyRuleOptions): BackupRule {
    return new BackupRule(
      'daily',
      () => presetSchedule('DailyScheduleOptions', options, BackupSchedule.daily),
      options,
    );
  }

  /** Runs on selected days of every week. */
  public static weekly(options: WeeklyRuleOptions): BackupRule {
    return new BackupRule(
      'weekly',
      () => presetSchedule('WeeklyScheduleOptions', options, BackupSchedule.weekly),
      options,
    );
  }

  /** Runs on one day of every month. */
  public static monthly(options: MonthlyRuleOptions): BackupRule {
    return new BackupRule(
      'monthly',
      () => presetSchedule('MonthlyScheduleOptions', options, BackupSchedule.monthly),
      options,
    );
  }

  /** Runs on one day of every year. */
  public static yearly(options: YearlyRuleOptions): BackupRule {
    return new BackupRule(
      'yearly',
      () => presetSchedule('YearlyScheduleOptions', options, BackupSchedule.yearly),
      options,
    );
  }

  /** Runs on a custom schedule. */
  public static scheduled(options: ScheduledRuleOptions): BackupRule {
    return new BackupRule('scheduled', () => options?.schedule, options);
  }

  /** The name, unique in a plan. */
  public readonly name: string;
  /** When the rule runs. */
  public readonly schedule: BackupSchedule;
  /** How long recovery points are kept. */
  public readonly retention: Retention;
  /** After how many days recovery points transition to cold storage; undefined if they stay in warm storage. */
  public readonly coldStorageAfterDays?: number;
  /** Whether EBS snapshots are archived. */
  public readonly archive: boolean;
  /** Whether the rule creates continuous backups. */
  public readonly isContinuous: boolean;
  /** How many minutes after the scheduled time a job may start; undefined for AWS Backup's default of 480. */
  public readonly startWindowMinutes?: number;
  /** How many minutes after the scheduled time a job must be complete; undefined for AWS Backup's default of 10080. */
  public readonly completionWindowMinutes?: number;
  /** The vault; undefined for the vault of the plan. */
  public readonly vault?: IBackupVaultRef;
  /** The logically air-gapped vault as the primary target, if any. */
  public readonly airGappedVault?: ILogicallyAirGappedBackupVaultRef;
  /** The copies of each recovery point. */
  public readonly copies: CopyAction[];
  /** Tags of the recovery points. */
  public readonly recoveryPointTags?: { [key: string]: string };
  /** The resource type whose backups are indexed, if any. */
  public readonly index?: ResourceType;
  /** The mode of malware scans, if any. */
  public readonly scan?: ScanMode;

  /** Problems that are not errors, without those of copies; the plan adds them as annotations. @internal */
  public readonly _warnings: Problem[];

  /** @param createSchedule its errors are reported together with the other problems */
  private constructor(
    preset: string,
    createSchedule: () => BackupSchedule | undefined,
    options: BackupRuleOptions,
    continuous = false,
  ) {
    const problems: Problem[] = unknownPropertyProblems(options, STRUCTS[preset], 'BackupRuleOptions');
    // untyped callers may omit the options, or pass a continuous rule options that it doesn't have
    const known = options ?? {};
    const { name = preset, copies = [], recoveryPointTags: tags } = known;
    this.name = name;
    this.isContinuous = continuous;
    this.schedule = readSchedule(problems, createSchedule);
    const { lifecycle, problems: lifecycleProblems } = readLifecycle(known, {
      continuous,
      monthlyOrRarer: known.archive ? this.schedule?._isMonthlyOrRarer() : undefined,
    });
    this.retention = lifecycle.retention;
    this.coldStorageAfterDays = lifecycle.coldStorageAfterDays;
    this.archive = lifecycle.archive;
    this.startWindowMinutes = readWindow(problems, 'startWindow', known.startWindow);
    this.completionWindowMinutes = readWindow(problems, 'completionWindow', known.completionWindow);
    this.vault = known.vault;
    this.airGappedVault = known.airGappedVault;
    this.index = known.index;
    this.scan = known.scan;

    const kinds = ruleOptionKindProblems(known);
    problems.push(
      ...nameProblems('rule', name, 'name'),
      ...lifecycleProblems,
      ...windowProblems(this.startWindowMinutes, this.completionWindowMinutes),
      ...kinds,
      ...(kinds.length === 0 ? ruleOptionProblems(known) : []),
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

/** The options of each factory. */
const STRUCTS: Readonly<Record<string, StructName>> = {
  continuous: 'ContinuousRuleOptions',
  daily: 'DailyRuleOptions',
  hourly: 'HourlyRuleOptions',
  monthly: 'MonthlyRuleOptions',
  scheduled: 'ScheduledRuleOptions',
  weekly: 'WeeklyRuleOptions',
  yearly: 'YearlyRuleOptions',
};

/** The schedules of presets without options. Rules share them, since schedules never change. */
const DEFAULT_SCHEDULES = new Map<StructName, BackupSchedule>();

/** The schedule by those options of a rule that are its schedule's. The rule refuses the options that neither has. */
function presetSchedule<T extends object>(
  struct: StructName,
  options: T,
  create: (options: T) => BackupSchedule,
): BackupSchedule {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return create(options);
  const names: readonly string[] = PROPERTY_NAMES[struct];
  const set = Object.entries(options).filter(([name, value]) => value !== undefined && names.includes(name));
  if (set.length > 0) return create(Object.fromEntries(set) as T);
  const schedule = DEFAULT_SCHEDULES.get(struct) ?? create({} as T);
  DEFAULT_SCHEDULES.set(struct, schedule);
  return schedule;
}

function readSchedule(problems: Problem[], create: () => BackupSchedule | undefined): BackupSchedule {
  const schedule = tryRead(problems, () => {
    const created = create();
    throwErrors(
      requiredKindProblems(created, (value) => (value as unknown) instanceof BackupSchedule, {
        id: 'Backup-ScheduleMissing',
        property: 'schedule',
        what: 'a `BackupSchedule`',
        fix: 'for example, use `BackupSchedule.daily()`',
      }),
    );
    return created;
  });
  return schedule as BackupSchedule;
}

function readWindow(problems: Problem[], property: string, window?: Duration): number | undefined {
  return window === undefined ? undefined : tryRead(problems, () => toMinutes(property, window));
}

/** The call that created the rule, as in the code of the user. */
function subject(preset: string, name: unknown): string {
  if (name === preset || typeof name !== 'string' || !isKnown(name)) return `BackupRule.${preset}`;
  return `BackupRule.${preset}({ name: '${name}' })`;
}
