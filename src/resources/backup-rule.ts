import type {
  CfnBackupPlan,
  IBackupVaultRef,
  ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';

import { isKnown, show, toDays, toMinutes } from '../values/amounts';
import { BackupSchedule } from '../values/backup-schedule';
import { lifecycleProblems } from '../values/lifecycle';
import { nameProblems } from '../values/names';
import { type Problem, refuse, throwErrors } from '../values/problem';
import { QUOTAS } from '../values/quotas';
import type { ResourceType } from '../values/resource-type';
import { Retention } from '../values/retention';
import { tagKeyProblems, tagValueProblems } from '../values/tag-condition';
import { windowProblems } from '../values/windows';
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
import { lifecycleProperty } from './lifecycle-property';
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
    return new BackupRule('continuous', options?.schedule ?? BackupSchedule.daily(), options, true);
  }

  /** Runs every hour, the most often that AWS Backup offers. */
  public static hourly(options: HourlyRuleOptions): BackupRule {
    return new BackupRule('hourly', BackupSchedule.hourly(options), options);
  }

  /** Runs every day. */
  public static daily(options: DailyRuleOptions): BackupRule {
    return new BackupRule('daily', BackupSchedule.daily(options), options);
  }

  /** Runs on some days of every week. */
  public static weekly(options: WeeklyRuleOptions): BackupRule {
    return new BackupRule('weekly', BackupSchedule.weekly(options), options);
  }

  /** Runs on one day of every month. */
  public static monthly(options: MonthlyRuleOptions): BackupRule {
    return new BackupRule('monthly', BackupSchedule.monthly(options), options);
  }

  /** Runs on one day of every year. */
  public static yearly(options: YearlyRuleOptions): BackupRule {
    return new BackupRule('yearly', BackupSchedule.yearly(options), options);
  }

  /** Runs by a schedule of your own. */
  public static scheduled(options: ScheduledRuleOptions): BackupRule {
    return new BackupRule('scheduled', options?.schedule, options);
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

  /** What the laws warn of; plans pass it on. @internal */
  public readonly _warnings: Problem[];

  private constructor(
    preset: string,
    schedule: BackupSchedule,
    options: BackupRuleOptions | ContinuousRuleOptions,
    continuous = false,
  ) {
    if (!(options?.retention instanceof Retention))
      throw refuse(
        'Backup-RetentionMissing',
        'retention',
        `\`retention\` of the rule \`${options?.name ?? preset}\` must be said, got ${show(options?.retention)}`,
        'use `Retention.days(…)`, or `Retention.forever()` where for ever is meant',
      );
    if (!(schedule instanceof BackupSchedule))
      throw refuse(
        'Backup-ScheduleMissing',
        'schedule',
        `\`schedule\` of the rule \`${options.name ?? preset}\` must be a \`BackupSchedule\`, got ${show(schedule)}`,
        'use for instance `BackupSchedule.daily()`',
      );
    // a continuous rule has no cold storage in its type; callers without types are told so by the law
    const { coldStorageAfter, archive }: Partial<BackupRuleOptions> = options;
    this.name = options.name ?? preset;
    this.schedule = schedule;
    this.retention = options.retention;
    if (coldStorageAfter) this.coldStorageAfterDays = toDays('coldStorageAfter', coldStorageAfter);
    this.archive = archive ?? false;
    this.isContinuous = continuous;
    if (options.startWindow) this.startWindowMinutes = toMinutes('startWindow', options.startWindow);
    if (options.completionWindow)
      this.completionWindowMinutes = toMinutes('completionWindow', options.completionWindow);
    this.vault = options.vault;
    this.airGappedVault = options.airGappedVault;
    this.copies = [...(options.copies ?? [])];
    this.recoveryPointTags = options.recoveryPointTags;
    this.index = options.index;
    this.scan = options.scan;

    const problems = this.problems();
    throwErrors(problems, this.name);
    this._warnings = [...problems, ...this.copies.flatMap((copy) => copy._warnings)];
  }

  /** Such as `daily: cron(0 5 ? * * *) UTC, kept 35 days`. */
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
      lifecycle: lifecycleProperty(this),
      enableContinuousBackup: this.isContinuous || undefined,
      copyActions: this.copies.length > 0 ? this.copies.map((copy) => copy._render()) : undefined,
      recoveryPointTags: this.recoveryPointTags,
      indexActions: this.index && [{ resourceTypes: [this.index.name] }],
      scanActions: this.scan && [{ malwareScanner: 'GUARDDUTY', scanMode: this.scan }],
    };
  }

  private problems(): Problem[] {
    const problems: Problem[] = [
      ...this.schedule._warnings,
      ...nameProblems('rule', this.name, 'name'),
      ...lifecycleProblems({
        deleteAfterDays: this.retention.inDays,
        moveToColdStorageAfterDays: this.coldStorageAfterDays,
        continuous: this.isContinuous,
        archive: this.archive,
        monthlyOrRarer: this.archive ? this.schedule._isMonthlyOrRarer() : undefined,
      }),
      ...windowProblems(this.startWindowMinutes, this.completionWindowMinutes),
      ...recoveryPointTagProblems(this.recoveryPointTags ?? {}),
      ...this.copies.flatMap((copy) => this.copyProblems(copy)),
    ];
    if (this.index && !['EBS', 'S3'].includes(this.index.name))
      problems.push({
        id: 'Backup-IndexResourceType',
        severity: 'error',
        property: 'index',
        message: `\`index\` must be \`ResourceType.EBS\` or \`ResourceType.S3\`, got \`${this.index.name}\``,
      });
    const { copiesPerRule } = QUOTAS;
    if (this.copies.length > copiesPerRule.max)
      problems.push({
        id: 'Backup-CopiesPerRule',
        severity: copiesPerRule.severity,
        property: 'copies',
        message: `\`copies\` should be at most ${copiesPerRule.max}, got ${this.copies.length}, which exceeds AWS Backup's quota for a rule`,
        fix: 'split the rule',
      });
    return problems;
  }

  /** AWS Backup lets a copy that is kept "always" expire with its source. */
  private copyProblems(copy: CopyAction): Problem[] {
    if (!copy.retention.isForever || this.retention.isForever) return [];
    return [
      {
        id: 'Backup-ForeverCopy',
        severity: 'warning',
        property: 'copies',
        message: `\`copies\` of \`${this.name}\` says to keep a copy for ever, but AWS Backup deletes it when the retention of its source (${this.retention}) ends`,
        fix: 'say `Retention.years(100)` for the copy, or keep the source for ever',
      },
    ];
  }
}

function recoveryPointTagProblems(tags: { [key: string]: string }): Problem[] {
  const property = 'recoveryPointTags';
  const problems = Object.entries(tags).flatMap(([key, value]) => [
    ...tagKeyProblems(key, property),
    ...(isKnown(key) && /^aws:/i.test(key)
      ? [
          {
            id: 'Backup-TagKey',
            severity: 'error' as const,
            property,
            message: `\`${property}\` must have keys that don't start with \`aws:\`, got \`${key}\``,
          },
        ]
      : []),
    ...tagValueProblems(value, property),
  ]);
  const { tagsPerRule } = QUOTAS;
  const count = Object.keys(tags).length;
  if (count > tagsPerRule.max)
    problems.push({
      id: 'Backup-TagsPerRule',
      severity: tagsPerRule.severity,
      property,
      message: `\`${property}\` should be at most ${tagsPerRule.max} tags, got ${count}, which exceeds AWS Backup's quota for a rule`,
    });
  return problems;
}
