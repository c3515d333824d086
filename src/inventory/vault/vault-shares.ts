import type { Items, Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import type { Item, Link } from '../core/item';
import { AIR_GAPPED_VAULTS } from './vaults';

/** An AWS RAM resource share with logically air-gapped vaults of the inventory. */
export interface VaultShareItem extends Item {
  /** Vaults by ARN. */
  readonly vaults: readonly Link[];
  /** Accounts, organizations, organizational units. */
  readonly principals: Items<Text>;
}

export function readVaultShares(context: Context): VaultShareItem[] {
  return [...context.all('AWS::RAM::ResourceShare')].flatMap(({ item, properties }) => {
    const resources = properties.links('ResourceArns', AIR_GAPPED_VAULTS, 'arn');
    const vaults = resources.items.filter(({ to }) => to !== undefined);
    return vaults.length === 0 ? [] : [{ ...item, vaults, principals: properties.texts('Principals') }];
  });
}
