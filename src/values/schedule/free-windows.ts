import { readCron } from './cron';
import type { Cron } from './cron-field-spec';
import { type Meeting, meeting, minutesOfWeek, type WeekSpan } from './service-windows';
import { WallClock } from './wall-clock';
import type { RuleTimes } from './weekly-runs';
import { timeZoneProblems } from './zoned-time';

const DAY = 1440;
const WEEK = 7 * DAY;
/** The search step: half an hour. */
const STEP = 30;
/**
 * Winter and summer of a fixed year: if the choice depended on the day of the synthesis, templates would change on their
 * own.
 */
const REFERENCES = [new Date('2026-01-01T00:00:00Z'), new Date('2026-07-01T00:00:00Z')];
const ALL_MONTHS = Array.from({ length: 12 }, (_, month) => month + 1);

/** The runs of a rule in any week, and how late its jobs may start. */
export interface SettledRuns {
  readonly minutes: readonly number[];
  readonly startWindowMinutes: number;
}

/** All minutes of a week at which a rule may run. A day of the month can be any day of the week. */
export function settledRuns({ schedule, timeZone, startWindowMinutes }: RuleTimes): SettledRuns {
  const { cron } = readCron(schedule);
  if (!cron || timeZoneProblems(timeZone).length > 0) return { minutes: [], startWindowMinutes };
  const everyYear: Cron = { ...cron, months: ALL_MONTHS, years: [2026, 2027] };
  const clock = new WallClock(timeZone);
  const minutes = new Set(REFERENCES.flatMap((from) => minutesOfWeek(everyYear, clock, from)));
  const isByWeekDay = /weekday/i.test(cron.days.kind);
  const all = isByWeekDay
    ? [...minutes]
    : [...new Set([...minutes].map((minute) => minute % DAY))].flatMap((minute) =>
        Array.from({ length: 7 }, (_, day) => day * DAY + minute),
      );
  return { minutes: all.sort((a, b) => a - b), startWindowMinutes };
}

/** The requirements for a window. */
export interface WindowWish {
  /** The preferred first minute, in minutes of the week. */
  readonly near: number;
  readonly minutes: number;
  /** Daily; otherwise weekly. */
  readonly daily: boolean;
  readonly tooClose: number;
  /** Spans that it must not overlap. */
  readonly taken: readonly WeekSpan[];
}

/**
 * The first minute of a window that no rule meets, as near as possible to the preferred one. If there is none, a
 * window in which rules may start late but have no run; otherwise undefined.
 */
export function freeWindow(rules: readonly SettledRuns[], wish: WindowWish): number | undefined {
  const steps = (wish.daily ? DAY : WEEK) / STEP;
  let second: number | undefined;
  for (let i = 0; i < steps; i++) {
    // here, a step later, a step earlier, two steps later, …
    const offset = (i % 2 === 1 ? 1 : -1) * Math.ceil(i / 2) * STEP;
    const start = modulo(wish.near + offset, wish.daily ? DAY : WEEK);
    const spans = spansAt(start, wish);
    if (spans.some((span) => wish.taken.some((other) => areOverlapping(span, other)))) continue;
    const met = worst(rules, spans, wish.tooClose);
    if (met === undefined) return start;
    if (met === 'may start') second ??= start;
  }
  return second;
}

function spansAt(start: number, { daily, minutes }: WindowWish): WeekSpan[] {
  return daily
    ? Array.from({ length: 7 }, (_, day) => ({ start: day * DAY + start, minutes }))
    : [{ start, minutes }];
}

function worst(rules: readonly SettledRuns[], spans: readonly WeekSpan[], tooClose: number): Meeting {
  let found: Meeting;
  for (const { minutes, startWindowMinutes } of rules)
    for (const span of spans) {
      const met = meeting(minutes, span, tooClose, startWindowMinutes);
      if (met === 'starts') return met;
      found ??= met;
    }
  return found;
}

/** Whether two spans of the week have a minute in common. */
export function areOverlapping(a: WeekSpan, b: WeekSpan): boolean {
  return modulo(b.start - a.start, WEEK) < a.minutes || modulo(a.start - b.start, WEEK) < b.minutes;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Formats `sun:05:00-sun:05:30` for RDS. */
export function weeklyText(start: number, minutes: number): string {
  const end = modulo(start + minutes, WEEK);
  return `${dayOf(start)}:${clockText(start)}-${dayOf(end)}:${clockText(end)}`;
}

/** Formats `05:00-05:30` for RDS. */
export function dailyText(start: number, minutes: number): string {
  return `${clockText(start)}-${clockText(start + minutes)}`;
}

/** Formats `7:05:00` for FSx, where 1 is Monday. */
export function fsxWeeklyText(start: number): string {
  return `${Math.floor(start / DAY) + 1}:${clockText(start)}`;
}

/** Formats `05:00`. */
export function clockText(minute: number): string {
  const ofDay = modulo(minute, DAY);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}

function dayOf(minute: number): string {
  return DAYS[Math.floor(minute / DAY)];
}

function modulo(a: number, b: number): number {
  return ((a % b) + b) % b;
}
