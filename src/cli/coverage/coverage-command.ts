import { UNPROTECTED, unprotectedFindings } from '../../checks/engine/unprotected';
import { type Coverage, coverageOf, coverageRatio } from '../../coverage/coverage';
import { coverageJson } from '../../coverage/coverage-json';
import { readInventory } from '../../inventory/inventory';
import type { Arguments } from '../core/arguments';
import { pathsOf } from '../core/arguments';
import type { Command } from '../core/command';
import { coverageMarkdown, coverageText } from './coverage-tables';
import { deliver, styleOf } from '../core/deliver';
import { FINE, FOUND, type Io } from '../core/io';
import { FORMAT, type Format, OUT } from '../core/options';
import { Progress } from '../core/progress';
import { sarif } from '../core/sarif';
import { UsageError } from '../core/usage-error';

/** `cdk-backup coverage`: what is protected, by which plans, and how well. */
export const coverageCommand: Command = {
  name: 'coverage',
  summary: 'Tells which resources a backup plan protects, how well, and which none does',
  operands: 'PATH…',
  details: [
    'PATH is the folder of a cloud assembly (`cdk.out`), or a template file in JSON or YAML.',
    'A resource that is opted out with a reason counts as if it were protected.',
  ],
  options: [
    FORMAT,
    {
      name: 'minimum',
      value: 'SHARE',
      help: 'exit with 1 where a smaller share of the resources is protected: 0 to 1, or 80%',
    },
    OUT,
  ],
  run,
};

function run(given: Arguments, io: Io): number {
  const minimum = minimumOf(given.get('minimum'));
  const coverage = cover(pathsOf(given, 'coverage'), io);
  deliver(render(coverage, minimum, given, io), given, io);
  return minimum !== undefined && coverageRatio(coverage.summary) < minimum ? FOUND : FINE;
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

function render(coverage: Coverage, minimum: number | undefined, given: Arguments, io: Io): string {
  switch ((given.get('format') ?? 'text') as Format) {
    case 'json':
      return `${JSON.stringify(coverageJson(coverage), undefined, 2)}\n`;
    case 'markdown':
      return coverageMarkdown(coverage);
    case 'sarif':
      // without a minimum, whatever is unprotected is worth a look
      return sarif(
        { checks: [UNPROTECTED], findings: unprotectedFindings(coverage, minimum), acknowledged: [] },
        io.cwd,
      );
    default:
      return coverageText(coverage, styleOf(given, io));
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
