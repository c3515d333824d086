import type { Inventory } from '../../inventory/inventory';
import { linkedKey } from '../../inventory/lookups';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import type { KeyItem } from '../../inventory/vault/keys';
import { arnFields } from '../../template/evaluation/match';
import { showText, textKey } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import { BackupCapability } from '../../values/resource-type/capability';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { supports } from '../points/lifecycles';
import { aliveSpan } from '../points/lineage';
import type { Lineage } from '../points/resource-points';
import type { VaultPlace } from '../points/vault-place';

/**
 * The key that recovery points are encrypted with.
 *
 * - `none`: not encrypted, or with a key of AWS that nobody in the account can delete
 * - `customer`: a customer managed key
 * - `unknown`: the vault is in no template
 */
export type PointKey =
  | { readonly kind: 'none' | 'unknown' }
  | {
      readonly kind: 'customer';
      readonly id: string;
      readonly name: string;
      readonly account?: string;
      readonly item?: KeyItem;
    };

/** Recovery points of one resource in one vault, under one key, that exist at an instant. */
export interface Holding {
  readonly vault: VaultPlace;
  readonly key: PointKey;
  readonly isCopy: boolean;
  /** The newest moment that they can restore. */
  readonly newest: number;
}

/** What exists of a resource at an instant: one entry for each vault and key, with the newest point. */
export function holdingsOf(
  inventory: Inventory,
  resource: ResourceItem,
  type: ResourceType | undefined,
  lineages: readonly Lineage[],
  at: number,
): Holding[] {
  const found = new Map<string, Holding>();
  for (const lineage of lineages) {
    if (lineage.kind === 'temporary') continue;
    const span = aliveSpan(lineage, at);
    if (!span) continue;
    const isCopy = lineage.kind === 'copy';
    const key = keyOf(inventory, resource, type, lineage.vault, isCopy);
    const id = `${lineage.vault.key}|${key.kind === 'customer' ? key.id : key.kind}`;
    const newest = lineage.kind === 'continuous' ? at : span.newest;
    const before = found.get(id);
    if (!before || before.newest < newest) found.set(id, { vault: lineage.vault, key, isCopy, newest });
  }
  return [...found.values()];
}

/** Copies and independently encrypted types use the key of the vault, other backups the key of the source. */
function keyOf(
  inventory: Inventory,
  { encryption, place }: ResourceItem,
  type: ResourceType | undefined,
  vault: VaultPlace,
  isCopy: boolean,
): PointKey {
  const ofVault =
    isCopy || vault.item?.kind === 'air-gapped' || supports(type, BackupCapability.INDEPENDENT_ENCRYPTION);
  if (ofVault && !vault.item) return { kind: 'unknown' };
  const link = ofVault ? vault.item?.key : encryption?.key;
  if (!link || (!ofVault && encryption?.enabled === false)) return { kind: 'none' };
  const text = known(link.text);
  if (text !== undefined && /alias\/aws\//.test(text)) return { kind: 'none' };
  const item = linkedKey(inventory, link);
  if (item) {
    const { stack, logicalId, account } = item.place;
    return { kind: 'customer', id: item.id, name: `${stack}/${logicalId}`, account, item };
  }
  const account = known(arnFields(link.text)?.account) ?? (ofVault ? vault.account : place.account);
  return {
    kind: 'customer',
    id: textKey(link.text) ?? showText(link.text),
    name: showText(link.text),
    account,
  };
}

/** All customer managed keys of holdings and of the resource itself. */
export function keysAround(
  inventory: Inventory,
  resource: ResourceItem,
  holdings: readonly Holding[],
): Extract<PointKey, { kind: 'customer' }>[] {
  const keys = [
    sourceKey(inventory, resource),
    ...holdings.filter(({ isCopy }) => !isCopy).map(({ key }) => key),
  ].flatMap((key) => (key.kind === 'customer' ? [key] : []));
  return [...new Map(keys.map((key) => [key.id, key])).values()];
}

/** The key that encrypts a resource, and the backups that use the key of their source. */
export function sourceKey(inventory: Inventory, resource: ResourceItem): PointKey {
  const here: VaultPlace = { key: '', name: '' };
  return keyOf(inventory, resource, undefined, here, false);
}
