import { isKnown, show } from '../core/amounts';
import { enumerate } from '../core/enumeration';
import type { Problem, Sentence } from '../core/problem';
import { problem } from '../core/problem';
import { type Quota, quotaProblems } from '../core/quotas';
import type { FindingId } from '../findings/registry';

/** The maximum number of active legal holds in an account. */
const LEGAL_HOLDS: Quota = {
  max: 50,
  severity: 'error', // it can't be raised
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html',
  asOf: '2026-09-24',
};

/** The law for the title and the description of a legal hold: both are required. */
export function legalHoldTextProblems(property: string, text: unknown): Problem[] {
  if (!isKnown(text) || (typeof text === 'string' && /\S/.test(text))) return [];
  return [
    problem({
      id: 'Backup-LegalHoldText',
      property,
      message: (label) => `${label(property)} must be a non-blank string, got ${show(text)}`,
      fix: 'describe what the hold is for, for whoever has to cancel it',
    }),
  ];
}

/**
 * The law for the ARN of a resource whose recovery points are held. AWS documents no wildcards.
 *
 * Source: API Reference of AWS Backup, `RecoveryPointSelection`, 2026-08.
 */
export function heldResourceProblems(arn: unknown, property: string): Problem[] {
  const id = 'Backup-LegalHoldResource';
  // a partly known ARN may end with a wildcard too
  const wild = typeof arn === 'string' && (arn.endsWith('*') || (isKnown(arn) && /[*?]/.test(arn)));
  if (wild && (!isKnown(arn) || arn.startsWith('arn:')))
    return [
      problem({
        id: 'Backup-LegalHoldWildcard',
        property,
        message: (label) => `${label(property)} has a wildcard, which AWS doesn't document for legal holds`,
        fix: 'name each resource, or hold a whole vault with `vaults`',
      }),
    ];
  if (!isKnown(arn) || (typeof arn === 'string' && /^arn:[a-z-]+:[a-z0-9-]+:[^:\s]*:\d*:\S+$/.test(arn)))
    return [];
  return [
    problem({
      id,
      property,
      message: (label) =>
        `${label(property)} must be the ARN of a resource, such as \`arn:aws:s3:::orders\`, got ${show(arn)}`,
    }),
  ];
}

/** The law for the selection of a legal hold: at least one vault or resource. */
export function legalHoldSelectionProblems(
  vaultCount: number,
  resourceCount: number,
  properties: readonly string[] = ['vaults', 'resources', 'resourceArns'],
): Problem[] {
  if (vaultCount + resourceCount > 0) return [];
  return [
    problem({
      id: 'Backup-EmptyLegalHold',
      property: properties[0],
      message: (label) =>
        `${enumerate(properties.map(label), 'or')} must name what to hold, got none of them`,
      fix: 'name the vaults whose recovery points must stay',
    }),
  ];
}

/** The law for the number of legal holds that one app creates in an account. */
export function legalHoldQuotaProblems(count: number): Problem[] {
  return quotaProblems('Backup-LegalHoldQuota', 'vaults', count, LEGAL_HOLDS, {
    whose: 'an account',
    what: 'legal holds',
    has: true,
    fix: 'hold several vaults or resources with one legal hold',
  });
}

/** The caller's notation of a time. */
export interface TimeForm {
  readonly what: string;
  readonly example: string;
}

const A_DATE: TimeForm = { what: 'a `Date`', example: "`new Date('2026-01-31T00:00:00Z')`" };

/**
 * The law for the creation time of the recovery points: both ends, in order, and not in the future.
 *
 * Source: API Reference of AWS Backup, `RecoveryPointSelection`, 2026-08.
 */
export function heldDatesProblems(from: unknown, to: unknown, now: Date, form: TimeForm = A_DATE): Problem[] {
  if (from === undefined && to === undefined) return [];
  const id = 'Backup-LegalHoldDates';
  const problems = (
    [
      ['fromDate', from, 'toDate'],
      ['toDate', to, 'fromDate'],
    ] as const
  ).flatMap(([property, date, other]) => dateProblems(id, property, date, other, now, form));
  if (problems.length > 0 || (from as Date).getTime() <= (to as Date).getTime()) return problems;
  return [
    problem({
      id,
      property: 'toDate',
      message: (label) =>
        `${label('toDate')} must not be before ${label('fromDate')} (${show(from)}), got ${show(to)}`,
    }),
  ];
}

function dateProblems(
  id: FindingId,
  property: string,
  date: unknown,
  other: string,
  now: Date,
  { what, example }: TimeForm,
): Problem[] {
  const refusal = (message: Sentence, fix?: string): Problem[] => [problem({ id, property, message, fix })];
  if (date === undefined)
    return refusal(
      (label) => `${label(property)} must be set if ${label(other)} is set, got none`,
      'set both, or neither',
    );
  if (!(date instanceof Date) || Number.isNaN(date.getTime()))
    return refusal(
      (label) => `${label(property)} must be ${what}, got ${show(date)}`,
      `for example, write ${example}`,
    );
  return date > now
    ? refusal(
        (label) => `${label(property)} must not be in the future, got ${show(date)}`,
        'use a time in the past',
      )
    : [];
}
