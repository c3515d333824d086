import { Token } from 'aws-cdk-lib';
import { show } from '../core/amounts';
import type { Label, Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { FindingId } from '../findings/registry';
import { readField } from './cron-field';
import {
  CRON_FIELDS,
  type Cron,
  type CronFieldName,
  type FieldReading,
  fieldLabel,
  monthName,
} from './cron-field-spec';
import { daysIn, neverRuns } from './cron-runs';
import { suggestCron } from './cron-suggestion';

/** The six fields as written. */
export type CronTexts = Readonly<Record<CronFieldName, string>>;

export interface CronReading {
  /** The parsed expression; undefined if there are errors, or if the expression is an unresolved token. */
  readonly cron?: Cron;
  readonly problems: readonly Problem[];
}

const EXAMPLE = 'for example, write `cron(0 5 ? * * *)`';
const SYNTAX = 'cron(minute hour day-of-month month day-of-week year)';

/**
 * The schedules that AWS Backup accepts: `cron(minute hour day-of-month month day-of-week year)`, at most once an
 * hour. An unresolved token has no problems.
 *
 * @param property the name of the expression in messages
 */
export function cronProblems(expression: string, property = 'schedule'): Problem[] {
  return [...readCron(expression, property).problems];
}

/** Parses an expression. Never throws, whatever the input. */
export function readCron(expression: unknown, property = 'schedule'): CronReading {
  if (typeof expression !== 'string') {
    return {
      problems: [syntax(property, `got ${show(expression)}`, EXAMPLE)],
    };
  }
  if (Token.isUnresolved(expression)) return { problems: [] };
  const got = `got ${show(expression)}`;
  if (!expression.startsWith('cron(') || !expression.endsWith(')')) {
    return { problems: [notCron(expression, property)] };
  }
  const inside = expression.slice('cron('.length, -1);
  const words = inside.split(/[ \t]+/).filter((word) => word !== '');
  if (words.length !== CRON_FIELDS.length) {
    const count = `${got} with ${words.length} field${words.length === 1 ? '' : 's'}`;
    return {
      problems: [syntax(property, count, suggestion(expression, EXAMPLE))],
    };
  }
  if (/^\s|\s$/.test(inside)) {
    return {
      problems: [
        syntax(property, `${got} with leading or trailing spaces`, `write \`cron(${words.join(' ')})\``),
      ],
    };
  }
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = words;
  return readCronTexts({ minute, hour, dayOfMonth, month, dayOfWeek, year }, property);
}

/**
 * Parses the six fields. An unresolved token has no problems, but leaves the expression unparsed.
 *
 * @param options the names of the fields in messages, if they are properties of their own
 */
export function readCronTexts(
  texts: CronTexts,
  property = 'schedule',
  options?: Readonly<Record<CronFieldName, string>>,
): CronReading {
  const problems: Problem[] = [];
  const readings = readFields(texts);
  const nameOf = (field: CronFieldName, label: Label) =>
    options ? label(options[field]) : `the ${fieldLabel(field)} field of ${label(property)}`;
  const add = (id: FindingId, field: CronFieldName, text: string, fix?: string) => {
    const message = (label: Label) => `${nameOf(field, label)} ${text}`;
    problems.push(problem({ id, property: options?.[field] ?? property, message, fix }));
  };

  for (const field of CRON_FIELDS) {
    const { fault, remarks, values = [] } = readings[field];
    if (fault) {
      add('Backup-ScheduleExpression', field, `must ${fault.must}, got ${show(fault.got)}`, fault.fix);
    }
    for (const { id, text, fix } of remarks) add(id, field, text, fix);
    if (field === 'minute' && values.length > 1) {
      const why = `since AWS Backup runs a rule at most once an hour, got ${show(texts.minute)}, which matches ${values.length} minutes`;
      const fix = `write one of them, for example \`${values[0]}\``;
      add('Backup-ScheduleTooOften', field, `must be a single minute, ${why}`, fix);
    }
  }
  const unresolved = CRON_FIELDS.filter((field) => Token.isUnresolved(texts[field]));
  if (!unresolved.includes('dayOfMonth') && !unresolved.includes('dayOfWeek')) {
    problems.push(...dayFieldProblems(texts, property, options));
  }
  if (unresolved.length > 0 || problems.some(({ severity }) => severity === 'error')) return { problems };

  const cron = meaningOf(readings);
  const dayField = readings.dayOfMonth.any ? 'dayOfWeek' : 'dayOfMonth';
  // rendered only where it is needed: most expressions have no problem
  const got = () => show(texts[dayField]);
  if (!cron) {
    const { month, year } = texts;
    const text = `must be a day that exists, got ${got()}, which never occurs in month ${show(month)} of year ${show(year)}`;
    const last = dayField === 'dayOfMonth' ? '`L`' : '`L` after it, as in `FRIL`';
    add('Backup-ScheduleNeverRuns', dayField, text, `to run on the last one of the month, write ${last}`);
    return { problems };
  }
  const skipped = skippedMonths(cron);
  if (skipped.length > 0) {
    const text = `should be a day that every month has, got ${got()}, which skips ${skipped.join(', ')}`;
    const last = options ? "`BackupSchedule.cron({ day: 'L' })`" : '`L`';
    add('Backup-ScheduleSkipsMonths', dayField, text, `to run on the last day of the month, write ${last}`);
  }
  return { cron, problems };
}

type FieldReadings = Readonly<Record<CronFieldName, FieldReading>>;

function readFields(texts: CronTexts): FieldReadings {
  const readings = {} as Record<CronFieldName, FieldReading>;
  for (const field of CRON_FIELDS) {
    readings[field] = Token.isUnresolved(texts[field]) ? { remarks: [] } : readField(field, texts[field]);
  }
  return readings;
}

/** What the fields mean together; undefined if AWS would reject them, or if they match no date. */
function meaningOf({ minute, hour, dayOfMonth, month, dayOfWeek, year }: FieldReadings): Cron | undefined {
  const days = dayOfWeek.any ? dayOfMonth.days : dayOfMonth.any ? dayOfWeek.days : undefined;
  if (minute.values?.length !== 1 || !hour.values || !days || !month.values || !year.values) return undefined;
  const cron = {
    minute: minute.values[0],
    hours: hour.values,
    months: month.values,
    days,
    years: year.values,
  };
  return neverRuns(cron) ? undefined : cron;
}

function dayFieldProblems(
  texts: CronTexts,
  property: string,
  options?: Readonly<Record<CronFieldName, string>>,
): Problem[] {
  const { dayOfMonth, dayOfWeek } = texts;
  if ((dayOfMonth === '?') !== (dayOfWeek === '?')) return [];
  const which = (label: Label) =>
    options
      ? `${label(options.dayOfMonth)} and ${label(options.dayOfWeek)}`
      : `the day-of-month and day-of-week fields of ${label(property)}`;
  const fix = options
    ? `leave out one of them${dayOfMonth === '?' ? '' : ', and add a second rule for its days'}`
    : suggestion(formatCron(texts), 'put `?` in one of them, and add a second rule for the other days');
  const message = (label: Label) =>
    `exactly one of ${which(label)} must be \`?\`, got ${show(dayOfMonth)} and ${show(dayOfWeek)}`;
  return [problem({ id: 'Backup-ScheduleExpression', property, message, fix })];
}

/** The months of an expression that lack its days in some or all years. */
function skippedMonths({ days, months, years }: Cron): string[] {
  if (days.kind !== 'days' && days.kind !== 'nearestWorkingDay') return [];
  const earliest = days.kind === 'days' ? days.days[0] : days.day;
  if (earliest <= 28) return [];
  return months
    .filter((month) => years.some((year) => earliest > daysIn(year, month)))
    .map((month) => `${monthName(month)}${month === 2 && earliest === 29 ? ' of most years' : ''}`);
}

/** Joins six fields into an expression. */
export function formatCron(texts: CronTexts): string {
  return `cron(${CRON_FIELDS.map((field) => texts[field]).join(' ')})`;
}

function notCron(expression: string, property: string): Problem {
  const kind = /^\s*(rate|at)\s*\(/i.exec(expression);
  if (kind) {
    const name = kind[1].toLowerCase();
    return problem({
      id: 'Backup-ScheduleExpression',
      property,
      message: (label) =>
        `${label(property)} must be \`${SYNTAX}\`, since AWS Backup does not accept \`${name}()\`, got ${show(expression)}`,
      fix: suggestion(
        expression,
        name === 'rate'
          ? 'write the times as cron, for example `cron(0 0/6 ? * * *)` for every six hours'
          : 'write the date as cron, for example `cron(0 5 24 12 ? 2027)`',
      ),
    });
  }
  return syntax(property, `got ${show(expression)}`, suggestion(expression, EXAMPLE));
}

function syntax(property: string, got: string, fix: string): Problem {
  return problem({
    id: 'Backup-ScheduleExpression',
    property,
    message: (label) => `${label(property)} must be \`${SYNTAX}\`, ${got}`,
    fix,
  });
}

/** The expression that was probably intended, if it can be guessed and AWS would accept it. */
function suggestion(expression: string, otherwise: string): string {
  const candidate = suggestCron(expression);
  if (candidate === undefined) return otherwise;
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = candidate.expression.slice(5, -1).split(' ');
  const readings = readFields({ minute, hour, dayOfMonth, month, dayOfWeek, year });
  if (!meaningOf(readings)) return otherwise;
  return `${candidate.reason}write \`${candidate.expression}\``;
}
