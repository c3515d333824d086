import type { Inventory } from '../inventory/inventory';
import { linkedVault } from '../inventory/lookups';
import type { CopyItem } from '../inventory/plan/plans';
import type { VaultItem } from '../inventory/vault/vaults';
import { arnFields } from '../template/evaluation/match';
import type { Text } from '../template/evaluation/unknown';

/** Where a copy goes: a vault of the input, or what its ARN says. */
export interface Destination {
  readonly vault?: VaultItem;
  readonly arn?: Text;
}

export function resolved(inventory: Inventory, { vault: link }: CopyItem): Destination {
  return { vault: linkedVault(inventory, link), arn: link?.text };
}

/** Undefined where nothing at all is known of it. */
export function accountOf({ vault, arn }: Destination): Text | undefined {
  return vault ? vault.place.account : arn !== undefined ? arnFields(arn)?.account : undefined;
}

export function regionOf({ vault, arn }: Destination): Text | undefined {
  return vault ? vault.place.region : arn !== undefined ? arnFields(arn)?.region : undefined;
}
