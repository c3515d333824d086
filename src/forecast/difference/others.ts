import type { Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { resourceName } from '../../inventory/labels';
import type { KeyItem } from '../../inventory/vault/keys';
import { showText } from '../../template/evaluation/text';
import type { Text } from '../../template/evaluation/unknown';
import { type ChangeKind, type Changes, type Direction, isRetained } from './change';
import { pairUp } from './pairs';
import { Renaming } from './renaming';

/** Items that matter as a whole: a change in them is neutral, a removal weaker, an addition stronger. */
interface Family<T extends Item> {
  readonly kind: ChangeKind;
  readonly what: string;
  readonly of: (inventory: Inventory) => readonly T[];
  /** The parts that matter. */
  readonly content?: (item: T) => unknown;
  readonly gone?: Direction;
  readonly isNew?: Direction;
}

const family = <T extends Item>(all: Family<T>): Family<Item> => all as unknown as Family<Item>;

const FAMILIES: readonly Family<Item>[] = [
  family({
    kind: 'restore-test',
    what: 'restore testing plan',
    of: (inventory) => inventory.restoreTestingPlans,
  }),
  family({
    kind: 'restore-test',
    what: 'restore testing selection',
    of: (inventory) => inventory.restoreTestingSelections,
  }),
  family({ kind: 'monitoring', what: 'framework', of: (inventory) => inventory.frameworks }),
  family({ kind: 'monitoring', what: 'report plan', of: (inventory) => inventory.reportPlans }),
  family({ kind: 'retention', what: 'legal hold', of: (inventory) => inventory.legalHolds }),
  family({
    kind: 'cold-storage',
    what: 'tiering configuration',
    of: (inventory) => inventory.tiering,
    gone: 'neutral',
    isNew: 'neutral',
  }),
  family({
    kind: 'copy',
    what: 'state machine that copies',
    of: (inventory) => inventory.copyStateMachines,
    content: ({ copies }) => copies,
  }),
  family({
    kind: 'access',
    what: 'share of a logically air-gapped vault',
    of: (inventory) => inventory.vaultShares,
    gone: 'neutral',
    isNew: 'neutral',
  }),
  family({ kind: 'organization', what: 'backup policy', of: (inventory) => inventory.organizationPolicies }),
  family({
    kind: 'organization',
    what: 'service control policy',
    of: (inventory) => inventory.serviceControlPolicies,
  }),
  family({ kind: 'settings', what: 'Region settings', of: (inventory) => inventory.regionSettings }),
  family({
    kind: 'settings',
    what: 'organization settings',
    of: (inventory) => inventory.organizationSettings,
  }),
  family({ kind: 'settings', what: 'global settings', of: (inventory) => inventory.globalSettings }),
  family({
    kind: 'vault',
    what: 'deletion of vault contents with the stack',
    of: (inventory) => inventory.vaultContents,
    gone: 'stronger',
    isNew: 'weaker',
  }),
];

/** What changes beside vaults, rules and resources. */
export function compareOthers(before: Inventory, after: Inventory, changes: Changes): void {
  const renaming = new Renaming(before, after);
  for (const {
    kind,
    what,
    of,
    content = (item: Item): unknown => item,
    gone = 'weaker',
    isNew = 'stronger',
  } of FAMILIES) {
    const { pairs, removed, added } = pairUp(of(before), of(after), nameOf, true);
    const report = (item: Item, direction: Direction, verb: string, was: string | null, is: string | null) =>
      changes.add(kind, direction, item.place, {
        subject: `${what} \`${resourceName(item)}\``,
        before: was,
        after: is,
        message: `${what} \`${resourceName(item)}\` ${verb}`,
      });
    for (const item of removed) report(item, gone, 'is removed', 'present', null);
    for (const item of added) report(item, isNew, 'is new', null, 'present');
    for (const pair of pairs)
      if (!renaming.isSame(content(pair.before), content(pair.after)))
        report(pair.after, 'neutral', 'changes', 'as before', 'changed');
  }
  compareSelections(before, after, renaming, changes);
  compareKeys(before, after, changes);
}

function nameOf(item: Item): Text | undefined {
  return (item as { name?: Text }).name;
}

/** Which resources a selection selects is reported with these. */
function compareSelections(before: Inventory, after: Inventory, renaming: Renaming, changes: Changes): void {
  const { pairs } = pairUp(before.selections, after.selections, ({ name }) => name, true);
  for (const { before: old, after: now } of pairs) {
    const roleText = ({ role }: typeof old) => (role ? showText(role.text) : null);
    const subject = `selection \`${resourceName(now)}\``;
    if (roleText(old) !== roleText(now))
      changes.add('role', 'neutral', now.place, {
        subject,
        before: roleText(old),
        after: roleText(now),
        message: `${subject} backs up with another role`,
      });
    const criteria = ({ resources, notResources, listOfTags, conditions }: typeof old) => [
      resources,
      notResources,
      listOfTags,
      conditions,
    ];
    if (!renaming.isSame(criteria(old), criteria(now)))
      changes.add('selection', 'neutral', now.place, {
        subject,
        message: `the criteria of ${subject} change; resources that are protected or not because of it are listed apart`,
      });
  }
}

/** What makes a key unusable makes its recovery points unusable. */
function compareKeys(before: Inventory, after: Inventory, changes: Changes): void {
  const { pairs, removed } = pairUp(before.keys, after.keys, () => undefined);
  const retains = ({ deletionPolicy }: Item) => isRetained(deletionPolicy);
  const isDisabled = ({ enabled }: KeyItem) => enabled === false;
  for (const key of removed)
    changes.add('key', 'weaker', key.place, {
      subject: `key \`${resourceName(key)}\``,
      before: 'present',
      message: `key \`${resourceName(key)}\` is removed${retains(key) ? ' from the template, and stays' : ': what it encrypts becomes unreadable'}`,
    });
  for (const { before: old, after: now } of pairs) {
    const subject = `key \`${resourceName(now)}\``;
    if (retains(old) !== retains(now))
      changes.add('key', retains(now) ? 'stronger' : 'weaker', now.place, {
        subject,
        before: retains(old) ? 'retained' : 'deleted',
        after: retains(now) ? 'retained' : 'deleted',
        message: `${subject} is ${retains(now) ? 'retained' : 'deleted'} with its stack`,
      });
    if (isDisabled(old) !== isDisabled(now))
      changes.add('key', isDisabled(now) ? 'weaker' : 'stronger', now.place, {
        subject,
        before: isDisabled(old) ? 'disabled' : 'enabled',
        after: isDisabled(now) ? 'disabled' : 'enabled',
        message: `${subject} is ${isDisabled(now) ? 'disabled: what it encrypts is unreadable' : 'enabled'}`,
      });
  }
}
