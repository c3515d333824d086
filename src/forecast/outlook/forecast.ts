import {
  type Coverage,
  coverageOf,
  type MorePlans,
  planName,
  type ResourceCoverage,
} from '../../coverage/coverage';
import { organizationPlans } from '../../coverage/organization-plans';
import type { Inventory } from '../../inventory/inventory';
import { ruleTitle } from '../../inventory/labels';
import type { PlanItem } from '../../inventory/plan/plans';
import { ResourceTypes } from '../../inventory/resource-types';
import { known } from '../../template/evaluation/unknown';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { checkpointsOf, MINUTE_MS, type Period } from '../core/period';
import { LegalHolds } from '../points/legal-holds';
import { addCounts, countsAt, NO_POINTS, type PointCounts } from '../points/lineage';
import { Lineages } from '../points/lineages';
import { PlanSchedules } from '../points/plan-schedules';
import { numbersOf, type ResourceNumbers } from '../points/resource-numbers';
import type { ResourcePoints } from '../points/resource-points';
import { ofItem, type VaultPlace } from '../points/vault-place';
import { type Survival, Survivals } from '../survival/survival';

export interface ForecastOptions {
  /** The period; nothing exists before its first instant. */
  readonly period: Period;
  /** Types that override or extend those of the catalog. */
  readonly resourceTypes?: readonly ResourceType[];
  /** Plans that are in no template, such as those of organization policies. */
  readonly more?: MorePlans;
}

/** What an inventory will do in a period. */
export interface Forecast {
  readonly period: Period;
  readonly inventory: Inventory;
  readonly coverage: Coverage;
  readonly types: ResourceTypes;
  readonly rules: readonly RuleForecast[];
  /** In the order of the inventory. */
  readonly resources: readonly ResourceForecast[];
  readonly vaults: readonly VaultForecast[];
  /** On the first of each month, and at the end. */
  readonly timeline: readonly TimelineEntry[];
}

export interface RuleForecast {
  readonly plan: PlanItem;
  readonly planName: string;
  readonly rule: string;
  /** Undefined if the schedule isn't known. */
  readonly runs?: number;
  /** The runs that AWS skips because of an overlap. */
  readonly skipped?: number;
  readonly firstRun?: number;
  readonly lastRun?: number;
  readonly longestGapMinutes?: number;
  /** Why the runs aren't known. */
  readonly unknownBecause?: string;
}

export interface ResourceForecast extends ResourceNumbers, Survival {
  readonly coverage: ResourceCoverage;
  /** The name of the type in AWS Backup; undefined if it isn't known. */
  readonly resourceType?: string;
  readonly points: ResourcePoints;
}

export interface VaultForecast {
  readonly vault: VaultPlace;
  readonly recoveryPoints: PointCounts;
  /** Points that exist only until they are copied to a logically air-gapped vault, in the whole period. */
  readonly temporary: number;
}

export interface TimelineEntry {
  readonly at: number;
  readonly alive: number;
  readonly warm: number;
  readonly cold: number;
}

/** Forecasts an inventory. Resources that the same rules protect in the same way are computed once. */
export function forecastOf(inventory: Inventory, options: ForecastOptions): Forecast {
  const { period, more, resourceTypes } = options;
  const coverage = coverageOf(inventory, { now: new Date(period.from), resourceTypes, more });
  const schedules = new PlanSchedules(period);
  const types = new ResourceTypes(resourceTypes);
  const lineages = new Lineages(inventory, schedules, types, new LegalHolds(inventory));
  const groups = new Groups(period, types, new Survivals(inventory, period));
  const resources = coverage.resources.map((one) => groups.add(one, lineages.of(one)));
  return {
    period,
    inventory,
    coverage,
    types,
    rules: rulesOf(inventory, schedules, more),
    resources,
    vaults: groups.vaults(inventory),
    timeline: groups.timeline(),
  };
}

function rulesOf(
  inventory: Inventory,
  schedules: PlanSchedules,
  more: MorePlans | undefined,
): RuleForecast[] {
  const plans = [...inventory.plans, ...organizationPlans(inventory).plans, ...(more?.plans ?? [])];
  return schedules.ofAll(plans).map(({ plan, rule, runs, unknownBecause }) => {
    const gap = runs?.times.longestGap();
    return {
      plan,
      planName: planName(plan),
      rule: ruleTitle(rule),
      runs: runs?.times.length,
      skipped: runs?.skipped,
      firstRun: runs?.times.first,
      lastRun: runs?.times.last,
      longestGapMinutes: gap === undefined ? undefined : gap / MINUTE_MS,
      unknownBecause,
    };
  });
}

/** Resources that share their lineages. */
interface Group {
  readonly points: ResourcePoints;
  readonly numbers: ResourceNumbers;
  size: number;
}

class Groups {
  private readonly byPoints = new Map<ResourcePoints, Map<string | undefined, Group>>();

  constructor(
    private readonly period: Period,
    private readonly types: ResourceTypes,
    private readonly survivals: Survivals,
  ) {}

  public add(coverage: ResourceCoverage, points: ResourcePoints): ResourceForecast {
    const resourceType = known(coverage.resource.resourceType);
    let groups = this.byPoints.get(points);
    if (!groups) {
      groups = new Map();
      this.byPoints.set(points, groups);
    }
    let group = groups.get(resourceType);
    if (!group) {
      group = { points, numbers: numbersOf(points, resourceType, this.period.to), size: 0 };
      groups.set(resourceType, group);
    }
    group.size++;
    const survival = this.survivals.of(coverage.resource, this.types.of(coverage.resource), points);
    return { ...group.numbers, ...survival, coverage, resourceType, points };
  }

  public vaults(inventory: Inventory): VaultForecast[] {
    const found = new Map<string, VaultForecast>();
    const at = (vault: VaultPlace): VaultForecast =>
      found.get(vault.key) ?? { vault, recoveryPoints: NO_POINTS, temporary: 0 };
    for (const item of inventory.vaults) found.set(item.id, at(ofItem(item)));
    for (const { points, size } of this.all())
      for (const lineage of points.lineages) {
        const { vault, kind } = lineage;
        const before = at(vault);
        const counts = times(countsAt(lineage, this.period.to), size);
        found.set(
          vault.key,
          kind === 'temporary'
            ? { ...before, temporary: before.temporary + counts.created }
            : { ...before, recoveryPoints: addCounts(before.recoveryPoints, counts) },
        );
      }
    return [...found.values()];
  }

  public timeline(): TimelineEntry[] {
    return checkpointsOf(this.period).map((at) => {
      let counts = NO_POINTS;
      for (const { points, size } of this.all())
        for (const lineage of points.lineages)
          if (lineage.kind !== 'temporary') counts = addCounts(counts, times(countsAt(lineage, at), size));
      const { alive, warm, cold } = counts;
      return { at, alive, warm, cold };
    });
  }

  private *all(): Iterable<Group> {
    for (const groups of this.byPoints.values()) yield* groups.values();
  }
}

function times({ created, alive, warm, cold, expired }: PointCounts, factor: number): PointCounts {
  return {
    created: created * factor,
    alive: alive * factor,
    warm: warm * factor,
    cold: cold * factor,
    expired: expired * factor,
  };
}
