import type { Duration } from 'aws-cdk-lib';
import { dayCount, isKnown, type Reading, readDays, show, wholeNumberProblems } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import { MAX_RETENTION_DAYS } from '../plan/retention';

/** The smallest minimum retention of a logically air-gapped vault. */
const MIN_AIR_GAPPED_RETENTION_DAYS = 7;

/** The range of retention of a logically air-gapped vault, in days. */
export interface AirGappedRange {
  readonly minRetentionDays?: unknown;
  readonly maxRetentionDays?: unknown;
}

/**
 * The law for the retention range of a logically air-gapped vault; minimum and maximum may be equal. Source: AWS's errors
 * in CloudFormation deployments of 2026-09-24.
 */
export function airGappedRangeProblems({
  minRetentionDays: min,
  maxRetentionDays: max,
}: AirGappedRange): Problem[] {
  const id = 'Backup-AirGappedVaultRetention';
  const bounds = { min: MIN_AIR_GAPPED_RETENTION_DAYS, max: MAX_RETENTION_DAYS, unit: 'days' };
  const problems = [
    ...(min === undefined ? [] : wholeNumberProblems(id, 'minRetention', min, bounds)),
    ...(max === undefined ? [] : wholeNumberProblems(id, 'maxRetention', max, bounds)),
  ];
  const known = min !== undefined && max !== undefined && isKnown(min) && isKnown(max);
  if (problems.length > 0 || !known || (max as number) >= (min as number)) return problems;
  return [
    problem({
      id,
      property: 'maxRetention',
      message: (label) =>
        `${label('maxRetention')} must not be shorter than ${label('minRetention')} (${dayCount(min as number)}), got ${dayCount(max as number)}`,
      fix: `use ${dayCount(min as number)} or more`,
    }),
  ];
}

/** A range in days, or the problems. */
export interface AirGappedReading {
  readonly minRetentionDays?: number;
  readonly maxRetentionDays?: number;
  readonly problems: readonly Problem[];
}

/**
 * Reads the range of a vault.
 *
 * @param prefix the prefix of the properties in messages, such as `previousGenerations[0].`
 * @param isWhole whether both ends are required, as in CloudFormation
 */
export function readAirGappedRange(
  from: { readonly minRetention?: Duration; readonly maxRetention?: Duration },
  prefix = '',
  isWhole = true,
): AirGappedReading {
  const read = (name: string, duration: Duration | undefined): Reading =>
    isWhole || duration !== undefined ? readDays(name, duration) : { problems: [] };
  const min = read(`${prefix}minRetention`, from.minRetention);
  const max = read(`${prefix}maxRetention`, from.maxRetention);
  const range = { minRetentionDays: min.amount, maxRetentionDays: max.amount };
  const inRange = airGappedRangeProblems(range).map((one) => one.as({ names: (name) => `${prefix}${name}` }));
  return { ...range, problems: [...min.problems, ...max.problems, ...inRange] };
}

/** `7to365`: the range as used in names; undefined if it is known only at deployment. */
export function rangeLabel({
  minRetentionDays: min,
  maxRetentionDays: max,
}: AirGappedRange): string | undefined {
  return typeof min === 'number' && typeof max === 'number' && isKnown(min) && isKnown(max)
    ? `${min}to${max}`
    : undefined;
}

/** The law for the acknowledgement: a logically air-gapped vault is locked in compliance mode from its creation. */
export function airGappedAcknowledgementProblems(acknowledged: unknown): Problem[] {
  if (acknowledged === true) return [];
  return [
    problem({
      id: 'Backup-AirGappedVaultAcknowledgement',
      property: 'acknowledgeIrreversible',
      message: (label) =>
        `${label('acknowledgeIrreversible')} must be true for a logically air-gapped vault, since nobody can change its retention or delete a recovery point early, got ${show(acknowledged)}`,
      fix: 'set it to true, or use a `BackupVault` with `VaultLock.governance`',
    }),
  ];
}

/**
 * The problem of a key in the account of the vault: whoever controls the account controls the key. Source: Developer Guide
 * "Logically air-gapped vault", 2026-04.
 */
export function airGappedKeyProblem(property: string): Problem {
  return problem({
    id: 'Backup-AirGappedVaultKey',
    property,
    message: (label) =>
      `${label(property)} is in the account of the vault, which AWS advises against: whoever can disable or delete the key there can make the recovery points unusable`,
    fix: 'omit it to use an AWS-owned key, or use a key in another account',
  });
}

const TEAM_ARN = /^arn:aws(?:-[a-z]+)*:mpa:([a-z]{2,4}(?:-[a-z]+)+-\d+):\d{12}:approval-team\/\S+$/;

/**
 * The law for the team that approves access to a vault. Sources: CloudFormation documentation of
 * `AWS::Backup::LogicallyAirGappedBackupVault`, 2026-09; Developer Guide "Multi-party approval", 2026-04.
 */
export function approvalTeamProblems(arn: unknown, property = 'mpaApprovalTeamArn'): Problem[] {
  const permanent: Problem = problem({
    id: 'Backup-ApprovalTeamFixed',
    property,
    message: (label) =>
      `${label(property)} can't be changed or removed by CloudFormation once it is deployed`,
    fix: 'acknowledge this note once the team is final',
  });
  if (!isKnown(arn)) return [permanent];
  const region = typeof arn === 'string' ? TEAM_ARN.exec(arn)?.[1] : undefined;
  if (region === undefined)
    return [
      problem({
        id: 'Backup-ApprovalTeamArn',
        property,
        message: (label) =>
          `${label(property)} must be the ARN of a multi-party approval team, \`arn:<partition>:mpa:us-east-1:<account>:approval-team/<id>\`, got ${show(arn)}`,
      }),
    ];
  if (region === 'us-east-1') return [permanent];
  return [
    permanent,
    problem({
      id: 'Backup-ApprovalTeamRegion',
      property,
      message: (label) =>
        `${label(property)} is a team in ${region}, but multi-party approval teams exist only in us-east-1`,
      fix: 'create the team in us-east-1, which serves vaults in all Regions',
    }),
  ];
}

/**
 * The law for sharing a vault through AWS RAM: with individual accounts, neither with an organization nor with an
 * organizational unit. Source: Developer Guide "Logically air-gapped vault", 2026-04.
 *
 * @param owner the account of the vault
 */
export function sharedAccountProblems(accounts: unknown, owner: unknown, property: string): Problem[] {
  const id = 'Backup-SharedAccount';
  if (!isKnown(accounts)) return [];
  if (!Array.isArray(accounts) || accounts.length === 0)
    return [
      problem({
        id,
        property,
        message: (label) =>
          `${label(property)} must be a list of at least one account ID, got ${Array.isArray(accounts) ? 'none' : show(accounts)}`,
      }),
    ];
  return Array.from(accounts).flatMap((account: unknown, index): Problem[] => {
    const element = `${property}[${index}]`;
    if (!isKnown(account)) return [];
    if (typeof account !== 'string' || !/^\d{12}$/.test(account))
      return [
        problem({
          id,
          property: element,
          message: (label) => `${label(element)} must be a 12-digit account ID, got ${show(account)}`,
          fix: accountFix(account),
        }),
      ];
    if (account !== owner) return [];
    return [
      problem({
        id: 'Backup-SharedWithOwner',
        property: element,
        message: (label) =>
          `${label(element)} is the account of the vault (${account}), which needs no share`,
        fix: 'omit it',
      }),
    ];
  });
}

function accountFix(got: unknown): string | undefined {
  if (typeof got === 'number') return 'write it in quotes';
  if (typeof got !== 'string' || !/^(o|ou|r)-|:organizations::/.test(got)) return undefined;
  return 'list the accounts one by one, since a vault can be shared with neither an organization nor an organizational unit';
}
