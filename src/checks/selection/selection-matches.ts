import { isRefused } from '../../coverage/compiled-selection';
import { optOutOf } from '../../coverage/opt-outs';
import { protectionsOf } from '../../coverage/protections';
import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { selectionLabel } from '../../inventory/labels';
import type { SelectionItem } from '../../inventory/plan/selections';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { show } from '../../values/core/amounts';
import { nearestOf } from '../../values/core/nearest';
import { TAG_KEY_PREFIX } from '../../values/core/tag-condition';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** Which resources of the app selections select. */
export const selectionMatchChecks: readonly Check[] = checksOf(
  ['Backup-SelectsNothing', 'Backup-SelectsOthersOnly', 'Backup-TagCase', 'Backup-TagTypo'],
  findProblems,
);

function* findProblems(inventory: Inventory, { now }: CheckOptions): Iterable<Detection> {
  const protections = protectionsOf(inventory);
  // what is opted out of backups isn't meant to be selected
  const places = new Set(inventory.resources.filter((one) => !optOutOf(one, now)).map(placeOf));
  for (const selection of inventory.selections) {
    if (isRefused(selection) || isOpen(selection) || !places.has(placeOf(selection))) continue;
    if (!protections.selectsSomething(selection))
      yield {
        id: isByTag(selection) ? 'Backup-SelectsNothing' : 'Backup-SelectsOthersOnly',
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

function isByTag({ listOfTags, conditions }: SelectionItem): boolean {
  return listOfTags.items.length + conditions.items.length > 0;
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

/** Tags that differ only in case, or by a typo, from what a selection in the same account and Region selects by. */
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
  const byKey = new Map<string, SelectedTag[]>();
  for (const [, tag] of selected) {
    const key = `${placeOf(tag.selection)}|${tag.key}`;
    byKey.set(key, [...(byKey.get(key) ?? []), tag]);
  }
  const nearest = nearestTag(byKey);
  for (const resource of inventory.resources)
    if (protections.of(resource).length === 0) {
      yield* nearTags(resource, selected, exact);
      yield* typos(resource, selected, nearest);
    }
}

/** Finds the selected tag of a key and place whose value a value is almost; each value is compared once. */
function nearestTag(
  byKey: ReadonlyMap<string, readonly SelectedTag[]>,
): (key: string, value: string) => SelectedTag | undefined {
  const known = new Map<string, SelectedTag | undefined>();
  return (key, value) => {
    const id = `${key}=${value}`;
    if (!known.has(id)) {
      const candidates = byKey.get(key) ?? [];
      const near = nearestOf(
        value,
        candidates.map((tag) => tag.value),
      );
      known.set(
        id,
        candidates.find((candidate) => candidate.value === near),
      );
    }
    return known.get(id);
  };
}

/** Tags whose value is almost what a selection in the same account and Region selects by. */
function* typos(
  resource: ResourceItem,
  selected: ReadonlyMap<string, SelectedTag>,
  nearest: ReturnType<typeof nearestTag>,
): Iterable<Detection> {
  for (const { key, value } of resource.tags.items) {
    if (typeof key !== 'string' || typeof value !== 'string') continue;
    if (selected.has(`${placeOf(resource)}|${key}=${value}`.toLowerCase())) continue;
    const tag = nearest(`${placeOf(resource)}|${key}`, value);
    if (tag)
      yield {
        id: 'Backup-TagTypo',
        place: resource.place,
        message: `the tag ${show(key)} with the value ${show(value)} is almost ${show(tag.value)}, which ${selectionLabel(tag.selection)} selects by`,
        fix: `use ${show(tag.value)}`,
      };
  }
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
