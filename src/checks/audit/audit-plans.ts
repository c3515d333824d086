import { at } from '../../inventory/core/item';
import { tagValue } from '../../inventory/core/tags';
import type { Inventory } from '../../inventory/inventory';
import { planLabel, ruleName } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import { sameText } from '../../template/evaluation/match';
import { partsOf } from '../../template/evaluation/text';
import { type Text, Unknown } from '../../template/evaluation/unknown';
import { dayCount } from '../../values/core/amounts';
import { rangeFix, retentionRange } from '../../values/plan/retention-answer';
import {
  type AuditControl,
  AuditDemands,
  controlLabel,
  DEFAULT_RETENTION_DAYS,
  textParameter,
  wholeParameter,
} from '../../viability/core/audit-demands';
import { daysOf, RetentionDemands } from '../../viability/core/retention-demands';
import { Timetable } from '../../viability/core/timetable';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

const CONTROL = 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK';

/** Whether plans meet the control that requires a frequency and a retention. */
export const auditPlanChecks: readonly Check[] = checksOf(['Backup-AuditPlan'], findProblems);

/** What a control requires of a plan. */
interface Requirement {
  readonly minutes: number;
  readonly days: number;
}

function* findProblems(inventory: Inventory, options: CheckOptions): Iterable<Detection> {
  if (inventory.frameworks.length === 0) return;
  const audits = new AuditDemands(inventory);
  const demands = new RetentionDemands(inventory);
  const timetable = new Timetable(options);
  for (const plan of inventory.plans) {
    if (plan.rules.rest) continue;
    for (const control of audits.controls(plan.place, CONTROL)) {
      const required = requirementOf(control);
      if (!required || !isInScope(control, plan)) continue;
      const rules = plan.rules.items.map((rule) => ({
        rule,
        minutes: timetable.longestGap(rule.schedule),
        days: daysOf(rule.lifecycle),
      }));
      const meets = ({ minutes = 0, days = Number.POSITIVE_INFINITY }: { minutes?: number; days?: number }) =>
        minutes <= required.minutes && days >= required.days;
      if (rules.length === 0 || rules.some(meets)) continue;
      const often = rules.find(({ minutes }) => minutes !== undefined && minutes <= required.minutes);
      yield {
        id: 'Backup-AuditPlan',
        place: at(plan.place, `${plan.place.pathInTemplate}/Properties/BackupPlan/BackupPlanRule`),
        message: `\`BackupPlanRule\` of ${planLabel(plan)} has no rule that runs at least every ${timeOf(required.minutes)} and keeps recovery points for at least ${dayCount(required.days)}, as ${controlLabel(control)} requires: ${rules.map(ruleText).join(', ')}`,
        fix: often && fixOf(plan, often.rule, required, demands),
      };
    }
  }
}

/** Undefined if it isn't known. */
function requirementOf(control: AuditControl): Requirement | undefined {
  const value = wholeParameter(control, 'requiredFrequencyValue', 1);
  const unit = textParameter(control, 'requiredFrequencyUnit');
  const days = wholeParameter(control, 'requiredRetentionDays', DEFAULT_RETENTION_DAYS);
  if (value === undefined || unit === undefined || days === undefined) return undefined;
  return { minutes: value * (unit === 'hours' ? 60 : 1440), days };
}

/** Whether a plan is certainly in the scope of a control. */
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

/** Whether an id certainly is that of a plan: a reference to it, because ids are generated at deployment. */
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

/** The fix for the rule that runs often enough, if there is one. */
function fixOf(plan: PlanItem, rule: RuleItem, required: Requirement, demands: RetentionDemands): string {
  const others = demands.onRule(plan, rule, required.days);
  const { min, max, highest } = retentionRange(others);
  if (highest && max < required.days)
    return `${highest.reason}: ${highest.relaxation}, or lower \`requiredRetentionDays\` of the control`;
  const range = { min: Math.max(min, required.days), max };
  return `${rangeFix(range)} for \`DeleteAfterDays\` of ${ruleName(rule)}`;
}

function ruleText({ rule, minutes, days }: { rule: RuleItem; minutes?: number; days?: number }): string {
  const every =
    minutes === undefined
      ? 'at unknown times'
      : minutes === Number.POSITIVE_INFINITY
        ? 'once'
        : `every ${timeOf(minutes)}`;
  const kept = days === undefined ? '' : ` and keeps them ${forDays(days)}`;
  return `${ruleName(rule)} runs ${every}${kept}`;
}

function forDays(days: number): string {
  return days === Number.POSITIVE_INFINITY ? 'forever' : `for ${dayCount(days)}`;
}

function timeOf(minutes: number): string {
  if (minutes % 1440 === 0) return dayCount(minutes / 1440);
  const hours = Math.ceil(minutes / 60);
  return hours === 1 ? '1 hour' : `${hours} hours`;
}
