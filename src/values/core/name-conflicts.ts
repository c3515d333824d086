import type { Problem } from './problem';

/**
 * The law of names that are taken already in an account and Region. Of plans, only equal ones are documented to be
 * refused.
 *
 * @param other who has the name
 */
export function takenNameProblem(name: string, other: string, property: string): Problem {
  return taken('Backup-DuplicateName', name, other, property, 'name');
}

/** The same for the name of a plan. */
export function takenPlanNameProblem(name: string, other: string, property: string): Problem {
  return taken('Backup-DuplicatePlanName', name, other, property, 'plan');
}

function taken(id: string, name: string, other: string, property: string, what: string): Problem {
  return {
    id,
    severity: 'warning',
    property,
    message: `\`${property}\` \`${name}\` is also the name of \`${other}\` in the same account and Region, and AWS Backup refuses a ${what} that is there already`,
    fix: 'leave it out: generated names are unique in the app',
  };
}
