import { dayCount } from '../core/amounts';
import { type Problem, problem } from '../core/problem';
import { DEFAULT_SELECTION_WINDOW_DAYS } from './restore-testing-laws';

const DAY_MINUTES = 24 * 60;
/** Clocks move by an hour at most, which lengthens one interval of a schedule with a time zone. */
const CLOCK_CHANGE_MINUTES = 60;
const MAX_WINDOW_DAYS = 365;

/** A rule that fills the tested vaults. */
export interface FillingRule {
  readonly name: string;
  /** The longest time between two runs in minutes, Infinity if it runs once; undefined if it isn't known. */
  readonly gapMinutes?: number;
  readonly startWindowMinutes: number;
  /** Infinity: forever; undefined if it isn't known. */
  readonly retentionDays?: number;
  readonly hasTimeZone: boolean;
}

/** How far back a test of the recovery points of some rules must look. */
export interface DerivedWindow {
  /** The least window; undefined if it isn't known, or if there is none. */
  readonly days?: number;
  readonly problems: readonly Problem[];
}

/**
 * The least selection window in which there is always a recovery point of one of the rules that still exists.
 *
 * A recovery point can be as late as the end of its start window. Where the start windows of rules overlap, AWS Backup runs
 * only the rule with the longer retention, so a run can be replaced by one that is the start windows of both away.
 *
 * Source: Developer Guide "Restore testing" and "Backup plan options and configuration", 2026-10.
 *
 * @param random whether any recovery point is tested, rather than the latest
 */
export function derivedWindow(rules: readonly FillingRule[], random: boolean): DerivedWindow {
  const known = rules.filter(
    (rule): rule is FillingRule & { gapMinutes: number; retentionDays: number } =>
      rule.gapMinutes !== undefined && rule.retentionDays !== undefined,
  );
  if (known.length === 0) return { problems: [] };
  const windows = rules.reduce((sum, { startWindowMinutes }) => sum + startWindowMinutes, 0);
  const needs = known
    .map((rule) => ({
      rule,
      minutes: rule.gapMinutes + windows + (rule.hasTimeZone ? CLOCK_CHANGE_MINUTES : 0),
    }))
    .sort((a, b) => a.minutes - b.minutes);
  const lasting = needs.find(({ rule, minutes }) => rule.retentionDays * DAY_MINUTES >= minutes);
  if (!lasting) return { problems: known.length < rules.length ? [] : [shortLivedProblem(needs[0])] };
  const days = daysAbove(lasting.minutes);
  if (days > MAX_WINDOW_DAYS)
    return { problems: known.length < rules.length ? [] : [tooRareProblem(lasting)] };
  if (!random) return { days, problems: [] };
  const longest = Math.max(...known.map(({ retentionDays }) => retentionDays));
  return { days: Math.max(days, Math.min(longest, DEFAULT_SELECTION_WINDOW_DAYS)), problems: [] };
}

/** The law for a window that the user sets: it must not be shorter than the derived one. */
export function ownWindowProblems(days: unknown, least: number | undefined, property: string): Problem[] {
  if (typeof days !== 'number' || least === undefined || days >= least) return [];
  return [
    problem({
      id: 'Backup-DerivedTestWindow',
      property,
      message: (label) =>
        `${label(property)} must be at least ${dayCount(least)}, the time between two backups of the plan and their start windows, got ${dayCount(days)}`,
      fix: 'omit it to have the window derived from the rules',
    }),
  ];
}

interface Need {
  readonly rule: FillingRule;
  readonly minutes: number;
}

/** Whole days that are longer than some minutes. */
function daysAbove(minutes: number): number {
  return Math.floor(minutes / DAY_MINUTES) + 1;
}

function shortLivedProblem({ rule, minutes }: Need): Problem {
  const runsOnce = !Number.isFinite(minutes);
  return problem({
    id: 'Backup-DerivedTestWindow',
    property: 'rules',
    message: (label) =>
      runsOnce
        ? `${label('rules')} must have a rule that runs again and again to be tested, but \`${rule.name}\` runs once`
        : `${label('rules')} must have a rule whose recovery points outlive the time to the next backup, but \`${rule.name}\` keeps them ${dayCount(rule.retentionDays as number)} and may leave ${dayCount(Math.ceil(minutes / DAY_MINUTES))} between two, so tests would find none`,
    fix: runsOnce
      ? 'add a rule with a repeating schedule'
      : 'extend the retention, back up more often, or shorten `startWindow`',
  });
}

function tooRareProblem({ rule, minutes }: Need): Problem {
  const between = Number.isFinite(minutes) ? dayCount(Math.ceil(minutes / DAY_MINUTES)) : 'no second backup';
  return problem({
    id: 'Backup-DerivedTestWindow',
    property: 'rules',
    message: (label) =>
      `${label('rules')} must have a rule that runs often enough to be tested, since tests look back at most ${MAX_WINDOW_DAYS} days, but \`${rule.name}\` may leave ${between} between two recovery points`,
    fix: 'add a rule that runs more often',
  });
}
