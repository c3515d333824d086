import type { FileProblem } from '../../policy/effective/organization-file';
import { show } from '../../values/core/amounts';

/** Problems in input files, one line each: lower case, no full stop. */
export class InputProblems extends Error {
  constructor(public readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'InputProblems';
  }
}

/** `organization.json: \`root/accounts/0/id\`: must be 12 digits, got \`1\``. */
export function problemLine({ file, path, reason, fix }: FileProblem): string {
  return `${file}: ${path === '' ? '' : `${show(path)}: `}${reason}${fix === undefined ? '' : `; ${fix}`}`;
}
