import { optOutOf } from '../../coverage/opt-outs';
import { protectionsOf } from '../../coverage/protections';
import type { Inventory } from '../../inventory/inventory';
import { planLabel } from '../../inventory/labels';
import { show } from '../../values/core/amounts';
import { OPT_OUT_UNTIL_TAG, optOutUntilProblems } from '../../values/selection/opt-out';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** Opt-outs of resources that a plan protects, and expired or invalid ones. */
export const optOutChecks: readonly Check[] = checksOf(
  ['Backup-OptOutSelected', 'Backup-OptOutExpired', 'Backup-OptOutUntil'],
  findProblems,
);

function* findProblems(inventory: Inventory, { now }: CheckOptions): Iterable<Detection> {
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const optOut = optOutOf(resource, now);
    if (!optOut) continue;
    const { place, tags } = resource;
    const until = tags.items.find(({ key }) => key === OPT_OUT_UNTIL_TAG)?.value;
    const invalid = typeof until === 'string' ? optOutUntilProblems(until, OPT_OUT_UNTIL_TAG) : [];
    for (const { message } of invalid) yield { id: 'Backup-OptOutUntil', place, message };
    const [plan] = protections.plansOf(resource);
    if (plan && !optOut.expired)
      yield {
        id: 'Backup-OptOutSelected',
        place,
        message: `this resource is opted out (${show(optOut.reason)}), but ${planLabel(plan)} protects it`,
      };
    if (optOut.expired && invalid.length === 0 && protections.of(resource).length === 0)
      yield {
        id: 'Backup-OptOutExpired',
        place,
        message: `this resource was opted out until ${show(optOut.until)} (${show(optOut.reason)}), and no plan protects it`,
      };
  }
}
