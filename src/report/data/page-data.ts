import type { Change } from '../../forecast/difference/change';
import type { Hold, PointCounts } from '../../forecast/points/lineage';
import type { LineageKind } from '../../forecast/points/resource-points';
import type { SurvivalAnswer } from '../../forecast/survival/survival';
import type { ConformanceData } from './conformance-data';
import type { CostData } from './cost-data';
import type { OrganizationData } from './organization-data';

/**
 * Everything that the page shows, as plain data. Lists of names are stored once, and columns and profiles refer to them by
 * position: a page about 10,000 resources must stay small.
 */
export interface PageData {
  /** What was read. */
  readonly title: string;
  /** The version of this library. */
  readonly version: string;
  readonly createdAt: string;
  /** In milliseconds. */
  readonly period: { readonly from: number; readonly to: number };
  readonly summary: SummaryData;
  readonly names: Names;
  readonly resources: ResourceColumns;
  readonly profiles: readonly Profile[];
  readonly lineages: readonly LineageData[];
  /** The runs of schedules; see `encodeRuns`. */
  readonly runs: readonly (readonly number[])[];
  readonly vaults: readonly VaultData[];
  readonly timeline: readonly TimelineData[];
  readonly checks: Readonly<Record<string, CheckData>>;
  readonly findings: readonly FindingData[];
  readonly acknowledged: readonly FindingData[];
  /** How many findings a baseline contains. */
  readonly baselined?: number;
  readonly topology: TopologyData;
  /** What changed since the version that `--before` names. */
  readonly changes?: readonly Change[];
  readonly organization?: OrganizationData;
  readonly cost?: CostData;
  readonly conformance?: ConformanceData;
}

/** As `coverage` counts. */
export interface SummaryData {
  readonly total: number;
  readonly protected: number;
  readonly optedOut: number;
  readonly unprotected: number;
  readonly unknown: number;
}

export interface Names {
  readonly stacks: readonly string[];
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** In AWS Backup, or in CloudFormation where AWS Backup's isn't known. */
  readonly types: readonly string[];
  readonly tags: readonly (readonly [key: string, value: string])[];
}

export const STATUSES = ['protected', 'opted-out', 'unprotected', 'unknown'] as const;
/** `unknown`: not certainly protected, depending on values known only at deployment. */
export type Status = (typeof STATUSES)[number];

/** Resources, one position each. Numbers are positions in lists; -1 is nothing. */
export interface ResourceColumns {
  readonly stack: readonly number[];
  readonly logicalId: readonly string[];
  /** The construct path; empty if there is none. */
  readonly path: readonly string[];
  readonly account: readonly number[];
  readonly region: readonly number[];
  readonly type: readonly number[];
  /** In `STATUSES`. */
  readonly status: readonly number[];
  readonly profile: readonly number[];
  readonly tags: readonly (readonly number[])[];
  /** The reasons of those that are opted out, by position. */
  readonly optOuts: Readonly<Record<number, { readonly reason: string; readonly until?: string }>>;
}

/** How resources are protected: many have the same profile. */
export interface Profile {
  readonly plans: readonly { readonly name: string; readonly rules: readonly string[] }[];
  readonly perhaps: readonly string[];
  readonly tested: boolean;
  /** The ids of findings because of which all jobs fail. */
  readonly reasons: readonly string[];
  /** As `coverage` reports them; null: not known. */
  readonly rpoMinutes: number | null;
  readonly worstCaseMinutes: number | null;
  readonly retention: { readonly shortest: Days | null; readonly longest: Days | null };
  readonly copies: readonly CopyData[];
  readonly lock: string | null;
  readonly notes: readonly string[];
  /** At the end of the period, as `forecast` reports them. */
  readonly points: PointCounts;
  readonly copied: PointCounts;
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly longestGapMinutes: number | null;
  readonly continuousRpoMinutes: number | null;
  readonly forecastReasons: readonly string[];
  /** In the order of `SCENARIOS`. */
  readonly survives: readonly SurvivalAnswer[];
  readonly killingSets: readonly (readonly string[])[];
  /** Positions in `lineages`. */
  readonly lineages: readonly number[];
}

export type Days = number | 'forever';

export interface CopyData {
  readonly vault: string;
  readonly account?: string;
  readonly region?: string;
  readonly retention?: Days;
  readonly lock: string;
}

/** Recovery points with one vault and one lifecycle. */
export interface LineageData {
  readonly kind: LineageKind;
  /** A position in `vaults`. */
  readonly vault: number;
  readonly plan: string;
  readonly rule: string;
  /** A position in `runs`. */
  readonly runs: number;
  /** Null: forever. */
  readonly retentionDays: number | null;
  /** Null: never. */
  readonly coldAfterDays: number | null;
  readonly windowDays?: number;
  readonly holds: readonly Hold[];
}

export interface VaultData {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly airGapped: boolean;
  readonly points: PointCounts;
}

export interface TimelineData {
  readonly at: number;
  readonly alive: number;
  readonly warm: number;
  readonly cold: number;
}

/** What the registry says about a check. */
export interface CheckData {
  readonly severity: string;
  readonly sentence: string;
  readonly why: string;
  readonly docs: string;
}

export interface FindingData {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  /** Inside the resource: `Properties/…`. */
  readonly path?: string;
  readonly source?: string;
  readonly message: string;
  readonly fix: string;
  /** Of acknowledged findings. */
  readonly reason?: string;
}

export interface TopologyData {
  readonly svg: string;
  readonly accounts: number;
  readonly vaults: number;
  readonly refused: readonly RefusedFlow[];
  /** The drawing in words. */
  readonly places: readonly TopologyPlace[];
}

/** An account and a Region, or several accounts that are set up in the same way. */
export interface TopologyPlace {
  readonly title: string;
  /** The accounts, if the title only counts them. */
  readonly accounts: readonly string[];
  readonly cards: readonly TopologyCard[];
}

/** A plan, a vault, or resources without a plan. */
export interface TopologyCard {
  readonly title: string;
  readonly details: readonly string[];
  /** `copied to central: daily · 90 days`. */
  readonly goesTo: readonly string[];
}

/** Recovery points that never arrive. */
export interface RefusedFlow {
  readonly kind: 'backup' | 'copy';
  readonly from: string;
  readonly to: string;
  readonly what: string;
  readonly refusedBy: readonly string[];
}
