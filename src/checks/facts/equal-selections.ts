import type { Inventory } from '../../inventory/inventory';
import { linkedPlan } from '../../inventory/lookups';
import type { PlanItem } from '../../inventory/plan/plans';
import type { SelectionItem } from '../../inventory/plan/selections';
import { textKey } from '../../template/evaluation/text';
import { isUnknown, type Text } from '../../template/evaluation/unknown';

/**
 * Groups of two or more plans that certainly select the same resources: they have equal selections in one account and
 * Region.
 */
export function findPlansWithEqualSelections(inventory: Inventory): PlanItem[][] {
  const byKey = new Map<string, Set<PlanItem>>();
  for (const selection of inventory.selections) {
    const plan = linkedPlan(inventory, selection.plan);
    const key = plan && keyOf(selection);
    if (key === undefined) continue;
    const plans = byKey.get(key);
    if (plans) plans.add(plan as PlanItem);
    else byKey.set(key, new Set([plan as PlanItem]));
  }
  return [...byKey.values()].filter((plans) => plans.size > 1).map((plans) => [...plans]);
}

/** Equal for equal selections; undefined if a selection isn't fully known, or may not be created. */
function keyOf({
  place,
  condition,
  resources,
  notResources,
  listOfTags,
  conditions,
}: SelectionItem): string | undefined {
  if (condition && isUnknown(condition.holds)) return undefined;
  if ([resources, notResources, listOfTags, conditions].some(({ rest }) => rest)) return undefined;
  const texts = (list: readonly (Text | undefined)[]) =>
    list.map((text) => (text === undefined ? '' : textKey(text)));
  const groups = [
    resources.items.map((text) => texts([text])),
    notResources.items.map((text) => texts([text])),
    listOfTags.items.map(({ key, value }) => texts([key, value])),
    conditions.items.map(({ operator, key, value }) => [operator, ...texts([key, value])]),
  ];
  if (groups.flat(2).includes(undefined)) return undefined;
  if (groups[0].length + groups[2].length === 0) return undefined; // refused by AWS
  const criteria = groups.map((group) => group.map((parts) => JSON.stringify(parts)).sort());
  const { account, region, stackId } = place;
  return JSON.stringify([account ?? stackId, region ?? stackId, criteria]);
}
