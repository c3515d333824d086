import { at } from '../../inventory/core/item';
import { mayAllow } from '../../inventory/iam-evaluation';
import type { Inventory } from '../../inventory/inventory';
import { vaultLabel } from '../../inventory/labels';
import { linkedAlias, linkedKey } from '../../inventory/lookups';
import type { RoleItem } from '../../inventory/role/roles';
import type { KeyItem } from '../../inventory/vault/keys';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields } from '../../template/evaluation/match';
import { beginningOf, holesOf } from '../../template/evaluation/text';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { vaultKeyAliasProblem, vaultKeyRegionProblems } from '../../values/vault/vault-key-laws';
import { type Detection, detectionsFrom } from '../core/detection';

/** The actions that AWS Backup needs at least. */
const ACTIONS = ['kms:CreateGrant', 'kms:GenerateDataKey', 'kms:Decrypt'];

/** The keys of vaults. */
export function* findVaultKeyProblems(inventory: Inventory): Iterable<Detection> {
  for (const vault of inventory.vaults) {
    if (!vault.key) continue;
    yield* ofKey(inventory, vault);
    const key = linkedKey(inventory, vault.key);
    if (key && isDisabled(key))
      yield {
        id: 'Backup-VaultKeyDisabled',
        place: at(vault.place, `${vault.place.pathInTemplate}/Properties/EncryptionKeyArn`),
        message: `\`EncryptionKeyArn\` of ${vaultLabel(vault)} is key \`${key.place.logicalId}\`, which is disabled`,
      };
  }
}

/** Whether a key is certainly disabled. */
export function isDisabled({ enabled }: KeyItem): boolean {
  return known(enabled) === false;
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

/** An action that a key policy certainly doesn't allow a role, if there is one. */
export function refusedAction({ policy }: KeyItem, role: RoleItem): string | undefined {
  if (!policy) return undefined;
  return ACTIONS.find((action) => !mayAllow(policy, action, { account: role.place.account, role }));
}
