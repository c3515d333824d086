/** `npx projen checks-doc`: writes docs/checks.md from the table of checks. A test fails when it is stale. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_CHECKS } from '../src/checks/all-checks';
import type { Check } from '../src/checks/engine/check';
import { UNPROTECTED } from '../src/checks/engine/unprotected';

export const CHECKS_PAGE = join(__dirname, '..', 'docs', 'checks.md');

type Documented = Omit<Check, 'find'>;

/** The page of all checks, in the order of their ids. */
export function checksPage(): string {
  const checks: readonly Documented[] = [...ALL_CHECKS, UNPROTECTED];
  const sorted = [...checks].sort((a, b) => (a.id < b.id ? -1 : 1));
  const count = (severity: string) => sorted.filter((check) => check.severity === severity).length;
  return `# Checks

Written by \`npx projen checks-doc\` from the table of checks in \`src/checks\`.

\`BackupChecks\`, the plugin for \`cdk synth\`, and \`cdk-backup check\` make ${sorted.length} checks: ${count('error')} of what AWS
Backup or CloudFormation refuses or what certainly fails (**error**), ${count('warning')} of what is silently ignored, works worse than it
looks or costs money (**warning**), and ${count('note')} of what can't be told before deployment (**note**). A finding may be milder
than its check where not all is known. \`${UNPROTECTED.id}\` is only made where a minimum of coverage is asked for.

In an app, a finding is acknowledged on its construct with a reason that stays in CDK's report; a check gets another
severity, or is left out, by its id:

\`\`\`text
Validations.of(vault).acknowledge({ id: 'BackupChecks::${sorted[0].id}', reason: '…' });
new BackupChecks({ severities: { '${sorted[0].id}': CheckSeverity.WARNING }, disabled: ['${sorted[1].id}'] });
\`\`\`

| check | severity | what is reported |
| --- | --- | --- |
${sorted.map(({ id, severity, what }) => `| [${id}](#${id.toLowerCase()}) | ${severity} | ${cell(what)} |`).join('\n')}

${sorted.map(section).join('\n')}`;
}

function section({ id, severity, what, why, fix, docs, source, asOf }: Documented): string {
  return `## ${id}

${severity[0].toUpperCase()}${severity.slice(1)}. ${sentence(what)} ${sentence(why)}

Fix: ${fix}. See [AWS's page](${docs}).

Source: ${source}; ${asOf}.
`;
}

function sentence(text: string): string {
  return /[.!?]"?$/.test(text) ? text : `${text}.`;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}

if (require.main === module) writeFileSync(CHECKS_PAGE, checksPage());
