import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';

/** A problem with a rule, a selection or a plan, which the message names. */
export function targetError(property: string, owner: string, message: string, fix: string): Problem {
  return problem({
    id: 'Backup-PolicyTarget',
    property,
    message: (label) => `${label(property)} of ${show(owner)} ${message}`,
    fix,
  });
}

/** Something that a backup policy has no field for. */
export function unsupported(property: string, owner: string, why: string, fix: string): Problem {
  return targetError(property, owner, `is not supported by organization backup policies, ${why}`, fix);
}

/** A value that is known only at deployment, which can't be written into a policy. */
export function targetUnknown(property: string, owner: string, fix: string): Problem {
  const message = 'must be known at synthesis in an organization backup policy, got a token';
  return targetError(property, owner, message, fix);
}

/** The fix for a token. */
export const LITERAL_FIX = 'use a literal value: the policy is the same text for every account';
