import type { Problem } from '../core/problem';
import { QUOTAS, quotaProblems } from '../core/quotas';

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
  return [
    ...problems,
    ...quotaProblems('Backup-RulesPerPlan', words.rules, ruleCount, QUOTAS.rulesPerPlan, {
      whose: `\`${words.rules}\``,
      of: 'a plan',
      fix: 'make a second plan',
    }),
    ...quotaProblems('Backup-TagSelectionsPerPlan', words.tags, tagSelections, QUOTAS.tagSelectionsPerPlan, {
      whose: 'a plan',
      what: 'selections that use tags',
      has: true,
      fix: 'use tags that more resources share',
    }),
  ];
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
  return quotaProblems('Backup-TagsPerRule', property, count, QUOTAS.tagsPerRule, {
    whose: `\`${property}\``,
    what: 'tags',
    of: 'a rule',
    fix: 'AWS Backup copies the tags of the resources besides: leave out what they have already',
  });
}

/** The quota of the copies of a rule. */
export function copiesPerRuleProblems(count: number, property = 'copies'): Problem[] {
  return quotaProblems('Backup-CopiesPerRule', property, count, QUOTAS.copiesPerRule, {
    whose: `\`${property}\``,
    of: 'a rule',
    fix: 'split the rule',
  });
}
