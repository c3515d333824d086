import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { needsRegions, vaultOf } from './policy-plans';
import type { PolicyCopySource, PolicyPlanSource, PolicyRuleSource } from './policy-sources';
import { LITERAL_FIX, targetError, targetUnknown } from './policy-target';

/** What a backup policy can't say of the copies of a rule. */
export function copyTargetProblems(rule: PolicyRuleSource, plan: PolicyPlanSource): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const copy of rule.copies) {
    const arn = copy.destinationVaultArn;
    if (!isKnown(arn)) {
      problems.push(
        targetUnknown(
          'copies',
          rule.name,
          'use `CopyAction.toVaultArn` with a literal ARN: it is a key of the policy',
        ),
      );
      continue;
    }
    if (seen.has(arn.toLowerCase()))
      problems.push(
        targetError(
          'copies',
          rule.name,
          `must have each destination once, got ${show(arn)} twice`,
          'keep one of them',
        ),
      );
    seen.add(arn.toLowerCase());
    for (const [property, days] of [
      ['retention', copy.retention.inDays],
      ['coldStorageAfter', copy.coldStorageAfterDays],
    ] as const)
      if (!isKnown(days)) problems.push(targetUnknown(`copies.${property}`, rule.name, LITERAL_FIX));
    problems.push(...ownVaultProblems(copy, rule, plan));
  }
  return problems;
}

/** A copy of one Region is a copy into the own vault there, where the plan is for that Region too. */
function ownVaultProblems(copy: PolicyCopySource, rule: PolicyRuleSource, plan: PolicyPlanSource): Problem[] {
  const regional = needsRegions(plan);
  const vault = vaultOf(rule, plan.vaultName);
  const own = plan.regions.filter((region) => {
    const fill = (text: string) => (regional ? text.replaceAll('$region', region) : text);
    return fill(copy.destinationVaultArn).endsWith(`:${region}:$account:backup-vault:${fill(vault ?? '')}`);
  });
  if (own.length === 0) return [];
  return [
    {
      id: 'Backup-PolicyOwnVault',
      severity: 'warning',
      property: 'copies',
      message: `\`copies\` of ${show(rule.name)} go into the vault that they come from, in ${own.join(', ')}`,
      fix: `make a plan of its own for ${own.length === 1 ? 'this Region' : 'these Regions'}`,
    },
  ];
}
