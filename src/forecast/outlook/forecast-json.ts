import { dateText } from '../core/period';
import type { PointCounts } from '../points/lineage';
import { restorableAt } from '../points/resource-numbers';
import type { Survival } from '../survival/survival';
import { type CostEntryJson, type CostJson, costJson, entryJson } from './cost-json';
import { type CostOutlook, costOutlook, DEFAULT_COST_INPUTS } from './cost-outlook';
import type { Forecast, ResourceForecast, RuleForecast, VaultForecast } from './forecast';

/** The forecast as the command prints it in JSON: public API, to which members may be added. */
export interface ForecastJson {
  readonly from: string;
  readonly to: string;
  readonly rules: readonly RuleForecastJson[];
  readonly resources: readonly ResourceForecastJson[];
  readonly vaults: readonly VaultForecastJson[];
  readonly timeline: readonly TimelineJson[];
  readonly cost: CostJson;
  /** What can be restored on the day that was asked for. */
  readonly restorable?: readonly RestorableJson[];
}

export interface RestorableJson {
  readonly stack: string;
  readonly logicalId: string;
  readonly at: string;
  readonly points: number;
  readonly oldest: string | null;
  readonly newest: string | null;
  /** Any moment from here to `newest` can be restored; null without a continuous backup. */
  readonly anyMomentSince: string | null;
}

export interface RuleForecastJson {
  readonly stack: string;
  readonly plan: string;
  readonly rule: string;
  /** Null if the schedule isn't known. */
  readonly runs: number | null;
  /** The runs that AWS skips because of an overlap. */
  readonly skipped: number | null;
  readonly firstRun: string | null;
  readonly lastRun: string | null;
  readonly longestGapMinutes: number | null;
  readonly reason?: string;
}

export interface ResourceForecastJson {
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  /** The type in AWS Backup; null if it isn't known. */
  readonly resourceType: string | null;
  readonly protected: boolean;
  /** Null with fewer than two points. */
  readonly rpoMinutes: number | null;
  readonly worstCaseMinutes: number | null;
  readonly continuousRpoMinutes: number | null;
  readonly recoveryPoints: PointCounts;
  readonly copies: PointCounts;
  /** The earliest moment that can be restored at the end of the period. */
  readonly oldestAlive: string | null;
  readonly newestAlive: string | null;
  /** What is left after a loss, at the end of the period. */
  readonly survives: Survival['survives'];
  /** The minimal sets of up to three losses that destroy every recovery point. */
  readonly killingSets: Survival['killingSets'];
  /** Why rules or copies make no recovery points. */
  readonly reasons: readonly string[];
}

export interface VaultForecastJson {
  readonly vault: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly recoveryPoints: PointCounts;
  /** Points that exist only until they are copied to a logically air-gapped vault. */
  readonly temporary?: number;
}

/** The cost is that of the time since the entry before. */
export interface TimelineJson extends CostEntryJson {
  readonly date: string;
  readonly alive: number;
  readonly warm: number;
  readonly cold: number;
}

/** @param at an instant for which to list what can be restored */
export function forecastJson(
  forecast: Forecast,
  cost: CostOutlook = costOutlook(forecast, DEFAULT_COST_INPUTS),
  at?: number,
): ForecastJson {
  const { period, rules, resources, vaults, timeline } = forecast;
  return {
    from: new Date(period.from).toISOString(),
    to: new Date(period.to).toISOString(),
    rules: rules.map(ruleJson),
    resources: resources.map(resourceJson),
    vaults: vaults.map(vaultJson),
    timeline: timeline.map(({ at, ...counts }, index) => ({
      date: dateText(at),
      ...counts,
      ...entryJson(cost.estimate.timeline[index]),
    })),
    cost: costJson(cost),
    restorable: at === undefined ? undefined : resources.map((one) => restorableJson(one, at)),
  };
}

function restorableJson({ coverage, points, resourceType }: ResourceForecast, at: number): RestorableJson {
  const found = restorableAt(points.lineages, resourceType, at);
  const { stack, logicalId } = coverage.resource.place;
  return {
    stack,
    logicalId,
    at: new Date(at).toISOString(),
    points: found?.points ?? 0,
    oldest: instant(found?.oldest),
    newest: instant(found?.newest),
    anyMomentSince: instant(found?.continuous?.from),
  };
}

function ruleJson(of: RuleForecast): RuleForecastJson {
  return {
    stack: of.plan.place.stack,
    plan: of.planName,
    rule: of.rule,
    runs: of.runs ?? null,
    skipped: of.skipped ?? null,
    firstRun: instant(of.firstRun),
    lastRun: instant(of.lastRun),
    longestGapMinutes: of.longestGapMinutes ?? null,
    reason: of.unknownBecause,
  };
}

function resourceJson(of: ResourceForecast): ResourceForecastJson {
  const { place } = of.coverage.resource;
  return {
    stack: place.stack,
    logicalId: place.logicalId,
    constructPath: place.constructPath,
    resourceType: of.resourceType ?? null,
    protected: of.coverage.status === 'protected',
    rpoMinutes: of.rpoMinutes ?? null,
    worstCaseMinutes: of.worstCaseMinutes ?? null,
    continuousRpoMinutes: of.continuousRpoMinutes ?? null,
    recoveryPoints: of.recoveryPoints,
    copies: of.copies,
    oldestAlive: instant(of.oldestAlive),
    newestAlive: instant(of.newestAlive),
    survives: of.survives,
    killingSets: of.killingSets,
    reasons: of.points.reasons,
  };
}

function vaultJson({ vault, recoveryPoints, temporary }: VaultForecast): VaultForecastJson {
  return {
    vault: vault.name,
    account: vault.account ?? null,
    region: vault.region ?? null,
    recoveryPoints,
    temporary: temporary > 0 ? temporary : undefined,
  };
}

function instant(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}
