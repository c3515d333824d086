import { Token } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { type CapabilityAsks, type CopyAsk, capabilityProblems } from '../values/capability-laws';
import type { Problem } from '../values/problem';
import { QUOTAS } from '../values/quotas';
import type { ResourceType } from '../values/resource-type';
import { lockRangeProblems } from '../values/vault-lock';
import type { BackupRule } from './backup-rule';
import type { CopyAction } from './copy-action';
import { differentEnvironment, isAirGapped, lockOf, partitionOf, vaultLabel } from './vault-facts';

/** A plan as these laws see it: where it is. */
type PlanPlace = IConstruct & { readonly env: { account: string; region: string } };

/** What can be told of a rule as soon as it is added to a plan. */
export function ruleInPlanProblems(
  plan: PlanPlace,
  rule: BackupRule,
  vault: IBackupVaultRef | undefined,
  others: readonly BackupRule[],
): Problem[] {
  const problems: Problem[] = [...rule._warnings];
  if (!vault)
    problems.push({
      id: 'Backup-RuleWithoutVault',
      severity: 'error',
      property: 'vault',
      message: `\`vault\` must be said for the rule \`${rule.name}\` or for the plan, got neither`,
      fix: 'make one with `new BackupVault(this, …)`',
    });
  if (others.some((other) => other.name === rule.name))
    problems.push({
      id: 'Backup-DuplicateRuleName',
      severity: 'error',
      property: 'rules',
      message: `\`rules\` must have different names, got \`${rule.name}\` twice`,
      fix: 'give one of them a `name`',
    });
  if (vault) problems.push(...targetProblems(plan, rule, vault));
  for (const copy of rule.copies) problems.push(...copyProblems(plan, rule, copy, vault));
  return problems;
}

function targetProblems(plan: IConstruct, rule: BackupRule, vault: IBackupVaultRef): Problem[] {
  const problems: Problem[] = [];
  for (const target of rule.airGappedVault ? [vault, rule.airGappedVault] : [vault]) {
    const elsewhere = differentEnvironment(plan, target);
    if (elsewhere)
      problems.push({
        id: 'Backup-VaultEnvironment',
        severity: 'error',
        property: 'vault',
        message: `\`vault\` of the rule \`${rule.name}\` must be in the ${elsewhere.what} of the plan (${elsewhere.here}), got ${elsewhere.there}`,
        fix: 'back up into a vault beside the plan, and copy from there with `copies`',
      });
    const lock = lockOf(target);
    if (lock)
      problems.push(
        ...lockRangeProblems(rule.retention.inDays, lock, `retention`, vaultLabel(target)).map((problem) =>
          ofRule(rule, problem),
        ),
      );
  }
  return problems;
}

function copyProblems(
  plan: PlanPlace,
  rule: BackupRule,
  copy: CopyAction,
  source: IBackupVaultRef | undefined,
): Problem[] {
  const problems: Problem[] = [];
  const destination = copy._vault;
  const lock = destination && lockOf(destination);
  if (destination && lock)
    problems.push(
      ...lockRangeProblems(copy.retention.inDays, lock, 'retention', vaultLabel(destination)).map((problem) =>
        ofRule(rule, problem, 'the copy of '),
      ),
    );
  if (source && intoItself(plan, copy, source))
    problems.push({
      id: 'Backup-CopyIntoSource',
      severity: 'warning',
      property: 'copies',
      message: `\`copies\` of the rule \`${rule.name}\` copies into the vault that the recovery points are in already`,
      fix: 'copy into a vault of another Region or account, or leave the copy out',
    });
  problems.push(...partitionProblems(plan, rule, copy));
  return problems;
}

function intoItself(plan: PlanPlace, copy: CopyAction, source: IBackupVaultRef): boolean {
  if (copy._vault === source) return true;
  const arn = copy.destinationVaultArn;
  if (arn === source.backupVaultRef.backupVaultArn) return true;
  if (Token.isUnresolved(arn)) return false;
  // a vault of this app has a literal name: compare it part by part with a literal ARN
  const [, , , region, account, , name] = arn.split(':');
  const { physicalName } = source as { physicalName?: string };
  const own = physicalName ?? source.backupVaultRef.backupVaultName;
  return own === name && plan.env.region === region && plan.env.account === account;
}

/** Copies stay within the partition: nothing goes from or to China or GovCloud. */
function partitionProblems(plan: PlanPlace, rule: BackupRule, copy: CopyAction): Problem[] {
  const arn = copy.destinationVaultArn;
  const there = copy._vault?.env.region ?? (Token.isUnresolved(arn) ? undefined : arn.split(':')[3]);
  const here = plan.env.region;
  if (there === undefined || Token.isUnresolved(there) || Token.isUnresolved(here)) return [];
  if (partitionOf(here) === partitionOf(there)) return [];
  return [
    {
      id: 'Backup-CopyPartition',
      severity: 'error',
      property: 'copies',
      message: `\`copies\` of the rule \`${rule.name}\` must stay in the partition of the plan (${partitionOf(here)}), got a vault in ${there} (${partitionOf(there)})`,
    },
  ];
}

/** The same problem, with the rule it is about. */
function ofRule(rule: BackupRule, problem: Problem, which = ''): Problem {
  const quoted = `\`${problem.property}\``;
  return {
    ...problem,
    message: problem.message.replace(quoted, () => `${quoted} of ${which}\`${rule.name}\``),
  };
}

/**
 * What the selected types can't do of what a rule asks.
 *
 * @param types what the selections name; those that tags alone select aren't known
 */
export function ruleCapabilityProblems(
  plan: PlanPlace,
  rule: BackupRule,
  types: readonly ResourceType[],
): Problem[] {
  const asks: CapabilityAsks = {
    continuous: rule.isContinuous,
    coldStorage: rule.coldStorageAfterDays !== undefined,
    archive: rule.archive,
    copies: rule.copies.map((copy) => copyAsk(plan, copy)),
    airGappedPrimary: rule.airGappedVault !== undefined,
    index: rule.index && [rule.index.name],
  };
  return capabilityProblems(types, asks).map((problem) => ofRule(rule, problem));
}

function copyAsk(plan: PlanPlace, copy: CopyAction): CopyAsk {
  const arn = copy.destinationVaultArn;
  const [, , , region, account] = Token.isUnresolved(arn) ? [] : arn.split(':');
  const { env } = copy._vault ?? { env: { region, account } };
  const differs = (here: string, there: string | undefined) =>
    there === undefined || Token.isUnresolved(here) || Token.isUnresolved(there) ? undefined : here !== there;
  return {
    crossRegion: differs(plan.env.region, env.region),
    crossAccount: differs(plan.env.account, env.account),
    airGapped: isAirGapped(copy._vault),
  };
}

/** What can be told of a plan when nothing is added any more. */
export function completePlanProblems(ruleCount: number, tagSelections: number): Problem[] {
  const problems: Problem[] = [];
  if (ruleCount === 0)
    problems.push({
      id: 'Backup-PlanWithoutRule',
      severity: 'error',
      property: 'rules',
      message: '`rules` must have at least one rule, got none',
      fix: 'add one with `addRule(BackupRule.daily({ retention: Retention.days(35) }))`',
    });
  const { rulesPerPlan, tagSelectionsPerPlan } = QUOTAS;
  if (ruleCount > rulesPerPlan.max)
    problems.push({
      id: 'Backup-RulesPerPlan',
      severity: rulesPerPlan.severity,
      property: 'rules',
      message: `\`rules\` should be at most ${rulesPerPlan.max}, got ${ruleCount}, which exceeds AWS Backup's quota for a plan`,
      fix: 'make a second plan',
    });
  if (tagSelections > tagSelectionsPerPlan.max)
    problems.push({
      id: 'Backup-TagSelectionsPerPlan',
      severity: tagSelectionsPerPlan.severity,
      property: 'tags',
      message: `a plan should have at most ${tagSelectionsPerPlan.max} selections that use tags, got ${tagSelections}, which exceeds AWS Backup's quota`,
      fix: 'use tags that more resources share',
    });
  return problems;
}
