import type { FindingId } from '../findings/registry';
import type { Problem } from './problem';
import { problem } from './problem';

/**
 * The law for names that already exist in an account and Region. For plans, AWS documents only that it rejects
 * identical ones.
 *
 * @param other the resource that has the name
 */
export function duplicateNameProblem(name: string, other: string, property: string): Problem {
  return conflict(name, other, property, { id: 'Backup-DuplicateName', what: 'name' });
}

/** The same for plan names. */
export function duplicatePlanNameProblem(name: string, other: string, property: string): Problem {
  return conflict(name, other, property, { id: 'Backup-DuplicatePlanName', what: 'plan' });
}

function conflict(
  name: string,
  other: string,
  property: string,
  { id, what }: { readonly id: FindingId; readonly what: string },
): Problem {
  return problem({
    id,
    property,
    message: (label) =>
      `${label(property)} \`${name}\` is also the name of \`${other}\` in the same account and Region, and AWS Backup rejects a ${what} that already exists`,
    fix: 'omit it, since generated names are unique within the app',
  });
}
