import { DAY_MS } from '../core/period';
import type { RunTimes } from '../core/run-times';

/** How many recovery points there are. `created` is the sum of `alive` and `expired`, `alive` of `warm` and `cold`. */
export interface PointCounts {
  readonly created: number;
  readonly alive: number;
  readonly warm: number;
  readonly cold: number;
  readonly expired: number;
}

export const NO_POINTS: PointCounts = Object.freeze({ created: 0, alive: 0, warm: 0, cold: 0, expired: 0 });

/** Recovery points created in this span, both ends included, can't be deleted. */
export interface Hold {
  readonly from: number;
  readonly to: number;
}

/** How long the points of a lineage live. */
export interface PointLife {
  /** Infinity: forever. */
  readonly retentionDays: number;
  /** Infinity: never moved to cold storage. */
  readonly coldAfterDays: number;
  /** In ascending order, without overlaps. */
  readonly holds: readonly Hold[];
}

/**
 * Recovery points of one resource that have one vault and one lifecycle: created at the runs of a rule. The age of a copy
 * counts from the creation of its source, so a copy has the times of its source.
 */
export interface PointSeries extends PointLife {
  readonly times: RunTimes;
}

/** The points at an instant. A point lives in `[created, expires)`. */
export function countsAt(series: PointSeries, instant: number): PointCounts {
  const created = series.times.countUntil(instant);
  const expired = expiredAt(series, instant);
  const alive = created - expired;
  const aged =
    series.coldAfterDays < series.retentionDays
      ? series.times.countUntil(instant - series.coldAfterDays * DAY_MS)
      : 0;
  const cold = Math.max(0, aged - expired);
  return { created, alive, warm: alive - cold, cold, expired };
}

function expiredAt({ times, retentionDays, holds }: PointSeries, instant: number): number {
  const limit = instant - retentionDays * DAY_MS;
  const past = times.countUntil(limit);
  let held = 0;
  for (const { from, to } of holds) {
    const before = times.countUntil(from - 1);
    held += Math.max(0, Math.min(past, times.countUntil(to)) - before);
  }
  return past - held;
}

/** The creation of the oldest and the newest point that is alive at an instant; undefined if there are none. */
export function aliveSpan(
  series: PointSeries,
  instant: number,
): { readonly oldest: number; readonly newest: number } | undefined {
  const { times, retentionDays, holds } = series;
  const created = times.countUntil(instant);
  const past = times.countUntil(instant - retentionDays * DAY_MS);
  const inHolds = holds.flatMap(({ from, to }) => {
    const first = times.countUntil(from - 1);
    const end = Math.min(past, times.countUntil(to));
    return first < end ? [{ first, last: end - 1 }] : [];
  });
  const first = inHolds[0]?.first ?? past;
  const last = created > past ? created - 1 : inHolds[inHolds.length - 1]?.last;
  return last === undefined || first > last ? undefined : { oldest: times.at(first), newest: times.at(last) };
}

export function addCounts(a: PointCounts, b: PointCounts): PointCounts {
  return {
    created: a.created + b.created,
    alive: a.alive + b.alive,
    warm: a.warm + b.warm,
    cold: a.cold + b.cold,
    expired: a.expired + b.expired,
  };
}

/** Holds in ascending order, those that touch joined. */
export function joinedHolds(holds: readonly Hold[]): Hold[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...holds].sort((a, b) => a.from - b.from)) {
    const last = joined[joined.length - 1];
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else if (from <= to) joined.push({ from, to });
  }
  return joined;
}
