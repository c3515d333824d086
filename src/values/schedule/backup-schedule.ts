import type { TimeZone } from 'aws-cdk-lib';
import type { Schedule } from 'aws-cdk-lib/aws-events';
import { show } from '../core/amounts';
import { type Problem, refuse, throwErrors } from '../core/problem';
import type {
  CronScheduleOptions,
  DailyScheduleOptions,
  EveryHoursScheduleOptions,
  HourlyScheduleOptions,
  MonthlyScheduleOptions,
  WeeklyScheduleOptions,
  YearlyScheduleOptions,
} from './backup-schedule-options';
import { readCron } from './cron';
import type { Cron } from './cron-field-spec';
import { daysOfMonth, minimumGapMinutes, occurrences } from './cron-runs';
import { readTimeZone, ScheduleInput, type ScheduleParts } from './schedule-input';
import type { WallClock } from './wall-clock';

export type {
  CronScheduleOptions,
  DailyScheduleOptions,
  EveryHoursScheduleOptions,
  HourlyScheduleOptions,
  MonthlyScheduleOptions,
  WeeklyScheduleOptions,
  YearlyScheduleOptions,
} from './backup-schedule-options';

/**
 * When a rule runs: a cron expression in AWS's dialect and a time zone.
 *
 * Every factory rejects what AWS Backup would reject. Unresolved tokens are not validated.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export class BackupSchedule {
  /**
   * Every hour, the highest frequency that AWS Backup offers.
   */
  public static hourly(options: HourlyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.hourly', options, 'HourlyScheduleOptions');
    return BackupSchedule.make(input.readLater({ minute: input.whole('minute', 0, 59, 0), hour: '*' }));
  }

  /**
   * Every given number of hours, at the same times every day.
   *
   * The interval restarts every midnight, so only intervals that divide a day evenly are accepted.
   *
   * @param hours 1, 2, 3, 4, 6, 8, 12 or 24
   */
  public static everyHours(hours: number, options: EveryHoursScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.everyHours', options, 'EveryHoursScheduleOptions');
    const minute = input.whole('minute', 0, 59, 0);
    return BackupSchedule.make(input.readLater({ minute, hour: input.hoursEvery(hours) }));
  }

  /**
   * Once a day.
   */
  public static daily(options: DailyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.daily', options, 'DailyScheduleOptions');
    return BackupSchedule.make(input.readLater(input.time()));
  }

  /**
   * Once a day on some days of the week.
   */
  public static weekly(options: WeeklyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.weekly', options, 'WeeklyScheduleOptions');
    return BackupSchedule.make(input.readLater({ ...input.time(), dayOfWeek: input.weekDays() }));
  }

  /**
   * Once a month, on a fixed day of the month.
   */
  public static monthly(options: MonthlyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.monthly', options, 'MonthlyScheduleOptions');
    const dayOfMonth = input.whole(
      'day',
      1,
      31,
      1,
      'use `BackupSchedule.monthlyOnLastDay()` for the last day',
    );
    return BackupSchedule.make(input.readLater({ ...input.time(), dayOfMonth, dayOfWeek: '?' }));
  }

  /**
   * Once a month, on its last day.
   */
  public static monthlyOnLastDay(options: DailyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.monthlyOnLastDay', options, 'DailyScheduleOptions');
    return BackupSchedule.make(input.readLater({ ...input.time(), dayOfMonth: 'L', dayOfWeek: '?' }));
  }

  /**
   * Once a year.
   */
  public static yearly(options: YearlyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.yearly', options, 'YearlyScheduleOptions');
    const month = input.whole('month', 1, 12, 1);
    // a leap year, when February is longest
    const [days = 31] = daysOfMonth({ kind: 'lastDay' }, 2024, Number(month) || 1);
    const dayOfMonth = input.whole(
      'day',
      1,
      days,
      1,
      days < 31 ? `use at most ${days} in month ${month}` : undefined,
    );
    return BackupSchedule.make(input.readLater({ ...input.time(), dayOfMonth, month, dayOfWeek: '?' }));
  }

  /**
   * From the individual fields of AWS's cron dialect; `?` is filled in where needed.
   */
  public static cron(options: CronScheduleOptions): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.cron', options, 'CronScheduleOptions');
    const day = input.text('day');
    const weekDay = input.text('weekDay');
    return BackupSchedule.make(
      input.read({
        minute: input.text('minute'),
        hour: input.text('hour'),
        dayOfMonth: day ?? (weekDay === undefined || weekDay === '?' ? '*' : '?'),
        month: input.text('month'),
        dayOfWeek: weekDay ?? (day === '?' ? '*' : '?'),
        year: input.text('year'),
      }),
    );
  }

  /**
   * From a full expression: `cron(minute hour day-of-month month day-of-week year)`.
   *
   * @param expression in AWS's dialect, which differs from Unix cron; AWS Backup accepts neither `rate()` nor `at()`
   * @param timeZone the time zone of the schedule; UTC by default
   */
  public static expression(expression: string, timeZone?: TimeZone): BackupSchedule {
    const { cron, problems } = readCron(expression, 'expression');
    return BackupSchedule.make({
      cron: () => cron,
      problems,
      expression,
      timeZone,
      subject: 'BackupSchedule.expression',
    });
  }

  /**
   * From the schedule of an EventBridge rule, which aws-cdk-lib's `BackupPlanRule` uses.
   *
   * @param schedule from `Schedule.cron()`, or from `Schedule.expression()` with a cron expression
   * @param timeZone the time zone of the schedule; UTC by default
   */
  public static fromSchedule(schedule: Schedule, timeZone?: TimeZone): BackupSchedule {
    const expression = (schedule as Schedule | undefined)?.expressionString as string;
    const { cron, problems } = readCron(expression, 'schedule');
    return BackupSchedule.make({
      cron: () => cron,
      problems,
      expression,
      timeZone,
      subject: 'BackupSchedule.fromSchedule',
    });
  }

  private static make(parts: ScheduleParts): BackupSchedule {
    const zone = readTimeZone(parts.timeZone);
    throwErrors([...parts.problems, ...zone.problems], parts.subject);
    return new BackupSchedule(parts, zone.clock);
  }

  /**
   * The expression in AWS's dialect, for example `cron(0 5 ? * * *)`.
   */
  public readonly expressionString: string;

  /**
   * The time zone of the schedule; UTC if undefined.
   */
  public readonly timeZone?: TimeZone;

  /**
   * The parsed expression; undefined if it contains a token.
   *
   * @internal
   */
  public get _cron(): Cron | undefined {
    return this.readCron();
  }

  /**
   * Warnings about what is valid, but probably not intended.
   *
   * @internal
   */
  public readonly _warnings: readonly Problem[];

  private readonly readCron: () => Cron | undefined;
  private readonly clock?: WallClock;

  /** @param clock undefined if the time zone is a token */
  private constructor(parts: ScheduleParts, clock: WallClock | undefined) {
    this.expressionString = parts.expression;
    this.timeZone = parts.timeZone;
    this.readCron = parts.cron;
    this._warnings = parts.problems;
    this.clock = clock;
  }

  /**
   * The next runs, in ascending order; fewer than `count` if the schedule ends.
   *
   * A run at a local time that is skipped when clocks move forward is left out. A run at a local time that occurs
   * twice is listed once, the first time.
   *
   * @param after runs at exactly this instant are not included
   * @param count the maximum number of runs, 0 or more
   */
  public nextRuns(after: Date, count: number): Date[] {
    if (!isDate(after)) {
      throw refuse(
        'Backup-ScheduleInput',
        'after',
        (label) => `${label('after')} must be a valid date, got ${show(after)}`,
      );
    }
    if (!Number.isInteger(count) || count < 0) {
      throw refuse(
        'Backup-ScheduleInput',
        'count',
        (label) => `${label('count')} must be a whole number of 0 or more, got ${show(count)}`,
      );
    }
    const runs = this._runsFrom(after);
    if (!runs) {
      throw refuse(
        'Backup-ScheduleInput',
        'schedule',
        'the runs of a schedule with an unresolved token are known only at deployment',
        'pass the expression and the time zone as literals',
      );
    }
    const dates: Date[] = [];
    if (count === 0) return dates;
    for (const run of runs) if (dates.push(run) === count) break;
    return dates;
  }

  /**
   * The expression and the time zone, for example `cron(0 5 ? * * *) in Asia/Seoul`.
   */
  public toString(): string {
    return `${this.expressionString} in ${this.timeZone?.timezoneName ?? 'UTC'}`;
  }

  /**
   * All runs strictly after an instant, computed lazily; undefined if the schedule contains a token.
   *
   * @internal
   */
  public _runsFrom(after: Date): Iterable<Date> | undefined {
    const { _cron: cron, clock } = this;
    return cron && clock ? { [Symbol.iterator]: () => occurrences(cron, clock, after) } : undefined;
  }

  /**
   * The shortest local time between two consecutive runs, in minutes; Infinity if there is at most one run,
   * undefined if the expression is a token.
   *
   * @internal
   */
  public _minimumGapMinutes(): number | undefined {
    return this._cron && minimumGapMinutes(this._cron);
  }

  /**
   * Whether runs are always 28 days or more apart, which AWS calls monthly or less often; undefined if the
   * expression is a token.
   *
   * @internal
   */
  public _isMonthlyOrRarer(): boolean | undefined {
    const gap = this._minimumGapMinutes();
    return gap === undefined ? undefined : gap >= 28 * 24 * 60;
  }
}

function isDate(value: unknown): boolean {
  return (
    Object.prototype.toString.call(value) === '[object Date]' && !Number.isNaN((value as Date).getTime())
  );
}
