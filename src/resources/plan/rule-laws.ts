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
import type { BackupRuleBaseOptions } from './backup-rule-options';
import { CopyAction } from './copy-action';

const SCAN_MODES: readonly unknown[] = [
  'FULL_SCAN',
  'INCREMENTAL_SCAN',
] satisfies CfnBackupPlan.ScanActionResourceTypeProperty['scanMode'][];

/** Checks the types of the options of a rule, for untyped callers. */
export function ruleOptionKindProblems(options: BackupRuleBaseOptions): Problem[] {
  const { vault, airGappedVault, copies, index, scan } = options;
  return [
    ...vaultKindProblems(vault),
    ...kindProblems(airGappedVault, isAirGappedVault, {
      id: 'Backup-RuleVaultType',
      property: 'airGappedVault',
      what: 'a logically air-gapped vault',
      fix: isVault(airGappedVault) ? 'use `vault` for a standard vault' : undefined,
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

/** Checks the type of the vault of a rule or a plan. */
export function vaultKindProblems(vault: unknown): Problem[] {
  return kindProblems(vault, (value) => isVault(value) && !isAirGappedVault(value), {
    id: 'Backup-RuleVaultType',
    property: 'vault',
    what: 'a backup vault',
    fix: isAirGappedVault(vault)
      ? 'set it as `airGappedVault` of the rule, and a standard vault as `vault`'
      : 'import an existing one with `BackupVault.fromBackupVaultName`',
  });
}

/** What AWS Backup accepts as the tags, the index and the number of copies of a rule. */
export function ruleOptionProblems({
  recoveryPointTags,
  index,
  copies = [],
}: BackupRuleBaseOptions): Problem[] {
  const problems = recoveryPointTagProblems(recoveryPointTags);
  if (index) problems.push(...capabilityProblems([index], { index: [index.name] }));
  problems.push(...copiesPerRuleProblems(copies.length));
  return problems;
}

function recoveryPointTagProblems(tags: unknown): Problem[] {
  const property = 'recoveryPointTags';
  if (!isKnown(tags)) return [];
  const kind = kindProblems(tags, (value) => Object.prototype.toString.call(value) === '[object Object]', {
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

/** Risks of a copy that depend on its rule. */
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
