/**
 * AWS's cron dialect: its six fields, what each may contain, and what they mean together.
 *
 * The AWS Backup guide refers to the dialect of the EventBridge user guide (2026-11-21):
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 * docs/cron.md lists the assumptions where that page is silent.
 */

/** The six fields in order. */
export const CRON_FIELDS = ['minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek', 'year'] as const;

export type CronFieldName = (typeof CRON_FIELDS)[number];

/** Which days of a month match. Days of the week are numbered as AWS does: 1 = Sunday to 7 = Saturday. */
export type DayRule =
  | { readonly kind: 'days'; readonly days: readonly number[] }
  | { readonly kind: 'lastDay' }
  | { readonly kind: 'lastWorkingDay' }
  | { readonly kind: 'nearestWorkingDay'; readonly day: number }
  | { readonly kind: 'weekDays'; readonly weekDays: readonly number[] }
  | { readonly kind: 'lastWeekDay'; readonly weekDay: number }
  | { readonly kind: 'nthWeekDay'; readonly weekDay: number; readonly nth: number };

/** A parsed expression. All lists are in ascending order. */
export interface Cron {
  /** A single minute: AWS Backup runs a rule at most once an hour. */
  readonly minute: number;
  readonly hours: readonly number[];
  /** 1 to 12 */
  readonly months: readonly number[];
  readonly days: DayRule;
  readonly years: readonly number[];
}

/** Valid, but probably not intended, or no longer documented by AWS. */
export interface FieldRemark {
  readonly id: 'Backup-ScheduleStepWithoutEffect' | 'Backup-ScheduleUndocumentedSyntax';
  /** Continues a sentence that starts with the name of the field. */
  readonly text: string;
  readonly fix: string;
}

/** What is wrong with a field. The two parts continue a sentence that starts with its name. */
export interface FieldFault {
  readonly must: string;
  readonly got: string;
  readonly fix?: string;
}

/** A parsed field: numbers, days that depend on the calendar (`L`, `W`, `#`), or `?`. */
export interface FieldReading {
  readonly any?: boolean;
  /** Ascending, without duplicates. */
  readonly values?: readonly number[];
  readonly days?: DayRule;
  readonly remarks: readonly FieldRemark[];
  readonly fault?: FieldFault;
}

export interface FieldSpec {
  /** The name on AWS's page. */
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values, starting with `min`. */
  readonly names: readonly string[];
  /** Describes what the field accepts. */
  readonly allowed: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEK_DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export const FIELD_SPECS: Readonly<Record<CronFieldName, FieldSpec>> = {
  // several minutes are valid cron, but not for AWS Backup
  minute: { label: 'minute', min: 0, max: 59, names: [], allowed: '0 to 59' },
  hour: {
    label: 'hour',
    min: 0,
    max: 23,
    names: [],
    allowed: '0 to 23, `*`, a range (`8-18`), a step (`0/6`) or a list (`6,18`)',
  },
  dayOfMonth: {
    label: 'day-of-month',
    min: 1,
    max: 31,
    names: [],
    allowed:
      '1 to 31, `*`, `?`, a range (`1-7`), a step (`1/10`), a list (`1,15`), `L` (last day), `LW` (last working day) or `15W` (working day nearest to the 15th)',
  },
  month: {
    label: 'month',
    min: 1,
    max: 12,
    names: MONTHS,
    allowed: '1 to 12 or JAN to DEC, `*`, a range (`JAN-MAR`), a step (`1/3`) or a list (`JAN,JUL`)',
  },
  dayOfWeek: {
    label: 'day-of-week',
    min: 1,
    max: 7,
    names: WEEK_DAYS,
    allowed:
      '1 to 7 (1 = Sunday) or SUN to SAT, `*`, `?`, a range (`MON-FRI`), a list (`MON,THU`), `L` (Saturday), `FRIL` (last Friday of the month) or `FRI#2` (second Friday)',
  },
  year: {
    label: 'year',
    min: 1970,
    max: 2199,
    names: [],
    allowed: '1970 to 2199, `*`, a range (`2027-2030`), a step (`2027/2`) or a list (`2027,2029`)',
  },
};

/** The name of the field on AWS's page, such as `day-of-week`. */
export function fieldLabel(field: CronFieldName): string {
  return FIELD_SPECS[field].label;
}

/** The name of a month (1 to 12), such as `FEB`. */
export function monthName(month: number): string {
  return MONTHS[month - 1];
}
