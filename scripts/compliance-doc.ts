/**
 * `npx projen compliance-doc`: writes docs/compliance.md from the table of standards. A test fails when it is stale.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsMappingOf } from '../src/values/standards/aws-mapping';
import { ComplianceStandard } from '../src/values/standards/compliance-standard';
import { KEY_FACTS, KEY_SOURCE } from '../src/values/standards/key-facts';
import { RequirementKey } from '../src/values/standards/requirement-key';
import { DataClass, type StandardRequirement } from '../src/values/standards/standard-requirement';
import { NUMERIC_THRESHOLDS, THRESHOLD_FACTS } from '../src/values/standards/standard-thresholds';

export const COMPLIANCE_PAGE = join(__dirname, '..', 'docs', 'compliance.md');

/** The page of all standards, in the order of the table. */
export function compliancePage(): string {
  const standards = ComplianceStandard.all();
  return `# Compliance

Written by \`npx projen compliance-doc\` from the table in \`src/values/standards\`.

A standard says *that* data is backed up, hardly ever *how often*. This page lists every clause on backups that the library
knows, in our own words, with what it asks of backups, where it was read, when, and how sure we are. **It is no legal advice, and
nothing here claims that you comply.** Each requirement has four possible answers:

- **met**: a template shows it;
- **not met**: a template shows the opposite;
- **not visible**: no template can show it, or it depends on values known only at deployment; the answer names the evidence to keep;
- **not applicable**: there is nothing that it applies to.

[Conformance and evidence](conformance.md) explains how to use the table: in the app, with \`cdk-backup conformance\` and with
\`cdk-backup evidence\`.

## Keys

${KEY_SOURCE.source}; ${KEY_SOURCE.asOf}.

| key | question | a template shows it in | no template shows | controls of AWS Backup Audit Manager | AWS Config rules | Security Hub |
| --- | --- | --- | --- | --- | --- | --- |
${Object.values(RequirementKey).map(keyRow).join('\n')}

## Thresholds

Where a clause has a number, that number applies, and you can only make it stricter. All others are choices of yours, with these
defaults:

| threshold | range | default |
| --- | --- | --- |
${NUMERIC_THRESHOLDS.map(thresholdRow).join('\n')}
| \`allowedRegions\` | Regions | those of the clause; otherwise any |
| \`immutability\` | \`denial\`, \`governance\`, \`compliance\` | \`denial\` |
| \`ownKey\`, \`approvalTeam\`, \`randomSample\` | true or false | false |

Clauses about some data only apply to resources with the tag \`backup:data\`: \`audit-logs\` or \`records\`.

## Standards

| name | standard | version | clauses | AWS's conformance pack |
| --- | --- | --- | --- | --- |
${standards.map(standardRow).join('\n')}

The CIS AWS Foundations Benchmark has no clause on AWS Backup in any version up to 7.0, so there is no such name; use
\`cis-controls\`. AWS Audit Manager, which is another service than AWS Backup Audit Manager, takes no new customers since
2026-04-30; AWS points to conformance packs instead.

${standards.map(section).join('\n')}`;
}

function keyRow(key: RequirementKey): string {
  const { question, where, unseen, auditManager, configRules, securityHub } = KEY_FACTS[key];
  return row([key, question, where, unseen, codes(auditManager), codes(configRules), securityHub.join(', ')]);
}

function thresholdRow(name: (typeof NUMERIC_THRESHOLDS)[number]): string {
  const { max, unit, default: value, defaultSource } = THRESHOLD_FACTS[name];
  return row([
    `\`${name}\``,
    `1 to ${max} ${unit}`,
    value === undefined ? 'none' : `${value}: ${defaultSource}`,
  ]);
}

function standardRow({ id, title, version, requirements, conformancePack }: ComplianceStandard): string {
  return row([`[${id}](#${id})`, title, version, String(requirements.length), conformancePack ?? 'none']);
}

function section(standard: ComplianceStandard): string {
  const { id, title, version, about, requirements } = standard;
  const { pack, aliases } = standard._facts;
  const also = aliases ? ` Also known as ${codes(aliases)}.` : '';
  const rules = pack && pack.rules.length > 0 ? ` It has ${codes(pack.rules)}.` : '';
  const packText = pack
    ? `AWS's conformance pack: \`${pack.name}\`.${rules} Source: ${pack.source}; ${pack.asOf}.`
    : 'AWS publishes no conformance pack for it: the whole mapping is our reading.';
  return `### ${id}

${title} ${version}. ${about}${also}

${packText}

| clause | level | asks for | keys | numbers of the clause | mapped by AWS | sure | source |
| --- | --- | --- | --- | --- | --- | --- | --- |
${requirements.map((one) => requirementRow(standard, one)).join('\n')}
`;
}

function requirementRow(standard: ComplianceStandard, one: StandardRequirement): string {
  const data = one.data && one.data !== DataClass.EVERYTHING ? ` (only ${one.data})` : '';
  const types = one.resourceTypes ? ` (only ${one.resourceTypes.join(', ')})` : '';
  const note = one.note ? `; ${one.note}` : '';
  const keys = one.notApplicable ? 'not applicable' : one.keys.join(' ');
  const numbers = Object.entries(one.thresholds ?? {}).map(([name, value]) => `\`${name}\` ${value}`);
  const mapped = [...new Set(one.keys.flatMap((key) => awsMappingOf(standard._facts, one, key)))];
  return row([
    one.clause,
    one.level ?? '',
    `${one.requirement}${data}${types}${note}`,
    keys,
    numbers.join(', '),
    mapped.length > 0 ? mapped.join(', ') : 'no: our reading',
    one.confidence,
    `${one.source}; ${one.asOf}`,
  ]);
}

function codes(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replace(/\|/g, '\\|')).join(' | ')} |`;
}

if (require.main === module) writeFileSync(COMPLIANCE_PAGE, compliancePage());
