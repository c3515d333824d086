import { isRefused } from '../../coverage/compiled-selection';
import { protectionsOf } from '../../coverage/protections';
import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import type { SelectionItem } from '../../inventory/plan/selections';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ASSIGNING, ASSIGNING_JSON, selectionLabel } from '../../inventory/selection-labels';
import { show } from '../../values/core/amounts';
import { TAG_KEY_PREFIX } from '../../values/core/tag-condition';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject } from '../engine/subject';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-SelectsNothing',
    severity: 'note',
    what: 'A selection selects no resource of the app, although the app has resources in its account and Region.',
    why: 'If it isn’t meant for resources that are made elsewhere, nothing is backed up by it, and nothing says so.',
    fix: 'compare its tags and ARNs with those of the resources, letter by letter',
    docs: ASSIGNING,
    source: 'AWS Backup Developer Guide, Selecting AWS services to back up',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-TagCase',
    severity: 'warning',
    what: 'A resource that no plan protects has a tag that differs from what a selection asks for in upper and lower case alone.',
    why: 'Keys and values of tags are case sensitive: the resource is silently not backed up.',
    fix: 'write the tag as the selection does',
    docs: ASSIGNING_JSON,
    source: 'AWS Backup Developer Guide, Assigning resources using JSON',
    asOf: '2026-04-13',
  },
];

/** What selections select among the resources of the app. */
export const selectionMatchChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
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
  yield* caseSeen(inventory);
}

/** Whether what it selects isn't known. */
function isOpen({ resources, listOfTags, conditions }: SelectionItem): boolean {
  return [resources, listOfTags, conditions].some(({ rest }) => rest !== undefined);
}

function placeOf({ place }: Item): string {
  return `${place.account}|${place.region}`;
}

interface Asked {
  readonly key: string;
  readonly value: string;
  readonly selection: SelectionItem;
}

/** Tags that are nearly what a selection of the same account and Region asks for. */
function* caseSeen(inventory: Inventory): Iterable<Seen> {
  const asked = new Map<string, Asked>();
  const exact = new Set<string>();
  for (const selection of inventory.selections)
    for (const { key, value } of wantedTags(selection)) {
      const lower = `${placeOf(selection)}|${key}=${value}`.toLowerCase();
      if (!asked.has(lower)) asked.set(lower, { key, value, selection });
      exact.add(`${placeOf(selection)}|${key}=${value}`);
    }
  if (asked.size === 0) return;
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources)
    if (protections.of(resource).length === 0) yield* nearTags(resource, asked, exact);
}

function* nearTags(
  resource: ResourceItem,
  asked: ReadonlyMap<string, Asked>,
  exact: ReadonlySet<string>,
): Iterable<Seen> {
  for (const { key, value } of resource.tags.items) {
    if (typeof key !== 'string' || typeof value !== 'string') continue;
    const said = `${placeOf(resource)}|${key}=${value}`;
    const near = exact.has(said) ? undefined : asked.get(said.toLowerCase());
    if (near)
      yield {
        id: 'Backup-TagCase',
        place: resource.place,
        message: `the tag ${show(key)} with ${show(value)} is not ${show(near.key)} with ${show(near.value)}, which ${selectionLabel(near.selection)} asks for`,
        fix: `write ${show(near.key)} with ${show(near.value)}`,
      };
  }
}

/** The tags with values of which a selection needs one or all. */
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
