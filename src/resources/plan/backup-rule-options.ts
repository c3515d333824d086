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

/** What every rule can say. */
export interface CommonRuleOptions {
  /**
   * The name of the rule, 1 to 50 letters, digits, `-`, `_` and `.`, unique in the plan.
   *
   * @default - the name of the preset, such as `daily`
   */
  readonly name?: string;

  /** How long recovery points are kept. `Retention.forever()` where for ever is meant. */
  readonly retention: Retention;

  /**
   * How long after the scheduled time a job may start, at least 60 minutes. Jobs that could not start by then
   * expire.
   *
   * @default - 8 hours, AWS Backup's default
   */
  readonly startWindow?: Duration;

  /**
   * By when a job must be done, at least 60 minutes more than `startWindow`. Jobs that aren't done by then are
   * cancelled. Amazon FSx ignores it.
   *
   * @default - 7 days, AWS Backup's default
   */
  readonly completionWindow?: Duration;

  /**
   * The vault that recovery points go to, in the account and Region of the plan.
   *
   * @default - the vault of the plan
   */
  readonly vault?: IBackupVaultRef;

  /**
   * A logically air-gapped vault in the account and Region of the plan as the primary target. Recovery points of
   * types that it doesn't support go to `vault`, through which also those of types that AWS Backup doesn't fully
   * manage pass.
   *
   * @default - none
   */
  readonly airGappedVault?: ILogicallyAirGappedBackupVaultRef;

  /**
   * Where each recovery point is copied to.
   *
   * @default - no copies
   */
  readonly copies?: CopyAction[];

  /**
   * Tags of the recovery points, besides those of their source.
   *
   * @default - none
   */
  readonly recoveryPointTags?: { [key: string]: string };

  /**
   * Makes a backup index, so that the files or objects in the backups can be searched: `ResourceType.EBS` or
   * `ResourceType.S3`, one of them.
   *
   * @default - no index
   */
  readonly index?: ResourceType;

  /**
   * Scans new recovery points for malware with Amazon GuardDuty. The plan says with `scanSettings` which types
   * are scanned.
   *
   * @default - no scan
   */
  readonly scan?: ScanMode;
}

/** What rules of snapshots can say. */
export interface BackupRuleOptions extends CommonRuleOptions {
  /**
   * When recovery points move to cold storage, where their type can: whole days, at least 90 days before
   * `retention` ends.
   *
   * @default - they stay in warm storage
   */
  readonly coldStorageAfter?: Duration;

  /**
   * Moves EBS snapshots to the archive tier after `coldStorageAfter`. For rules that run once a month or more
   * rarely.
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
export interface ContinuousRuleOptions extends CommonRuleOptions {
  /**
   * When AWS Backup checks that the continuous backup is in order, and makes snapshots of what can't be backed up
   * continuously.
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
