import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, resourceName, vaultLabel } from '../../inventory/labels';
import { linkedKey, linkedPlan, linkedRole } from '../../inventory/lookups';
import type { PlanItem } from '../../inventory/plan/plans';
import type { RoleItem } from '../../inventory/role/roles';
import { eachRule } from '../../inventory/traversal';
import type { KeyItem } from '../../inventory/vault/keys';
import { known } from '../../template/evaluation/unknown';
import { shared } from '../../viability/core/find-detections';
import { findVaultKeyProblems, refusedAction } from '../../viability/vault/vault-key-problems';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** The keys of vaults and of protected resources. */
export const vaultKeyChecks: readonly Check[] = [
  ...checksOf(
    ['Backup-VaultKeyAlias', 'Backup-VaultKeyArn', 'Backup-VaultKeyRegion', 'Backup-VaultKeyDisabled'],
    shared(findVaultKeyProblems),
  ),
  ...checksOf(['Backup-KeyAccess'], findKeysThatRefuse),
];

function* findKeysThatRefuse(inventory: Inventory): Iterable<Detection> {
  const roles = rolesByVault(inventory);
  for (const vault of inventory.vaults) {
    const key = linkedKey(inventory, vault.key);
    if (!key) continue;
    for (const role of roles.get(vault.id) ?? []) {
      const refused = refusedAction(key, role);
      if (refused)
        yield {
          id: 'Backup-KeyAccess',
          place: policyPlace(key),
          message: `\`KeyPolicy\` of key \`${key.place.logicalId}\` of ${vaultLabel(vault)} does not allow role ${nameOf(role.name, role.place)}, which backs up or copies into the vault, to perform \`${refused}\``,
        };
    }
  }
  yield* ofSources(inventory);
}

/** Keys of resources that don't allow the role that backs them up; each pair once. */
function* ofSources(inventory: Inventory): Iterable<Detection> {
  const protections = protectionsOf(inventory);
  const reported = new Set<string>();
  for (const resource of inventory.resources) {
    const key = linkedKey(inventory, resource.encryption?.key);
    if (!key?.policy || known(resource.encryption?.enabled) === false) continue;
    for (const { selection, certain, throughStack } of protections.of(resource)) {
      const role = certain && !throughStack ? linkedRole(inventory, selection.role) : undefined;
      if (!role || reported.has(`${key.id}|${role.id}`)) continue;
      reported.add(`${key.id}|${role.id}`);
      const refused = refusedAction(key, role);
      if (refused)
        yield {
          id: 'Backup-KeyAccess',
          place: policyPlace(key),
          message: `\`KeyPolicy\` of key \`${key.place.logicalId}\` of \`${resourceName(resource)}\` does not allow role ${nameOf(role.name, role.place)}, which backs it up, to perform \`${refused}\``,
        };
    }
  }
}

function policyPlace({ place }: KeyItem) {
  return at(place, `${place.pathInTemplate}/Properties/KeyPolicy`);
}

/** The roles that back up or copy into each vault of their own account. */
function rolesByVault(inventory: Inventory): ReadonlyMap<string, ReadonlySet<RoleItem>> {
  const byPlan = new Map<string, Set<RoleItem>>();
  for (const selection of inventory.selections) {
    const plan = linkedPlan(inventory, selection.plan);
    const role = linkedRole(inventory, selection.role);
    if (plan && role) byPlan.set(plan.id, (byPlan.get(plan.id) ?? new Set()).add(role));
  }
  const byVault = new Map<string, Set<RoleItem>>();
  for (const { plan, rule } of eachRule(inventory)) {
    for (const link of [rule.vault, ...rule.copies.items.map((copy) => copy.vault)]) {
      const to = link?.to;
      if (to === undefined || !isOfSameAccount(inventory, to, plan)) continue;
      const there = byVault.get(to) ?? new Set();
      for (const role of byPlan.get(plan.id) ?? []) there.add(role);
      byVault.set(to, there);
    }
  }
  return byVault;
}

function isOfSameAccount(inventory: Inventory, vault: string, plan: PlanItem): boolean {
  return inventory.byId.get(vault)?.place.account === plan.place.account;
}
