import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { DEPLOYMENTS, GUIDE, LIMITS, planLabel, ruleLabel } from '../../inventory/labels';
import { linkedPlan } from '../../inventory/lookups';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { SelectionItem } from '../../inventory/plan/selections';
import { isUnknown } from '../../template/evaluation/unknown';
import { ownTagKeyProblems, tagValueProblems } from '../../values/core/tag-condition';
import { advancedSettingProblems } from '../../values/plan/advanced-settings-laws';
import { copiesPerRuleProblems, planSizeProblems, tagsPerRuleProblems } from '../../values/plan/plan-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const QUOTAS = 'AWS Backup Developer Guide, Quotas';
const asOf = '2026-09-24';
const why =
  'It stands among the quotas for Organizations policies, and AWS does not say whether plans made directly are held to it.';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-PlanWithoutRule',
    severity: 'error',
    what: 'A plan has no rule.',
    why: 'AWS Backup refuses it.',
    fix: 'add a rule',
    docs: `${GUIDE}creating-a-backup-plan.html`,
    source: 'AWS Backup Developer Guide, Creating a backup plan; aws/aws-cdk#11592',
    asOf,
  },
  {
    id: 'Backup-RulesPerPlan',
    severity: 'warning',
    what: 'A plan has more than 10 rules.',
    why,
    fix: 'make a second plan',
    docs: LIMITS,
    source: QUOTAS,
    asOf,
  },
  {
    id: 'Backup-TagSelectionsPerPlan',
    severity: 'warning',
    what: 'More than 10 selections of a plan select by tag.',
    why,
    fix: 'use tags that more resources share',
    docs: LIMITS,
    source: QUOTAS,
    asOf,
  },
  {
    id: 'Backup-CopiesPerRule',
    severity: 'warning',
    what: 'A rule has more than 5 copies.',
    why,
    fix: 'split the rule',
    docs: LIMITS,
    source: QUOTAS,
    asOf,
  },
  {
    id: 'Backup-TagsPerRule',
    severity: 'warning',
    what: 'A rule gives recovery points more than 10 tags.',
    why: 'AWS documents a quota of 10; a recovery point has 50 tags at most, those of its source included, and a job that exceeds that fails.',
    fix: 'leave out the tags that the resources have already',
    docs: LIMITS,
    source: QUOTAS,
    asOf,
  },
  {
    id: 'Backup-TagKey',
    severity: 'error',
    what: 'A tag of recovery points has a key that is empty, longer than 128 characters, or begins with `aws:`.',
    why: 'AWS Backup refuses it.',
    fix: 'use 1 to 128 characters that do not begin with `aws:`',
    docs: `${GUIDE}API_BackupRuleInput.html`,
    source: 'API reference BackupRuleInput',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-TagValue',
    severity: 'error',
    what: 'A tag of recovery points has a value of more than 256 characters.',
    why: 'AWS Backup refuses it.',
    fix: 'use 256 characters at most',
    docs: `${GUIDE}API_BackupRuleInput.html`,
    source: 'API reference BackupRuleInput',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-AdvancedSetting',
    severity: 'error',
    what: 'An advanced backup setting is not `WindowsVSS` of EC2, or neither enabled nor disabled.',
    why: 'CloudFormation refuses the plan: `Invalid Resource Type`, whatever of it is wrong.',
    fix: 'use `WindowsVSS` with `enabled` or `disabled` for EC2, and nothing else',
    docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-backup-backupplan-advancedbackupsettingresourcetype.html',
    source: `${DEPLOYMENTS}; aws-cloudformation/cloudformation-coverage-roadmap#2507`,
    asOf,
  },
];

/** How much a plan holds, and what it sets. */
export const planSettingChecks: readonly Check[] = subject(FACTS, look);

const WORDS = { rules: 'BackupPlanRule', tags: 'ListOfTags' };

function* look(inventory: Inventory): Iterable<Seen> {
  const byTag = tagSelections(inventory);
  for (const plan of inventory.plans) {
    const base = `${plan.place.pathInTemplate}/Properties/BackupPlan`;
    const { rules } = plan;
    // where there may be more rules than are known, none is known to be missing
    const count = rules.rest ? Math.max(rules.items.length, 1) : rules.items.length;
    for (const problem of planSizeProblems(count, byTag.get(plan.id) ?? 0, WORDS)) {
      const path = problem.property === WORDS.rules ? `${base}/${WORDS.rules}` : base;
      yield* told(at(plan.place, path), [{ ...problem, fix: undefined }], () => planLabel(plan));
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
        yield* told(place, [problem], () => planLabel(plan));
      }
    }
  }
}

function* ofRule(plan: PlanItem, rule: RuleItem): Iterable<Seen> {
  const of = () => ruleLabel(plan, rule);
  const here = (property: string) => at(plan.place, `${rule.pathInTemplate}/${property}`);
  yield* told(here('CopyActions'), copiesPerRuleProblems(rule.copies.items.length, 'CopyActions'), of);
  const tags = rule.recoveryPointTags.items;
  yield* told(here('RecoveryPointTags'), tagsPerRuleProblems(tags.length, 'RecoveryPointTags'), of);
  for (const { key, value } of tags) {
    if (isUnknown(key)) continue;
    const place = here(`RecoveryPointTags/${key}`);
    yield* told(place, ownTagKeyProblems(key, 'RecoveryPointTags'), of);
    if (!isUnknown(value)) yield* told(place, tagValueProblems(value, 'RecoveryPointTags'), of);
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
