import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import { eachCopy } from '../../inventory/traversal';
import { arnFields } from '../../template/evaluation/match';
import { known } from '../../template/evaluation/unknown';
import { type REGIONAL_FEATURES, regionProblems } from '../../values/core/service-regions';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** A feature, and the items of an inventory that need it. */
interface Needed {
  readonly feature: keyof typeof REGIONAL_FEATURES;
  readonly items: (inventory: Inventory) => readonly Item[];
}

const NEEDED: readonly Needed[] = [
  {
    feature: 'airGappedVault',
    items: ({ vaults }) => vaults.filter(({ kind }) => kind === 'air-gapped'),
  },
  {
    feature: 'restoreTesting',
    items: ({ restoreTestingPlans }) => restoreTestingPlans,
  },
  { feature: 'accessPoint', items: ({ accessPoints }) => accessPoints },
  { feature: 'hypervisor', items: ({ hypervisors }) => hypervisors },
  { feature: 'legalHold', items: ({ legalHolds }) => legalHolds },
];

/** Features in Regions where AWS Backup isn't known to offer them. */
export const regionChecks: readonly Check[] = checksOf(
  [
    'Backup-AirGappedVaultRegion',
    'Backup-RestoreTestingRegion',
    'Backup-AccessPointRegion',
    'Backup-HypervisorRegion',
    'Backup-LegalHoldRegion',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const { feature, items } of NEEDED)
    for (const { place } of items(inventory)) {
      yield* detectionsFrom(
        place,
        regionProblems(feature, place.region, 'Region'),
        () => `\`${place.logicalId}\``,
      );
    }
  yield* ofAirGappedCopies(inventory);
}

/** Copies to a logically air-gapped vault from Regions that aren't known to support them. */
function* ofAirGappedCopies(inventory: Inventory): Iterable<Detection> {
  for (const { plan, rule, copy } of eachCopy(inventory)) {
    const vault = linkedVault(inventory, copy.vault);
    if (vault?.kind !== 'air-gapped') continue;
    const there = vault.place.region ?? known(arnFields(vault.arn)?.region);
    if (there === plan.place.region) continue; // reported at the vault
    const [problem] = regionProblems('airGappedVault', plan.place.region, 'Region');
    if (problem)
      yield {
        id: problem.id,
        place: at(plan.place, `${copy.pathInTemplate}/DestinationBackupVaultArn`),
        message: `${copyLabel(plan, rule, copy)} goes from ${plan.place.region} to a logically air-gapped vault, which is not known to be supported from there`,
      };
  }
}
