import { shared } from '../../viability/core/find-detections';
import { findScheduleProblems } from '../../viability/plan/schedule-problems';
import { type Check, checksOf } from '../engine/check';

/** The schedules of rules and restore tests, and the windows of backup jobs. */
export const scheduleChecks: readonly Check[] = checksOf(
  [
    'Backup-CompletionWindowDefault',
    'Backup-ScheduleExpression',
    'Backup-ScheduleTooOften',
    'Backup-ScheduleNeverRuns',
    'Backup-ScheduleSkipsMonths',
    'Backup-ScheduleStepWithoutEffect',
    'Backup-ScheduleUndocumentedSyntax',
    'Backup-ScheduleTimeZone',
    'Backup-ScheduleClockChange',
    'Backup-StartWindow',
    'Backup-CompletionWindow',
  ],
  shared(findScheduleProblems),
);
