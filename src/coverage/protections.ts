import type { StackItem } from '../inventory/core/stack-item';
import type { Inventory } from '../inventory/inventory';
import type { PlanItem } from '../inventory/plan/plans';
import type { SelectionItem } from '../inventory/plan/selections';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import { known } from '../template/evaluation/unknown';
import { readArnTest } from './arns';
import { Matcher, type SelectionMatch, type Subject } from './matcher';
import { organizationPlans } from './organization-plans';
import { resourceSubjects, stackSubjects } from './subjects';

/**
 * Plans and selections that are in no template, such as those that AWS Backup creates from organization policies in the
 * account and Region of their places.
 */
export interface MorePlans {
  readonly plans: readonly PlanItem[];
  /** The link of a selection leads to the id of its plan. */
  readonly selections: readonly SelectionItem[];
}

/** How a resource is selected. */
export interface Protection extends SelectionMatch {
  /** The plan, if it is in the inventory. */
  readonly plan?: PlanItem;
  /** The stack that is backed up as a whole, if the resource is protected as part of it. */
  readonly throughStack?: StackItem;
}

/** Which selections select which resources. */
export class Protections {
  private readonly byResource = new Map<string, readonly Protection[]>();
  private readonly plansByResource = new Map<ResourceItem, readonly PlanItem[]>();
  private readonly bySelection = new Map<SelectionItem, ResourceItem[]>();
  private readonly uncertain = new Set<SelectionItem>();
  private readonly stacks = new Set<SelectionItem>();
  private readonly plans: ReadonlyMap<string, PlanItem>;

  constructor(inventory: Inventory, more: MorePlans = { plans: [], selections: [] }) {
    const ofPolicies = organizationPlans(inventory);
    const plans = [...inventory.plans, ...ofPolicies.plans, ...more.plans];
    this.plans = new Map(plans.map((plan) => [plan.id, plan]));
    const selections = [...inventory.selections, ...ofPolicies.selections, ...more.selections];
    const matcher = new Matcher(selections);
    const throughStacks = this.stackProtections(inventory, selections);
    for (const resource of inventory.resources) {
      const own = this.protections(matcher, resourceSubjects(resource));
      const protections = [...own, ...(throughStacks.get(resource.place.stackId) ?? [])];
      this.byResource.set(resource.id, protections);
      for (const { selection, certain } of own) {
        if (!certain) this.uncertain.add(selection);
        else if (this.bySelection.has(selection)) this.bySelection.get(selection)?.push(resource);
        else this.bySelection.set(selection, [resource]);
      }
    }
    for (const resource of inventory.launched)
      for (const { selection } of this.protections(matcher, resourceSubjects(resource)))
        this.uncertain.add(selection);
  }

  /** How a resource is or may be protected: certain ones first, then possible ones, then those through stacks. */
  public of(resource: ResourceItem): readonly Protection[] {
    return this.byResource.get(resource.id) ?? [];
  }

  /** The plans of the inventory that certainly protect a resource itself, not only its stack, each once. */
  public plansOf(resource: ResourceItem): readonly PlanItem[] {
    let plans = this.plansByResource.get(resource);
    if (!plans) {
      const found: PlanItem[] = [];
      for (const { plan, certain, throughStack } of this.of(resource))
        if (plan && certain && !throughStack && !found.includes(plan)) found.push(plan);
      plans = found;
      this.plansByResource.set(resource, plans);
    }
    return plans;
  }

  /** The resources that a selection certainly selects. */
  public selectedBy(selection: SelectionItem): readonly ResourceItem[] {
    return this.bySelection.get(selection) ?? [];
  }

  /** Whether a selection selects or may select a resource or a stack, or what is launched after deployment. */
  public selectsSomething(selection: SelectionItem): boolean {
    return this.bySelection.has(selection) || this.uncertain.has(selection) || this.stacks.has(selection);
  }

  public planOf({ plan }: SelectionItem): PlanItem | undefined {
    return plan?.to === undefined ? undefined : this.plans.get(plan.to);
  }

  private protections(matcher: Matcher, subjects: readonly Subject[]): Protection[] {
    const all = subjects.flatMap((subject) => matcher.matches(subject));
    const once = new Map<SelectionItem, SelectionMatch>();
    for (const certain of [true, false])
      for (const match of all)
        if (match.certain === certain && !once.has(match.selection)) once.set(match.selection, match);
    return [...once.values()].map((match) => ({ ...match, plan: this.planOf(match.selection) }));
  }

  /** Protections by the id of the stack, including nested stacks. */
  private stackProtections(
    { stacks }: Inventory,
    selections: readonly SelectionItem[],
  ): ReadonlyMap<string, readonly Protection[]> {
    const byStack = new Map<string, readonly Protection[]>();
    const original = new Map<SelectionItem, SelectionItem>();
    for (const selection of selections) {
      const resources = selection.resources.items.filter(namesStacks);
      if (resources.length > 0)
        original.set({ ...selection, resources: { items: resources }, listOfTags: { items: [] } }, selection);
    }
    if (original.size === 0) return byStack;
    const matcher = new Matcher([...original.keys()]);
    for (const stack of stacks) {
      const own = this.protections(matcher, stackSubjects(stack)).map((protection) => ({
        ...protection,
        selection: original.get(protection.selection) as SelectionItem,
        throughStack: stack,
      }));
      for (const { selection } of own) this.stacks.add(selection);
      const around = stack.parent === undefined ? [] : (byStack.get(stack.parent) ?? []);
      byStack.set(stack.id, [...own, ...around]);
    }
    return byStack;
  }
}

/** Whether a text in `Resources` names stacks, by the service or as a reference to a stack. */
function namesStacks(text: SelectionItem['resources']['items'][number]): boolean {
  const test = readArnTest(text);
  if (!test || !('arn' in test)) return false;
  const { fields } = test.arn;
  return fields ? known(fields.service) === 'cloudformation' : test.kind === 'exact';
}

const MEMO = new WeakMap<Inventory, Protections>();

/** The protections of an inventory, computed once. */
export function protectionsOf(inventory: Inventory): Protections {
  let protections = MEMO.get(inventory);
  if (!protections) {
    protections = new Protections(inventory);
    MEMO.set(inventory, protections);
  }
  return protections;
}
