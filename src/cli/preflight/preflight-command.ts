import { readInventory } from '../../inventory/inventory';
import { checklistJson, checklistMarkdown, checklistText, countsOf } from '../../preflight/checklist';
import { findPrerequisites, type PrerequisiteReport } from '../../preflight/prerequisite-report';
import type { Arguments } from '../core/arguments';
import { pathsOf } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { FOUND, type Io, NOTHING_FOUND } from '../core/io';
import { CONFIG, formatOption, OUT, PATH_DETAILS } from '../core/options';
import { Progress } from '../core/progress';
import { configurationOf } from '../core/settings';
import { UsageError } from '../core/usage-error';

const NAME = 'preflight';

/** `cdk-backup preflight`: the settings that plans need outside of templates. */
export const preflightCommand: Command = {
  name: NAME,
  summary: 'Lists the settings that plans need outside of templates',
  operands: 'PATH…',
  details: [
    ...PATH_DETAILS,
    'It does not read any account: each setting comes with a command that shows the',
    'current value, and one that changes it.',
    '',
    'Exit codes: 0; 1 with `--fail-on-open` if the app lacks a setting; 2 invalid input.',
  ],
  options: [
    { name: 'management-account', value: 'ID', help: 'the management account of the organization' },
    {
      name: 'fail-on-open',
      help: 'exit with 1 if the app lacks a required setting',
    },
    formatOption(['text', 'json', 'markdown'], 'text (default), json, or markdown'),
    CONFIG,
    OUT,
  ],
  run,
};

function run(args: Arguments, io: Io): number {
  const prerequisites = read(args, io);
  deliver(render(prerequisites, args, io), args, io);
  return args.get('fail-on-open') !== undefined && countsOf(prerequisites).open > 0 ? FOUND : NOTHING_FOUND;
}

function read(args: Arguments, io: Io): PrerequisiteReport {
  const paths = pathsOf(args, NAME);
  const { resourceTypes } = configurationOf(args, io);
  const managementAccount = args.get('management-account');
  if (managementAccount !== undefined && !/^\d{12}$/.test(managementAccount))
    throw new UsageError(`\`--management-account\` must be 12 digits, got \`${managementAccount}\``, NAME);
  const progress = new Progress(io);
  try {
    progress.step(`reading ${paths.join(', ')}`);
    const inventory = readInventory(paths, io.stdin);
    progress.step(`matching ${inventory.resources.length} resources`);
    return findPrerequisites(inventory, { managementAccount, resourceTypes });
  } finally {
    progress.done();
  }
}

function render(prerequisites: PrerequisiteReport, args: Arguments, io: Io): string {
  switch (args.get('format')) {
    case 'json':
      return `${JSON.stringify(checklistJson(prerequisites), undefined, 2)}\n`;
    case 'markdown':
      return checklistMarkdown(prerequisites);
    default:
      return checklistText(prerequisites, styleOf(args, io));
  }
}
