import type { Inventory } from '../inventory/inventory';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../inventory/resource-types';
import type { RestoreRunbookItem } from '../inventory/restore-testing/restore-runbooks';
import type { FindingId } from '../values/findings/registry';
import type { ResourceType } from '../values/resource-type/resource-type';
import { Viability } from '../viability/viability';
import type { CoverageStatus } from './coverage-status';
import { notesOf } from './notes';
import { type OptOut, optOutOf } from './opt-outs';
import { organizationPlans } from './organization-plans';
import { type FailingRule, type PlanCoverage, PlanCoverages } from './plan-coverage';
import { type MorePlans, type Protection, Protections, protectionsOf } from './protections';
import { type RestoreTest, RestoreTests } from './restore-tests';
import {
  type CopyFacts,
  canBeCopied,
  type Immutability,
  immutabilityOf,
  objectiveMinutes,
  RuleReader,
  stronger,
  worstCaseMinutes,
} from './rule-facts';
import { Runbooks } from './runbooks';
import { ScheduleIntervals } from './schedule-intervals';

export type { CoverageStatus } from './coverage-status';
export type { OptOut } from './opt-outs';
export { type FailingRule, type PlanCoverage, planName } from './plan-coverage';
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

/** How one resource is protected. */
export interface ResourceCoverage {
  readonly resource: ResourceItem;
  readonly status: CoverageStatus;
  /**
   * The findings because of which its jobs certainly fail, in alphabetical order; empty if the resource is protected. What
   * is acknowledged, ignored or given another severity counts all the same.
   */
  readonly reasons: readonly FindingId[];
  /** The rules that select it and whose jobs certainly fail, also of a resource that other rules protect. */
  readonly failing: readonly FailingRule[];
  /** Whether a restore testing selection certainly covers its recovery points. */
  readonly tested: boolean;
  /** The restore testing selections that certainly cover it. */
  readonly tests: readonly RestoreTest[];
  /** The longest time between two restore tests, by the plan that tests most often; undefined if it isn't known. */
  readonly testIntervalMinutes?: number;
  /** The restore runbooks that certainly restore it. */
  readonly runbooks: readonly RestoreRunbookItem[];
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

/** For every resource that AWS Backup can protect: which plans and rules protect it, and how well. */
export function coverageOf(inventory: Inventory, options: CoverageOptions): Coverage {
  const { now, more } = options;
  const elsewhere = [...organizationPlans(inventory).plans, ...(more?.plans ?? [])];
  const protections = more ? new Protections(inventory, more) : protectionsOf(inventory);
  const intervals = new ScheduleIntervals(now);
  const reader: Reader = {
    plans: new PlanCoverages(
      new RuleReader(inventory, intervals),
      new Viability(inventory, options, elsewhere),
    ),
    types: new ResourceTypes(options.resourceTypes),
    tests: new RestoreTests(inventory),
    intervals,
    runbooks: new Runbooks(inventory),
    now,
  };
  const resources = inventory.resources.map((resource) =>
    resourceCoverage(resource, protections.of(resource), reader),
  );
  return { resources, summary: summaryOf(resources) };
}

/** What the coverage of every resource is read with. */
interface Reader {
  readonly plans: PlanCoverages;
  readonly types: ResourceTypes;
  readonly tests: RestoreTests;
  readonly intervals: ScheduleIntervals;
  readonly runbooks: Runbooks;
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
  const { plans, perhaps, reasons, failing } = reader.plans.of(resource, protections);
  const optOut = optOutOf(resource, reader.now);
  const status = plans.length > 0 ? 'protected' : optOut && !optOut.expired ? 'opted-out' : 'unprotected';
  const failures = status === 'protected' ? [] : reasons;
  const tests = reader.tests.of(
    resource,
    plans.flatMap(({ rules }) => rules.map(({ rule }) => rule)),
  );
  return {
    resource,
    status,
    reasons: failures,
    failing,
    tested: tests.length > 0,
    tests,
    runbooks: reader.runbooks.of(resource),
    testIntervalMinutes: testInterval(tests, reader.intervals),
    plans,
    perhaps,
    optOut,
    ...resultOfPlans(plans, reader.types.of(resource)),
    notes: notesOf(status, failures, perhaps, optOut),
  };
}

function testInterval(tests: readonly RestoreTest[], intervals: ScheduleIntervals): number | undefined {
  const known = tests.flatMap(({ plan }) =>
    typeof plan?.schedule === 'string' ? (intervals.of(plan.schedule) ?? []) : [],
  );
  return known.length > 0 ? Math.min(...known) : undefined;
}

/** What plans do for a resource of a type. */
export function resultOfPlans(
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
