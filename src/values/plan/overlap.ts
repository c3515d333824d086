import { isKnown } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { BackupSchedule } from '../schedule/backup-schedule';
import type { Retention } from './retention';
import { DEFAULT_START_WINDOW_MINUTES } from './windows';

/** The properties of a rule that decide about overlaps. */
export interface OverlappingRule {
  readonly name: string;
  readonly schedule: BackupSchedule;
  readonly retention: Retention;
  /** Undefined: AWS Backup's default. */
  readonly startWindowMinutes?: number;
  readonly isContinuous: boolean;
}

/** How far ahead runs are compared: a leap year, to include every yearly run. */
const HORIZON_DAYS = 366;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A rule that loses every run, and the rules that it loses them to. */
export interface LosingRule<T extends OverlappingRule> {
  readonly rule: T;
  readonly winners: readonly T[];
}

/**
 * The law for overlapping rules: if the start windows of two rules of a plan overlap, AWS Backup runs only the one with
 * the longer retention. A rule that loses every run this way is a mistake.
 *
 * Ignores continuous rules, because AWS doesn't document what their schedule does beside the continuous backup, and rules
 * whose schedule, window or retention is a token.
 *
 * Source: Developer Guide "Backup plan options and configuration", 2026-09.
 *
 * @param from the instant from which the runs of the next 366 days are compared
 */
export function overlapProblems(rules: readonly OverlappingRule[], from: Date): Problem[] {
  return losingRules(rules, from).map((losing) => neverRunsProblem(losing));
}

/** The rules that never run. */
export function losingRules<T extends OverlappingRule>(rules: readonly T[], from: Date): LosingRule<T>[] {
  const snapshots = rules.filter((rule) => !rule.isContinuous);
  return snapshots.flatMap((shorter) => {
    const longer = snapshots.filter((rule) => keepsLonger(rule, shorter));
    const winners = longer.length > 0 ? alwaysWinners(shorter, longer, from) : [];
    return winners.length > 0 ? [{ rule: shorter, winners }] : [];
  });
}

/** The problem of a rule that never runs. */
export function neverRunsProblem(
  { rule, winners }: LosingRule<OverlappingRule>,
  property = 'rules',
): Problem {
  const named = (of: (rule: OverlappingRule) => string) => winners.map(of).join(' or ');
  return problem({
    id: 'Backup-RuleNeverRuns',
    property,
    message: (label) =>
      `${label(property)} has \`${rule.name}\` (kept ${rule.retention}), which never runs: its start window always overlaps with the start window of ${named(({ name, retention }) => `\`${name}\` (kept ${retention})`)}, and AWS Backup runs only the rule with the longer retention`,
    fix: `move the schedules further apart than their start windows (${windowOf(rule)} and ${named((winner) => String(windowOf(winner)))} minutes), or shorten these windows`,
  });
}

/** Four weeks, enough for hourly, daily and weekly schedules. */
const SWALLOW_DAYS = 28;

/** A rule that loses several runs for each run of another. */
export interface SwallowedRule<T extends OverlappingRule> {
  readonly rule: T;
  readonly winner: T;
  /** The maximum number of runs lost to one run of the other rule. */
  readonly lost: number;
}

/**
 * The law for rules that run several times within the start window of another rule with a longer retention: they lose
 * all of these runs.
 *
 * Source: Developer Guide "Backup plan options and configuration", 2026-09, with hourly and 12-hourly rules.
 */
export function swallowedRules<T extends OverlappingRule>(
  rules: readonly T[],
  from: Date,
): SwallowedRule<T>[] {
  const snapshots = rules.filter((rule) => !rule.isContinuous);
  return snapshots.flatMap((rule) => {
    const gap = rule.schedule._minimumGapMinutes();
    if (gap === undefined) return [];
    const [worst] = snapshots
      .filter((other) => keepsLonger(other, rule) && isKnown(windowOf(other)) && gap < windowOf(other))
      .map((winner) => ({ rule, winner, lost: mostLost(rule, winner, from) }))
      .sort((one, other) => other.lost - one.lost);
    return worst && worst.lost > 1 ? [worst] : [];
  });
}

/** The problem of a rule that loses several runs at once. */
export function losesRunsProblem(
  { rule, winner, lost }: SwallowedRule<OverlappingRule>,
  property = 'rules',
): Problem {
  return problem({
    id: 'Backup-RuleLosesRuns',
    property,
    message: (label) =>
      `${label(property)} has \`${rule.name}\` (kept ${rule.retention}), which loses ${lost} runs for each run of \`${winner.name}\` (kept ${winner.retention}), whose start window is ${windowOf(winner)} minutes: where start windows overlap, AWS Backup runs only the rule with the longer retention`,
    fix: `shorten the start window of \`${winner.name}\` to as little as 60 minutes`,
  });
}

/** The maximum number of runs of a rule that are lost to one run of another. */
function mostLost(shorter: OverlappingRule, longer: OverlappingRule, from: Date): number {
  const [window, own] = [windowOf(longer) * MINUTE, windowOf(shorter) * MINUTE];
  const end = from.getTime() + SWALLOW_DAYS * DAY;
  const until = (rule: OverlappingRule): number[] => {
    const times: number[] = [];
    for (const run of rule.schedule._runsFrom(from) ?? []) {
      if (run.getTime() >= end) break;
      times.push(run.getTime());
    }
    return times;
  };
  if (!isKnown(own)) return 0;
  const runs = until(shorter);
  let most = 0;
  let first = 0;
  let last = 0;
  for (const start of until(longer)) {
    while (first < runs.length && runs[first] + own <= start) first++;
    last = Math.max(last, first);
    while (last < runs.length && runs[last] < start + window) last++;
    most = Math.max(most, last - first);
  }
  return most;
}

function keepsLonger(a: OverlappingRule, b: OverlappingRule): boolean {
  if (a === b || b.retention.isForever || !isKnown(b.retention.inDays)) return false;
  if (a.retention.isForever) return true;
  const [x, y] = [a.retention.inDays as number, b.retention.inDays as number];
  return isKnown(x) && x > y;
}

function windowOf(rule: OverlappingRule): number {
  return rule.startWindowMinutes ?? DEFAULT_START_WINDOW_MINUTES;
}

/** The rules to which the shorter one loses all its runs; empty if any run of it remains. */
function alwaysWinners<T extends OverlappingRule>(shorter: T, longer: readonly T[], from: Date): T[] {
  const window = windowOf(shorter);
  const runs = shorter.schedule._runsFrom(from);
  if (!runs || !isKnown(window)) return [];

  const end = from.getTime() + HORIZON_DAYS * DAY;
  const rivals = longer.map((rule) => new StartWindows(rule, from));
  const winners = new Set<T>();
  for (const run of runs) {
    const start = run.getTime();
    if (start >= end) break;
    const winner = rivals.find((rival) => rival.overlap(start, start + window * MINUTE));
    if (!winner) return [];
    winners.add(winner.rule);
  }
  return [...winners];
}

/** The start windows of a rule; to be queried in chronological order. */
class StartWindows<T extends OverlappingRule> {
  private readonly length: number;
  private readonly runs?: Iterator<Date>;
  private next?: number;

  constructor(
    public readonly rule: T,
    from: Date,
  ) {
    const minutes = windowOf(rule);
    this.length = minutes * MINUTE;
    if (!isKnown(minutes)) return;
    // a window that started earlier may still be open
    this.runs = rule.schedule._runsFrom(new Date(from.getTime() - this.length))?.[Symbol.iterator]();
    this.advance();
  }

  /** Whether one of the windows overlaps this span of time. */
  public overlap(start: number, end: number): boolean {
    while (this.next !== undefined && this.next + this.length <= start) this.advance();
    return this.next !== undefined && this.next < end;
  }

  private advance(): void {
    this.next = this.runs?.next().value?.getTime();
  }
}
