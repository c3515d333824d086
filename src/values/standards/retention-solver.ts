import { dayCount } from '../core/amounts';
import { type Problem, problem } from '../core/problem';
import { MAX_CONTINUOUS_DAYS, MIN_COLD_DAYS } from '../plan/lifecycle';
import { MAX_RETENTION_DAYS } from '../plan/retention';

/** A retention that something demands or allows. */
export interface RetentionBound {
  readonly days: number;
  /** Who says so, such as `` `gdpr` 17 ``. */
  readonly by: string;
}

/** What a plan must meet. */
export interface RetentionDemands {
  /** The longest time between two backups, in hours. */
  readonly maxIntervalHours: number;
  /** Retentions that are demanded at least: clauses, locks, ranges of air-gapped vaults. */
  readonly atLeast: readonly RetentionBound[];
  /** Retentions that are allowed at most. */
  readonly atMost: readonly RetentionBound[];
  /** After how many days recovery points move to cold storage. */
  readonly coldAfterDays?: number;
  /** How many days back any moment must be restorable, with a continuous backup. */
  readonly continuousDays?: number;
}

/** The smallest plan: one rule, and a continuous one if any moment must be restorable. */
export interface RetentionPlan {
  /** The time between two backups: 1 to 12 hours, a day, a week or 28 to 31 days. */
  readonly intervalHours: number;
  readonly retentionDays: number;
  readonly continuousDays?: number;
}

/** Two bounds that contradict each other. */
export interface RetentionConflict {
  readonly demands: RetentionBound;
  readonly forbids: RetentionBound;
}

const DAY = 24;
/** The hours between runs that schedules have: divisors of a day, a day, a week, and a month at its longest. */
export const INTERVALS: readonly number[] = [1, 2, 3, 4, 6, 8, 12, DAY, 7 * DAY, 31 * DAY];

/** The smallest plan that meets all demands, or the two that contradict each other. */
export function solveRetention(demands: RetentionDemands): RetentionPlan | RetentionConflict {
  const intervalHours = Math.max(...INTERVALS.filter((hours) => hours <= demands.maxIntervalHours));
  const { atLeast, atMost, coldAfterDays, continuousDays } = demands;
  const lower: RetentionBound[] = [
    { days: Math.ceil(intervalHours / DAY), by: 'the time between two backups' },
    ...atLeast,
  ];
  if (coldAfterDays !== undefined)
    lower.push({ days: coldAfterDays + MIN_COLD_DAYS, by: `cold storage after ${dayCount(coldAfterDays)}` });
  const upper: RetentionBound[] = [...atMost, { days: MAX_RETENTION_DAYS, by: 'AWS Backup' }];
  const snapshots = between(lower, upper);
  if ('demands' in snapshots || continuousDays === undefined)
    return 'demands' in snapshots ? snapshots : { intervalHours, retentionDays: snapshots.days };
  // a continuous backup lies in the same vaults, but the clauses are met by the snapshots
  const ofVaults = atLeast.filter(({ by }) => isVault(by));
  const window = between(
    [{ days: continuousDays, by: 'point-in-time recovery' }, ...ofVaults],
    [...upper, { days: MAX_CONTINUOUS_DAYS, by: 'continuous backup' }],
  );
  if ('demands' in window) return window;
  return { intervalHours, retentionDays: snapshots.days, continuousDays: window.days };
}

/** The bounds of vaults, which every recovery point in them must keep. */
export function isVault(by: string): boolean {
  return by.startsWith('the lock') || by.startsWith('the logically air-gapped vault');
}

/** The smallest number of days between bounds, or the bounds that leave none. */
function between(
  lower: readonly RetentionBound[],
  upper: readonly RetentionBound[],
): { readonly days: number } | RetentionConflict {
  const demands = lower.reduce((most, one) => (one.days > most.days ? one : most));
  const forbids = upper.reduce((least, one) => (one.days < least.days ? one : least));
  return demands.days <= forbids.days ? { days: demands.days } : { demands, forbids };
}

/** Both sides of a conflict: lower case, no full stop. */
export function conflictText({ demands, forbids }: RetentionConflict): string {
  return `${demands.by} demands at least ${dayCount(demands.days)}, and ${forbids.by} allows at most ${dayCount(forbids.days)}`;
}

export const CONFLICT_FIX = 'change one of the two, or protect the data of each standard with its own plan';

/** The problem of a conflict, with both sides. */
export function conflictProblem(conflict: RetentionConflict, property: string): Problem {
  return problem({
    id: 'Backup-StandardConflict',
    property,
    message: (label) =>
      `${label(property)} must leave a retention that all of them accept, but ${conflictText(conflict)}`,
    fix: CONFLICT_FIX,
  });
}
