const DAY = 24 * 3_600_000;

/** The names of UTC, which needs no time zone database. */
export const UTC_NAMES: ReadonlySet<string> = new Set(['UTC', 'Etc/UTC']);

/**
 * Converts between instants and local time (wall time) in one time zone.
 *
 * Wall time is stored as the number of milliseconds that the same clock reading has in UTC. Offsets are cached, so that
 * most conversions don't need the time zone database.
 */
export class WallClock {
  private constantFrom = Number.POSITIVE_INFINITY;
  private constantTo = Number.NEGATIVE_INFINITY;
  private constantOffset = 0;

  private readonly timeZone?: string;

  /** @param timeZone a valid IANA name; UTC by default */
  constructor(timeZone?: string) {
    if (timeZone !== undefined && !UTC_NAMES.has(timeZone)) this.timeZone = timeZone;
  }

  /** The wall time at an instant. */
  wallAt(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  /**
   * The first instant with this wall time; undefined if there is none, because clocks move forward over it.
   */
  instantOf(wall: number): number | undefined {
    if (this.timeZone === undefined) return wall;
    // no zone is more than a day from UTC, so the instant lies between these two
    const early = wall - DAY;
    const late = wall + DAY;
    if (early >= this.constantFrom && late <= this.constantTo) return wall - this.constantOffset;

    const before = this.offsetAt(early);
    const after = this.offsetAt(late);
    if (before === after) return wall - before;
    const shown = [before, after]
      .map((offset) => wall - offset)
      .filter((instant) => this.wallAt(instant) === wall);
    return shown.length > 0 ? Math.min(...shown) : undefined;
  }

  private offsetAt(instant: number): number {
    if (this.timeZone === undefined) return 0;
    if (instant >= this.constantFrom && instant <= this.constantTo) return this.constantOffset;
    const index = Math.floor(instant / STRETCH);
    const offset = offsetAtStretch(this.timeZone, index);
    if (offsetAtStretch(this.timeZone, index + 1) !== offset) return offsetAt(this.timeZone, instant);
    // runs are mostly looked up in order, so that the next one is likely to be in the same stretch, or in the one after it
    const start = index * STRETCH;
    if (start !== this.constantTo || offset !== this.constantOffset) this.constantFrom = start;
    this.constantTo = start + STRETCH;
    this.constantOffset = offset;
    return offset;
  }
}

/**
 * Two changes that cancel each other were never closer than a week (Boa Vista in October 2000), so the same offset at both
 * ends of five days is the offset of all five.
 */
const STRETCH = 5 * DAY;

/** The offsets at the ends of stretches, for each zone, since looking one up takes as long as reading a schedule. */
const OFFSETS = new Map<string, Map<number, number>>();

function offsetAtStretch(timeZone: string, index: number): number {
  let ofZone = OFFSETS.get(timeZone);
  if (!ofZone) {
    ofZone = new Map();
    OFFSETS.set(timeZone, ofZone);
  }
  let offset = ofZone.get(index);
  if (offset === undefined) {
    offset = offsetAt(timeZone, index * STRETCH);
    ofZone.set(index, offset);
  }
  return offset;
}

function offsetAt(timeZone: string, instant: number): number {
  const [month, day, year, hour, minute, second] = zoneFormatter(timeZone)
    .format(instant)
    .split(/[^0-9]+/)
    .map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(instant / 1000) * 1000;
}

/** One for each zone, since looking a zone up takes as long as reading many schedules. */
const FORMATTERS = new Map<string, Intl.DateTimeFormat>();

/** Formats instants as the clocks of a zone show them; throws if there is no such zone. */
export function zoneFormatter(timeZone: string): Intl.DateTimeFormat {
  let format = FORMATTERS.get(timeZone);
  if (!format) {
    format = newFormatter(timeZone);
    FORMATTERS.set(timeZone, format);
  }
  return format;
}

function newFormatter(timeZone: string): Intl.DateTimeFormat {
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
