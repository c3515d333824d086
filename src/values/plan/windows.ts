import { isKnown, wholeNumberProblems } from '../core/amounts';
import type { Problem } from '../core/problem';

/** The shortest start window, and the least time between its end and the end of the completion window. */
export const MIN_WINDOW_MINUTES = 60;
/** 100 years. */
export const MAX_WINDOW_MINUTES = 52_560_000;
/** What AWS Backup takes where a rule says nothing: 8 hours. */
export const DEFAULT_START_WINDOW_MINUTES = 480;
/** What AWS Backup takes where a rule says nothing: 7 days. */
export const DEFAULT_COMPLETION_WINDOW_MINUTES = 10_080;

export interface WindowWords {
  readonly start: string;
  readonly completion: string;
}

/**
 * The law of the two windows of a rule, in minutes; undefined where AWS's default is taken.
 *
 * Sources: 60 and start + 60 were accepted, less was refused, in CloudFormation deployments of 2026-09-24; the
 * upper bounds stand in the API reference of BackupRuleInput and StartBackupJob. Where only one of the two is said, nothing is known
 * of AWS's verdict, and it is compared with the default of the other in a warning.
 */
export function windowProblems(
  startMinutes: number | undefined,
  completionMinutes: number | undefined,
  words: WindowWords = { start: 'startWindow', completion: 'completionWindow' },
): Problem[] {
  if (startMinutes === undefined && completionMinutes === undefined) return [];
  const id = 'Backup-CompletionWindow';
  const start = startMinutes === undefined ? DEFAULT_START_WINDOW_MINUTES : startMinutes;
  const completion = completionMinutes === undefined ? DEFAULT_COMPLETION_WINDOW_MINUTES : completionMinutes;
  const known = isKnown(start) && Number.isInteger(start) ? start : 0;
  const least = Math.max(known, MIN_WINDOW_MINUTES) + MIN_WINDOW_MINUTES;
  const fix = `use ${least} minutes or more`;

  const bounds = { max: MAX_WINDOW_MINUTES, unit: 'minutes' };
  const problems = [
    ...wholeNumberProblems('Backup-StartWindow', words.start, start, { ...bounds, min: MIN_WINDOW_MINUTES }),
    // the true minimum follows from the start window, below
    ...wholeNumberProblems(id, words.completion, completion, {
      ...bounds,
      min: 1,
      fix: typeof completion === 'number' && completion < 1 ? fix : undefined,
    }),
  ];
  if (problems.length > 0 || !isKnown(start) || !isKnown(completion) || completion >= least) return problems;

  const problem = { id, property: words.completion };
  const longer = `at least ${MIN_WINDOW_MINUTES} minutes longer than \`${words.start}\``;
  if (startMinutes === undefined)
    return [
      {
        ...problem,
        severity: 'warning',
        message: `\`${words.completion}\` should be ${longer}, which is ${start} minutes by AWS Backup's default, got ${completion} minutes`,
        fix: `${fix}, or say \`${words.start}\` too`,
      },
    ];
  if (completionMinutes === undefined)
    return [
      {
        ...problem,
        severity: 'warning',
        message: `\`${words.completion}\` should be ${longer} (${start} minutes), but is ${completion} minutes by AWS Backup's default`,
        fix: `say \`${words.completion}\` too, ${least} minutes or more`,
      },
    ];
  return [
    {
      ...problem,
      severity: 'error',
      message: `\`${words.completion}\` must be ${longer} (${start} minutes), got ${completion} minutes`,
      fix,
    },
  ];
}
