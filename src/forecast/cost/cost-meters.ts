import type { Inventory } from '../../inventory/inventory';
import { linkedKey } from '../../inventory/lookups';
import type { RestoreTestingPlanItem } from '../../inventory/restore-testing/restore-testing';
import { known } from '../../template/evaluation/unknown';
import { readCron } from '../../values/schedule/cron';
import { timeZoneProblems } from '../../values/schedule/zoned-time';
import { DAY_MS, type Period } from '../core/period';
import { PlanRuns } from '../core/plan-runs';
import { RunTimes } from '../core/run-times';
import { meanGapDays } from '../points/averages';
import { countsAt } from '../points/lineage';
import type { Lineage, ResourcePoints } from '../points/resource-points';
import { type CostMeter, type CostResource, type CostSpan, MONTH_MS } from './cost-model';
import type { CostedForecast, CostedResource } from './costed-forecast';
import { storageFacts } from './storage-facts';

/** What costs money beside recovery points: restore tests, audits, scans, keys, and alarms. */
export function metersOf(
  forecast: CostedForecast,
  spans: readonly CostSpan[],
  listed: readonly CostResource[],
): CostMeter[] {
  const indexes = new Map(listed.map(({ id }, index) => [id, index]));
  const resources = forecast.resources.flatMap((one): Metered[] => {
    const { stack, logicalId } = one.coverage.resource.place;
    const index = indexes.get(`${stack}/${logicalId}`);
    return index === undefined ? [] : [{ one, index }];
  });
  return [
    ...restoreTests(forecast, spans, resources),
    ...audits(forecast.inventory, spans, resources),
    ...scans(spans, resources),
    ...keysAndAlarms(forecast.inventory, spans, resources),
  ];
}

/** A resource with recovery points, and its index. */
interface Metered {
  readonly one: CostedResource;
  readonly index: number;
}

/** How many points a lineage makes in a span; none are left of temporary ones. */
function createdIn(lineage: Lineage, { from, to }: CostSpan): number {
  if (lineage.kind === 'temporary') return 0;
  return countsAt(lineage, to - 1).created - countsAt(lineage, from - 1).created;
}

/** Each run tests one recovery point of each resource that it covers. */
function restoreTests(
  { inventory, period }: CostedForecast,
  spans: readonly CostSpan[],
  resources: readonly Metered[],
): CostMeter[] {
  const tested = resources.filter(({ one }) => one.coverage.tested);
  return inventory.restoreTestingPlans.flatMap((plan): CostMeter[] => {
    const types = new Set(
      inventory.restoreTestingSelections
        .filter((selection) => selection.plan?.to === plan.id)
        .map(({ resourceType }) => known(resourceType)),
    );
    const covered = tested.filter(({ one }) => types.has(one.resourceType));
    if (covered.length === 0) return [];
    const runs = runsOf(plan, period);
    const counts = spans.map(({ from, to }) => runs.countUntil(to - 1) - runs.countUntil(from - 1));
    const region = plan.place.region ?? null;
    const tests: CostMeter = {
      item: 'restoreTest',
      what: 'restore tests',
      region,
      counts: counts.map((count) => count * covered.length),
    };
    const restores = [...types].flatMap((type): CostMeter[] => {
      const own = covered.filter(({ one }) => one.resourceType === type);
      const item = type === undefined ? undefined : storageFacts(type, undefined)?.restore;
      if (!item || own.length === 0) return [];
      return [
        {
          item,
          what: `restores of ${type} by restore tests`,
          region,
          counts,
          resources: own.map(({ index }) => index),
        },
      ];
    });
    return [tests, ...restores];
  });
}

function runsOf({ schedule, timeZone }: RestoreTestingPlanItem, period: Period): RunTimes {
  const [text, zone] = [known(schedule), known(timeZone)];
  const { cron } = text === undefined ? { cron: undefined } : readCron(text);
  if (!cron || (zone !== undefined && timeZoneProblems(zone).length > 0)) return RunTimes.NONE;
  const [runs] = new PlanRuns(period).of([{ cron, timeZone: zone, isContinuous: false }]);
  return runs?.times ?? RunTimes.NONE;
}

/** Controls that evaluate backup plans or vaults; those with `RECOVERY_POINT` evaluate recovery points, others resources. */
const OF_PLANS: ReadonlySet<string> = new Set(['BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK']);
const OF_VAULTS: ReadonlySet<string> = new Set(['BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED']);

/** Plans, vaults and resources are evaluated once a day, recovery points once, when they are created. */
function audits(
  inventory: Inventory,
  spans: readonly CostSpan[],
  resources: readonly Metered[],
): CostMeter[] {
  const sizes = new Map<ResourcePoints, number>();
  for (const { one } of resources) sizes.set(one.points, (sizes.get(one.points) ?? 0) + 1);
  return inventory.frameworks.flatMap((framework): CostMeter[] => {
    const { account, region = null } = framework.place;
    const here = <T extends { readonly place: { readonly account?: string; readonly region?: string } }>(
      items: readonly T[],
    ) => items.filter(({ place }) => place.account === account && (place.region ?? null) === region).length;
    const local = [...sizes].flatMap(([{ lineages }, size]) =>
      lineages
        .filter(({ vault }) => vault.account === account && (vault.region ?? null) === region)
        .map((lineage) => ({ lineage, size })),
    );
    const created = spans.map((span) =>
      local.reduce((sum, { lineage, size }) => sum + createdIn(lineage, span) * size, 0),
    );
    const days = spans.map(({ from, to }) => (to - from) / DAY_MS);
    const counts = spans.map(() => 0);
    for (const { name, scope } of framework.controls.items) {
      const control = known(name) ?? '';
      const types = scope?.resourceTypes.items ?? [];
      const daily = OF_PLANS.has(control)
        ? here(inventory.plans)
        : OF_VAULTS.has(control)
          ? here(inventory.vaults)
          : here(
              inventory.resources.filter(
                ({ resourceType }) => types.length === 0 || types.includes(known(resourceType) ?? ''),
              ),
            );
      const ofPoints = control.startsWith('BACKUP_RECOVERY_POINT_') && !OF_VAULTS.has(control);
      for (const span of spans.keys()) counts[span] += ofPoints ? created[span] : daily * days[span];
    }
    return [
      { item: 'auditEvaluation', what: 'audit evaluations', region, counts },
      { item: 'configItem', what: 'recovery points recorded by AWS Config', region, counts: created },
    ];
  });
}

/** Scans read the whole backup, or what changed since the one before. */
function scans(spans: readonly CostSpan[], resources: readonly Metered[]): CostMeter[] {
  const groups = new Map<string, Map<ResourcePoints, number[]>>();
  for (const { one, index } of resources) {
    const { resourceType = '', points } = one;
    if (!SCANNED.has(resourceType)) continue;
    const byPoints = groups.get(resourceType) ?? new Map<ResourcePoints, number[]>();
    groups.set(resourceType, byPoints);
    const indexes = byPoints.get(points);
    if (indexes) indexes.push(index);
    else byPoints.set(points, [index]);
  }
  return [...groups].flatMap(([resourceType, byPoints]) =>
    [...byPoints].flatMap(([{ lineages }, indexes]) =>
      lineages.flatMap((lineage): CostMeter[] => {
        if (lineage.kind !== 'backup') return [];
        return lineage.schedule.rule.scanActions.items.map(({ mode }) => ({
          item: 'malwareScan',
          what: `malware scans of ${resourceType}`,
          region: lineage.vault.region ?? null,
          counts: spans.map((span) => createdIn(lineage, span)),
          resources: indexes,
          changedDays: mode === 'INCREMENTAL_SCAN' ? meanGapDays(lineage) : undefined,
        }));
      }),
    ),
  );
}

const SCANNED: ReadonlySet<string> = new Set(['EBS', 'EC2', 'S3']);

/** Customer managed keys of vaults, and alarms on metrics of AWS Backup, by month. */
function keysAndAlarms(
  inventory: Inventory,
  spans: readonly CostSpan[],
  resources: readonly Metered[],
): CostMeter[] {
  if (resources.length === 0) return [];
  const months = spans.map(({ from, to }) => (to - from) / MONTH_MS);
  const keys = new Map(
    inventory.vaults.flatMap(({ key }) => {
      const item = linkedKey(inventory, key);
      return item ? [[item.id, item.place.region ?? null] as const] : [];
    }),
  );
  const alarms = new Map(
    inventory.metrics.flatMap(({ id, namespace, alarm, place }) =>
      alarm && namespace === 'AWS/Backup' ? [[id, place.region ?? null] as const] : [],
    ),
  );
  const meters = (item: CostMeter['item'], what: string, found: ReadonlyMap<string, string | null>) =>
    [...new Set(found.values())].map((region): CostMeter => {
      const count = [...found.values()].filter((other) => other === region).length;
      return { item, what, region, counts: months.map((month) => month * count) };
    });
  return [...meters('kmsKey', 'KMS keys of vaults', keys), ...meters('alarm', 'alarms', alarms)];
}
