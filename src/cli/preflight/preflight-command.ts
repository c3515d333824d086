import { readInventory } from '../../inventory/inventory';
import { checklistJson, checklistMarkdown, checklistText, countsOf } from '../../preflight/checklist';
import { type Prerequisites, prerequisitesOf } from '../../preflight/prerequisites';
import type { Arguments } from '../core/arguments';
import { pathsOf } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { FINE, FOUND, type Io } from '../core/io';
import { OUT } from '../core/options';
import { Progress } from '../core/progress';
import { UsageError } from '../core/usage-error';

const NAME = 'preflight';

/** `cdk-backup preflight`: what must be set outside of templates before plans do what they say. */
export const preflightCommand: Command = {
  name: NAME,
  summary: 'Lists what must be set in accounts, Regions and the organization before plans do what they say',
  operands: 'PATH…',
  details: [
    'PATH is the folder of a cloud assembly (`cdk.out`), or a template file in JSON or YAML.',
    'What stands there already in an account is not looked at: each item has a command that tells, and one that sets it.',
  ],
  options: [
    { name: 'management-account', value: 'ID', help: 'the management account of the organization' },
    {
      name: 'fail-on-open',
      help: 'exit with 1 where something is certainly needed that the app does not set',
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['text', 'json', 'markdown'],
      help: 'text (the default), json, or markdown',
    },
    OUT,
  ],
  run,
};

function run(given: Arguments, io: Io): number {
  const prerequisites = read(given, io);
  deliver(render(prerequisites, given, io), given, io);
  return given.get('fail-on-open') !== undefined && countsOf(prerequisites).open > 0 ? FOUND : FINE;
}

function read(given: Arguments, io: Io): Prerequisites {
  const paths = pathsOf(given, NAME);
  const managementAccount = given.get('management-account');
  if (managementAccount !== undefined && !/^\d{12}$/.test(managementAccount))
    throw new UsageError(`\`--management-account\` must be 12 digits, got \`${managementAccount}\``, NAME);
  const progress = new Progress(io);
  try {
    progress.step(`reading ${paths.join(', ')}`);
    const inventory = readInventory(paths);
    progress.step(`matching ${inventory.resources.length} resources`);
    return prerequisitesOf(inventory, { managementAccount });
  } finally {
    progress.done();
  }
}

function render(prerequisites: Prerequisites, given: Arguments, io: Io): string {
  switch (given.get('format')) {
    case 'json':
      return `${JSON.stringify(checklistJson(prerequisites), undefined, 2)}\n`;
    case 'markdown':
      return checklistMarkdown(prerequisites);
    default:
      return checklistText(prerequisites, styleOf(given, io));
  }
}
