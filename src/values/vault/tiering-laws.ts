import { dayCount, isKnown, show, wholeNumberProblems } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { Quota } from '../core/quotas';
import { MAX_RETENTION_DAYS } from '../plan/retention';

const SELECTION = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ResourceSelection.html';

/** The quotas of a tiering configuration. */
const TIERING_QUOTAS = {
  selections: { max: 5, severity: 'error', source: SELECTION, asOf: '2026-09' },
  /** Buckets named in all selections together. */
  resources: { max: 100, severity: 'error', source: SELECTION, asOf: '2026-09' },
} as const satisfies Record<string, Quota>;

const MIN_TIERING_DAYS = 60;

/** A selection of a tiering configuration in CloudFormation. */
export interface TieringSelectionValues {
  /** ARNs, or only `*` for all. */
  readonly resources: readonly unknown[];
  readonly afterDays: unknown;
}

/** The law for the days after which backups move. Source: API Reference of AWS Backup, `ResourceSelection`, 2026-09. */
export function tieringDaysProblems(days: unknown, property: string): Problem[] {
  return wholeNumberProblems('Backup-TieringDays', property, days, {
    min: MIN_TIERING_DAYS,
    max: MAX_RETENTION_DAYS,
    unit: 'days',
  });
}

/**
 * The law for a bucket whose backups move: an ARN without wildcards. Only Amazon S3 has tiering. Source: API
 * Reference of AWS Backup, `ResourceSelection`, 2026-09.
 */
export function tieringBucketProblems(arn: unknown, property: string): Problem[] {
  if (!isKnown(arn)) return [];
  if (typeof arn === 'string' && /^arn:aws(-[a-z]+)*:s3:::[\w.-]{3,255}$/.test(arn)) return [];
  return [
    problem({
      id: 'Backup-TieringBucket',
      property,
      message: (label) =>
        `${label(property)} must be the ARN of a bucket, \`arn:<partition>:s3:::<name>\`, got ${show(arn)}`,
      fix:
        typeof arn === 'string' && /[*?]/.test(arn)
          ? 'name each bucket, or select all of them'
          : 'name an Amazon S3 bucket, since only Amazon S3 has tiering',
    }),
  ];
}

/** The law for all selections of a tiering configuration. */
export function tieringSelectionsProblems(
  selections: readonly TieringSelectionValues[],
  property: string,
): Problem[] {
  const { selections: atMost, resources } = TIERING_QUOTAS;
  const problems: Problem[] = [];
  if (selections.length === 0 || selections.length > atMost.max)
    problems.push(
      problem({
        id: 'Backup-TieringSelections',
        property,
        message: (label) =>
          `${label(property)} must have 1 to ${atMost.max} selections, got ${selections.length || 'none'}`,
        fix:
          selections.length === 0
            ? undefined
            : 'put buckets that move after the same days into one selection',
      }),
    );
  const named = selections.flatMap((selection) => selection.resources).filter((resource) => resource !== '*');
  if (named.length > resources.max)
    problems.push(
      problem({
        id: 'Backup-TieringResources',
        property,
        message: (label) =>
          `${label(property)} can name at most ${resources.max} buckets in a tiering configuration, got ${named.length}`,
        fix: 'select all buckets',
      }),
    );
  return [...problems, ...twiceProblems(selections, property)];
}

/** AWS doesn't document what happens to a bucket that is selected twice. */
function twiceProblems(selections: readonly TieringSelectionValues[], property: string): Problem[] {
  const unique = new Set<unknown>();
  const duplicates = new Set<unknown>();
  for (const resource of selections.flatMap((selection) => selection.resources)) {
    if (unique.has(resource)) duplicates.add(resource);
    unique.add(resource);
  }
  return [...duplicates].map((resource) =>
    problem({
      id: 'Backup-TieringTwice',
      property,
      message: (label) =>
        `${label(property)} selects ${resource === '*' ? 'all buckets' : show(resource)} twice, and AWS doesn't document after how many days their backups move`,
      fix: 'omit one of them',
    }),
  );
}

/**
 * The law for backups that never move, because they expire first.
 *
 * @param longestDays the longest retention in the vault, or that its lock allows; undefined: forever
 * @param why the reason, such as "the lock of `Stack/Vault`"
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
    problem({
      id: 'Backup-NeverTiers',
      property,
      message: (label) =>
        `${label(property)} moves backups after ${dayCount(afterDays)}, but ${why} keeps none longer than ${dayCount(longestDays)}: nothing ever moves`,
      fix:
        longestDays > MIN_TIERING_DAYS
          ? `use less than ${dayCount(longestDays)}`
          : 'omit tiering for this vault',
    }),
  ];
}
