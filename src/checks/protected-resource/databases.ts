import { protectionsOf } from '../../coverage/protections';
import { DEFAULT_SCHEDULE } from '../../coverage/rule-facts';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, PLAN_OPTIONS, ruleLabel } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../../inventory/resource-types';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { DEFAULT_START_WINDOW_MINUTES } from '../../values/plan/windows';
import { Capability, Support } from '../../values/resource-type/capability';
import {
  databaseRetentionProblems,
  fsxWindows,
  rdsWindows,
  type ServiceWindow,
  serviceWindowProblem,
} from '../../values/resource-type/database-laws';
import { type RuleTimes, WeeklyRuns } from '../../values/schedule/weekly-runs';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-DatabaseRetention',
    severity: 'warning',
    what: 'A database says its own `BackupRetentionPeriod` although a continuous rule of AWS Backup manages it.',
    why: 'AWS Backup sets the retention of the automated backups. The template says another one: it drifts, and the next change of the database, be it a tag, fails because the period can not be changed.',
    fix: 'leave `BackupRetentionPeriod` out, or say the retention of the continuous rule',
    docs: `${GUIDE}point-in-time-recovery.html`,
    source:
      'AWS Backup Developer Guide, Point-in-time recovery; aws-cloudformation/cloudformation-coverage-roadmap#2167',
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-MaintenanceWindow',
    severity: 'warning',
    what: 'A rule runs in the weekly maintenance window of a database or file system, or too close before it; a note where it only may start as late as that.',
    why: 'The job fails: "could not start because it is either inside or too close to the weekly maintenance window". A weekly backup at that time is never made.',
    fix: 'move the schedule of the rule, or `PreferredMaintenanceWindow` or `WeeklyMaintenanceStartTime`',
    docs: PLAN_OPTIONS,
    source: 'AWS Backup Developer Guide, Backup plan options and configuration; Troubleshooting',
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-BackupWindow',
    severity: 'warning',
    what: 'A rule runs in the window of the automated backups of a database or file system, or too close before it; a note where it only may start as late as that.',
    why: 'The job fails: "too close to the automated backup window configured".',
    fix: 'move the schedule of the rule, or `PreferredBackupWindow` or `DailyAutomaticBackupStartTime`',
    docs: PLAN_OPTIONS,
    source: 'AWS Backup Developer Guide, Backup plan options and configuration; Troubleshooting',
    asOf: '2026-09-24',
  },
];

/** What databases and file systems do about backups themselves. */
export const databaseChecks: readonly Check[] = subject(FACTS, look);

interface PlannedRule {
  readonly plan: PlanItem;
  readonly rule: RuleItem;
}

function* look(inventory: Inventory, { now, resourceTypes }: CheckOptions): Iterable<Seen> {
  const types = new ResourceTypes(resourceTypes);
  const runs = new WeeklyRuns(now);
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const { database, fileSystem } = resource;
    if (!database && !fileSystem) continue;
    const rules = protections
      .plansOf(resource)
      .flatMap((plan) => plan.rules.items.map((rule) => ({ plan, rule })));
    if (rules.length === 0) continue;
    const type = types.of(resource);
    const isContinuous = type?.supports(Capability.CONTINUOUS) === Support.YES;
    const continuous = isContinuous ? rules.find(({ rule }) => known(rule.continuous) === true) : undefined;
    if (database && continuous) yield* retentionSeen(resource, continuous);
    for (const window of windowsOf(resource, continuous !== undefined))
      yield* windowSeen(resource, rules, window, runs);
  }
}

function retentionSeen({ place, database }: ResourceItem, { plan, rule }: PlannedRule): Seen[] {
  const own = known(database?.retentionDays);
  if (own === undefined) return [];
  const days = known(rule.lifecycle?.deleteAfterDays);
  const here = at(place, `${place.pathInTemplate}/Properties/BackupRetentionPeriod`);
  return told(here, databaseRetentionProblems(own, ruleLabel(plan, rule), days));
}

function windowsOf(resource: ResourceItem, isContinuous: boolean): ServiceWindow[] {
  const { database, fileSystem, resourceType } = resource;
  if (database && resourceType === 'RDS')
    return rdsWindows({
      maintenance: known(database.maintenanceWindow),
      // AWS Backup moves the window of what it backs up continuously
      backup: isContinuous || database.retentionDays === 0 ? undefined : known(database.backupWindow),
    });
  if (!fileSystem || resourceType !== 'FSx') return [];
  return fsxWindows({
    maintenance: known(fileSystem.maintenanceTime),
    backup: fileSystem.retentionDays === 0 ? undefined : known(fileSystem.backupTime),
  });
}

/** Where FSx has its windows. */
const CONFIGURATIONS: ReadonlyMap<unknown, string> = new Map([
  ['LUSTRE', 'LustreConfiguration/'],
  ['WINDOWS', 'WindowsConfiguration/'],
  ['OPENZFS', 'OpenZFSConfiguration/'],
]);

/** The first of the rules that meets a window, the worse the better. */
function* windowSeen(
  { place, fileSystem }: ResourceItem,
  rules: readonly PlannedRule[],
  window: ServiceWindow,
  runs: WeeklyRuns,
): Iterable<Seen> {
  const met = rules.map(({ rule }) => {
    const times = timesOf(rule);
    return times && runs.meeting(times, window.spans, window.tooClose);
  });
  const worst = met.includes('starts') ? 'starts' : 'may start';
  const first = rules[met.indexOf(worst)];
  if (!first) return;
  const path = `${CONFIGURATIONS.get(fileSystem?.kind) ?? ''}${window.property}`;
  const problem = serviceWindowProblem(window, ruleLabel(first.plan, first.rule), worst);
  for (const seen of told(at(place, `${place.pathInTemplate}/Properties/${path}`), [problem]))
    yield { ...seen, severity: worst === 'starts' ? 'warning' : 'note' };
}

/** When a rule runs, as far as that is known. */
function timesOf({
  schedule = DEFAULT_SCHEDULE,
  timeZone = 'UTC',
  startWindowMinutes = DEFAULT_START_WINDOW_MINUTES,
}: RuleItem): RuleTimes | undefined {
  if (isUnknown(schedule) || isUnknown(timeZone)) return undefined;
  // a window that isn't known is not held against the rule
  return { schedule, timeZone, startWindowMinutes: known(startWindowMinutes) ?? 0 };
}
