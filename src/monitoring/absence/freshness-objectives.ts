import { Token } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { BackupPlan } from '../../resources/plan/backup-plan';
import type { BackupRule } from '../../resources/plan/backup-rule';
import { vaultLabel } from '../../resources/vault/vault-facts';
import { isKnown } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { completionMinutes, LATENESS_MINUTES } from './absence-window';
import { vaultOf } from './backup-absence-alarm-laws';
import type { BackupFreshnessCheckProps, FreshnessVaultOptions } from './backup-freshness-check-props';

/** More than AWS Backup accepts for a retention in days, as the function knows it: forever. */
const FOREVER = 36_501;
const ALL_YEARS = 230;

/** A rule, and the plan that it is in. */
export interface WatchedRule {
  readonly plan: BackupPlan;
  readonly rule: BackupRule;
}

/** What the function compares, as it gets it. */
export interface ObjectiveInput {
  readonly tier: string;
  readonly what: string;
  readonly vault: string;
  readonly [key: string]: unknown;
}

/** The rules of plans and of their companions for types that air-gapped vaults don't support. */
export function rulesOf(plans: readonly BackupPlan[]): WatchedRule[] {
  return plans
    .flatMap((plan) => [plan, ...(plan.withoutAirGap ? [plan.withoutAirGap] : [])])
    .flatMap((plan) => plan.rules.map((rule) => ({ plan, rule })));
}

/** The rules whose objective follows from what is known at synthesis. */
export function checkableRules(plans: readonly BackupPlan[], longestBackup?: number): WatchedRule[] {
  return rulesOf(plans).filter(({ rule }) => reasonAgainst(rule, longestBackup) === undefined);
}

function reasonAgainst(rule: BackupRule, longestBackup?: number): string | undefined {
  const zone = rule.schedule.timeZone?.timezoneName;
  if (!rule.schedule._cron || !isKnown(zone) || completionMinutes(rule, longestBackup) === undefined)
    return 'its schedule or its windows are known only at deployment';
  if (rule.airGappedVault) return 'its recovery points are in a logically air-gapped vault';
  return undefined;
}

/** The objective of a rule. */
export function objectiveOf({ plan, rule }: WatchedRule, longestBackup?: number): ObjectiveInput {
  const within = completionMinutes(rule, longestBackup) as number;
  const { years = [], ...cron } = rule.schedule._cron ?? {};
  const keep = rule.retention.inDays ?? FOREVER;
  return {
    tier: plan.backupPlanName,
    what: `rule ${rule.name} of plan ${plan.backupPlanName}`,
    vault: vaultOf(plan, rule).backupVaultRef.backupVaultName,
    schedule: {
      ...cron,
      years: years.length === ALL_YEARS ? undefined : years,
      zone: rule.schedule.timeZone?.timezoneName,
    },
    within,
    keep: Token.isUnresolved(keep) ? undefined : keep,
    continuous: rule.isContinuous || undefined,
    // a job that ends after the next run has begun looks like that run
    decidedByLastBackup:
      (!rule.isContinuous && within < (rule.schedule._minimumGapMinutes() ?? 0)) || undefined,
  };
}

/** The plans whose selections are compared with what was backed up, each with the indexes of its rules. */
export function planInputs(rules: readonly WatchedRule[]): object[] {
  return plansOf(rules).map((plan) => ({
    id: plan.backupPlanRef.backupPlanId,
    name: plan.backupPlanName,
    objectives: rules.flatMap((rule, index) => (rule.plan === plan ? [index] : [])),
  }));
}

/** Each plan of some rules once. */
export function plansOf(rules: readonly WatchedRule[]): BackupPlan[] {
  return [...new Set(rules.map(({ plan }) => plan))];
}

/** The objective of a vault. */
export function objectiveOfVault({ vault, maxAge, tier }: FreshnessVaultOptions): ObjectiveInput {
  const name = vault.backupVaultRef.backupVaultName;
  return { tier: tier ?? name, what: `vault ${name}`, vault: name, maxAge: maxAge.toMinutes() };
}

/** The vaults that the function reads. */
export function watchedVaults(
  rules: readonly WatchedRule[],
  vaults: readonly FreshnessVaultOptions[],
): IBackupVaultRef[] {
  return [
    ...new Set([...rules.map(({ plan, rule }) => vaultOf(plan, rule)), ...vaults.map(({ vault }) => vault)]),
  ];
}

/** How long after the scheduled time of a run a miss is found at the latest, in minutes. */
export function detectionMinutes(
  rules: readonly WatchedRule[],
  intervalMinutes: number,
  longestBackup?: number,
): number {
  const within = rules.map(({ rule }) => completionMinutes(rule, longestBackup) ?? 0);
  return Math.max(0, ...within) + LATENESS_MINUTES + intervalMinutes + LATENESS_MINUTES;
}

/** The longest input of a target of EventBridge. Source: EventBridge API Reference, Target, 2026-11. */
const MAX_INPUT = 8_192;

/** What is known at synthesis. */
export function completeCheckProblems(
  plans: readonly BackupPlan[],
  { vaults = [], restoreTests = [], copySources = [] }: BackupFreshnessCheckProps,
  inputLength: number,
  longestBackup?: number,
): Problem[] {
  const problems = rulesOf(plans).flatMap(({ plan, rule }) => {
    const reason = reasonAgainst(rule, longestBackup);
    if (reason === undefined) return [];
    return [
      problem({
        id: 'Backup-FreshnessRule',
        property: 'plans',
        message: (label) =>
          `${label('plans')} has the rule \`${rule.name}\` of \`${plan.node.path}\`, which is not checked: ${reason}`,
        fix: `watch ${vaultLabel(rule.airGappedVault ?? vaultOf(plan, rule))} by age, with \`vaults\``,
      }),
    ];
  });
  if (vaults.length + restoreTests.length + copySources.length === 0 && rulesOf(plans).length === 0)
    problems.push(
      problem({
        id: 'Backup-FreshnessNothing',
        property: 'plans',
        message: (label) => `${label('plans')} has no rules, so there is nothing to check`,
        fix: 'add rules to the plans',
      }),
    );
  if (inputLength > MAX_INPUT)
    problems.push(
      problem({
        id: 'Backup-FreshnessSize',
        property: 'plans',
        message: (label) =>
          `${label('plans')} and \`vaults\` must fit in ${MAX_INPUT} characters of JSON, got ${inputLength}`,
        fix: 'use several checks',
      }),
    );
  return problems;
}
