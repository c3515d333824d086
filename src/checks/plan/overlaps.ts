import { DEFAULT_SCHEDULE } from '../../coverage/rule-facts';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { planLabel, ruleLabel, ruleName } from '../../inventory/labels';
import type { RuleItem } from '../../inventory/plan/plans';
import { eachRule, type PlanRule } from '../../inventory/traversal';
import { isUnknown, known } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import {
  losesRunsProblem,
  losingRules,
  neverRunsProblem,
  type OverlappingRule,
  swallowedRules,
} from '../../values/plan/overlap';
import { Retention } from '../../values/plan/retention';
import { timeZoneProblems } from '../../values/schedule/zoned-time';
import { daysOf } from '../../viability/core/retention-demands';
import { Timetable } from '../../viability/core/timetable';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';
import { findPlansWithEqualSelections } from '../facts/equal-selections';

/** Rules whose jobs get in each other's way. */
export const overlapChecks: readonly Check[] = checksOf(
  ['Backup-RuleNeverRuns', 'Backup-RuleLosesRuns', 'Backup-PlansOverlap'],
  findProblems,
);

/** A rule as the laws of overlap take it. */
interface Overlapping extends OverlappingRule {
  readonly item: RuleItem;
}

function* findProblems(inventory: Inventory, options: CheckOptions): Iterable<Detection> {
  const timetable = new Timetable(options);
  const compared = new Map<string, readonly RuleProblem[]>();
  for (const plan of inventory.plans) {
    const rules = plan.rules.items.flatMap((rule) => toOverlapping(rule, timetable) ?? []);
    if (rules.length < 2) continue;
    // plans often have equal rules, which are compared once
    const signature = rules
      .map(({ name, schedule, retention, startWindowMinutes, isContinuous, item }) =>
        [item.index, name, schedule, retention, startWindowMinutes, isContinuous].join('|'),
      )
      .join('\n');
    const problems = compared.get(signature) ?? compare(rules, options.now);
    compared.set(signature, problems);
    for (const { index, problem } of problems) {
      const path =
        plan.rules.items.find((rule) => rule.index === index)?.pathInTemplate ?? plan.place.pathInTemplate;
      yield* detectionsFrom(at(plan.place, path), [problem], () => planLabel(plan));
    }
  }
  yield* acrossPlans(inventory);
}

/** A problem of the rule with an index. */
interface RuleProblem {
  readonly index: number;
  readonly problem: Problem;
}

function compare(rules: readonly Overlapping[], now: Date): RuleProblem[] {
  const property = 'BackupPlanRule';
  const losing = losingRules(rules, now);
  const never = new Set(losing.map(({ rule }) => rule));
  const swallowed = swallowedRules(rules, now).filter(({ rule }) => !never.has(rule));
  return [
    ...losing.map((one) => ({ index: one.rule.item.index, problem: neverRunsProblem(one, property) })),
    ...swallowed.map((one) => ({ index: one.rule.item.index, problem: losesRunsProblem(one, property) })),
  ];
}

/** A rule whose schedule, start window and retention are known and valid; undefined for others. */
function toOverlapping(item: RuleItem, timetable: Timetable): Overlapping | undefined {
  const { name, schedule = DEFAULT_SCHEDULE, timeZone, startWindowMinutes, continuous, lifecycle } = item;
  const days = daysOf(lifecycle);
  const zone = timeZone === undefined ? 'UTC' : known(timeZone);
  if (isUnknown(schedule) || !timetable.cronOf(schedule) || days === undefined || zone === undefined)
    return undefined;
  if (isUnknown(startWindowMinutes) || isUnknown(continuous) || timeZoneProblems(zone).length > 0)
    return undefined;
  return {
    item,
    name: typeof name === 'string' ? name : ruleName(item),
    schedule: timetable.scheduleOf(schedule, zone),
    retention: days === Number.POSITIVE_INFINITY ? Retention.forever() : Retention.days(days),
    startWindowMinutes,
    isContinuous: continuous === true,
  };
}

/** Rules of different plans that start at the same time for the same resources. */
function* acrossPlans(inventory: Inventory): Iterable<Detection> {
  for (const plans of findPlansWithEqualSelections(inventory)) {
    const first = new Map<string, PlanRule>();
    for (const { plan, rule } of eachRule({ plans })) {
      const { schedule = DEFAULT_SCHEDULE, timeZone = 'UTC', continuous } = rule;
      if (isUnknown(schedule) || isUnknown(timeZone) || (continuous !== undefined && continuous !== false))
        continue;
      const key = `${schedule}|${timeZone}`;
      const other = first.get(key);
      if (!other) first.set(key, { plan, rule });
      else if (other.plan !== plan)
        yield {
          id: 'Backup-PlansOverlap',
          place: at(
            plan.place,
            `${rule.pathInTemplate}${rule.schedule === undefined ? '' : '/ScheduleExpression'}`,
          ),
          message: `\`ScheduleExpression\` of ${ruleLabel(plan, rule)} is the same as that of ${ruleLabel(other.plan, other.rule)}, which selects the same resources: if two jobs start for one resource, one waits and may expire`,
        };
    }
  }
}
