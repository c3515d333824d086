import { dayCount, isKnown, show, wholeNumberProblems } from '../core/amounts';
import type { Problem } from '../core/problem';
import type { Quota } from '../core/quotas';
import { MAX_RETENTION_DAYS } from '../plan/retention';

const SELECTION = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ResourceSelection.html';

/** What one tiering configuration can hold. */
export const TIERING_QUOTAS = {
  selections: { max: 5, severity: 'error', source: SELECTION, asOf: '2026-09' },
  /** Named ones, in all selections together. */
  resources: { max: 100, severity: 'error', source: SELECTION, asOf: '2026-09' },
} as const satisfies Record<string, Quota>;

const MIN_TIERING_DAYS = 60;

/** One selection of a tiering configuration, as CloudFormation has it. */
export interface TieringSelectionValues {
  /** ARNs, or `*` alone for all. */
  readonly resources: readonly unknown[];
  readonly afterDays: unknown;
}

/** The law of the days after which backups move. Source: API Reference of AWS Backup, `ResourceSelection`, 2026-09. */
export function tieringDaysProblems(days: unknown, property: string): Problem[] {
  return wholeNumberProblems('Backup-TieringDays', property, days, {
    min: MIN_TIERING_DAYS,
    max: MAX_RETENTION_DAYS,
    unit: 'days',
  });
}

/**
 * The law of a bucket whose backups move: its ARN without wildcards. Tiering is for Amazon S3 only. Source: API
 * Reference of AWS Backup, `ResourceSelection`, 2026-09.
 */
export function tieringBucketProblems(arn: unknown, property: string): Problem[] {
  if (!isKnown(arn)) return [];
  if (typeof arn === 'string' && /^arn:aws(-[a-z]+)*:s3:::[\w.-]{3,255}$/.test(arn)) return [];
  return [
    {
      id: 'Backup-TieringBucket',
      severity: 'error',
      property,
      message: `\`${property}\` must be the ARN of a bucket, \`arn:<partition>:s3:::<name>\`, got ${show(arn)}`,
      fix:
        typeof arn === 'string' && /[*?]/.test(arn)
          ? 'name each bucket, or select all of them'
          : 'tiering is for Amazon S3 only',
    },
  ];
}

/** The law of the selections of a tiering configuration together. */
export function tieringSelectionsProblems(
  selections: readonly TieringSelectionValues[],
  property: string,
): Problem[] {
  const { selections: atMost, resources } = TIERING_QUOTAS;
  const problems: Problem[] = [];
  if (selections.length === 0 || selections.length > atMost.max)
    problems.push({
      id: 'Backup-TieringSelections',
      severity: atMost.severity,
      property,
      message: `\`${property}\` must be 1 to ${atMost.max} selections, got ${selections.length || 'none'}`,
      fix:
        selections.length === 0 ? undefined : 'put buckets that move after the same days into one selection',
    });
  const named = selections.flatMap((selection) => selection.resources).filter((resource) => resource !== '*');
  if (named.length > resources.max)
    problems.push({
      id: 'Backup-TieringResources',
      severity: resources.severity,
      property,
      message: `\`${property}\` can name at most ${resources.max} buckets in a tiering configuration, got ${named.length}`,
      fix: 'select all buckets',
    });
  return [...problems, ...twiceProblems(selections, property)];
}

/** What AWS Backup does with a bucket that is selected twice isn't documented. */
function twiceProblems(selections: readonly TieringSelectionValues[], property: string): Problem[] {
  const seen = new Set<unknown>();
  const twice = new Set<unknown>();
  for (const resource of selections.flatMap((selection) => selection.resources)) {
    if (seen.has(resource)) twice.add(resource);
    seen.add(resource);
  }
  return [...twice].map((resource) => ({
    id: 'Backup-TieringTwice',
    severity: 'warning',
    property,
    message: `\`${property}\` selects ${resource === '*' ? 'all buckets' : show(resource)} twice, and AWS doesn't document after how many days their backups move then`,
    fix: 'leave one of them out',
  }));
}

/**
 * What never moves, since it doesn't live that long.
 *
 * @param longestDays the longest retention of what is in the vault, or that its lock admits; undefined for ever
 * @param why such as `the lock of `Stack/Vault``
 */
export function neverTiersProblems(
  afterDays: unknown,
  longestDays: unknown,
  property: string,
  why: string,
): Problem[] {
  if (typeof afterDays !== 'number' || typeof longestDays !== 'number') return [];
  if (!isKnown(afterDays) || !isKnown(longestDays) || longestDays > afterDays) return [];
  return [
    {
      id: 'Backup-NeverTiers',
      severity: 'warning',
      property,
      message: `\`${property}\` moves backups after ${dayCount(afterDays)}, but ${why} keeps none longer than ${dayCount(longestDays)}: nothing ever moves`,
      fix:
        longestDays > MIN_TIERING_DAYS
          ? `use less than ${dayCount(longestDays)}`
          : 'leave tiering out for this vault',
    },
  ];
}
