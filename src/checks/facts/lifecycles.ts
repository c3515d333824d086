import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel, DEPLOYMENTS, GUIDE, lawNumber, PLAN_OPTIONS, ruleLabel } from '../../inventory/labels';
import type { LifecycleItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import { known } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import {
  continuousCadenceProblems,
  type LifecycleWords,
  lifecycleProblems,
  MIN_COLD_DAYS,
  RECOMMENDED_WARM_DAYS,
  shortRetentionProblems,
} from '../../values/plan/lifecycle';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';
import { Timetable } from './timetable';

export const LIFECYCLE_WORDS: LifecycleWords = {
  retention: 'DeleteAfterDays',
  cold: 'MoveToColdStorageAfterDays',
  archive: 'OptInToArchiveForSupportedResources',
};

/** Asked together with locks and controls, in one answer. */
const ANSWERED = new Set(['Backup-ColdStorageGap', 'Backup-ContinuousRetention']);

const PLAN_GUIDE = 'AWS Backup Developer Guide, Backup plan options and configuration';
const PITR = `${GUIDE}point-in-time-recovery.html`;
const asOf = '2026-09-24';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-RetentionRange',
    severity: 'error',
    what: 'A retention is not 1 to 36500 whole days, nor -1 for ever.',
    why: 'AWS Backup refuses the plan: `DeleteAfterDays cannot be less than 1 or more than 36500 days`.',
    fix: 'use 1 to 36500 days, or -1 to keep recovery points for ever',
    docs: PLAN_OPTIONS,
    source: PLAN_GUIDE,
    asOf,
  },
  {
    id: 'Backup-ColdStorageRange',
    severity: 'error',
    what: 'Recovery points are to move to cold storage after less than a day, or more than 36500.',
    why: 'AWS Backup refuses the plan.',
    fix: 'use 1 day or more, or leave it out',
    docs: PLAN_OPTIONS,
    source: PLAN_GUIDE,
    asOf,
  },
  {
    id: 'Backup-ContinuousColdStorage',
    severity: 'error',
    what: 'A continuous backup is to move to cold storage.',
    why: 'AWS Backup refuses the plan: `MoveToColdStorageAfterDays is unavailable`.',
    fix: 'leave `MoveToColdStorageAfterDays` out, and add a rule of snapshots',
    docs: PITR,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-ShortWarmStorage',
    severity: 'warning',
    what: 'Recovery points move to cold storage within the first 8 days.',
    why: 'AWS Backup makes one more full backup in warm storage.',
    fix: 'use 8 days or more',
    docs: PLAN_OPTIONS,
    source: PLAN_GUIDE,
    asOf,
  },
  {
    id: 'Backup-ArchiveWithoutColdStorage',
    severity: 'warning',
    what: 'EBS snapshots are to be archived, but nothing says when.',
    why: 'Without `MoveToColdStorageAfterDays` the setting does nothing.',
    fix: 'say `MoveToColdStorageAfterDays`, or leave the setting out',
    docs: PLAN_OPTIONS,
    source: PLAN_GUIDE,
    asOf,
  },
  {
    id: 'Backup-ArchiveFrequency',
    severity: 'warning',
    what: 'EBS snapshots of a rule that runs more often than once a month are to be archived.',
    why: 'AWS Backup archives snapshots only of rules that run once a month or more rarely.',
    fix: 'use a monthly or yearly schedule for this rule',
    docs: PLAN_OPTIONS,
    source: PLAN_GUIDE,
    asOf,
  },
  {
    id: 'Backup-DeleteAfterEvent',
    severity: 'error',
    what: 'A lifecycle says `DeleteAfterEvent`, which AWS Backup only ever returns.',
    why: 'It is not valid as an input.',
    fix: 'leave `DeleteAfterEvent` out',
    docs: `${GUIDE}API_Lifecycle.html`,
    source: 'API reference Lifecycle',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-ShortRetention',
    severity: 'warning',
    what: 'Recovery points are kept for less than 7 days.',
    why: 'Where the backup before is gone already, AWS Backup makes a full one, and bills it.',
    fix: 'use 7 days or more',
    docs: `${GUIDE}metering-and-billing.html`,
    source: 'AWS Backup Developer Guide, Metering and billing',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-ContinuousCadence',
    severity: 'warning',
    what: 'The schedule of a continuous backup runs more rarely than the backup is kept.',
    why: 'AWS Backup maintains the backup at these times: in between it expires.',
    fix: 'run the rule every day',
    docs: PITR,
    source: 'AWS Backup Developer Guide, Point-in-time recovery',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-LongWarmStorage',
    severity: 'note',
    what: 'Recovery points are kept long in warm storage alone.',
    why: 'Types that can go to cold storage cost a fraction there.',
    fix: 'say `MoveToColdStorageAfterDays` where the types that the plan selects have cold storage',
    docs: PLAN_OPTIONS,
    source: 'towardsthecloud/cloudburn#125',
    asOf: '2026-07-31',
  },
];

/** What a lifecycle says of itself, in rules and in copies. */
export const lifecycleChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory, options: CheckOptions): Iterable<Seen> {
  const timetable = new Timetable(options);
  for (const plan of inventory.plans)
    for (const rule of plan.rules.items) {
      const monthlyOrRarer = timetable.isMonthlyOrRarer(rule.schedule);
      const continuous = known(rule.continuous);
      const ofRule = () => ruleLabel(plan, rule);
      if (rule.lifecycle) {
        yield* ofLifecycle(plan, rule.lifecycle, ofRule, { continuous, monthlyOrRarer });
        if (continuous === true) yield* cadence(timetable, plan, rule, ofRule);
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
): Iterable<Seen> {
  yield* toldOf(
    plan,
    lifecycle,
    lawOf(lifecycle, circumstances).filter(({ id }) => !ANSWERED.has(id)),
    of,
  );
  if (lifecycle.otherKeys.includes('DeleteAfterEvent'))
    yield {
      id: 'Backup-DeleteAfterEvent',
      place: at(plan.place, `${lifecycle.pathInTemplate}/DeleteAfterEvent`),
      message: `\`DeleteAfterEvent\` of ${of()} can't be said, since AWS Backup only returns it`,
    };
}

/** What the law says of a lifecycle. */
export function lawOf(
  { deleteAfterDays, moveToColdStorageAfterDays, optInToArchive }: Partial<LifecycleItem>,
  circumstances: { readonly continuous?: boolean; readonly monthlyOrRarer?: boolean },
): Problem[] {
  const values = {
    deleteAfterDays: lawNumber(deleteAfterDays),
    moveToColdStorageAfterDays: lawNumber(moveToColdStorageAfterDays),
    archive: known(optInToArchive),
    ...circumstances,
  };
  return lifecycleProblems(values, LIFECYCLE_WORDS);
}

function* cadence(timetable: Timetable, plan: PlanItem, rule: RuleItem, of: () => string): Iterable<Seen> {
  const gap = timetable.longestGap(rule.schedule);
  const { lifecycle } = rule;
  if (gap === undefined || !lifecycle) return;
  const days = lawNumber(lifecycle.deleteAfterDays);
  const { retention } = LIFECYCLE_WORDS;
  yield* toldOf(plan, lifecycle, continuousCadenceProblems(days, gap, retention, 'ScheduleExpression'), of);
}

function* ofSnapshots(plan: PlanItem, lifecycle: LifecycleItem, of: () => string): Iterable<Seen> {
  const days = known(lifecycle.deleteAfterDays);
  const { retention } = LIFECYCLE_WORDS;
  yield* toldOf(plan, lifecycle, shortRetentionProblems(days, retention), of);
  if ((lifecycle.moveToColdStorageAfterDays ?? -1) !== -1 || days === undefined) return;
  if (days < MIN_COLD_DAYS + RECOMMENDED_WARM_DAYS) return;
  yield {
    id: 'Backup-LongWarmStorage',
    place: at(plan.place, `${lifecycle.pathInTemplate}/${retention}`),
    message: `\`${retention}\` of ${of()} is ${days} days, all of them in warm storage`,
  };
}

/** What is told of a property of a lifecycle, where that stands; of one that is left out, where the lifecycle stands. */
function toldOf(
  plan: PlanItem,
  lifecycle: LifecycleItem,
  problems: readonly Problem[],
  of: () => string,
): Seen[] {
  return problems.flatMap((problem) =>
    told(at(plan.place, `${lifecycle.pathInTemplate}/${problem.property}`), [problem], of),
  );
}
