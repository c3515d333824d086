import { Stack, Stage } from 'aws-cdk-lib';
import type { IBackupVaultRef, ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import {
  copyIntoSourceProblem,
  copyPartitionProblems,
  vaultEnvironmentProblem,
} from '../../values/copy/copy-laws';
import { isKnown } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { duplicateRuleNameProblems } from '../../values/plan/plan-laws';
import { lockRangeProblems } from '../../values/vault/vault-lock';
import { flagProblems, listProblems, propsProblems, requiredKindProblems } from '../core/argument-checks';
import { lateChangeProblems } from '../core/enforce';
import { roleProblems } from '../role/selection-role';
import { differentEnvironment, lockOf, resourceOf, vaultLabel } from '../vault/vault-facts';
import { destinationProblems } from '../vault/vault-reference';
import type { BackupPlanProps } from './backup-plan-props';
import { BackupRule } from './backup-rule';
import type { CopyAction } from './copy-action';
import { copyInRuleProblems, vaultKindProblems } from './rule-laws';
import { scanSettingsKindProblems } from './scan-laws';

type VaultRef = IBackupVaultRef | ILogicallyAirGappedBackupVaultRef;

/** Checks the types of the properties of a plan, for untyped callers. */
export function planKindProblems(props: BackupPlanProps): Problem[] {
  const wrong = propsProblems('Backup-PlanProps', props);
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(props, 'BackupPlanProps'),
    ...vaultKindProblems(props.vault),
    ...listProblems(props.rules, isRule, { ...RULE, property: 'rules' }),
    ...flagProblems('Backup-WindowsVss', 'windowsVss', props.windowsVss),
    ...scanSettingsKindProblems(props.scanSettings),
    ...roleProblems(props.role),
  ];
}

/** Checks a rule that is added to a plan: its kind, and that the template isn't written yet. */
export function addedRuleProblems(plan: IConstruct, rule: unknown): Problem[] {
  return [
    ...requiredKindProblems(rule, isRule, { ...RULE, property: 'rule' }),
    ...lateChangeProblems(plan, 'rule'),
  ];
}

const isRule = (value: unknown) => value instanceof BackupRule;
const RULE = {
  id: 'Backup-PlanRule',
  what: 'a `BackupRule`',
  fix: 'for example, use `BackupRule.daily({ retention: Retention.days(35) })`',
} as const;

/** What AWS Backup accepts as a rule of a plan, as far as the constructor can tell. */
export function ruleInPlanProblems(
  plan: IConstruct,
  rule: BackupRule,
  vault: IBackupVaultRef | undefined,
  others: readonly BackupRule[],
): Problem[] {
  const problems: Problem[] = rule._warnings.map((problem) => ofRule(rule, problem));
  if (!vault)
    problems.push(
      problem({
        id: 'Backup-RuleWithoutVault',
        property: 'vault',
        message: (label) =>
          `${label('vault')} must be set on the rule \`${rule.name}\` or on the plan, got neither`,
        fix: 'create a vault with `new BackupVault(this, …)`',
      }),
    );
  if (others.some((other) => other.name === rule.name))
    problems.push(...duplicateRuleNameProblems([rule.name, rule.name]));
  if (vault) problems.push(...targetProblems(plan, rule, 'vault', vault));
  if (rule.airGappedVault)
    problems.push(...targetProblems(plan, rule, 'airGappedVault', rule.airGappedVault));
  for (const copy of rule.copies) problems.push(...copyProblems(plan, rule, copy, vault));
  return problems;
}

function targetProblems(plan: IConstruct, rule: BackupRule, property: string, target: VaultRef): Problem[] {
  const problems: Problem[] = stageOfTargetProblems(plan, rule, property, target);
  const elsewhere = differentEnvironment(plan, target);
  if (elsewhere) problems.push(ofRule(rule, vaultEnvironmentProblem(elsewhere, property)));
  const lock = lockOf(target);
  if (lock)
    problems.push(
      ...lockRangeProblems(rule.retention.inDays, lock, 'retention', vaultLabel(target)).map((problem) =>
        ofRule(rule, problem),
      ),
    );
  return problems;
}

/** CDK can't refer to another stage. */
function stageOfTargetProblems(
  plan: IConstruct,
  rule: BackupRule,
  property: string,
  target: VaultRef,
): Problem[] {
  const there = otherStage(plan, target);
  if (there === undefined) return [];
  return [
    ofRule(
      rule,
      problem({
        id: 'Backup-VaultStage',
        property,
        message: (label) =>
          `${label(property)} must be in the stage of the plan, got ${vaultLabel(target)} ${there}`,
        fix: 'create a vault in the stage of the plan, or refer to it with `BackupVault.fromBackupVaultName`',
      }),
    ),
  ];
}

/** Copies work across stages, which CDK deploys independently. */
function stageOfCopyProblems(plan: IConstruct, rule: BackupRule, destination: VaultRef): Problem[] {
  const there = otherStage(plan, destination);
  if (there === undefined) return [];
  return [
    ofRule(
      rule,
      problem({
        id: 'Backup-CopyStage',
        property: 'copies',
        message: (label) =>
          `${label('copies')} has ${vaultLabel(destination)} ${there}, which CDK deploys independently`,
        fix: 'deploy that stage first',
      }),
    ),
  ];
}

/** Where a vault of the app is, if it is in another stage. */
function otherStage(plan: IConstruct, vault: VaultRef): string | undefined {
  const [here, there] = [Stage.of(plan), Stage.of(vault)];
  if (here === there || !there || !resourceOf(vault)) return undefined;
  return there.node.path ? `in the stage \`${there.node.path}\`` : 'outside of the stage';
}

function copyProblems(
  plan: IConstruct,
  rule: BackupRule,
  copy: CopyAction,
  source: IBackupVaultRef | undefined,
): Problem[] {
  const destination = copy._vault;
  const lock = destination && lockOf(destination);
  const monthlyOrRarer = copy.archive ? rule.schedule._isMonthlyOrRarer() : undefined;
  const problems = copyInRuleProblems(copy, { ...rule, monthlyOrRarer });
  if (destination && lock)
    problems.push(...lockRangeProblems(copy.retention.inDays, lock, 'retention', vaultLabel(destination)));
  return [
    ...problems.map((problem) => ofRule(rule, problem, 'a copy of ')),
    ...placeholderProblems(rule, copy),
    ...(source && isCopyToSource(plan, copy, source) ? [ofRule(rule, copyIntoSourceProblem())] : []),
    ...partitionProblems(plan, rule, copy),
    ...(destination ? destinationProblems(plan, destination).map((each) => ofRule(rule, each)) : []),
    ...(destination ? stageOfCopyProblems(plan, rule, destination) : []),
  ];
}

/** Placeholders that only AWS Organizations replaces. */
function placeholderProblems(rule: BackupRule, { destinationVaultArn: arn }: CopyAction): Problem[] {
  const found = isKnown(arn) ? /\$(account|region)/.exec(arn)?.[0] : undefined;
  if (found === undefined) return [];
  return [
    problem({
      id: 'Backup-VaultArn',
      property: 'copies',
      message: (label) =>
        `${label('copies')} of the rule \`${rule.name}\` must contain the account and the Region of its destination, got \`${found}\`, which is replaced only in organization backup policies`,
      fix: 'use the ARN with its account and Region',
    }),
  ];
}

/** Whether the destination of a copy is known to be its source vault. */
export function isCopyToSource(plan: IConstruct, copy: CopyAction, source: IBackupVaultRef): boolean {
  const destination = copy._vault;
  if (destination === source) return true;
  const arn = copy.destinationVaultArn;
  if (arn === source.backupVaultRef.backupVaultArn) return true;
  if (!destination && !isKnown(arn)) return false;

  // the name of a vault is unique in its account and Region
  const [, , , region, account, , name] = arn.split(':');
  const there = destination ? { ...destination.env, name: nameOf(destination) } : { region, account, name };
  const here = Stack.of(plan);
  if (there.name !== nameOf(source)) return false;
  if (isKnown(there.account) && isKnown(there.region))
    return there.account === here.account && there.region === here.region;
  return destination !== undefined && Stack.of(destination) === here;
}

/** The name of a vault, literal if it is known. */
export function nameOf(vault: VaultRef): string {
  const { backupVaultName } = (resourceOf(vault) ?? {}) as { backupVaultName?: string };
  if (backupVaultName !== undefined) return backupVaultName;
  return 'backupVaultRef' in vault
    ? vault.backupVaultRef.backupVaultName
    : vault.logicallyAirGappedBackupVaultRef.backupVaultName;
}

/** Copies can't leave the partition, such as AWS China or GovCloud. */
function partitionProblems(plan: IConstruct, rule: BackupRule, copy: CopyAction): Problem[] {
  const { region: here } = Stack.of(plan);
  return copyPartitionProblems(here, destinationPartition(copy)).map((problem) => ofRule(rule, problem));
}

/** The partition of the destination of a copy; undefined if unknown. */
export function destinationPartition(copy: CopyAction): string | undefined {
  return copy._vault ? regionPartition(copy._vault.env.region) : arnPartition(copy.destinationVaultArn);
}

function regionPartition(region: string): string | undefined {
  return isKnown(region) ? partitionOf(region) : undefined;
}

function arnPartition(arn: string): string | undefined {
  return isKnown(arn) ? arn.split(':')[1] : undefined;
}

/** The problem, with the rule that it is about. */
export function ofRule(rule: BackupRule, problem: Problem, which = ''): Problem {
  return problem.as({ of: `${which}the rule \`${rule.name}\`` });
}
