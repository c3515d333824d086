import { show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { Cron } from './cron-field-spec';
import { daysOfMonth } from './cron-runs';
import type { WallClock } from './wall-clock';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A year and a day, enough to see every clock change of a zone. */
const HORIZON_DAYS = 367;
/** Two changes that cancel each other were never closer than a week, see `WallClock`. */
const STEP_DAYS = 5;

/** A stretch of local time that is skipped when clocks move forward, in milliseconds as if it were UTC. */
export interface SkippedTime {
  readonly from: number;
  readonly to: number;
}

/** The local times that a zone skips within a year. */
export function skippedTimes(clock: WallClock, after: Date): SkippedTime[] {
  const skipped: SkippedTime[] = [];
  const offset = (instant: number) => clock.wallAt(instant) - instant;
  const start = Math.floor(after.getTime() / HOUR) * HOUR;
  let before = offset(start);
  for (let day = 0; day < HORIZON_DAYS; day += STEP_DAYS) {
    const next = Math.min(day + STEP_DAYS, HORIZON_DAYS);
    const behind = offset(start + next * DAY);
    if (behind > before) {
      // clock changes fall on quarters of an hour
      let [low, high] = [start + day * DAY, start + next * DAY];
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
 * The law for clock changes: a rule whose only runs of a day fall into skipped local time makes no backup that day.
 *
 * Source: Developer Guide "Backup plan options and configuration", 2026-09.
 *
 * @param skipped the skipped times of the zone, see `skippedTimes`
 * @param expression the expression as written
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
    problem({
      id: 'Backup-ScheduleClockChange',
      property,
      message: (label) =>
        `${label(property)} is ${show(expression)} in ${timeZone}, where clocks move forward from ${timeOf(lost.from)} to ${timeOf(lost.to)} on ${day}, so there is no backup on that day`,
      fix: `run it before ${timeOf(lost.from)}, at ${timeOf(lost.to)} or later, or in UTC`,
    }),
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
