/**
 * Random expressions in AWS's cron dialect, and their translations for the libraries that the tests compare with.
 *
 * An expression is made as a tree, from which each spelling is written on its own: none of the code under
 * test is involved.
 */

/** A field of numbers: each item is a value or a range, with or without a step. */
export interface Item {
  /** undefined: `*` */
  readonly from?: number;
  readonly to?: number;
  readonly step?: number;
}

export type Days =
  | { readonly kind: 'everyDay'; readonly field: 'dayOfMonth' | 'dayOfWeek' }
  | { readonly kind: 'daysOfMonth'; readonly items: readonly Item[] }
  | { readonly kind: 'lastDay' }
  | { readonly kind: 'lastWorkingDay' }
  | { readonly kind: 'nearestWorkingDay'; readonly day: number }
  | { readonly kind: 'weekDays'; readonly items: readonly Item[] }
  | { readonly kind: 'lastDayOfWeek' }
  | { readonly kind: 'lastWeekDay'; readonly weekDay: number }
  | { readonly kind: 'nthWeekDay'; readonly weekDay: number; readonly nth: number };

export interface Expression {
  readonly minute: number;
  readonly hours: readonly Item[];
  readonly days: Days;
  readonly months: readonly Item[];
  readonly years: readonly Item[];
  /** Names in place of numbers, where there are names. */
  readonly names: boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEK_DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Pseudo-random numbers that are the same in every run (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** A number from 0 up to, but not including, 1. */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  public whole(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  public pick<T>(values: readonly T[]): T {
    return values[this.whole(0, values.length - 1)];
  }
}

export function randomExpression(random: Random): Expression {
  return {
    minute: random.whole(0, 59),
    hours: items(random, 0, 23, { wrap: true }),
    days: randomDays(random),
    months: random.chance(0.6) ? [{}] : items(random, 1, 12, { wrap: true }),
    years: random.chance(0.85) ? [{}] : items(random, 2024, 2040, {}),
    names: random.chance(0.4),
  };
}

function randomDays(random: Random): Days {
  switch (random.whole(0, 8)) {
    case 0:
      return { kind: 'everyDay', field: random.pick(['dayOfMonth', 'dayOfWeek']) };
    case 1:
    case 2:
      return { kind: 'daysOfMonth', items: items(random, 1, 31, { wrap: true }) };
    case 3:
      return { kind: random.pick(['lastDay', 'lastWorkingDay', 'lastDayOfWeek']) };
    case 4:
      return { kind: 'nearestWorkingDay', day: random.whole(1, 31) };
    case 5:
    case 6:
      return { kind: 'weekDays', items: items(random, 1, 7, { wrap: true }) };
    case 7:
      return { kind: 'lastWeekDay', weekDay: random.whole(1, 7) };
    default:
      return { kind: 'nthWeekDay', weekDay: random.whole(1, 7), nth: random.whole(1, 5) };
  }
}

function items(random: Random, min: number, max: number, options: { wrap?: boolean }): Item[] {
  if (random.chance(0.1)) return [{}];
  const count = random.chance(0.7) ? 1 : random.whole(2, 3);
  return Array.from({ length: count }, () => item(random, min, max, options, count === 1));
}

function item(random: Random, min: number, max: number, options: { wrap?: boolean }, alone: boolean): Item {
  const from = random.whole(min, max);
  const step = random.whole(1, Math.max(2, Math.floor((max - min + 1) / 2)));
  switch (random.whole(0, alone ? 4 : 3)) {
    case 0:
      return { from, to: from };
    case 1:
    case 2: {
      const to = options.wrap ? random.whole(min, max) : random.whole(from, max);
      return random.chance(0.3) ? { from, to, step } : { from, to };
    }
    case 3:
      return { from, step };
    default:
      return { step };
  }
}

/** In AWS\'s dialect. */
export function awsSpelling(expression: Expression): string {
  const { names } = expression;
  const month = (n: number) => (names ? MONTHS[n - 1] : String(n));
  const weekDay = (n: number) => (names ? WEEK_DAYS[n - 1] : String(n));
  const [dayOfMonth, dayOfWeek] = dayFields(expression.days, weekDay, '?', 'L');
  return [
    expression.minute,
    list(expression.hours),
    dayOfMonth,
    list(expression.months, month),
    dayOfWeek,
    list(expression.years),
  ].join(' ');
}

/**
 * For croner and cronosjs: seconds in front, week days from 0 = Sunday, `*` in place of `?`, and Saturday
 * in place of a lone `L`.
 *
 * @param split write ranges that wrap around as two, which croner needs; a step goes on across the wrap
 */
export function unixSpelling(expression: Expression, split = false): string {
  const weekDay = (n: number) => String(n - 1);
  const cut = (all: readonly Item[], min: number, max: number) =>
    split ? all.flatMap((one) => unwrap(one, min, max)) : all;
  const days: Days =
    expression.days.kind === 'daysOfMonth'
      ? { kind: 'daysOfMonth', items: cut(expression.days.items, 1, 31) }
      : expression.days.kind === 'weekDays'
        ? { kind: 'weekDays', items: cut(expression.days.items, 1, 7) }
        : expression.days;
  const [dayOfMonth, dayOfWeek] = dayFields(days, weekDay, '*', '6');
  return [
    0,
    expression.minute,
    list(cut(expression.hours, 0, 23)),
    dayOfMonth,
    list(cut(expression.months, 1, 12)),
    dayOfWeek,
    list(expression.years),
  ].join(' ');
}

export function wraps(one: Item): boolean {
  return one.from !== undefined && one.to !== undefined && one.to < one.from;
}

function unwrap(one: Item, min: number, max: number): Item[] {
  if (!wraps(one)) return [one];
  const { from = min, to = max, step = 1 } = one;
  const values: number[] = [];
  for (let value = from; value <= to + max - min + 1; value += step) {
    values.push(value > max ? value - (max - min + 1) : value);
  }
  return values.map((value) => ({ from: value, to: value }));
}

function list(all: readonly Item[], spell: (n: number) => string = String): string {
  return all.map((one) => spellItem(one, spell)).join(',');
}

function spellItem({ from, to, step }: Item, spell: (n: number) => string): string {
  const range =
    from === undefined ? '*' : to === undefined || to === from ? spell(from) : `${spell(from)}-${spell(to)}`;
  return step === undefined ? range : `${range}/${step}`;
}

function dayFields(
  days: Days,
  weekDay: (n: number) => string,
  any: string,
  saturday: string,
): [dayOfMonth: string, dayOfWeek: string] {
  switch (days.kind) {
    case 'everyDay':
      return days.field === 'dayOfMonth' ? ['*', any] : [any, '*'];
    case 'daysOfMonth':
      return [list(days.items), any];
    case 'lastDay':
      return ['L', any];
    case 'lastWorkingDay':
      return ['LW', any];
    case 'nearestWorkingDay':
      return [`${days.day}W`, any];
    case 'weekDays':
      return [any, list(days.items, weekDay)];
    case 'lastDayOfWeek':
      return [any, saturday];
    case 'lastWeekDay':
      return [any, `${weekDay(days.weekDay)}L`];
    case 'nthWeekDay':
      return [any, `${weekDay(days.weekDay)}#${days.nth}`];
  }
}
