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
import type { KeyItem } from '../inventory/vault/keys';
import { known } from '../template/evaluation/unknown';
import type { FindingId } from '../values/findings/registry';
import { BackupCapability, CapabilitySupport } from '../values/resource-type/capability';
import { capabilityProblems } from '../values/resource-type/capability-laws';
import type { ResourceType } from '../values/resource-type/resource-type';
import { CERTAIN_FAILURES, failureScope } from './certain-failures';
import type { AnalysisOptions } from './core/analysis-options';
import { type FindDetections, shared } from './core/find-detections';
import { memo } from './core/memo';
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
  // an app has far fewer plans, selections, rules, roles and types than jobs
  private readonly ofItems = memo((plan: PlanItem) =>
    memo((selection: SelectionItem) =>
      memo((rule: RuleItem) => sorted(this.findOfItems(plan, selection, rule))),
    ),
  );
  private readonly ofPlan = memo((plan: PlanItem) =>
    memo((selection: SelectionItem) =>
      sorted([...this.refusals(plan), ...this.refusals(selection), ...this.ofRole(selection)]),
    ),
  );
  private readonly ofRole = memo((selection: SelectionItem) => sorted(this.findOfRole(selection)));
  private readonly ofResourceAlone = memo((resource: ResourceItem) => sorted(this.findOfResource(resource)));
  private readonly ofCapabilities = memo((plan: PlanItem) =>
    memo((rule: RuleItem) => memo((type: ResourceType) => sorted(this.findOfCapabilities(plan, rule, type)))),
  );
  private readonly lacksPolicy = memo((role: RoleItem) => {
    const permissions = new RolePermissions(this.inventory, role);
    return memo((type: ResourceType) => missingPolicy(permissions, type) !== undefined);
  });
  private readonly refuses = memo((key: KeyItem) =>
    memo((role: RoleItem) => refusedAction(key, role) !== undefined),
  );

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
  public reasonsOf(job: Job): readonly FindingId[] {
    const { plan, selection, rule } = job;
    const ofItems = this.ofItems(plan)(selection)(rule);
    return job.throughStack ? ofItems : together(ofItems, this.ofJob(job));
  }

  /** The findings because of which the jobs of any rule fail, also of rules that aren't known, in alphabetical order. */
  public reasonsOfPlan({ resource, selection, plan, throughStack }: Omit<Job, 'rule'>): readonly FindingId[] {
    const ofPlan = this.ofPlan(plan)(selection);
    return throughStack ? ofPlan : together(ofPlan, this.ofResourceWith(resource, selection));
  }

  /** Why a selection of a plan that isn't in the inventory makes no recovery points. */
  public reasonsOfSelection(selection: SelectionItem): readonly FindingId[] {
    return sorted([...this.refusals(selection), ...this.ofRole(selection)]);
  }

  private *findOfItems(plan: PlanItem, selection: SelectionItem, rule: RuleItem): Iterable<FindingId> {
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

  private *findOfRole(selection: SelectionItem): Iterable<FindingId> {
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

  /** What the resource of a job brings. */
  private *ofJob(job: Job): Iterable<FindingId> {
    const { resource, selection, plan, rule } = job;
    yield* this.ofResourceWith(resource, selection);
    const problems = [
      ...tagProblems(resource, plan, rule),
      ...(rule.airGappedVault ? clusterEncryptionProblems(this.inventory, resource, plan, rule) : []),
    ];
    const type = this.types.of(resource);
    if (type) yield* this.ofCapabilities(plan)(rule)(type);
    for (const { id } of problems) if (failureScope(id) !== undefined) yield id as FindingId;
    yield* this.ofVaultKey(job, type);
  }

  /** What is wrong with a resource, and with the role for it, whatever the rule. */
  private *ofResourceWith(resource: ResourceItem, selection: SelectionItem): Iterable<FindingId> {
    yield* this.ofResourceAlone(resource);
    const type = this.types.of(resource);
    const role = linkedRole(this.inventory, selection.role);
    if (role && type && this.lacksPolicy(role)(type)) yield 'Backup-RolePolicies';
    const own = linkedKey(this.inventory, resource.encryption?.key);
    if (own && role && known(resource.encryption?.enabled) !== false && this.refuses(own)(role))
      yield 'Backup-KeyAccess';
  }

  private *findOfResource(resource: ResourceItem): Iterable<FindingId> {
    const type = this.types.of(resource);
    if (type && isOptedOut(this.inventory, resource, type)) yield 'Backup-TypeOptedOut';
    const problems = [
      ...versioningProblems(resource, ''),
      ...kindProblems(resource, ''),
      ...accessProblems(resource, ''),
    ];
    for (const { id } of problems) if (failureScope(id) !== undefined) yield id as FindingId;
  }

  /** What the type doesn't support: of the rule itself, and what makes AWS refuse the plan because of any rule. */
  private *findOfCapabilities(plan: PlanItem, rule: RuleItem, type: ResourceType): Iterable<FindingId> {
    for (const other of plan.rules.items)
      for (const { id } of capabilityProblems([type], capabilityAsks(this.inventory, plan, other)))
        if (failureScope(id) === 'item' || (other === rule && failureScope(id))) yield id as FindingId;
  }

  private *ofVaultKey({ selection, rule }: Job, type: ResourceType | undefined): Iterable<FindingId> {
    const role = linkedRole(this.inventory, selection.role);
    // backups of other types keep the key of their source
    if (type?.supports(BackupCapability.INDEPENDENT_ENCRYPTION) !== CapabilitySupport.YES) return;
    const key = linkedKey(this.inventory, linkedVault(this.inventory, rule.vault)?.key);
    if (key && isDisabled(key)) yield 'Backup-VaultKeyDisabled';
    if (key && role && this.refuses(key)(role)) yield 'Backup-KeyAccess';
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
}

/** Each id once, in alphabetical order. */
function sorted(ids: Iterable<FindingId>): readonly FindingId[] {
  return [...new Set(ids)].sort();
}

function together(some: readonly FindingId[], others: Iterable<FindingId>): readonly FindingId[] {
  const more = [...others];
  return more.length === 0 ? some : sorted([...some, ...more]);
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
