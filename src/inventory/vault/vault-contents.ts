import type { Context } from '../core/context';
import type { Item, Link } from '../core/item';
import { VAULTS } from './vaults';

/** A resource that deletes the recovery points of a vault when its stack is deleted. */
export interface VaultContentsItem extends Item {
  readonly vault?: Link;
}

export function readVaultContents(context: Context): VaultContentsItem[] {
  return [...context.all('Custom::BackupVaultContents')].map(({ item, properties }) => ({
    ...item,
    vault: properties.link('vaultName', VAULTS, 'name'),
  }));
}
