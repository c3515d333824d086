import * as path from 'node:path';
import { readAssembly, rootAssembly } from '../template/input/assembly';
import type { StackSource } from '../template/input/source';
import { readSources } from '../template/input/sources';
import type { StackScope } from '../template/input/stack';
import {
  type FrameworkItem,
  type RecorderItem,
  type ReportPlanItem,
  readFrameworks,
  readRecorders,
  readReportPlans,
} from './audit/audits';
import { Context } from './core/context';
import type { Item, Place } from './core/item';
import { readStacks, type StackItem } from './core/stack-item';
import { type HypervisorItem, readHypervisors } from './hypervisor/hypervisors';
import { type OrganizationPolicyItem, readOrganizationPolicies } from './organization/organization-policies';
import {
  readServiceControlPolicies,
  type ServiceControlPolicyItem,
} from './organization/service-control-policies';
import { readStackSets, type StackSetItem } from './organization/stack-sets';
import { type CopyStateMachineItem, readCopyStateMachines } from './plan/copy-state-machines';
import { type PlanItem, readPlans } from './plan/plans';
import { readSelections, type SelectionItem } from './plan/selections';
import type { ResourceItem } from './protected-resource/resource-item';
import { readResources } from './protected-resource/resources';
import {
  type RestoreTestingPlanItem,
  type RestoreTestingSelectionItem,
  readRestoreTestingPlans,
  readRestoreTestingSelections,
} from './restore-testing/restore-testing';
import { type ManagedPolicyItem, type RoleItem, readManagedPolicies, readRoles } from './role/roles';
import { readServiceLinkedRoles, type ServiceLinkedRoleItem } from './role/service-linked-roles';
import {
  type GlobalSettingsItem,
  type OrganizationSettingsItem,
  readGlobalSettings,
  readOrganizationSettings,
} from './settings/global-settings';
import { type RegionSettingsItem, readRegionSettings } from './settings/region-settings';
import { type AccessPointItem, readAccessPoints } from './vault/access-points';
import { type AliasItem, type KeyItem, readAliases, readKeys } from './vault/keys';
import { type LegalHoldItem, readLegalHolds, readTiering, type TieringItem } from './vault/tiering';
import { readTopics, type TopicItem } from './vault/topics';
import { readVaultContents, type VaultContentsItem } from './vault/vault-contents';
import { readVaultShares, type VaultShareItem } from './vault/vault-shares';
import { readVaults, type VaultItem } from './vault/vaults';

/**
 * Every plan, rule, copy, selection, vault, lock, key, role, and every resource that can be backed up, of all
 * templates of an input, as plain data with the place where each was found. Read-only.
 */
export interface Inventory {
  readonly stacks: readonly StackItem[];
  readonly plans: readonly PlanItem[];
  readonly selections: readonly SelectionItem[];
  /** State machines that start copy jobs, in addition to the plans. */
  readonly copyStateMachines: readonly CopyStateMachineItem[];
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
  /** AWS RAM resource shares with logically air-gapped vaults. */
  readonly vaultShares: readonly VaultShareItem[];
  /** Resources that empty vaults when their stack is deleted. */
  readonly vaultContents: readonly VaultContentsItem[];
  readonly organizationPolicies: readonly OrganizationPolicyItem[];
  readonly serviceControlPolicies: readonly ServiceControlPolicyItem[];
  readonly stackSets: readonly StackSetItem[];
  /** Settings of Regions that constructs of this library make. */
  readonly regionSettings: readonly RegionSettingsItem[];
  /** Settings of organizations that constructs of this library make. */
  readonly globalSettings: readonly GlobalSettingsItem[];
  readonly organizationSettings: readonly OrganizationSettingsItem[];
  readonly serviceLinkedRoles: readonly ServiceLinkedRoleItem[];
  /** Resources that AWS Backup can protect. Each replica of a global table is one. */
  readonly resources: readonly ResourceItem[];
  /** Resources that are backed up with the resource that they belong to, such as the instances of a cluster. */
  readonly members: readonly ResourceItem[];
  /** Parts of the input that were not read: nested stacks without a template, resources that loops generate. */
  readonly unread: readonly UnreadInput[];
  /** All items by id. */
  readonly byId: ReadonlyMap<string, Item>;
}

/** A part of the input that was not read. */
export interface UnreadInput {
  readonly place: Place;
  /** Why. Lower case, no full stop. */
  readonly message: string;
}

/**
 * Reads the inventory of cloud assemblies (folders such as `cdk.out`) and template files (JSON or YAML).
 *
 * @throws InputError if a file can't be read or understood
 */
export function readInventory(paths: readonly string[]): Inventory {
  return inventoryOf(readSources(paths));
}

/**
 * Reads the inventory of the whole cloud assemblies that templates belong to. A validation plugin gets only the
 * templates of one account and Region, which refer to others.
 */
export function readInventoryAround(templatePaths: readonly string[]): Inventory {
  const roots = new Set(templatePaths.map((file) => rootAssembly(path.dirname(path.resolve(file)))));
  return inventoryOf([...roots].flatMap(readAssembly));
}

/** The inventory of templates in memory. */
export function inventoryOf(sources: readonly StackSource[]): Inventory {
  const context = new Context(sources);
  const { protectable, members } = readResources(context);
  const items = {
    plans: readPlans(context),
    selections: readSelections(context),
    copyStateMachines: readCopyStateMachines(context),
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
    vaultContents: readVaultContents(context),
    organizationPolicies: readOrganizationPolicies(context),
    serviceControlPolicies: readServiceControlPolicies(context),
    stackSets: readStackSets(context),
    regionSettings: readRegionSettings(context),
    globalSettings: readGlobalSettings(context),
    organizationSettings: readOrganizationSettings(context),
    serviceLinkedRoles: readServiceLinkedRoles(context),
    resources: protectable,
    members,
  };
  const all: readonly Item[] = Object.values(items).flat();
  return {
    stacks: readStacks(context),
    ...items,
    unread: unreadIn(context),
    byId: new Map(all.map((item) => [item.id, item])),
  };
}

/** More would not help. */
const MAX_UNREAD = 1_000;

function unreadIn(context: Context): UnreadInput[] {
  const unread = (stack: StackScope, logicalId: string, message: string) => ({
    place: context.place(stack, logicalId, `Resources/${logicalId}`),
    message,
  });
  const skipped = context.stacks.skipped.map(({ stack, logicalId, reason }) =>
    unread(stack, logicalId, `nested stack \`${logicalId}\` is not read: ${reason}`),
  );
  const generated = context.stacks.all.flatMap((stack) =>
    stack
      .names('Resources')
      .filter((name) => name.startsWith('Fn::'))
      .map((name) => unread(stack, name, `the resources that \`${name}\` generates are not read`)),
  );
  return [...skipped, ...generated].slice(0, MAX_UNREAD);
}
