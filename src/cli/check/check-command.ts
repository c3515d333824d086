import * as path from 'node:path';
import { baselineText, compareWithBaseline, readBaseline } from '../../configuration/baseline';
import { checkIdFix, isCheckId } from '../../configuration/check-ids';
import type { Configuration } from '../../configuration/configuration';
import type { Arguments } from '../core/arguments';
import { pathsOf } from '../core/arguments';
import type { CheckReport } from '../core/check-report';
import type { Command } from '../core/command';
import { deliver, styleOf, writeFile } from '../core/deliver';
import { FAIL_ON, fails } from '../core/fail-on';
import { FOUND, type Io, NOTHING_FOUND } from '../core/io';
import { CONFIG, FORMATS, formatOption, OUT, PATH_DETAILS } from '../core/options';
import { sarif } from '../core/sarif';
import { configurationOf } from '../core/settings';
import { UsageError } from '../core/usage-error';
import { checkGithub } from './check-github';
import { checkGitlab } from './check-gitlab';
import { checkJson } from './check-json';
import { checkJunit } from './check-junit';
import { checkMarkdown } from './check-markdown';
import { type CheckRun, runCheck } from './check-run';
import { checkText } from './check-text';

const NAME = 'check';
const CHECK_FORMATS = [...FORMATS, 'junit', 'gitlab', 'github'] as const;

/** `cdk-backup check`: runs all checks. */
export const checkCommand: Command = {
  name: NAME,
  summary: 'Finds what AWS Backup refuses, or silently never backs up',
  operands: 'PATH…',
  details: [
    ...PATH_DETAILS,
    '',
    'Exit codes: 0 nothing, or nothing at or above `--fail-on`; 1 findings; 2 invalid input.',
  ],
  options: [
    formatOption(
      CHECK_FORMATS,
      'text (default), json, markdown, sarif, junit, gitlab (Code Quality), or github (annotations)',
    ),
    FAIL_ON,
    {
      name: 'baseline',
      value: 'FILE',
      help: 'report only findings that this file does not contain',
    },
    {
      name: 'write-baseline',
      value: 'FILE',
      help: 'write all findings to this file, and report none of them',
    },
    { name: 'only', value: 'ID', multiple: true, help: 'run only this check; repeat it for more' },
    { name: 'ignore', value: 'ID', multiple: true, help: 'skip this check; repeat it for more' },
    { name: 'verbose', help: 'list all places of each finding, not only the first ten' },
    CONFIG,
    OUT,
  ],
  run,
};

function run(args: Arguments, io: Io): number {
  const paths = pathsOf(args, NAME);
  const configuration = configurationOf(args, io);
  const includes = selectionOf(args, configuration);
  const known = args.get('baseline') ?? configuration.baseline;
  const target = args.get('write-baseline');
  const baseline =
    known === undefined || target !== undefined ? undefined : readBaseline(path.resolve(io.cwd, known));
  const result = runCheck({ paths, configuration, includes, baseline }, io);
  const report = target === undefined ? result.report : writeBaseline(target, result, io);
  const failOn = args.get('fail-on') ?? configuration.failOn;
  deliver(render(report, failOn, args, io), args, io);
  return report.findings.some(({ severity }) => fails(severity, failOn)) ? FOUND : NOTHING_FOUND;
}

/** Which checks run: those that `--only` names, or all, without those that are ignored or disabled. */
function selectionOf(args: Arguments, { disabled }: Configuration): (id: string) => boolean {
  const only = idsOf(args, 'only');
  const ignored = new Set([...idsOf(args, 'ignore'), ...disabled]);
  return (id) => (only.size === 0 || only.has(id)) && !ignored.has(id);
}

function idsOf(args: Arguments, option: string): Set<string> {
  const ids = args.all(option);
  const unknown = ids.find((id) => !isCheckId(id));
  if (unknown !== undefined)
    throw new UsageError(
      `\`--${option}\` must be the ID of a check, got \`${unknown}\`; ${checkIdFix(unknown)}`,
      NAME,
    );
  return new Set(ids);
}

/** Writes a baseline, and reports what is new in comparison with it: nothing. */
function writeBaseline(file: string, { report, entries }: CheckRun, io: Io): CheckReport {
  writeFile(file, baselineText(entries), io);
  const names = new Set(report.stacks.map(({ name }) => name));
  const { added, baselined } = compareWithBaseline(report.findings, entries, names);
  return { ...report, findings: added, baselined, stale: [] };
}

function render(report: CheckReport, failOn: string | undefined, args: Arguments, io: Io): string {
  switch ((args.get('format') ?? 'text') as (typeof CHECK_FORMATS)[number]) {
    case 'json':
      return checkJson(report, io.cwd);
    case 'markdown':
      return checkMarkdown(report, io.cwd);
    case 'sarif':
      return sarif({ ...report, ids: report.checks.map(({ id }) => id) }, io.cwd);
    case 'junit':
      return checkJunit(report, { cwd: io.cwd, now: io.now, failOn });
    case 'gitlab':
      return checkGitlab(report, io.cwd);
    case 'github':
      return checkGithub(report, io.cwd);
    default:
      return checkText(report, {
        style: styleOf(args, io),
        cwd: io.cwd,
        verbose: args.get('verbose') !== undefined,
      });
  }
}
