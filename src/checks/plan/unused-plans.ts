import type { Inventory } from '../../inventory/inventory';
import { planLabel } from '../../inventory/labels';
import { linkedPlan } from '../../inventory/lookups';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** Plans without selections. */
export const unusedPlanChecks: readonly Check[] = checksOf(['Backup-PlanWithoutSelection'], findProblems);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const used = new Set(inventory.selections.map((selection) => linkedPlan(inventory, selection.plan)));
  if (used.has(undefined)) return; // a selection of an unknown plan may belong to any
  for (const plan of inventory.plans)
    if (!used.has(plan))
      yield {
        id: 'Backup-PlanWithoutSelection',
        place: plan.place,
        message: `${planLabel(plan)} has no selection in this app, so it backs up nothing here`,
      };
}
