import { dayCount } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import {
  dailyWindow,
  fsxBackup,
  fsxMaintenance,
  type Meeting,
  TOO_CLOSE,
  type WeekSpan,
  weeklyWindow,
} from '../schedule/service-windows';

/**
 * The law for the retention of a database that AWS Backup backs up continuously. AWS Backup sets that retention, so a
 * template with another one drifts, until a later change of the database fails.
 *
 * Sources: Developer Guide "Point-in-time recovery", 2026-09; aws-cloudformation/cloudformation-coverage-roadmap#2167.
 *
 * @param own `BackupRetentionPeriod`
 * @param rule such as "rule `continuous` of plan `gold`"
 * @param days the retention of the rule, if known
 */
export function databaseRetentionProblems(own: number, rule: string, days: number | undefined): Problem[] {
  if (own === days) return [];
  const keeps = days === undefined ? '' : `, which keeps ${dayCount(days)}`;
  return [
    problem({
      id: 'Backup-DatabaseRetention',
      property: 'BackupRetentionPeriod',
      message: (label) =>
        `${label('BackupRetentionPeriod')} should be left to the continuous ${rule}${keeps}, got ${dayCount(own)}`,
      fix: (label) =>
        `omit ${label('BackupRetentionPeriod')}, or set it to the retention of the continuous rule`,
    }),
  ];
}

/** A window in which a service doesn't let AWS Backup start. */
export interface ServiceWindow {
  readonly id: 'Backup-MaintenanceWindow' | 'Backup-BackupWindow';
  readonly property: string;
  readonly text: string;
  readonly spans: readonly WeekSpan[];
  /** How long before the window jobs already fail, in minutes. */
  readonly tooClose: number;
}

/** The windows of a database or a file system; undefined if not set or unknown. */
export interface PreferredWindows {
  readonly maintenance?: string;
  readonly backup?: string;
}

/** The windows of RDS. Omit the backup window of a database with continuous backups, because AWS Backup moves it. */
export function rdsWindows({ maintenance, backup }: PreferredWindows): ServiceWindow[] {
  return [
    ...windowOf('Backup-MaintenanceWindow', 'PreferredMaintenanceWindow', maintenance, 'rds', (text) =>
      only(weeklyWindow(text)),
    ),
    ...windowOf('Backup-BackupWindow', 'PreferredBackupWindow', backup, 'rds', dailyWindow),
  ];
}

/** The windows of FSx. */
export function fsxWindows({ maintenance, backup }: PreferredWindows): ServiceWindow[] {
  return [
    ...windowOf('Backup-MaintenanceWindow', 'WeeklyMaintenanceStartTime', maintenance, 'fsx', (text) =>
      only(fsxMaintenance(text)),
    ),
    ...windowOf('Backup-BackupWindow', 'DailyAutomaticBackupStartTime', backup, 'fsx', fsxBackup),
  ];
}

function windowOf(
  id: ServiceWindow['id'],
  property: string,
  text: string | undefined,
  service: keyof typeof TOO_CLOSE,
  read: (text: string) => WeekSpan[],
): ServiceWindow[] {
  if (text === undefined) return [];
  const tooClose = TOO_CLOSE[service][id === 'Backup-MaintenanceWindow' ? 'maintenance' : 'backup'];
  return [{ id, property, text, spans: read(text), tooClose }];
}

function only(span: WeekSpan | undefined): WeekSpan[] {
  return span ? [span] : [];
}

const WINDOW_FIXES = {
  'Backup-MaintenanceWindow':
    'move the schedule of the rule, or `PreferredMaintenanceWindow` or `WeeklyMaintenanceStartTime`',
  'Backup-BackupWindow':
    'move the schedule of the rule, or `PreferredBackupWindow` or `DailyAutomaticBackupStartTime`',
} as const;

/**
 * The problem of a rule that meets a window of a service.
 *
 * Sources: Developer Guide "Backup plan options and configuration" and "Troubleshooting", 2026-09.
 *
 * @param rule such as "rule `daily` of plan `gold`"
 */
export function serviceWindowProblem(
  { id, property, text, tooClose }: ServiceWindow,
  rule: string,
  how: NonNullable<Meeting>,
): Problem {
  const close =
    tooClose > 0
      ? `, or within ${tooClose / 60 === 1 ? 'the hour' : `${tooClose / 60} hours`} before it`
      : '';
  const runs =
    how === 'starts' ? 'runs then' : 'runs before it, and may start as late as that within its start window';
  return problem({
    id: how === 'starts' ? id : `${id}Possible`,
    property,
    message: (label) =>
      `${label(property)} is \`${text}\` (UTC), in which no backup may start${close}: ${rule} ${runs}`,
    fix: WINDOW_FIXES[id],
  });
}
