import type { Place } from '../../inventory/core/item';
import type { Problem } from '../../values/core/problem';
import type { FindingId } from '../../values/findings/registry';

/** What a check finds at one place. */
export interface Detection {
  readonly id: FindingId;
  readonly place: Place;
  /** What is wrong, with the actual value. Lower case, no full stop. */
  readonly message: string;
  /** The fix, if it is more precise than that of the registry. */
  readonly fix?: string;
}

/**
 * Problems that laws report, as detections at one place.
 *
 * @param of whose property it is, such as "rule `daily` of plan `gold`"
 */
export function detectionsFrom(place: Place, problems: readonly Problem[], of?: () => string): Detection[] {
  return problems.map((problem) => {
    const { id, message, fix } = of ? problem.as({ of: of() }) : problem;
    return { id, place, message, fix };
  });
}
