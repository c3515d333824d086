import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import {
  copyJobLabel,
  copyLabel,
  DEPLOYMENTS,
  GUIDE,
  PLAN_OPTIONS,
  ruleLabel,
  VAULT_LOCK,
} from '../../inventory/labels';
import type { CopyItem, LifecycleItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import { known } from '../../template/evaluation/unknown';
import { foreverCopyProblems } from '../../values/copy/copy-laws';
import { retentionAnswer, span } from '../../values/plan/retention-answer';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';
import { LIFECYCLE_WORDS, lawOf } from '../facts/lifecycles';
import { daysOf, type Retained, RetentionDemands } from '../facts/retention-demands';

const { retention: RETENTION } = LIFECYCLE_WORDS;
const PLAN_GUIDE = 'AWS Backup Developer Guide, Backup plan options and configuration';
const asOf = '2026-09-24';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-ColdStorageGap',
    severity: 'error',
    what: 'Recovery points are deleted less than 90 days after they move to cold storage.',
    why: 'AWS Backup refuses the plan: `DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays`.',
    fix: 'use at least 90 days more than `MoveToColdStorageAfterDays`',
    docs: PLAN_OPTIONS,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-ContinuousRetention',
    severity: 'error',
    what: 'A continuous backup is kept longer than 35 days, or for ever.',
    why: 'AWS Backup refuses the plan; its text names the limit of periodic backups, 36500 days, by mistake.',
    fix: 'use 1 to 35 days, and add a rule of snapshots for what shall be kept longer',
    docs: `${GUIDE}point-in-time-recovery.html`,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-LockRange',
    severity: 'error',
    what: 'The retention of a rule or a copy lies outside the range of the lock of its vault.',
    why: 'Every such backup or copy job fails.',
    fix: 'use a retention within the range of the lock',
    docs: VAULT_LOCK,
    source: 'API reference PutBackupVaultLockConfiguration; AWS Backup Developer Guide, Vault Lock',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-RetentionConflict',
    severity: 'error',
    what: 'Several things ask something of one retention that it does not fulfil, or that no retention can fulfil: cold storage, continuous backup, the locks of vaults, controls of a framework.',
    why: 'Who mends one of them breaks the other: AWS Backup refuses the plan, or its jobs fail.',
    fix: 'choose a retention that fulfils all, or change what asks for it',
    docs: VAULT_LOCK,
    source: 'AWS Backup Developer Guide, Vault Lock and Backup plan options and configuration',
    asOf,
  },
  {
    id: 'Backup-AuditRetention',
    severity: 'warning',
    what: 'Recovery points are kept for less time than a control of AWS Backup Audit Manager asks for.',
    why: 'The control shows them as non-compliant.',
    fix: 'keep them longer, or lower `requiredRetentionDays` of the control',
    docs: `${GUIDE}controls-and-remediation.html`,
    source: 'AWS Backup Developer Guide, AWS Backup Audit Manager controls and remediation',
    asOf,
  },
  {
    id: 'Backup-RetentionMissing',
    severity: 'warning',
    what: 'A rule says nothing of how long recovery points are kept; a note where it moves them to cold storage.',
    why: 'AWS Backup keeps them for ever, and the bill grows with every run.',
    fix: 'say `DeleteAfterDays`, or -1 where for ever is meant',
    docs: PLAN_OPTIONS,
    source: `${PLAN_GUIDE}; aws-ia/terraform-aws-control_tower_account_factory#295`,
    asOf,
  },
  {
    id: 'Backup-CopyRetentionMissing',
    severity: 'warning',
    what: 'A copy says nothing of how long it is kept.',
    why: 'It takes the retention of its source, as AWS documents; users report copies that are kept for years.',
    fix: 'say `DeleteAfterDays` in the `Lifecycle` of the copy',
    docs: `${GUIDE}recov-point-create-a-copy.html`,
    source: `${PLAN_GUIDE}; hashicorp/terraform-provider-aws#37862`,
    asOf,
  },
  {
    id: 'Backup-ForeverCopy',
    severity: 'warning',
    what: 'A copy is to be kept for ever, but its source is not.',
    why: 'AWS Backup deletes such a copy when the retention of its source ends.',
    fix: 'use 36500 days for the copy',
    docs: PLAN_OPTIONS,
    source: PLAN_GUIDE,
    asOf,
  },
];

/** How long rules and copies keep recovery points, and all that is asked of that, in one answer. */
export const retentionChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const demands = new RetentionDemands(inventory);
  for (const plan of inventory.plans)
    for (const rule of plan.rules.items) {
      const of = () => ruleLabel(plan, rule);
      const retained = demands.ofRule(plan, rule);
      const answers = retained ? answered(plan, rule, retained, of) : unsound(plan, rule, of);
      yield* answers;
      if (answers.length === 0 && isMissing(rule.lifecycle))
        yield {
          id: 'Backup-RetentionMissing',
          // who sends it to cold storage has thought of its life, and -1 beside that is refused by CDK's validation
          severity: (rule.lifecycle?.moveToColdStorageAfterDays ?? -1) === -1 ? 'warning' : 'note',
          place: at(plan.place, rule.lifecycle?.pathInTemplate ?? rule.pathInTemplate),
          message: `\`${RETENTION}\` of ${of()} is not said: recovery points are kept for ever`,
        };
      for (const copy of rule.copies.items) yield* ofCopy(plan, rule, copy, demands);
    }
  for (const machine of inventory.copyMachines)
    for (const copy of machine.copies)
      yield* answered(machine, copy, demands.ofCopyJob(copy), () => copyJobLabel(machine, copy));
}

function* ofCopy(plan: PlanItem, rule: RuleItem, copy: CopyItem, demands: RetentionDemands): Iterable<Seen> {
  const of = () => copyLabel(plan, rule, copy);
  const said = copy.lifecycle?.deleteAfterDays;
  const retained = demands.ofCopy(plan, rule, copy);
  const isBorrowed = said === undefined || said === -1;
  const whose = () => (isBorrowed ? `${of()}, which is that of its source,` : of());
  const answers = retained ? answered(plan, copy, retained, whose) : [];
  yield* answers;
  const source = daysOf(rule.lifecycle);
  if (source === undefined) return;
  const place = at(plan.place, copy.lifecycle?.pathInTemplate ?? copy.pathInTemplate);
  if (isMissing(copy.lifecycle) && source !== Number.POSITIVE_INFINITY)
    yield {
      id: 'Backup-CopyRetentionMissing',
      place,
      message: `\`${RETENTION}\` of ${of()} is not said: by AWS's documents it is that of its source (${span(source)})`,
      fix: `say \`${RETENTION}\` in the \`Lifecycle\` of the copy, such as ${source}`,
    };
  if (said !== -1) return;
  const words = { ...LIFECYCLE_WORDS, century: '36500' };
  const problems = foreverCopyProblems(kept(copy.lifecycle), kept(rule.lifecycle), span(source), words);
  yield* told(at(plan.place, `${copy.lifecycle?.pathInTemplate}/${RETENTION}`), problems, of);
}

/** One answer to all that is asked of a retention, where that is said. */
function answered(
  plan: Item,
  { lifecycle, pathInTemplate }: RuleItem | CopyItem,
  retained: Retained | undefined,
  of: () => string,
): Seen[] {
  if (!retained) return [];
  const { days, demands } = retained;
  const path = isMissing(lifecycle)
    ? (lifecycle?.pathInTemplate ?? pathInTemplate)
    : `${lifecycle?.pathInTemplate}/${RETENTION}`;
  return told(at(plan.place, path), retentionAnswer(RETENTION, days, demands), of);
}

/** What is no number of days: the laws of lifecycles tell the rest. */
function unsound(plan: PlanItem, { lifecycle, continuous }: RuleItem, of: () => string): Seen[] {
  if (!lifecycle) return [];
  const problems = lawOf(lifecycle, { continuous: known(continuous) });
  const place = at(plan.place, `${lifecycle.pathInTemplate}/${RETENTION}`);
  return told(
    place,
    problems.filter(({ id }) => id === 'Backup-ContinuousRetention'),
    of,
  );
}

function isMissing(lifecycle: LifecycleItem | undefined): boolean {
  return lifecycle?.deleteAfterDays === undefined;
}

function kept(lifecycle: LifecycleItem | undefined) {
  const days = daysOf(lifecycle);
  const cold = known(lifecycle?.moveToColdStorageAfterDays);
  return {
    deleteAfterDays: days === Number.POSITIVE_INFINITY ? undefined : days,
    moveToColdStorageAfterDays: cold === -1 ? undefined : cold,
  };
}
