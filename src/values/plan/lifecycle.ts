import { dayCount, isKnown, show, wholeNumberProblems } from '../core/amounts';
import type { Problem, Sentence } from '../core/problem';
import { problem } from '../core/problem';
import { MAX_RETENTION_DAYS } from './retention';

/** The minimum time that a recovery point stays in cold storage. */
export const MIN_COLD_DAYS = 90;
/** The longest retention of a continuous backup. */
export const MAX_CONTINUOUS_DAYS = 35;
/** With fewer days in warm storage, AWS Backup makes an additional full backup before the transition. */
export const RECOMMENDED_WARM_DAYS = 8;

/** With a shorter retention, AWS Backup makes full backups more often. */
const RECOMMENDED_RETENTION_DAYS = 7;

/** The lifecycle of a rule or a copy, in the days of CloudFormation. */
export interface LifecycleValues {
  /** Undefined or -1: kept forever. */
  readonly deleteAfterDays?: number;
  /** Undefined or -1: no transition to cold storage. */
  readonly moveToColdStorageAfterDays?: number;
  readonly continuous?: boolean;
  /** EBS Snapshots Archive: `OptInToArchiveForSupportedResources`. */
  readonly archive?: boolean;
  /** Whether the rule runs every 28 days or less often; undefined if unknown. */
  readonly monthlyOrRarer?: boolean;
}

/**
 * The law for the lifecycle of a rule or a copy action.
 *
 * Sources: AWS Backup Developer Guide "Backup plan options and configuration" (2026-09) and "Point-in-time
 * recovery"; the API reference of Lifecycle for -1; CloudFormation deployments of 2026-09-24 for what AWS rejects.
 */
export function lifecycleProblems(values: LifecycleValues): Problem[] {
  const deleteAfter = values.deleteAfterDays === -1 ? undefined : values.deleteAfterDays;
  const coldAfter = values.moveToColdStorageAfterDays === -1 ? undefined : values.moveToColdStorageAfterDays;
  const law = values.continuous === true ? continuousProblems : periodicProblems;
  return [
    ...law(deleteAfter, coldAfter),
    ...archiveProblems({ ...values, moveToColdStorageAfterDays: coldAfter }),
  ];
}

function continuousProblems(deleteAfter: number | undefined, coldAfter: number | undefined): Problem[] {
  const problems: Problem[] = [];
  if (coldAfter !== undefined)
    problems.push(
      problem({
        id: 'Backup-ContinuousColdStorage',
        property: 'coldStorageAfter',
        message: (label) =>
          `${label('coldStorageAfter')} can't be combined with continuous backup, which has no cold storage`,
        fix: (label) =>
          `omit ${label('coldStorageAfter')}, and add a snapshot rule for anything you move to cold storage`,
      }),
    );
  const id = 'Backup-ContinuousRetention';
  const bounds = { min: 1, max: MAX_CONTINUOUS_DAYS, unit: 'days' };
  if (deleteAfter === undefined || wholeNumberProblems(id, 'retention', deleteAfter, bounds).length > 0)
    problems.push(
      problem({
        id,
        property: 'retention',
        message: (label) =>
          `${label('retention')} of a continuous backup must be 1 to ${MAX_CONTINUOUS_DAYS} days, got ${span(deleteAfter)}`,
        fix: `use at most ${MAX_CONTINUOUS_DAYS} days, and add a snapshot rule for anything you keep longer`,
      }),
    );
  return problems;
}

function periodicProblems(deleteAfter: number | undefined, coldAfter: number | undefined): Problem[] {
  const bounds = { min: 1, max: MAX_RETENTION_DAYS, unit: 'days' };
  const problems: Problem[] = [];
  if (deleteAfter !== undefined)
    problems.push(...wholeNumberProblems('Backup-RetentionRange', 'retention', deleteAfter, bounds));
  if (coldAfter !== undefined)
    problems.push(...wholeNumberProblems('Backup-ColdStorageRange', 'coldStorageAfter', coldAfter, bounds));
  if (problems.length > 0 || coldAfter === undefined || !isKnown(coldAfter)) return problems;

  if (deleteAfter !== undefined && isKnown(deleteAfter) && deleteAfter < coldAfter + MIN_COLD_DAYS)
    problems.push(
      problem({
        id: 'Backup-ColdStorageGap',
        property: 'retention',
        message: (label) =>
          `${label('retention')} must be at least ${MIN_COLD_DAYS} days after ${label('coldStorageAfter')} (${dayCount(coldAfter)}), got ${dayCount(deleteAfter)}`,
        fix: gapFix(deleteAfter, coldAfter),
      }),
    );
  if (coldAfter < RECOMMENDED_WARM_DAYS)
    problems.push(
      problem({
        id: 'Backup-ShortWarmStorage',
        property: 'coldStorageAfter',
        message: (label) =>
          `${label('coldStorageAfter')} should be at least ${RECOMMENDED_WARM_DAYS} days, got ${dayCount(coldAfter)}: below that, AWS Backup makes an additional full backup in warm storage`,
        fix: `use ${RECOMMENDED_WARM_DAYS} days or more`,
      }),
    );
  return problems;
}

/** Backups that are kept for less than the minimum time in cold storage can't be moved there at all. */
function gapFix(deleteAfter: number, coldAfter: number): Sentence {
  const longer = coldAfter + MIN_COLD_DAYS;
  if (longer > MAX_RETENTION_DAYS)
    return (label) =>
      `use ${MAX_RETENTION_DAYS - MIN_COLD_DAYS} days or less for ${label('coldStorageAfter')}`;
  return deleteAfter > MIN_COLD_DAYS
    ? `use ${longer} days or more`
    : (label) => `use ${longer} days or more, or omit ${label('coldStorageAfter')}`;
}

function archiveProblems({
  archive,
  continuous,
  moveToColdStorageAfterDays,
  monthlyOrRarer,
}: LifecycleValues): Problem[] {
  if (archive !== true) return [];
  const property = 'archive';
  if (moveToColdStorageAfterDays === undefined)
    return [
      problem({
        id: 'Backup-ArchiveWithoutColdStorage',
        property,
        message: (label) => `${label(property)} does nothing without ${label('coldStorageAfter')}`,
        fix: (label) =>
          continuous
            ? `omit ${label(property)}, since continuous backup has no cold storage`
            : `set ${label('coldStorageAfter')} to the number of days after which EBS snapshots are archived, or omit ${label(property)}`,
      }),
    ];
  if (monthlyOrRarer !== false) return [];
  return [
    problem({
      id: 'Backup-ArchiveFrequency',
      property,
      message: (label) =>
        `${label(property)} moves EBS snapshots to the archive only if the rule runs once a month or less often`,
      fix: 'use a monthly or yearly schedule for this rule',
    }),
  ];
}

/**
 * The law for short retention, which makes backups expensive: later backups have no earlier one to build on.
 *
 * Source: Developer Guide "Metering and billing", 2026-04.
 */
export function shortRetentionProblems(days: number | undefined, property: string): Problem[] {
  if (days === undefined || !isKnown(days) || days < 1 || days >= RECOMMENDED_RETENTION_DAYS) return [];
  return [
    problem({
      id: 'Backup-ShortRetention',
      property,
      message: (label) =>
        `${label(property)} should be at least ${RECOMMENDED_RETENTION_DAYS} days, got ${dayCount(days)}: below that, AWS Backup may make a full backup every time`,
      fix: `use ${RECOMMENDED_RETENTION_DAYS} days or more`,
    }),
  ];
}

/**
 * The law for the schedule of a continuous backup, at which AWS Backup maintains it: a backup that expires before the
 * next run is missing until then.
 *
 * Source: Developer Guide "Point-in-time recovery", 2026-04.
 *
 * @param gapMinutes the longest time between two runs
 * @param schedule the reader's name of the property to change
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
    problem({
      id: 'Backup-ContinuousCadence',
      property,
      message: (label) =>
        `${label(property)} should be longer than the interval between two runs of the continuous rule (${every}), got ${dayCount(days)}: the backup expires in between`,
      fix: `set \`${schedule}\` to run more often, such as every day`,
    }),
  ];
}

function span(days: number | undefined): string {
  if (days === undefined) return 'forever';
  return typeof days === 'number' ? dayCount(days) : show(days);
}
