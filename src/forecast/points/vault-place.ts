import type { Link, Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { linkedVault } from '../../inventory/lookups';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields } from '../../template/evaluation/match';
import { showText } from '../../template/evaluation/text';
import { known, type Text } from '../../template/evaluation/unknown';

/** A vault that recovery points go to: one of the inventory, or what a name or an ARN says. */
export interface VaultPlace {
  /** Distinct among all vaults of a forecast. */
  readonly key: string;
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  /** The vault, if it is in the inventory. */
  readonly item?: VaultItem;
}

/** Whether the vault is logically air-gapped, as far as that is known. */
export function isAirGapped({ item }: VaultPlace): boolean {
  return item?.kind === 'air-gapped';
}

/** The vault that a rule names in its own account and Region. */
export function vaultByName(inventory: Inventory, link: Link | undefined, here: Place): VaultPlace {
  const item = linkedVault(inventory, link);
  return item ? ofItem(item) : elsewhere(link?.text, here.account, here.region);
}

/** The vault that a copy action names by its ARN. */
export function vaultByArn(inventory: Inventory, link: Link | undefined): VaultPlace {
  const item = linkedVault(inventory, link);
  if (item) return ofItem(item);
  const fields = link && arnFields(link.text);
  return elsewhere(link?.text, known(fields?.account), known(fields?.region));
}

export function ofItem(item: VaultItem): VaultPlace {
  const { account, region } = item.place;
  return { key: item.id, name: nameOf(item.name, item), account, region, item };
}

function nameOf(name: Text, { place }: VaultItem): string {
  return known(name) ?? place.logicalId;
}

function elsewhere(text: Text | undefined, account?: string, region?: string): VaultPlace {
  const name = text === undefined ? '?' : showText(text).replace(/^arn:.*:backup-vault:/, '');
  return { key: `${account ?? ''}|${region ?? ''}|${name}`, name, account, region };
}

/** Why AWS Backup refuses points with a retention in a vault with a lock; undefined if it accepts them, or if no source says. */
export function outsideLock(vault: VaultPlace, retentionDays: number): string | undefined {
  const lock = vault.item?.lock;
  const min = known(lock?.minRetentionDays);
  if (min !== undefined && retentionDays < min)
    return `the lock of vault \`${vault.name}\` has a minimum retention of ${min} days, and the retention is ${retentionDays} days`;
  const max = known(lock?.maxRetentionDays);
  if (max !== undefined && retentionDays > max && retentionDays !== Number.POSITIVE_INFINITY)
    return `the lock of vault \`${vault.name}\` has a maximum retention of ${max} days, and the retention is ${retentionDays} days`;
  return undefined;
}

/** Why points that are kept forever may be refused: no source says what the maximum of a lock does to them. */
export function foreverInLock(vault: VaultPlace, retentionDays: number): string | undefined {
  const max = known(vault.item?.lock?.maxRetentionDays);
  if (max === undefined || retentionDays !== Number.POSITIVE_INFINITY) return undefined;
  return `the lock of vault \`${vault.name}\` has a maximum retention of ${max} days, and the retention is forever, so jobs may fail`;
}
