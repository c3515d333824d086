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
import { FOUND, type Io, NOTHING_FOUND } from '../core/io';
import { FORMAT, type Format, OUT } from '../core/options';
import { Progress } from '../core/progress';
import { sarif } from '../core/sarif';
import { checkJson } from './check-json';
import { checkMarkdown } from './check-markdown';
import { checkText } from './check-text';

/** The prefix of acknowledged IDs: the name of the validation plugin. Importing the plugin would load the CDK. */
const PLUGIN = 'BackupChecks';

/** `cdk-backup check`: runs all checks. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'Finds what AWS Backup refuses, or silently never backs up',
  operands: 'PATH…',
  details: ['PATH is a cloud assembly (`cdk.out`), or a template file in JSON or YAML.'],
  options: [FORMAT, FAIL_ON, OUT],
  run,
};

function run(args: Arguments, io: Io): number {
  const report = check(pathsOf(args, 'check'), io);
  const format = (args.get('format') ?? 'text') as Format;
  deliver(render(report, format, args, io), args, io);
  return report.findings.some(({ severity }) => fails(severity, args.get('fail-on'))) ? FOUND : NOTHING_FOUND;
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

function render(report: CheckReport, format: Format, args: Arguments, io: Io): string {
  switch (format) {
    case 'json':
      return checkJson(report);
    case 'markdown':
      return checkMarkdown(report);
    case 'sarif':
      return sarif({ ...report, ids: report.checks.map(({ id }) => id) }, io.cwd);
    default:
      return checkText(report, styleOf(args, io));
  }
}
