import type { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import { isKnown } from '../values/amounts';
import { capabilityProblems } from '../values/capability-laws';
import { lifecycleProblems } from '../values/lifecycle';
import type { Problem } from '../values/problem';
import { QUOTAS } from '../values/quotas';
import { ResourceType } from '../values/resource-type';
import { ownTagKeyProblems, tagValueProblems } from '../values/tag-condition';
import type { CommonRuleOptions } from './backup-rule-options';
import { CopyAction } from './copy-action';
import { kindProblems, listProblems } from './input';
import type { Lifecycle } from './lifecycle';
import { isAirGappedVault, isVault } from './vault-reference';

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
  const { copiesPerRule } = QUOTAS;
  if (copies.length > copiesPerRule.max)
    problems.push({
      id: 'Backup-CopiesPerRule',
      severity: copiesPerRule.severity,
      property: 'copies',
      message: `\`copies\` should be at most ${copiesPerRule.max}, got ${copies.length}, which exceeds AWS Backup's quota for a rule`,
      fix: 'split the rule',
    });
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
  const { tagsPerRule } = QUOTAS;
  if (entries.length > tagsPerRule.max)
    problems.push({
      id: 'Backup-TagsPerRule',
      severity: tagsPerRule.severity,
      property,
      message: `\`${property}\` should be at most ${tagsPerRule.max} tags, got ${entries.length}, which exceeds AWS Backup's quota for a rule`,
      fix: 'AWS Backup copies the tags of the resources besides: leave out what they have already',
    });
  return problems;
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
    ...foreverProblems(copy, rule),
  ];
}

/** A copy that says nothing of its end takes that of its source, and where it says nothing at all the rest too. */
function foreverProblems(copy: Lifecycle, rule: Lifecycle): Problem[] {
  if (!copy.retention.isForever) return [];
  const problem = { id: 'Backup-ForeverCopy', severity: 'warning', property: 'retention' } as const;
  if (!rule.retention.isForever)
    return [
      {
        ...problem,
        message: `\`retention\` is for ever, but AWS Backup deletes such a copy when the retention of its source ends (${rule.retention})`,
        fix: 'say `Retention.years(100)` for the copy, or keep the source for ever',
      },
    ];
  if (copy.coldStorageAfterDays !== undefined || rule.coldStorageAfterDays === undefined) return [];
  return [
    {
      ...problem,
      message:
        '`retention` is for ever without `coldStorageAfter`, but AWS Backup moves such a copy to cold storage as its source',
      fix: 'say `Retention.years(100)` for the copy, or `coldStorageAfter` for the copy too',
    },
  ];
}
