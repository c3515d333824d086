import { show } from '../../values/core/amounts';
import type { Problem, Sentence } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { cronProblems } from '../../values/schedule/cron';
import { readField } from '../../values/schedule/cron-field';
import {
  CRON_FIELDS,
  type Cron,
  type CronFieldName,
  type DayRule,
  fieldLabel,
} from '../../values/schedule/cron-field-spec';
import { minimumGapMinutes, neverRuns, occurrences } from '../../values/schedule/cron-runs';

const ID = 'Backup-PolicySchedule';
const HOUR = 60;
const MONTH = 28 * 24 * HOUR;

/** How AWS Organizations interprets a schedule: one expression per minute, because it accepts several minutes. */
interface Meaning {
  /** Undefined for an expression that AWS Organizations accepts and AWS doesn't document. */
  readonly crons?: readonly Cron[];
  readonly problems: readonly Problem[];
}

/**
 * The law of `schedule_expression`, as AWS Organizations was observed to apply it in 2026-09: by the time between the next two
 * runs, in UTC. It accepts the Quartz syntax, which has more than AWS Backup documents; the rest is a warning.
 *
 * Without an instant, the law is strict: it refuses what AWS would refuse at any time.
 */
export class ScheduleLaw {
  private readonly meanings = new Map<string, Meaning>();

  /** @param at when AWS evaluates the schedule; undefined for any time */
  constructor(private readonly at?: Date) {}

  public problems(expression: string, property: string): Problem[] {
    const { crons, problems } = this.meaning(expression, property);
    if (!crons) return [...problems];
    const refused = (must: string, fix: string): Problem =>
      problem({
        id: ID,
        property,
        message: (label) => `${label(property)} must ${must}, got ${show(expression)}`,
        fix,
      });
    const gap = this.gap(crons);
    if (gap === undefined)
      return [
        ...problems,
        refused(
          this.at ? 'have at least two future runs' : 'mean at least two runs',
          'write a schedule that keeps running: AWS Organizations checks the next two runs',
        ),
      ];
    if (gap < HOUR)
      return [
        ...problems,
        refused('leave at least 60 minutes between runs', 'use a single minute, such as `0`'),
      ];
    return [...problems];
  }

  /**
   * Whether runs are at least 28 days apart, which the archive tier requires; undefined if unknown.
   */
  public isMonthlyOrRarer(expression: string): boolean | undefined {
    const { crons, problems } = this.meaning(expression, '');
    if (!crons) return problems.some(({ severity }) => severity === 'error') ? false : undefined;
    return (this.gap(crons) ?? 0) >= MONTH;
  }

  /** Minutes between the next two runs, or between any two without an instant; undefined if there are none. */
  private gap(crons: readonly Cron[]): number | undefined {
    const { at } = this;
    const runs = crons
      .flatMap((cron) => take(occurrences(cron, undefined, at ?? new Date(0)), 2))
      .sort((a, b) => a.getTime() - b.getTime());
    if (runs.length < 2) return undefined;
    if (at) return (runs[1].getTime() - runs[0].getTime()) / 60_000;
    return crons.length > 1 ? 0 : minimumGapMinutes(crons[0]);
  }

  private meaning(expression: string, property: string): Meaning {
    const known = this.meanings.get(expression);
    if (known) return named(known, property);
    const meaning = readMeaning(expression);
    this.meanings.set(expression, meaning);
    return named(meaning, property);
  }
}

/** The property name of cached problems, replaced with the actual path. */
const PLACE = 'schedule_expression';

function named({ crons, problems }: Meaning, property: string): Meaning {
  return {
    crons,
    problems: problems.map((problem) => problem.as({ names: () => property })),
  };
}

function readMeaning(expression: string): Meaning {
  const words = /^cron\((.*)\)$/.exec(expression)?.[1].trim().split(/\s+/) ?? [];
  if (words.length < 5) return { problems: documented(expression) };
  const [minute, hour, dayOfMonth, month, dayOfWeek, year = '*'] = words;
  const texts = { minute, hour, dayOfMonth, month, dayOfWeek, year };
  const { crons, fault } = readQuartz(texts);
  if (fault) return { problems: fault };
  const doubts = cronProblems(expression, PLACE)
    .filter(({ id, severity }) => severity === 'error' && id !== 'Backup-ScheduleTooOften')
    .map((one) => one.with({ id: 'Backup-PolicyScheduleUndocumented', message: undocumented(expression) }))
    .slice(0, 1);
  return { crons, problems: doubts };
}

/** The rules that AWS Backup documents refuse it too, with better messages. */
function documented(expression: string): Problem[] {
  const errors = cronProblems(expression, PLACE).filter(({ severity }) => severity === 'error');
  return errors.map((one) => one.with({ id: ID }));
}

function undocumented(expression: string): Sentence {
  return (label) =>
    `${label(PLACE)} should use the syntax that AWS Backup documents, got ${show(expression)}, which AWS Organizations accepts and AWS Backup does not document`;
}

function readQuartz(texts: Readonly<Record<CronFieldName, string>>): {
  crons?: Cron[];
  fault?: Problem[];
} {
  const fault: Problem[] = [];
  const refuse = (message: Sentence, fix?: string) =>
    fault.push(problem({ id: ID, property: PLACE, message, fix }));
  const values: Partial<Record<CronFieldName, readonly number[]>> = {};
  let days: DayRule | 'unknown' | undefined;
  for (const field of CRON_FIELDS) {
    const text = texts[field];
    const more = moreDays(field, text);
    if (more) {
      days = more;
      continue;
    }
    const reading = readField(field, text);
    const { fault: wrong } = reading;
    if (wrong)
      refuse(
        (label) =>
          `the ${fieldLabel(field)} field of ${label(PLACE)} must ${wrong.must}, got ${show(wrong.got)}`,
        wrong.fix,
      );
    else if (reading.days) {
      if (text !== '*' || days === undefined) days = reading.days;
    } else values[field] = reading.values;
  }
  if ((texts.dayOfMonth === '?') === (texts.dayOfWeek === '?'))
    refuse(
      (label) =>
        `exactly one of the day-of-month and day-of-week fields of ${label(PLACE)} must be \`?\`, got ${show(texts.dayOfMonth)} and ${show(texts.dayOfWeek)}`,
      'for example, write `cron(0 5 ? * * *)`',
    );
  if (fault.length > 0) return { fault };
  if (days === 'unknown' || days === undefined) return {};
  const { minute = [], hour = [], month = [], year = [] } = values;
  const crons = minute.map((m): Cron => ({ minute: m, hours: hour, months: month, days, years: year }));
  if (!neverRuns(crons[0])) return { crons };
  refuse(
    (label) =>
      `${label(PLACE)} must mean days that exist, got ${show(texts[texts.dayOfMonth === '?' ? 'dayOfWeek' : 'dayOfMonth'])} in month ${show(texts.month)} of year ${show(texts.year)}`,
  );
  return { fault };
}

/** Days that AWS Organizations was observed to accept, and that AWS Backup doesn't document. */
function moreDays(field: CronFieldName, text: string): DayRule | 'unknown' | undefined {
  if (field === 'dayOfMonth') {
    const beforeLast = /^L-(\d{1,2})W?$/i.exec(text);
    if (beforeLast) return Number(beforeLast[1]) <= 30 ? 'unknown' : undefined;
    if (!/^\d+(-\d+)?W?(,\d+(-\d+)?W?)*$/i.test(text) || !/[,-]/.test(text) || !/W/i.test(text))
      return undefined;
    const plain = readField(field, text.replace(/W/gi, '')).days;
    if (plain?.kind !== 'days') return undefined;
    // the `W` after a range has no effect; in a list it applies to the first day
    return /-/.test(text) ? plain : { kind: 'nearestWorkingDay', day: plain.days[0] };
  }
  if (field !== 'dayOfWeek' || !text.includes(',') || text.split('#').length !== 2) return undefined;
  const nth = /#([1-5])(?=,|$)/.exec(text);
  const plain = nth ? readField(field, text.replace(nth[0], '')).days : undefined;
  if (!nth || plain?.kind !== 'weekDays') return undefined;
  return { kind: 'nthWeekDay', weekDay: plain.weekDays[0], nth: Number(nth[1]) };
}

function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  for (const item of items) if (taken.push(item) === count) break;
  return taken;
}
