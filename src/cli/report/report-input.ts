import type { Configuration } from '../../configuration/configuration';
import { type Forecast, forecastOf } from '../../forecast/outlook/forecast';
import { type Inventory, readInventory } from '../../inventory/inventory';
import type { Topology } from '../../report/topology/topology';
import { topologyOf } from '../../report/topology/topology-builder';
import { checkInventory } from '../check/check-run';
import type { Arguments } from '../core/arguments';
import type { CheckReport } from '../core/check-report';
import type { Io } from '../core/io';
import { periodOf } from '../core/period-options';
import type { Progress } from '../core/progress';
import { configurationOf } from '../core/settings';

/** What a report is about. */
export interface ReportInput {
  readonly inventory: Inventory;
  readonly forecast: Forecast;
  readonly checks: CheckReport;
  readonly configuration: Configuration;
}

export function readReportInput(
  paths: readonly string[],
  args: Arguments,
  io: Io,
  progress: Progress,
): ReportInput {
  const period = periodOf(args, io, 'report');
  const configuration = configurationOf(args, io);
  const { resourceTypes, disabled } = configuration;
  progress.step(`reading ${paths.join(', ')}`);
  const inventory = readInventory(paths, io.stdin);
  const includes = (id: string) => !disabled.includes(id);
  const checks = checkInventory(inventory, { configuration, includes }, progress, io.now).report;
  progress.step(`forecasting ${inventory.resources.length} resources`);
  return { inventory, forecast: forecastOf(inventory, { period, resourceTypes }), checks, configuration };
}

/** A copy that a check finds impossible is marked, also if the finding is acknowledged. */
export function topologyOfInput({ inventory, forecast, checks }: ReportInput): Topology {
  return topologyOf(inventory, forecast.coverage, [...checks.findings, ...checks.acknowledged]);
}
