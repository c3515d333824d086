import type { Inventory } from '../../inventory/inventory';
import type { CopyItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import { findDestination } from '../../inventory/traversal';
import { known } from '../../template/evaluation/unknown';
import type { CopyAsk } from '../../values/resource-type/capability-laws';

/** The capabilities that a rule needs of the types that it protects. */
export function capabilityAsks(inventory: Inventory, plan: PlanItem, rule: RuleItem) {
  const { continuous, lifecycle, copies, airGappedVault, indexActions, scanActions } = rule;
  const cold = known(lifecycle?.moveToColdStorageAfterDays);
  const names = (all: readonly unknown[]) => all.filter((name): name is string => typeof name === 'string');
  return {
    continuous: known(continuous) === true,
    coldStorage: cold !== undefined && cold > 0,
    archive: known(lifecycle?.optInToArchive) === true,
    copies: copies.items.map((copy) => copyAsk(inventory, plan, copy)),
    airGappedPrimary: airGappedVault !== undefined,
    index: names(indexActions.items.flatMap(({ items }) => items)),
    scan: scanActions.items.length > 0 ? names(plan.scans.items.flatMap((s) => s.resourceTypes.items)) : [],
  };
}

interface RegionalCopyAsk extends CopyAsk {
  /** The known ones of the source Region and the destination Region. */
  readonly regions: readonly string[];
}

function copyAsk(inventory: Inventory, { place }: PlanItem, { vault }: CopyItem): RegionalCopyAsk {
  const destination = findDestination(inventory, vault);
  const differs = (here: string | undefined, there: string | undefined) =>
    here === undefined || there === undefined ? undefined : here !== there;
  const there = known(destination.region);
  return {
    regions: [place.region, there].filter((region) => region !== undefined),
    crossRegion: differs(place.region, there),
    crossAccount: differs(place.account, known(destination.account)),
    airGapped: destination.vault?.kind === 'air-gapped',
  };
}
