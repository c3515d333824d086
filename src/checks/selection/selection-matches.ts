import { isRefused } from '../../coverage/compiled-selection';
import { protectionsOf } from '../../coverage/protections';
import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { selectionLabel } from '../../inventory/labels';
import type { SelectionItem } from '../../inventory/plan/selections';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { show } from '../../values/core/amounts';
import { TAG_KEY_PREFIX } from '../../values/core/tag-condition';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** Which resources of the app selections select. */
export const selectionMatchChecks: readonly Check[] = checksOf(
  ['Backup-SelectsNothing', 'Backup-TagCase'],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const protections = protectionsOf(inventory);
  const places = new Set(inventory.resources.map(placeOf));
  for (const selection of inventory.selections) {
    if (isRefused(selection) || isOpen(selection) || !places.has(placeOf(selection))) continue;
    if (!protections.selectsSomething(selection))
      yield {
        id: 'Backup-SelectsNothing',
        place: at(selection.place, selection.pathInTemplate),
        message: `${selectionLabel(selection)} selects nothing in this app`,
      };
  }
  yield* findCaseDifferences(inventory);
}

/** Whether what a selection selects isn't fully known. */
function isOpen({ resources, listOfTags, conditions }: SelectionItem): boolean {
  return [resources, listOfTags, conditions].some(({ rest }) => rest !== undefined);
}

function placeOf({ place }: Item): string {
  return `${place.account}|${place.region}`;
}

/** A tag that a selection selects by. */
interface SelectedTag {
  readonly key: string;
  readonly value: string;
  readonly selection: SelectionItem;
}

/** Tags that differ only in case from what a selection in the same account and Region selects by. */
function* findCaseDifferences(inventory: Inventory): Iterable<Detection> {
  const selected = new Map<string, SelectedTag>();
  const exact = new Set<string>();
  for (const selection of inventory.selections)
    for (const { key, value } of wantedTags(selection)) {
      const lower = `${placeOf(selection)}|${key}=${value}`.toLowerCase();
      if (!selected.has(lower)) selected.set(lower, { key, value, selection });
      exact.add(`${placeOf(selection)}|${key}=${value}`);
    }
  if (selected.size === 0) return;
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources)
    if (protections.of(resource).length === 0) yield* nearTags(resource, selected, exact);
}

function* nearTags(
  resource: ResourceItem,
  selected: ReadonlyMap<string, SelectedTag>,
  exact: ReadonlySet<string>,
): Iterable<Detection> {
  for (const { key, value } of resource.tags.items) {
    if (typeof key !== 'string' || typeof value !== 'string') continue;
    const tag = `${placeOf(resource)}|${key}=${value}`;
    const near = exact.has(tag) ? undefined : selected.get(tag.toLowerCase());
    if (near)
      yield {
        id: 'Backup-TagCase',
        place: resource.place,
        message: `the tag ${show(key)} with the value ${show(value)} differs only in case from ${show(near.key)} with the value ${show(near.value)}, which ${selectionLabel(near.selection)} selects by`,
        fix: `use ${show(near.key)} with the value ${show(near.value)}`,
      };
  }
}

/** The tags with values that a selection selects by. */
function wantedTags({ listOfTags, conditions }: SelectionItem): { key: string; value: string }[] {
  return [
    ...listOfTags.items,
    ...conditions.items
      .filter(({ operator }) => operator === 'StringEquals')
      .map(({ key, value }) => ({
        key: typeof key === 'string' ? key.slice(TAG_KEY_PREFIX.length) : key,
        value,
      })),
  ].flatMap(({ key, value }) =>
    typeof key === 'string' && typeof value === 'string' ? [{ key, value }] : [],
  );
}
