import * as path from 'node:path';
import type { Assumptions } from '../template/evaluation/resolver';
import { readAssembly, rootAssembly } from '../template/input/assembly';
import { InputError } from '../template/input/input-error';
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
import { type Case, casesOf } from './cases';
import { Context } from './core/context';
import type { Item, Place } from './core/item';
import { readStacks, type StackItem } from './core/stack-item';
import type { Fault } from './faults/fault';
import { type ReferenceFaults, readFaults, readReferenceFaults } from './faults/faults';
import { type HypervisorItem, readHypervisors } from './hypervisor/hypervisors';
import { type EventRuleItem, readEventRules } from './monitoring/event-rules';
import { type FreshnessCheckItem, readFreshnessChecks } from './monitoring/freshness-checks';
import { type MetricItem, readMetrics } from './monitoring/metrics';
import { readTrails, type TrailItem } from './monitoring/trails';
import { type OrganizationPolicyItem, readOrganizationPolicies } from './organization/organization-policies';
import {
  readServiceControlPolicies,
  type ServiceControlPolicyItem,
} from './organization/service-control-policies';
import { readStackSets, type StackSetItem } from './organization/stack-sets';
import { type CopyStateMachineItem, readCopyStateMachines } from './plan/copy-state-machines';
import { type PlanItem, readPlans } from './plan/plans';
import { readSelections, type SelectionItem } from './plan/selections';
import { readLaunched } from './protected-resource/launched';
import type { ResourceItem } from './protected-resource/resource-item';
import { readResources } from './protected-resource/resources';
import { type RestoreRunbookItem, readRestoreRunbooks } from './restore-testing/restore-runbooks';
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
  readonly restoreRunbooks: readonly RestoreRunbookItem[];
  readonly tiering: readonly TieringItem[];
  readonly legalHolds: readonly LegalHoldItem[];
  readonly accessPoints: readonly AccessPointItem[];
  readonly hypervisors: readonly HypervisorItem[];
  /** AWS RAM resource shares with logically air-gapped vaults. */
  readonly vaultShares: readonly VaultShareItem[];
  /** What empties vaults before CloudFormation deletes them. */
  readonly vaultContents: readonly VaultContentsItem[];
  readonly organizationPolicies: readonly OrganizationPolicyItem[];
  readonly serviceControlPolicies: readonly ServiceControlPolicyItem[];
  readonly stackSets: readonly StackSetItem[];
  /** Metrics that alarms and dashboards read. */
  readonly metrics: readonly MetricItem[];
  /** Rules of EventBridge that match events of AWS Backup. */
  readonly eventRules: readonly EventRuleItem[];
  /** Checks of backups that did not happen. */
  readonly freshnessChecks: readonly FreshnessCheckItem[];
  /** Trails of AWS CloudTrail. */
  readonly trails: readonly TrailItem[];
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
  /** Instances and volumes that Auto Scaling groups, launch templates and fleets launch after deployment. */
  readonly launched: readonly ResourceItem[];
  /** What CloudFormation refuses before AWS Backup sees it. */
  readonly faults: readonly Fault[];
  /** The templates of stack sets, each an inventory of its own: they are deployed to other accounts. */
  readonly embedded: readonly EmbeddedInventory[];
  /** Parts of the input that were not read: nested stacks without a template, resources that loops generate. */
  readonly unread: readonly UnreadInput[];
  /**
   * The same input for each combination of the conditions that aren't known and that values depend on: what is the same in
   * all of them is certain. Empty if there are none, or too many.
   */
  readonly cases: () => readonly Case<Inventory>[];
  /** All items by id. */
  readonly byId: ReadonlyMap<string, Item>;
}

/** The inventory of the template of a stack set. */
export interface EmbeddedInventory {
  /** The stack set. */
  readonly place: Place;
  readonly inventory: Inventory;
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
 * @param stdin the text of stdin, which the path `-` stands for
 * @throws InputError if a file can't be read or understood
 */
export function readInventory(paths: readonly string[], stdin?: () => string): Inventory {
  return inventoryOf(readSources(paths, stdin));
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
  return inventoryAt(sources, 0);
}

/** Stack sets in templates of stack sets. */
const MAX_NESTING = 3;
const MAX_STACK_SETS = 100;

/** What is known before a case of an input is read. */
interface Known {
  readonly assumed: Assumptions;
  readonly references: ReferenceFaults;
}

function inventoryAt(sources: readonly StackSource[], depth: number, known?: Known): Inventory {
  const context = new Context(sources, known?.assumed);
  const references = known?.references ?? readReferenceFaults(context);
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
    restoreRunbooks: readRestoreRunbooks(context),
    tiering: readTiering(context),
    legalHolds: readLegalHolds(context),
    accessPoints: readAccessPoints(context),
    hypervisors: readHypervisors(context),
    vaultShares: readVaultShares(context),
    vaultContents: readVaultContents(context),
    organizationPolicies: readOrganizationPolicies(context),
    serviceControlPolicies: readServiceControlPolicies(context),
    stackSets: readStackSets(context),
    eventRules: readEventRules(context),
    freshnessChecks: readFreshnessChecks(context),
    trails: readTrails(context),
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
    launched: readLaunched(context),
    faults: readFaults(context, references),
    embedded: embeddedIn(items.stackSets, depth),
    metrics: readMetrics(context),
    unread: [...unreadIn(context), ...items.stackSets.flatMap(unreadStackSet)],
    cases: known
      ? () => []
      : casesOf(context, (assumed) => inventoryAt(sources, depth, { assumed, references })),
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

function embeddedIn(stackSets: readonly StackSetItem[], depth: number): EmbeddedInventory[] {
  if (depth >= MAX_NESTING) return [];
  return stackSets.slice(0, MAX_STACK_SETS).flatMap(({ source, place }) => {
    if (!source) return [];
    try {
      return [{ place, inventory: inventoryAt([source], depth + 1) }];
    } catch (error) {
      if (error instanceof InputError) return []; // more resources than CloudFormation accepts
      throw error;
    }
  });
}

function unreadStackSet({ readable, place }: StackSetItem): UnreadInput[] {
  if (readable) return [];
  return [
    {
      place,
      message: `the template of stack set \`${place.logicalId}\` is not read: it is not part of the input`,
    },
  ];
}
