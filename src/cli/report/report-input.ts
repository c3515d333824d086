import { conformanceOf } from '../../compliance/conformance/conformance';
import type { Change } from '../../forecast/difference/change';
import {
  type ComparedFinding,
  type DifferenceInput,
  differenceOf,
} from '../../forecast/difference/difference';
import { type CostInputs, costOutlook, resourceNames } from '../../forecast/outlook/cost-outlook';
import { type Forecast, forecastOf } from '../../forecast/outlook/forecast';
import { inventoryOf } from '../../inventory/inventory';
import { type ConformanceData, conformanceData } from '../../report/data/conformance-data';
import { type CostData, costData } from '../../report/data/cost-data';
import type { OrganizationData } from '../../report/data/organization-data';
import type { StackSource } from '../../template/input/source';
import { readSources } from '../../template/input/sources';
import { checkInventory } from '../check/check-run';
import type { Arguments } from '../core/arguments';
import type { CheckReport } from '../core/check-report';
import type { Io } from '../core/io';
import { periodOf } from '../core/period-options';
import type { Progress } from '../core/progress';
import { configurationOf } from '../core/settings';
import { sameNames } from '../diff/same-names';
import { isApp } from '../effective-policy/organization-input';
import { costInputsOf, requireResources } from '../estimate/cost-options';
import { optionalStandardsOf } from '../standards/standard-options';
import { organizationData } from './organization';

/** What a report is about. */
export interface ReportInput {
  readonly forecast: Forecast;
  readonly checks: CheckReport;
  readonly changes?: readonly Change[];
  readonly organization?: OrganizationData;
  readonly cost?: CostData;
  readonly conformance?: ConformanceData;
}

/** Reads and analyzes the input. */
export function readReportInput(args: Arguments, io: Io, progress: Progress): ReportInput {
  const { operands: paths } = args;
  const period = periodOf(args, io, 'report');
  const configuration = configurationOf(args, io);
  const inputs = costInputsOf(args, io);
  const standards = optionalStandardsOf(args, 'report');
  let text: string | undefined;
  const stdin = () => {
    text ??= io.stdin();
    return text;
  };
  const analyze = (sources: readonly StackSource[], which: string): Version => {
    const inventory = inventoryOf(sources);
    const includes = (id: string) => !configuration.disabled.includes(id);
    const checks = checkInventory(inventory, { configuration, includes }, progress, io.now).report;
    progress.step(`forecasting ${which}`);
    const { resourceTypes } = configuration;
    return { checks, forecast: forecastOf(inventory, { period, resourceTypes }) };
  };
  progress.step(`reading ${paths.join(', ')}`);
  const sources = readSources(paths.filter(isApp), stdin);
  const after = analyze(sources, `${sources.length} stacks`);
  const earlier = args.get('before');
  const names = [...resourceNames(after.forecast)];
  const before =
    earlier === undefined ? undefined : analyze(sameNames(readSources([earlier], stdin), sources), earlier);
  if (before) names.push(...resourceNames(before.forecast));
  requireResources(inputs, names, args);
  return {
    ...after,
    changes: before && differenceOf(compared(before, inputs), compared(after, inputs)).changes,
    cost: costData(costOutlook(after.forecast, inputs), inputs),
    conformance:
      standards.length > 0
        ? conformanceData(conformanceOf(after.forecast, standards, configuration.resourceTypes))
        : undefined,
    organization: organizationData(paths, after.forecast.inventory, stdin),
  };
}

/** A version of an app. */
type Version = Pick<ReportInput, 'checks' | 'forecast'>;

/** With the errors and warnings that nothing accepts, as `diff` compares them. */
function compared({ checks, forecast }: Version, inputs: CostInputs): DifferenceInput {
  const findings = checks.findings.flatMap(
    ({ id, place: { stack, logicalId }, message, severity }): ComparedFinding[] =>
      severity === 'note' ? [] : [{ id, stack, logicalId, message, severity }],
  );
  return { forecast, findings, cost: costOutlook(forecast, inputs).estimate };
}
