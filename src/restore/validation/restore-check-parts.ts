import { kindProblems } from '../../resources/core/argument-checks';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';

/** The id of what is wrong with a check. */
export const ID = 'Backup-RestoreCheck';

/** The ARN of a function; undefined for any other value. */
export function functionArnOf(value: { functionRef?: { functionArn?: string } }): string | undefined {
  return value?.functionRef?.functionArn;
}

/** Checks an optional share. */
export function shareProblems(property: string, share: unknown): Problem[] {
  return kindProblems(
    share,
    (value: unknown) => typeof value === 'number' && (!isKnown(value) || (value > 0 && value <= 1)),
    {
      id: ID,
      property,
      what: 'a share: more than 0, up to 1',
      fix: 'for example, use 0.9',
    },
  );
}
