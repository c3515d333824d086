import { type TimeZone, Token } from 'aws-cdk-lib';
import { show } from '../core/amounts';
import type { Label, Problem } from '../core/problem';
import { problem } from '../core/problem';
import { type StructName, unknownPropertyProblems } from '../core/unknown-properties';
import { type CronReading, type CronTexts, formatCron, readCronTexts } from './cron';
import type { Cron } from './cron-field-spec';
import { WallClock } from './wall-clock';
import { WeekDay } from './week-day';
import { timeZoneProblems } from './zoned-time';

/** The parts of a schedule. */
export interface ScheduleParts {
  /** The parsed expression; undefined if it contains a token. */
  readonly cron: () => Cron | undefined;
  /** Errors and warnings. */
  readonly problems: readonly Problem[];
  readonly expression: string;
  readonly timeZone?: TimeZone;
  /** The call that the problems belong to. */
  readonly subject: string;
}

/** The fields of a cron expression that are set. */
type PartialTexts = { readonly [K in keyof CronTexts]?: string | undefined };

/** The names of the cron fields in the options of the factories. */
const OPTIONS = {
  minute: 'minute',
  hour: 'hour',
  dayOfMonth: 'day',
  month: 'month',
  dayOfWeek: 'weekDay',
  year: 'year',
};

/** AWS Backup's own default: every day at 05:00. */
const DEFAULTS: CronTexts = {
  minute: '0',
  hour: '5',
  dayOfMonth: '?',
  month: '*',
  dayOfWeek: '*',
  year: '*',
};

/**
 * Turns the options of one call of a `BackupSchedule` factory into the fields of a cron expression. Collects all
 * problems; an invalid option counts as its default, so that each mistake is reported once.
 */
export class ScheduleInput {
  private readonly problems: Problem[] = [];
  private readonly options: Readonly<Record<string, unknown>>;

  /**
   * @param subject the call, for messages
   * @param struct the type of the options
   */
  constructor(
    private readonly subject: string,
    options: object,
    struct: StructName,
  ) {
    const usable = typeof options === 'object' && options !== null && !Array.isArray(options);
    this.options = usable ? (options as Record<string, unknown>) : {};
    if (!usable) this.fault('options', 'must be an object', options);
    this.problems.push(...unknownPropertyProblems(options, struct));
  }

  /** An option that is a whole number, as a string. */
  public whole(option: string, min: number, max: number, otherwise: number, fix?: string): string {
    const value = this.options[option] ?? otherwise;
    if (Token.isUnresolved(value)) return Token.asString(value);
    if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return String(value);
    this.fault(option, `must be a whole number from ${min} to ${max}`, value, fix);
    return String(otherwise);
  }

  /** Hour and minute. */
  public time(): Pick<CronTexts, 'hour' | 'minute'> {
    const fix = this.options.hour === 24 ? 'use 0 for midnight' : undefined;
    return { minute: this.whole('minute', 0, 59, 0), hour: this.whole('hour', 0, 23, 5, fix) };
  }

  /** The hour field of an interval that divides a day. */
  public hoursEvery(hours: number): string {
    if (Token.isUnresolved(hours)) return `${this.whole('startHour', 0, 22, 0)}/${Token.asString(hours)}`;
    if (![1, 2, 3, 4, 6, 8, 12, 24].includes(hours)) {
      this.fault(
        'hours',
        'must be 1, 2, 3, 4, 6, 8, 12 or 24, since the interval restarts every midnight',
        hours,
        'use one of these, or list the hours with `BackupSchedule.cron()`',
      );
      return DEFAULTS.hour;
    }
    const start = this.whole(
      'startHour',
      0,
      hours - 1,
      0,
      'start earlier, so that no run of the day is lost',
    );
    if (hours === 1) return '*';
    return hours === 24 ? start : `${start}/${hours}`;
  }

  /** The day-of-week field of a list of days. */
  public weekDays(): string {
    const value = this.options.weekDays ?? [WeekDay.SATURDAY];
    if (Token.isUnresolved(value)) return Token.asString(value);
    const known: readonly unknown[] = Object.values(WeekDay);
    const must = 'must be a list of at least one `WeekDay`';
    if (!Array.isArray(value) || value.length === 0) {
      const fix = known.includes(value) ? `write \`[${show(value).slice(1, -1)}]\`` : undefined;
      this.fault('weekDays', must, Array.isArray(value) ? 'none' : value, fix);
      return DEFAULTS.dayOfWeek;
    }
    const unknown = value.filter((day) => !Token.isUnresolved(day) && !known.includes(day));
    if (unknown.length > 0) {
      this.fault('weekDays', `${must}: ${known.join(', ')}`, unknown[0]);
      return DEFAULTS.dayOfWeek;
    }
    const order = (day: unknown) => known.indexOf(day);
    return [...new Set(value)].sort((a, b) => order(a) - order(b)).join(',');
  }

  /** An option that is a field of a cron expression. */
  public text(option: string): string | undefined {
    const value = this.options[option];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string' && /^\S+$/.test(value)) return value;
    const fix = typeof value === 'number' && !Token.isUnresolved(value) ? `write \`'${value}'\`` : undefined;
    this.fault(option, 'must be a string without spaces', value, fix);
    return undefined;
  }

  /** The parts of the schedule, with defaults for the fields that are not set. */
  public read(texts: PartialTexts): ScheduleParts {
    const all = withDefaults(texts);
    const { cron, problems } = readCronTexts(all, 'schedule', OPTIONS);
    return { ...this.parts(all), cron: () => cron, problems: [...this.problems, ...problems] };
  }

  /**
   * The same for fields built here from valid options, which are valid together. They are parsed on first use: apps
   * have thousands of plans, and most expressions are never needed in parsed form.
   */
  public readLater(texts: PartialTexts): ScheduleParts {
    if (this.problems.length > 0 || Number(texts.dayOfMonth) > 28) return this.read(texts);
    const all = withDefaults(texts);
    let reading: CronReading | undefined;
    const cron = () => {
      reading ??= readCronTexts(all, 'schedule', OPTIONS);
      return reading.cron;
    };
    return { ...this.parts(all), cron, problems: [] };
  }

  private parts(texts: CronTexts) {
    return {
      expression: formatCron(texts),
      timeZone: this.options.timeZone as TimeZone | undefined,
      subject: this.subject,
    };
  }

  private fault(property: string, must: string, got: unknown, fix?: string): void {
    const message = (label: Label) => `${label(property)} ${must}, got ${got === 'none' ? got : show(got)}`;
    this.problems.push(problem({ id: 'Backup-ScheduleInput', property, message, fix }));
  }
}

/** The clock of a time zone; undefined if its name is a token or invalid. */
export function readTimeZone(timeZone: unknown): {
  readonly clock?: WallClock;
  readonly problems: readonly Problem[];
} {
  if (timeZone === undefined || timeZone === null) return { clock: new WallClock(), problems: [] };
  const name: unknown = (timeZone as { readonly timezoneName?: unknown }).timezoneName;
  if (typeof name !== 'string') {
    const message = (label: Label) =>
      `${label('timeZone')} must be a \`TimeZone\` of aws-cdk-lib, got ${show(timeZone)}`;
    const fix =
      typeof timeZone === 'string'
        ? `write \`TimeZone.of('${timeZone.slice(0, 60)}')\``
        : 'write `TimeZone.of(name)`';
    const id = 'Backup-ScheduleTimeZone';
    return { problems: [problem({ id, property: 'timeZone', message, fix })] };
  }
  if (Token.isUnresolved(name)) return { problems: [] };
  const problems = timeZoneProblems(name);
  return problems.length > 0 ? { problems } : { clock: new WallClock(name), problems };
}

function withDefaults(texts: PartialTexts): CronTexts {
  return {
    minute: texts.minute ?? DEFAULTS.minute,
    hour: texts.hour ?? DEFAULTS.hour,
    dayOfMonth: texts.dayOfMonth ?? DEFAULTS.dayOfMonth,
    month: texts.month ?? DEFAULTS.month,
    dayOfWeek: texts.dayOfWeek ?? DEFAULTS.dayOfWeek,
    year: texts.year ?? DEFAULTS.year,
  };
}
