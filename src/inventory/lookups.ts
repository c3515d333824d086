import type { Item, Link } from './core/item';
import type { Inventory } from './inventory';
import { PLANS, type PlanItem } from './plan/plans';
import { ROLES, type RoleItem } from './role/roles';
import { type AliasItem, KEYS, type KeyItem } from './vault/keys';
import { TOPICS, type TopicItem } from './vault/topics';
import { VAULTS, type VaultItem } from './vault/vaults';

/** The item of certain types that a reference leads to; undefined if it isn't in the inventory. */
function follow(inventory: Inventory, link: Link | undefined, types: ReadonlySet<string>): Item | undefined {
  const item = link?.to === undefined ? undefined : inventory.byId.get(link.to);
  return item && types.has(item.type) ? item : undefined;
}

export function linkedVault(inventory: Inventory, link: Link | undefined): VaultItem | undefined {
  return follow(inventory, link, VAULTS) as VaultItem | undefined;
}

export function linkedRole(inventory: Inventory, link: Link | undefined): RoleItem | undefined {
  return follow(inventory, link, ROLES) as RoleItem | undefined;
}

export function linkedPlan(inventory: Inventory, link: Link | undefined): PlanItem | undefined {
  return follow(inventory, link, PLANS) as PlanItem | undefined;
}

export function linkedTopic(inventory: Inventory, link: Link | undefined): TopicItem | undefined {
  return follow(inventory, link, TOPICS) as TopicItem | undefined;
}

/** The alias that a reference to a key goes through. */
export function linkedAlias(inventory: Inventory, link: Link | undefined): AliasItem | undefined {
  const item = follow(inventory, link, KEYS);
  return item && 'target' in item ? (item as AliasItem) : undefined;
}

/** The key that a reference leads to, directly or through an alias. */
export function linkedKey(inventory: Inventory, link: Link | undefined): KeyItem | undefined {
  const item = follow(inventory, link, KEYS);
  if (!item || !('target' in item)) return item as KeyItem | undefined;
  const behind = follow(inventory, (item as AliasItem).target, KEYS);
  return behind && !('target' in behind) ? (behind as KeyItem) : undefined;
}
