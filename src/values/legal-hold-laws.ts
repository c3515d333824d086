import { isKnown, show } from './amounts';
import type { Problem } from './problem';
import type { Quota } from './quotas';

/** How many legal holds an account can have that are active. */
const LEGAL_HOLDS: Quota = {
  max: 50,
  severity: 'error', // it can't be raised
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html',
  asOf: '2026-09-24',
};

/** The law of the title and the description of a legal hold: both are needed. */
export function legalHoldTextProblems(property: 'title' | 'description', text: unknown): Problem[] {
  if (!isKnown(text) || (typeof text === 'string' && /\S/.test(text))) return [];
  return [
    {
      id: 'Backup-LegalHoldText',
      severity: 'error',
      property,
      message: `\`${property}\` must be a text that isn't blank, got ${show(text)}`,
      fix: 'say what the hold is for: it is read by whoever has to cancel it',
    },
  ];
}

/**
 * The law of the ARN of a resource whose recovery points are held. AWS documents ARNs, and nothing of wildcards.
 *
 * Source: API Reference of AWS Backup, `RecoveryPointSelection`, 2026-08.
 */
export function heldResourceProblems(arn: unknown, property: string): Problem[] {
  const id = 'Backup-LegalHoldResource';
  // an ARN that is known in part may end with a wildcard too
  const wild = typeof arn === 'string' && (arn.endsWith('*') || (isKnown(arn) && /[*?]/.test(arn)));
  if (wild && (!isKnown(arn) || arn.startsWith('arn:')))
    return [
      {
        id,
        severity: 'warning',
        property,
        message: `\`${property}\` has a wildcard, with which AWS doesn't document that a legal hold holds anything`,
        fix: 'name each resource, or hold a whole vault with `vaults`',
      },
    ];
  if (!isKnown(arn) || (typeof arn === 'string' && /^arn:[a-z-]+:[a-z0-9-]+:[^:\s]*:\d*:\S+$/.test(arn)))
    return [];
  return [
    {
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must be the ARN of a resource, such as \`arn:aws:s3:::orders\`, got ${show(arn)}`,
    },
  ];
}

/** The law of a hold that holds something: vaults or resources. */
export function legalHoldSelectionProblems(vaultCount: number, resourceCount: number): Problem[] {
  if (vaultCount + resourceCount > 0) return [];
  return [
    {
      id: 'Backup-EmptyLegalHold',
      severity: 'error',
      property: 'vaults',
      message: '`vaults`, `resources` or `resourceArns` must say what is held, got none of them',
      fix: 'name the vaults whose recovery points must stay',
    },
  ];
}

/** The law of the number of legal holds that one app makes in an account. */
export function legalHoldQuotaProblems(count: number): Problem[] {
  const { max, severity } = LEGAL_HOLDS;
  if (count <= max) return [];
  return [
    {
      id: 'Backup-LegalHoldQuota',
      severity,
      property: 'vaults',
      message: `an account can have at most ${max} legal holds, got ${count} in this app`,
      fix: 'hold several `vaults` or `resources` with one',
    },
  ];
}

/**
 * The law of the time in which the recovery points were made: both ends, in order, and not in the future.
 *
 * Source: API Reference of AWS Backup, `RecoveryPointSelection`, 2026-08.
 */
export function heldDatesProblems(from: unknown, to: unknown, now: Date): Problem[] {
  if (from === undefined && to === undefined) return [];
  const id = 'Backup-LegalHoldDates';
  const problems = (
    [
      ['fromDate', from, 'toDate'],
      ['toDate', to, 'fromDate'],
    ] as const
  ).flatMap(([property, date, other]) => dateProblems(id, property, date, other, now));
  if (problems.length > 0 || (from as Date).getTime() <= (to as Date).getTime()) return problems;
  return [
    {
      id,
      severity: 'error',
      property: 'toDate',
      message: `\`toDate\` must not lie before \`fromDate\` (${show(from)}), got ${show(to)}`,
    },
  ];
}

function dateProblems(id: string, property: string, date: unknown, other: string, now: Date): Problem[] {
  const problem = (message: string, fix?: string): Problem[] => [
    { id, severity: 'error', property, message, fix },
  ];
  if (date === undefined)
    return problem(`\`${property}\` must be said where \`${other}\` is, got none`, 'say both, or neither');
  if (!(date instanceof Date) || Number.isNaN(date.getTime()))
    return problem(
      `\`${property}\` must be a \`Date\`, got ${show(date)}`,
      "write for example `new Date('2026-01-31T00:00:00Z')`",
    );
  return date > now
    ? problem(`\`${property}\` must not lie in the future, got ${show(date)}`, 'use a time that is past')
    : [];
}
