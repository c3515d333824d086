import { ALL_CHECKS } from '../../checks/all-checks';
import { runChecks } from '../../checks/engine/check';
import { type Difference, type DifferenceInput, differenceOf } from '../../forecast/difference/difference';
import { forecastOf } from '../../forecast/outlook/forecast';
import { inventoryOf } from '../../inventory/inventory';
import type { StackSource } from '../../template/input/source';
import { readSources } from '../../template/input/sources';
import type { Arguments } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { FOUND, type Io, NOTHING_FOUND } from '../core/io';
import { type Option, OUT } from '../core/options';
import { FOR, FROM, periodOf } from '../core/period-options';
import { Progress } from '../core/progress';
import { UsageError } from '../core/usage-error';
import { diffMarkdown, diffText } from './diff-report';

const FORMAT: Option = {
  name: 'format',
  value: 'FORMAT',
  choices: ['text', 'json', 'markdown'],
  help: 'text (default), json, or markdown for a pull request',
};
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
    'BEFORE and AFTER are cloud assemblies (`cdk.out`), or template files in JSON or YAML.',
    'Both are forecast for the same period, without any recovery points at its start.',
  ],
  options: [FROM, FOR, FAIL_ON, FORMAT, OUT],
  run,
};

function run(args: Arguments, io: Io): number {
  const { operands } = args;
  if (operands.length !== 2)
    throw new UsageError(
      `specify two versions, BEFORE and AFTER, got ${operands.length === 0 ? 'none' : operands.length}`,
      'diff',
    );
  const period = periodOf(args, io, 'diff');
  const progress = new Progress(io);
  let difference: Difference;
  try {
    const version = (sources: readonly StackSource[], which: string): DifferenceInput => {
      progress.step(`forecasting ${which}`);
      const inventory = inventoryOf(sources);
      const found = runChecks(ALL_CHECKS, inventory, { now: io.now });
      const findings = found.flatMap(({ id, place: { stack, logicalId }, message, severity }) =>
        severity === 'note' ? [] : [{ id, stack, logicalId, message, severity }],
      );
      return { forecast: forecastOf(inventory, { period }), findings };
    };
    const [before, after] = operands.map((path) => readSources([path]));
    difference = differenceOf(version(sameNames(before, after), 'before'), version(after, 'after'));
  } finally {
    progress.done();
  }
  deliver(render(difference, args, io), args, io);
  return args.get('fail-on') === 'weaker' && difference.summary.weaker > 0 ? FOUND : NOTHING_FOUND;
}

/** Two template files are two versions of one stack, whatever their names. */
function sameNames(before: readonly StackSource[], after: readonly StackSource[]): readonly StackSource[] {
  if (before.length !== 1 || after.length !== 1) return before;
  const [{ name, stackName }] = after;
  return [{ ...before[0], name, stackName }];
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
