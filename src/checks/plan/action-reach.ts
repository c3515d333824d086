import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { ruleLabel } from '../../inventory/labels';
import { eachRule } from '../../inventory/traversal';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** Which recovery points the index and the scans of a rule don't reach. */
export const actionReachChecks: readonly Check[] = checksOf(['Backup-ActionReach'], findProblems);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const { plan, rule } of eachRule(inventory)) {
    const place = (property: string) => at(plan.place, `${rule.pathInTemplate}/${property}`);
    if (rule.airGappedVault !== undefined && rule.indexActions.items.length > 0)
      yield {
        id: 'Backup-ActionReach',
        place: place('IndexActions'),
        message: `\`IndexActions\` of ${ruleLabel(plan, rule)} do not reach the recovery points in its logically air-gapped vault, which can't be indexed`,
      };
    if (rule.copies.items.length > 0 && rule.scanActions.items.length > 0)
      yield {
        id: 'Backup-ActionReach',
        place: place('ScanActions'),
        message: `\`ScanActions\` of ${ruleLabel(plan, rule)} do not reach its copies: scheduled scans cover the recovery points that the rule makes`,
      };
  }
}
