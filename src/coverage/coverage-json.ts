import { isUnknown } from '../template/evaluation/unknown';
import type { Coverage, PlanCoverage, ResourceCoverage } from './coverage';
import type { CopyFacts, Immutability } from './rule-facts';

/** The coverage as the command prints it in JSON: public API, to which members may be added. */
export interface CoverageJson {
  readonly resources: readonly ResourceJson[];
  readonly summary: {
    readonly total: number;
    readonly protected: number;
    readonly optedOut: number;
    /** Including those that may be protected. */
    readonly unprotected: number;
    readonly unknown: number;
  };
}

export interface ResourceJson {
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  readonly account?: string;
  readonly region?: string;
  /** The type in CloudFormation. */
  readonly type: string;
  /** The type in AWS Backup; null if it isn't known. */
  readonly resourceType: string | null;
  readonly protected: boolean;
  /** The plans that protect it, with the names of the rules that make its recovery points. */
  readonly plans: readonly { readonly name: string; readonly rules: readonly string[] }[];
  /** The ids of the findings because of which its jobs certainly fail; empty if it is protected. */
  readonly reasons: readonly string[];
  /** Whether a restore testing selection covers it. */
  readonly tested: boolean;
  /** The longest time between two restore tests; absent if it isn't known. */
  readonly testIntervalMinutes?: number;
  /** The state machines of the restore runbooks that restore it. */
  readonly runbooks?: readonly string[];
  readonly rules: readonly RuleJson[];
  /** The names of plans that may protect it. */
  readonly perhaps?: readonly string[];
  /** Only for unprotected resources, as the summary counts them. */
  readonly optedOut?: { readonly reason: string; readonly until?: string };
  /** The RPO: the longest time between two runs, or that of continuous backups; without the start window. */
  readonly recoveryPointObjectiveMinutes?: number;
  /** The same with the start window. */
  readonly worstCaseMinutes?: number;
  readonly retention?: { readonly shortest?: Days; readonly longest?: Days };
  readonly copies?: readonly CopyJson[];
  readonly immutability?: Immutability;
  readonly notes?: readonly string[];
}

/** A number of days, or forever. */
export type Days = number | 'forever';

export interface RuleJson {
  readonly plan: string;
  readonly rule: string;
  readonly continuous?: boolean;
  readonly intervalMinutes?: number;
  readonly retention?: Days;
}

export interface CopyJson {
  readonly vault: string;
  readonly account?: string;
  readonly region?: string;
  readonly retention?: Days;
  readonly immutability: Immutability;
}

export function coverageJson({ resources, summary }: Coverage): CoverageJson {
  return { resources: resources.map(resourceJson), summary };
}

function resourceJson(coverage: ResourceCoverage): ResourceJson {
  const { resource, status, plans, perhaps, optOut, notes } = coverage;
  const { place, type, resourceType } = resource;
  const shortest = days(coverage.shortestRetentionDays);
  const longest = days(coverage.longestRetentionDays);
  return {
    stack: place.stack,
    logicalId: place.logicalId,
    constructPath: place.constructPath,
    account: place.account,
    region: place.region,
    type,
    resourceType: isUnknown(resourceType) ? null : resourceType,
    protected: status === 'protected',
    plans: plans.map(({ name, rules }) => ({ name, rules: rules.map((rule) => rule.name) })),
    reasons: coverage.reasons,
    tested: coverage.tested,
    testIntervalMinutes: coverage.testIntervalMinutes,
    runbooks: some(coverage.runbooks.map(({ place }) => place.constructPath ?? place.logicalId)),
    rules: plans.flatMap(({ name, rules }) =>
      rules.map((rule) => ({
        plan: name,
        rule: rule.name,
        continuous: rule.continuous,
        intervalMinutes: rule.intervalMinutes,
        retention: days(rule.retentionDays),
      })),
    ),
    perhaps: some(names(perhaps)),
    // for protected resources, the opt-out is in the notes
    optedOut: optOut && status === 'opted-out' ? { reason: optOut.reason, until: optOut.until } : undefined,
    recoveryPointObjectiveMinutes: coverage.objectiveMinutes,
    worstCaseMinutes: coverage.worstCaseMinutes,
    retention: longest === undefined ? undefined : { shortest, longest },
    copies: some(coverage.copies.map(copyJson)),
    immutability: coverage.immutability,
    notes: some(notes),
  };
}

function copyJson(copy: CopyFacts): CopyJson {
  const { vault, account, region, retentionDays, immutability } = copy;
  return { vault, account, region, retention: days(retentionDays), immutability };
}

function names(plans: readonly PlanCoverage[]): string[] {
  return [...new Set(plans.map(({ name }) => name))];
}

function days(amount: number | undefined): Days | undefined {
  return amount === Number.POSITIVE_INFINITY ? 'forever' : amount;
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
