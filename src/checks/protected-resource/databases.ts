import { protectionsOf } from '../../coverage/protections';
import { DEFAULT_SCHEDULE } from '../../coverage/rule-facts';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { ruleLabel } from '../../inventory/labels';
import type { RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../../inventory/resource-types';
import { eachRule, type PlanRule } from '../../inventory/traversal';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { DEFAULT_START_WINDOW_MINUTES } from '../../values/plan/windows';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import {
  databaseRetentionProblems,
  fsxWindows,
  rdsWindows,
  type ServiceWindow,
  serviceWindowProblem,
} from '../../values/resource-type/database-laws';
import { type RuleTimes, WeeklyRuns } from '../../values/schedule/weekly-runs';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** Databases and file systems whose own backups and windows interfere with AWS Backup. */
export const databaseChecks: readonly Check[] = checksOf(
  [
    'Backup-BackupWindowPossible',
    'Backup-MaintenanceWindowPossible',
    'Backup-DatabaseRetention',
    'Backup-MaintenanceWindow',
    'Backup-BackupWindow',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory, { now, resourceTypes }: CheckOptions): Iterable<Detection> {
  const types = new ResourceTypes(resourceTypes);
  const runs = new WeeklyRuns(now);
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const { database, fileSystem } = resource;
    if (!database && !fileSystem) continue;
    const rules = [...eachRule({ plans: protections.plansOf(resource) })];
    if (rules.length === 0) continue;
    const type = types.of(resource);
    const isContinuous = type?.supports(BackupCapability.CONTINUOUS) === CapabilitySupport.YES;
    const continuous = isContinuous ? rules.find(({ rule }) => known(rule.continuous) === true) : undefined;
    if (database && continuous) yield* ofRetention(resource, continuous);
    for (const window of windowsOf(resource, continuous !== undefined))
      yield* ofWindow(resource, rules, window, runs);
  }
}

function ofRetention({ place, database }: ResourceItem, { plan, rule }: PlanRule): Detection[] {
  const own = known(database?.retentionDays);
  if (own === undefined) return [];
  const days = known(rule.lifecycle?.deleteAfterDays);
  const here = at(place, `${place.pathInTemplate}/Properties/BackupRetentionPeriod`);
  return detectionsFrom(here, databaseRetentionProblems(own, ruleLabel(plan, rule), days));
}

function windowsOf(resource: ResourceItem, isContinuous: boolean): ServiceWindow[] {
  const { database, fileSystem, resourceType } = resource;
  if (database && resourceType === 'RDS')
    return rdsWindows({
      maintenance: known(database.maintenanceWindow),
      // AWS Backup moves the backup window of databases with continuous backups
      backup: isContinuous || database.retentionDays === 0 ? undefined : known(database.backupWindow),
    });
  if (!fileSystem || resourceType !== 'FSx') return [];
  return fsxWindows({
    maintenance: known(fileSystem.maintenanceTime),
    backup: fileSystem.retentionDays === 0 ? undefined : known(fileSystem.backupTime),
  });
}

/** The properties of FSx that contain the windows. */
const CONFIGURATIONS: ReadonlyMap<unknown, string> = new Map([
  ['LUSTRE', 'LustreConfiguration/'],
  ['WINDOWS', 'WindowsConfiguration/'],
  ['OPENZFS', 'OpenZFSConfiguration/'],
]);

/** The first rule that runs in a window, preferably one that starts in it. */
function* ofWindow(
  { place, fileSystem }: ResourceItem,
  rules: readonly PlanRule[],
  window: ServiceWindow,
  runs: WeeklyRuns,
): Iterable<Detection> {
  const overlaps = rules.map(({ rule }) => {
    const times = timesOf(rule);
    return times && runs.meeting(times, window.spans, window.tooClose);
  });
  const worst = overlaps.includes('starts') ? 'starts' : 'may start';
  const first = rules[overlaps.indexOf(worst)];
  if (!first) return;
  const path = `${CONFIGURATIONS.get(fileSystem?.kind) ?? ''}${window.property}`;
  const problem = serviceWindowProblem(window, ruleLabel(first.plan, first.rule), worst);
  yield* detectionsFrom(at(place, `${place.pathInTemplate}/Properties/${path}`), [problem]);
}

/** When a rule runs; undefined if it isn't known. */
function timesOf({
  schedule = DEFAULT_SCHEDULE,
  timeZone = 'UTC',
  startWindowMinutes = DEFAULT_START_WINDOW_MINUTES,
}: RuleItem): RuleTimes | undefined {
  if (isUnknown(schedule) || isUnknown(timeZone)) return undefined;
  // a start window that isn't known counts as none
  return { schedule, timeZone, startWindowMinutes: known(startWindowMinutes) ?? 0 };
}
