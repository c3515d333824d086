import { numberOrToken } from '../../inventory/as-token';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel, ruleLabel } from '../../inventory/labels';
import type { LifecycleItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import { eachRule } from '../../inventory/traversal';
import { known } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import {
  continuousCadenceProblems,
  MIN_COLD_DAYS,
  RECOMMENDED_WARM_DAYS,
  shortRetentionProblems,
} from '../../values/plan/lifecycle';
import type { AnalysisOptions } from '../core/analysis-options';
import { type Detection, detectionsFrom } from '../core/detection';
import { RETENTION, templateLifecycleProblems } from '../core/lifecycle-problems';
import { Timetable } from '../core/timetable';

/** Reported by the checks of retentions, together with locks and controls. */
const REPORTED_WITH_RETENTION = new Set(['Backup-ColdStorageGap', 'Backup-ContinuousRetention']);

/** Lifecycles of rules and copies, taken by themselves. */
export function* findLifecycleProblems(inventory: Inventory, options: AnalysisOptions): Iterable<Detection> {
  const timetable = new Timetable(options);
  for (const { plan, rule } of eachRule(inventory)) {
    const monthlyOrRarer = timetable.isMonthlyOrRarer(rule.schedule);
    const continuous = known(rule.continuous);
    const ofRule = () => ruleLabel(plan, rule);
    if (rule.lifecycle) {
      yield* ofLifecycle(plan, rule.lifecycle, ofRule, { continuous, monthlyOrRarer });
      if (continuous === true) yield* findRareRuns(timetable, plan, rule, ofRule);
      else if (continuous === false || rule.continuous === undefined)
        yield* ofSnapshots(plan, rule.lifecycle, ofRule);
    }
    for (const copy of rule.copies.items)
      if (copy.lifecycle)
        yield* ofLifecycle(plan, copy.lifecycle, () => copyLabel(plan, rule, copy), { monthlyOrRarer });
  }
}

function* ofLifecycle(
  plan: PlanItem,
  lifecycle: LifecycleItem,
  of: () => string,
  circumstances: { readonly continuous?: boolean; readonly monthlyOrRarer?: boolean },
): Iterable<Detection> {
  yield* atProperties(
    plan,
    lifecycle,
    templateLifecycleProblems(lifecycle, circumstances).filter(({ id }) => !REPORTED_WITH_RETENTION.has(id)),
    of,
  );
  if (lifecycle.otherKeys.includes('DeleteAfterEvent'))
    yield {
      id: 'Backup-DeleteAfterEvent',
      place: at(plan.place, `${lifecycle.pathInTemplate}/DeleteAfterEvent`),
      message: `\`DeleteAfterEvent\` of ${of()} must not be set, because AWS Backup only returns it`,
    };
}

/** Continuous rules that run so rarely that recovery points expire in between. */
function* findRareRuns(
  timetable: Timetable,
  plan: PlanItem,
  rule: RuleItem,
  of: () => string,
): Iterable<Detection> {
  const gap = timetable.longestGap(rule.schedule);
  const { lifecycle } = rule;
  if (gap === undefined || !lifecycle) return;
  const days = numberOrToken(lifecycle.deleteAfterDays);
  const problems = continuousCadenceProblems(days, gap, RETENTION, 'ScheduleExpression');
  yield* atProperties(plan, lifecycle, problems, of);
}

function* ofSnapshots(plan: PlanItem, lifecycle: LifecycleItem, of: () => string): Iterable<Detection> {
  const days = known(lifecycle.deleteAfterDays);
  yield* atProperties(plan, lifecycle, shortRetentionProblems(days, RETENTION), of);
  if ((lifecycle.moveToColdStorageAfterDays ?? -1) !== -1 || days === undefined) return;
  if (days < MIN_COLD_DAYS + RECOMMENDED_WARM_DAYS) return;
  yield {
    id: 'Backup-LongWarmStorage',
    place: at(plan.place, `${lifecycle.pathInTemplate}/${RETENTION}`),
    message: `\`${RETENTION}\` of ${of()} is ${days} days, all in warm storage`,
  };
}

/** Problems of a lifecycle, each at its property. */
function atProperties(
  plan: PlanItem,
  lifecycle: LifecycleItem,
  problems: readonly Problem[],
  of: () => string,
): Detection[] {
  return problems.flatMap((problem) =>
    detectionsFrom(at(plan.place, `${lifecycle.pathInTemplate}/${problem.property}`), [problem], of),
  );
}
