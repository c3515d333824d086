import {
  type ComparedAccount,
  organizationDifference,
} from '../../forecast/difference/organization-difference';
import type { Difference } from '../../forecast/difference/summary';
import { PolicyLibrary } from '../../policy/admission/policy-library';
import { evaluateOrganization, type OrganizationEffect } from '../../policy/effective/effective-policy';
import { readOrganization } from '../../policy/effective/organization-file';
import { isFolder, isObject, own, readJson, readText } from '../../template/input/files';
import { InputProblems, problemLine } from '../core/input-problems';

/** An organization of 10,000 accounts with three policies each takes a tenth of this. */
const MAX_BYTES = 128 << 20;

/** Whether a path is the file of an organization: JSON with `root`. */
export function isOrganizationFile(path: string): boolean {
  if (path === '-' || isFolder(path) || /\.ya?ml$/i.test(path)) return false;
  try {
    const content = readJson(path, MAX_BYTES);
    return isObject(content) && own(content, 'root') !== undefined && own(content, 'Resources') === undefined;
  } catch {
    return false; // read as an app, with all its problems
  }
}

/**
 * Compares two files of organizations. Policies that become invalid leave the earlier ones in force.
 *
 * @throws InputProblems with all that is wrong in the files
 */
export function organizationFilesDifference(before: string, after: string): Difference {
  const policies = new PolicyLibrary();
  const readings = [before, after].map((file) => readOrganization(readText(file, MAX_BYTES), file, policies));
  const lines = readings.flatMap(({ problems }) =>
    problems.filter(({ severity }) => severity === 'error').map(problemLine),
  );
  const [old, now] = readings.map(({ organization }) => organization);
  if (lines.length > 0 || !old || !now) throw new InputProblems(lines);
  const was = evaluateOrganization(old, { policies });
  const is = evaluateOrganization(now, { policies, before: was });
  return organizationDifference(accountsOf(was), accountsOf(is));
}

function accountsOf({ accounts }: OrganizationEffect): ComparedAccount[] {
  return accounts.map(({ id, path, inForce, errors }) => ({
    id,
    path,
    inForce,
    isInvalid: errors.length > 0,
  }));
}
