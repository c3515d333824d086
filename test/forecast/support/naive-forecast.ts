import { naiveRuns } from './naive-schedule';
import { type RandomLife, type RandomPlan, type RandomRule, TYPES } from './random-plan';

/*
 * What a plan does, simulated event by event: every point is an object with the instants at which it is created, moves to
 * cold storage and expires. Slow, and nothing shared with the code under test.
 */

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

export interface NaivePoint {
  readonly created: number;
  readonly cold: number;
  readonly expires: number;
  readonly vault: number;
  readonly copy: boolean;
  readonly continuous: boolean;
}

export interface NaiveForecast {
  readonly runs: readonly number[];
  readonly skipped: readonly number[];
  readonly points: readonly NaivePoint[];
  /** In minutes; null with fewer than two points. */
  readonly rpo: number | null;
}

export function naiveForecast(plan: RandomPlan): NaiveForecast {
  const { rules, from, to } = plan;
  const scheduled = rules.map(({ expression, zone }) => naiveRuns(expression, zone, from, to + 4 * DAY));
  const window = (rule: RandomRule) => (rule.windowMinutes ?? 480) * MINUTE;
  const kept = (rule: RandomRule) => rule.life.deleteAfter ?? Number.POSITIVE_INFINITY;
  const rivalsOf = (rule: RandomRule) =>
    rules.flatMap((other, j) =>
      !rule.continuous && !other.continuous && kept(other) > kept(rule)
        ? [{ runs: scheduled[j], window: window(other) }]
        : [],
    );
  const inPeriod = scheduled.map((runs) => runs.filter((run) => run < to));
  const remaining = rules.map((rule, i) => {
    const rivals = rivalsOf(rule);
    const end = window(rule);
    const loses = (start: number) =>
      rivals.some((other) => other.runs.some((run) => run < start + end && start < run + other.window));
    return inPeriod[i].filter((run) => !loses(run));
  });

  const points: NaivePoint[] = [];
  const makers = continuousMakers(plan, remaining);
  rules.forEach((rule, i) => {
    const fits = accepted(plan, rule.vault, kept(rule));
    if (!fits || makers.get(rule) === 'ignored') return;
    const continuous = makers.get(rule) === 'kept';
    for (const [n, created] of remaining[i].entries()) {
      if (!continuous || n === 0)
        points.push({
          created,
          cold: continuous ? Number.POSITIVE_INFINITY : coldAt(plan, rule, rule.life, created),
          expires: continuous ? Number.POSITIVE_INFINITY : expiry(plan, created, kept(rule), rule.vault),
          vault: rule.vault,
          copy: false,
          continuous,
        });
      if (!TYPES[plan.type].copies) continue;
      for (const { vault, life } of rule.copies) {
        const own = life ?? rule.life;
        const days = own.deleteAfter ?? kept(rule);
        if (!accepted(plan, vault, days)) continue;
        points.push({
          created,
          cold:
            life === undefined && continuous
              ? Number.POSITIVE_INFINITY
              : coldAt(plan, rule, own, created, days),
          expires: expiry(plan, created, days, vault),
          vault,
          copy: true,
          continuous: false,
        });
      }
    }
  });
  return {
    runs: remaining.map((runs) => runs.length),
    skipped: remaining.map((runs, i) => inPeriod[i].length - runs.length),
    points,
    rpo: worstGap(points.filter(({ copy }) => !copy).map(({ created }) => created)),
  };
}

/** The first vault wins; in it, the longest retention, and the first of equals. */
function continuousMakers(plan: RandomPlan, runs: readonly (readonly number[])[]): Map<RandomRule, string> {
  const makers = new Map<RandomRule, string>();
  if (!TYPES[plan.type].continuous) return makers;
  const able = plan.rules.filter(
    (rule, i) =>
      rule.continuous && runs[i].length > 0 && accepted(plan, rule.vault, rule.life.deleteAfter ?? 0),
  );
  const rivals = able.filter(({ vault }) => vault === able[0].vault);
  const longest = Math.max(...rivals.map(({ life }) => life.deleteAfter ?? 0));
  const winner = rivals.find(({ life }) => life.deleteAfter === longest);
  for (const rule of rivals) makers.set(rule, rule === winner ? 'kept' : 'ignored');
  return makers;
}

function accepted({ locks }: RandomPlan, vault: number, days: number): boolean {
  const { min = 0, max = Number.POSITIVE_INFINITY } = locks[vault] ?? {};
  // no source says what a maximum does to what is kept forever
  return days >= min && (days <= max || days === Number.POSITIVE_INFINITY);
}

function coldAt(
  { type }: RandomPlan,
  rule: RandomRule,
  life: RandomLife,
  created: number,
  days = life.deleteAfter ?? Number.POSITIVE_INFINITY,
): number {
  const { cold } = TYPES[type];
  if (life.coldAfter === undefined || life.coldAfter >= days) return Number.POSITIVE_INFINITY;
  const allowed = cold === 'archive' ? life.archive === true && isMonthly(rule) : cold;
  if (!allowed) return Number.POSITIVE_INFINITY;
  return created + life.coldAfter * DAY;
}

/** Whether runs are always 28 days apart or more: counted over a cycle of the calendar, in local time. */
function isMonthly(rule: RandomRule): boolean {
  let monthly = MONTHLY.get(rule);
  if (monthly === undefined) {
    monthly = countedMonthly(rule);
    MONTHLY.set(rule, monthly);
  }
  return monthly;
}

const MONTHLY = new WeakMap<RandomRule, boolean>();

function countedMonthly(rule: RandomRule): boolean {
  const years = [{}];
  const runs = naiveRuns({ ...rule.expression, years }, 'UTC', Date.UTC(2027, 0, 1), Date.UTC(2031, 0, 1));
  return runs.every((run, i) => i === 0 || run - runs[i - 1] >= 28 * DAY);
}

function expiry({ hold }: RandomPlan, created: number, days: number, vault: number): number {
  const held =
    hold?.vaults.includes(vault) &&
    created >= (hold.from ?? Number.NEGATIVE_INFINITY) &&
    created <= (hold.to ?? Number.POSITIVE_INFINITY);
  return held ? Number.POSITIVE_INFINITY : created + days * DAY;
}

function worstGap(instants: number[]): number | null {
  if (instants.length < 2) return null;
  const sorted = [...instants].sort((a, b) => a - b);
  return Math.max(...sorted.slice(1).map((instant, i) => (instant - sorted[i]) / MINUTE));
}

/** How many points of a kind there are at an instant. */
export function naiveCounts(points: readonly NaivePoint[], at: number) {
  const existing = points.filter(({ created }) => created <= at);
  const alive = existing.filter(({ expires }) => at < expires);
  const cold = alive.filter((point) => point.cold <= at).length;
  return {
    created: existing.length,
    alive: alive.length,
    warm: alive.length - cold,
    cold,
    expired: existing.length - alive.length,
  };
}
