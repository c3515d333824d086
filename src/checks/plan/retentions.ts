import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyJobLabel, copyLabel, ruleLabel } from '../../inventory/labels';
import type { CopyItem, LifecycleItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import { inTemplate } from '../../inventory/template-names';
import { eachCopyJob, eachRule } from '../../inventory/traversal';
import { known } from '../../template/evaluation/unknown';
import { foreverCopyProblems } from '../../values/copy/copy-laws';
import { retentionAnswer, span } from '../../values/plan/retention-answer';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';
import { RETENTION, templateLifecycleProblems } from '../facts/lifecycle-problems';
import { daysOf, type Retained, RetentionDemands } from '../facts/retention-demands';

/** How long rules and copies keep recovery points, and everything that restricts it, in one answer. */
export const retentionChecks: readonly Check[] = checksOf(
  [
    'Backup-ColdStorageForever',
    'Backup-RetentionGoalConflict',
    'Backup-ColdStorageGap',
    'Backup-ContinuousRetention',
    'Backup-LockRange',
    'Backup-LockRangeForever',
    'Backup-RetentionConflict',
    'Backup-AuditRetention',
    'Backup-RetentionMissing',
    'Backup-CopyRetentionMissing',
    'Backup-ForeverCopy',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const demands = new RetentionDemands(inventory);
  for (const { plan, rule } of eachRule(inventory)) {
    const of = () => ruleLabel(plan, rule);
    const retained = demands.ofRule(plan, rule);
    const answers = retained ? answer(plan, rule, retained, of) : ofInvalidRetention(plan, rule, of);
    yield* answers;
    if (answers.length === 0 && isMissing(rule.lifecycle))
      yield {
        // with a transition to cold storage, CDK's validation refuses -1 for the retention
        id:
          (rule.lifecycle?.moveToColdStorageAfterDays ?? -1) === -1
            ? 'Backup-RetentionMissing'
            : 'Backup-ColdStorageForever',
        place: at(plan.place, rule.lifecycle?.pathInTemplate ?? rule.pathInTemplate),
        message: `\`${RETENTION}\` of ${of()} is not set, so recovery points are kept forever`,
      };
    for (const copy of rule.copies.items) yield* ofCopy(plan, rule, copy, demands);
  }
  for (const { machine, copy } of eachCopyJob(inventory))
    yield* answer(machine, copy, demands.ofCopyJob(copy), () => copyJobLabel(machine, copy));
}

function* ofCopy(
  plan: PlanItem,
  rule: RuleItem,
  copy: CopyItem,
  demands: RetentionDemands,
): Iterable<Detection> {
  const of = () => copyLabel(plan, rule, copy);
  const days = copy.lifecycle?.deleteAfterDays;
  const retained = demands.ofCopy(plan, rule, copy);
  const isOfSource = days === undefined || days === -1;
  const whose = () => (isOfSource ? `${of()}, which it takes from its source,` : of());
  const answers = retained ? answer(plan, copy, retained, whose) : [];
  yield* answers;
  const source = daysOf(rule.lifecycle);
  if (source === undefined) return;
  const place = at(plan.place, copy.lifecycle?.pathInTemplate ?? copy.pathInTemplate);
  if (isMissing(copy.lifecycle) && source !== Number.POSITIVE_INFINITY)
    yield {
      id: 'Backup-CopyRetentionMissing',
      place,
      message: `\`${RETENTION}\` of ${of()} is not set, so the copy is kept as long as its source, as AWS documents (${span(source)})`,
      fix: `set \`${RETENTION}\` in the \`Lifecycle\` of the copy, for example to ${source}`,
    };
  if (days !== -1) return;
  const problems = foreverCopyProblems(
    lifecycleValues(copy.lifecycle),
    lifecycleValues(rule.lifecycle),
    span(source),
    '36500',
  );
  yield* detectionsFrom(
    at(plan.place, `${copy.lifecycle?.pathInTemplate}/${RETENTION}`),
    inTemplate(problems),
    of,
  );
}

/** One answer to everything that restricts a retention, at the place where it is set. */
function answer(
  plan: Item,
  { lifecycle, pathInTemplate }: RuleItem | CopyItem,
  retained: Retained | undefined,
  of: () => string,
): Detection[] {
  if (!retained) return [];
  const { days, demands } = retained;
  const path = isMissing(lifecycle)
    ? (lifecycle?.pathInTemplate ?? pathInTemplate)
    : `${lifecycle?.pathInTemplate}/${RETENTION}`;
  return detectionsFrom(at(plan.place, path), retentionAnswer(RETENTION, days, demands), of);
}

/** A retention that isn't a number of days. The checks of lifecycles report the other problems. */
function ofInvalidRetention(
  plan: PlanItem,
  { lifecycle, continuous }: RuleItem,
  of: () => string,
): Detection[] {
  if (!lifecycle) return [];
  const problems = templateLifecycleProblems(lifecycle, { continuous: known(continuous) });
  const place = at(plan.place, `${lifecycle.pathInTemplate}/${RETENTION}`);
  return detectionsFrom(
    place,
    problems.filter(({ id }) => id === 'Backup-ContinuousRetention'),
    of,
  );
}

function isMissing(lifecycle: LifecycleItem | undefined): boolean {
  return lifecycle?.deleteAfterDays === undefined;
}

function lifecycleValues(lifecycle: LifecycleItem | undefined) {
  const days = daysOf(lifecycle);
  const cold = known(lifecycle?.moveToColdStorageAfterDays);
  return {
    deleteAfterDays: days === Number.POSITIVE_INFINITY ? undefined : days,
    moveToColdStorageAfterDays: cold === -1 ? undefined : cold,
  };
}
