import { coverageOf } from '../../coverage/coverage';
import { readInventory } from '../../inventory/inventory';
import type { Arguments } from '../core/arguments';
import { pathsOf } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver } from '../core/deliver';
import { type Io, NOTHING_FOUND } from '../core/io';
import { CONFIG, formatOption, OUT, PATH_DETAILS } from '../core/options';
import { Progress } from '../core/progress';
import { configurationOf } from '../core/settings';
import { type Runbook, runbookOf } from './runbook';
import { runbookMarkdown } from './runbook-markdown';

const NAME = 'runbook';

/** `cdk-backup runbook`: how each resource of an app is restored, to print before the bad day. */
export const runbookCommand: Command = {
  name: NAME,
  summary: 'Prints how each resource of an app is restored',
  operands: 'PATH…',
  details: [
    ...PATH_DETAILS,
    'It does not read any account: what CloudFormation names is shown as a reference, and',
    'durations are unknown until a restore measures them.',
    '',
    'Exit codes: 0; 2 invalid input.',
  ],
  options: [formatOption(['markdown', 'json'], 'markdown (default) or json'), CONFIG, OUT],
  run,
};

function run(args: Arguments, io: Io): number {
  const runbook = read(args, io);
  const text =
    args.get('format') === 'json'
      ? `${JSON.stringify(runbook, undefined, 2)}\n`
      : runbookMarkdown(runbook, io.now);
  deliver(text, args, io);
  return NOTHING_FOUND;
}

function read(args: Arguments, io: Io): Runbook {
  const paths = pathsOf(args, NAME);
  const { resourceTypes } = configurationOf(args, io);
  const progress = new Progress(io);
  try {
    progress.step(`reading ${paths.join(', ')}`);
    const inventory = readInventory(paths, io.stdin);
    progress.step(`matching ${inventory.resources.length} resources`);
    return runbookOf(inventory, coverageOf(inventory, { now: io.now, resourceTypes }));
  } finally {
    progress.done();
  }
}
