import type { Context } from '../core/context';
import type { Item, Link } from '../core/item';
import { STANDARD_VAULTS } from './vaults';

/** A `VaultContents`, which empties a vault before CloudFormation deletes it. */
export interface VaultContentsItem extends Item {
  readonly vault?: Link;
}

export function readVaultContents(context: Context): VaultContentsItem[] {
  return [...context.all('Custom::BackupVaultContents')].map(({ item, properties }) => ({
    ...item,
    vault: properties.link('vaultName', STANDARD_VAULTS, 'name'),
  }));
}
