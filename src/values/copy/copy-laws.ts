import { isKnown } from '../core/amounts';
import { partitionOf } from '../core/partitions';
import type { Problem } from '../core/problem';

/** A lifecycle, as far as it tells how long a copy really is kept. */
export interface KeptLike {
  /** Undefined: for ever. */
  readonly deleteAfterDays?: number;
  /** Undefined: never moved. */
  readonly moveToColdStorageAfterDays?: number;
}

/** How the caller names what a copy that is kept for ever is made of. */
export interface ForeverCopyWords {
  readonly retention: string;
  readonly cold: string;
  /** How 100 years are said. */
  readonly century: string;
}

const WORDS: ForeverCopyWords = {
  retention: 'retention',
  cold: 'coldStorageAfter',
  century: '`Retention.years(100)`',
};

/**
 * The law of a copy that is kept for ever: one that says nothing of its end takes that of its source, and where it
 * says nothing at all the rest too.
 *
 * Source: Developer Guide "Backup plan options and configuration" (2026-09) and "Creating a copy of a backup".
 *
 * @param source how the retention of the source is said, such as `35 days`
 */
export function foreverCopyProblems(
  copy: KeptLike,
  rule: KeptLike,
  source: string,
  words: ForeverCopyWords = WORDS,
): Problem[] {
  if (copy.deleteAfterDays !== undefined) return [];
  const problem = { id: 'Backup-ForeverCopy', severity: 'warning', property: words.retention } as const;
  if (rule.deleteAfterDays !== undefined)
    return [
      {
        ...problem,
        message: `\`${words.retention}\` is for ever, but AWS Backup deletes such a copy when the retention of its source ends (${source})`,
        fix: `say ${words.century} for the copy, or keep the source for ever`,
      },
    ];
  if (copy.moveToColdStorageAfterDays !== undefined || rule.moveToColdStorageAfterDays === undefined)
    return [];
  return [
    {
      ...problem,
      message: `\`${words.retention}\` is for ever without \`${words.cold}\`, but AWS Backup moves such a copy to cold storage as its source`,
      fix: `say ${words.century} for the copy, or \`${words.cold}\` for the copy too`,
    },
  ];
}

/** A copy into the vault of its source: nothing is documented of it, and it would protect from nothing. */
export function copyIntoSourceProblem(property = 'copies'): Problem {
  return {
    id: 'Backup-CopyIntoSource',
    severity: 'warning',
    property,
    message: `\`${property}\` copies into the vault that the recovery points are in already`,
    fix: 'copy into a vault of another Region or account, or leave the copy out',
  };
}

/**
 * The law of partitions: nothing goes from or to China or GovCloud.
 *
 * Source: Developer Guide "Feature availability by AWS Region", 2026-09.
 *
 * @param region of the plan
 * @param destination the partition of the vault; undefined where it isn't known
 * @param whose what is copied from: the plan, or a vault
 */
export function copyPartitionProblems(
  region: string,
  destination: string | undefined,
  property = 'copies',
  whose = 'the plan',
): Problem[] {
  if (destination === undefined || !isKnown(region) || partitionOf(region) === destination) return [];
  return [
    {
      id: 'Backup-CopyPartition',
      severity: 'error',
      property,
      message: `\`${property}\` must stay in the partition of ${whose} (${partitionOf(region)}), got a vault in ${destination}`,
      fix: 'copy into a vault of the same partition, since AWS Backup copies nothing across partitions',
    },
  ];
}

/** Where two things are known to be in different accounts or Regions: what differs, here and there. */
export interface Elsewhere {
  readonly what: string;
  readonly here: string;
  readonly there: string;
}

/** The law of the vaults that a rule backs up into: beside the plan. Source: API reference `BackupRuleInput`, 2026-08. */
export function vaultEnvironmentProblem({ what, here, there }: Elsewhere, property: string): Problem {
  return {
    id: 'Backup-VaultEnvironment',
    severity: 'error',
    property,
    message: `\`${property}\` must be in the ${what} of the plan (${here}), got ${there}`,
    fix: 'back up into a vault beside the plan, and copy from there with `copies`',
  };
}

/** What isn't known at synthesis of the stack that a destination is in. */
export interface UnknownEnvironment {
  /** The path of the vault. */
  readonly vault: string;
  /** The path of its stack. */
  readonly stack: string;
  readonly account: boolean;
  readonly region: boolean;
}

/**
 * The law of vaults that are referred to from another account or Region: theirs have to be known at synthesis, since the
 * ARN is put together there.
 */
export function unknownDestinationProblem(
  { vault, stack, account, region }: UnknownEnvironment,
  property = 'copies',
  must = 'must go to',
): Problem {
  const what = account && region ? 'account and Region are' : account ? 'account is' : 'Region is';
  const lacks = account && region ? 'environment' : account ? 'account' : 'Region';
  return {
    id: 'Backup-CopyDestinationEnvironment',
    severity: 'error',
    property,
    message: `\`${property}\` ${must} a vault whose ${what} known at synthesis, got \`${vault}\` in the stack \`${stack}\`, which has no ${lacks}`,
    fix: `give that stack \`env: { account: '111122223333', region: 'eu-west-1' }\``,
  };
}

/** The law of the name of a destination in another account or Region: it is part of the ARN. */
export function unknownDestinationNameProblem(vault: string): Problem {
  const property = 'copies';
  return {
    id: 'Backup-CopyDestinationName',
    severity: 'error',
    property,
    message: `\`${property}\` must go to a vault with a literal name where that is in another account or Region, got \`${vault}\`, whose name is known at deployment only`,
    fix: 'leave `backupVaultName` out, or write it out',
  };
}
