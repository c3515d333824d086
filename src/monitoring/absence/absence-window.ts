import { Duration } from 'aws-cdk-lib';
import type { BackupRule } from '../../resources/plan/backup-rule';
import { isKnown } from '../../values/core/amounts';
import { runInstants } from '../../values/schedule/cron-runs';
import { WallClock } from '../../values/schedule/wall-clock';

const MINUTE = 60_000;

/** A year of runs has every clock change of a zone; eight have a leap day on every weekday that matters. */
const HORIZON = [Date.UTC(2026, 0, 1), Date.UTC(2034, 0, 1)] as const;

/** How long a job takes if nobody says otherwise. */
const DEFAULT_DURATION = 4 * 60;

/** AWS Backup publishes every 5 minutes, on a best-effort basis: this is how late a data point may arrive. */
export const LATENESS_MINUTES = 15;

/** Alarms over more than a day are evaluated once an hour, on what is complete at the full hour. */
const EVALUATION_MINUTES = 5;

/**
 * CloudWatch looks at more data points than the evaluation periods, and a good one among them keeps the alarm from
 * firing: the guide has a range of five for three periods, and leaves the number open for others.
 *
 * Source: Amazon CloudWatch User Guide, Configuring how CloudWatch alarms treat missing data, 2026-11.
 */
export const MAX_EXTRA_PERIODS = 3;

/**
 * The longest warm-up of an alarm, in hours. Without a warm-up of its whole window, a new alarm on missing data is in
 * state ALARM at once. The limit of 7 days for the window is farther.
 *
 * Source: Amazon CloudWatch API Reference, WarmUpConfiguration, 2026-11.
 */
const MAX_WARM_UP_HOURS = 48;

/** An alarm that catches each missed run of a rule, and fires at no other time. */
export interface AbsenceWindow {
  /** The number of hours without a completed backup. */
  readonly hours: number;
  /** The latest that the alarm fires after the scheduled time of a missed run, in minutes. */
  readonly detectsWithinMinutes: number;
}

/** An alarm, or why none catches every missed run. */
export type AbsenceReading =
  | { readonly window: AbsenceWindow }
  | { readonly reason: string; readonly fix?: string };

/** How long after its scheduled time a run is complete at the latest, in minutes; undefined if a window is a token. */
export function completionMinutes(rule: BackupRule, longestBackupMinutes?: number): number | undefined {
  const { startWindowMinutes: start = 480, completionWindowMinutes: completion } = rule;
  if (![start, completion, longestBackupMinutes].every(isKnown)) return undefined;
  const usual = start + (longestBackupMinutes ?? DEFAULT_DURATION);
  return completion === undefined ? usual : Math.min(completion, usual);
}

/**
 * The window of an alarm on the completed backups of a vault that one rule backs up to.
 *
 * Let C be the time in which a run completes, and L the lateness of its data. In a healthy vault, two completions are at
 * most the longest gap of the schedule plus C apart, so that a window of the longest gap + C + L, and an hour for the
 * period that is not complete yet, never is empty. After a missed run, the window is empty when the completion before it
 * has left the window and the extra periods. That must happen before the next run can complete, or the miss stays hidden.
 */
export function absenceWindow(rule: BackupRule, longestBackupMinutes?: number): AbsenceReading {
  const within = completionMinutes(rule, longestBackupMinutes);
  const cron = rule.schedule._cron;
  const zone = rule.schedule.timeZone?.timezoneName;
  if (within === undefined || !cron || !isKnown(zone))
    return { reason: 'its schedule or its windows are known only at deployment' };
  if (rule.isContinuous) return { reason: 'continuous backups complete no job for each run' };
  const runs = runInstants(cron, new WallClock(zone), ...HORIZON);
  if (runs.length < 3) return { reason: `\`${rule.schedule}\` has fewer than three runs in eight years` };
  const gaps = runs.slice(1).map((run, index) => (run - runs[index]) / MINUTE);
  const longest = gaps.reduce((most, gap) => Math.max(most, gap), 0);
  const shortest = gaps.reduce((least, gap) => Math.min(least, gap), Number.POSITIVE_INFINITY);
  const hours = Math.ceil((longest + within + LATENESS_MINUTES) / 60) + 1;
  if (hours > MAX_WARM_UP_HOURS)
    return {
      reason: `it would have to look back ${hours} hours, and a new alarm can wait ${MAX_WARM_UP_HOURS} hours at most`,
    };
  const untilEmpty = within + (hours + MAX_EXTRA_PERIODS + 1) * 60 + EVALUATION_MINUTES;
  const hidden = gaps.findIndex((gap, index) => index > 0 && untilEmpty > gaps[index - 1] + gap);
  if (hidden !== -1)
    return {
      reason: `a missed run can be followed by the next one ${Duration.minutes(gaps[hidden]).toHumanString()} later, before the alarm fires`,
      fix: 'shorten `startWindow` or `longestBackup`',
    };
  return { window: { hours, detectsWithinMinutes: untilEmpty - shortest } };
}
