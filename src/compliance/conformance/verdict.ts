import type { Place } from '../../inventory/core/item';

/**
 * The answer to a requirement.
 *
 * - `met`: a template shows it
 * - `not-met`: a template shows the opposite
 * - `not-visible`: no template shows it, or it depends on values known only at deployment
 * - `not-applicable`: there is nothing that it applies to
 */
export type RequirementStatus = 'met' | 'not-met' | 'not-visible' | 'not-applicable';

export const REQUIREMENT_STATUSES: readonly RequirementStatus[] = [
  'not-met',
  'not-visible',
  'met',
  'not-applicable',
];

/** The answer for one resource, vault, rule or app. */
export interface Verdict {
  readonly status: RequirementStatus;
  /** Undefined: the whole input. */
  readonly place?: Place;
  /** What was found, with the value. Lower case, no full stop. */
  readonly value: string;
}

/** The answer for several: the worst that is certain decides, and what is certain counts before what isn't visible. */
export function overall(verdicts: readonly Verdict[]): RequirementStatus {
  return (
    REQUIREMENT_STATUSES.find((status) => verdicts.some((verdict) => verdict.status === status)) ??
    'not-applicable'
  );
}
