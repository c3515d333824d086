import type { Inventory } from '../../inventory/inventory';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import type { LegalHoldItem } from '../../inventory/vault/tiering';
import { textKey } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import { type Hold, joinedHolds } from './lineage';
import type { VaultPlace } from './vault-place';

/** Always. */
const EVER: Hold = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/**
 * The legal holds of an inventory. A hold keeps the recovery points of the vaults and resources that it names; with dates,
 * those created between them. A hold on a resource doesn't extend to copies.
 *
 * Source: Developer Guide "Legal holds", 2026-09.
 */
export class LegalHolds {
  private readonly namesResources: boolean;

  constructor(private readonly inventory: Inventory) {
    this.namesResources = inventory.legalHolds.some(({ resources }) => resources.items.length > 0);
  }

  /** Equal for resources that the same holds apply to. */
  public keyOf(resource: ResourceItem): string {
    if (!this.namesResources) return '';
    return this.inventory.legalHolds.map((hold) => (namesResource(hold, resource) ? '1' : '0')).join('');
  }

  /** When points of a resource in a vault are held. */
  public of(resource: ResourceItem, vault: VaultPlace, isCopy: boolean): readonly Hold[] {
    const { legalHolds } = this.inventory;
    if (legalHolds.length === 0) return [];
    return joinedHolds(
      legalHolds.flatMap((hold) => {
        const vaults = hold.vaults.items.length > 0;
        const resources = hold.resources.items.length > 0;
        if (!vaults && (!resources || isCopy)) return [];
        if (vaults && !namesVault(hold, vault)) return [];
        if (!vaults && !sameEnvironment(hold, vault)) return [];
        if (resources && !namesResource(hold, resource)) return [];
        return [spanOf(hold)];
      }),
    );
  }
}

function namesVault({ vaults, place }: LegalHoldItem, vault: VaultPlace): boolean {
  return vaults.items.some(({ to, text }) =>
    to === undefined
      ? known(text) === vault.name && place.account === vault.account && place.region === vault.region
      : to === vault.key,
  );
}

function sameEnvironment({ place }: LegalHoldItem, { account, region }: VaultPlace): boolean {
  return place.account === account && place.region === region;
}

function namesResource({ resources }: LegalHoldItem, { arn }: ResourceItem): boolean {
  const own = textKey(arn);
  return own !== undefined && resources.items.some((text) => textKey(text) === own);
}

function spanOf({ from, to }: LegalHoldItem): Hold {
  const [first, last] = [Date.parse(known(from) ?? ''), Date.parse(known(to) ?? '')];
  return Number.isNaN(first) || Number.isNaN(last) ? EVER : { from: first, to: last };
}
