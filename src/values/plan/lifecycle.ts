import { dayCount, isKnown, show, wholeNumberProblems } from '../core/amounts';
import type { Problem } from '../core/problem';
import { MAX_RETENTION_DAYS } from './retention';

/** Days that a recovery point stays in cold storage at the least. */
export const MIN_COLD_DAYS = 90;
/** A continuous backup is kept at most this many days. */
export const MAX_CONTINUOUS_DAYS = 35;
/** With fewer warm days, AWS Backup makes one more full backup before it moves the data. */
export const RECOMMENDED_WARM_DAYS = 8;

/** Backups that live shorter in warm storage are made in full more often. */
export const RECOMMENDED_RETENTION_DAYS = 7;

/** The lifecycle of a rule or a copy, in the days of CloudFormation. */
export interface LifecycleValues {
  /** Undefined or -1: kept for ever. */
  readonly deleteAfterDays?: number;
  /** Undefined or -1: never moved. */
  readonly moveToColdStorageAfterDays?: number;
  readonly continuous?: boolean;
  /** EBS Snapshots Archive: `OptInToArchiveForSupportedResources`. */
  readonly archive?: boolean;
  /** Whether the rule runs once in 28 days or more rarely; undefined where that isn't known. */
  readonly monthlyOrRarer?: boolean;
}

/** How the caller names the properties: a prop of ours, or the path in a template. */
export interface LifecycleWords {
  readonly retention: string;
  readonly cold: string;
  readonly archive: string;
}

const OUR_WORDS: LifecycleWords = { retention: 'retention', cold: 'coldStorageAfter', archive: 'archive' };

/**
 * The law of a lifecycle, for rules and for copy actions alike.
 *
 * Sources: AWS Backup Developer Guide "Backup plan options and configuration" (2026-09) and "Point-in-time
 * recovery"; the API reference of Lifecycle for -1; the refusals were seen in CloudFormation deployments of
 * 2026-09-24.
 */
export function lifecycleProblems(values: LifecycleValues, words: LifecycleWords = OUR_WORDS): Problem[] {
  const deleteAfter = values.deleteAfterDays === -1 ? undefined : values.deleteAfterDays;
  const coldAfter = values.moveToColdStorageAfterDays === -1 ? undefined : values.moveToColdStorageAfterDays;
  const law = values.continuous === true ? continuousProblems : periodicProblems;
  return [
    ...law(deleteAfter, coldAfter, words),
    ...archiveProblems({ ...values, moveToColdStorageAfterDays: coldAfter }, words),
  ];
}

function continuousProblems(
  deleteAfter: number | undefined,
  coldAfter: number | undefined,
  { retention, cold }: LifecycleWords,
): Problem[] {
  const problems: Problem[] = [];
  if (coldAfter !== undefined)
    problems.push({
      id: 'Backup-ContinuousColdStorage',
      severity: 'error',
      property: cold,
      message: `\`${cold}\` can't be combined with continuous backup, which has no cold storage`,
      fix: `leave \`${cold}\` out, and add a rule of snapshots for what shall go to cold storage`,
    });
  const id = 'Backup-ContinuousRetention';
  const bounds = { min: 1, max: MAX_CONTINUOUS_DAYS, unit: 'days' };
  if (deleteAfter === undefined || wholeNumberProblems(id, retention, deleteAfter, bounds).length > 0)
    problems.push({
      id,
      severity: 'error',
      property: retention,
      message: `\`${retention}\` of a continuous backup must be 1 to ${MAX_CONTINUOUS_DAYS} days, got ${span(deleteAfter)}`,
      fix: `use at most ${MAX_CONTINUOUS_DAYS} days, and add a rule of snapshots for what shall be kept longer`,
    });
  return problems;
}

function periodicProblems(
  deleteAfter: number | undefined,
  coldAfter: number | undefined,
  { retention, cold }: LifecycleWords,
): Problem[] {
  const bounds = { min: 1, max: MAX_RETENTION_DAYS, unit: 'days' };
  const problems: Problem[] = [];
  if (deleteAfter !== undefined)
    problems.push(...wholeNumberProblems('Backup-RetentionRange', retention, deleteAfter, bounds));
  if (coldAfter !== undefined)
    problems.push(...wholeNumberProblems('Backup-ColdStorageRange', cold, coldAfter, bounds));
  if (problems.length > 0 || coldAfter === undefined || !isKnown(coldAfter)) return problems;

  if (deleteAfter !== undefined && isKnown(deleteAfter) && deleteAfter < coldAfter + MIN_COLD_DAYS)
    problems.push({
      id: 'Backup-ColdStorageGap',
      severity: 'error',
      property: retention,
      message: `\`${retention}\` must be at least ${MIN_COLD_DAYS} days after \`${cold}\` (${dayCount(coldAfter)}), got ${dayCount(deleteAfter)}`,
      fix: gapFix(deleteAfter, coldAfter, cold),
    });
  if (coldAfter < RECOMMENDED_WARM_DAYS)
    problems.push({
      id: 'Backup-ShortWarmStorage',
      severity: 'warning',
      property: cold,
      message: `\`${cold}\` should be at least ${RECOMMENDED_WARM_DAYS} days, got ${dayCount(coldAfter)}: sooner than that, AWS Backup makes one more full backup in warm storage`,
      fix: `use ${RECOMMENDED_WARM_DAYS} days or more`,
    });
  return problems;
}

/** Backups that live shorter than the stay in cold storage can't go there at all. */
function gapFix(deleteAfter: number, coldAfter: number, cold: string): string {
  const longer = coldAfter + MIN_COLD_DAYS;
  if (longer > MAX_RETENTION_DAYS)
    return `use ${MAX_RETENTION_DAYS - MIN_COLD_DAYS} days or less for \`${cold}\``;
  return deleteAfter > MIN_COLD_DAYS
    ? `use ${longer} days or more`
    : `use ${longer} days or more, or leave \`${cold}\` out`;
}

function archiveProblems(
  { archive, continuous, moveToColdStorageAfterDays, monthlyOrRarer }: LifecycleValues,
  words: LifecycleWords,
): Problem[] {
  if (archive !== true) return [];
  const property = words.archive;
  if (moveToColdStorageAfterDays === undefined)
    return [
      {
        id: 'Backup-ArchiveWithoutColdStorage',
        severity: 'warning',
        property,
        message: `\`${property}\` does nothing without \`${words.cold}\``,
        fix: continuous
          ? `leave \`${property}\` out, since continuous backup has no cold storage`
          : `say with \`${words.cold}\` after how many days EBS snapshots are archived, or leave \`${property}\` out`,
      },
    ];
  if (monthlyOrRarer !== false) return [];
  return [
    {
      id: 'Backup-ArchiveFrequency',
      severity: 'warning',
      property,
      message: `\`${property}\` moves EBS snapshots to the archive only where the rule runs once a month or more rarely`,
      fix: 'use a monthly or yearly schedule for this rule',
    },
  ];
}

/**
 * What short retention costs: later backups have no earlier one to build on. A warning, where the retention is sound.
 *
 * Source: Developer Guide "Metering and billing", 2026-04.
 */
export function shortRetentionProblems(days: number | undefined, property: string): Problem[] {
  if (days === undefined || !isKnown(days) || days < 1 || days >= RECOMMENDED_RETENTION_DAYS) return [];
  return [
    {
      id: 'Backup-ShortRetention',
      severity: 'warning',
      property,
      message: `\`${property}\` should be at least ${RECOMMENDED_RETENTION_DAYS} days, got ${dayCount(days)}: sooner than that, AWS Backup may make full backups every time`,
      fix: `use ${RECOMMENDED_RETENTION_DAYS} days or more`,
    },
  ];
}

/**
 * The law of the schedule of a continuous backup, which is when AWS Backup maintains it: a backup that ends before the
 * next time is gone until then.
 *
 * Source: Developer Guide "Point-in-time recovery", 2026-04.
 *
 * @param gapMinutes the longest time between two runs
 */
export function continuousCadenceProblems(
  days: number | undefined,
  gapMinutes: number,
  property: string,
  schedule: string,
): Problem[] {
  if (days === undefined || !isKnown(days) || days < 1 || days * 1440 > gapMinutes) return [];
  const every = Number.isFinite(gapMinutes) ? `every ${dayCount(Math.ceil(gapMinutes / 1440))}` : 'once';
  return [
    {
      id: 'Backup-ContinuousCadence',
      severity: 'warning',
      property,
      message: `\`${property}\` should be longer than the time between two runs of a continuous backup, which are ${every}, got ${dayCount(days)}: the backup expires in between`,
      fix: `run it more often with \`${schedule}\`, such as every day`,
    },
  ];
}

function span(days: number | undefined): string {
  if (days === undefined) return 'for ever';
  return typeof days === 'number' ? dayCount(days) : show(days);
}
