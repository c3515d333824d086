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
import type { WallClock } from './zoned-time';

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
 * When a rule runs: a cron expression in AWS's dialect and a time zone, validated as AWS Backup does.
 *
 * Every factory refuses what AWS would refuse. What is an unresolved token is not validated.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export class BackupSchedule {
  /**
   * Every hour, which is the most that AWS Backup offers.
   */
  public static hourly(options: HourlyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.hourly', options);
    return BackupSchedule.make(input.readLater({ minute: input.whole('minute', 0, 59, 0), hour: '*' }));
  }

  /**
   * Every so many hours, at the same times every day.
   *
   * AWS Backup begins anew every midnight, so only intervals that divide a day are regular.
   *
   * @param hours 1, 2, 3, 4, 6, 8, 12 or 24
   */
  public static everyHours(hours: number, options: EveryHoursScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.everyHours', options);
    const minute = input.whole('minute', 0, 59, 0);
    return BackupSchedule.make(input.readLater({ minute, hour: input.hoursEvery(hours) }));
  }

  /**
   * Once a day.
   */
  public static daily(options: DailyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.daily', options);
    return BackupSchedule.make(input.readLater(input.time()));
  }

  /**
   * On some days of the week, once a day.
   */
  public static weekly(options: WeeklyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.weekly', options);
    return BackupSchedule.make(input.readLater({ ...input.time(), dayOfWeek: input.weekDays() }));
  }

  /**
   * Once a month, on a day counted from the beginning of the month.
   */
  public static monthly(options: MonthlyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.monthly', options);
    const dayOfMonth = input.whole(
      'day',
      1,
      31,
      1,
      'for the last day use `BackupSchedule.monthlyOnLastDay()`',
    );
    return BackupSchedule.make(input.readLater({ ...input.time(), dayOfMonth, dayOfWeek: '?' }));
  }

  /**
   * Once a month, on its last day.
   */
  public static monthlyOnLastDay(options: DailyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.monthlyOnLastDay', options);
    return BackupSchedule.make(input.readLater({ ...input.time(), dayOfMonth: 'L', dayOfWeek: '?' }));
  }

  /**
   * Once a year.
   */
  public static yearly(options: YearlyScheduleOptions = {}): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.yearly', options);
    const month = input.whole('month', 1, 12, 1);
    // a leap year, in which February has the most days
    const [days = 31] = daysOfMonth({ kind: 'lastDay' }, 2024, Number(month) || 1);
    const dayOfMonth = input.whole(
      'day',
      1,
      days,
      1,
      days < 31 ? `month ${month} ends with day ${days}` : undefined,
    );
    return BackupSchedule.make(input.readLater({ ...input.time(), dayOfMonth, month, dayOfWeek: '?' }));
  }

  /**
   * The fields of AWS's cron dialect one by one; `?` is filled in where it belongs.
   */
  public static cron(options: CronScheduleOptions): BackupSchedule {
    const input = new ScheduleInput('BackupSchedule.cron', options);
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
   * A whole expression: `cron(minute hour day-of-month month day-of-week year)`.
   *
   * @param expression in AWS's dialect, which is not that of Unix; AWS Backup takes neither `rate()` nor `at()`
   * @param timeZone the time zone that the schedule is read in, UTC when left out
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
   * The schedule of an EventBridge rule, which aws-cdk-lib's `BackupPlanRule` takes.
   *
   * @param schedule from `Schedule.cron()`, or from `Schedule.expression()` with a cron expression
   * @param timeZone the time zone that the schedule is read in, UTC when left out
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
   * The expression as AWS Backup takes it, for example `cron(0 5 ? * * *)`.
   */
  public readonly expressionString: string;

  /**
   * The time zone that the expression is read in; UTC when undefined.
   */
  public readonly timeZone?: TimeZone;

  /**
   * What the expression means; undefined when it holds a token.
   *
   * @internal
   */
  public get _cron(): Cron | undefined {
    return this.readCron();
  }

  /**
   * Warnings: what is legal, but probably not meant.
   *
   * @internal
   */
  public readonly _warnings: readonly Problem[];

  private readonly readCron: () => Cron | undefined;
  private readonly clock?: WallClock;

  /** @param clock undefined when the time zone is a token */
  private constructor(parts: ScheduleParts, clock: WallClock | undefined) {
    this.expressionString = parts.expression;
    this.timeZone = parts.timeZone;
    this.readCron = parts.cron;
    this._warnings = parts.problems;
    this.clock = clock;
  }

  /**
   * The next runs, in ascending order; fewer than asked for if the schedule ends.
   *
   * A run at a local time that the clock is put forward over is skipped, one at a time that comes twice runs once,
   * the first time.
   *
   * @param after runs at this very instant are not included
   * @param count how many at most, a whole number from 0
   */
  public nextRuns(after: Date, count: number): Date[] {
    if (!isDate(after)) {
      throw refuse('Backup-ScheduleInput', 'after', `\`after\` must be a valid date, got ${show(after)}`);
    }
    if (!Number.isInteger(count) || count < 0) {
      throw refuse(
        'Backup-ScheduleInput',
        'count',
        `\`count\` must be a whole number from 0, got ${show(count)}`,
      );
    }
    const runs = this._runsFrom(after);
    if (!runs) {
      throw refuse(
        'Backup-ScheduleInput',
        'schedule',
        'the runs of a schedule with an unresolved token are known at deploy time only',
        'give the expression and the time zone as literals',
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
   * All runs strictly after an instant, computed one by one; undefined when a token hides them.
   *
   * @internal
   */
  public _runsFrom(after: Date): Iterable<Date> | undefined {
    const { _cron: cron, clock } = this;
    return cron && clock ? { [Symbol.iterator]: () => occurrences(cron, clock, after) } : undefined;
  }

  /**
   * The shortest time between two runs in a row in minutes, as the wall clock shows it; Infinity if there is at
   * most one run, undefined when a token hides it.
   *
   * @internal
   */
  public _minimumGapMinutes(): number | undefined {
    return this._cron && minimumGapMinutes(this._cron);
  }

  /**
   * Whether there are always 28 days or more between two runs, which is what AWS means by monthly or rarer;
   * undefined when a token hides it.
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
