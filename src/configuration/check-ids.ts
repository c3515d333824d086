import { ALL_CHECKS } from '../checks/all-checks';
import { UNPROTECTED } from '../checks/engine/unprotected';
import { nearestName } from '../values/core/nearest';
import type { FindingId } from '../values/findings/registry';
import { OBJECTIVE_FINDINGS } from '../values/objectives/objective-laws';
import { CONFORMANCE } from '../values/standards/conformance-finding';

/** The ids of everything that the checks report, in the order of the checks. */
export const CHECK_IDS: readonly FindingId[] = [
  ...ALL_CHECKS.map(({ id }) => id),
  UNPROTECTED,
  ...OBJECTIVE_FINDINGS,
  CONFORMANCE,
];

const IDS: ReadonlySet<string> = new Set(CHECK_IDS);

export function isCheckId(id: string): id is FindingId {
  return IDS.has(id);
}

/** The fix for an unknown id. */
export function checkIdFix(given: string): string {
  return `use ${nearestName(given, CHECK_IDS)}, or another ID from docs/checks.md`;
}
