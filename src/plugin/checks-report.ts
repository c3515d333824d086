import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AcknowledgedFinding } from '../checks/engine/acknowledged-findings';
import type { Finding } from '../checks/engine/check';
import { locateFindings } from '../checks/engine/located-findings';
import { DAY_MS } from '../forecast/core/period';
import { periodFrom, readDuration } from '../forecast/core/period-input';
import { forecastOf } from '../forecast/outlook/forecast';
import type { Inventory } from '../inventory/inventory';
import { pageDataOf } from '../report/data/page-data-of';
import { reportPage } from '../report/page/report-page';
import { summaryMarkdown } from '../report/page/summary-markdown';
import { topologyMermaid } from '../report/topology/mermaid';
import { topologyOf } from '../report/topology/topology-builder';
import type { ResourceType } from '../values/resource-type/resource-type';

/** The files in the folder of the assembly. */
export const REPORT_FILES = { page: 'backup-report.html', summary: 'backup-report.md' };

export interface ChecksReportOptions {
  readonly inventory: Inventory;
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** The folder of the assembly. */
  readonly folder: string;
  readonly version: string;
  readonly now: Date;
  readonly resourceTypes?: readonly ResourceType[];
}

/** Writes the report of an assembly, for the year from today on, and its summary. */
export function writeChecksReport(options: ChecksReportOptions): void {
  const { inventory, folder, now, resourceTypes } = options;
  const from = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const year = readDuration('P1Y');
  const period = year && periodFrom(from, year);
  if (!period) return; // after the last year of AWS schedules
  const findings = locateFindings(options.findings, inventory.stacks);
  const acknowledged = locateFindings(options.acknowledged, inventory.stacks);
  const forecast = forecastOf(inventory, { period, resourceTypes });
  const topology = topologyOf(inventory, forecast.coverage, [...findings, ...acknowledged]);
  const data = pageDataOf({
    title: path.basename(folder),
    version: options.version,
    now,
    forecast,
    topology,
    findings,
    acknowledged,
    cwd: process.cwd(),
  });
  fs.writeFileSync(path.join(folder, REPORT_FILES.page), reportPage(data));
  fs.writeFileSync(path.join(folder, REPORT_FILES.summary), summaryMarkdown(data, topologyMermaid(topology)));
}
