import { Token } from 'aws-cdk-lib';
import {
  CRON_FIELDS,
  type Cron,
  type CronFieldName,
  type FieldReading,
  fieldLabel,
  monthName,
  readField,
} from './cron-field';
import { daysOfMonth, neverRuns } from './cron-runs';
import { suggestCron } from './cron-suggestion';
import type { Problem } from './problem';
import { show } from './show';

/** The six fields as they are written. */
export type CronTexts = Readonly<Record<CronFieldName, string>>;

export interface CronReading {
  /** The meaning; undefined if there are errors, or if the expression is an unresolved token. */
  readonly cron?: Cron;
  readonly problems: readonly Problem[];
}

const SYNTAX = 'cron(minute hour day-of-month month day-of-week year)';

/**
 * What AWS Backup accepts as schedule: `cron(minute hour day-of-month month day-of-week year)`, at most once an
 * hour. An unresolved token has no problems.
 *
 * @param property how messages call the expression
 */
export function cronProblems(expression: string, property = 'schedule'): Problem[] {
  return [...readCron(expression, property).problems];
}

/** Reads an expression with its meaning. Never throws, whatever it gets. */
export function readCron(expression: unknown, property = 'schedule'): CronReading {
  if (typeof expression !== 'string') {
    return {
      problems: [syntax(property, `got ${show(expression)}`, 'write for example `cron(0 5 ? * * *)`')],
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
      problems: [syntax(property, count, suggestion(expression, 'write for example `cron(0 5 ? * * *)`'))],
    };
  }
  if (/^\s|\s$/.test(inside)) {
    return {
      problems: [syntax(property, `${got} with spaces at the ends`, `write \`cron(${words.join(' ')})\``)],
    };
  }
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = words;
  return readCronTexts({ minute, hour, dayOfMonth, month, dayOfWeek, year }, property);
}

/**
 * Reads the six fields.
 *
 * @param options how messages call each field, if it is a property of its own
 */
export function readCronTexts(
  texts: CronTexts,
  property = 'schedule',
  options?: Readonly<Record<CronFieldName, string>>,
): CronReading {
  const problems: Problem[] = [];
  const expression = formatCron(texts);
  const read = (field: CronFieldName): FieldReading & { name: string; at: string } => {
    const name = options ? `\`${options[field]}\`` : `the ${fieldLabel(field)} field of \`${property}\``;
    const reading = Token.isUnresolved(texts[field]) ? { remarks: [] } : readField(field, texts[field]);
    const at = options?.[field] ?? property;
    if (reading.fault) {
      problems.push({
        id: 'Backup-ScheduleExpression',
        severity: 'error',
        property: at,
        message: `${name} must ${reading.fault.must}, got ${show(reading.fault.got)}`,
        fix: reading.fault.fix,
      });
    }
    for (const { id, text, fix } of reading.remarks) {
      problems.push({ id, severity: 'warning', property: at, message: `${name} ${text}`, fix });
    }
    return { ...reading, name, at };
  };

  const minute = read('minute');
  read('hour');
  const dayOfMonth = read('dayOfMonth');
  read('month');
  read('dayOfWeek');
  read('year');

  if (minute.values && minute.values.length > 1) {
    const first = minute.values[0];
    problems.push({
      id: 'Backup-ScheduleTooOften',
      severity: 'error',
      property: minute.at,
      message: `${minute.name} must mean a single minute, since AWS Backup runs a rule at most once an hour, got ${show(texts.minute)}, which means ${minute.values.length} minutes`,
      fix: `write one of them, for example \`${first}\``,
    });
  }
  const unresolved = CRON_FIELDS.filter((field) => Token.isUnresolved(texts[field]));
  const daysKnown = !unresolved.includes('dayOfMonth') && !unresolved.includes('dayOfWeek');
  if (daysKnown && (texts.dayOfMonth === '?') === (texts.dayOfWeek === '?')) {
    problems.push({
      id: 'Backup-ScheduleExpression',
      severity: 'error',
      property,
      message: `exactly one of the ${dayFields(options)} must be \`?\`, got ${show(texts.dayOfMonth)} and ${show(texts.dayOfWeek)}`,
      fix: options
        ? 'leave out one of them, and write a second rule for its days'
        : suggestion(expression, 'put `?` into one of them, and write a second rule for its days'),
    });
  }

  if (unresolved.length > 0 || problems.some(({ severity }) => severity === 'error')) return { problems };
  const cron = meaningOf(texts);
  if (cron) {
    const skipped = skippedMonths(cron);
    if (skipped.length > 0) {
      problems.push({
        id: 'Backup-ScheduleSkipsMonths',
        severity: 'warning',
        property: dayOfMonth.at,
        message: `${dayOfMonth.name} should be a day that every month has, got ${show(texts.dayOfMonth)}, which means no run in ${skipped.join(', ')}`,
        fix: `for the last day of the month write \`L\`${options ? ' (`BackupSchedule.monthlyOnLastDay()`)' : ''}`,
      });
    }
    return { cron, problems };
  }
  const day = texts[dayOfMonth.any ? 'dayOfWeek' : 'dayOfMonth'];
  problems.push({
    id: 'Backup-ScheduleNeverRuns',
    severity: 'error',
    property,
    message: `\`${property}\` must mean at least one date, got ${show(expression)}, but there is no day ${show(day)} in month ${show(texts.month)} of year ${show(texts.year)}`,
    fix: 'for the last day of a month write `L` as day-of-month',
  });
  return { problems };
}

/** The meaning of six fields; undefined if AWS would refuse them or they mean no date at all. */
function meaningOf(texts: CronTexts): Cron | undefined {
  const minutes = readField('minute', texts.minute).values ?? [];
  const hours = readField('hour', texts.hour).values;
  const dayOfMonth = readField('dayOfMonth', texts.dayOfMonth);
  const months = readField('month', texts.month).values;
  const dayOfWeek = readField('dayOfWeek', texts.dayOfWeek);
  const years = readField('year', texts.year).values;
  const days = dayOfWeek.any ? dayOfMonth.days : dayOfMonth.any ? dayOfWeek.days : undefined;
  if (minutes.length !== 1 || !hours || !days || !months || !years) return undefined;
  const cron = { minute: minutes[0], hours, months, days, years };
  return neverRuns(cron) ? undefined : cron;
}

/** The months that an expression names, but that lack its days in some or all years. */
function skippedMonths({ days, months, years }: Cron): string[] {
  if (days.kind !== 'days' && days.kind !== 'nearestWorkingDay') return [];
  const earliest = days.kind === 'days' ? days.days[0] : days.day;
  return months
    .filter((month) => years.some((year) => earliest > daysOfMonth({ kind: 'lastDay' }, year, month)[0]))
    .map((month) => monthName(month));
}

/** The expression that six fields make. */
export function formatCron(texts: CronTexts): string {
  return `cron(${CRON_FIELDS.map((field) => texts[field]).join(' ')})`;
}

function dayFields(options?: Readonly<Record<CronFieldName, string>>): string {
  return options
    ? `properties \`${options.dayOfMonth}\` and \`${options.dayOfWeek}\``
    : 'fields day-of-month and day-of-week';
}

function notCron(expression: string, property: string): Problem {
  const kind = /^\s*(rate|at)\s*\(/i.exec(expression);
  if (kind) {
    const name = kind[1].toLowerCase();
    return {
      id: 'Backup-ScheduleExpression',
      severity: 'error',
      property,
      message: `\`${property}\` must be \`${SYNTAX}\`, since AWS Backup does not take \`${name}()\`, got ${show(expression)}`,
      fix: suggestion(
        expression,
        name === 'rate'
          ? 'write the times as cron, for example `cron(0 0/6 ? * * *)` for every six hours'
          : 'write the date as cron, for example `cron(0 5 24 12 ? 2027)`',
      ),
    };
  }
  return syntax(
    property,
    `got ${show(expression)}`,
    suggestion(expression, 'write for example `cron(0 5 ? * * *)`'),
  );
}

function syntax(property: string, got: string, fix: string): Problem {
  return {
    id: 'Backup-ScheduleExpression',
    severity: 'error',
    property,
    message: `\`${property}\` must be \`${SYNTAX}\`, ${got}`,
    fix,
  };
}

/** The expression that was probably meant, if one can be told and AWS would take it. */
function suggestion(expression: string, otherwise: string): string {
  const candidate = suggestCron(expression);
  if (candidate === undefined) return otherwise;
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = candidate.expression.slice(5, -1).split(' ');
  if (!meaningOf({ minute, hour, dayOfMonth, month, dayOfWeek, year })) return otherwise;
  return `${candidate.reason}write \`${candidate.expression}\``;
}
