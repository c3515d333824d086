import type { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import { foreverCopyProblems, type KeptLike } from '../../values/copy/copy-laws';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { ownTagKeyProblems, tagValueProblems } from '../../values/core/tag-condition';
import { lifecycleProblems } from '../../values/plan/lifecycle';
import { copiesPerRuleProblems, tagsPerRuleProblems } from '../../values/plan/plan-laws';
import { capabilityProblems } from '../../values/resource-type/capability-laws';
import { ResourceType } from '../../values/resource-type/resource-type';
import { kindProblems, listProblems } from '../core/argument-checks';
import type { Lifecycle } from '../core/lifecycle';
import { isAirGappedVault, isVault } from '../vault/vault-reference';
import type { CommonRuleOptions } from './backup-rule-options';
import { CopyAction } from './copy-action';

const SCAN_MODES: readonly unknown[] = [
  'FULL_SCAN',
  'INCREMENTAL_SCAN',
] satisfies CfnBackupPlan.ScanActionResourceTypeProperty['scanMode'][];

/** Whether the options of a rule are of the right kinds; callers without types pass anything. */
export function ruleOptionKindProblems(options: CommonRuleOptions): Problem[] {
  const { vault, airGappedVault, copies, index, scan } = options;
  return [
    ...vaultKindProblems(vault),
    ...kindProblems(airGappedVault, isAirGappedVault, {
      id: 'Backup-RuleVault',
      property: 'airGappedVault',
      what: 'a logically air-gapped vault',
      fix: isVault(airGappedVault) ? 'use `vault` for a vault that is not air-gapped' : undefined,
    }),
    ...listProblems(copies, (copy) => (copy as unknown) instanceof CopyAction, {
      id: 'Backup-RuleCopies',
      property: 'copies',
      what: 'a `CopyAction`',
      fix: 'use `CopyAction.toVault` or `CopyAction.toVaultArn`',
    }),
    ...kindProblems(index, (type) => (type as unknown) instanceof ResourceType, {
      id: 'Backup-IndexResourceType',
      property: 'index',
      what: 'a `ResourceType`',
      fix: 'use `ResourceType.EBS` or `ResourceType.S3`',
    }),
    ...kindProblems(scan, (mode) => SCAN_MODES.includes(mode), {
      id: 'Backup-ScanMode',
      property: 'scan',
      what: '`ScanMode.FULL` or `ScanMode.INCREMENTAL`',
    }),
  ];
}

/** Whether a vault of a rule or a plan is one. */
export function vaultKindProblems(vault: unknown): Problem[] {
  return kindProblems(vault, (given) => isVault(given) && !isAirGappedVault(given), {
    id: 'Backup-RuleVault',
    property: 'vault',
    what: 'a backup vault',
    fix: isAirGappedVault(vault)
      ? 'use `airGappedVault` of the rule for it, beside a vault that is not air-gapped'
      : 'refer to an existing one with `BackupVault.fromBackupVaultName`',
  });
}

/** What the laws say of the tags, the index and the number of copies of a rule. */
export function ruleOptionProblems({ recoveryPointTags, index, copies = [] }: CommonRuleOptions): Problem[] {
  const problems = recoveryPointTagProblems(recoveryPointTags);
  if (index) problems.push(...capabilityProblems([index], { index: [index.name] }));
  problems.push(...copiesPerRuleProblems(copies.length));
  return problems;
}

function recoveryPointTagProblems(tags: unknown): Problem[] {
  const property = 'recoveryPointTags';
  if (!isKnown(tags)) return [];
  const kind = kindProblems(tags, (given) => Object.prototype.toString.call(given) === '[object Object]', {
    id: 'Backup-RecoveryPointTags',
    property,
    what: "an object such as `{ stage: 'prod' }`",
  });
  if (tags === undefined || kind.length > 0) return kind;

  const entries = Object.entries(tags as object);
  const problems = entries.flatMap(([key, value]) => {
    const entry = `${property}[${JSON.stringify(key)}]`;
    return [...ownTagKeyProblems(key, entry), ...tagValueProblems(value, entry)];
  });
  return [...problems, ...tagsPerRuleProblems(entries.length, property)];
}

/** What can be told of a copy when the rule is known that it belongs to; risks only. */
export function copyInRuleProblems(
  copy: Lifecycle,
  rule: Lifecycle & { readonly monthlyOrRarer?: boolean },
): Problem[] {
  return [
    ...lifecycleProblems({
      deleteAfterDays: copy.retention.inDays,
      moveToColdStorageAfterDays: copy.coldStorageAfterDays,
      archive: copy.archive,
      monthlyOrRarer: rule.monthlyOrRarer,
    }),
    ...foreverCopyProblems(kept(copy), kept(rule), String(rule.retention)),
  ];
}

function kept({ retention, coldStorageAfterDays }: Lifecycle): KeptLike {
  return { deleteAfterDays: retention.inDays, moveToColdStorageAfterDays: coldStorageAfterDays };
}
