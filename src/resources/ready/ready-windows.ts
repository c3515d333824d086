import type { CfnResource } from 'aws-cdk-lib';
import {
  areOverlapping,
  clockText,
  dailyText,
  freeWindow,
  fsxWeeklyText,
  type SettledRuns,
  weeklyText,
} from '../../values/schedule/free-windows';
import {
  dailyWindow,
  fsxBackup,
  fsxMaintenance,
  meeting,
  TOO_CLOSE,
  type WeekSpan,
  weeklyWindow,
} from '../../values/schedule/service-windows';
import { numberOf, ReadyProperty, textOf, UNKNOWN } from './ready-property';

const HALF_AN_HOUR = 30;
const DAY = 1440;
const SUNDAY = 6 * DAY;

/** A maintenance or backup window of a service. */
interface Window {
  readonly property: ReadyProperty;
  readonly daily: boolean;
  readonly tooClose: number;
  readonly read: (text: string) => readonly WeekSpan[];
  readonly write: (start: number, minutes: number) => string;
  /** The minutes before a run at which an unset window is placed; undefined to leave it to AWS. */
  readonly before?: number;
}

/**
 * Moves RDS windows so that they overlap neither rules nor each other. Unset windows, which AWS would choose at random, go
 * into the hour before the first rule.
 */
export function keepRdsWindowsFree(
  resource: CfnResource,
  rules: readonly SettledRuns[],
  isContinuous: boolean,
): void {
  const { maintenance, backup } = TOO_CLOSE.rds;
  const own = new ReadyProperty(resource, 'BackupRetentionPeriod').get();
  const windows: Window[] = [
    {
      property: new ReadyProperty(resource, 'PreferredMaintenanceWindow'),
      daily: false,
      tooClose: maintenance,
      read: (text) => only(weeklyWindow(text)),
      write: weeklyText,
      before: 2 * HALF_AN_HOUR,
    },
  ];
  // AWS Backup moves the backup window of resources with continuous backups
  if (!isContinuous && numberOf(own) !== 0)
    windows.push({
      property: new ReadyProperty(resource, 'PreferredBackupWindow'),
      daily: true,
      tooClose: backup,
      read: dailyWindow,
      write: dailyText,
      before: HALF_AN_HOUR,
    });
  keepFree(windows, rules);
}

/** The FSx properties that contain the windows. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  LUSTRE: 'LustreConfiguration',
  WINDOWS: 'WindowsConfiguration',
  OPENZFS: 'OpenZFSConfiguration',
};

/** The same for FSx; an unset time of automatic backups is left to AWS. */
export function keepFsxWindowsFree(resource: CfnResource, rules: readonly SettledRuns[]): void {
  const kind = textOf(new ReadyProperty(resource, 'FileSystemType').get());
  const configuration = kind === undefined ? undefined : CONFIGURATIONS[kind];
  if (configuration === undefined) return;
  const property = (name: string) => new ReadyProperty(resource, `${configuration}.${name}`);
  const weekly = property('WeeklyMaintenanceStartTime');
  if (!weekly.hasParent) return;
  const { maintenance, backup } = TOO_CLOSE.fsx;
  const windows: Window[] = [
    {
      property: weekly,
      daily: false,
      tooClose: maintenance,
      read: (text) => only(fsxMaintenance(text)),
      write: fsxWeeklyText,
      before: 2 * HALF_AN_HOUR,
    },
  ];
  if (numberOf(property('AutomaticBackupRetentionDays').get()) !== 0)
    windows.push({
      property: property('DailyAutomaticBackupStartTime'),
      daily: true,
      tooClose: backup,
      read: fsxBackup,
      write: clockText,
    });
  keepFree(windows, rules);
}

/** Moves later windows away from earlier ones. */
function keepFree(windows: readonly Window[], rules: readonly SettledRuns[]): void {
  if (rules.length === 0) return;
  const taken: WeekSpan[] = [];
  for (const window of windows) taken.push(...moveIfNeeded(window, rules, taken));
}

/** The spans of a window, after moving it if needed. */
function moveIfNeeded(
  window: Window,
  rules: readonly SettledRuns[],
  taken: readonly WeekSpan[],
): readonly WeekSpan[] {
  const current = window.property.get();
  if (current === UNKNOWN || (current !== undefined && typeof current !== 'string')) return [];
  const before = current === undefined ? [] : window.read(current);
  if (current !== undefined && (before.length === 0 || isFree(window, before, rules, taken))) return before;
  if (current === undefined && window.before === undefined) return [];
  const minutes = before[0]?.minutes ?? HALF_AN_HOUR;
  const near = before[0]?.start ?? firstRun(rules) - (window.before ?? 0);
  const start = freeWindow(rules, { ...window, near, minutes, taken });
  if (start === undefined) return before;
  const text = window.write(start, minutes);
  if (text !== current) window.property.set(text);
  return window.read(text);
}

function isFree(
  { tooClose }: Window,
  spans: readonly WeekSpan[],
  rules: readonly SettledRuns[],
  taken: readonly WeekSpan[],
): boolean {
  return !spans.some(
    (span) =>
      taken.some((other) => areOverlapping(span, other)) ||
      rules.some(({ minutes, startWindowMinutes }) => meeting(minutes, span, tooClose, startWindowMinutes)),
  );
}

/** The first run of the first rule on a Sunday, otherwise in the week. */
function firstRun([{ minutes }]: readonly SettledRuns[]): number {
  return minutes.find((minute) => minute >= SUNDAY) ?? minutes[0];
}

function only(span: WeekSpan | undefined): WeekSpan[] {
  return span ? [span] : [];
}
