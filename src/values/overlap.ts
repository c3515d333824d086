import { isKnown } from './amounts';
import type { BackupSchedule } from './backup-schedule';
import type { Problem } from './problem';
import type { Retention } from './retention';
import { DEFAULT_START_WINDOW_MINUTES } from './windows';

/** What the overlap of rules depends on. */
export interface OverlappingRule {
  readonly name: string;
  readonly schedule: BackupSchedule;
  readonly retention: Retention;
  /** Undefined for AWS Backup's default. */
  readonly startWindowMinutes?: number;
  readonly isContinuous: boolean;
}

/** How far ahead the runs of rules are compared: a leap year, so that every yearly run is met. */
const HORIZON_DAYS = 366;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/**
 * The law of overlapping rules: where the start windows of two rules of a plan overlap, AWS Backup runs only the
 * one with the longer retention. A rule of which every run is lost that way is a mistake.
 *
 * Continuous rules are left out: what their schedule does beside the continuous backup is not documented. So are
 * rules of which a token hides the schedule, the window or the retention.
 *
 * Source: Developer Guide "Backup plan options and configuration", 2026-09.
 *
 * @param from the instant from which the runs of the next 366 days are compared
 */
export function overlapProblems(rules: readonly OverlappingRule[], from: Date): Problem[] {
  const snapshots = rules.filter((rule) => !rule.isContinuous);
  const problems: Problem[] = [];
  for (const shorter of snapshots) {
    const longer = snapshots.filter((rule) => keepsLonger(rule, shorter));
    const winners = longer.length > 0 ? alwaysWinners(shorter, longer, from) : [];
    if (winners.length === 0) continue;
    const named = (of: (rule: OverlappingRule) => string) => winners.map(of).join(' or ');
    problems.push({
      id: 'Backup-RuleNeverRuns',
      severity: 'warning',
      property: 'rules',
      message: `\`rules\` has \`${shorter.name}\` (kept ${shorter.retention}), which never runs: its start window always overlaps with that of ${named(({ name, retention }) => `\`${name}\` (kept ${retention})`)}, and AWS Backup runs only the rule that is kept longer`,
      fix: `move the schedules further apart than their start windows (${windowOf(shorter)} and ${named((rule) => String(windowOf(rule)))} minutes), or make these shorter`,
    });
  }
  return problems;
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

/** The rules to which the shorter one loses all its runs; none as soon as a run is found that is free. */
function alwaysWinners(
  shorter: OverlappingRule,
  longer: readonly OverlappingRule[],
  from: Date,
): OverlappingRule[] {
  const window = windowOf(shorter);
  const runs = shorter.schedule._runsFrom(from);
  if (!runs || !isKnown(window)) return [];

  const end = from.getTime() + HORIZON_DAYS * DAY;
  const rivals = longer.map((rule) => new StartWindows(rule, from));
  const winners = new Set<OverlappingRule>();
  for (const run of runs) {
    const start = run.getTime();
    if (start >= end) break;
    const winner = rivals.find((rival) => rival.overlap(start, start + window * MINUTE));
    if (!winner) return [];
    winners.add(winner.rule);
  }
  return [...winners];
}

/** The start windows of a rule, asked in the order of time. */
class StartWindows {
  private readonly length: number;
  private readonly runs?: Iterator<Date>;
  private next?: number;

  constructor(
    public readonly rule: OverlappingRule,
    from: Date,
  ) {
    const minutes = windowOf(rule);
    this.length = minutes * MINUTE;
    if (!isKnown(minutes)) return;
    // a window that began before may still be open
    this.runs = rule.schedule._runsFrom(new Date(from.getTime() - this.length))?.[Symbol.iterator]();
    this.advance();
  }

  /** Whether one of the windows overlaps with this span of time. */
  public overlap(start: number, end: number): boolean {
    while (this.next !== undefined && this.next + this.length <= start) this.advance();
    return this.next !== undefined && this.next < end;
  }

  private advance(): void {
    this.next = this.runs?.next().value?.getTime();
  }
}
