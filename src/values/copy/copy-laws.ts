import { isKnown } from '../core/amounts';
import { partitionOf } from '../core/partitions';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/** The part of a lifecycle that decides how long a copy is kept. */
export interface KeptLike {
  /** Undefined: forever. */
  readonly deleteAfterDays?: number;
  /** Undefined: no transition to cold storage. */
  readonly moveToColdStorageAfterDays?: number;
}

/**
 * The law for a copy that is kept forever: a copy without a retention takes that of its source, and a copy without any
 * lifecycle takes all of it.
 *
 * Source: Developer Guide "Backup plan options and configuration" (2026-09) and "Creating a copy of a backup".
 *
 * @param source the retention of the source, such as `35 days`
 * @param century 100 years in the reader's notation
 */
export function foreverCopyProblems(
  copy: KeptLike,
  rule: KeptLike,
  source: string,
  century = '`Retention.years(100)`',
): Problem[] {
  if (copy.deleteAfterDays !== undefined) return [];
  const base = { id: 'Backup-ForeverCopy', property: 'retention' } as const;
  if (rule.deleteAfterDays !== undefined)
    return [
      problem({
        ...base,
        message: (label) =>
          `${label('retention')} is forever, but AWS Backup deletes such a copy when the retention of its source ends (${source})`,
        fix: `set ${century} for the copy, or keep the source forever`,
      }),
    ];
  if (copy.moveToColdStorageAfterDays !== undefined || rule.moveToColdStorageAfterDays === undefined)
    return [];
  return [
    problem({
      ...base,
      message: (label) =>
        `${label('retention')} is forever without ${label('coldStorageAfter')}, but AWS Backup moves such a copy to cold storage along with its source`,
      fix: (label) => `set ${century} for the copy, or set ${label('coldStorageAfter')} for the copy too`,
    }),
  ];
}

/** A copy into the vault of its source, which AWS doesn't document and which protects against nothing. */
export function copyIntoSourceProblem(property = 'copies'): Problem {
  return problem({
    id: 'Backup-CopyIntoSource',
    property,
    message: (label) => `${label(property)} copies into the vault that already holds the recovery points`,
    fix: 'copy to a vault in another Region or account, or leave the copy out',
  });
}

/**
 * The law for partitions: copies can't cross them, for example to or from China or GovCloud.
 *
 * Source: Developer Guide "Feature availability by AWS Region", 2026-09.
 *
 * @param region of the plan
 * @param destination the partition of the vault; undefined if unknown
 * @param whose the source: the plan, or a vault
 */
export function copyPartitionProblems(
  region: string,
  destination: string | undefined,
  property = 'copies',
  whose = 'the plan',
): Problem[] {
  if (destination === undefined || !isKnown(region) || partitionOf(region) === destination) return [];
  return [
    problem({
      id: 'Backup-CopyPartition',
      property,
      message: (label) =>
        `${label(property)} must stay in the partition of ${whose} (${partitionOf(region)}), got a vault in ${destination}`,
      fix: 'copy into a vault in the same partition, since AWS Backup copies nothing across partitions',
    }),
  ];
}

/** A known difference between two environments: what differs, here and there. */
export interface Elsewhere {
  readonly what: string;
  readonly here: string;
  readonly there: string;
}

/** The law for the vault of a rule: in the environment of the plan. Source: API reference `BackupRuleInput`, 2026-08. */
export function vaultEnvironmentProblem({ what, here, there }: Elsewhere, property: string): Problem {
  return problem({
    id: 'Backup-VaultEnvironment',
    property,
    message: (label) => `${label(property)} must be in the ${what} of the plan (${here}), got ${there}`,
    fix: 'back up into a vault in the account and Region of the plan, and copy from there with `copies`',
  });
}

/** What is unknown at synthesis about the stack of a destination. */
export interface UnknownEnvironment {
  /** The path of the vault. */
  readonly vault: string;
  /** The path of its stack. */
  readonly stack: string;
  /** The account of the stack, if it is known. */
  readonly account?: string;
  /** The Region of the stack, if it is known. */
  readonly region?: string;
}

/**
 * The law for vaults referenced from another account or Region: their own account and Region must be known at synthesis,
 * because their ARN is built then.
 */
export function unknownDestinationProblem(
  { vault, stack, account, region }: UnknownEnvironment,
  property = 'copies',
  must = 'must go to',
): Problem {
  const [noAccount, noRegion] = [account === undefined, region === undefined];
  const what = noAccount && noRegion ? 'account and Region are' : noAccount ? 'account is' : 'Region is';
  const lacks = noAccount && noRegion ? 'environment' : noAccount ? 'account' : 'Region';
  return problem({
    id: 'Backup-CopyDestinationEnvironment',
    property,
    message: (label) =>
      `${label(property)} ${must} a vault whose ${what} known at synthesis, got \`${vault}\` in the stack \`${stack}\`, which has no ${lacks}`,
    fix: `give that stack \`env: { account: '${account ?? '111122223333'}', region: '${region ?? 'eu-west-1'}' }\`${noAccount !== noRegion ? `, with its own ${lacks}` : ''}`,
  });
}

/** The law for the name of a destination in another account or Region, which is part of the ARN. */
export function unknownDestinationNameProblem(vault: string): Problem {
  const property = 'copies';
  return problem({
    id: 'Backup-CopyDestinationName',
    property,
    message: (label) =>
      `${label(property)} must go to a vault with a literal name if the vault is in another account or Region, got \`${vault}\`, whose name is known only at deployment`,
    fix: 'omit `backupVaultName`, or set it to a literal',
  });
}
