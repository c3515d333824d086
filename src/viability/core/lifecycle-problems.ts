import { numberOrToken } from '../../inventory/as-token';
import type { LifecycleItem } from '../../inventory/plan/plans';
import { inTemplate, TEMPLATE_NAMES } from '../../inventory/template-names';
import { known } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import { lifecycleProblems } from '../../values/plan/lifecycle';

/** The retention of a rule or a copy in a template. */
export const RETENTION = TEMPLATE_NAMES.retention;
/** The transition to cold storage in a template. */
export const COLD = TEMPLATE_NAMES.coldStorageAfter;

/** What the law reports about a lifecycle in a template. */
export function templateLifecycleProblems(
  { deleteAfterDays, moveToColdStorageAfterDays, optInToArchive }: Partial<LifecycleItem>,
  circumstances: { readonly continuous?: boolean; readonly monthlyOrRarer?: boolean },
): Problem[] {
  const values = {
    deleteAfterDays: numberOrToken(deleteAfterDays),
    moveToColdStorageAfterDays: numberOrToken(moveToColdStorageAfterDays),
    archive: known(optInToArchive),
    ...circumstances,
  };
  return inTemplate(lifecycleProblems(values));
}
