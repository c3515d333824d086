import type { Inventory } from '../../inventory/inventory';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import type { ResourceType } from '../../values/resource-type/resource-type';

/**
 * Whether the settings of the account and Region of a resource certainly opt out of its type, which no selection
 * overrides.
 */
export function isOptedOut(
  { regionSettings }: Inventory,
  { place }: ResourceItem,
  type: ResourceType,
): boolean {
  return (
    type.alwaysSubjectToOptIn &&
    regionSettings.some(({ optOut, place: there }) => {
      const isThere = there.account === place.account && there.region === place.region;
      const isKnown = place.account !== undefined && place.region !== undefined;
      return optOut.has(type.optInName) && isThere && (isKnown || there.stackId === place.stackId);
    })
  );
}
