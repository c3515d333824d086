import type { Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { known, type Text } from '../../template/evaluation/unknown';
import { contentOf } from './change';
import { pairUp } from './pairs';

type Named = Item & { readonly name?: Text };

/** The new names and logical ids of vaults and resources that are renamed or replaced, which is reported with them alone. */
export class Renaming {
  private readonly replacements: readonly { readonly pattern: RegExp; readonly next: string }[];

  constructor(before: Inventory, after: Inventory) {
    const pairs = (of: (inventory: Inventory) => readonly Named[]) =>
      pairUp(of(before), of(after), ({ name }) => name, true).pairs;
    const names = [...pairs(({ vaults }) => vaults), ...pairs(({ resources }) => resources)].flatMap(
      ({ before: old, after: now }) => [
        [known(old.name), known(now.name)],
        [old.place.logicalId, now.place.logicalId],
      ],
    );
    this.replacements = names.flatMap(([was, next]) =>
      was === undefined || next === undefined || was === next ? [] : [{ pattern: wordPattern(was), next }],
    );
  }

  /** Whether two versions say the same, but for what they refer to having other names. */
  public isSame(before: unknown, after: unknown): boolean {
    const [was, is] = [contentOf(before), contentOf(after)];
    if (was === is) return true;
    return (
      this.replacements.length > 0 &&
      is === this.replacements.reduce((text, { pattern, next }) => text.replace(pattern, () => next), was)
    );
  }
}

function wordPattern(name: string): RegExp {
  return new RegExp(`(?<![\\w-])${name.replace(/\W/g, '\\$&')}(?![\\w-])`, 'g');
}
