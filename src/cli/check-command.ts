import { ALL_CHECKS } from '../checks/all-checks';
import { partFindings } from '../checks/engine/acknowledged-findings';
import { type Finding, runChecks } from '../checks/engine/check';
import { readInventory } from '../inventory/inventory';
import type { Arguments } from './arguments';
import { checkJson } from './check-json';
import { checkMarkdown } from './check-markdown';
import type { CheckReport } from './check-report';
import { checkText } from './check-text';
import type { Command } from './command';
import { deliver, styleOf } from './deliver';
import { FAIL_ON, fails } from './fail-on';
import { FINE, FOUND, type Io } from './io';
import { FORMAT, type Format, OUT } from './options';
import { Progress } from './progress';
import { sarif } from './sarif';
import { UsageError } from './usage-error';

/** What acknowledgements of findings begin with: the name of the validation plugin, which would load the CDK. */
const PLUGIN = 'BackupChecks';

/** `cdk-backup check`: all checks over what paths lead to. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'Finds what AWS Backup would refuse, or silently never back up',
  operands: 'PATH…',
  details: ['PATH is the folder of a cloud assembly (`cdk.out`), or a template file in JSON or YAML.'],
  options: [FORMAT, FAIL_ON, OUT],
  run,
};

function run(given: Arguments, io: Io): number {
  const report = check(pathsOf(given, 'check'), io);
  const format = (given.get('format') ?? 'text') as Format;
  deliver(render(report, format, given, io), given, io);
  return report.findings.some(({ severity }) => fails(severity, given.get('fail-on'))) ? FOUND : FINE;
}

/** The paths of a command that needs some. */
export function pathsOf({ operands }: Arguments, command: string): readonly string[] {
  if (operands.length === 0)
    throw new UsageError('name the folder of a cloud assembly (`cdk.out`) or template files', command);
  return operands;
}

function check(paths: readonly string[], io: Io): CheckReport {
  const progress = new Progress(io);
  try {
    progress.step(`reading ${paths.join(', ')}`);
    const inventory = readInventory(paths);
    const options = { now: io.now };
    const findings: Finding[][] = ALL_CHECKS.map((one, index) => {
      progress.tick(`checking: ${index + 1} of ${ALL_CHECKS.length}`);
      return runChecks([one], inventory, options);
    });
    const { stacks } = inventory;
    const { open, acknowledged } = partFindings(findings.flat(), stacks, PLUGIN);
    return { findings: open, acknowledged, checks: ALL_CHECKS, stacks };
  } finally {
    progress.done();
  }
}

function render(report: CheckReport, format: Format, given: Arguments, io: Io): string {
  switch (format) {
    case 'json':
      return checkJson(report);
    case 'markdown':
      return checkMarkdown(report);
    case 'sarif':
      return sarif(report, io.cwd);
    default:
      return checkText(report, styleOf(given, io));
  }
}
