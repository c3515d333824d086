import { dayCount } from '../../values/amounts';
import { Capability, Support } from '../../values/capability';
import {
  dailyWindow,
  fsxBackup,
  fsxMaintenance,
  TOO_CLOSE,
  type WeekSpan,
  weeklyWindow,
} from '../../values/service-windows';
import type { Inventory } from '../inventory';
import type { PlanItem, RuleItem } from '../inventory/plans';
import type { ResourceItem } from '../inventory/resource-item';
import { known } from '../inventory/unknown';
import { protectionsOf } from '../protection/protections';
import { ResourceTypes } from '../resource-types';
import { at, type Check, type CheckOptions } from './check';
import { WeeklyRuns } from './service-window-runs';
import { type CheckFacts, type Seen, subject } from './subject';
import { GUIDE, PLAN_OPTIONS, ruleLabel } from './words';

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

function* retentionSeen({ place, database }: ResourceItem, { plan, rule }: PlannedRule): Iterable<Seen> {
  const own = known(database?.retentionDays);
  const days = known(rule.lifecycle?.deleteAfterDays);
  if (own === undefined || own === days) return;
  const keeps = days === undefined ? '' : `, which keeps ${dayCount(days)}`;
  yield {
    id: 'Backup-DatabaseRetention',
    place: at(place, `${place.pathInTemplate}/Properties/BackupRetentionPeriod`),
    message: `\`BackupRetentionPeriod\` should be left to the continuous ${ruleLabel(plan, rule)}${keeps}, got ${dayCount(own)}`,
  };
}

/** A window in which a service doesn't let AWS Backup begin. */
interface ServiceWindow {
  readonly id: 'Backup-MaintenanceWindow' | 'Backup-BackupWindow';
  readonly property: string;
  readonly text: string;
  readonly spans: readonly WeekSpan[];
  readonly tooClose: number;
}

function windowsOf(resource: ResourceItem, isContinuous: boolean): ServiceWindow[] {
  const { database, fileSystem, resourceType } = resource;
  if (database && resourceType === 'RDS') {
    const { maintenance, backup } = TOO_CLOSE.rds;
    const week = known(database.maintenanceWindow);
    // AWS Backup moves the window of what it backs up continuously
    const day = isContinuous || database.retentionDays === 0 ? undefined : known(database.backupWindow);
    return [
      serviceWindow('Backup-MaintenanceWindow', 'PreferredMaintenanceWindow', week, maintenance, weekly),
      serviceWindow('Backup-BackupWindow', 'PreferredBackupWindow', day, backup, dailyWindow),
    ].flatMap((window) => window ?? []);
  }
  if (!fileSystem || resourceType !== 'FSx') return [];
  const { maintenance, backup } = TOO_CLOSE.fsx;
  const week = known(fileSystem.maintenanceTime);
  const day = fileSystem.retentionDays === 0 ? undefined : known(fileSystem.backupTime);
  return [
    serviceWindow('Backup-MaintenanceWindow', 'WeeklyMaintenanceStartTime', week, maintenance, fsxWeekly),
    serviceWindow('Backup-BackupWindow', 'DailyAutomaticBackupStartTime', day, backup, fsxBackup),
  ].flatMap((window) => window ?? []);
}

const weekly = (text: string) => [weeklyWindow(text)].flatMap((span) => span ?? []);
const fsxWeekly = (text: string) => [fsxMaintenance(text)].flatMap((span) => span ?? []);

function serviceWindow(
  id: ServiceWindow['id'],
  property: string,
  text: string | undefined,
  tooClose: number,
  read: (text: string) => WeekSpan[],
): ServiceWindow | undefined {
  return text === undefined ? undefined : { id, property, text, spans: read(text), tooClose };
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
  const { id, property, text, spans, tooClose } = window;
  const met = rules.map(({ rule }) => runs.meeting(rule, spans, tooClose));
  const worst = met.includes('starts') ? 'starts' : 'may start';
  const first = rules[met.indexOf(worst)];
  if (!first) return;
  const close =
    tooClose > 0
      ? `, or within ${tooClose / 60 === 1 ? 'the hour' : `${tooClose / 60} hours`} before it`
      : '';
  const how =
    worst === 'starts'
      ? 'runs then'
      : 'runs before it, and may start as late as that within its start window';
  yield {
    id,
    severity: worst === 'starts' ? 'warning' : 'note',
    place: at(
      place,
      `${place.pathInTemplate}/Properties/${CONFIGURATIONS.get(fileSystem?.kind) ?? ''}${property}`,
    ),
    message: `\`${property}\` is \`${text}\` (UTC), in which no backup may start${close}: ${ruleLabel(first.plan, first.rule)} ${how}`,
  };
}
