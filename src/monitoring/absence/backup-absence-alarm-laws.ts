import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { requiredKindProblems, textProblems } from '../../resources/core/argument-checks';
import { BackupPlan } from '../../resources/plan/backup-plan';
import type { BackupRule } from '../../resources/plan/backup-rule';
import { resourceOf, vaultLabel } from '../../resources/vault/vault-facts';
import { isKnown, readMinutes, show } from '../../values/core/amounts';
import { enumerate } from '../../values/core/enumeration';
import { type Problem, problem } from '../../values/core/problem';
import { topicProblems } from '../core/topic-permission';
import { type AbsenceReading, absenceWindow } from './absence-window';
import type { BackupAbsenceAlarmProps } from './backup-absence-alarm-props';

const CHECK = 'use a `BackupFreshnessCheck`, which tells the rules apart';

/** Checks what does not depend on the rule. */
export function absenceAlarmProblems(scope: IConstruct, props: BackupAbsenceAlarmProps): Problem[] {
  const { plan, ruleName, longestBackup } = props ?? {};
  const wrong = requiredKindProblems(plan, (value: unknown) => value instanceof BackupPlan, {
    id: 'Backup-AbsencePlan',
    property: 'plan',
    what: 'a `BackupPlan` of this library',
    fix: 'for a plan of the console or of another app, use a `BackupFreshnessCheck`',
  });
  return [
    ...wrong,
    ...(wrong.length === 0 && !ruleOf(plan, ruleName) ? [ruleProblem(plan, ruleName)] : []),
    ...(longestBackup === undefined ? [] : readMinutes('longestBackup', longestBackup).problems),
    ...topicProblems(scope, props?.topic),
    ...textProblems('Backup-AlertRunbook', 'runbook', props?.runbook, 500),
  ];
}

/** The rule that an alarm watches. */
export function ruleOf({ rules }: BackupPlan, ruleName: string | undefined): BackupRule | undefined {
  if (ruleName === undefined) return rules.length === 1 ? rules[0] : undefined;
  return rules.find(({ name }) => name === ruleName);
}

function ruleProblem({ rules, node }: BackupPlan, ruleName: string | undefined): Problem {
  const names = rules.map(({ name }) => `\`${name}\``);
  return problem({
    id: 'Backup-AbsenceRule',
    property: 'ruleName',
    message: (label) =>
      names.length === 0
        ? `${label('ruleName')} names a rule, but the plan \`${node.path}\` has none`
        : `${label('ruleName')} must be ${enumerate(names, 'or')}, got ${ruleName === undefined ? 'nothing' : show(ruleName)}`,
    fix: names.length === 0 ? 'add the rules before the alarm' : 'name one of the rules',
  });
}

/** What an alarm on this rule would be, or why there is none that catches each missed run. */
export function absenceReading(
  plan: BackupPlan,
  rule: BackupRule,
  longestBackupMinutes: number | undefined,
): AbsenceReading {
  if (rule.airGappedVault) return { reason: 'its recovery points are in a logically air-gapped vault' };
  const vault = vaultOf(plan, rule);
  const others = plan.rules.filter((other) => other !== rule && vaultOf(plan, other) === vault);
  if (others.length > 0)
    return {
      reason: `${enumerate(others.map(({ name }) => `\`${name}\``))} of the same plan ${others.length === 1 ? 'backs' : 'back'} up to the same vault, whose metrics don't tell rules apart`,
    };
  return absenceWindow(rule, longestBackupMinutes);
}

/** The vault that a rule of a plan backs up to. */
export function vaultOf(plan: BackupPlan, rule: BackupRule): IBackupVaultRef {
  return (rule.vault ?? plan.vault) as IBackupVaultRef;
}

/** A rule that no alarm can watch. */
export function unwatchableProblem(
  rule: BackupRule,
  { reason, fix }: { reason: string; fix?: string },
): Problem {
  return problem({
    id: 'Backup-AbsenceAlarm',
    property: 'plan',
    message: (label) =>
      `${label('plan')} has the rule \`${rule.name}\`, for which no alarm catches each missed run: ${reason}`,
    fix: fix ? `${fix}, or ${CHECK}` : CHECK,
  });
}

/** What is known at synthesis: other plans that back up to the same vault. */
export function sharedVaultProblems(plan: BackupPlan, rule: BackupRule): Problem[] {
  const vault = vaultOf(plan, rule);
  const name = vault.backupVaultRef.backupVaultName;
  const isSame = (other: IBackupVaultRef) =>
    other === vault || (isKnown(name) && other.backupVaultRef.backupVaultName === name);
  const feeding = plan.node.root.node
    .findAll()
    .filter((construct): construct is BackupPlan => construct instanceof BackupPlan)
    .flatMap((other) =>
      other.rules
        .filter((each) => !(other === plan && each === rule) && isSame(vaultOf(other, each)))
        .map((each) => `\`${each.name}\` of \`${other.node.path}\``),
    );
  if (feeding.length > 0)
    return [
      problem({
        id: 'Backup-AbsenceAlarmShared',
        property: 'plan',
        message: (label) =>
          `${label('plan')} backs up to ${vaultLabel(vault)}, and so ${feeding.length === 1 ? 'does' : 'do'} ${enumerate(feeding)}: their backups hide the missing ones of \`${rule.name}\``,
        fix: `give \`${rule.name}\` a vault of its own, or ${CHECK}`,
      }),
    ];
  if (resourceOf(vault)) return [];
  return [
    problem({
      id: 'Backup-AbsenceAlarmImported',
      property: 'plan',
      message: (label) =>
        `${label('plan')} backs up to ${vaultLabel(vault)}, which is not in this app: if other plans back up to it, they hide missing backups`,
      fix: `use a vault of the app, or ${CHECK}`,
    }),
  ];
}
