import * as path from 'node:path';
import { type AccessPointItem, readAccessPoints } from './inventory/access-points';
import { readAssembly, rootAssembly } from './inventory/assembly';
import {
  type FrameworkItem,
  type RecorderItem,
  type ReportPlanItem,
  readFrameworks,
  readRecorders,
  readReportPlans,
} from './inventory/audits';
import { Context } from './inventory/context';
import { type CopyMachineItem, readCopyMachines } from './inventory/copy-machines';
import {
  type GlobalSettingsItem,
  type OrganizationSettingsItem,
  readGlobalSettings,
  readOrganizationSettings,
} from './inventory/global-settings';
import { type HypervisorItem, readHypervisors } from './inventory/hypervisors';
import type { Item, Place } from './inventory/item';
import { type AliasItem, type KeyItem, readAliases, readKeys } from './inventory/keys';
import { type OrganizationPolicyItem, readOrganizationPolicies } from './inventory/organization-policies';
import { type PlanItem, readPlans } from './inventory/plans';
import { type RegionSettingsItem, readRegionSettings } from './inventory/region-settings';
import type { ResourceItem } from './inventory/resource-item';
import { readResources } from './inventory/resources';
import {
  type RestoreTestingPlanItem,
  type RestoreTestingSelectionItem,
  readRestoreTestingPlans,
  readRestoreTestingSelections,
} from './inventory/restore-testing';
import { type ManagedPolicyItem, type RoleItem, readManagedPolicies, readRoles } from './inventory/roles';
import { readSelections, type SelectionItem } from './inventory/selections';
import { readServiceLinkedRoles, type ServiceLinkedRoleItem } from './inventory/service-linked-roles';
import type { StackSource } from './inventory/source';
import { readSources } from './inventory/sources';
import type { StackScope } from './inventory/stack';
import { readStacks, type StackItem } from './inventory/stack-item';
import { readStackSets, type StackSetItem } from './inventory/stack-sets';
import { type LegalHoldItem, readLegalHolds, readTiering, type TieringItem } from './inventory/tiering';
import { readTopics, type TopicItem } from './inventory/topics';
import { readVaultShares, type VaultShareItem } from './inventory/vault-shares';
import { readVaults, type VaultItem } from './inventory/vaults';

/**
 * Every plan, rule, copy, selection, vault, lock, key, role, and every resource that can be backed up, of all
 * templates of an input, as plain data with where each thing came from. Nothing of it may be changed.
 */
export interface Inventory {
  readonly stacks: readonly StackItem[];
  readonly plans: readonly PlanItem[];
  readonly selections: readonly SelectionItem[];
  /** What starts copy jobs beside the plans. */
  readonly copyMachines: readonly CopyMachineItem[];
  readonly vaults: readonly VaultItem[];
  readonly keys: readonly KeyItem[];
  readonly aliases: readonly AliasItem[];
  readonly roles: readonly RoleItem[];
  readonly managedPolicies: readonly ManagedPolicyItem[];
  readonly topics: readonly TopicItem[];
  readonly frameworks: readonly FrameworkItem[];
  readonly reportPlans: readonly ReportPlanItem[];
  readonly recorders: readonly RecorderItem[];
  readonly restoreTestingPlans: readonly RestoreTestingPlanItem[];
  readonly restoreTestingSelections: readonly RestoreTestingSelectionItem[];
  readonly tiering: readonly TieringItem[];
  readonly legalHolds: readonly LegalHoldItem[];
  readonly accessPoints: readonly AccessPointItem[];
  readonly hypervisors: readonly HypervisorItem[];
  /** Resource shares of AWS RAM that hold air-gapped vaults. */
  readonly vaultShares: readonly VaultShareItem[];
  readonly organizationPolicies: readonly OrganizationPolicyItem[];
  readonly stackSets: readonly StackSetItem[];
  /** What our constructs set in a Region. */
  readonly regionSettings: readonly RegionSettingsItem[];
  /** What our constructs set for an organization. */
  readonly globalSettings: readonly GlobalSettingsItem[];
  readonly organizationSettings: readonly OrganizationSettingsItem[];
  readonly serviceLinkedRoles: readonly ServiceLinkedRoleItem[];
  /** What AWS Backup can protect, one for each replica of a global table. */
  readonly resources: readonly ResourceItem[];
  /** What is backed up with a resource that it belongs to, such as the instances of a cluster. */
  readonly belonging: readonly ResourceItem[];
  /** What was not read, with the reason: nested stacks without template, what loops generate. */
  readonly notes: readonly InventoryNote[];
  /** All items by id. */
  readonly byId: ReadonlyMap<string, Item>;
}

export interface InventoryNote {
  readonly place: Place;
  readonly message: string;
}

/**
 * Reads the inventory of cloud assemblies (folders such as `cdk.out`) and template files (JSON or YAML).
 *
 * @throws InputError where a file can't be read or understood
 */
export function readInventory(paths: readonly string[]): Inventory {
  return inventoryOf(readSources(paths));
}

/**
 * Reads the inventory of the whole cloud assembly that templates belong to: what a validation plugin is given are
 * the templates of one account and Region alone, whose references lead to others.
 */
export function readInventoryAround(templatePaths: readonly string[]): Inventory {
  const roots = new Set(templatePaths.map((file) => rootAssembly(path.dirname(path.resolve(file)))));
  return inventoryOf([...roots].flatMap(readAssembly));
}

/** The inventory of templates that are in memory. */
export function inventoryOf(sources: readonly StackSource[]): Inventory {
  const context = new Context(sources);
  const { protectable, belonging } = readResources(context);
  const items = {
    plans: readPlans(context),
    selections: readSelections(context),
    copyMachines: readCopyMachines(context),
    vaults: readVaults(context),
    keys: readKeys(context),
    aliases: readAliases(context),
    roles: readRoles(context),
    managedPolicies: readManagedPolicies(context),
    topics: readTopics(context),
    frameworks: readFrameworks(context),
    reportPlans: readReportPlans(context),
    recorders: readRecorders(context),
    restoreTestingPlans: readRestoreTestingPlans(context),
    restoreTestingSelections: readRestoreTestingSelections(context),
    tiering: readTiering(context),
    legalHolds: readLegalHolds(context),
    accessPoints: readAccessPoints(context),
    hypervisors: readHypervisors(context),
    vaultShares: readVaultShares(context),
    organizationPolicies: readOrganizationPolicies(context),
    stackSets: readStackSets(context),
    regionSettings: readRegionSettings(context),
    globalSettings: readGlobalSettings(context),
    organizationSettings: readOrganizationSettings(context),
    serviceLinkedRoles: readServiceLinkedRoles(context),
    resources: protectable,
    belonging,
  };
  const all: readonly Item[] = Object.values(items).flat();
  return {
    stacks: readStacks(context),
    ...items,
    notes: notesOf(context),
    byId: new Map(all.map((item) => [item.id, item])),
  };
}

/** More would tell nobody more. */
const MAX_NOTES = 1_000;

function notesOf(context: Context): InventoryNote[] {
  const note = (stack: StackScope, logicalId: string, message: string) => ({
    place: context.place(stack, logicalId, `Resources/${logicalId}`),
    message,
  });
  const skipped = context.stacks.skipped.map(({ stack, logicalId, reason }) =>
    note(stack, logicalId, `the nested stack \`${logicalId}\` is not read: ${reason}`),
  );
  const generated = context.stacks.all.flatMap((stack) =>
    stack
      .names('Resources')
      .filter((name) => name.startsWith('Fn::'))
      .map((name) => note(stack, name, `what \`${name}\` makes is not read`)),
  );
  return [...skipped, ...generated].slice(0, MAX_NOTES);
}
