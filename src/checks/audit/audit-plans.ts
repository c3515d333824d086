import { at } from '../../inventory/core/item';
import { tagValue } from '../../inventory/core/tags';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, planLabel, ruleName } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import { sameText } from '../../template/evaluation/match';
import { partsOf } from '../../template/evaluation/text';
import { type Text, Unknown } from '../../template/evaluation/unknown';
import { dayCount } from '../../values/core/amounts';
import { rangeFix, retentionRange, span } from '../../values/plan/retention-answer';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject } from '../engine/subject';
import {
  type AuditControl,
  AuditDemands,
  controlLabel,
  DEFAULT_RETENTION_DAYS,
  textParameter,
  wholeParameter,
} from '../facts/audit-demands';
import { daysOf, RetentionDemands } from '../facts/retention-demands';
import { Timetable } from '../facts/timetable';

const CONTROL = 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-AuditPlan',
    severity: 'warning',
    what: 'No rule of a plan runs as often and keeps recovery points as long as a control of AWS Backup Audit Manager asks for.',
    why: 'The control shows the plan as non-compliant.',
    fix: 'add a rule that runs as often and keeps recovery points as long, or change the parameters of the control',
    docs: `${GUIDE}controls-and-remediation.html`,
    source: 'AWS Config Developer Guide, backup-plan-min-frequency-and-min-retention-check',
    asOf: '2026-09-24',
  },
];

/** Plans against the control that asks for a frequency and a retention. */
export const auditPlanChecks: readonly Check[] = subject(FACTS, look);

/** What a control asks of a plan. */
interface Asked {
  readonly minutes: number;
  readonly days: number;
}

function* look(inventory: Inventory, options: CheckOptions): Iterable<Seen> {
  if (inventory.frameworks.length === 0) return;
  const audits = new AuditDemands(inventory);
  const demands = new RetentionDemands(inventory);
  const timetable = new Timetable(options);
  for (const plan of inventory.plans) {
    if (plan.rules.rest) continue;
    for (const control of audits.controls(plan.place, CONTROL)) {
      const asked = askedBy(control);
      if (!asked || !isInScope(control, plan)) continue;
      const rules = plan.rules.items.map((rule) => ({
        rule,
        minutes: timetable.longestGap(rule.schedule),
        days: daysOf(rule.lifecycle),
      }));
      const may = ({ minutes = 0, days = Number.POSITIVE_INFINITY }: { minutes?: number; days?: number }) =>
        minutes <= asked.minutes && days >= asked.days;
      if (rules.length === 0 || rules.some(may)) continue;
      const often = rules.find(({ minutes }) => minutes !== undefined && minutes <= asked.minutes);
      yield {
        id: 'Backup-AuditPlan',
        place: at(plan.place, `${plan.place.pathInTemplate}/Properties/BackupPlan/BackupPlanRule`),
        message: `\`BackupPlanRule\` of ${planLabel(plan)} has no rule that runs every ${timeOf(asked.minutes)} or more often and keeps recovery points ${dayCount(asked.days)} or more, as ${controlLabel(control)} asks: ${rules.map(ruleText).join(', ')}`,
        fix: often && fixOf(plan, often.rule, asked, demands),
      };
    }
  }
}

/** Undefined where it isn't known. */
function askedBy(control: AuditControl): Asked | undefined {
  const value = wholeParameter(control, 'requiredFrequencyValue', 1);
  const unit = textParameter(control, 'requiredFrequencyUnit');
  const days = wholeParameter(control, 'requiredRetentionDays', DEFAULT_RETENTION_DAYS);
  if (value === undefined || unit === undefined || days === undefined) return undefined;
  return { minutes: value * (unit === 'hours' ? 60 : 1440), days };
}

/** Whether a plan certainly is what a control looks at. */
function isInScope({ control: { scope } }: AuditControl, plan: PlanItem): boolean {
  if (!scope) return true;
  const { tags, resourceIds, resourceTypes } = scope;
  if (tags.rest || resourceIds.rest || resourceTypes.rest) return false;
  if (!tags.items.every(({ key, value }) => typeof key === 'string' && isTagged(plan, key, value)))
    return false;
  return resourceIds.items.length === 0 || resourceIds.items.some((id) => isPlanId(plan, id));
}

function isTagged(plan: PlanItem, key: string, value: Text): boolean {
  const got = tagValue(plan.tags, key);
  return got !== undefined && sameText(got, value) === true;
}

/** Whether an id certainly is that of a plan: a reference to it, since ids are made up at deployment. */
function isPlanId(plan: PlanItem, id: Text): boolean {
  if (!(id instanceof Unknown) || !(plan.arn instanceof Unknown)) return false;
  const last = partsOf(plan.arn).at(-1);
  const [part, ...others] = partsOf(id);
  return (
    others.length === 0 &&
    typeof part === 'object' &&
    typeof last === 'object' &&
    part.key !== undefined &&
    part.key === last.key
  );
}

/** What suits the rule that runs often enough, as far as that can be had. */
function fixOf(plan: PlanItem, rule: RuleItem, asked: Asked, demands: RetentionDemands): string {
  const others = demands.onRule(plan, rule, asked.days);
  const { min, max, highest } = retentionRange(others);
  if (highest && max < asked.days)
    return `${highest.reason}: ${highest.ease}, or lower \`requiredRetentionDays\` of the control`;
  const range = { min: Math.max(min, asked.days), max };
  return `${rangeFix(range)} for \`DeleteAfterDays\` of ${ruleName(rule)}`;
}

function ruleText({ rule, minutes, days }: { rule: RuleItem; minutes?: number; days?: number }): string {
  const every =
    minutes === undefined
      ? 'at unknown times'
      : minutes === Number.POSITIVE_INFINITY
        ? 'once'
        : `every ${timeOf(minutes)}`;
  const kept = days === undefined ? '' : `, kept ${span(days)}`;
  return `${ruleName(rule)} runs ${every}${kept}`;
}

function timeOf(minutes: number): string {
  if (minutes % 1440 === 0) return dayCount(minutes / 1440);
  const hours = Math.ceil(minutes / 60);
  return hours === 1 ? '1 hour' : `${hours} hours`;
}
