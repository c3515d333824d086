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
  readonly startWindowMinutes?: number;
  readonly isContinuous: boolean;
}

/** How far ahead the runs of two rules are compared: a leap year, so that every yearly run is met. */
const HORIZON_DAYS = 366;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/**
 * The law of overlapping rules: where the start windows of two rules of a plan overlap, AWS Backup runs only the
 * one with the longer retention. A rule of which every run is lost that way is a mistake.
 *
 * Continuous rules are left out: what their schedule does beside the continuous backup is not documented.
 *
 * Source: Developer Guide "Backup plan options and configuration", 2026-09.
 *
 * @param from the day from which the next 366 days are compared
 */
export function overlapProblems(rules: readonly OverlappingRule[], from: Date): Problem[] {
  const snapshots = rules.filter((rule) => !rule.isContinuous);
  const problems: Problem[] = [];
  for (const shorter of snapshots) {
    const longer = snapshots.filter((rule) => keepsLonger(rule, shorter));
    const winner = longer.find((rule) => alwaysLosesTo(shorter, rule, from));
    if (!winner) continue;
    problems.push({
      id: 'Backup-RuleNeverRuns',
      severity: 'warning',
      property: 'rules',
      message: `\`rules\` has \`${shorter.name}\` (kept ${shorter.retention}), which never runs: its start window always overlaps with that of \`${winner.name}\`, and AWS Backup runs only the rule that is kept longer (${winner.retention})`,
      fix: `move the schedules further apart than their start windows (${windowOf(shorter)} and ${windowOf(winner)} minutes), or make these shorter`,
    });
  }
  return problems;
}

function keepsLonger(a: OverlappingRule, b: OverlappingRule): boolean {
  if (a === b || b.retention.isForever) return false;
  if (a.retention.isForever) return true;
  const [x, y] = [a.retention.inDays as number, b.retention.inDays as number];
  return isKnown(x) && isKnown(y) && x > y;
}

function windowOf(rule: OverlappingRule): number {
  return rule.startWindowMinutes ?? DEFAULT_START_WINDOW_MINUTES;
}

/** Walks the runs of both in step, and stops at the first run of the shorter rule that is free. */
function alwaysLosesTo(shorter: OverlappingRule, longer: OverlappingRule, from: Date): boolean {
  const [mine, theirs] = [windowOf(shorter), windowOf(longer)];
  if (!isKnown(mine) || !isKnown(theirs)) return false;
  const end = from.getTime() + HORIZON_DAYS * DAY;
  // a window of the longer rule that began before `from` may still be open
  const before = new Date(from.getTime() - theirs * MINUTE);
  const shorterRuns = shorter.schedule._runsFrom(from)?.[Symbol.iterator]();
  const longerRuns = longer.schedule._runsFrom(before)?.[Symbol.iterator]();
  if (!shorterRuns || !longerRuns) return false;

  let other = longerRuns.next();
  let compared = 0;
  for (let run = shorterRuns.next(); !run.done && run.value.getTime() < end; run = shorterRuns.next()) {
    const start = run.value.getTime();
    while (!other.done && other.value.getTime() + theirs * MINUTE <= start) other = longerRuns.next();
    if (other.done || other.value.getTime() >= start + mine * MINUTE) return false;
    compared += 1;
  }
  return compared > 0;
}
