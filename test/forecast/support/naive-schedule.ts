import type { Days, Expression, Item } from '../../values/schedule/cron-generator';

/*
 * When a schedule runs, found minute by minute: the local time of every minute is looked up, and compared with the fields
 * of the expression. None of the code under test is involved.
 */

const MINUTE = 60_000;
const SLOT = 30 * MINUTE;
const SLOTS_A_DAY = 48;

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
    const offsetAt = (slot: number) => {
      const instant = FIRST + slot * SLOT;
      const [day, month, year, hour, minute] = format.format(instant).match(/\d+/g)?.map(Number) ?? [];
      return (Date.UTC(year, month - 1, day, hour, minute) - instant) / MINUTE;
    };
    // clocks change at most once a day: a day that ends as it began needs no closer look
    for (let start = 0; start < table.length; start += SLOTS_A_DAY) {
      const end = start + SLOTS_A_DAY;
      const [first, last] = [offsetAt(start), offsetAt(end - 1)];
      for (let slot = start; slot < end; slot++) table[slot] = first === last ? first : offsetAt(slot);
    }
    OFFSETS.set(zone, table);
  }
  return table;
}

/** All runs in `[from, to)`. */
export function naiveRuns(expression: Expression, zone: string, from: number, to: number): number[] {
  const table = offsets(zone);
  const hours = new Set(values(expression.hours, 0, 23));
  const isDay = dayTest(expression);
  // in whole minutes, since tests pay for every look at `Math` and `Date`
  const [first, last] = [from / MINUTE, to / MINUTE];
  const runs: number[] = [];
  let latest = 0;
  // a day earlier, so that a local time that occurs twice is recognized
  const start = Math.floor((from - FIRST) / SLOT) - SLOTS_A_DAY;
  for (let slot = start, minute = (FIRST + start * SLOT) / MINUTE; minute < last; slot++, minute += 30) {
    const wallStart = minute + table[slot];
    const ahead = (expression.minute - (wallStart % 60) + 60) % 60;
    if (ahead >= 30) continue;
    const wall = wallStart + ahead;
    const ofDay = wall % 1440;
    if (!hours.has((ofDay - (ofDay % 60)) / 60) || !isDay((wall - ofDay) / 1440)) continue;
    if (wall <= latest) continue; // the second time that the clock shows it
    latest = wall;
    const run = minute + ahead;
    if (run >= first && run < last) runs.push(run * MINUTE);
  }
  return runs;
}

/** Whether a day, by its number since 1970, is one of an expression. */
function dayTest({ days, months, years }: Expression): (day: number) => boolean {
  const [isDay, ofMonths, ofYears] = [
    dateTest(days),
    new Set(values(months, 1, 12)),
    new Set(values(years, 1970, 2199)),
  ];
  const known = new Map<number, boolean>();
  return (day) => {
    let matches = known.get(day);
    if (matches === undefined) {
      const date = new Date(day * 1440 * MINUTE);
      matches = ofMonths.has(date.getUTCMonth() + 1) && ofYears.has(date.getUTCFullYear()) && isDay(date);
      known.set(day, matches);
    }
    return matches;
  };
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

/** Whether a date is one of the days of an expression, in any month and year. */
function dateTest(days: Days): (date: Date) => boolean {
  switch (days.kind) {
    case 'everyDay':
      return () => true;
    case 'daysOfMonth': {
      const wanted = new Set(values(days.items, 1, 31));
      return (date) => wanted.has(date.getUTCDate());
    }
    case 'lastDay':
      return (date) => date.getUTCDate() === lengthOf(date);
    case 'lastWorkingDay':
      return (date) => {
        let working = lengthOf(date);
        while (!isWorking(on(date, working))) working--;
        return date.getUTCDate() === working;
      };
    case 'nearestWorkingDay':
      return (date) => {
        if (days.day > lengthOf(date)) return false;
        const nearest = [0, -1, 1, -2, 2]
          .map((move) => days.day + move)
          .find(
            (candidate) => candidate >= 1 && candidate <= lengthOf(date) && isWorking(on(date, candidate)),
          );
        return date.getUTCDate() === nearest;
      };
    case 'weekDays': {
      const wanted = new Set(values(days.items, 1, 7));
      return (date) => wanted.has(weekDay(date));
    }
    case 'lastDayOfWeek':
      return (date) => weekDay(date) === 7;
    case 'lastWeekDay':
      return (date) => weekDay(date) === days.weekDay && date.getUTCDate() + 7 > lengthOf(date);
    case 'nthWeekDay':
      return (date) => weekDay(date) === days.weekDay && Math.ceil(date.getUTCDate() / 7) === days.nth;
  }
}

/** The number of days of the month of a date. */
function lengthOf(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
