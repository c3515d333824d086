import type { TimeZone } from 'aws-cdk-lib';
import type { WeekDay } from './week-day';

/**
 * Options of `BackupSchedule.hourly`.
 */
export interface HourlyScheduleOptions {
  /**
   * The minute of each hour, 0 to 59.
   *
   * @default 0
   */
  readonly minute?: number;

  /**
   * The time zone of the schedule.
   *
   * @default - UTC
   */
  readonly timeZone?: TimeZone;
}

/**
 * Options of `BackupSchedule.everyHours`.
 */
export interface EveryHoursScheduleOptions {
  /**
   * The hour of the first run of each day: 0 or more, and less than the interval.
   *
   * @default 0
   */
  readonly startHour?: number;

  /**
   * The minute of the hour, 0 to 59.
   *
   * @default 0
   */
  readonly minute?: number;

  /**
   * The time zone of the schedule.
   *
   * @default - UTC
   */
  readonly timeZone?: TimeZone;
}

/**
 * Options of `BackupSchedule.daily`, shared by the other schedules that run once a day.
 */
export interface DailyScheduleOptions {
  /**
   * The hour of the day, 0 to 23.
   *
   * @default 5
   */
  readonly hour?: number;

  /**
   * The minute of the hour, 0 to 59.
   *
   * @default 0
   */
  readonly minute?: number;

  /**
   * The time zone of the schedule.
   *
   * AWS Backup skips a run at a local time that doesn't exist because clocks move forward. In zones with daylight
   * saving time, avoid the hours from 00:00 to 03:59.
   *
   * @default - UTC
   */
  readonly timeZone?: TimeZone;
}

/**
 * Options of `BackupSchedule.weekly`.
 */
export interface WeeklyScheduleOptions extends DailyScheduleOptions {
  /**
   * The days of the week, at least one.
   *
   * @default - Saturday
   */
  readonly weekDays?: WeekDay[];
}

/**
 * Options of `BackupSchedule.monthly`.
 */
export interface MonthlyScheduleOptions extends DailyScheduleOptions {
  /**
   * The day of the month, 1 to 31. Months without that day have no run; for the last day of every month, use
   * `BackupSchedule.monthlyOnLastDay`.
   *
   * @default 1
   */
  readonly day?: number;
}

/**
 * Options of `BackupSchedule.yearly`.
 */
export interface YearlyScheduleOptions extends DailyScheduleOptions {
  /**
   * The month, 1 to 12.
   *
   * @default 1
   */
  readonly month?: number;

  /**
   * The day of the month, 1 to 31. 29 February runs only in leap years.
   *
   * @default 1
   */
  readonly day?: number;
}

/**
 * Options of `BackupSchedule.cron`: the fields of AWS's cron dialect.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 */
export interface CronScheduleOptions {
  /**
   * The minute. It must be a single one, because AWS Backup runs a rule at most once an hour.
   *
   * @default '0'
   */
  readonly minute?: string;

  /**
   * The hours, for example `6,18` or `0/4`; `*` for every hour.
   *
   * @default '5'
   */
  readonly hour?: string;

  /**
   * The days of the month, for example `1,15`, `L` (last day), `LW` (last working day) or `15W` (working day
   * nearest to the 15th).
   *
   * @default - every day, or `?` if `weekDay` is set
   */
  readonly day?: string;

  /**
   * The months, for example `JAN,JUL` or `1/3`.
   *
   * @default '*'
   */
  readonly month?: string;

  /**
   * The days of the week, 1 (Sunday) to 7 or names, for example `MON-FRI`, `FRIL` (last Friday of the month) or
   * `FRI#2` (second Friday).
   *
   * @default - `?`
   */
  readonly weekDay?: string;

  /**
   * The years, 1970 to 2199.
   *
   * @default '*'
   */
  readonly year?: string;

  /**
   * The time zone of the schedule.
   *
   * @default - UTC
   */
  readonly timeZone?: TimeZone;
}
