import type { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef, ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { Retention } from '../../values/plan/retention';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type {
  BackupSchedule,
  DailyScheduleOptions,
  HourlyScheduleOptions,
  MonthlyScheduleOptions,
  WeeklyScheduleOptions,
  YearlyScheduleOptions,
} from '../../values/schedule/backup-schedule';
import type { CopyAction } from './copy-action';
import type { ScanMode } from './scan-settings';

/** Options that all rules share. */
export interface BackupRuleBaseOptions {
  /**
   * The name of the rule: 1 to 50 letters, digits, `-`, `_` and `.`, unique in the plan.
   *
   * @default - the name of the preset, such as `daily`
   */
  readonly name?: string;

  /** How long recovery points are kept. `Retention.forever()` to keep recovery points forever. */
  readonly retention: Retention;

  /**
   * How long after the scheduled time a job may start, at least 60 minutes. Jobs that don't start within this window
   * expire.
   *
   * @default - 8 hours, AWS Backup's default
   */
  readonly startWindow?: Duration;

  /**
   * How long after the scheduled time a job must be complete, at least 60 minutes longer than `startWindow`. Other jobs
   * are canceled. Amazon FSx ignores it.
   *
   * @default - 7 days, AWS Backup's default
   */
  readonly completionWindow?: Duration;

  /**
   * The vault for the recovery points, in the account and Region of the plan.
   *
   * @default - the vault of the plan
   */
  readonly vault?: IBackupVaultRef;

  /**
   * A logically air-gapped vault in the account and Region of the plan as the primary target. Recovery points of types
   * that it doesn't support are stored in `vault`. Recovery points of types without full AWS Backup management are created
   * in `vault` first.
   *
   * @default - none
   */
  readonly airGappedVault?: ILogicallyAirGappedBackupVaultRef;

  /**
   * The copies of each recovery point.
   *
   * @default - no copies
   */
  readonly copies?: CopyAction[];

  /**
   * Tags of the recovery points, in addition to those of the source resource.
   *
   * @default - none
   */
  readonly recoveryPointTags?: { [key: string]: string };

  /**
   * The resource type whose backups are indexed, so that their files or objects can be searched: `ResourceType.EBS` or
   * `ResourceType.S3`.
   *
   * @default - no index
   */
  readonly index?: ResourceType;

  /**
   * Scans new recovery points for malware with Amazon GuardDuty. Set the resource types to scan in `scanSettings` of the
   * plan.
   *
   * @default - no scan
   */
  readonly scan?: ScanMode;
}

/** Options of rules that create snapshots. */
export interface BackupRuleOptions extends BackupRuleBaseOptions {
  /**
   * When recovery points transition to cold storage, if their type supports it: whole days, at least 90 days before the
   * end of `retention`.
   *
   * @default - recovery points stay in warm storage
   */
  readonly coldStorageAfter?: Duration;

  /**
   * Archives EBS snapshots after `coldStorageAfter`. Only for rules that run at most once a month.
   *
   * @default false
   */
  readonly archive?: boolean;
}

/** Options of `BackupRule.scheduled`. */
export interface ScheduledRuleOptions extends BackupRuleOptions {
  /** When the rule runs. */
  readonly schedule: BackupSchedule;
}

/** Options of `BackupRule.continuous`. */
export interface ContinuousRuleOptions extends BackupRuleBaseOptions {
  /**
   * When AWS Backup checks the continuous backup, and creates snapshots of types that don't support continuous backups.
   *
   * @default - every day at 05:00 UTC
   */
  readonly schedule?: BackupSchedule;
}

/** Options of `BackupRule.hourly`. */
export interface HourlyRuleOptions extends BackupRuleOptions, HourlyScheduleOptions {}

/** Options of `BackupRule.daily`. */
export interface DailyRuleOptions extends BackupRuleOptions, DailyScheduleOptions {}

/** Options of `BackupRule.weekly`. */
export interface WeeklyRuleOptions extends BackupRuleOptions, WeeklyScheduleOptions {}

/** Options of `BackupRule.monthly`. */
export interface MonthlyRuleOptions extends BackupRuleOptions, MonthlyScheduleOptions {}

/** Options of `BackupRule.yearly`. */
export interface YearlyRuleOptions extends BackupRuleOptions, YearlyScheduleOptions {}
