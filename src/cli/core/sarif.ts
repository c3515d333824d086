import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from '../../checks/engine/check';
import { FINDINGS, type FindingId, type Severity } from '../../values/findings/registry';
import type { CheckReport } from './check-report';
import { TemplateLines } from './template-lines';

const REPOSITORY = 'https://github.com/cdk-backup-constructs/cdk-backup-constructs';

/** The severities of SARIF and of GitHub, which shows only findings with a problem severity. */
const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' };
const PROBLEMS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'recommendation',
};

/** Findings as SARIF 2.1.0, for code scanning. */
export function sarif(
  report: Pick<CheckReport, 'findings' | 'acknowledged'> & { readonly ids: readonly FindingId[] },
  cwd: string,
): string {
  const { ids, findings, acknowledged } = report;
  const { version } = require('../../../package.json') as { version: string };
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const lines = new TemplateLines(placesOf([...findings, ...acknowledged]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk-backup',
            version,
            semanticVersion: version,
            informationUri: REPOSITORY,
            rules: ids.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          ...findings.map((finding) => result(finding, indexes, lines, cwd)),
          ...acknowledged.map((finding) => ({
            ...result(finding, indexes, lines, cwd),
            suppressions: [{ kind: 'inSource', status: 'accepted', justification: finding.reason }],
          })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf(id: FindingId): object {
  const { severity, what, why, fix, docs, source, asOf } = FINDINGS[id];
  const help = [what, why, `Fix: ${fix}.`, `Source: ${source}, ${asOf}.`];
  return {
    id,
    name: id.replace('-', ''),
    shortDescription: { text: what },
    fullDescription: { text: `${what} ${why}` },
    help: { text: help.join('\n\n'), markdown: `${help.join('\n\n')}\n\n[AWS documentation](${docs})` },
    helpUri: docs,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['aws-backup'], precision: 'high', 'problem.severity': PROBLEMS[severity] },
  };
}

function result(
  { id, severity, place, message, fix }: Finding,
  indexes: ReadonlyMap<string, number>,
  lines: TemplateLines,
  cwd: string,
): object {
  const { file, pathInTemplate, stack, logicalId, constructPath } = place;
  return {
    ruleId: id,
    ruleIndex: indexes.get(id),
    level: LEVELS[severity],
    message: { text: `${message}; ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(file, cwd),
          region: { startLine: lines.of(file, pathInTemplate) },
        },
        logicalLocations: [
          {
            name: logicalId,
            fullyQualifiedName: constructPath ?? `${stack}/${logicalId}`,
            kind: 'resource',
          },
        ],
      },
    ],
    // GitHub can't track the lines of a template, which isn't a file of the repository
    partialFingerprints: {
      primaryLocationLineHash: `${hash(id, stack, logicalId, pathInTemplate)}:1`,
    },
  };
}

/** Relative to the working directory, which is the repository in most pipelines. */
function artifact(file: string, cwd: string): object {
  const relative = path.relative(cwd, path.resolve(cwd, file));
  if (relative.startsWith('..') || path.isAbsolute(relative))
    return { uri: pathToFileURL(path.resolve(cwd, file)).href };
  const uri = relative.split(path.sep).map(encodeURIComponent).join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

function placesOf(findings: readonly Finding[]): Map<string, Set<string>> {
  const places = new Map<string, Set<string>>();
  for (const { place } of findings) {
    const own = places.get(place.file);
    if (own) own.add(place.pathInTemplate);
    else places.set(place.file, new Set([place.pathInTemplate]));
  }
  return places;
}
