import {
  type CronFieldName,
  FIELD_SPECS,
  type FieldFault,
  type FieldReading,
  type FieldRemark,
  type FieldSpec,
} from './cron-field-spec';

/** Parses one field. Never throws, whatever the text. */
export function readField(field: CronFieldName, text: string): FieldReading {
  // a fast path: most fields are `*`, and apps have thousands of plans
  if (text === '*') return ANY_VALUE[field];
  // AWS accepts any case. Only ASCII letters are upper-cased: some letters of other alphabets have ASCII capitals.
  const capitals = text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  const reading = readCapitals(field, capitals);
  if (!reading.fault) return reading;
  // quote it as written
  const { got } = reading.fault;
  const start = capitals.indexOf(got);
  return failed({ ...reading.fault, got: text.slice(start, start + got.length) });
}

function readCapitals(field: CronFieldName, text: string): FieldReading {
  const spec = FIELD_SPECS[field];
  const isDay = field === 'dayOfMonth' || field === 'dayOfWeek';
  if (text === '?') {
    if (isDay) return { any: true, remarks: [] };
    return failed({
      must: `be ${spec.allowed}`,
      got: text,
      fix: 'use `*` here, since `?` is only for the two day fields',
    });
  }
  const special = field === 'dayOfMonth' ? monthDay(text) : field === 'dayOfWeek' ? weekDay(text) : undefined;
  return special ?? readList(field, text);
}

/** The forms of day-of-month that are more than numbers. */
function monthDay(text: string): FieldReading | undefined {
  if (text === 'L') return { days: { kind: 'lastDay' }, remarks: [] };
  if (text === 'LW') return { days: { kind: 'lastWorkingDay' }, remarks: [] };
  if (!text.includes('L') && !text.includes('W')) return undefined;
  if (/^\d{1,2}W$/.test(text)) {
    const day = Number(text.slice(0, -1));
    if (day >= 1 && day <= 31) return { days: { kind: 'nearestWorkingDay', day }, remarks: [] };
    return failed({ must: 'have 1 to 31 before `W`', got: text });
  }
  if (/^[\dLW,?*/-]+$/.test(text)) {
    const fix = text.includes(',')
      ? 'write a separate expression for each day'
      : 'name the day (`28`), or use `L`, `LW` or a day with `W` (`15W`)';
    return failed({
      must: 'be `L`, `LW` or a single day with `W` when it contains `L` or `W`',
      got: text,
      fix,
    });
  }
  return undefined;
}

/** The forms of day-of-week that are more than numbers. */
function weekDay(text: string): FieldReading | undefined {
  // for AWS the last day of the week, Saturday
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
      must: 'be a single day from 1 (Sunday) to 7 or SUN to SAT, followed by `#` and 1 to 5, when it contains `#`',
      got: text,
      fix: text.includes(',') ? 'write a separate expression for each day' : 'for example, write `FRI#2`',
    });
  }
  if (text.includes(',') && text.split(',').some((item) => /^([0-9]|[A-Z]{3})?L$/.test(item))) {
    return failed({
      must: 'be `L` or a single day with `L` (`FRIL`) when it contains `L`',
      got: text,
      fix: 'write a separate expression for each day',
    });
  }
  return undefined;
}

/** Numbers, names, ranges, steps, and lists of these. */
function readList(field: CronFieldName, text: string): FieldReading {
  const values = new Set<number>();
  let remark: FieldRemark | undefined;
  const items = text.split(',');
  for (const item of items) {
    if (item === '') return malformed(field, text, items.length > 1 ? 'remove the extra comma' : undefined);
    if (item === '*' && items.length > 1) return malformed(field, text, 'remove `*` or the rest of the list');
    const reading = readItem(field, item);
    if (reading.fault) return reading;
    for (const value of reading.values ?? []) values.add(value);
    remark ??= reading.remarks[0];
  }
  const remarks = remark ? [remark] : [];
  const ascending = [...values].sort((a, b) => a - b);
  if (field === 'dayOfMonth') return { days: { kind: 'days', days: ascending }, remarks };
  if (field === 'dayOfWeek') return { days: { kind: 'weekDays', weekDays: ascending }, remarks };
  return { values: ascending, remarks };
}

/** `5`, `2-6` or `*`, with or without a step. */
function readItem(field: CronFieldName, item: string): FieldReading {
  const spec = FIELD_SPECS[field];
  const slash = item.indexOf('/');
  const hasStep = slash >= 0;
  const base = hasStep ? item.slice(0, slash) : item;
  if (base === '') return malformed(field, item, `write \`*${item}\``);

  let [first, last] = [spec.min, spec.max];
  if (base !== '*') {
    const dash = base.indexOf('-');
    const from = dash < 0 ? base : base.slice(0, dash);
    const to = dash < 0 ? from : base.slice(dash + 1);
    const numbers = [numberOf(field, from), numberOf(field, to)];
    if (numbers[0] === undefined) return outside(field, item, from);
    if (numbers[1] === undefined) return outside(field, item, to);
    first = numbers[0];
    // `5/10` continues to the end of the field
    if (dash >= 0 || !hasStep) last = numbers[1];
  }
  if (last < first && field === 'year') {
    return failed({
      must: 'have its ranges in ascending order',
      got: item,
      fix: `write \`${last}-${first}\``,
    });
  }

  const digits = hasStep ? item.slice(slash + 1) : '1';
  const step = /^\d+$/.test(digits) ? Number(digits) : 0;
  if (step === 0) return failed({ must: 'have a whole number of at least 1 after `/`', got: item });
  // EventBridge rejects a step of 60 minutes; whether it treats other fields alike is unknown
  if (field === 'minute' && step > spec.max) {
    return failed({ must: 'have at most 59 after `/`', got: item, fix: `write \`${first}\`` });
  }
  const values = sequence(spec, first, last, step);
  const remark = hasStep ? stepRemark(field, item, values, step) : undefined;
  return { values, remarks: remark ? [remark] : [] };
}

function stepRemark(
  field: CronFieldName,
  item: string,
  values: readonly number[],
  step: number,
): FieldRemark | undefined {
  const { max, min, names } = FIELD_SPECS[field];
  if (field === 'dayOfWeek') {
    return {
      id: 'Backup-ScheduleUndocumentedSyntax',
      text: `should not have a step, which AWS documents only on older pages, got \`${item}\``,
      fix: `write \`${values.map((value) => names[value - min]).join(',')}\` instead`,
    };
  }
  if (step === 1 || values.length > 1) return undefined;
  const [only] = values;
  const isOpen = !item.includes('-');
  const why = isOpen ? `, since AWS wraps around after ${max}` : '';
  const earlier = isOpen && field === 'hour' && only >= step;
  return {
    id: 'Backup-ScheduleStepWithoutEffect',
    text: `should match more than one value when it has a step, got \`${item}\`, which matches only ${only}${why}`,
    fix: earlier ? `write \`${only % step}/${step}\`, or \`${only}\`` : `write \`${only}\``,
  };
}

/** From first to last; a range such as `20-2` wraps around the end of the field. */
function sequence(spec: FieldSpec, first: number, last: number, step: number): number[] {
  const size = spec.max - spec.min + 1;
  const stop = last < first ? last + size : last;
  const values: number[] = [];
  for (let value = first; value <= stop; value += step) {
    values.push(value > spec.max ? value - size : value);
  }
  return values;
}

/** The number that digits or a name stand for; undefined if they stand for none. */
function numberOf(field: CronFieldName, text: string): number | undefined {
  const spec = FIELD_SPECS[field];
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
    return malformed(field, item, `use \`${sign}\` only in ${home}`);
  }
  const value = /^\d{1,9}$/.test(end) ? Number(end) : undefined;
  let fix: string | undefined;
  if (field === 'dayOfWeek' && value === 0)
    fix = 'write `SUN` for Sunday, since AWS counts from 1 (Sunday) to 7 (Saturday)';
  if (field === 'hour' && value === 24) fix = 'write `0` for midnight';
  return malformed(field, item, fix);
}

function malformed(field: CronFieldName, got: string, fix?: string): FieldReading {
  return failed({ must: `be ${FIELD_SPECS[field].allowed}`, got, fix });
}

function failed(fault: FieldFault): FieldReading {
  return { remarks: [], fault };
}

/** The readings of `*`. */
const ANY_VALUE: Readonly<Record<CronFieldName, FieldReading>> = {
  minute: readCapitals('minute', '*'),
  hour: readCapitals('hour', '*'),
  dayOfMonth: readCapitals('dayOfMonth', '*'),
  month: readCapitals('month', '*'),
  dayOfWeek: readCapitals('dayOfWeek', '*'),
  year: readCapitals('year', '*'),
};
