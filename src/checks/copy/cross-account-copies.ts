import { protectionsOf } from '../../coverage/protections';
import { at, type Place } from '../../inventory/core/item';
import { mayAllow } from '../../inventory/iam-evaluation';
import type { Inventory } from '../../inventory/inventory';
import { copyJobLabel, copyLabel, planLabel, stateMachineLabel, vaultLabel } from '../../inventory/labels';
import { linkedAlias } from '../../inventory/lookups';
import type { CopyItem, PlanItem } from '../../inventory/plan/plans';
import { ResourceTypes } from '../../inventory/resource-types';
import { eachCopy, eachCopyJob, findDestination } from '../../inventory/traversal';
import type { VaultItem } from '../../inventory/vault/vaults';
import { known } from '../../template/evaluation/unknown';
import { partitionOf } from '../../values/core/partitions';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import { awsManagedKeyProblem } from '../../values/vault/vault-key-laws';
import { COPY_INTO_VAULT, copyIntoVaultStatement } from '../../values/vault/vault-policy-laws';
import { DEFAULT_VAULT, vaultNameInArn } from '../../viability/core/vault-names';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** Copies to other accounts, and whether the destination accepts them. */
export const crossAccountCopyChecks: readonly Check[] = checksOf(
  [
    'Backup-CopyLikelyIntoAwsManagedKey',
    'Backup-CopyIntoAwsManagedKey',
    'Backup-CopyAccess',
    'Backup-CrossAccountPrerequisites',
  ],
  findProblems,
);

const PROPERTY = 'DestinationBackupVaultArn';

/** A copy from one account to another. */
interface Crossing {
  readonly copy: CopyItem;
  readonly from: string;
  readonly to: string;
  /** The destination, if it is in the inventory. */
  readonly vault?: VaultItem;
  /** Where the destination is set. */
  readonly place: Place;
  readonly of: () => string;
  /** Whether the copy is certainly of a resource whose backups keep the key of their source. */
  readonly keepsSourceKey: () => boolean;
}

function* findProblems(inventory: Inventory, options: CheckOptions): Iterable<Detection> {
  const isTurnedOn = inventory.globalSettings.some((each) => known(each.crossAccountBackup) === true);
  /** The first copy to another account of each plan and state machine. */
  const firsts = new Map<string, Detection>();
  for (const { plan, rule, copy } of eachCopy(inventory)) {
    const ends = accountsOf(inventory, plan.place, copy);
    if (!ends) continue;
    if (!firsts.has(plan.id))
      firsts.set(plan.id, prerequisites(at(plan.place, copy.pathInTemplate), planLabel(plan)));
    yield* ofCrossing(inventory, {
      ...ends,
      copy,
      place: at(plan.place, `${copy.pathInTemplate}/${PROPERTY}`),
      of: () => copyLabel(plan, rule, copy),
      keepsSourceKey: () => protectsWithSourceKey(inventory, plan, options),
    });
  }
  for (const { machine, copy } of eachCopyJob(inventory)) {
    const ends = accountsOf(inventory, machine.place, copy);
    if (!ends) continue;
    if (!firsts.has(machine.id))
      firsts.set(machine.id, prerequisites(machine.place, stateMachineLabel(machine)));
    yield* ofCrossing(inventory, {
      ...ends,
      copy,
      place: at(machine.place, copy.pathInTemplate),
      of: () => copyJobLabel(machine, copy),
      keepsSourceKey: () => false, // which types it copies isn't known
    });
  }
  if (!isTurnedOn) yield* firsts.values();
}

/** The accounts of a copy if they are known to differ. */
function accountsOf(
  inventory: Inventory,
  { account: from }: Place,
  { vault: link }: CopyItem,
): Pick<Crossing, 'from' | 'to' | 'vault'> | undefined {
  const { vault, account } = findDestination(inventory, link);
  const to = known(account);
  return from === undefined || to === undefined || from === to ? undefined : { from, to, vault };
}

function prerequisites(place: Place, who: string): Detection {
  return {
    id: 'Backup-CrossAccountPrerequisites',
    place,
    message: `${who} copies to another account, which templates alone do not enable: both accounts must be in the same organization, and its management account must have turned on cross-account backup`,
  };
}

function* ofCrossing(
  inventory: Inventory,
  { copy, from, to, vault, place, of, keepsSourceKey }: Crossing,
): Iterable<Detection> {
  const isDefault = !vault && vaultNameInArn(copy.vault) === DEFAULT_VAULT;
  if (isDefault || (vault && isUnderAwsManagedKey(inventory, vault))) {
    const name = vault ? vaultLabel(vault) : `vault \`${DEFAULT_VAULT}\``;
    const must = 'must be a vault encrypted with a customer managed key';
    const problem = awsManagedKeyProblem(PROPERTY, must, `${name} of account ${to}`);
    const id = keepsSourceKey() ? 'Backup-CopyIntoAwsManagedKey' : 'Backup-CopyLikelyIntoAwsManagedKey';
    yield* detectionsFrom(place, [problem.with({ id, fix: undefined })], of);
  }
  if (!vault) return;
  const { accessPolicy } = vault;
  if (accessPolicy && mayAllow(accessPolicy, COPY_INTO_VAULT, { account: from })) return;
  yield {
    id: 'Backup-CopyAccess',
    place,
    message: `\`${PROPERTY}\` of ${of()} is ${vaultLabel(vault)} of account ${to}, ${accessPolicy ? 'whose access policy does not allow' : 'which has no access policy that allows'} account ${from} to copy into it`,
    fix: `add this statement to the \`AccessPolicy\` of the vault: ${copyIntoVaultStatement(partitionOf(vault.place.region ?? ''), from)}`,
  };
}

/** Whether a plan certainly protects a resource whose backups keep the key of their source. */
function protectsWithSourceKey(
  inventory: Inventory,
  plan: PlanItem,
  { resourceTypes }: CheckOptions,
): boolean {
  const types = new ResourceTypes(resourceTypes);
  const protections = protectionsOf(inventory);
  return inventory.selections.some(
    (selection) =>
      protections.planOf(selection) === plan &&
      protections
        .selectedBy(selection)
        .some(
          (it) => types.of(it)?.supports(BackupCapability.INDEPENDENT_ENCRYPTION) === CapabilitySupport.NO,
        ),
  );
}

/** A logically air-gapped vault without a key uses one that AWS owns, which accepts copies. */
function isUnderAwsManagedKey(inventory: Inventory, { kind, key }: VaultItem): boolean {
  if (!key) return kind === 'standard';
  const alias = known(linkedAlias(inventory, key)?.name) ?? known(key.text);
  return alias !== undefined && /(^|:)alias\/aws\//.test(alias);
}
