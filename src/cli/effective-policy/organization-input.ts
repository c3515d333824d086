import { basename } from 'node:path';
import { readInventory } from '../../inventory/inventory';
import type { PolicyLibrary } from '../../policy/admission/policy-library';
import type { Organization, OrganizationUnit } from '../../policy/effective/organization';
import { type FileProblem, readOrganization } from '../../policy/effective/organization-file';
import { isFolder, isObject, MAX_TEMPLATE_BYTES, own, readJson, readText } from '../../template/input/files';
import { InputError } from '../../template/input/input-error';
import { show } from '../../values/core/amounts';
import { InputProblems, problemLine } from '../core/input-problems';
import { type AppPolicy, appPolicies, missingTargets, organizationOf, withAppPolicies } from './app-policies';

/** An organization of 10,000 accounts with three policies each takes a tenth of this. */
const MAX_BYTES = 128 << 20;
/** The most problems to print. */
const MAX_LINES = 1_000;

/** The content of organization files. */
export interface OrganizationInput {
  readonly organizations: readonly { readonly file: string; readonly organization: Organization }[];
  /** Problems that leave the files usable. */
  readonly warnings: readonly FileProblem[];
  /** The policies of apps. */
  readonly appPolicies: readonly AppPolicy[];
}

/**
 * Reads files of organizations, and the policies of apps. Without a file, the organization consists of the targets of the
 * policies.
 *
 * @param policies keeps what it reads
 * @throws InputProblems with all that is wrong in all of them
 */
export function readOrganizations(
  paths: readonly string[],
  policies: PolicyLibrary,
  stdin?: () => string,
): OrganizationInput {
  const organizations: { file: string; organization: Organization }[] = [];
  const warnings: FileProblem[] = [];
  const lines: string[] = [];
  const report = (problem: FileProblem) => {
    if (problem.severity === 'error') lines.push(problemLine(problem));
    else warnings.push(problem);
  };
  const apps = paths.filter(isApp);
  const ids = new Map<string, string>();
  for (const file of paths.filter((path) => !apps.includes(path))) {
    const text = textOf(file, lines);
    if (text === undefined) continue;
    const { organization, problems } = readOrganization(text, file, policies);
    problems.forEach(report);
    if (!organization) continue;
    lines.push(...knownElsewhere(organization, file, ids).map(problemLine));
    organizations.push({ file, organization });
  }
  const app = apps.length === 0 ? undefined : appPolicies(readInventory(apps, stdin));
  app?.problems.forEach(report);
  if (lines.length > 0) {
    const more = lines.length - MAX_LINES;
    throw new InputProblems(more > 0 ? [...lines.slice(0, MAX_LINES), `and ${more} more problems`] : lines);
  }
  if (!app) return { organizations, warnings, appPolicies: [] };
  if (organizations.length === 0) {
    const organization = withAppPolicies(organizationOf(app.policies), app.policies);
    warnings.push({
      file: apps[0],
      path: '',
      severity: 'warning',
      reason: 'does not show which units contain the accounts and other units, whose policies apply too',
      fix: 'add a file of the organization; it may name only units and accounts',
    });
    organizations.push({ file: apps[0], organization });
  } else {
    const all = organizations.map(({ organization }) => organization);
    warnings.push(...missingTargets(all, app.policies));
  }
  return {
    organizations: organizations.map(({ file, organization }) => ({
      file,
      organization: withAppPolicies(organization, app.policies),
    })),
    warnings,
    appPolicies: app.policies,
  };
}

/** Whether a path is a cloud assembly or a template: a folder, a manifest, YAML, or JSON with `Resources`. */
export function isApp(path: string): boolean {
  if (path === '-' || isFolder(path) || basename(path) === 'manifest.json' || /\.ya?ml$/i.test(path))
    return true;
  try {
    return isObject(own(readJson(path, MAX_TEMPLATE_BYTES), 'Resources'));
  } catch {
    return false; // read as an organization, with all its problems
  }
}

function textOf(file: string, lines: string[]): string | undefined {
  try {
    return readText(file, MAX_BYTES);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    lines.push(error.message);
    return undefined;
  }
}

/** Roots, units and accounts that are also in another file: each belongs to one organization. */
function knownElsewhere({ root }: Organization, file: string, ids: Map<string, string>): FileProblem[] {
  const problems: FileProblem[] = [];
  const note = (id: string, path: string) => {
    const other = ids.get(id);
    if (other === undefined) ids.set(id, file);
    else
      problems.push({
        file,
        path: `${path}/id`,
        severity: 'error',
        reason: `is ${show(id)}, which is also in ${other}`,
        fix: 'use each ID once',
      });
  };
  const open: [OrganizationUnit, string][] = [[root, 'root']];
  for (let next = open.pop(); next; next = open.pop()) {
    const [unit, path] = next;
    note(unit.id, path);
    unit.accounts?.forEach(({ id }, index) => {
      note(id, `${path}/accounts/${index}`);
    });
    unit.children?.forEach((child, index) => {
      open.push([child, `${path}/children/${index}`]);
    });
  }
  return problems;
}
