import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AcknowledgedFinding } from '../../checks/engine/acknowledged-findings';
import type { LocatedFinding } from '../../checks/engine/located-findings';
import { FINDINGS, type FindingId, type Severity } from '../../values/findings/registry';
import { type FileLine, FindingPlaces, fingerprint } from './finding-place';

const REPOSITORY = 'https://github.com/cdk-backup-constructs/cdk-backup-constructs';

/** The severities of SARIF and of GitHub, which shows only findings with a problem severity. */
const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' };
const PROBLEMS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'recommendation',
};

/** What a log contains. */
export interface SarifReport {
  readonly ids: readonly FindingId[];
  readonly findings: readonly LocatedFinding[];
  readonly acknowledged: readonly (AcknowledgedFinding & LocatedFinding)[];
}

/**
 * Findings as SARIF 2.1.0, for code scanning. They point to the user's code if the assembly has the line, and to the template
 * otherwise.
 */
export function sarif({ ids, findings, acknowledged }: SarifReport, cwd: string): string {
  const { version } = require('../../../package.json') as { version: string };
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const places = new FindingPlaces([...findings, ...acknowledged], cwd);
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
          ...findings.map((finding) => result(finding, indexes, places, cwd)),
          ...acknowledged.map((finding) => ({
            ...result(finding, indexes, places, cwd),
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
  finding: LocatedFinding,
  indexes: ReadonlyMap<string, number>,
  places: FindingPlaces,
  cwd: string,
): object {
  const { id, severity, place, message, fix } = finding;
  const { stack, logicalId, constructPath } = place;
  const code = places.inCode(finding);
  const template = physical(places.inTemplate(finding), cwd);
  return {
    ruleId: id,
    ruleIndex: indexes.get(id),
    level: LEVELS[severity],
    message: { text: `${message}; ${fix}` },
    locations: [
      {
        physicalLocation: code ? physical(code, cwd) : template,
        logicalLocations: [
          {
            name: logicalId,
            fullyQualifiedName: constructPath ?? `${stack}/${logicalId}`,
            kind: 'resource',
          },
        ],
      },
    ],
    relatedLocations: code
      ? [{ id: 1, physicalLocation: template, message: { text: 'the resource in the template' } }]
      : undefined,
    // GitHub can't track the lines of a template, which isn't a file of the repository
    partialFingerprints: { primaryLocationLineHash: `${fingerprint(finding)}:1` },
  };
}

function physical({ file, line, column }: FileLine, cwd: string): object {
  return { artifactLocation: artifact(file, cwd), region: { startLine: line, startColumn: column } };
}

/** Relative to the working directory, which is the repository in most pipelines. */
function artifact(file: string, cwd: string): object {
  const relative = path.relative(cwd, path.resolve(cwd, file));
  if (relative.startsWith('..') || path.isAbsolute(relative))
    return { uri: pathToFileURL(path.resolve(cwd, file)).href };
  const uri = relative.split(path.sep).map(encodeURIComponent).join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}
