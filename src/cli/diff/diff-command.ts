import { ALL_CHECKS } from '../../checks/all-checks';
import { runChecks } from '../../checks/engine/check';
import { withSeverities } from '../../checks/engine/severities';
import { withAcceptedChanges } from '../../configuration/accepted-changes';
import type { Configuration } from '../../configuration/configuration';
import { applyExceptions } from '../../configuration/exceptions';
import {
  type ComparedFinding,
  type DifferenceInput,
  differenceOf,
} from '../../forecast/difference/difference';
import type { Difference } from '../../forecast/difference/summary';
import { costOutlook, resourceNames } from '../../forecast/outlook/cost-outlook';
import { forecastOf } from '../../forecast/outlook/forecast';
import { type Inventory, inventoryOf } from '../../inventory/inventory';
import type { StackSource } from '../../template/input/source';
import { readSources } from '../../template/input/sources';
import type { Arguments } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { FOUND, type Io, NOTHING_FOUND } from '../core/io';
import { CONFIG, formatOption, type Option, OUT } from '../core/options';
import { FOR, FROM, periodOf } from '../core/period-options';
import { Progress } from '../core/progress';
import { configurationOf } from '../core/settings';
import { UsageError } from '../core/usage-error';
import { costInputsOf, PRICES, requireResources, SIZES } from '../estimate/cost-options';
import { diffMarkdown, diffText } from './diff-report';
import { isOrganizationFile, organizationFilesDifference } from './organization-diff';
import { sameNames } from './same-names';

const FAIL_ON: Option = {
  name: 'fail-on',
  value: 'DIRECTION',
  choices: ['weaker', 'never'],
  help: 'exit with 1 if something gets weaker, or never (default)',
};

/** `cdk-backup diff`: what a change means for the data. */
export const diffCommand: Command = {
  name: 'diff',
  summary: 'Reports what changes for backups between two versions',
  operands: 'BEFORE AFTER',
  details: [
    'BEFORE and AFTER are cloud assemblies (`cdk.out`) or template files in JSON or YAML;',
    'one may be `-` for a template on stdin. Both are forecast for the same period,',
    'without any recovery points at its start.',
    '',
    'Both may also be files of an organization, as `effective-policy` takes them.',
    '',
    'Exit codes: 0; 1 with `--fail-on weaker` if something gets weaker; 2 invalid input.',
  ],
  options: [
    FROM,
    FOR,
    SIZES,
    PRICES,
    FAIL_ON,
    formatOption(['text', 'json', 'markdown'], 'text (default), json, or markdown for a pull request'),
    CONFIG,
    OUT,
  ],
  run,
};

function run(args: Arguments, io: Io): number {
  const { operands } = args;
  if (operands.length !== 2)
    throw new UsageError(
      `specify two versions, BEFORE and AFTER, got ${operands.length === 0 ? 'none' : operands.length}`,
      'diff',
    );
  if (operands.every((path) => path === '-'))
    throw new UsageError('only one of BEFORE and AFTER can be `-`, the template on stdin', 'diff');
  const organizations = operands.filter(isOrganizationFile);
  if (organizations.length === 1)
    throw new UsageError(
      `BEFORE and AFTER must both be organizations or both be apps, got the organization ${organizations[0]} and an app`,
      'diff',
    );
  const found =
    organizations.length === 2
      ? organizationFilesDifference(operands[0], operands[1])
      : appsDifference(args, io);
  const { acceptedChanges } = configurationOf(args, io);
  const difference = withAcceptedChanges(found, acceptedChanges, io.now);
  deliver(render(difference, args, io), args, io);
  return args.get('fail-on') === 'weaker' && difference.summary.weaker > 0 ? FOUND : NOTHING_FOUND;
}

function appsDifference(args: Arguments, io: Io): Difference {
  const { operands } = args;
  const period = periodOf(args, io, 'diff');
  const configuration = configurationOf(args, io);
  const { resourceTypes } = configuration;
  const inputs = costInputsOf(args, io);
  const progress = new Progress(io);
  try {
    const version = (sources: readonly StackSource[], which: string): DifferenceInput => {
      progress.step(`forecasting ${which}`);
      const inventory = inventoryOf(sources);
      const findings = findingsIn(inventory, configuration, io.now);
      const forecast = forecastOf(inventory, { period, resourceTypes });
      return { forecast, findings, cost: costOutlook(forecast, inputs).estimate };
    };
    const [before, after] = operands.map((path) => readSources([path], io.stdin));
    const [old, now] = [version(sameNames(before, after), 'before'), version(after, 'after')];
    requireResources(
      inputs,
      [old, now].flatMap(({ forecast }) => resourceNames(forecast)),
      args,
    );
    return differenceOf(old, now);
  } finally {
    progress.done();
  }
}

/** Errors and warnings, as the configuration has them, without those that it accepts. */
function findingsIn(
  inventory: Inventory,
  { disabled, severities, exceptions, resourceTypes }: Configuration,
  now: Date,
): ComparedFinding[] {
  const checks = ALL_CHECKS.filter(({ id }) => !disabled.includes(id));
  const found = withSeverities(runChecks(checks, inventory, { now, resourceTypes }), severities);
  return applyExceptions(found, exceptions, now).open.flatMap(
    ({ id, place: { stack, logicalId }, message, severity }) =>
      severity === 'note' ? [] : [{ id, stack, logicalId, message, severity }],
  );
}

function render(difference: Difference, args: Arguments, io: Io): string {
  switch (args.get('format')) {
    case 'json':
      return `${JSON.stringify(difference, undefined, 2)}\n`;
    case 'markdown':
      return diffMarkdown(difference);
    default:
      return diffText(difference, styleOf(args, io));
  }
}
