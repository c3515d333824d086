import { DAY_MS } from '../core/period';
import type { PointSeries } from './lineage';

/** How many points exist on average: the mean over all instants of a span. */
export interface AverageCounts {
  readonly warm: number;
  readonly cold: number;
}

/** The points of a series on average over `[from, to)`, in closed form: no point is listed. */
export function averageCounts(series: PointSeries, from: number, to: number): AverageCounts {
  if (to <= from) return { warm: 0, cold: 0 };
  const [start, end] = [elapsedAt(series, from), elapsedAt(series, to)];
  const alive = (end.alive - start.alive) / (to - from);
  const cold = (end.cold - start.cold) / (to - from);
  return { warm: Math.max(0, alive - cold), cold: Math.max(0, cold) };
}

/** How long all points together have existed until an instant, and in cold storage. */
function elapsedAt(series: PointSeries, instant: number): { alive: number; cold: number } {
  const { times, retentionDays, coldAfterDays, holds } = series;
  const created = times.elapsed(times.countUntil(instant), instant);
  let expired = 0;
  if (retentionDays !== Number.POSITIVE_INFINITY) {
    const limit = instant - retentionDays * DAY_MS;
    const past = times.countUntil(limit);
    expired = times.elapsed(past, limit);
    for (const hold of holds) {
      const first = Math.min(past, times.countUntil(hold.from - 1));
      const end = Math.min(past, times.countUntil(hold.to));
      if (end > first) expired -= times.elapsed(end, limit) - times.elapsed(first, limit);
    }
  }
  const aging = instant - coldAfterDays * DAY_MS;
  const aged = coldAfterDays < retentionDays ? times.elapsed(times.countUntil(aging), aging) : 0;
  return { alive: created - expired, cold: aged === 0 ? 0 : aged - expired };
}

/** The mean time between consecutive points, in days; undefined with fewer than two. */
export function meanGapDays({ times }: PointSeries): number | undefined {
  const last = times.length - 1;
  return last < 1 ? undefined : (times.at(last) - times.at(0)) / last / DAY_MS;
}
