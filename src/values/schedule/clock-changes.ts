import { show } from '../core/amounts';
import type { Problem } from '../core/problem';
import type { Cron } from './cron-field-spec';
import { daysOfMonth } from './cron-runs';
import type { WallClock } from './zoned-time';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A year and a day: every zone that changes its clock does it within. */
const HORIZON_DAYS = 367;

/** A stretch of wall time that a clock is put forward over, in milliseconds as if it were UTC. */
export interface SkippedTime {
  readonly from: number;
  readonly to: number;
}

/** What a clock is put forward over within a year. */
export function skippedTimes(clock: WallClock, after: Date): SkippedTime[] {
  const skipped: SkippedTime[] = [];
  const offset = (instant: number) => clock.wallAt(instant) - instant;
  const start = Math.floor(after.getTime() / HOUR) * HOUR;
  let before = offset(start);
  for (let day = 1; day <= HORIZON_DAYS; day++) {
    const behind = offset(start + day * DAY);
    if (behind > before) {
      // clocks change at whole quarters of an hour at the least
      let [low, high] = [start + (day - 1) * DAY, start + day * DAY];
      while (high - low > HOUR / 4) {
        const middle = low + Math.floor((high - low) / 2 / (HOUR / 4)) * (HOUR / 4);
        if (offset(middle) === before) low = middle;
        else high = middle;
      }
      skipped.push({ from: high + before, to: high + behind });
    }
    before = behind;
  }
  return skipped;
}

/**
 * The law of changes of the clock: a rule whose only runs of a day are at a time that the clock is put forward over
 * makes no backup that day.
 *
 * Source: Developer Guide "Backup plan options and configuration", 2026-09.
 *
 * @param skipped of the clock in the zone, see `skippedTimes`
 * @param expression as it is written
 */
export function clockChangeProblems(
  cron: Cron,
  timeZone: string,
  skipped: readonly SkippedTime[],
  expression: string,
  property = 'schedule',
): Problem[] {
  const lost = skipped.find((time) => isLost(cron, time));
  if (!lost) return [];
  const day = new Date(lost.from).toISOString().slice(0, 10);
  return [
    {
      id: 'Backup-ScheduleClockChange',
      severity: 'warning',
      property,
      message: `\`${property}\` is ${show(expression)} in ${timeZone}, where the clock is put forward from ${timeOf(lost.from)} to ${timeOf(lost.to)} on ${day}: there is no backup on that day`,
      fix: `run it before ${timeOf(lost.from)} or from ${timeOf(lost.to)} on, or in UTC`,
    },
  ];
}

function isLost({ minute, hours, days, months, years }: Cron, { from, to }: SkippedTime): boolean {
  const date = new Date(from);
  const midnight = Math.floor(from / DAY) * DAY;
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return (
    years.includes(year) &&
    months.includes(month) &&
    daysOfMonth(days, year, month).includes(date.getUTCDate()) &&
    hours.every((hour) => {
      const wall = midnight + hour * HOUR + minute * 60_000;
      return wall >= from && wall < to;
    })
  );
}

function timeOf(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}
