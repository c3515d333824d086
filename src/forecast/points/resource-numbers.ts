import { CONTINUOUS_OBJECTIVES } from '../../values/plan/recovery-objective';
import { DAY_MS, MINUTE_MS } from '../core/period';
import { longestGaps, type RunsWithWindow } from '../core/run-times';
import { addCounts, aliveSpan, countsAt, NO_POINTS, type PointCounts } from './lineage';
import type { Lineage, ResourcePoints } from './resource-points';

/** The numbers of the recovery points of one resource, at the end of the period. */
export interface ResourceNumbers {
  /** The longest time between consecutive points; undefined with fewer than two. */
  readonly rpoMinutes?: number;
  /** The same, if the later backup starts at the end of its start window. */
  readonly worstCaseMinutes?: number;
  /** The RPO of the continuous backup; undefined if there is none, or AWS documents none. */
  readonly continuousRpoMinutes?: number;
  /** Points that rules make in their target vaults. */
  readonly recoveryPoints: PointCounts;
  readonly copies: PointCounts;
  /** The earliest moment that can be restored, in milliseconds. */
  readonly oldestAlive?: number;
  /** The latest moment that can be restored, in milliseconds. */
  readonly newestAlive?: number;
}

/** What can be restored at an instant. */
export interface Restorable {
  readonly points: number;
  /** The earliest moment that can be restored, in milliseconds. */
  readonly oldest: number;
  /** The latest moment that can be restored, in milliseconds. */
  readonly newest: number;
  /** Any moment between these can be restored. */
  readonly continuous?: { readonly from: number; readonly to: number };
}

/** @param resourceType the name of the type in AWS Backup */
export function numbersOf(
  { lineages }: ResourcePoints,
  resourceType: string | undefined,
  at: number,
): ResourceNumbers {
  let recoveryPoints = NO_POINTS;
  let copies = NO_POINTS;
  const own: RunsWithWindow[] = [];
  for (const lineage of lineages) {
    if (lineage.kind === 'temporary') continue;
    const counts = countsAt(lineage, at);
    if (lineage.kind === 'copy') copies = addCounts(copies, counts);
    else {
      recoveryPoints = addCounts(recoveryPoints, counts);
      own.push({ times: lineage.times, windowMs: lineage.schedule.startWindowMinutes * MINUTE_MS });
    }
  }
  const gaps = longestGaps(own);
  const restorable = restorableAt(lineages, resourceType, at);
  const continuous = lineages.some(({ kind }) => kind === 'continuous');
  return {
    rpoMinutes: gaps && gaps.longest / MINUTE_MS,
    worstCaseMinutes: gaps && gaps.worstCase / MINUTE_MS,
    continuousRpoMinutes: continuous ? continuousMinutes(resourceType) : undefined,
    recoveryPoints,
    copies,
    oldestAlive: restorable?.oldest,
    newestAlive: restorable?.newest,
  };
}

function continuousMinutes(resourceType: string | undefined): number | undefined {
  return resourceType !== undefined && Object.hasOwn(CONTINUOUS_OBJECTIVES, resourceType)
    ? CONTINUOUS_OBJECTIVES[resourceType].minutes
    : undefined;
}

/** What can be restored at an instant, from points and from the continuous backup; undefined if nothing can. */
export function restorableAt(
  lineages: readonly Lineage[],
  resourceType: string | undefined,
  at: number,
): Restorable | undefined {
  let points = 0;
  let oldest = Number.POSITIVE_INFINITY;
  let newest = Number.NEGATIVE_INFINITY;
  let continuous: Restorable['continuous'];
  for (const lineage of lineages) {
    if (lineage.kind === 'temporary') continue;
    const window = continuousWindow(lineage, resourceType, at);
    const span = window ? { oldest: window.from, newest: window.to } : aliveSpan(lineage, at);
    if (!span) continue;
    continuous = window ?? continuous;
    points += countsAt(lineage, at).alive;
    oldest = Math.min(oldest, span.oldest);
    newest = Math.max(newest, span.newest);
  }
  return points === 0 ? undefined : { points, oldest, newest, continuous };
}

/** The moments that a continuous backup can restore. */
function continuousWindow(
  { kind, times, windowDays }: Lineage,
  resourceType: string | undefined,
  at: number,
): { from: number; to: number } | undefined {
  const { first } = times;
  if (kind !== 'continuous' || first === undefined || first > at) return undefined;
  const to = Math.max(first, at - (continuousMinutes(resourceType) ?? 0) * MINUTE_MS);
  return { from: Math.max(first, at - (windowDays ?? 0) * DAY_MS), to };
}

/** The time since the newest point at an instant, in milliseconds; undefined if there is none. */
export function gapAt(
  lineages: readonly Lineage[],
  resourceType: string | undefined,
  at: number,
): number | undefined {
  const restorable = restorableAt(lineages, resourceType, at);
  return restorable && at - restorable.newest;
}
