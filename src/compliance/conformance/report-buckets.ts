import type { Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';

/** The bucket that a reference leads to; undefined if it isn't in the inventory. */
export function linkedBucket({ byId }: Inventory, link: Link | undefined): ResourceItem | undefined {
  const item = link?.to === undefined ? undefined : byId.get(link.to);
  return item && 'bucket' in item ? (item as ResourceItem) : undefined;
}
