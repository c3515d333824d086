import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';

const ID = 'Backup-PolicyTarget';

/** How messages call where rules and selections are rendered to. */
export const POLICY_TARGET = 'an organization backup policy';

/** A problem with a rule, a selection or a plan, which the message names. */
export function targetError(property: string, owner: string, message: string, fix: string): Problem {
  return {
    id: ID,
    severity: 'error',
    property,
    message: `\`${property}\` of ${show(owner)} ${message}`,
    fix,
  };
}

/** What is known at deployment only can't stand in a policy. */
export function targetUnknown(property: string, owner: string, fix: string): Problem {
  return targetError(property, owner, `must be known at synthesis in ${POLICY_TARGET}, got a token`, fix);
}

/** The way out for a token. */
export const LITERAL_FIX = 'give it as a literal: the policy is the same text for every account';
