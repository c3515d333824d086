import { ALL_CHECKS } from '../../checks/all-checks';
import { partFindings } from '../../checks/engine/acknowledged-findings';
import { type Finding, runChecks } from '../../checks/engine/check';
import { readInventory } from '../../inventory/inventory';
import type { Arguments } from '../core/arguments';
import { pathsOf } from '../core/arguments';
import type { CheckReport } from '../core/check-report';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { FAIL_ON, fails } from '../core/fail-on';
import { FINE, FOUND, type Io } from '../core/io';
import { FORMAT, type Format, OUT } from '../core/options';
import { Progress } from '../core/progress';
import { sarif } from '../core/sarif';
import { checkJson } from './check-json';
import { checkMarkdown } from './check-markdown';
import { checkText } from './check-text';

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
