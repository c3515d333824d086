import type { Duration } from 'aws-cdk-lib';
import { dayCount, isKnown, type Reading, readDays, show, wholeNumberProblems } from '../core/amounts';
import type { Problem } from '../core/problem';
import { MAX_RETENTION_DAYS } from '../plan/retention';

/** The least that a logically air-gapped vault accepts as its minimum retention. */
export const MIN_AIR_GAPPED_RETENTION_DAYS = 7;

/** The range of retention of a logically air-gapped vault, in days. */
export interface AirGappedRange {
  readonly minRetentionDays?: unknown;
  readonly maxRetentionDays?: unknown;
}

export interface AirGappedRangeWords {
  readonly min: string;
  readonly max: string;
}

const WORDS: AirGappedRangeWords = { min: 'minRetention', max: 'maxRetention' };

/**
 * The law of the range of a logically air-gapped vault, as far as it is said. Source: AWS's text in CloudFormation
 * deployments of 2026-09-24; minimum and maximum may be equal.
 */
export function airGappedRangeProblems(
  { minRetentionDays: min, maxRetentionDays: max }: AirGappedRange,
  words: AirGappedRangeWords = WORDS,
): Problem[] {
  const id = 'Backup-AirGappedVaultRetention';
  const bounds = { min: MIN_AIR_GAPPED_RETENTION_DAYS, max: MAX_RETENTION_DAYS, unit: 'days' };
  const problems = [
    ...(min === undefined ? [] : wholeNumberProblems(id, words.min, min, bounds)),
    ...(max === undefined ? [] : wholeNumberProblems(id, words.max, max, bounds)),
  ];
  const known = min !== undefined && max !== undefined && isKnown(min) && isKnown(max);
  if (problems.length > 0 || !known || (max as number) >= (min as number)) return problems;
  return [
    {
      id,
      severity: 'error',
      property: words.max,
      message: `\`${words.max}\` must not be shorter than \`${words.min}\` (${dayCount(min as number)}), got ${dayCount(max as number)}`,
      fix: `use ${dayCount(min as number)} or more`,
    },
  ];
}

/** A range as a caller says it, read: the days, or what is wrong. */
export interface AirGappedReading {
  readonly minRetentionDays?: number;
  readonly maxRetentionDays?: number;
  readonly problems: readonly Problem[];
}

/**
 * Reads the range of a vault.
 *
 * @param prefix what stands before the properties in messages, such as `previousGenerations[0].`
 * @param isWhole whether both ends must be said, as CloudFormation needs them
 */
export function readAirGappedRange(
  from: { readonly minRetention?: Duration; readonly maxRetention?: Duration },
  prefix = '',
  isWhole = true,
): AirGappedReading {
  const words = { min: `${prefix}${WORDS.min}`, max: `${prefix}${WORDS.max}` };
  const read = (name: string, duration: Duration | undefined): Reading =>
    isWhole || duration !== undefined ? readDays(name, duration) : { problems: [] };
  const min = read(words.min, from.minRetention);
  const max = read(words.max, from.maxRetention);
  const range = { minRetentionDays: min.amount, maxRetentionDays: max.amount };
  return { ...range, problems: [...min.problems, ...max.problems, ...airGappedRangeProblems(range, words)] };
}

/** `7to365`: the range as it stands in names; undefined where it is known at deployment only. */
export function rangeLabel({
  minRetentionDays: min,
  maxRetentionDays: max,
}: AirGappedRange): string | undefined {
  return typeof min === 'number' && typeof max === 'number' && isKnown(min) && isKnown(max)
    ? `${min}to${max}`
    : undefined;
}

/** The law of the acknowledgement: a logically air-gapped vault is locked in compliance mode from the beginning. */
export function airGappedAcknowledgementProblems(acknowledged: unknown): Problem[] {
  if (acknowledged === true) return [];
  return [
    {
      id: 'Backup-AirGappedVaultAcknowledgement',
      severity: 'error',
      property: 'acknowledgeIrreversible',
      message: `\`acknowledgeIrreversible\` must be true for a logically air-gapped vault: from its creation on nobody can change its retention, nor delete a recovery point before its time, got ${show(acknowledged)}`,
      fix: 'set it to true, or use a `BackupVault` with `VaultLock.governance`',
    },
  ];
}

/**
 * What a key of the account of the vault is: who rules the account rules the key. Source: Developer Guide "Logically
 * air-gapped vault", 2026-04.
 */
export function airGappedKeyProblem(property: string): Problem {
  return {
    id: 'Backup-AirGappedVaultKey',
    severity: 'warning',
    property,
    message: `\`${property}\` is in the account of the vault, which AWS advises against: who can disable or delete the key there makes the recovery points useless`,
    fix: 'leave it out for a key that AWS owns, or use a key of another account',
  };
}

const TEAM_ARN = /^arn:aws(?:-[a-z]+)*:mpa:([a-z]{2,4}(?:-[a-z]+)+-\d+):\d{12}:approval-team\/\S+$/;

/**
 * The law of the team that approves access to a vault. Sources: CloudFormation documentation of
 * `AWS::Backup::LogicallyAirGappedBackupVault`, 2026-09; Developer Guide "Multi-party approval", 2026-04.
 */
export function approvalTeamProblems(arn: unknown, property = 'mpaApprovalTeamArn'): Problem[] {
  const fixed: Problem = {
    id: 'Backup-ApprovalTeamFixed',
    severity: 'warning',
    property,
    message: `\`${property}\` can't be changed or taken away by CloudFormation once it is deployed`,
    fix: 'acknowledge this warning once the team is settled',
  };
  if (!isKnown(arn)) return [fixed];
  const region = typeof arn === 'string' ? TEAM_ARN.exec(arn)?.[1] : undefined;
  if (region === undefined)
    return [
      {
        id: 'Backup-ApprovalTeamArn',
        severity: 'error',
        property,
        message: `\`${property}\` must be the ARN of a team of multi-party approval, \`arn:<partition>:mpa:us-east-1:<account>:approval-team/<id>\`, got ${show(arn)}`,
      },
    ];
  if (region === 'us-east-1') return [fixed];
  return [
    fixed,
    {
      id: 'Backup-ApprovalTeamRegion',
      severity: 'warning',
      property,
      message: `\`${property}\` is a team in ${region}, but teams of multi-party approval are known in us-east-1 only`,
      fix: 'make the team in us-east-1; it serves vaults of all Regions',
    },
  ];
}

/**
 * The law of those that a vault is shared with through AWS RAM: accounts, one by one, neither an organization nor
 * an organizational unit. Source: Developer Guide "Logically air-gapped vault", 2026-04.
 *
 * @param owner the account of the vault
 */
export function sharedAccountProblems(accounts: unknown, owner: unknown, property: string): Problem[] {
  const id = 'Backup-SharedAccount';
  if (!isKnown(accounts)) return [];
  if (!Array.isArray(accounts) || accounts.length === 0)
    return [
      {
        id,
        severity: 'error',
        property,
        message: `\`${property}\` must be a list of account ids, at least one, got ${Array.isArray(accounts) ? 'none' : show(accounts)}`,
      },
    ];
  return Array.from(accounts).flatMap((account: unknown, index): Problem[] => {
    const element = `${property}[${index}]`;
    if (!isKnown(account)) return [];
    if (typeof account !== 'string' || !/^\d{12}$/.test(account))
      return [
        {
          id,
          severity: 'error',
          property: element,
          message: `\`${element}\` must be an account id of 12 digits, got ${show(account)}`,
          fix: accountFix(account),
        },
      ];
    if (account !== owner) return [];
    return [
      {
        id,
        severity: 'warning',
        property: element,
        message: `\`${element}\` is the account of the vault (${account}), which needs no share`,
        fix: 'leave it out',
      },
    ];
  });
}

function accountFix(got: unknown): string | undefined {
  if (typeof got === 'number') return 'write it in quotes';
  if (typeof got !== 'string' || !/^(o|ou|r)-|:organizations::/.test(got)) return undefined;
  return 'name the accounts one by one, since a vault can be shared with neither an organization nor an organizational unit';
}
