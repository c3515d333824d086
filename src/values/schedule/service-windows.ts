import type { Cron } from './cron-field-spec';
import { occurrences } from './cron-runs';
import type { WallClock } from './wall-clock';

/** Minutes of a week, from Monday 00:00 UTC. */
const WEEK = 7 * 1440;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** FSx windows last 30 minutes and have no explicit end. Source: Amazon FSx User Guide, "Maintenance windows", 2026. */
const FSX_MINUTES = 30;

/** A weekly span of time, in minutes of the week. */
export interface WeekSpan {
  readonly start: number;
  readonly minutes: number;
}

/** How long before a window of the service backup jobs already fail, in minutes. */
export const TOO_CLOSE = {
  /**
   * RDS: not within the hour before its maintenance window or its backup window. Aurora is exempt. Source: Developer Guide
   * "AWS Backup metrics with CloudWatch" and "Backup plan options and configuration", 2026-10.
   */
  rds: { maintenance: 60, backup: 60 },
  /** FSx: not within the three hours before either window. Source: the same, and "Troubleshooting". */
  fsx: { maintenance: 180, backup: 180 },
} as const;

/** Parses `sun:05:00-sun:05:30` of RDS; undefined if invalid. */
export function weeklyWindow(text: string): WeekSpan | undefined {
  const [, day, hour, minute, toDay, toHour, toMinute] =
    /^([a-z]{3}):(\d\d):(\d\d)-([a-z]{3}):(\d\d):(\d\d)$/i.exec(text) ?? [];
  const start = minuteOfWeek(day, hour, minute);
  const end = minuteOfWeek(toDay, toHour, toMinute);
  return start === undefined || end === undefined ? undefined : { start, minutes: modulo(end - start, WEEK) };
}

/** Parses `05:00-05:30` of RDS, for every day; empty if invalid. */
export function dailyWindow(text: string): WeekSpan[] {
  const [, hour, minute, toHour, toMinute] = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text) ?? [];
  const start = minuteOfWeek('mon', hour, minute);
  const end = minuteOfWeek('mon', toHour, toMinute);
  if (start === undefined || end === undefined) return [];
  return everyDay(start, modulo(end - start, 1440));
}

/** Parses `7:05:00` of FSx, where 1 is Monday. */
export function fsxMaintenance(text: string): WeekSpan | undefined {
  const [, day, hour, minute] = /^([1-7]):(\d\d):(\d\d)$/.exec(text) ?? [];
  const start = day === undefined ? undefined : minuteOfWeek(DAYS[Number(day) - 1], hour, minute);
  return start === undefined ? undefined : { start, minutes: FSX_MINUTES };
}

/** Parses `05:00` of FSx, for every day. */
export function fsxBackup(text: string): WeekSpan[] {
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  const start = minuteOfWeek('mon', hour, minute);
  return start === undefined ? [] : everyDay(start, FSX_MINUTES);
}

function everyDay(start: number, minutes: number): WeekSpan[] {
  return DAYS.map((_, day) => ({ start: start + day * 1440, minutes }));
}

function minuteOfWeek(day = '', hour = '', minute = ''): number | undefined {
  const index = DAYS.indexOf(day.toLowerCase());
  const [hours, minutes] = [Number(hour || Number.NaN), Number(minute || Number.NaN)];
  if (index < 0 || !(hours < 24) || !(minutes < 60)) return undefined;
  return index * 1440 + hours * 60 + minutes;
}

function modulo(a: number, b: number): number {
  return ((a % b) + b) % b;
}

/** Enough runs to cover every minute of the week of a schedule, in summer and in winter. */
const MAX_RUNS = 500;
const HORIZON_DAYS = 366;
const MINUTE = 60_000;
/** 1 January 1970 was a Thursday. */
const EPOCH_OFFSET = 3 * 1440;

/** The minutes of the week, in UTC, at which a schedule runs within a year. */
export function minutesOfWeek(cron: Cron, clock: WallClock, from: Date): number[] {
  const minutes = new Set<number>();
  const end = from.getTime() + HORIZON_DAYS * 1440 * MINUTE;
  let runs = 0;
  for (const run of occurrences(cron, clock, from)) {
    if (run.getTime() > end || ++runs > MAX_RUNS) break;
    minutes.add(modulo(Math.floor(run.getTime() / MINUTE) + EPOCH_OFFSET, WEEK));
  }
  return [...minutes];
}

/** How a run meets a window: it starts in the window or too close before it, or may do so within its start window. */
export type Meeting = 'starts' | 'may start' | undefined;

/**
 * How the runs of a rule meet a window of a service.
 *
 * @param tooClose how long before the window jobs fail, in minutes
 * @param startWindow how long after its time a run may start, in minutes
 */
export function meeting(
  runs: readonly number[],
  window: WeekSpan,
  tooClose: number,
  startWindow: number,
): Meeting {
  // starting exactly that long before the window is still early enough
  const start = window.start - Math.max(0, tooClose - 1);
  const minutes = window.minutes + Math.max(0, tooClose - 1);
  let found: Meeting;
  for (const run of runs) {
    if (modulo(run - start, WEEK) < minutes) return 'starts';
    if (modulo(start - run, WEEK) < startWindow) found = 'may start';
  }
  return found;
}
