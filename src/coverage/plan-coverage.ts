import type { PlanItem, RuleItem } from '../inventory/plan/plans';
import type { SelectionItem } from '../inventory/plan/selections';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import { showText } from '../template/evaluation/text';
import type { FindingId } from '../values/findings/registry';
import type { Viability } from '../viability/viability';
import type { Protection } from './protections';
import type { RuleFacts, RuleReader } from './rule-facts';

/** How one plan protects a resource. */
export interface PlanCoverage {
  /** As in the template; the id of an imported plan. */
  readonly name: string;
  readonly plan?: PlanItem;
  readonly rules: readonly RuleFacts[];
  readonly selections: readonly SelectionItem[];
  /** Whether the resource is protected as part of its stack, which is backed up as a whole. */
  readonly throughStack: boolean;
}

/** A rule whose jobs certainly fail for a resource. */
export interface FailingRule {
  readonly plan: PlanItem;
  readonly rule: RuleItem;
  /** As in the template, or its position. */
  readonly name: string;
  /** In alphabetical order. */
  readonly reasons: readonly FindingId[];
}

/** What the plans that select a resource do for it. */
interface FoundPlans {
  readonly plans: readonly PlanCoverage[];
  readonly perhaps: readonly PlanCoverage[];
  /** Why jobs fail, in alphabetical order. */
  readonly reasons: readonly FindingId[];
  readonly failing: readonly FailingRule[];
}

/** Finds which rules of the plans that select a resource make recovery points, and which certainly make none. */
export class PlanCoverages {
  constructor(
    private readonly rules: RuleReader,
    private readonly viability: Viability,
  ) {}

  public of(resource: ResourceItem, protections: readonly Protection[]): FoundPlans {
    const failures = new Failures();
    const of = (certain: boolean) =>
      this.plansOf(
        resource,
        protections.filter((protection) => protection.certain === certain),
        failures,
      );
    const certain = of(true);
    // rules that aren't known may succeed
    const plans = certain.filter(({ plan, rules }) => !plan || rules.length > 0);
    const perhaps = [...certain.filter((each) => !plans.includes(each)), ...of(false)];
    return { plans, perhaps, reasons: failures.reasons(), failing: failures.failing([...plans, ...perhaps]) };
  }

  /** Each plan once, with the rules whose jobs may succeed, and without plans that make no recovery points. */
  private plansOf(
    resource: ResourceItem,
    protections: readonly Protection[],
    failures: Failures,
  ): PlanCoverage[] {
    const byName = new Map<
      unknown,
      PlanCoverage & { readonly selections: SelectionItem[]; readonly rules: RuleFacts[] }
    >();
    for (const { plan, selection, throughStack } of protections) {
      const isStack = throughStack !== undefined;
      const working: RuleFacts[] = [];
      if (plan) {
        const refusals = this.viability.reasonsOfPlan({ resource, selection, plan, throughStack: isStack });
        failures.add(refusals);
        for (const facts of this.rules.rulesOf(plan)) {
          const { rule } = facts;
          const why = this.viability.reasonsOf({ resource, selection, plan, rule, throughStack: isStack });
          if (why.length === 0) working.push(facts);
          else failures.addRule(plan, facts, why);
        }
        if (working.length === 0 && !(plan.rules.rest && refusals.length === 0)) continue;
      } else {
        const refusals = this.viability.reasonsOfSelection(selection);
        failures.add(refusals);
        if (refusals.length > 0) continue;
      }
      const name = plan ? planName(plan) : selection.plan ? showText(selection.plan.text) : '?';
      const key = plan ?? name;
      const known = byName.get(key);
      if (known) {
        known.selections.push(selection);
        known.rules.push(...working.filter((facts) => !known.rules.includes(facts)));
      } else byName.set(key, { name, plan, rules: working, selections: [selection], throughStack: isStack });
    }
    return [...byName.values()];
  }
}

/** Collects why jobs fail. */
class Failures {
  private readonly ids = new Set<FindingId>();
  private readonly rules = new Map<RuleItem, FailingRule & { readonly reasons: FindingId[] }>();

  public add(reasons: readonly FindingId[]): void {
    for (const id of reasons) this.ids.add(id);
  }

  public addRule(plan: PlanItem, { rule, name }: RuleFacts, reasons: readonly FindingId[]): void {
    this.add(reasons);
    const known = this.rules.get(rule);
    if (known) known.reasons.push(...reasons.filter((id) => !known.reasons.includes(id)));
    else this.rules.set(rule, { plan, rule, name, reasons: [...reasons] });
  }

  public reasons(): FindingId[] {
    return [...this.ids].sort();
  }

  /** The rules that work with none of the selections. */
  public failing(plans: readonly PlanCoverage[]): FailingRule[] {
    const working = new Set(plans.flatMap(({ rules }) => rules.map(({ rule }) => rule)));
    return [...this.rules.values()]
      .filter(({ rule }) => !working.has(rule))
      .map((failing) => ({ ...failing, reasons: [...failing.reasons].sort() }));
  }
}

/** The name of a plan in reports. */
export function planName(plan: PlanItem): string {
  return plan.name === undefined ? plan.place.logicalId : showText(plan.name);
}
