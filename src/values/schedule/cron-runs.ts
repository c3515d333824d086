import type { Cron, DayRule } from './cron-field-spec';
import { WallClock } from './wall-clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The runs of a cron expression strictly after an instant, in ascending order, computed lazily.
 *
 * AWS Backup evaluates the expression in local time of the time zone. A local time that is skipped when clocks move
 * forward has no run that day; one that occurs twice runs only the first time.
 *
 * @param timeZone an IANA name, or a clock to reuse; UTC by default
 * @param after a valid date
 */
export function* occurrences(
  cron: Cron,
  timeZone: string | WallClock | undefined,
  after: Date,
): Generator<Date, void, undefined> {
  const clock = timeZone instanceof WallClock ? timeZone : new WallClock(timeZone);
  // two days before the first year of the dialect: enough for every zone, and it spares Intl ancient dates
  const from = Math.max(after.getTime(), -2 * DAY);
  if (from > Date.UTC(2201, 0)) return;
  for (const wall of wallTimes(cron, clock.wallAt(from))) {
    const instant = clock.instantOf(wall);
    if (instant !== undefined && instant > from) yield new Date(instant);
  }
}

/** The same runs from an instant, inclusive, to another, exclusive, in milliseconds: for many runs at once. */
export function runInstants(cron: Cron, clock: WallClock, from: number, to: number): number[] {
  const found: number[] = [];
  for (const day of matchingDays(cron, clock.wallAt(from))) {
    for (const hour of cron.hours) {
      const instant = clock.instantOf(day + hour * HOUR + cron.minute * MINUTE);
      if (instant === undefined || instant < from) continue;
      if (instant >= to) return found;
      found.push(instant);
    }
  }
  return found;
}

/**
 * The shortest local time between two consecutive runs, in minutes; Infinity if there is at most one run.
 *
 * A clock change can make a single interval shorter or longer.
 */
export function minimumGapMinutes(cron: Cron): number {
  let gap = Number.POSITIVE_INFINITY;
  for (let i = 1; i < cron.hours.length; i++) gap = Math.min(gap, (cron.hours[i] - cron.hours[i - 1]) * HOUR);
  const overnight = cron.hours[0] * HOUR - cron.hours[cron.hours.length - 1] * HOUR;
  const least = leastDaysApart(cron.days) * DAY;
  let previous: number | undefined;
  let daysApart = Number.POSITIVE_INFINITY;
  for (const day of matchingDays(cron, 0)) {
    if (previous !== undefined && day - previous < daysApart) daysApart = day - previous;
    if (daysApart <= least) break;
    previous = day;
  }
  return Math.min(gap, daysApart + overnight) / MINUTE;
}

/** Long enough for 29 February, which the year 2100 lacks. */
const HORIZON_YEARS = 9;

/**
 * The longest local time between two consecutive runs, in minutes, within nine years; Infinity if they have runs on at
 * most one day.
 *
 * @param after a valid date
 */
export function maximumGapMinutes(cron: Cron, after: Date): number {
  let gap = 0;
  for (let i = 1; i < cron.hours.length; i++) gap = Math.max(gap, (cron.hours[i] - cron.hours[i - 1]) * HOUR);
  const overnight = cron.hours[0] * HOUR - cron.hours[cron.hours.length - 1] * HOUR;
  const daysApart = steadyDaysApart(cron, after.getUTCFullYear()) ?? mostDaysApart(cron, after.getTime());
  return daysApart > 0 ? Math.max(gap, daysApart + overnight) / MINUTE : Number.POSITIVE_INFINITY;
}

/** The most time between two matching days, by looking at each of them; 0 if there is at most one. */
function mostDaysApart(cron: Cron, from: number): number {
  const end = from + HORIZON_YEARS * 366 * DAY;
  let previous: number | undefined;
  let apart = 0;
  for (const day of matchingDays(cron, from)) {
    if (day > end) break;
    if (previous !== undefined && day - previous > apart) apart = day - previous;
    previous = day;
  }
  return apart;
}

/**
 * The most time between two matching days where months make no difference: every day, or the same days of every week.
 * Most schedules are such, and have thousands of runs within the horizon.
 */
function steadyDaysApart({ days: rule, months, years }: Cron, firstYear: number): number | undefined {
  const ahead = years.filter((year) => year >= firstYear && year <= firstYear + HORIZON_YEARS + 1);
  if (months.length < 12 || ahead.length < HORIZON_YEARS + 2) return undefined;
  if (rule.kind === 'days') return rule.days.length === 31 ? DAY : undefined;
  if (rule.kind !== 'weekDays') return undefined;
  const { weekDays } = rule;
  return Math.max(...weekDays.map((day, i) => (weekDays[i + 1] ?? weekDays[0] + 7) - day)) * DAY;
}

/** The closest that two days can be in any year, at which the search can stop. */
function leastDaysApart(rule: DayRule): number {
  // `L`, `W` and `#` match one day a month, at least 28 days apart even after moving to working days
  if (rule.kind !== 'days' && rule.kind !== 'weekDays') return 28;
  const days = rule.kind === 'days' ? rule.days : rule.weekDays;
  const last = days[days.length - 1];
  const gaps = days.slice(1).map((day, i) => day - days[i]);
  return Math.min(...gaps, (rule.kind === 'days' ? Math.max(28, last) : 7) - last + days[0]);
}

/** Whether the expression matches no day of the calendar, like 30 February. */
export function neverRuns(cron: Cron): boolean {
  return matchingDays(cron, 0).next().done === true;
}

/** Whether all runs of an expression were before an instant, because its years are over. */
export function isOver(cron: Cron, timeZone: string | undefined, now: Date): boolean {
  if ((cron.years.at(-1) ?? 0) > now.getUTCFullYear() + 1) return false;
  return occurrences(cron, timeZone, now).next().done === true;
}

function* wallTimes(cron: Cron, from: number): Generator<number, void, undefined> {
  for (const day of matchingDays(cron, from)) {
    for (const hour of cron.hours) {
      const wall = day + hour * HOUR + cron.minute * MINUTE;
      if (wall >= from) yield wall;
    }
  }
}

/** Midnights of the matching days, starting with the day of `from`. */
function* matchingDays(cron: Cron, from: number): Generator<number, void, undefined> {
  const firstYear = new Date(from).getUTCFullYear();
  for (const year of cron.years) {
    if (year < firstYear) continue;
    const newYear = Date.UTC(year, 0) / DAY;
    for (const month of cron.months) {
      const first = newYear + daysBefore(year, month);
      const length = daysIn(year, month);
      if ((first + length) * DAY <= from) continue;
      for (const day of daysOf(cron.days, length, first)) {
        const midnight = (first + day - 1) * DAY;
        if (midnight + DAY > from) yield midnight;
      }
    }
  }
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MONTH_STARTS = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/**
 * The number of days of a month.
 *
 * @param month 1 to 12
 */
export function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : MONTH_LENGTHS[month - 1];
}

/** The number of days of a year before a month. */
function daysBefore(year: number, month: number): number {
  return MONTH_STARTS[month - 1] + (month > 2 && isLeap(year) ? 1 : 0);
}

/**
 * The days of one month that match a rule, in ascending order.
 *
 * @param month 1 to 12
 */
export function daysOfMonth(rule: DayRule, year: number, month: number): readonly number[] {
  return daysOf(rule, daysIn(year, month), Date.UTC(year, month - 1) / DAY);
}

/** @param first the first day of the month, counted from 1970, the first year of the dialect */
function daysOf(rule: DayRule, length: number, first: number): readonly number[] {
  const firstWeekDay = ((first + 4) % 7) + 1; // 1 January 1970 was a Thursday
  const weekDayOf = (day: number) => ((firstWeekDay + day - 2) % 7) + 1;
  const firstOn = (weekDay: number) => ((weekDay - firstWeekDay + 7) % 7) + 1;
  switch (rule.kind) {
    case 'days':
      return rule.days[rule.days.length - 1] <= length ? rule.days : rule.days.filter((day) => day <= length);
    case 'lastDay':
      return [length];
    case 'lastWorkingDay':
      return [nearestWorkingDay(length, length, weekDayOf)];
    case 'nearestWorkingDay':
      // like a plain 31: months without the day have no run
      return rule.day <= length ? [nearestWorkingDay(rule.day, length, weekDayOf)] : [];
    case 'weekDays': {
      const firsts = rule.weekDays.map(firstOn).sort((a, b) => a - b);
      const days: number[] = [];
      for (let week = 0; week < length; week += 7)
        for (const earliest of firsts) if (week + earliest <= length) days.push(week + earliest);
      return days;
    }
    case 'lastWeekDay': {
      const earliest = firstOn(rule.weekDay);
      return [earliest + Math.floor((length - earliest) / 7) * 7];
    }
    case 'nthWeekDay': {
      const day = firstOn(rule.weekDay) + (rule.nth - 1) * 7;
      return day <= length ? [day] : [];
    }
  }
}

/** Saturday moves back to Friday, Sunday on to Monday, but never out of the month. */
function nearestWorkingDay(day: number, length: number, weekDayOf: (day: number) => number): number {
  if (weekDayOf(day) === 7) return day === 1 ? 3 : day - 1;
  if (weekDayOf(day) === 1) return day === length ? day - 2 : day + 1;
  return day;
}
