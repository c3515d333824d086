import { covers, coversAllResources, isEffect } from '../../inventory/iam-evaluation';
import type { Inventory } from '../../inventory/inventory';
import { isUnknown } from '../../template/evaluation/unknown';
import { or, type Verdict } from '../../template/evaluation/verdict';

/** Whether service control policies of the app deny actions to everybody in an account. */
export class ControlPolicies {
  constructor(private readonly inventory: Inventory) {}

  /**
   * Whether all actions are denied, without exception; undefined if a denial has conditions, or if its policy is attached to
   * a root or unit, whose accounts no template contains.
   */
  public deny(account: string | undefined, actions: readonly string[]): Verdict {
    let all: Verdict = true;
    for (const action of actions) {
      let denied: Verdict = false;
      for (const { targets, document } of this.inventory.serviceControlPolicies) {
        const applies = targets.items.some((target) => target === account) || undefined;
        for (const statement of document?.statements.items ?? []) {
          if (isEffect(statement, 'Deny') !== true || !covers(statement, action)) continue;
          const certain =
            applies &&
            coversAllResources(statement) &&
            statement.conditions.items.length === 0 &&
            !statement.conditions.rest;
          denied = or(denied, isElsewhere(targets.items, account) ? false : certain || undefined);
        }
      }
      if (denied === false) return false;
      if (denied === undefined) all = undefined;
    }
    return all;
  }
}

/** Whether a policy is attached only to other accounts. */
function isElsewhere(targets: readonly unknown[], account: string | undefined): boolean {
  return (
    account !== undefined &&
    targets.length > 0 &&
    targets.every((target) => !isUnknown(target) && target !== account && /^\d{12}$/.test(String(target)))
  );
}
