import type { Days, Expression, Item } from '../../values/schedule/cron-generator';

/*
 * When a schedule runs, found minute by minute: the local time of every minute is looked up, and compared with the fields
 * of the expression. None of the code under test is involved.
 */

const MINUTE = 60_000;
const SLOT = 30 * MINUTE;

/** The years that tests may use, with room for look-ahead. */
const FIRST = Date.UTC(2026, 11, 1);
const LAST = Date.UTC(2031, 2, 1);

const OFFSETS = new Map<string, Int16Array>();

/** The offset of a zone from UTC in minutes, for every half hour: clocks change on half hours in all zones used here. */
function offsets(zone: string): Int16Array {
  let table = OFFSETS.get(zone);
  if (!table) {
    table = new Int16Array((LAST - FIRST) / SLOT);
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    for (let slot = 0; slot < table.length; slot++) {
      const instant = FIRST + slot * SLOT;
      const [day, month, year, hour, minute] = format.format(instant).match(/\d+/g)?.map(Number) ?? [];
      table[slot] = (Date.UTC(year, month - 1, day, hour, minute) - instant) / MINUTE;
    }
    OFFSETS.set(zone, table);
  }
  return table;
}

/** All runs in `[from, to)`. */
export function naiveRuns(expression: Expression, zone: string, from: number, to: number): number[] {
  const table = offsets(zone);
  const hours = new Set(values(expression.hours, 0, 23));
  const months = new Set(values(expression.months, 1, 12));
  const years = new Set(values(expression.years, 1970, 2199));
  const runs: number[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  // a day earlier, so that a local time that occurs twice is recognized
  for (let slot = Math.floor((from - FIRST) / SLOT) - 48; FIRST + slot * SLOT < to; slot++) {
    const start = FIRST + slot * SLOT;
    const wallStart = start + table[slot] * MINUTE;
    const minuteOfHour = Math.floor(wallStart / MINUTE) % 60;
    const ahead = (expression.minute - minuteOfHour + 60) % 60;
    if (ahead >= 30) continue;
    const wall = wallStart + ahead * MINUTE;
    if (!hours.has(Math.floor(wall / 3_600_000) % 24)) continue;
    const local = new Date(wall);
    if (!months.has(local.getUTCMonth() + 1)) continue;
    if (!years.has(local.getUTCFullYear()) || !isDay(expression.days, local)) continue;
    if (wall <= latest) continue; // the second time that the clock shows it
    latest = wall;
    const instant = start + ahead * MINUTE;
    if (instant >= from && instant < to) runs.push(instant);
  }
  return runs;
}

function values(items: readonly Item[], min: number, max: number): number[] {
  return items.flatMap(({ from = min, to, step }) => {
    if (to === from && step === undefined) return [from];
    const span = max - min + 1;
    // `5-5/2` is spelled `5/2`
    const end = to === undefined || to === from ? max : to < from ? to + span : to;
    const all: number[] = [];
    for (let value = from; value <= end; value += step ?? 1) all.push(value > max ? value - span : value);
    return all;
  });
}

const weekDay = (date: Date) => date.getUTCDay() + 1;
const on = (date: Date, day: number) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day));
const isWorking = (date: Date) => weekDay(date) !== 1 && weekDay(date) !== 7;

function isDay(days: Days, date: Date): boolean {
  const day = date.getUTCDate();
  const last = on(date, 1);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  const length = last.getUTCDate();
  switch (days.kind) {
    case 'everyDay':
      return true;
    case 'daysOfMonth':
      return values(days.items, 1, 31).includes(day);
    case 'lastDay':
      return day === length;
    case 'lastWorkingDay': {
      let working = length;
      while (!isWorking(on(date, working))) working--;
      return day === working;
    }
    case 'nearestWorkingDay': {
      if (days.day > length) return false;
      const nearest = [0, -1, 1, -2, 2]
        .map((move) => days.day + move)
        .find((candidate) => candidate >= 1 && candidate <= length && isWorking(on(date, candidate)));
      return day === nearest;
    }
    case 'weekDays':
      return values(days.items, 1, 7).includes(weekDay(date));
    case 'lastDayOfWeek':
      return weekDay(date) === 7;
    case 'lastWeekDay':
      return weekDay(date) === days.weekDay && day + 7 > length;
    case 'nthWeekDay':
      return weekDay(date) === days.weekDay && Math.ceil(day / 7) === days.nth;
  }
}
