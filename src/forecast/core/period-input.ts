import { DAY_MS, MINUTE_MS, type Period } from './period';

/** The last year of AWS's cron dialect. */
const LAST = Date.UTC(2200, 0);
const FIRST = Date.UTC(1970, 0);

/** A duration of ISO 8601, such as `P1Y` or `P90D`. */
export interface IsoDuration {
  readonly months: number;
  readonly milliseconds: number;
}

/** A date (midnight UTC) or an instant with a time zone; undefined if the text is neither. */
export function readInstant(text: string): number | undefined {
  const date = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(
    text,
  )?.[1];
  if (date === undefined) return undefined;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // `Date.parse` accepts 30 February in some engines
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return undefined;
  const instant = Date.parse(text);
  return instant >= FIRST && instant < LAST ? instant : undefined;
}

/** Undefined if the text is not a duration, or zero. */
export function readDuration(text: string): IsoDuration | undefined {
  const match =
    /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?)?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [years, months, weeks, days, hours, minutes] = match.slice(1).map((part) => Number(part ?? 0));
  const duration = {
    months: years * 12 + months,
    milliseconds: (weeks * 7 + days) * DAY_MS + (hours * 60 + minutes) * MINUTE_MS,
  };
  return duration.months + duration.milliseconds > 0 ? duration : undefined;
}

/**
 * The period of a duration after an instant, in calendar months and in days of 24 hours: a month after 31 January ends on the
 * last day of February. Undefined if it ends after 2199, the last year that schedules have.
 */
export function periodFrom(from: number, { months, milliseconds }: IsoDuration): Period | undefined {
  const start = new Date(from);
  const day = start.getUTCDate();
  const month = new Date(from);
  month.setUTCDate(1);
  month.setUTCMonth(month.getUTCMonth() + months);
  const length = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
  month.setUTCDate(Math.min(day, length));
  const to = month.getTime() + milliseconds;
  return to <= LAST ? { from, to } : undefined;
}
