import { Token } from 'aws-cdk-lib';
import type { Inventory } from '../inventory/inventory';
import { ResourceTypes } from '../inventory/resource-types';
import type { ResourceType } from '../values/resource-type/resource-type';
import { accountDemands } from './account-demands';
import { type Demand, Demands, type Where } from './demand';
import { organizationDemands } from './organization-demands';
import { regionDemands } from './region-demands';

export interface PrerequisitesOptions {
  /** Twelve digits; found by the settings of the organization in the input where it isn't said. */
  readonly managementAccount?: string;
  /** Types that override or extend those of the catalog. */
  readonly resourceTypes?: readonly ResourceType[];
}

/** What must be set before the plans of an input do what they say, and what can't be told. */
export interface Prerequisites {
  /** In the order of a checklist. */
  readonly demands: readonly Demand[];
  /** What isn't known, said to people: lower case, no full stop. */
  readonly unknown: readonly string[];
  readonly managementAccount?: string;
}

export function prerequisitesOf(inventory: Inventory, options: PrerequisitesOptions = {}): Prerequisites {
  const said = Token.isUnresolved(options.managementAccount) ? undefined : options.managementAccount;
  const managementAccount =
    said ??
    [...inventory.globalSettings, ...inventory.organizationSettings]
      .map(({ place }) => place.account)
      .find((account) => account !== undefined);
  const demands = new Demands();
  for (const { message } of inventory.notes) demands.remark(message);
  regionDemands(inventory, new ResourceTypes(options.resourceTypes), demands);
  accountDemands(inventory, demands);
  organizationDemands(inventory, managementAccount, demands);
  return { demands: demands.all(inventory), unknown: demands.unknown, managementAccount };
}

/** What is to be done in one place. */
export interface DemandGroup extends Where {
  readonly scope: Demand['scope'];
  readonly demands: readonly Demand[];
}

/** By organization, account and Region. */
export function groupsOf({ demands, managementAccount }: Prerequisites): DemandGroup[] {
  const groups = new Map<string, { demand: Demand; all: Demand[] }>();
  for (const demand of demands) {
    const key = JSON.stringify([demand.scope, demand.account ?? null, demand.region ?? null]);
    const group = groups.get(key);
    if (group) group.all.push(demand);
    else groups.set(key, { demand, all: [demand] });
  }
  return [...groups.values()].map(({ demand: { scope, account, region }, all }) => ({
    scope,
    account: scope === 'organization' ? managementAccount : account,
    region,
    demands: all,
  }));
}
