import { isKnown, wholeNumberProblems } from './amounts';
import type { Problem } from './problem';

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
 * Source: refused, and 60 / start + 60 accepted, in CloudFormation deployments of 2026-09-24. Where only the
 * completion window is said, nothing is known of AWS's verdict, and the default start window is compared in a
 * warning.
 */
export function windowProblems(
  startMinutes: number | undefined,
  completionMinutes: number | undefined,
  words: WindowWords = { start: 'startWindow', completion: 'completionWindow' },
): Problem[] {
  const problems: Problem[] = [];
  if (startMinutes !== undefined)
    problems.push(
      ...wholeNumberProblems('Backup-StartWindow', words.start, startMinutes, {
        min: MIN_WINDOW_MINUTES,
        max: MAX_WINDOW_MINUTES,
        unit: 'minutes',
      }),
    );
  if (completionMinutes !== undefined)
    problems.push(
      ...wholeNumberProblems('Backup-CompletionWindow', words.completion, completionMinutes, {
        min: MIN_WINDOW_MINUTES,
        max: MAX_WINDOW_MINUTES,
        unit: 'minutes',
      }),
    );
  if (problems.length > 0 || completionMinutes === undefined) return problems;
  if (!isKnown(completionMinutes) || (startMinutes !== undefined && !isKnown(startMinutes))) return problems;

  const start = startMinutes ?? DEFAULT_START_WINDOW_MINUTES;
  const least = start + MIN_WINDOW_MINUTES;
  if (completionMinutes < least)
    problems.push({
      id: 'Backup-CompletionWindow',
      severity: startMinutes === undefined ? 'warning' : 'error',
      property: words.completion,
      message: `\`${words.completion}\` must be at least ${MIN_WINDOW_MINUTES} minutes longer than \`${words.start}\` (${start} minutes${startMinutes === undefined ? ', AWS Backup’s default' : ''}), got ${completionMinutes} minutes`,
      fix:
        startMinutes === undefined
          ? `use ${least} minutes or more, or say \`${words.start}\``
          : `use ${least} minutes or more`,
    });
  return problems;
}
