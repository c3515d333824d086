import { readInstant } from '../../forecast/core/period-input';
import { objectiveResults } from '../../forecast/objectives/objective-results';
import { costOutlook, resourceNames } from '../../forecast/outlook/cost-outlook';
import { forecastOf } from '../../forecast/outlook/forecast';
import { forecastJson } from '../../forecast/outlook/forecast-json';
import { readInventory } from '../../inventory/inventory';
import { type Arguments, pathsOf } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { type Io, NOTHING_FOUND } from '../core/io';
import { CONFIG, formatOption, type Option, OUT, PATH_DETAILS } from '../core/options';
import { FOR, FROM, periodOf } from '../core/period-options';
import { Progress } from '../core/progress';
import { configurationOf } from '../core/settings';
import { UsageError } from '../core/usage-error';
import { costInputsOf, PRICES, requireResources, SIZES } from '../estimate/cost-options';
import { optionalStandardsOf, STANDARD, THRESHOLD } from '../standards/standard-options';
import { forecastMarkdown } from './forecast-markdown';
import type { ForecastReport } from './forecast-sections';
import { forecastText } from './forecast-text';
import { objectivesJson } from './objective-section';

const ON: Option = {
  name: 'on',
  value: 'DATE',
  help: 'also show what can be restored on a date in the period',
};

/** `cdk-backup forecast`: which recovery points will exist, and what they protect against. */
export const forecastCommand: Command = {
  name: 'forecast',
  summary: 'Forecasts recovery points, RPO, storage and cost over time',
  operands: 'PATH…',
  details: [
    ...PATH_DETAILS,
    'The forecast starts without any recovery points.',
    '',
    'Exit codes: 0; 2 invalid input.',
  ],
  options: [
    FROM,
    FOR,
    ON,
    SIZES,
    PRICES,
    STANDARD,
    THRESHOLD,
    formatOption(['text', 'json', 'markdown'], 'text (default), json, or markdown'),
    CONFIG,
    OUT,
  ],
  run,
};

function run(args: Arguments, io: Io): number {
  const paths = pathsOf(args, 'forecast');
  const period = periodOf(args, io, 'forecast');
  const on = args.get('on');
  const at = on === undefined ? undefined : readInstant(on);
  if (on !== undefined && (at === undefined || at < period.from || at > period.to))
    throw new UsageError(
      `\`--on\` must be a date in the period, such as \`${new Date(period.to).toISOString().slice(0, 10)}\`, got \`${on}\``,
      'forecast',
    );
  const { resourceTypes } = configurationOf(args, io);
  const inputs = costInputsOf(args, io);
  const standards = optionalStandardsOf(args, 'forecast');
  const progress = new Progress(io);
  let report: ForecastReport;
  try {
    progress.step(`reading ${paths.join(', ')}`);
    const inventory = readInventory(paths, io.stdin);
    progress.step(`forecasting ${inventory.resources.length} resources`);
    const forecast = forecastOf(inventory, { period, resourceTypes });
    requireResources(inputs, resourceNames(forecast), args);
    const objectives =
      standards.length > 0
        ? objectiveResults(
            forecast,
            standards.map((standard) => ({ standards: [standard] })),
          )
        : undefined;
    report = { forecast, cost: costOutlook(forecast, inputs), at, objectives };
  } finally {
    progress.done();
  }
  deliver(render(report, args, io), args, io);
  return NOTHING_FOUND;
}

function render(report: ForecastReport, args: Arguments, io: Io): string {
  switch (args.get('format')) {
    case 'json':
      return `${JSON.stringify(
        {
          ...forecastJson(report.forecast, report.cost, report.at),
          objectives: report.objectives && objectivesJson(report.objectives),
        },
        undefined,
        2,
      )}\n`;
    case 'markdown':
      return forecastMarkdown(report);
    default:
      return forecastText(report, styleOf(args, io));
  }
}
