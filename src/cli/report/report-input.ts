import { conformanceOf } from '../../compliance/conformance/conformance';
import { withAcceptedChanges } from '../../configuration/accepted-changes';
import type { Change } from '../../forecast/difference/change';
import {
  type ComparedFinding,
  type DifferenceInput,
  differenceOf,
} from '../../forecast/difference/difference';
import type { Difference } from '../../forecast/difference/summary';
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
import { UsageError } from '../core/usage-error';
import { organizationFilesDifference } from '../diff/organization-diff';
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
  const earlier = args.each('before');
  const apps = earlier.filter(isApp);
  const names = [...resourceNames(after.forecast)];
  const before =
    apps.length === 0 ? undefined : analyze(sameNames(readSources(apps, stdin), sources), apps.join(', '));
  if (before) names.push(...resourceNames(before.forecast));
  requireResources(inputs, names, args);
  const differences = [
    ...(before ? [differenceOf(compared(before, inputs), compared(after, inputs))] : []),
    ...organizationsDifference(earlier, paths),
  ].map((difference) => withAcceptedChanges(difference, configuration.acceptedChanges, io.now));
  return {
    ...after,
    changes: earlier.length === 0 ? undefined : differences.flatMap(({ changes }) => changes),
    cost: costData(costOutlook(after.forecast, inputs), inputs),
    conformance:
      standards.length > 0
        ? conformanceData(conformanceOf(after.forecast, standards, configuration.resourceTypes))
        : undefined,
    organization: organizationData(paths, after.forecast.inventory, stdin),
  };
}

/** What changed since the earlier file of an organization. */
function organizationsDifference(earlier: readonly string[], paths: readonly string[]): Difference[] {
  const [before, after] = [earlier, paths].map((all) => all.filter((path) => !isApp(path)));
  if (before.length === 0) return [];
  if (before.length === 1 && after.length === 1) return [organizationFilesDifference(before[0], after[0])];
  throw new UsageError(
    `\`--before\` with an organization compares one file with one of PATH, got ${before.length} and ${after.length}`,
    'report',
  );
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
