import { show } from '../core/amounts';
import type { Problem } from '../core/problem';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const UTC: ReadonlySet<string> = new Set(['UTC', 'Etc/UTC']);

/**
 * What AWS accepts as time zone of a schedule: a name of the IANA database, spelled as there.
 *
 * Offsets (`+09:00`) are known to Intl, but are no names.
 */
export function timeZoneProblems(name: string, property = 'timeZone'): Problem[] {
  if (UTC.has(name)) return []; // the first look into the time zone database takes as long as reading a large app
  const fault = (fix: string): Problem[] => [
    {
      id: 'Backup-ScheduleTimeZone',
      severity: 'error',
      property,
      message: `\`${property}\` must be a name of the IANA time zone database, got ${show(name)}`,
      fix,
    },
  ];
  const example = 'write for example `Europe/Berlin`, or leave it out for UTC';
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return fault(example);
  let known: string;
  try {
    known = formatter(name).resolvedOptions().timeZone;
  } catch {
    return fault(example);
  }
  // Intl takes any case, and AWS isn't known to
  if (known !== name && known.toLowerCase() === name.toLowerCase()) return fault(`write \`${known}\``);
  return /(^|\/)[^A-Z]/.test(name) ? fault(example) : [];
}

/**
 * The clock on a wall in one time zone: converts between instants and wall time.
 *
 * Wall time is held as the number of milliseconds that the same reading would have in UTC. The object remembers
 * the last stretch of constant offset, so that most conversions need no look into the time zone database.
 */
export class WallClock {
  private format?: Intl.DateTimeFormat;
  private constantFrom = Number.POSITIVE_INFINITY;
  private constantTo = Number.NEGATIVE_INFINITY;
  private constantOffset = 0;

  private readonly timeZone?: string;

  /** @param timeZone a valid IANA name; UTC when left out */
  constructor(timeZone?: string) {
    if (timeZone !== undefined && !UTC.has(timeZone)) this.timeZone = timeZone;
  }

  /** What the clock shows at an instant. */
  wallAt(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  /**
   * The first instant at which the clock shows this wall time; undefined if it never does, because the clock is
   * put forward over it.
   */
  instantOf(wall: number): number | undefined {
    if (this.timeZone === undefined) return wall;
    // no zone is more than a day away from UTC, so the true instant lies between these two
    const early = wall - DAY;
    const late = wall + DAY;
    if (early >= this.constantFrom && late <= this.constantTo) return wall - this.constantOffset;

    const before = this.offsetAt(early);
    // Two changes that cancel each other were never closer than a week (Boa Vista in October 2000), so the same
    // offset at both ends of five days is the offset of all five.
    const horizon = late + 3 * DAY;
    if (this.offsetAt(horizon) === before) {
      this.constantFrom = early;
      this.constantTo = horizon;
      this.constantOffset = before;
      return wall - before;
    }
    const candidates = [before, this.offsetAt(late)].map((offset) => wall - offset);
    const shown = candidates.filter((instant) => this.wallAt(instant) === wall);
    return shown.length > 0 ? Math.min(...shown) : undefined;
  }

  private offsetAt(instant: number): number {
    if (this.timeZone === undefined) return 0;
    this.format ??= formatter(this.timeZone);
    const [month, day, year, hour, minute, second] = this.format
      .format(instant)
      .split(/[^0-9]+/)
      .map(Number);
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    return wall - Math.floor(instant / 1000) * 1000;
  }
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}
