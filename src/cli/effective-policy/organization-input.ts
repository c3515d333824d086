import type { PolicyLibrary } from '../../policy/admission/policy-library';
import type { Organization, OrganizationUnit } from '../../policy/effective/organization';
import { type FileProblem, readOrganization } from '../../policy/effective/organization-file';
import { readText } from '../../template/input/files';
import { InputError } from '../../template/input/input-error';
import { show } from '../../values/core/amounts';
import { InputProblems } from '../core/input-problems';

/** An organization of 10,000 accounts with three policies each takes a tenth of this. */
const MAX_BYTES = 128 << 20;
/** The most problems to print. */
const MAX_LINES = 1_000;

/** The content of organization files. */
export interface OrganizationInput {
  readonly organizations: readonly { readonly file: string; readonly organization: Organization }[];
  /** Problems that leave the files usable. */
  readonly warnings: readonly FileProblem[];
}

/**
 * Reads files of organizations.
 *
 * @param policies keeps what it reads
 * @throws InputProblems with all that is wrong in all of them
 */
export function readOrganizations(files: readonly string[], policies: PolicyLibrary): OrganizationInput {
  const organizations: { file: string; organization: Organization }[] = [];
  const warnings: FileProblem[] = [];
  const lines: string[] = [];
  const ids = new Map<string, string>();
  for (const file of files) {
    const text = textOf(file, lines);
    if (text === undefined) continue;
    const { organization, problems } = readOrganization(text, file, policies);
    for (const problem of problems)
      if (problem.severity === 'error') lines.push(problemLine(problem));
      else warnings.push(problem);
    if (!organization) continue;
    lines.push(...knownElsewhere(organization, file, ids).map(problemLine));
    organizations.push({ file, organization });
  }
  if (lines.length === 0) return { organizations, warnings };
  const more = lines.length - MAX_LINES;
  throw new InputProblems(more > 0 ? [...lines.slice(0, MAX_LINES), `and ${more} more problems`] : lines);
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

/** `organization.json: \`root/accounts/0/id\`: must be 12 digits, got \`1\``. */
export function problemLine({ file, path, reason, fix }: FileProblem): string {
  return `${file}: ${path === '' ? '' : `${show(path)}: `}${reason}${fix === undefined ? '' : `; ${fix}`}`;
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
