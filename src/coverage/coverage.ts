import type { Inventory } from '../inventory/inventory';
import type { PlanItem } from '../inventory/plan/plans';
import type { SelectionItem } from '../inventory/plan/selections';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../inventory/resource-types';
import { showText } from '../template/evaluation/text';
import { enumerateNames } from '../values/core/enumeration';
import type { FindingId } from '../values/findings/registry';
import type { ResourceType } from '../values/resource-type/resource-type';
import { Viability } from '../viability/viability';
import { type OptOut, optOutOf } from './opt-outs';
import { type MorePlans, type Protection, Protections, protectionsOf } from './protections';
import { RestoreTests } from './restore-tests';
import {
  type CopyFacts,
  canBeCopied,
  type Immutability,
  immutabilityOf,
  objectiveMinutes,
  type RuleFacts,
  RuleReader,
  stronger,
  worstCaseMinutes,
} from './rule-facts';

export type { OptOut } from './opt-outs';
export type { MorePlans } from './protections';
export type { CopyFacts, Immutability, RuleFacts } from './rule-facts';

export interface CoverageOptions {
  /** The instant at which opt-outs and schedules are evaluated. */
  readonly now: Date;
  /** Types that override or extend those of the catalog. */
  readonly resourceTypes?: readonly ResourceType[];
  /** Plans that are in no template, such as those of organization policies. */
  readonly more?: MorePlans;
}

/** Which resources are protected, and how. */
export interface Coverage {
  /** In the order of the inventory. */
  readonly resources: readonly ResourceCoverage[];
  readonly summary: CoverageSummary;
}

/** `total` is the sum of `protected`, `optedOut` and `unprotected`. */
export interface CoverageSummary {
  readonly total: number;
  readonly protected: number;
  readonly optedOut: number;
  readonly unprotected: number;
  /** The number of unprotected resources that may be protected, depending on values known only at deployment. */
  readonly unknown: number;
}

/**
 * - `protected`: a plan certainly selects it, and at least one of its rules certainly makes recovery points
 * - `opted-out`: intentionally not backed up
 * - `unprotected`: neither; possibly protected if `perhaps` isn't empty
 */
export type CoverageStatus = 'protected' | 'opted-out' | 'unprotected';

/** How one resource is protected. */
export interface ResourceCoverage {
  readonly resource: ResourceItem;
  readonly status: CoverageStatus;
  /**
   * The findings because of which its jobs certainly fail, in alphabetical order; empty if the resource is protected. What
   * is acknowledged, ignored or given another severity counts all the same.
   */
  readonly reasons: readonly FindingId[];
  /** Whether a restore testing selection certainly covers its recovery points. */
  readonly tested: boolean;
  /** The plans that certainly protect it, without the rules whose jobs certainly fail. */
  readonly plans: readonly PlanCoverage[];
  /** The plans that may protect it. */
  readonly perhaps: readonly PlanCoverage[];
  /** The opt-out, also of a protected resource, and also if it has expired. */
  readonly optOut?: OptOut;
  /** Of the rule with the lowest RPO, without the start window; undefined if it isn't known. */
  readonly objectiveMinutes?: number;
  /** The same with the start window, which each job may use in full; undefined if it isn't known. */
  readonly worstCaseMinutes?: number;
  /** Of the rule with the shortest retention; Infinity: forever. */
  readonly shortestRetentionDays?: number;
  /** Of the rule or copy with the longest retention; Infinity: forever. */
  readonly longestRetentionDays?: number;
  readonly copies: readonly CopyFacts[];
  /** The strongest lock of any recovery point or copy; undefined if there are none. */
  readonly immutability?: Immutability;
  /** Remarks for the reader. */
  readonly notes: readonly string[];
}

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

/** For every resource that AWS Backup can protect: which plans and rules protect it, and how well. */
export function coverageOf(inventory: Inventory, options: CoverageOptions): Coverage {
  const { now, more } = options;
  const protections = more ? new Protections(inventory, more) : protectionsOf(inventory);
  const reader: Reader = {
    rules: new RuleReader(inventory, now),
    types: new ResourceTypes(options.resourceTypes),
    viability: new Viability(inventory, options),
    tests: new RestoreTests(inventory),
    now,
  };
  const resources = inventory.resources.map((resource) =>
    resourceCoverage(resource, protections.of(resource), reader),
  );
  return { resources, summary: summaryOf(resources) };
}

/** What the coverage of every resource is read with. */
interface Reader {
  readonly rules: RuleReader;
  readonly types: ResourceTypes;
  readonly viability: Viability;
  readonly tests: RestoreTests;
  readonly now: Date;
}

/** The share of resources that are protected or opted out, from 0 to 1; 1 if there are no resources. */
export function coverageRatio({ total, unprotected }: CoverageSummary): number {
  return total === 0 ? 1 : (total - unprotected) / total;
}

function summaryOf(resources: readonly ResourceCoverage[]): CoverageSummary {
  const counts = { total: resources.length, protected: 0, optedOut: 0, unprotected: 0, unknown: 0 };
  for (const { status, perhaps } of resources) {
    if (status === 'protected') counts.protected++;
    else if (status === 'opted-out') counts.optedOut++;
    else {
      counts.unprotected++;
      if (perhaps.length > 0) counts.unknown++;
    }
  }
  return counts;
}

function resourceCoverage(
  resource: ResourceItem,
  protections: readonly Protection[],
  reader: Reader,
): ResourceCoverage {
  const reasons = new Set<FindingId>();
  const of = (certain: boolean) =>
    plansOf(
      resource,
      protections.filter((protection) => protection.certain === certain),
      reader,
      reasons,
    );
  const plans = of(true);
  const perhaps = of(false);
  const optOut = optOutOf(resource, reader.now);
  const status = plans.length > 0 ? 'protected' : optOut && !optOut.expired ? 'opted-out' : 'unprotected';
  const failures = status === 'protected' ? [] : [...reasons].sort();
  return {
    resource,
    status,
    reasons: failures,
    tested: reader.tests.cover(
      resource,
      plans.flatMap(({ rules }) => rules.map(({ rule }) => rule)),
    ),
    plans,
    perhaps,
    optOut,
    ...resultOf(plans, reader.types.of(resource)),
    notes: notesOf(status, failures, perhaps, optOut),
  };
}

/**
 * Each plan once, with the rules whose jobs may succeed, and without plans that make no recovery points.
 *
 * @param reasons collects why jobs fail
 */
function plansOf(
  resource: ResourceItem,
  protections: readonly Protection[],
  { rules, viability }: Reader,
  reasons: Set<FindingId>,
): PlanCoverage[] {
  if (protections.length === 0) return [];
  const byName = new Map<
    unknown,
    PlanCoverage & { readonly selections: SelectionItem[]; readonly rules: RuleFacts[] }
  >();
  for (const { plan, selection, throughStack } of protections) {
    const isStack = throughStack !== undefined;
    const working: RuleFacts[] = [];
    if (plan) {
      let failures = viability.reasonsOfPlan(plan, selection);
      for (const facts of rules.rulesOf(plan)) {
        const why = viability.reasonsOf({
          resource,
          selection,
          plan,
          rule: facts.rule,
          throughStack: isStack,
        });
        if (why.length === 0) working.push(facts);
        else failures = [...failures, ...why];
      }
      for (const id of failures) reasons.add(id);
      if (working.length === 0 && !(plan.rules.rest && failures.length === 0)) continue;
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

/** The name of a plan in reports. */
export function planName(plan: PlanItem): string {
  return plan.name === undefined ? plan.place.logicalId : showText(plan.name);
}

function resultOf(
  plans: readonly PlanCoverage[],
  type: ResourceType | undefined,
): Pick<
  ResourceCoverage,
  | 'objectiveMinutes'
  | 'worstCaseMinutes'
  | 'shortestRetentionDays'
  | 'longestRetentionDays'
  | 'copies'
  | 'immutability'
> {
  let objective: number | undefined;
  let worst: number | undefined;
  let shortest: number | undefined;
  let longest: number | undefined;
  let immutability: Immutability | undefined;
  const copies: CopyFacts[] = [];
  const least = (a: number | undefined, b: number | undefined) => (b === undefined ? a : Math.min(a ?? b, b));
  const most = (a: number | undefined, b: number | undefined) => (b === undefined ? a : Math.max(a ?? b, b));
  const lock = (of: Immutability) => (immutability === undefined ? of : stronger(immutability, of));
  for (const { rules, throughStack } of plans)
    for (const facts of rules) {
      // a backup of a stack has no point-in-time recovery of its resources
      objective = least(objective, throughStack ? facts.intervalMinutes : objectiveMinutes(facts, type));
      const waiting = facts.intervalMinutes === undefined ? undefined : facts.startWindowMinutes;
      const ofStack = waiting === undefined ? undefined : (facts.intervalMinutes ?? 0) + waiting;
      worst = least(worst, throughStack ? ofStack : worstCaseMinutes(facts, type));
      shortest = least(shortest, facts.retentionDays);
      longest = most(longest, facts.retentionDays);
      immutability = lock(immutabilityOf(facts, type));
      if (!canBeCopied(type)) continue;
      for (const copy of facts.copies) {
        copies.push(copy);
        longest = most(longest, copy.retentionDays);
        immutability = lock(copy.immutability);
      }
    }
  return {
    objectiveMinutes: objective,
    worstCaseMinutes: worst,
    shortestRetentionDays: shortest,
    longestRetentionDays: longest,
    copies,
    immutability,
  };
}

function notesOf(
  status: CoverageStatus,
  reasons: readonly FindingId[],
  perhaps: readonly PlanCoverage[],
  optOut: OptOut | undefined,
): string[] {
  const notes: string[] = [];
  if (optOut?.expired)
    notes.push(`the opt-out (${optOut.reason}) was valid until ${optOut.until} and has expired`);
  else if (optOut && status === 'protected')
    notes.push(`opted out (${optOut.reason}), but a plan selects it`);
  if (reasons.length > 0)
    notes.push(`a plan selects it, but its jobs certainly fail: ${enumerateNames(reasons)}`);
  if (status === 'unprotected' && perhaps.length > 0)
    notes.push(
      `perhaps protected by ${[...new Set(perhaps.map(({ name }) => `\`${name}\``))].join(', ')}: this can't be determined before deployment`,
    );
  return notes;
}
