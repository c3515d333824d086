import type { PlanCoverage, RuleFacts } from '../../coverage/coverage';
import type { ResourceForecast } from '../../forecast/outlook/forecast';
import { at, type Place } from '../../inventory/core/item';
import type { LifecycleItem } from '../../inventory/plan/plans';
import { known } from '../../template/evaluation/unknown';
import { dayCount, show } from '../../values/core/amounts';
import type { Question } from './question';
import type { Situation } from './situation';
import type { Verdict } from './verdict';

const HOUR = 60;
const DAY = 24 * HOUR;

/** FREQ: are backups made often enough? The shorter of what the forecast and the schedules say. */
export function frequency(question: Question, situation: Situation): Verdict[] {
  const limit = (question.numbers.maxBackupIntervalHours?.value ?? Number.POSITIVE_INFINITY) * HOUR;
  return situation.ofProtected(question, (resource) => {
    const { place } = resource.coverage.resource;
    const minutes = recoveryPointObjective(resource);
    if (minutes === undefined)
      return [{ status: 'not-visible', place, value: 'the RPO depends on values known only at deployment' }];
    const status = minutes <= limit ? 'met' : 'not-met';
    return [{ status, place, value: `RPO ${timeText(minutes)}; at most ${timeText(limit)}` }];
  });
}

/** The RPO of a resource in minutes; undefined if it isn't known. */
export function recoveryPointObjective(resource: ResourceForecast): number | undefined {
  const { continuousRpoMinutes, rpoMinutes, coverage } = resource;
  const all = [continuousRpoMinutes, rpoMinutes, coverage.objectiveMinutes].filter(
    (one) => one !== undefined,
  );
  return all.length === 0 ? undefined : Math.min(...all);
}

/** `5 minutes`, `24 hours`, `7 days`. */
export function timeText(minutes: number): string {
  const [amount, unit] =
    minutes % DAY === 0 && minutes > 2 * DAY
      ? [minutes / DAY, 'day']
      : minutes % HOUR === 0
        ? [minutes / HOUR, 'hour']
        : [Math.round(minutes), 'minute'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

/** RETMIN: is data kept long enough? The rule or copy that keeps it longest decides. */
export function minimumRetention(question: Question, situation: Situation): Verdict[] {
  const least = question.numbers.minRetentionDays?.value ?? 1;
  return situation.ofProtected(question, ({ coverage }) => {
    const { place } = coverage.resource;
    const kept = coverage.plans.flatMap(lifetimes);
    const longest = Math.max(0, ...kept.map(({ days }) => days ?? 0));
    const value = `kept ${daysText(longest)}; at least ${dayCount(least)}`;
    if (longest >= least) return [{ status: 'met', place, value }];
    if (kept.length === 0 || kept.some(({ days }) => days === undefined))
      return [{ status: 'not-visible', place, value: 'the retention is known only at deployment' }];
    return [{ status: 'not-met', place, value }];
  });
}

/** RETMAX: is every backup deleted in time? Each rule and each copy must end. */
export function maximumRetention(question: Question, situation: Situation): Verdict[] {
  const most = question.numbers.maxRetentionDays?.value;
  const limit = most === undefined ? 'must end' : `at most ${dayCount(most)}`;
  const seen = new Set<string>();
  return situation.ofProtected(question, ({ coverage }) =>
    coverage.plans.flatMap((plan) =>
      lifetimes(plan).flatMap(({ place: own, what, days }): Verdict[] => {
        const place = own ?? coverage.resource.place;
        const key = `${place.stackId}|${place.logicalId}|${place.pathInTemplate}|${what}`;
        if (seen.has(key)) return [];
        seen.add(key);
        if (days === undefined)
          return [
            { status: 'not-visible', place, value: `${what}: the retention is known only at deployment` },
          ];
        const isFine = days !== Number.POSITIVE_INFINITY && (most === undefined || days <= most);
        return [
          { status: isFine ? 'met' : 'not-met', place, value: `${what}: kept ${daysText(days)}; ${limit}` },
        ];
      }),
    ),
  );
}

/** How long one rule or copy keeps recovery points. */
interface Lifetime {
  readonly place?: Place;
  readonly what: string;
  /** Undefined if it isn't known; Infinity: forever. */
  readonly days?: number;
}

function lifetimes({ plan, name, rules }: PlanCoverage): Lifetime[] {
  return rules.flatMap((facts) => {
    const what = `rule ${show(facts.name)} of plan ${show(name)}`;
    const place = plan && at(plan.place, facts.rule.pathInTemplate);
    return [{ place, what, days: facts.retentionDays }, ...copyLifetimes(facts, what, plan?.place)];
  });
}

/** A copy without a lifecycle follows its source. */
function copyLifetimes(
  { rule, retentionDays }: RuleFacts,
  what: string,
  place: Place | undefined,
): Lifetime[] {
  return rule.copies.items.map(({ lifecycle, pathInTemplate, index }) => ({
    place: place && at(place, pathInTemplate),
    what: rule.copies.items.length === 1 ? `the copy of ${what}` : `copy ${index + 1} of ${what}`,
    days: lifecycle ? daysOf(lifecycle) : retentionDays,
  }));
}

function daysOf({ deleteAfterDays }: LifecycleItem): number | undefined {
  if (deleteAfterDays === undefined || deleteAfterDays === -1) return Number.POSITIVE_INFINITY;
  return known(deleteAfterDays);
}

/** `35 days`, `forever`. */
export function daysText(days: number): string {
  return days === Number.POSITIVE_INFINITY ? 'forever' : dayCount(days);
}
