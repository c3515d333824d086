import type { Cron } from '../../values/schedule/cron-field-spec';
import { runInstants } from '../../values/schedule/cron-runs';
import { WallClock } from '../../values/schedule/wall-clock';
import type { Period } from './period';
import { RunTimes } from './run-times';

const MINUTE = 60_000;
/** Start windows beyond the period are compared this far, which every yearly run lies within. */
const MAX_LOOKAHEAD = 366 * 24 * 60 * MINUTE;

/** A clock for each time zone, since looking a zone up takes as long as reading many schedules. */
const CLOCKS = new Map<string, WallClock>();

/** What decides when a rule runs. */
export interface RunRule {
  readonly cron: Cron;
  /** An IANA name; UTC by default. */
  readonly timeZone?: string;
  /** Undefined if it isn't known: the rule then neither wins nor loses. */
  readonly startWindowMinutes?: number;
  /** Infinity: forever. Undefined if it isn't known: the rule then neither wins nor loses. */
  readonly retentionDays?: number;
  /** Continuous rules don't take part in overlaps: AWS doesn't document what their schedule does. */
  readonly isContinuous: boolean;
}

/** The runs of a rule, and how many AWS skips because of an overlap. */
export interface RuleRuns {
  readonly times: RunTimes;
  readonly skipped: number;
}

/**
 * Computes the runs of plans. Where the start windows of two rules of a plan overlap, AWS Backup runs only the rule with the
 * longer retention. Each schedule is computed once.
 *
 * Source: Developer Guide "Backup plan options and configuration", 2026-09.
 */
export class PlanRuns {
  private readonly schedules = new Map<string, Float64Array>();

  constructor(private readonly period: Period) {}

  /** The runs of each rule of a plan; undefined for rules whose schedule isn't known. */
  public of(rules: readonly (RunRule | undefined)[]): (RuleRuns | undefined)[] {
    const windows = rules.map((rule) => (rule?.startWindowMinutes ?? 0) * MINUTE);
    const ahead = rules.length > 1 ? Math.min(MAX_LOOKAHEAD, Math.max(0, ...windows)) : 0;
    const all = rules.map(
      (rule, index) => rule && { rule, runs: this.scheduled(rule, ahead), window: windows[index] },
    );
    return all.map((own) => {
      if (!own) return undefined;
      const rivals = all.flatMap((other) => (other && keepsLonger(other.rule, own.rule) ? [other] : []));
      return remaining(own.runs, own.window, rivals, this.period.to);
    });
  }

  private scheduled({ cron, timeZone = 'UTC' }: RunRule, ahead: number): Float64Array {
    const key = JSON.stringify([
      cron.minute,
      cron.hours,
      cron.months,
      cron.days,
      cron.years,
      timeZone,
      ahead,
    ]);
    let times = this.schedules.get(key);
    if (!times) {
      let clock = CLOCKS.get(timeZone);
      if (!clock) {
        clock = new WallClock(timeZone);
        CLOCKS.set(timeZone, clock);
      }
      const end = this.period.to + ahead;
      times = Float64Array.from(runInstants(cron, clock, this.period.from, end));
      this.schedules.set(key, times);
    }
    return times;
  }
}

function keepsLonger(a: RunRule, b: RunRule): boolean {
  if (a.isContinuous || b.isContinuous) return false;
  if (a.startWindowMinutes === undefined || b.startWindowMinutes === undefined) return false;
  if (a.retentionDays === undefined || b.retentionDays === undefined) return false;
  return a.retentionDays > b.retentionDays;
}

interface Rival {
  readonly runs: Float64Array;
  readonly window: number;
}

/** The runs in the period whose start window overlaps none of a rival, swept in chronological order. */
function remaining(runs: Float64Array, window: number, rivals: readonly Rival[], to: number): RuleRuns {
  const cursors = rivals.map(() => 0);
  const kept = new Float64Array(runs.length);
  let count = 0;
  let skipped = 0;
  for (const start of runs) {
    if (start >= to) break;
    let loses = false;
    for (let i = 0; i < rivals.length; i++) {
      const rival = rivals[i];
      // undefined after the last run, which compares as false
      while (rival.runs[cursors[i]] + rival.window <= start) cursors[i]++;
      if (rival.runs[cursors[i]] < start + window) loses = true;
    }
    if (loses) skipped++;
    else kept[count++] = start;
  }
  return { times: new RunTimes(kept.subarray(0, count)), skipped };
}
