import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AcknowledgedFinding } from '../checks/engine/acknowledged-findings';
import type { Finding } from '../checks/engine/check';
import { locateFindings } from '../checks/engine/located-findings';
import { DAY_MS } from '../forecast/core/period';
import { periodFrom, readDuration } from '../forecast/core/period-input';
import { costOutlook, DEFAULT_COST_INPUTS } from '../forecast/outlook/cost-outlook';
import { forecastOf } from '../forecast/outlook/forecast';
import type { Inventory } from '../inventory/inventory';
import { costData } from '../report/data/cost-data';
import { pageDataOf } from '../report/data/page-data-of';
import { reportPage } from '../report/page/report-page';
import { summaryMarkdown } from '../report/page/summary-markdown';
import { topologyMermaid } from '../report/topology/mermaid';
import { topologyOf } from '../report/topology/topology-builder';
import type { ResourceType } from '../values/resource-type/resource-type';

export interface ChecksReportOptions {
  readonly inventory: Inventory;
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** The HTML file; the Markdown file is beside it. */
  readonly file: string;
  readonly version: string;
  readonly now: Date;
  readonly resourceTypes?: readonly ResourceType[];
}

/** Writes the report of an assembly, for the year from today on, and its summary. */
export function writeChecksReport(options: ChecksReportOptions): void {
  const { inventory, file, now, resourceTypes } = options;
  const from = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const year = readDuration('P1Y');
  const period = year && periodFrom(from, year);
  if (!period) return; // after the last year of AWS schedules
  const findings = locateFindings(options.findings, inventory.stacks);
  const acknowledged = locateFindings(options.acknowledged, inventory.stacks);
  const forecast = forecastOf(inventory, { period, resourceTypes });
  const topology = topologyOf(inventory, forecast.coverage, [...findings, ...acknowledged]);
  const data = pageDataOf({
    title: [...new Set(inventory.stacks.map(({ name }) => name))].slice(0, 3).join(', '),
    version: options.version,
    now,
    forecast,
    topology,
    cost: costData(costOutlook(forecast, DEFAULT_COST_INPUTS), DEFAULT_COST_INPUTS),
    findings,
    acknowledged,
    cwd: process.cwd(),
  });
  fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  fs.writeFileSync(file, reportPage(data));
  fs.writeFileSync(file.replace(/\.html$/, '.md'), summaryMarkdown(data, topologyMermaid(topology)));
}
