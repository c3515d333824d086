import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import { arnFields } from '../../template/evaluation/match';
import { known } from '../../template/evaluation/unknown';
import { REGIONAL_FEATURES, type RegionalFeature, regionProblems } from '../../values/core/service-regions';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const FEATURES = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html';

/** A feature, and what of an inventory needs it. */
interface Needed {
  readonly feature: keyof typeof REGIONAL_FEATURES;
  readonly what: string;
  readonly items: (inventory: Inventory) => readonly Item[];
}

const NEEDED: readonly Needed[] = [
  {
    feature: 'airGappedVault',
    what: 'A logically air-gapped vault, or a copy into one,',
    items: ({ vaults }) => vaults.filter(({ kind }) => kind === 'air-gapped'),
  },
  {
    feature: 'restoreTesting',
    what: 'A restore testing plan',
    items: ({ restoreTestingPlans }) => restoreTestingPlans,
  },
  { feature: 'accessPoint', what: 'An access point', items: ({ accessPoints }) => accessPoints },
  { feature: 'hypervisor', what: 'A hypervisor', items: ({ hypervisors }) => hypervisors },
  { feature: 'legalHold', what: 'A legal hold', items: ({ legalHolds }) => legalHolds },
];

/** What is made in Regions that aren't known to have it. */
export const regionChecks: readonly Check[] = subject(NEEDED.map(factsOf), look);

function factsOf({ feature, what }: Needed): CheckFacts {
  const { id, asOf }: RegionalFeature = REGIONAL_FEATURES[feature];
  return {
    id,
    severity: 'warning',
    what: `${what} is in a Region where that is not known to be available.`,
    why: 'Where the Region does not have it, the deployment or the job fails.',
    fix: 'choose another Region, or acknowledge this warning where AWS has added it',
    docs: FEATURES,
    source: 'AWS Backup Developer Guide, Feature availability by AWS Region; CloudFormation schemas',
    asOf,
  };
}

function* look(inventory: Inventory): Iterable<Seen> {
  for (const { feature, items } of NEEDED)
    for (const { place } of items(inventory)) {
      yield* told(place, regionProblems(feature, place.region, 'Region'), () => `\`${place.logicalId}\``);
    }
  yield* copiesElsewhere(inventory);
}

/** Copies to a logically air-gapped vault from Regions that can't make them. */
function* copiesElsewhere(inventory: Inventory): Iterable<Seen> {
  for (const plan of inventory.plans)
    for (const rule of plan.rules.items)
      for (const copy of rule.copies.items) {
        const vault = linkedVault(inventory, copy.vault);
        if (vault?.kind !== 'air-gapped') continue;
        const there = vault.place.region ?? known(arnFields(vault.arn)?.region);
        if (there === plan.place.region) continue; // told of the vault
        const [problem] = regionProblems('airGappedVault', plan.place.region, 'Region');
        if (problem)
          yield {
            id: problem.id,
            place: at(plan.place, `${copy.pathInTemplate}/DestinationBackupVaultArn`),
            message: `${copyLabel(plan, rule, copy)} goes from ${plan.place.region} to a logically air-gapped vault, which isn't known to be possible from there`,
          };
      }
}
