import type { Inventory } from '../inventory';
import { arnFields } from '../inventory/match';
import type { CopyItem } from '../inventory/plans';
import type { Text } from '../inventory/unknown';
import type { VaultItem } from '../inventory/vaults';
import { linkedVault } from '../lookups';

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
