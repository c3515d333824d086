import type { BackupRule } from '../../resources/plan/backup-rule';
import { ofRule } from '../../resources/plan/plan-laws';
import { lockOf, vaultLabel } from '../../resources/vault/vault-facts';
import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { lockRangeProblems } from '../../values/vault/vault-lock';
import type { OrganizationBackupPlanOptions } from '../core/organization-backup-plan-options';
import { destinationArnOf, needsPlanPerRegion, REGION_PLACEHOLDER, vaultNameOf } from './plan-names';
import { LITERAL_FIX, targetError, targetUnknown } from './policy-target';

/** What a backup policy can't express about the copies of a rule. */
export function copyTargetProblems(rule: BackupRule, plan: OrganizationBackupPlanOptions): Problem[] {
  const problems: Problem[] = [];
  const destinations = new Set<string>();
  for (const copy of rule.copies) {
    const arn = destinationArnOf(copy);
    if (!isKnown(arn)) {
      const fix = 'use `CopyAction.toVaultArn` with a literal ARN, which becomes a key in the policy';
      problems.push(targetUnknown('copies', rule.name, fix));
      continue;
    }
    if (destinations.has(arn.toLowerCase()))
      problems.push(
        targetError(
          'copies',
          rule.name,
          `must list each destination once, got ${show(arn)} twice`,
          'remove one of them',
        ),
      );
    destinations.add(arn.toLowerCase());
    for (const [property, days] of [
      ['retention', copy.retention.inDays],
      ['coldStorageAfter', copy.coldStorageAfterDays],
    ] as const)
      if (!isKnown(days)) problems.push(targetUnknown(`copies.${property}`, rule.name, LITERAL_FIX));
    problems.push(...ownVaultProblems(arn, rule, plan));
  }
  return problems;
}

/** A copy to one Region goes to the source vault itself in the plans of that Region. */
function ownVaultProblems(
  destination: string,
  rule: BackupRule,
  plan: OrganizationBackupPlanOptions,
): Problem[] {
  const perRegion = needsPlanPerRegion(plan);
  const vault = vaultNameOf(rule, plan) ?? '';
  const own = plan.regions.filter((region) => {
    const fill = (text: string) => (perRegion ? text.replaceAll(REGION_PLACEHOLDER, region) : text);
    return fill(destination).endsWith(`:${region}:$account:backup-vault:${fill(vault)}`);
  });
  if (own.length === 0) return [];
  return [
    problem({
      id: 'Backup-PolicyOwnVault',
      property: 'copies',
      message: (label) =>
        `${label('copies')} of ${show(rule.name)} go to the vault they come from, in ${own.join(', ')}`,
      fix: `use a separate plan for ${own.length === 1 ? 'this Region' : 'these Regions'}`,
    }),
  ];
}

/** Copies to a vault of the app whose lock makes them fail. */
export function copyLockProblems(rule: BackupRule): Problem[] {
  return rule.copies.flatMap((copy) => {
    const lock = copy._vault && lockOf(copy._vault);
    if (!copy._vault || !lock) return [];
    return lockRangeProblems(copy.retention.inDays, lock, 'retention', vaultLabel(copy._vault)).map(
      (problem) => ofRule(rule, problem, 'a copy of '),
    );
  });
}
