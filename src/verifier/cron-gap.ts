const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAY_MS = 86_400_000;
/** Two leap days and every weekday of every month. */
const HORIZON_DAYS = 9 * 366;

/** The instants of a schedule in minutes since 2027, as if its time zone were UTC; undefined if it isn't understood. */
export function runsOf(schedule: string): number[] | undefined {
  const fields = /^cron\(([^)]+)\)$/.exec(schedule)?.[1].trim().split(/\s+/);
  if (fields?.length !== 6) return undefined;
  const [minutes, hours] = [valuesOf(fields[0], 0, 59, []), valuesOf(fields[1], 0, 23, [])];
  const months = valuesOf(fields[3], 1, 12, MONTHS, 1);
  const years = fields[5] === '*';
  const [dates, weekdays] = [valuesOf(fields[2], 1, 31, []), valuesOf(fields[4], 1, 7, DAYS, 1)];
  if (!minutes || !hours || !months || !years || !dates || !weekdays) return undefined;
  const runs: number[] = [];
  const start = Date.UTC(2027, 0, 1);
  for (let day = 0; day < HORIZON_DAYS; day++) {
    const date = new Date(start + day * DAY_MS);
    const isDay =
      months.has(date.getUTCMonth() + 1) &&
      dates.has(date.getUTCDate()) &&
      weekdays.has(date.getUTCDay() + 1);
    if (!isDay) continue;
    for (const hour of [...hours].sort((a, b) => a - b))
      for (const minute of [...minutes].sort((a, b) => a - b)) runs.push(day * 1_440 + hour * 60 + minute);
  }
  return runs;
}

/** The longest time between two runs of several schedules, in minutes; undefined if one isn't understood. */
export function longestGap(schedules: readonly string[]): number | undefined {
  const all: number[] = [];
  for (const schedule of schedules) {
    const runs = runsOf(schedule);
    if (!runs) return undefined;
    for (const run of runs) all.push(run);
  }
  all.sort((a, b) => a - b);
  let gap = 0;
  for (let i = 1; i < all.length; i++) gap = Math.max(gap, all[i] - all[i - 1]);
  return all.length < 2 ? undefined : gap;
}

function valuesOf(
  field: string,
  min: number,
  max: number,
  names: readonly string[],
  offset = 0,
): Set<number> | undefined {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [, from, to, step] = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    if (from === undefined) return undefined;
    const read = (text: string) => {
      const name = names.indexOf(text.toUpperCase());
      return name >= 0 ? name + offset : Number(text);
    };
    const isAll = from === '*' || from === '?';
    const first = isAll ? min : read(from);
    const last = to !== undefined ? read(to) : isAll || step !== undefined ? max : first;
    if (!Number.isInteger(first) || !Number.isInteger(last) || first < min || last > max) return undefined;
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}
