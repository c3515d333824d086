import { unprotectedFindings } from '../../checks/engine/unprotected';
import { type Coverage, coverageOf, coverageRatio } from '../../coverage/coverage';
import { coverageJson } from '../../coverage/coverage-json';
import { readInventory } from '../../inventory/inventory';
import type { Arguments } from '../core/arguments';
import { pathsOf } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { FOUND, type Io, NOTHING_FOUND } from '../core/io';
import { FORMAT, type Format, OUT } from '../core/options';
import { Progress } from '../core/progress';
import { sarif } from '../core/sarif';
import { UsageError } from '../core/usage-error';
import { coverageMarkdown, coverageText } from './coverage-tables';

/** `cdk-backup coverage`: which resources are protected, by which plans, and how well. */
export const coverageCommand: Command = {
  name: 'coverage',
  summary: 'Reports which resources are protected, and how well',
  operands: 'PATH…',
  details: [
    'PATH is a cloud assembly (`cdk.out`), or a template file in JSON or YAML.',
    'A resource that is opted out with a reason counts as protected.',
  ],
  options: [
    FORMAT,
    {
      name: 'minimum',
      value: 'SHARE',
      help: 'exit with 1 if a smaller share is protected: 0 to 1, or 80%',
    },
    OUT,
  ],
  run,
};

function run(args: Arguments, io: Io): number {
  const minimum = minimumOf(args.get('minimum'));
  const coverage = cover(pathsOf(args, 'coverage'), io);
  deliver(render(coverage, minimum, args, io), args, io);
  return minimum !== undefined && coverageRatio(coverage.summary) < minimum ? FOUND : NOTHING_FOUND;
}

function cover(paths: readonly string[], io: Io): Coverage {
  const progress = new Progress(io);
  try {
    progress.step(`reading ${paths.join(', ')}`);
    const inventory = readInventory(paths);
    progress.step(`matching ${inventory.resources.length} resources`);
    return coverageOf(inventory, { now: io.now });
  } finally {
    progress.done();
  }
}

function render(coverage: Coverage, minimum: number | undefined, args: Arguments, io: Io): string {
  switch ((args.get('format') ?? 'text') as Format) {
    case 'json':
      return `${JSON.stringify(coverageJson(coverage), undefined, 2)}\n`;
    case 'markdown':
      return coverageMarkdown(coverage);
    case 'sarif':
      // without a minimum, every unprotected resource is a finding
      return sarif(
        {
          ids: ['Backup-Unprotected', 'Backup-UnprotectedResource'],
          findings: unprotectedFindings(coverage, minimum),
          acknowledged: [],
        },
        io.cwd,
      );
    default:
      return coverageText(coverage, styleOf(args, io));
  }
}

/** From 0 to 1, written as such or in percent. */
function minimumOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, digits, percent] = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(text) ?? [];
  const share = Number(digits) / (percent ? 100 : 1);
  if (share >= 0 && share <= 1) return share;
  throw new UsageError(`\`--minimum\` must be from 0 to 1, or from 0% to 100%, got \`${text}\``, 'coverage');
}
