import { dayCount, isKnown, wholeNumberProblems } from './amounts';
import type { Problem } from './problem';
import { MAX_RETENTION_DAYS } from './retention';

/** Days that a recovery point stays in cold storage at the least. */
export const MIN_COLD_DAYS = 90;
/** A continuous backup is kept at most this many days. */
export const MAX_CONTINUOUS_DAYS = 35;
/** With fewer warm days, AWS Backup makes one more full backup before it moves the data. */
export const RECOMMENDED_WARM_DAYS = 8;

/** The lifecycle of a rule or a copy, in the days of CloudFormation. */
export interface LifecycleValues {
  /** Undefined or -1: kept for ever. */
  readonly deleteAfterDays?: number;
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
  readonly continuous: string;
}

const OUR_WORDS: LifecycleWords = {
  retention: 'retention',
  cold: 'coldStorageAfter',
  archive: 'archive',
  continuous: 'continuous',
};

/**
 * The law of a lifecycle, for rules and for copy actions alike.
 *
 * Sources: AWS Backup Developer Guide "Backup plan options and configuration" (2026-09) and "Point-in-time
 * recovery"; the refusals were seen in CloudFormation deployments of 2026-09-24.
 */
export function lifecycleProblems(values: LifecycleValues, words: LifecycleWords = OUR_WORDS): Problem[] {
  const problems: Problem[] = [];
  const { retention, cold, archive } = words;
  const coldAfter = known(values.moveToColdStorageAfterDays);
  const forever = values.deleteAfterDays === undefined || values.deleteAfterDays === -1;
  const deleteAfter = forever ? undefined : known(values.deleteAfterDays);

  if (!forever)
    problems.push(
      ...wholeNumberProblems('Backup-RetentionRange', retention, values.deleteAfterDays, {
        min: 1,
        max: MAX_RETENTION_DAYS,
        unit: 'days',
      }),
    );
  if (values.moveToColdStorageAfterDays !== undefined)
    problems.push(
      ...wholeNumberProblems('Backup-ColdStorageRange', cold, values.moveToColdStorageAfterDays, {
        min: 1,
        max: MAX_RETENTION_DAYS - MIN_COLD_DAYS,
        unit: 'days',
      }),
    );
  if (problems.length > 0) return problems; // what follows compares sound numbers

  if (values.continuous) {
    if (values.moveToColdStorageAfterDays !== undefined)
      problems.push({
        id: 'Backup-ContinuousColdStorage',
        severity: 'error',
        property: cold,
        message: `\`${cold}\` can't be combined with continuous backup, which has no cold storage`,
        fix: `leave \`${cold}\` out, and add a rule of snapshots for what shall go to cold storage`,
      });
    if (forever || (deleteAfter !== undefined && deleteAfter > MAX_CONTINUOUS_DAYS))
      problems.push({
        id: 'Backup-ContinuousRetention',
        severity: 'error',
        property: retention,
        message: `\`${retention}\` of a continuous backup must be 1 to ${MAX_CONTINUOUS_DAYS} days, got ${forever ? 'for ever' : dayCount(deleteAfter as number)}`,
        fix: `use at most ${MAX_CONTINUOUS_DAYS} days, and add a rule of snapshots for what shall be kept longer`,
      });
  } else if (
    coldAfter !== undefined &&
    deleteAfter !== undefined &&
    deleteAfter < coldAfter + MIN_COLD_DAYS
  ) {
    problems.push({
      id: 'Backup-ColdStorageGap',
      severity: 'error',
      property: retention,
      message: `\`${retention}\` must be at least ${MIN_COLD_DAYS} days after \`${cold}\` (${dayCount(coldAfter)}), got ${dayCount(deleteAfter)}`,
      fix: `use ${coldAfter + MIN_COLD_DAYS} days or more`,
    });
  }

  if (!values.continuous && coldAfter !== undefined && coldAfter < RECOMMENDED_WARM_DAYS)
    problems.push({
      id: 'Backup-ShortWarmStorage',
      severity: 'warning',
      property: cold,
      message: `\`${cold}\` should be at least ${RECOMMENDED_WARM_DAYS} days, got ${dayCount(coldAfter)}: sooner than that, AWS Backup makes one more full backup in warm storage`,
      fix: `use ${RECOMMENDED_WARM_DAYS} days or more`,
    });

  if (values.archive) {
    if (values.moveToColdStorageAfterDays === undefined)
      problems.push({
        id: 'Backup-ArchiveWithoutColdStorage',
        severity: 'error',
        property: archive,
        message: `\`${archive}\` does nothing without \`${cold}\``,
        fix: `say after how many days EBS snapshots are archived with \`${cold}\``,
      });
    else if (values.monthlyOrRarer === false)
      problems.push({
        id: 'Backup-ArchiveFrequency',
        severity: 'warning',
        property: archive,
        message: `\`${archive}\` moves EBS snapshots to the archive only where the rule runs once a month or more rarely`,
        fix: 'use a monthly or yearly schedule for this rule',
      });
  }
  return problems;
}

function known(value: number | undefined): number | undefined {
  return value !== undefined && isKnown(value) ? value : undefined;
}
