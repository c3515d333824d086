import { Token } from 'aws-cdk-lib';
import type { Inventory } from '../inventory/inventory';
import { ResourceTypes } from '../inventory/resource-types';
import type { ResourceType } from '../values/resource-type/resource-type';
import { collectAccountPrerequisites } from './account-prerequisites';
import { collectOrganizationPrerequisites } from './organization-prerequisites';
import { type Prerequisite, PrerequisiteCollector, type Where } from './prerequisite';
import { collectRegionPrerequisites } from './region-prerequisites';
import { collectTrailPrerequisites } from './trail-prerequisites';

export interface PrerequisiteOptions {
  /** Twelve digits. By default, the account of the organization settings in the input. */
  readonly managementAccount?: string;
  /** Types that override or extend those of the catalog. */
  readonly resourceTypes?: readonly ResourceType[];
}

/** The settings outside templates that the plans of an input need, and what can't be determined. */
export interface PrerequisiteReport {
  /** In the order of a checklist. */
  readonly prerequisites: readonly Prerequisite[];
  /** What can't be determined. Lower case, no full stop. */
  readonly unknown: readonly string[];
  readonly managementAccount?: string;
}

export function findPrerequisites(
  inventory: Inventory,
  options: PrerequisiteOptions = {},
): PrerequisiteReport {
  const explicit = Token.isUnresolved(options.managementAccount) ? undefined : options.managementAccount;
  const managementAccount =
    explicit ??
    [...inventory.globalSettings, ...inventory.organizationSettings]
      .map(({ place }) => place.account)
      .find((account) => account !== undefined);
  const collector = new PrerequisiteCollector();
  for (const { message } of inventory.unread) collector.remark(message);
  collectRegionPrerequisites(inventory, new ResourceTypes(options.resourceTypes), collector);
  collectAccountPrerequisites(inventory, collector);
  collectOrganizationPrerequisites(inventory, managementAccount, collector);
  collectTrailPrerequisites(inventory, collector);
  return {
    prerequisites: collector.all(inventory),
    unknown: collector.unknown,
    managementAccount,
  };
}

/** The prerequisites of one account and Region. */
export interface PrerequisiteGroup extends Where {
  readonly scope: Prerequisite['scope'];
  readonly prerequisites: readonly Prerequisite[];
}

/** By organization, account and Region. */
export function groupsOf({ prerequisites, managementAccount }: PrerequisiteReport): PrerequisiteGroup[] {
  const groups = new Map<string, { first: Prerequisite; all: Prerequisite[] }>();
  for (const prerequisite of prerequisites) {
    const key = JSON.stringify([
      prerequisite.scope,
      prerequisite.account ?? null,
      prerequisite.region ?? null,
    ]);
    const group = groups.get(key);
    if (group) group.all.push(prerequisite);
    else groups.set(key, { first: prerequisite, all: [prerequisite] });
  }
  return [...groups.values()].map(({ first: { scope, account, region }, all }) => ({
    scope,
    account: scope === 'organization' ? managementAccount : account,
    region,
    prerequisites: all,
  }));
}
