import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, nameOf, VAULT_LOCK, vaultLabel } from '../../inventory/labels';
import { linkedKey, linkedRole } from '../../inventory/lookups';
import type { VaultItem } from '../../inventory/vault/vaults';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { lockedDestructionProblem } from '../../values/vault/vault-life-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const DELETION_POLICY =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html';
const asOf = '2026-04-13';
const RETAIN = 'set `DeletionPolicy` and `UpdateReplacePolicy` to `Retain`';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-DestroyLockedVault',
    severity: 'warning',
    what: 'A vault with a lock is deleted with its stack.',
    why: 'While it holds recovery points the deletion fails, and under a compliance lock nobody can empty it.',
    fix: RETAIN,
    docs: VAULT_LOCK,
    source: 'AWS Backup Developer Guide, Vault Lock; aws/aws-cdk#33711',
    asOf,
  },
  {
    id: 'Backup-VaultDeletion',
    severity: 'warning',
    what: 'A vault is deleted with its stack.',
    why: 'While it holds recovery points the deletion fails: `Backup vault cannot be deleted because it contains recovery points`.',
    fix: RETAIN,
    docs: DELETION_POLICY,
    source: 'aws/aws-cdk#33711; hashicorp/terraform-provider-aws#13247',
    asOf: '2026-11-21',
  },
  {
    id: 'Backup-VaultReplacement',
    severity: 'note',
    what: 'A vault is deleted where CloudFormation replaces it.',
    why: 'The name and the key of a vault can not be changed, nor the retention of a logically air-gapped vault: CloudFormation makes a new vault, and fails to delete the old one while it holds recovery points.',
    fix: 'set `UpdateReplacePolicy` to `Retain`, and give the new vault another name',
    docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatereplacepolicy.html',
    source:
      'CloudFormation schema of AWS::Backup::BackupVault and AWS::Backup::LogicallyAirGappedBackupVault',
    asOf: '2026-09-29',
  },
  {
    id: 'Backup-KeyDeletion',
    severity: 'warning',
    what: 'The key of a vault is deleted with its stack.',
    why: 'Without its key no recovery point can be restored, whatever lock the vault has.',
    fix: RETAIN,
    docs: `${GUIDE}encryption.html`,
    source: 'AWS Backup Developer Guide, Job dashboards: errors of jobs',
    asOf,
  },
  {
    id: 'Backup-RoleDeletion',
    severity: 'warning',
    what: 'The role of a selection is deleted with its stack, and the vault that it fills is not.',
    why: 'AWS Backup deletes expired recovery points in the name of the role that made them: without it they stay as EXPIRED, and are billed.',
    fix: 'set `DeletionPolicy` of the role to `Retain`',
    docs: `${GUIDE}deleting-backups.html`,
    source: 'AWS Backup Developer Guide, Deleting backups',
    asOf,
  },
];

/** What happens to vaults, their keys and their roles when they leave a stack. */
export const vaultLifeChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const keys = new Set<string>();
  for (const vault of inventory.vaults) {
    yield* ofVault(vault);
    const key = linkedKey(inventory, vault.key);
    if (!key || keys.has(key.id) || !isDeleted(key)) continue;
    keys.add(key.id);
    yield {
      id: 'Backup-KeyDeletion',
      place: deletionPlace(key),
      message: `${policyWords(key)} deletes key \`${key.place.logicalId}\` with the stack, and with it all that is in ${vaultLabel(vault)}`,
    };
  }
  yield* ofRoles(inventory);
}

function* ofVault(vault: VaultItem): Iterable<Seen> {
  const label = vaultLabel(vault);
  const lock = vault.lock && known(vault.lock.mode);
  if (isDeleted(vault)) {
    const place = deletionPlace(vault);
    if (lock) {
      const words = { property: 'DeletionPolicy', destroy: said(vault), fix: RETAIN };
      yield* told(place, [lockedDestructionProblem(lock === 'compliance', words)], () => label);
    } else if (!vault.lock)
      yield {
        id: 'Backup-VaultDeletion',
        place,
        severity: vault.deletionPolicy === undefined ? 'note' : 'warning',
        message: `${policyWords(vault)} deletes ${label} with the stack, which fails while it holds recovery points`,
      };
  } else if (
    isKept(vault.deletionPolicy) &&
    !isKept(vault.updateReplacePolicy) &&
    !isUnknown(vault.updateReplacePolicy)
  )
    yield {
      id: 'Backup-VaultReplacement',
      place: at(vault.place, `${vault.place.pathInTemplate}/UpdateReplacePolicy`),
      message: `\`UpdateReplacePolicy\` of ${label} is ${vault.updateReplacePolicy === undefined ? 'not said' : `\`${vault.updateReplacePolicy}\``}: where ${vault.kind === 'air-gapped' ? 'its name, key or retention' : 'its name or key'} changes, CloudFormation tries to delete it`,
    };
}

/** Roles that go while the vaults that they fill stay; each once. */
function* ofRoles(inventory: Inventory): Iterable<Seen> {
  const plans = new Map(inventory.plans.map((plan) => [plan.id, plan]));
  const told = new Set<string>();
  for (const selection of inventory.selections) {
    const role = linkedRole(inventory, selection.role);
    if (!role || told.has(role.id) || !isDeleted(role)) continue;
    const plan = selection.plan?.to === undefined ? undefined : plans.get(selection.plan.to);
    const vault = plan?.rules.items
      .map((rule) => rule.vault?.to)
      .map((id) => (id === undefined ? undefined : inventory.byId.get(id)))
      .find((item) => item && isKept(item.deletionPolicy)) as VaultItem | undefined;
    if (!vault) continue;
    told.add(role.id);
    yield {
      id: 'Backup-RoleDeletion',
      place: deletionPlace(role),
      message: `${policyWords(role)} deletes role ${nameOf(role.name, role.place)} with the stack, while ${vaultLabel(vault)} stays with what the role has made`,
    };
  }
}

/** Whether something is deleted with its stack: what isn't said, is deleted. */
function isDeleted({ deletionPolicy }: Item): boolean {
  return deletionPolicy === undefined || deletionPolicy === 'Delete';
}

function isKept(policy: Item['deletionPolicy']): boolean {
  return policy === 'Retain' || policy === 'RetainExceptOnCreate';
}

function said({ deletionPolicy }: Item): string {
  return deletionPolicy === undefined ? '`Delete`, as it is where it is left out,' : '`Delete`';
}

function policyWords({ deletionPolicy }: Item): string {
  return deletionPolicy === undefined ? 'without a `DeletionPolicy`, CloudFormation' : '`DeletionPolicy`';
}

function deletionPlace({ place, deletionPolicy }: Item) {
  return deletionPolicy === undefined ? place : at(place, `${place.pathInTemplate}/DeletionPolicy`);
}
