import * as fs from 'node:fs';
import * as path from 'node:path';
import type { IPolicyValidationContext } from 'aws-cdk-lib';
import { ALL_CHECKS } from '../checks/all-checks';
import { type Finding, runChecks } from '../checks/engine/check';
import { withSeverities } from '../checks/engine/severities';
import { UNPROTECTED, unprotectedFindings } from '../checks/engine/unprotected';
import { conformanceFindings } from '../compliance/conformance/conformance-findings';
import { type BaselineEntry, compareWithBaseline } from '../configuration/baseline';
import { applyExceptions, type Exception } from '../configuration/exceptions';
import { type Coverage, coverageOf, type ResourceCoverage } from '../coverage/coverage';
import { type Inventory, readInventoryAround } from '../inventory/inventory';
import { rootAssembly } from '../template/input/assembly';
import type { Severity } from '../values/findings/registry';
import type { BackupObjective } from '../values/objectives/backup-objective';
import type { ResourceType } from '../values/resource-type/resource-type';
import type { ComplianceStandard } from '../values/standards/compliance-standard';
import { Acknowledgements, acknowledge, isScoped } from './acknowledgements';
import { Analysis } from './analysis';
import { ConstructAnnotations } from './construct-annotations';
import { acknowledgeNagRules } from './nag-rules';
import { objectiveFindings } from './objective-findings';
import { ResourceConstructs } from './resource-constructs';

/** What a run checks. */
export interface PluginRunnerOptions {
  readonly minimumCoverage?: number;
  readonly severities?: Readonly<Record<string, Severity>>;
  readonly disabled?: readonly string[];
  readonly resourceTypes?: readonly ResourceType[];
  readonly objectives?: readonly BackupObjective[];
  readonly standards?: readonly ComplianceStandard[];
  readonly acknowledgeNagRules?: boolean;
  /** The file of the report; undefined: none. */
  readonly reportFile?: string;
  /** Places in which findings are accepted. */
  readonly exceptions?: readonly Exception[];
  /** Known findings. */
  readonly baseline?: readonly BaselineEntry[];
}

/** A finding with its rule name in the report of the CDK. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly ruleName: string;
  /** Whether the construct warns of it too, in the same report. */
  readonly isRepeated: boolean;
}

/**
 * Runs the checks for a validation plugin. The CDK may call a plugin once for each account and Region. The assembly is read
 * and checked once, because references and copies lead from one to the other.
 */
export class PluginRunner {
  private latest?: { readonly key: string; readonly findings: readonly Finding[]; readonly rootOf: RootOf };

  constructor(
    private readonly plugin: string,
    private readonly options: PluginRunnerOptions,
  ) {}

  /** The findings in the templates of a call. */
  public findingsIn({ templatePaths, appConstruct }: IPolicyValidationContext): ReportedFinding[] {
    const key = keyOf(templatePaths);
    const constructs = new ResourceConstructs(appConstruct);
    const acknowledged = new Acknowledgements(appConstruct, this.plugin);
    const annotations = new ConstructAnnotations(appConstruct);
    if (this.latest?.key !== key) {
      const inventory = readInventoryAround(templatePaths);
      const analysis = new Analysis(inventory, new Date(), this.options);
      const all = this.findings(analysis, constructs, acknowledged);
      this.latest = { key, findings: all, rootOf: rootsOf(inventory) };
      if (this.options.reportFile)
        this.writeReport(this.options.reportFile, analysis, all, constructs, acknowledged);
    }
    const { findings, rootOf } = this.latest;
    const asked = new Set(templatePaths.map((file) => path.resolve(file)));
    const scoped = isScoped();
    return findings
      .filter(({ place }) => asked.has(rootOf(place.stackId)))
      .map((finding) => {
        const { id, place } = finding;
        const isRepeated = annotations.has(id, constructs.find(place.file, place.logicalId));
        if (!scoped)
          return {
            finding,
            ruleName: ruleName(this.plugin, finding, constructs, acknowledged),
            isRepeated,
          };
        repeatAcknowledgement(this.plugin, finding, constructs, acknowledged);
        return { finding, ruleName: id, isRepeated };
      });
  }

  private writeReport(
    file: string,
    { forecast, conformance, now }: Analysis,
    all: readonly Finding[],
    constructs: ResourceConstructs,
    acknowledged: Acknowledgements,
  ): void {
    if (!forecast) return;
    const reasonOf = ({ id, place }: Finding) =>
      acknowledged.reason(id, constructs.find(place.file, place.logicalId));
    // loaded only where a report is asked for
    const { writeChecksReport } = require('./checks-report') as typeof import('./checks-report');
    writeChecksReport({
      file,
      forecast,
      conformance,
      findings: all.filter((finding) => reasonOf(finding) === undefined),
      acknowledged: all.flatMap((finding) => {
        const reason = reasonOf(finding);
        return reason === undefined ? [] : [{ ...finding, reason }];
      }),
      version: (require('../../package.json') as { version: string }).version,
      now,
    });
  }

  /** The findings of a forecast: missed objectives, and requirements of standards that aren't met. */
  private foreseen(analysis: Analysis): Finding[] {
    const { objectives = [], standards = [] } = this.options;
    if (objectives.length + standards.length === 0 || !analysis.forecast) return [];
    const { conformance } = analysis;
    return [
      ...objectiveFindings(analysis.forecast, objectives),
      ...(conformance ? conformanceFindings(conformance, analysis.inventory) : []),
    ];
  }

  private findings(
    analysis: Analysis,
    constructs: ResourceConstructs,
    acknowledged: Acknowledgements,
  ): Finding[] {
    const { disabled = [], minimumCoverage, resourceTypes, severities = {} } = this.options;
    const { exceptions = [], baseline } = this.options;
    const { inventory, now } = analysis;
    const options = { now, resourceTypes };
    const checks = ALL_CHECKS.filter(({ id }) => !disabled.includes(id));
    let findings = runChecks(checks, inventory, options);
    const minimum = disabled.includes(UNPROTECTED) ? undefined : minimumCoverage;
    if (minimum !== undefined || this.options.acknowledgeNagRules) {
      const coverage = coverageOf(inventory, options);
      if (minimum !== undefined)
        findings = findings.concat(
          unprotectedFindings(withAcknowledged(coverage, constructs, acknowledged), minimum),
        );
      if (this.options.acknowledgeNagRules) acknowledgeNagRules(constructs, inventory, coverage);
    }
    const foreseen = this.foreseen(analysis).filter(({ id }) => !disabled.includes(id));
    findings = findings.concat(foreseen);
    const { open } = applyExceptions(withSeverities(findings, severities), exceptions, options.now);
    if (baseline === undefined) return [...open];
    return [...compareWithBaseline(open, baseline, new Set(inventory.stacks.map(({ name }) => name))).added];
  }
}

/** The template of the outermost stack that contains a stack: the CDK passes no others to plugins. */
type RootOf = (stackId: string) => string;

function rootsOf({ stacks }: Inventory): RootOf {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  return (stackId) => {
    let stack = byId.get(stackId);
    for (let up = stack; up; up = up.parent === undefined ? undefined : byId.get(up.parent)) stack = up;
    return path.resolve(stack?.file ?? '');
  };
}

/** The folders of the outermost assemblies. */
function rootFolders(templatePaths: readonly string[]): ReadonlySet<string> {
  return new Set(templatePaths.map((file) => rootAssembly(path.dirname(path.resolve(file)))));
}

/** Identifies a synthesis. */
function keyOf(templatePaths: readonly string[]): string {
  return [...rootFolders(templatePaths)]
    .map((root) => `${root}|${fs.statSync(path.join(root, 'manifest.json'), { bigint: true }).mtimeNs}`)
    .join('|');
}

/** Resources with an acknowledged lack of protection count as opted out. */
function withAcknowledged(
  coverage: Coverage,
  constructs: ResourceConstructs,
  acknowledged: Acknowledgements,
): Coverage {
  if (!acknowledged.has(UNPROTECTED)) return coverage;
  const isAcknowledged = ({ place }: ResourceCoverage['resource']) =>
    acknowledged.reason(UNPROTECTED, constructs.find(place.file, place.logicalId)) !== undefined;
  let accepted = 0;
  for (const { status, resource } of coverage.resources)
    if (status === 'unprotected' && isAcknowledged(resource)) accepted++;
  const { optedOut, unprotected, ...rest } = coverage.summary;
  return {
    resources: coverage.resources,
    summary: { ...rest, optedOut: optedOut + accepted, unprotected: unprotected - accepted },
  };
}

/**
 * Acknowledging the warning of a construct, by the ID alone, also acknowledges the finding, whose ID in the CDK has the name
 * of the plugin as its prefix.
 */
function repeatAcknowledgement(
  plugin: string,
  { id, place }: Finding,
  constructs: ResourceConstructs,
  acknowledged: Acknowledgements,
): void {
  if (!acknowledged.has(id)) return;
  const construct = constructs.find(place.file, place.logicalId);
  const reason = acknowledged.reason(id, construct);
  if (construct && reason !== undefined) acknowledge(construct, `${plugin}::${id}`, reason);
}

/**
 * Where acknowledging a rule anywhere suppresses it in the whole app, each place gets a separate rule as soon as the rule is
 * acknowledged, and the acknowledgement is repeated for the places that it covers.
 */
function ruleName(
  plugin: string,
  { id, place }: Finding,
  constructs: ResourceConstructs,
  acknowledged: Acknowledgements,
): string {
  const construct = constructs.find(place.file, place.logicalId);
  const ofPlace = `${id}[${construct?.node.path ?? `${place.stack}/${place.logicalId}`}]`;
  const reason = acknowledged.reason(id, construct);
  if (construct && reason !== undefined)
    acknowledge(construct, `${plugin}::${ofPlace}`.replace(/ /g, '-'), reason);
  return acknowledged.has(id) || acknowledged.has(ofPlace) ? ofPlace : id;
}
