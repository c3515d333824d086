import type { Item } from '../../inventory/core/item';
import { isUnknown, known, type Text } from '../../template/evaluation/unknown';

/** How the two versions of an item were recognized as one. */
export type PairedBy = 'place' | 'name' | 'type';

export interface Pair<T> {
  readonly before: T;
  readonly after: T;
  readonly by: PairedBy;
}

export interface Pairs<T> {
  readonly pairs: readonly Pair<T>[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/**
 * Pairs the items of two versions: by stack and logical id, then by physical name. What is left and has no physical name is
 * paired by type within a stack, in its order: CloudFormation replaces it.
 */
export function pairUp<T extends Item>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (item: T) => Text | undefined,
  byType = false,
): Pairs<T> {
  const pairs: Pair<T>[] = [];
  let removed: readonly T[] = before;
  let added: readonly T[] = after;
  const pass = (by: PairedBy, keyOf: (item: T) => string | undefined) => {
    const waiting = new Map<string, T[]>();
    for (const item of added) {
      const key = keyOf(item);
      if (key === undefined) continue;
      const list = waiting.get(key);
      if (list) list.push(item);
      else waiting.set(key, [item]);
    }
    const taken = new Set<T>();
    removed = removed.filter((item) => {
      const key = keyOf(item);
      const found = key === undefined ? undefined : waiting.get(key)?.shift();
      if (!found) return true;
      taken.add(found);
      pairs.push({ before: item, after: found, by });
      return false;
    });
    added = added.filter((item) => !taken.has(item));
  };
  const nameKey = (item: T) => {
    const name = known(nameOf(item));
    return name === undefined
      ? undefined
      : [item.type, item.place.account, item.place.region, name].join('|');
  };
  pass('place', ({ type, place, id }) => [type, place.stack, place.logicalId, replicaOf(id)].join('|'));
  pass('name', nameKey);
  if (byType)
    pass('type', (item) => {
      const name = nameOf(item);
      return name === undefined || isUnknown(name) ? `${item.type}|${item.place.stack}` : undefined;
    });
  return { pairs, removed, added };
}

/** What distinguishes replicas of one resource. */
function replicaOf(id: string): string {
  return id.split('@')[1] ?? '';
}
