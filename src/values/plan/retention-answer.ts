import { dayCount } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/** A requirement for a retention. */
export interface RetentionDemand {
  /** The shortest allowed retention, in days. */
  readonly min?: number;
  /** The longest allowed retention, in days; excludes forever. */
  readonly max?: number;
  /** The requirement as a clause: "the lock of vault `gold` allows 7 to 90 days". */
  readonly reason: string;
  /** How to relax the requirement, in the imperative. */
  readonly relaxation: string;
  /** The problem that the underlying law reports if this is the only requirement that isn't met. */
  readonly problem: () => Problem;
}

/** The range that all requirements leave. */
export interface RetentionRange {
  readonly min: number;
  readonly max: number;
  /** The requirements that set the ends. */
  readonly lowest?: RetentionDemand;
  readonly highest?: RetentionDemand;
}

/** The retentions that meet all requirements; none if `min` exceeds `max`. */
export function retentionRange(demands: readonly RetentionDemand[]): RetentionRange {
  let range: RetentionRange = { min: 1, max: Number.POSITIVE_INFINITY };
  for (const demand of demands) {
    if (demand.min !== undefined && demand.min > range.min)
      range = { ...range, min: demand.min, lowest: demand };
    if (demand.max !== undefined && demand.max < range.max)
      range = { ...range, max: demand.max, highest: demand };
  }
  return range;
}

/**
 * Checks a retention against all requirements at once: of its lifecycle, of locks, of controls. If one isn't met, returns
 * the problem of its law with a fix that meets the others too. If several aren't, or if no retention meets all of them,
 * returns one problem that names them together, because fixing one would break another.
 *
 * @param days Infinity: forever
 */
export function retentionAnswer(
  property: string,
  days: number,
  demands: readonly RetentionDemand[],
): Problem[] {
  const unmet = demands.filter(({ min = 0, max = Number.POSITIVE_INFINITY }) => days < min || days > max);
  if (unmet.length === 0) return [];
  const range = retentionRange(demands);
  const { lowest, highest, min, max } = range;
  const isPossible = min <= max;
  if (unmet.length === 1 && isPossible) {
    const [demand] = unmet;
    const unmetProblem = demand.problem();
    const isAlone = (demand.min ?? 1) >= min && (demand.max ?? Number.POSITIVE_INFINITY) <= max;
    return [isAlone ? unmetProblem : unmetProblem.with({ fix: rangeFix(range) })];
  }
  const involved = isPossible
    ? unmet
    : demands.filter((demand) => demand === lowest || demand === highest || unmet.includes(demand));
  const reasons = involved.map(({ reason }) => reason);
  return [
    problem({
      id: unmet.some((demand) => demand.problem().severity === 'error')
        ? 'Backup-RetentionConflict'
        : 'Backup-RetentionGoalConflict',
      property,
      message: (label) =>
        `${label(property)} is ${span(days)}, but ${list(reasons)}${isPossible ? '' : ': no retention satisfies all of these'}`,
      fix: isPossible
        ? rangeFix(range)
        : [lowest, highest].flatMap((demand) => (demand ? [demand.relaxation] : [])).join(', or '),
    }),
  ];
}

/** `use 30 to 90 days`, `use 30 days or more`. */
export function rangeFix({ min, max }: RetentionRange): string {
  if (min === max) return `use ${dayCount(min)}`;
  if (max === Number.POSITIVE_INFINITY) return `use ${dayCount(min)} or more`;
  return min > 1 ? `use ${min} to ${dayCount(max)}` : `use ${dayCount(max)} or less`;
}

/** Formats a number of days; Infinity: forever. */
export function span(days: number): string {
  return days === Number.POSITIVE_INFINITY ? 'forever' : dayCount(days);
}

function list(reasons: readonly string[]): string {
  return reasons.length < 2
    ? reasons.join('')
    : `${reasons.slice(0, -1).join(', ')}, and ${reasons[reasons.length - 1]}`;
}
