/**
 * `npx projen checks-doc`: writes docs/checks.md and the schema of `.cdk-backup.json` from the registry of findings. Tests fail
 * when they are stale.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNPROTECTED } from '../src/checks/engine/unprotected';
import { CHECK_IDS } from '../src/configuration/check-ids';
import { publishedSchema } from '../src/configuration/configuration-schema';
import { FINDINGS, type FindingFacts, type FindingId } from '../src/values/findings/registry';
import { OBJECTIVE_FINDINGS } from '../src/values/objectives/objective-laws';
import { CONFORMANCE } from '../src/values/standards/conformance-finding';

const SCHEMA_FILE = join(__dirname, '..', 'schema', 'cdk-backup.schema.json');
export const CHECKS_PAGE = join(__dirname, '..', 'docs', 'checks.md');

const CHECKED: ReadonlySet<FindingId> = new Set(CHECK_IDS);

type Documented = FindingFacts & { readonly id: FindingId };

/** The page of all findings, in the order of their ids. */
export function checksPage(): string {
  const all = (Object.keys(FINDINGS) as FindingId[])
    .sort()
    .map((id): Documented => ({ id, ...FINDINGS[id] }));
  const checks = all.filter(({ id }) => CHECKED.has(id));
  const count = (severity: string) => checks.filter((check) => check.severity === severity).length;
  return `# Checks

Written by \`npx projen checks-doc\` from the registry in \`src/values/findings\`.

This page lists every finding that you may meet. ${checks.length} of them are **checks**: \`BackupChecks\`, the plugin for \`cdk synth\`,
and \`cdk-backup check\` look for them in templates. ${count('error')} report what AWS Backup or CloudFormation refuses or what
certainly fails (**error**), ${count('warning')} what is silently ignored, degraded or costs money (**warning**), and ${count('note')} what can't be
determined before deployment (**note**). \`${UNPROTECTED}\` is checked only where you set a minimum coverage,
\`${OBJECTIVE_FINDINGS.join('`, `')}\` only where you set objectives,
and \`${CONFORMANCE}\` only where you set standards.

The others come from **constructors**, which throw errors at the line that wrote the bad value and attach warnings to the
construct.

In an app, acknowledge a finding on its construct, with a reason that stays in the CDK's report. You can also change the
severity of a check or turn it off:

\`\`\`text
Validations.of(vault).acknowledge({ id: 'BackupChecks::${checks[0].id}', reason: '…' });
Validations.of(plan).acknowledge({ id: 'Backup-ShortRetention', reason: '…' }); // a warning of a constructor
new BackupChecks({ severities: { '${checks[0].id}': CheckSeverity.WARNING }, disabled: ['${checks[1].id}'] });
\`\`\`

| id | severity | found by | what is reported |
| --- | --- | --- | --- |
${all.map((one) => `| [${one.id}](#${one.id.toLowerCase()}) | ${one.severity} | ${foundBy(one)} | ${cell(one.what)} |`).join('\n')}

${all.map(section).join('\n')}`;
}

function foundBy({ id }: Documented): string {
  return CHECKED.has(id) ? 'check' : 'constructor';
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

if (require.main === module) {
  writeFileSync(CHECKS_PAGE, checksPage());
  writeFileSync(SCHEMA_FILE, publishedSchema());
}
