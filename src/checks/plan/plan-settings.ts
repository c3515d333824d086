import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { planLabel, ruleLabel } from '../../inventory/labels';
import { linkedPlan } from '../../inventory/lookups';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { SelectionItem } from '../../inventory/plan/selections';
import { inTemplate, TEMPLATE_NAMES } from '../../inventory/template-names';
import { isUnknown } from '../../template/evaluation/unknown';
import { ownTagKeyProblems, tagValueProblems } from '../../values/core/tag-condition';
import { advancedSettingProblems } from '../../values/plan/advanced-settings-laws';
import { copiesPerRuleProblems, planSizeProblems, tagsPerRuleProblems } from '../../values/plan/plan-laws';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** The size of plans, and their advanced settings and tags. */
export const planSettingChecks: readonly Check[] = checksOf(
  [
    'Backup-PlanWithoutRule',
    'Backup-RulesPerPlan',
    'Backup-TagSelectionsPerPlan',
    'Backup-CopiesPerRule',
    'Backup-TagsPerRule',
    'Backup-TagKey',
    'Backup-TagValue',
    'Backup-AdvancedSetting',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const byTag = tagSelections(inventory);
  for (const plan of inventory.plans) {
    const base = `${plan.place.pathInTemplate}/Properties/BackupPlan`;
    const { rules } = plan;
    // an incomplete list of rules may contain rules that aren't known
    const count = rules.rest ? Math.max(rules.items.length, 1) : rules.items.length;
    for (const problem of inTemplate(planSizeProblems(count, byTag.get(plan.id) ?? 0))) {
      const path = problem.property === TEMPLATE_NAMES.rules ? `${base}/${TEMPLATE_NAMES.rules}` : base;
      yield* detectionsFrom(at(plan.place, path), [problem.with({ fix: undefined })], () => planLabel(plan));
    }
    for (const rule of rules.items) yield* ofRule(plan, rule);
    for (const [index, { resourceType, options }] of plan.advancedSettings.items.entries()) {
      if (resourceType === undefined || isUnknown(resourceType)) continue;
      const known = options.items.map(({ key, value }) => ({
        key: isUnknown(key) ? 'WindowsVSS' : key,
        value: isUnknown(value) || isUnknown(key) ? 'enabled' : value,
      }));
      for (const problem of advancedSettingProblems({ resourceType, options: known })) {
        const place = at(plan.place, `${base}/AdvancedBackupSettings/${index}/${problem.property}`);
        yield* detectionsFrom(place, [problem], () => planLabel(plan));
      }
    }
  }
}

function* ofRule(plan: PlanItem, rule: RuleItem): Iterable<Detection> {
  const of = () => ruleLabel(plan, rule);
  const here = (property: string) => at(plan.place, `${rule.pathInTemplate}/${property}`);
  yield* detectionsFrom(
    here('CopyActions'),
    copiesPerRuleProblems(rule.copies.items.length, 'CopyActions'),
    of,
  );
  const tags = rule.recoveryPointTags.items;
  yield* detectionsFrom(here('RecoveryPointTags'), tagsPerRuleProblems(tags.length, 'RecoveryPointTags'), of);
  for (const { key, value } of tags) {
    if (isUnknown(key)) continue;
    const place = here(`RecoveryPointTags/${key}`);
    yield* detectionsFrom(place, ownTagKeyProblems(key, 'RecoveryPointTags'), of);
    if (!isUnknown(value)) yield* detectionsFrom(place, tagValueProblems(value, 'RecoveryPointTags'), of);
  }
}

/** How many selections of a plan use tags, by the id of the plan. */
function tagSelections(inventory: Inventory): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const selection of inventory.selections) {
    const plan = usesTags(selection) ? linkedPlan(inventory, selection.plan) : undefined;
    if (plan) counts.set(plan.id, (counts.get(plan.id) ?? 0) + 1);
  }
  return counts;
}

function usesTags({ listOfTags, conditions }: SelectionItem): boolean {
  return listOfTags.items.length + conditions.items.length > 0;
}
