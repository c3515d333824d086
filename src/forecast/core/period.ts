/** The instants between which a forecast looks, in milliseconds: `from` is inclusive, `to` exclusive. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** A day of the forecast: 24 hours, whatever the clocks do. */
export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

/** The first instant of each month within the period, and its end. */
export function checkpointsOf({ from, to }: Period): number[] {
  const points: number[] = [];
  const start = new Date(from);
  let month = Date.UTC(start.getUTCFullYear(), start.getUTCMonth());
  for (let next = 0; month < to; next++) {
    month = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + next);
    if (month >= from && month < to) points.push(month);
  }
  return [...points, to];
}

/** `2027-03-01`, or with the time where it isn't midnight UTC. */
export function dateText(instant: number): string {
  const text = new Date(instant).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace(/:00\.000Z$/, 'Z');
}
