import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AcknowledgedFinding } from '../checks/engine/acknowledged-findings';
import type { Finding } from '../checks/engine/check';
import { locateFindings } from '../checks/engine/located-findings';
import type { Conformance } from '../compliance/conformance/conformance';
import { costBasisOf } from '../forecast/cost/cost-basis';
import { costOf } from '../forecast/cost/cost-of';
import { DEFAULT_COST_INPUTS } from '../forecast/outlook/cost-outlook';
import type { Forecast } from '../forecast/outlook/forecast';
import { conformanceData } from '../report/data/conformance-data';
import { costData } from '../report/data/cost-data';
import { pageDataOf } from '../report/data/page-data-of';
import { reportPage } from '../report/page/report-page';
import { summaryMarkdown } from '../report/page/summary-markdown';
import { topologyMermaid } from '../report/topology/mermaid';
import { topologyOf } from '../report/topology/topology-builder';

export interface ChecksReportOptions {
  /** Of the coming year. */
  readonly forecast: Forecast;
  readonly conformance?: Conformance;
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** The HTML file; the Markdown file is beside it. */
  readonly file: string;
  readonly version: string;
  readonly now: Date;
}

/** Writes the report of an assembly, and its summary. */
export function writeChecksReport(options: ChecksReportOptions): void {
  const { forecast, file, now } = options;
  const { inventory } = forecast;
  const findings = locateFindings(options.findings, inventory.stacks);
  const acknowledged = locateFindings(options.acknowledged, inventory.stacks);
  const topology = topologyOf(inventory, forecast.coverage, [...findings, ...acknowledged]);
  const { sizes, prices } = DEFAULT_COST_INPUTS;
  const basis = costBasisOf(forecast);
  const data = pageDataOf({
    title: [...new Set(inventory.stacks.map(({ name }) => name))].slice(0, 3).join(', '),
    version: options.version,
    now,
    forecast,
    topology,
    cost: costData({ basis, estimate: costOf(basis, sizes, prices) }, DEFAULT_COST_INPUTS),
    conformance: options.conformance && conformanceData(options.conformance),
    findings,
    acknowledged,
    cwd: process.cwd(),
  });
  fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  fs.writeFileSync(file, reportPage(data));
  fs.writeFileSync(file.replace(/\.html$/, '.md'), summaryMarkdown(data, topologyMermaid(topology)));
}
