import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, vaultLabel } from '../../inventory/labels';
import { linkedKey, linkedRole } from '../../inventory/lookups';
import type { VaultItem } from '../../inventory/vault/vaults';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { lockedDestructionProblem } from '../../values/vault/vault-life-laws';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

const RETAIN = 'set `DeletionPolicy` and `UpdateReplacePolicy` to `Retain`';

/** What happens to vaults, their keys and their roles when they are removed from a stack. */
export const vaultDeletionChecks: readonly Check[] = checksOf(
  [
    'Backup-VaultDeletionDefault',
    'Backup-LockedVaultDeletion',
    'Backup-VaultDeletion',
    'Backup-VaultReplacement',
    'Backup-KeyDeletion',
    'Backup-RoleDeletion',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const keys = new Set<string>();
  const emptied = new Set(inventory.vaultContents.map(({ vault }) => vault?.to));
  for (const vault of inventory.vaults) {
    yield* ofVault(vault, emptied.has(vault.id));
    const key = linkedKey(inventory, vault.key);
    if (!key || keys.has(key.id) || !isDeleted(key)) continue;
    keys.add(key.id);
    yield {
      id: 'Backup-KeyDeletion',
      place: deletionPlace(key),
      message: `${deletionSubject(key)} deletes key \`${key.place.logicalId}\` with the stack, which makes unreadable everything in ${vaultLabel(vault)}`,
    };
  }
  yield* ofRoles(inventory);
}

/** @param isEmptied whether a `VaultContents` deletes its recovery points first, on purpose */
function* ofVault(vault: VaultItem, isEmptied: boolean): Iterable<Detection> {
  const label = vaultLabel(vault);
  const lock = vault.lock && known(vault.lock.mode);
  if (isDeleted(vault)) {
    const place = deletionPlace(vault);
    if (lock) {
      const names = { property: 'DeletionPolicy', destroy: deletionText(vault), fix: RETAIN };
      yield* detectionsFrom(
        place,
        [lockedDestructionProblem(lock === 'compliance', names).with({ id: 'Backup-LockedVaultDeletion' })],
        () => label,
      );
    } else if (!vault.lock && !isEmptied)
      yield {
        id: vault.deletionPolicy === undefined ? 'Backup-VaultDeletionDefault' : 'Backup-VaultDeletion',
        place,
        message: `${deletionSubject(vault)} deletes ${label} with the stack, which fails while the vault contains recovery points`,
      };
  } else if (
    isKept(vault.deletionPolicy) &&
    !isKept(vault.updateReplacePolicy) &&
    !isUnknown(vault.updateReplacePolicy)
  )
    yield {
      id: 'Backup-VaultReplacement',
      place: at(vault.place, `${vault.place.pathInTemplate}/UpdateReplacePolicy`),
      message: `\`UpdateReplacePolicy\` of ${label} is ${vault.updateReplacePolicy === undefined ? 'not set' : `\`${vault.updateReplacePolicy}\``}, so CloudFormation tries to delete the vault when its ${vault.kind === 'air-gapped' ? 'name, key or retention' : 'name or key'} changes`,
    };
}

/** Roles that are deleted while a vault with their recovery points is kept; each once. */
function* ofRoles(inventory: Inventory): Iterable<Detection> {
  const plans = new Map(inventory.plans.map((plan) => [plan.id, plan]));
  const reported = new Set<string>();
  for (const selection of inventory.selections) {
    const role = linkedRole(inventory, selection.role);
    if (!role || reported.has(role.id) || !isDeleted(role)) continue;
    const plan = selection.plan?.to === undefined ? undefined : plans.get(selection.plan.to);
    const vault = plan?.rules.items
      .map((rule) => rule.vault?.to)
      .map((id) => (id === undefined ? undefined : inventory.byId.get(id)))
      .find((item) => item && isKept(item.deletionPolicy)) as VaultItem | undefined;
    if (!vault) continue;
    reported.add(role.id);
    yield {
      id: 'Backup-RoleDeletion',
      place: deletionPlace(role),
      message: `${deletionSubject(role)} deletes role ${nameOf(role.name, role.place)} with the stack, while ${vaultLabel(vault)} keeps the recovery points that the role created`,
    };
  }
}

/** Whether an item is deleted with its stack, which is the default. */
function isDeleted({ deletionPolicy }: Item): boolean {
  return deletionPolicy === undefined || deletionPolicy === 'Delete';
}

function isKept(policy: Item['deletionPolicy']): boolean {
  return policy === 'Retain' || policy === 'RetainExceptOnCreate';
}

function deletionText({ deletionPolicy }: Item): string {
  return deletionPolicy === undefined ? '`Delete`, the default,' : '`Delete`';
}

function deletionSubject({ deletionPolicy }: Item): string {
  return deletionPolicy === undefined ? 'without a `DeletionPolicy`, CloudFormation' : '`DeletionPolicy`';
}

function deletionPlace({ place, deletionPolicy }: Item) {
  return deletionPolicy === undefined ? place : at(place, `${place.pathInTemplate}/DeletionPolicy`);
}
