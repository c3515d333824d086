import { dayCount } from '../core/amounts';
import type { Problem } from '../core/problem';

/** What one thing asks of a retention. */
export interface RetentionDemand {
  /** The shortest retention, in days. */
  readonly min?: number;
  /** The longest; for ever is too long then. */
  readonly max?: number;
  /** Who asks for what, as part of a sentence: `the lock of vault `gold` allows 7 to 90 days`. */
  readonly reason: string;
  /** What changes so that less is asked, in the imperative. */
  readonly ease: string;
  /** What the law behind it says of a retention that doesn't fulfil it, as if nothing else were asked. */
  readonly problem: () => Problem;
}

/** What all demands leave. */
export interface RetentionRange {
  readonly min: number;
  readonly max: number;
  /** The demands that the ends come from. */
  readonly lowest?: RetentionDemand;
  readonly highest?: RetentionDemand;
}

/** The retentions that fulfil all demands; none where `min` exceeds `max`. */
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
 * One answer to all that is asked of a retention: by its lifecycle, by locks, by controls. Where one demand isn't
 * fulfilled, that is the problem of its law, with a way out that fulfils the others too. Where several aren't, or
 * where no retention fulfils all, they are told together, so that nobody mends one and breaks the other.
 *
 * @param days Infinity: for ever
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
    const problem = demand.problem();
    const isAlone = (demand.min ?? 1) >= min && (demand.max ?? Number.POSITIVE_INFINITY) <= max;
    return [isAlone ? problem : { ...problem, fix: rangeFix(range) }];
  }
  const told = isPossible
    ? unmet
    : demands.filter((demand) => demand === lowest || demand === highest || unmet.includes(demand));
  const reasons = told.map(({ reason }) => reason);
  return [
    {
      id: 'Backup-RetentionConflict',
      severity: unmet.some((demand) => demand.problem().severity === 'error') ? 'error' : 'warning',
      property,
      message: `\`${property}\` is ${span(days)}, but ${list(reasons)}${isPossible ? '' : ': no retention fulfils that'}`,
      fix: isPossible
        ? rangeFix(range)
        : [lowest, highest].flatMap((demand) => (demand ? [demand.ease] : [])).join(', or '),
    },
  ];
}

/** `use 30 to 90 days`, `use 30 days or more`. */
export function rangeFix({ min, max }: RetentionRange): string {
  if (min === max) return `use ${dayCount(min)}`;
  if (max === Number.POSITIVE_INFINITY) return `use ${dayCount(min)} or more`;
  return min > 1 ? `use ${min} to ${dayCount(max)}` : `use ${dayCount(max)} or less`;
}

/** A number of days in words; Infinity: for ever. */
export function span(days: number): string {
  return days === Number.POSITIVE_INFINITY ? 'for ever' : dayCount(days);
}

function list(reasons: readonly string[]): string {
  return reasons.length < 2
    ? reasons.join('')
    : `${reasons.slice(0, -1).join(', ')}, and ${reasons[reasons.length - 1]}`;
}
