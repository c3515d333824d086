import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { PLAN_OPTIONS, planLabel, ruleLabel, ruleName } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
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
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';
import { daysOf } from '../facts/retention-demands';
import { samePlans } from '../facts/same-selections';
import { DEFAULT_SCHEDULE, Timetable } from '../facts/timetable';

const GUIDE = 'AWS Backup Developer Guide, Backup plan options and configuration';
const asOf = '2026-09-24';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-RuleNeverRuns',
    severity: 'warning',
    what: 'The start window of a rule always overlaps with that of a rule of the same plan that is kept longer.',
    why: 'AWS Backup runs only the rule that is kept longer: the other one never runs, nor do its copies.',
    fix: 'move the schedules further apart than their start windows, or make these shorter',
    docs: PLAN_OPTIONS,
    source: GUIDE,
    asOf,
  },
  {
    id: 'Backup-RuleLosesRuns',
    severity: 'warning',
    what: 'A rule loses several runs with each start of another one that is kept longer and has a long start window.',
    why: 'Where start windows overlap, AWS Backup runs only the rule that is kept longer: an hourly rule has a gap of many hours then.',
    fix: 'make the start window of the longer rule 60 minutes',
    docs: PLAN_OPTIONS,
    source: GUIDE,
    asOf,
  },
  {
    id: 'Backup-PlansOverlap',
    severity: 'warning',
    what: 'Two plans that select the same resources run at the same time.',
    why: 'AWS Backup makes one backup of a resource at a time: the second job waits, and expires at the end of its start window.',
    fix: 'put the rules into one plan, or move their schedules apart',
    docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html',
    source: 'AWS Backup Developer Guide, Quotas and Job dashboards',
    asOf,
  },
];

/** Rules that get in each other's way. */
export const overlapChecks: readonly Check[] = subject(FACTS, look);

/** A rule as the laws of overlap see it. */
interface Overlapping extends OverlappingRule {
  readonly item: RuleItem;
}

function* look(inventory: Inventory, options: CheckOptions): Iterable<Seen> {
  const timetable = new Timetable(options);
  const compared = new Map<string, readonly Told[]>();
  for (const plan of inventory.plans) {
    const rules = plan.rules.items.flatMap((rule) => overlapping(rule, timetable) ?? []);
    if (rules.length < 2) continue;
    // plans often share their rules, which are compared once then
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
      yield* told(at(plan.place, path), [problem], () => planLabel(plan));
    }
  }
  yield* acrossPlans(inventory);
}

interface Told {
  readonly index: number;
  readonly problem: Problem;
}

function compare(rules: readonly Overlapping[], now: Date): Told[] {
  const property = 'BackupPlanRule';
  const losing = losingRules(rules, now);
  const never = new Set(losing.map(({ rule }) => rule));
  const swallowed = swallowedRules(rules, now).filter(({ rule }) => !never.has(rule));
  return [
    ...losing.map((one) => ({ index: one.rule.item.index, problem: neverRunsProblem(one, property) })),
    ...swallowed.map((one) => ({ index: one.rule.item.index, problem: losesRunsProblem(one, property) })),
  ];
}

/** A rule of which schedule, start window and retention are known and sound; undefined for others. */
function overlapping(item: RuleItem, timetable: Timetable): Overlapping | undefined {
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
function* acrossPlans(inventory: Inventory): Iterable<Seen> {
  for (const plans of samePlans(inventory)) {
    const first = new Map<string, { readonly plan: PlanItem; readonly rule: RuleItem }>();
    for (const plan of plans)
      for (const rule of plan.rules.items) {
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
            message: `\`ScheduleExpression\` of ${ruleLabel(plan, rule)} is that of ${ruleLabel(other.plan, other.rule)}, which selects the same resources: of two jobs on one resource, one waits and may expire`,
          };
      }
  }
}
