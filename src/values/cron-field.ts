/**
 * One field of AWS's cron dialect: what it may say, and what it means.
 *
 * The grammar is that of the EventBridge user guide, which AWS Backup's guide points at, as of 2026-11-21:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 * Where that page is silent, docs/cron.md says what is assumed.
 */

/** The six fields in their order. */
export const CRON_FIELDS = ['minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek', 'year'] as const;

export type CronFieldName = (typeof CRON_FIELDS)[number];

/** Which days of a month are meant. Week days are counted as AWS does: 1 = Sunday to 7 = Saturday. */
export type DayRule =
  | { readonly kind: 'days'; readonly days: readonly number[] }
  | { readonly kind: 'lastDay' }
  | { readonly kind: 'lastWorkingDay' }
  | { readonly kind: 'nearestWorkingDay'; readonly day: number }
  | { readonly kind: 'weekDays'; readonly weekDays: readonly number[] }
  | { readonly kind: 'lastWeekDay'; readonly weekDay: number }
  | { readonly kind: 'nthWeekDay'; readonly weekDay: number; readonly nth: number };

/** What a valid expression means. All lists are ascending. */
export interface Cron {
  /** One minute only: AWS Backup runs a rule at most once an hour. */
  readonly minute: number;
  readonly hours: readonly number[];
  /** 1 to 12 */
  readonly months: readonly number[];
  readonly days: DayRule;
  readonly years: readonly number[];
}

/** Legal to write, but probably not meant, or not documented by AWS. */
export interface FieldRemark {
  readonly id: 'Backup-ScheduleStepWithoutEffect' | 'Backup-ScheduleUndocumentedSyntax';
  /** Continues a sentence that begins with the name of the field. */
  readonly text: string;
  readonly fix: string;
}

/** The one thing that is wrong with a field. The two parts continue a sentence that begins with its name. */
export interface FieldFault {
  readonly must: string;
  readonly got: string;
  readonly fix?: string;
}

/** What a field says: numbers, days that only the calendar knows (`L`, `W`, `#`), or `?`. */
export interface FieldReading {
  readonly any?: boolean;
  /** Ascending, each once. */
  readonly values?: readonly number[];
  readonly days?: DayRule;
  readonly remarks: readonly FieldRemark[];
  readonly fault?: FieldFault;
}

interface FieldSpec {
  /** As AWS's page calls it. */
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values, the first for `min`. */
  readonly names: readonly string[];
  /** What may be written, in words. */
  readonly allowed: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEK_DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const SPECS: Readonly<Record<CronFieldName, FieldSpec>> = {
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

/** The name that AWS's page uses for the field, as in `day-of-week`. */
export function fieldLabel(field: CronFieldName): string {
  return SPECS[field].label;
}

/** The name of a month (1 to 12), as in `FEB`. */
export function monthName(month: number): string {
  return MONTHS[month - 1];
}

/** Reads one field. Whatever the text: it returns a reading and never throws. */
export function readField(field: CronFieldName, text: string): FieldReading {
  // only ASCII is put into capitals: other alphabets have letters whose capital is an ASCII letter
  const capitals = text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  const reading = readCapitals(field, capitals);
  if (reading.fault) {
    const { got } = reading.fault;
    const start = capitals.indexOf(got);
    return failed({ ...reading.fault, got: start < 0 ? got : text.slice(start, start + got.length) });
  }
  if (capitals === text) return reading;
  const remark: FieldRemark = {
    id: 'Backup-ScheduleUndocumentedSyntax',
    text: `should be in capitals, the only spelling that AWS documents, got \`${text}\``,
    fix: `write \`${capitals}\``,
  };
  return { ...reading, remarks: [...reading.remarks, remark] };
}

function readCapitals(field: CronFieldName, text: string): FieldReading {
  const spec = SPECS[field];
  const isDay = field === 'dayOfMonth' || field === 'dayOfWeek';
  if (text === '?') {
    if (isDay) return { any: true, remarks: [] };
    return failed({
      must: `be ${spec.allowed}`,
      got: text,
      fix: '`?` is for the two day fields, use `*` here',
    });
  }
  const special = field === 'dayOfMonth' ? monthDay(text) : field === 'dayOfWeek' ? weekDay(text) : undefined;
  return special ?? readList(field, text);
}

/** Everything in day-of-month that is more than numbers. */
function monthDay(text: string): FieldReading | undefined {
  if (text === 'L') return { days: { kind: 'lastDay' }, remarks: [] };
  if (text === 'LW') return { days: { kind: 'lastWorkingDay' }, remarks: [] };
  if (!/[LW]/.test(text)) return undefined;
  if (/^\d{1,2}W$/.test(text)) {
    const day = Number(text.slice(0, -1));
    if (day >= 1 && day <= 31) return { days: { kind: 'nearestWorkingDay', day }, remarks: [] };
    return failed({ must: 'have 1 to 31 before `W`', got: text });
  }
  if (/^[\dLW,?*/-]+$/.test(text)) {
    const fix = text.includes(',')
      ? 'write one expression for each of the days'
      : 'name the day (`28`), or use `L`, `LW` or a day with `W` (`15W`)';
    return failed({
      must: 'be `L`, `LW` or one day with `W` and nothing else where it has `L` or `W`',
      got: text,
      fix,
    });
  }
  return undefined;
}

/** Everything in day-of-week that is more than numbers. */
function weekDay(text: string): FieldReading | undefined {
  // AWS: the last day of the week, which is Saturday
  if (text === 'L') return { days: { kind: 'weekDays', weekDays: [7] }, remarks: [] };
  const last = /^([1-7]|[A-Z]{3})L$/.exec(text);
  if (last) {
    const day = numberOf('dayOfWeek', last[1]);
    if (day !== undefined) return { days: { kind: 'lastWeekDay', weekDay: day }, remarks: [] };
  }
  const nth = /^([1-7]|[A-Z]{3})#([1-5])$/.exec(text);
  if (nth) {
    const day = numberOf('dayOfWeek', nth[1]);
    if (day !== undefined)
      return { days: { kind: 'nthWeekDay', weekDay: day, nth: Number(nth[2]) }, remarks: [] };
  }
  if (text.includes('#')) {
    return failed({
      must: 'be one day from 1 (Sunday) to 7 or SUN to SAT, `#`, and 1 to 5 and nothing else where it has `#`',
      got: text,
      fix: text.includes(',') ? 'write one expression for each of the days' : 'write for example `FRI#2`',
    });
  }
  if (text.includes(',') && text.split(',').some((item) => /^([0-9]|[A-Z]{3})?L$/.test(item))) {
    return failed({
      must: 'be `L` or one day with `L` (`FRIL`) and nothing else where it has `L`',
      got: text,
      fix: 'write one expression for each of the days',
    });
  }
  return undefined;
}

/** Numbers, names, ranges, steps and lists of them. */
function readList(field: CronFieldName, text: string): FieldReading {
  const values = new Set<number>();
  const remarks: FieldRemark[] = [];
  const items = text.split(',');
  for (const item of items) {
    const reading = readItem(field, item, items.length > 1);
    if (reading.fault) return { remarks: [], fault: { ...reading.fault, got: reading.fault.got || text } };
    for (const value of reading.values ?? []) values.add(value);
    remarks.push(...reading.remarks);
  }
  const ascending = [...values].sort((a, b) => a - b);
  if (field === 'dayOfMonth') return { days: { kind: 'days', days: ascending }, remarks };
  if (field === 'dayOfWeek') return { days: { kind: 'weekDays', weekDays: ascending }, remarks };
  return { values: ascending, remarks };
}

function readItem(field: CronFieldName, item: string, inList: boolean): FieldReading {
  const spec = SPECS[field];
  const slash = item.indexOf('/');
  const base = slash < 0 ? item : item.slice(0, slash);
  const dash = base.indexOf('-');
  const ends = dash < 0 ? [base] : [base.slice(0, dash), base.slice(dash + 1)];

  if (base === '') {
    if (slash < 0) return malformed(field, '', inList ? 'remove the comma too many' : undefined);
    return malformed(field, item, `write \`*${item}\``);
  }
  if (item === '*' && inList) return malformed(field, '', '`*` stands alone, remove the rest of the list');

  let first = spec.min;
  let last = spec.max;
  if (base !== '*') {
    const numbers: number[] = [];
    for (const end of ends) {
      const value = numberOf(field, end);
      if (value === undefined) return outside(field, item, end);
      numbers.push(value);
    }
    first = numbers[0];
    if (numbers.length === 2) last = numbers[1];
    else if (slash < 0) last = first;
  }

  let step = 1;
  const remarks: FieldRemark[] = [];
  if (slash >= 0) {
    const digits = item.slice(slash + 1);
    if (!/^\d{1,4}$/.test(digits) || Number(digits) === 0) {
      return failed({ must: 'have a whole number from 1 after `/`', got: item });
    }
    step = Number(digits);
  }
  if (last < first && field === 'year') {
    return failed({
      must: 'have its ranges in ascending order',
      got: item,
      fix: `write \`${last}-${first}\``,
    });
  }
  const values = sequence(spec, first, last, step);
  if (slash >= 0 && field === 'dayOfWeek') {
    const names = values.map((value) => spec.names[value - spec.min]);
    remarks.push({
      id: 'Backup-ScheduleUndocumentedSyntax',
      text: `should have no step, which AWS does not document for this field, got \`${item}\``,
      fix: `write \`${names.join(',')}\``,
    });
  } else if (step > 1 && values.length === 1) {
    const only = values[0];
    remarks.push({
      id: 'Backup-ScheduleStepWithoutEffect',
      text: `means only ${only}, since AWS counts steps from the first value up to ${last} and begins anew, got \`${item}\``,
      fix: withoutEffect(field, only, step),
    });
  }
  return { values, remarks };
}

/** From first to last; a range such as `20-2` goes on from the end of the field to its beginning. */
function sequence(spec: FieldSpec, first: number, last: number, step: number): number[] {
  const size = spec.max - spec.min + 1;
  const stop = last < first ? last + size : last;
  const values: number[] = [];
  for (let value = first; value <= stop; value += step) {
    values.push(value > spec.max ? value - size : value);
  }
  return values;
}

function withoutEffect(field: CronFieldName, only: number, step: number): string {
  if (field === 'hour' && step < 24 && only >= step) {
    return `begin below the step, as in \`${only % step}/${step}\`, or write \`${only}\``;
  }
  return `write \`${only}\``;
}

/** The number that a digit string or a name stands for, undefined if none. */
function numberOf(field: CronFieldName, text: string): number | undefined {
  const spec = SPECS[field];
  const name = spec.names.indexOf(text);
  if (name >= 0) return spec.min + name;
  const digits = field === 'year' ? /^\d{4}$/ : field === 'dayOfWeek' ? /^\d$/ : /^\d{1,2}$/;
  if (!digits.test(text)) return undefined;
  const value = Number(text);
  return value >= spec.min && value <= spec.max ? value : undefined;
}

function outside(field: CronFieldName, item: string, end: string): FieldReading {
  if (/^\d*[LW#]\d*$/.test(end)) {
    const sign = end.replace(/\d/g, '');
    const home = sign === 'W' ? 'day-of-month' : sign === '#' ? 'day-of-week' : 'the day fields';
    return malformed(field, item, `\`${sign}\` belongs into ${home}`);
  }
  const value = /^\d{1,9}$/.test(end) ? Number(end) : undefined;
  let fix: string | undefined;
  if (field === 'dayOfWeek' && value === 0)
    fix = 'AWS counts from 1 (Sunday) to 7 (Saturday), for Sunday write `SUN`';
  if (field === 'hour' && value === 24) fix = 'for midnight write `0`';
  return malformed(field, item, fix);
}

function malformed(field: CronFieldName, got: string, fix?: string): FieldReading {
  return failed({ must: `be ${SPECS[field].allowed}`, got, fix });
}

function failed(fault: FieldFault): FieldReading {
  return { remarks: [], fault };
}
