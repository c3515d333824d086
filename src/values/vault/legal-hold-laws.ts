import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { type Quota, quotaProblems } from '../core/quotas';

/** How many legal holds an account can have that are active. */
const LEGAL_HOLDS: Quota = {
  max: 50,
  severity: 'error', // it can't be raised
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html',
  asOf: '2026-09-24',
};

/** The law of the title and the description of a legal hold: both are needed. */
export function legalHoldTextProblems(property: string, text: unknown): Problem[] {
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
export function legalHoldSelectionProblems(
  vaultCount: number,
  resourceCount: number,
  properties: readonly string[] = ['vaults', 'resources', 'resourceArns'],
): Problem[] {
  if (vaultCount + resourceCount > 0) return [];
  const quoted = properties.map((property) => `\`${property}\``);
  return [
    {
      id: 'Backup-EmptyLegalHold',
      severity: 'error',
      property: properties[0],
      message: `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)} must say what is held, got none of them`,
      fix: 'name the vaults whose recovery points must stay',
    },
  ];
}

/** The law of the number of legal holds that one app makes in an account. */
export function legalHoldQuotaProblems(count: number): Problem[] {
  return quotaProblems('Backup-LegalHoldQuota', 'vaults', count, LEGAL_HOLDS, {
    whose: 'an account',
    what: 'legal holds',
    has: true,
    fix: 'hold several vaults or resources with one',
  });
}

/** How the caller writes a time. */
export interface TimeForm {
  readonly what: string;
  readonly example: string;
}

/** How the caller names the two dates of a hold, and writes them. */
export interface DateWords {
  readonly from: string;
  readonly to: string;
  readonly form: TimeForm;
}

const A_DATE: TimeForm = { what: 'a `Date`', example: "`new Date('2026-01-31T00:00:00Z')`" };

/**
 * The law of the time in which the recovery points were made: both ends, in order, and not in the future.
 *
 * Source: API Reference of AWS Backup, `RecoveryPointSelection`, 2026-08.
 */
export function heldDatesProblems(
  from: unknown,
  to: unknown,
  now: Date,
  words: DateWords = { from: 'fromDate', to: 'toDate', form: A_DATE },
): Problem[] {
  if (from === undefined && to === undefined) return [];
  const id = 'Backup-LegalHoldDates';
  const problems = (
    [
      [words.from, from, words.to],
      [words.to, to, words.from],
    ] as const
  ).flatMap(([property, date, other]) => dateProblems(id, property, date, other, now, words.form));
  if (problems.length > 0 || (from as Date).getTime() <= (to as Date).getTime()) return problems;
  return [
    {
      id,
      severity: 'error',
      property: words.to,
      message: `\`${words.to}\` must not lie before \`${words.from}\` (${show(from)}), got ${show(to)}`,
    },
  ];
}

function dateProblems(
  id: string,
  property: string,
  date: unknown,
  other: string,
  now: Date,
  { what, example }: TimeForm,
): Problem[] {
  const problem = (message: string, fix?: string): Problem[] => [
    { id, severity: 'error', property, message, fix },
  ];
  if (date === undefined)
    return problem(`\`${property}\` must be said where \`${other}\` is, got none`, 'say both, or neither');
  if (!(date instanceof Date) || Number.isNaN(date.getTime()))
    return problem(`\`${property}\` must be ${what}, got ${show(date)}`, `write for example ${example}`);
  return date > now
    ? problem(`\`${property}\` must not lie in the future, got ${show(date)}`, 'use a time that is past')
    : [];
}
