import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import { QUOTAS, quotaProblems } from '../core/quotas';

/**
 * The law for the size of a plan: at least one rule, and no more rules and tag selections than the quotas allow.
 *
 * Sources: AWS rejects a plan without rules (aws/aws-cdk#11592); Developer Guide "Quotas", 2026-09.
 */
export function planSizeProblems(ruleCount: number, tagSelections: number): Problem[] {
  const problems: Problem[] = [];
  if (ruleCount === 0)
    problems.push(
      problem({
        id: 'Backup-PlanWithoutRule',
        property: 'rules',
        message: (label) => `${label('rules')} must have at least one rule, got none`,
        fix: 'add one with `addRule(BackupRule.daily({ retention: Retention.days(35) }))`',
      }),
    );
  return [
    ...problems,
    ...quotaProblems('Backup-RulesPerPlan', 'rules', ruleCount, QUOTAS.rulesPerPlan, {
      whose: (label) => label('rules'),
      of: 'a plan',
      fix: 'create a second plan',
    }),
    ...quotaProblems('Backup-TagSelectionsPerPlan', 'tags', tagSelections, QUOTAS.tagSelectionsPerPlan, {
      whose: 'a plan',
      what: 'selections that use tags',
      has: true,
      fix: 'use tags that more resources share',
    }),
  ];
}

/** A plan without selections backs up nothing. Selections can belong to other apps. */
export function unusedPlanProblems(selections: number): Problem[] {
  if (selections > 0) return [];
  return [
    problem({
      id: 'Backup-PlanWithoutSelection',
      property: 'selections',
      message: (label) =>
        `${label('selections')} must have at least one selection to back up anything, got none in this app`,
      fix: 'add one with `addSelection()`',
    }),
  ];
}

/** The law for the names of the rules of a plan, by which the AWS Backup console distinguishes them. */
export function duplicateRuleNameProblems(names: readonly string[], property = 'rules'): Problem[] {
  const unique = new Set<string>();
  const duplicates = new Set<string>();
  for (const name of names) (unique.has(name) ? duplicates : unique).add(name);
  return [...duplicates].map((name) =>
    problem({
      id: 'Backup-DuplicateRuleName',
      property,
      message: (label) => `${label(property)} should have unique names, got \`${name}\` twice`,
      fix: 'give one of them another `name`',
    }),
  );
}

/** The law for the number of tags that a rule adds to recovery points. */
export function tagsPerRuleProblems(count: number, property: string): Problem[] {
  return quotaProblems('Backup-TagsPerRule', property, count, QUOTAS.tagsPerRule, {
    whose: (label) => label(property),
    what: 'tags',
    of: 'a rule',
    fix: 'leave out tags that the resources already have, since AWS Backup copies those too',
  });
}

/** The law for the number of copies of a rule. */
export function copiesPerRuleProblems(count: number, property = 'copies'): Problem[] {
  return quotaProblems('Backup-CopiesPerRule', property, count, QUOTAS.copiesPerRule, {
    whose: (label) => label(property),
    of: 'a rule',
    fix: 'split the rule',
  });
}
