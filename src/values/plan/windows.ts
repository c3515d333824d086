import { isKnown, wholeNumberProblems } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/** The shortest start window, and the minimum time from its end to the end of the completion window. */
export const MIN_WINDOW_MINUTES = 60;
/** 100 years. */
export const MAX_WINDOW_MINUTES = 52_560_000;
/** AWS Backup's default: 8 hours. */
export const DEFAULT_START_WINDOW_MINUTES = 480;
/** AWS Backup's default: 7 days. */
export const DEFAULT_COMPLETION_WINDOW_MINUTES = 10_080;

/**
 * The law for the two windows of a rule, in minutes; undefined for AWS's default.
 *
 * Sources: CloudFormation deployments of 2026-09-24, which accepted 60 and start + 60 and rejected less; the API reference
 * of BackupRuleInput and StartBackupJob for the upper bounds. If only one window is set, it is unknown what AWS accepts,
 * so the comparison with the default of the other is a warning.
 */
export function windowProblems(
  startMinutes: number | undefined,
  completionMinutes: number | undefined,
): Problem[] {
  const id = 'Backup-CompletionWindow' as const;
  const start = startMinutes === undefined ? DEFAULT_START_WINDOW_MINUTES : startMinutes;
  const completion = completionMinutes === undefined ? DEFAULT_COMPLETION_WINDOW_MINUTES : completionMinutes;
  const known = isKnown(start) && Number.isInteger(start) ? start : 0;
  const least = Math.max(known, MIN_WINDOW_MINUTES) + MIN_WINDOW_MINUTES;
  const fix = `use ${least} minutes or more`;

  const bounds = { max: MAX_WINDOW_MINUTES, unit: 'minutes' };
  const problems = [
    ...wholeNumberProblems('Backup-StartWindow', 'startWindow', start, {
      ...bounds,
      min: MIN_WINDOW_MINUTES,
    }),
    // the actual minimum depends on the start window, see below
    ...wholeNumberProblems(id, 'completionWindow', completion, {
      ...bounds,
      min: 1,
      fix: typeof completion === 'number' && completion < 1 ? fix : undefined,
    }),
  ];
  if (problems.length > 0 || !isKnown(start) || !isKnown(completion) || completion >= least) return problems;

  const base = { id, property: 'completionWindow' } as const;
  const longer = `at least ${MIN_WINDOW_MINUTES} minutes longer than`;
  if (startMinutes === undefined)
    return [
      problem({
        ...base,
        id: 'Backup-CompletionWindowDefault',
        message: (label) =>
          `${label('completionWindow')} should be ${longer} ${label('startWindow')}, which is ${start} minutes by AWS Backup's default, got ${completion} minutes`,
        fix: (label) => `${fix}, or set ${label('startWindow')} too`,
      }),
    ];
  if (completionMinutes === undefined)
    return [
      problem({
        ...base,
        id: 'Backup-CompletionWindowDefault',
        message: (label) =>
          `${label('completionWindow')} should be ${longer} ${label('startWindow')} (${start} minutes), but is ${completion} minutes by AWS Backup's default`,
        fix: (label) => `set ${label('completionWindow')} too, to ${least} minutes or more`,
      }),
    ];
  return [
    problem({
      ...base,
      message: (label) =>
        `${label('completionWindow')} must be ${longer} ${label('startWindow')} (${start} minutes), got ${completion} minutes`,
      fix,
    }),
  ];
}
