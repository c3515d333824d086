import { resourceName } from '../../inventory/labels';
import type { SelectionItem } from '../../inventory/plan/selections';
import type { Forecast } from '../outlook/forecast';
import type { Changes } from './change';
import { pairUp } from './pairs';

/**
 * Selections that go or are new, and select nothing in the templates: what they select is elsewhere, so that no change of a
 * resource shows it.
 */
export function compareSelectionsOfOthers(before: Forecast, after: Forecast, changes: Changes): void {
  const { removed, added } = pairUp(
    before.inventory.selections,
    after.inventory.selections,
    ({ name }) => name,
    true,
  );
  const [used, uses] = [usedBy(before), usedBy(after)];
  for (const one of removed)
    if (!used.has(one.id))
      changes.add('selection', 'weaker', one.place, {
        subject: label(one),
        before: 'present',
        message: `${label(one)} is removed: what it selects outside of these templates is no longer backed up by it`,
      });
  for (const one of added)
    if (!uses.has(one.id))
      changes.add('selection', 'stronger', one.place, {
        subject: label(one),
        after: 'present',
        message: `${label(one)} is new, and selects nothing in these templates`,
      });
}

function label(selection: SelectionItem): string {
  return `selection \`${resourceName(selection)}\``;
}

/** The ids of the selections that protect a resource of the templates. */
function usedBy({ coverage }: Forecast): ReadonlySet<string> {
  return new Set(
    coverage.resources.flatMap(({ plans }) =>
      plans.flatMap(({ selections }) => selections.map(({ id }) => id)),
    ),
  );
}
