import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import { mayAllow } from '../../inventory/iam-evaluation';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, resourceName, vaultLabel } from '../../inventory/labels';
import { linkedAlias, linkedKey, linkedPlan, linkedRole } from '../../inventory/lookups';
import type { PlanItem } from '../../inventory/plan/plans';
import type { RoleItem } from '../../inventory/role/roles';
import { eachRule } from '../../inventory/traversal';
import type { KeyItem } from '../../inventory/vault/keys';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields } from '../../template/evaluation/match';
import { beginningOf, holesOf } from '../../template/evaluation/text';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { vaultKeyAliasProblem, vaultKeyRegionProblems } from '../../values/vault/vault-key-laws';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** The actions that AWS Backup needs at least. */
const ACTIONS = ['kms:CreateGrant', 'kms:GenerateDataKey', 'kms:Decrypt'];

/** The keys of vaults and of protected resources. */
export const vaultKeyChecks: readonly Check[] = checksOf(
  [
    'Backup-VaultKeyAlias',
    'Backup-VaultKeyArn',
    'Backup-VaultKeyRegion',
    'Backup-VaultKeyDisabled',
    'Backup-KeyAccess',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const roles = rolesByVault(inventory);
  for (const vault of inventory.vaults) {
    if (!vault.key) continue;
    yield* ofKey(inventory, vault);
    const key = linkedKey(inventory, vault.key);
    if (!key) continue;
    const place = at(vault.place, `${vault.place.pathInTemplate}/Properties/EncryptionKeyArn`);
    if (known(key.enabled) === false)
      yield {
        id: 'Backup-VaultKeyDisabled',
        place,
        message: `\`EncryptionKeyArn\` of ${vaultLabel(vault)} is key \`${key.place.logicalId}\`, which is disabled`,
      };
    for (const role of roles.get(vault.id) ?? []) {
      const refused = findRefusedAction(key, role);
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

function* ofKey(inventory: Inventory, vault: VaultItem): Iterable<Detection> {
  const link = vault.key as NonNullable<VaultItem['key']>;
  const property = 'EncryptionKeyArn';
  const place = at(vault.place, `${vault.place.pathInTemplate}/Properties/${property}`);
  const of = () => vaultLabel(vault);
  const text = known(link.text);
  const resource = beginningOf(arnFields(link.text)?.resource ?? '');
  if (linkedAlias(inventory, link) || resource.startsWith('alias/') || text?.startsWith('alias/')) {
    yield* detectionsFrom(place, [vaultKeyAliasProblem(property).with({ fix: undefined })], of);
    return;
  }
  const key = linkedKey(inventory, link);
  const fields = arnFields(link.text);
  // `Ref` of a key is its id, a text that consists of one hole
  const isId =
    !fields &&
    (text !== undefined || (key !== undefined && isUnknown(link.text) && holesOf(link.text).length === 1));
  if (isId)
    yield {
      id: 'Backup-VaultKeyArn',
      place,
      message: `\`${property}\` of ${of()} must be the ARN of a key, got the id of ${key ? `key \`${key.place.logicalId}\`` : 'a key'}`,
    };
  const there = key?.place.region ?? known(fields?.region);
  const here = vault.place.region;
  if (here !== undefined && there !== undefined && there !== '')
    yield* detectionsFrom(place, vaultKeyRegionProblems(here, there, property), of);
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
      const refused = findRefusedAction(key, role);
      if (refused)
        yield {
          id: 'Backup-KeyAccess',
          place: policyPlace(key),
          message: `\`KeyPolicy\` of key \`${key.place.logicalId}\` of \`${resourceName(resource)}\` does not allow role ${nameOf(role.name, role.place)}, which backs it up, to perform \`${refused}\``,
        };
    }
  }
}

/** An action that a key policy certainly doesn't allow a role, if there is one. */
function findRefusedAction({ policy }: KeyItem, role: RoleItem): string | undefined {
  if (!policy) return undefined;
  return ACTIONS.find((action) => !mayAllow(policy, action, { account: role.place.account, role }));
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
