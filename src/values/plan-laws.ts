import type { Problem } from './problem';
import { QUOTAS } from './quotas';

/**
 * The law of a whole plan: at least one rule, and no more rules and selections by tag than the quotas allow.
 *
 * Sources: AWS refuses a plan without rules (aws/aws-cdk#11592); Developer Guide "Quotas", 2026-09.
 */
export function planSizeProblems(
  ruleCount: number,
  tagSelections: number,
  words: { readonly rules: string; readonly tags: string } = { rules: 'rules', tags: 'tags' },
): Problem[] {
  const problems: Problem[] = [];
  if (ruleCount === 0)
    problems.push({
      id: 'Backup-PlanWithoutRule',
      severity: 'error',
      property: words.rules,
      message: `\`${words.rules}\` must have at least one rule, got none`,
      fix: 'add one with `addRule(BackupRule.daily({ retention: Retention.days(35) }))`',
    });
  const { rulesPerPlan, tagSelectionsPerPlan } = QUOTAS;
  if (ruleCount > rulesPerPlan.max)
    problems.push({
      id: 'Backup-RulesPerPlan',
      severity: rulesPerPlan.severity,
      property: words.rules,
      message: `\`${words.rules}\` should be at most ${rulesPerPlan.max}, got ${ruleCount}, which exceeds AWS Backup's quota for a plan`,
      fix: 'make a second plan',
    });
  if (tagSelections > tagSelectionsPerPlan.max)
    problems.push({
      id: 'Backup-TagSelectionsPerPlan',
      severity: tagSelectionsPerPlan.severity,
      property: words.tags,
      message: `a plan should have at most ${tagSelectionsPerPlan.max} selections that use tags, got ${tagSelections}, which exceeds AWS Backup's quota`,
      fix: 'use tags that more resources share',
    });
  return problems;
}

/** The law of the names of the rules of a plan. AWS Backup tells rules apart by their names in its console. */
export function duplicateRuleNameProblems(names: readonly string[], property = 'rules'): Problem[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) (seen.has(name) ? twice : seen).add(name);
  return [...twice].map((name) => ({
    id: 'Backup-DuplicateRuleName',
    severity: 'error',
    property,
    message: `\`${property}\` must have different names, got \`${name}\` twice`,
    fix: 'give one of them a `name`',
  }));
}

/** The quota of the tags that a rule gives recovery points. */
export function tagsPerRuleProblems(count: number, property: string): Problem[] {
  const { max, severity } = QUOTAS.tagsPerRule;
  if (count <= max) return [];
  return [
    {
      id: 'Backup-TagsPerRule',
      severity,
      property,
      message: `\`${property}\` should be at most ${max} tags, got ${count}, which exceeds AWS Backup's quota for a rule`,
      fix: 'AWS Backup copies the tags of the resources besides: leave out what they have already',
    },
  ];
}

/** The quota of the copies of a rule. */
export function copiesPerRuleProblems(count: number, property = 'copies'): Problem[] {
  const { max, severity } = QUOTAS.copiesPerRule;
  if (count <= max) return [];
  return [
    {
      id: 'Backup-CopiesPerRule',
      severity,
      property,
      message: `\`${property}\` should be at most ${max}, got ${count}, which exceeds AWS Backup's quota for a rule`,
      fix: 'split the rule',
    },
  ];
}
