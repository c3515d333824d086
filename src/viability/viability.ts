import type { Item } from '../inventory/core/item';
import type { Inventory } from '../inventory/inventory';
import { linkedKey, linkedRole, linkedVault } from '../inventory/lookups';
import type { PlanItem, RuleItem } from '../inventory/plan/plans';
import type { SelectionItem } from '../inventory/plan/selections';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../inventory/resource-types';
import type { RoleItem } from '../inventory/role/roles';
import { managedPolicyFaults, roleArnFault } from '../inventory/role-identities';
import { RolePermissions } from '../inventory/role-permissions';
import { known } from '../template/evaluation/unknown';
import type { FindingId } from '../values/findings/registry';
import { BackupCapability, CapabilitySupport } from '../values/resource-type/capability';
import { capabilityProblems } from '../values/resource-type/capability-laws';
import type { ResourceType } from '../values/resource-type/resource-type';
import { CERTAIN_FAILURES, failureScope } from './certain-failures';
import type { AnalysisOptions } from './core/analysis-options';
import { type FindDetections, shared } from './core/find-detections';
import { capabilityAsks } from './plan/capability-asks';
import { findDestinationProblems } from './plan/destination-problems';
import { findLifecycleProblems } from './plan/lifecycle-problems';
import { findNameProblems } from './plan/name-problems';
import { findPlanSettingProblems } from './plan/plan-setting-problems';
import { findRetentionProblems } from './plan/retention-problems';
import { findScanProblems } from './plan/scan-problems';
import { findScheduleProblems } from './plan/schedule-problems';
import { findVaultTargetProblems } from './plan/vault-target-problems';
import { isOptedOut } from './protected-resource/opt-outs';
import {
  accessProblems,
  clusterEncryptionProblems,
  kindProblems,
  tagProblems,
  versioningProblems,
} from './protected-resource/resource-problems';
import { findRoleArnProblems, isDistrusted, missingPolicy } from './role/role-problems';
import { findSelectedArnProblems } from './selection/selected-arn-problems';
import { findSelectionProblems } from './selection/selection-problems';
import { findAirGappedVaultProblems } from './vault/air-gapped-vault-problems';
import { findVaultKeyProblems, isDisabled, refusedAction } from './vault/vault-key-problems';
import { findVaultLockProblems } from './vault/vault-lock-problems';
import { findVaultPolicyProblems } from './vault/vault-policy-problems';

/** What is found at plans, rules, selections and vaults, whatever they protect. */
const FIND: readonly FindDetections[] = [
  findAirGappedVaultProblems,
  findDestinationProblems,
  findLifecycleProblems,
  findNameProblems,
  findPlanSettingProblems,
  findRetentionProblems,
  findRoleArnProblems,
  findScanProblems,
  findScheduleProblems,
  findSelectedArnProblems,
  findSelectionProblems,
  findVaultKeyProblems,
  findVaultLockProblems,
  findVaultPolicyProblems,
  findVaultTargetProblems,
].map(shared);

/** What is found at plans that are in no template, whose selections and vault names the language of policies checks itself. */
const FIND_IN_POLICIES: readonly FindDetections[] = [
  findLifecycleProblems,
  findPlanSettingProblems,
  findRetentionProblems,
  findScanProblems,
  findScheduleProblems,
  findVaultTargetProblems,
];

/** The finding about an AWS managed policy with which IAM refuses a role. */
const REFUSED_POLICIES: Readonly<Record<string, FindingId | undefined>> = {
  malformed: 'Backup-ManagedPolicyArn',
  missing: 'Backup-ManagedPolicyMissing',
  'service-linked': 'Backup-ManagedPolicyServiceLinked',
};

/** A failure at a plan, selection or vault. */
interface Failure {
  readonly id: FindingId;
  readonly pathInTemplate: string;
}

/** A resource, and what backs it up. */
export interface Job {
  readonly resource: ResourceItem;
  readonly selection: SelectionItem;
  readonly plan: PlanItem;
  readonly rule: RuleItem;
  /** Whether it is backed up as part of its stack. */
  readonly throughStack?: boolean;
}

/** Determines which backup jobs certainly fail, and because of which findings. */
export class Viability {
  private readonly byItem = new Map<string, Failure[]>();
  /** What CloudFormation refuses, by the id of the resource, or of the stack if it refuses the whole template. */
  private readonly faults = new Map<string, FindingId[]>();
  private readonly types: ResourceTypes;
  private readonly permissions = new Map<RoleItem, RolePermissions>();
  private readonly capabilities = new Map<PlanItem, Map<string, readonly FindingId[]>>();

  /**
   * @param plans plans that are in no template, such as those that AWS Backup creates from organization policies
   */
  constructor(
    private readonly inventory: Inventory,
    options: AnalysisOptions,
    plans: readonly PlanItem[] = [],
  ) {
    this.types = new ResourceTypes(options.resourceTypes);
    for (const { refuses, item, place, id } of inventory.faults) {
      if (refuses === 'nothing') continue;
      const key = refuses === 'template' ? place.stackId : item;
      this.faults.set(key, [...(this.faults.get(key) ?? []), id]);
    }
    for (const find of FIND)
      for (const { id, place } of find(inventory, options))
        this.add(`${place.stackId}#${place.logicalId}`, id, place.pathInTemplate);
    if (plans.length === 0) return;
    // plans of one policy share its place, so that their ids tell them apart
    const apart = plans.map((plan) => ({ ...plan, place: { ...plan.place, logicalId: plan.id } }));
    const ofPolicies: Inventory = { ...inventory, plans: apart, selections: [], restoreTestingPlans: [] };
    for (const find of FIND_IN_POLICIES)
      for (const { id, place } of find(ofPolicies, options))
        this.add(place.logicalId, id, place.pathInTemplate);
  }

  private add(item: string, id: FindingId, pathInTemplate: string): void {
    if (failureScope(id) === undefined) return;
    const failures = this.byItem.get(item) ?? [];
    this.byItem.set(item, failures);
    failures.push({ id, pathInTemplate });
  }

  /** The findings because of which the jobs certainly fail, in alphabetical order; none if they may succeed. */
  public reasonsOf(job: Job): FindingId[] {
    const reasons = new Set<FindingId>(this.ofItems(job));
    if (!job.throughStack) for (const id of this.ofResource(job)) reasons.add(id);
    return [...reasons].sort();
  }

  /** The findings because of which the jobs of any rule fail, also of rules that aren't known, in alphabetical order. */
  public reasonsOfPlan({ resource, selection, plan, throughStack }: Omit<Job, 'rule'>): FindingId[] {
    const reasons = new Set<FindingId>([...this.refusals(plan), ...this.refusals(selection)]);
    for (const id of this.ofRole(selection)) reasons.add(id);
    if (!throughStack) for (const id of this.ofResourceAlone(resource, selection)) reasons.add(id);
    return [...reasons].sort();
  }

  /** Why a selection of a plan that isn't in the inventory makes no recovery points. */
  public reasonsOfSelection(selection: SelectionItem): FindingId[] {
    return [...new Set([...this.refusals(selection), ...this.ofRole(selection)])].sort();
  }

  private *ofItems({ plan, selection, rule }: Job): Iterable<FindingId> {
    yield* this.refusals(plan);
    yield* this.refusals(selection);
    const copies = ['CopyActions', 'copy_actions'].map((list) => `${rule.pathInTemplate}/${list}`);
    for (const { id, pathInTemplate } of this.at(plan))
      if (CERTAIN_FAILURES[id as keyof typeof CERTAIN_FAILURES] === 'rule')
        if (
          isUnder(pathInTemplate, rule.pathInTemplate) &&
          !copies.some((list) => isUnder(pathInTemplate, list))
        )
          yield id;
    for (const link of [rule.vault, rule.airGappedVault]) {
      const vault = linkedVault(this.inventory, link);
      if (vault) yield* this.refusals(vault);
    }
    yield* this.ofRole(selection);
  }

  private *ofRole(selection: SelectionItem): Iterable<FindingId> {
    const role = linkedRole(this.inventory, selection.role);
    if (role) {
      yield* this.refusals(role);
      yield* managedPolicyFaults(role).flatMap(({ kind }) => REFUSED_POLICIES[kind] ?? []);
      if (isDistrusted(role)) yield 'Backup-RoleTrust';
    }
    // the roles of organization policies have placeholders
    const { role: link, place } = selection;
    if (link && this.inventory.selections.includes(selection) && roleArnFault(this.inventory, link, place))
      yield 'Backup-RoleArn';
  }

  private *ofResource(job: Job): Iterable<FindingId> {
    const { resource, selection, plan, rule } = job;
    yield* this.ofResourceAlone(resource, selection);
    const problems = [
      ...tagProblems(resource, plan, rule),
      ...(rule.airGappedVault ? clusterEncryptionProblems(this.inventory, resource, plan, rule) : []),
    ];
    const type = this.types.of(resource);
    if (type) yield* this.ofCapabilities(plan, rule, type);
    for (const { id } of problems) if (failureScope(id) !== undefined) yield id as FindingId;
    yield* this.ofVaultKey(job, type);
  }

  /** What is wrong with a resource, and with the role for it, whatever the rule. */
  private *ofResourceAlone(resource: ResourceItem, selection: SelectionItem): Iterable<FindingId> {
    const type = this.types.of(resource);
    if (type && isOptedOut(this.inventory, resource, type)) yield 'Backup-TypeOptedOut';
    const problems = [
      ...versioningProblems(resource, ''),
      ...kindProblems(resource, ''),
      ...accessProblems(resource, ''),
    ];
    for (const { id } of problems) if (failureScope(id) !== undefined) yield id as FindingId;
    const role = linkedRole(this.inventory, selection.role);
    if (role && type && missingPolicy(this.permissionsOf(role), type) !== undefined)
      yield 'Backup-RolePolicies';
    const own = linkedKey(this.inventory, resource.encryption?.key);
    if (own && role && known(resource.encryption?.enabled) !== false && refusedAction(own, role))
      yield 'Backup-KeyAccess';
  }

  /** What the type doesn't support: of the rule itself, and what makes AWS refuse the plan because of any rule. */
  private ofCapabilities(plan: PlanItem, rule: RuleItem, type: ResourceType): readonly FindingId[] {
    const ofPlan = this.capabilities.get(plan) ?? new Map<string, readonly FindingId[]>();
    this.capabilities.set(plan, ofPlan);
    const key = `${type}|${rule.index}`;
    let ids = ofPlan.get(key);
    if (!ids) {
      ids = plan.rules.items.flatMap((other) =>
        capabilityProblems([type], capabilityAsks(this.inventory, plan, other))
          .filter(({ id }) => failureScope(id) === 'item' || (other === rule && failureScope(id)))
          .map(({ id }) => id as FindingId),
      );
      ofPlan.set(key, ids);
    }
    return ids;
  }

  private *ofVaultKey({ selection, rule }: Job, type: ResourceType | undefined): Iterable<FindingId> {
    const role = linkedRole(this.inventory, selection.role);
    // backups of other types keep the key of their source
    if (type?.supports(BackupCapability.INDEPENDENT_ENCRYPTION) !== CapabilitySupport.YES) return;
    const key = linkedKey(this.inventory, linkedVault(this.inventory, rule.vault)?.key);
    if (key && isDisabled(key)) yield 'Backup-VaultKeyDisabled';
    if (key && role && refusedAction(key, role)) yield 'Backup-KeyAccess';
  }

  private *refusals(item: Pick<Item, 'id' | 'place'>): Iterable<FindingId> {
    const { stackId, logicalId } = item.place; // of the policy, for a plan of a policy
    yield* this.faults.get(`${stackId}#${logicalId}`) ?? [];
    yield* this.faults.get(stackId) ?? [];
    for (const { id } of this.at(item)) if (failureScope(id) === 'item') yield id;
  }

  private at({ id }: { readonly id: string }): readonly Failure[] {
    return this.byItem.get(id) ?? [];
  }

  private permissionsOf(role: RoleItem): RolePermissions {
    const permissions = this.permissions.get(role) ?? new RolePermissions(this.inventory, role);
    this.permissions.set(role, permissions);
    return permissions;
  }
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
