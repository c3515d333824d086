/**
 * `npx projen bench:docs [--quick] [--only TITLE …]`: writes `docs/benchmarks.md`, with what every benchmark measures on
 * this machine, and the versions. `--only` measures some sections again, and keeps the others. The task compiles first. Run
 * it on a machine that does nothing else; it takes about half an hour.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SKIPPED } from './skipped';

process.env.OUTPUT_FORMAT = 'markdown'; // also of the processes below
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION = process.versions.node.split('.')[0];

const { median } = require('./measure') as typeof import('./measure');
const { cdkBackup } = require('./report/command') as typeof import('./report/command');
const { largeApp, writeAssembly } = require('./report/shop') as typeof import('./report/shop');
const { table } = require('./terminal') as typeof import('./terminal');

const FILE = join('docs', 'benchmarks.md');
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
});
const { quick, only } = values;

/** The other benchmarks, which print Markdown. */
const BENCHMARKS = [
  ['Synthesis and loading', 'bench.ts', 'npx projen bench'],
  ['Checks', 'bench-checks.ts', 'npx projen bench:checks'],
  ['The command', 'bench-command.ts', 'npx projen bench:command'],
  ['Effective policies', 'bench-organization.ts', 'npx projen bench:organization'],
  ['Forecast', 'bench-forecast.ts', 'npx projen bench:forecast'],
  ['The report page in a browser', 'bench-report.ts', 'npx projen bench:report'],
] as const;

const unknown = only?.find((title) => !BENCHMARKS.some(([known]) => known === title));
if (unknown)
  throw new Error(`--only must be one of ${BENCHMARKS.map(([title]) => title).join(', ')}, got ${unknown}`);

/** Those that can run once instead of several times. */
const QUICK: readonly string[] = ['bench.ts', 'bench-checks.ts', 'bench-command.ts'];

const say = (text: string) => process.stderr.write(`${text}\n`);

function version(name: string): string {
  return JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).version;
}

/** What a benchmark prints, with its remarks as a list. */
function outputOf(script: string): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      require.resolve('ts-node/dist/bin'),
      '--project',
      'tsconfig.dev.json',
      join('scripts', script),
      ...(quick && QUICK.includes(script) ? ['--quick'] : []),
    ],
    { encoding: 'utf8' },
  );
  if (status === SKIPPED) return `Not measured: ${stdout.trim()}`;
  if (status !== 0) throw new Error(`${script} failed with exit code ${status}:\n${stdout}\n${stderr}`);
  return stdout
    .trim()
    .replace(/^ {2}(?=\S)/gm, '- ')
    .replace(/^Node\.js .*\n/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

interface Made {
  readonly cpu: number;
  readonly made: Readonly<Record<string, number>>;
}

/** CDK validates templates with AWS's own engine, which costs more than everything else. */
function validated(): string {
  const { CDK_VALIDATION: _, ...env } = process.env;
  const cpu = (variant: string, plans: number, validation: boolean) =>
    median(
      Array.from({ length: quick ? 1 : 5 }, () => {
        const text = execFileSync(
          process.execPath,
          [join('scripts', 'bench-app.js'), variant, String(plans)],
          {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'inherit'],
            env: { ...env, JSII_DEPRECATED: 'quiet', ...(validation ? {} : { CDK_VALIDATION: 'false' }) },
          },
        );
        return (JSON.parse(text) as Made).cpu;
      }),
    );
  const rows = [50, 100, 200].map((plans) => [
    String(plans),
    ...[false, true].flatMap((validation) =>
      ['ours', 'l2', 'l1'].map((variant) => cpu(variant, plans, validation).toFixed(0)),
    ),
  ]);
  const names = ['ours', 'L2', 'L1'];
  return table(
    ['>plans', ...names.map((name) => `>${name}, off`), ...names.map((name) => `>${name}, on`)],
    rows,
  );
}

/** The command alone, without a browser. */
function reports(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-docs-'));
  try {
    const rows = [2_500, 5_000, 10_000].map((resources) => {
      const app = writeAssembly(join(folder, String(resources)), largeApp(resources));
      const file = join(folder, `${resources}.html`);
      const times = Array.from({ length: quick ? 1 : 3 }, () => {
        const started = process.cpuUsage();
        cdkBackup('report', app, '--from', '2027-01-01', '--out', file);
        const { user, system } = process.cpuUsage(started);
        return (user + system) / 1000;
      });
      const kilobytes = (statSync(file).size / 1000).toFixed(0);
      return [resources.toLocaleString('en-US'), median(times).toFixed(0), kilobytes];
    });
    return table(['>resources', '>CPU ms', '>kB'], rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A section of the page as it is. */
function sectionOf(title: string): string {
  const sections = readFileSync(FILE, 'utf8').split(/^(?=## )/m);
  return sections.find((section) => section.startsWith(`## ${title}\n`))?.trim() ?? '';
}

/** When, with which versions and on which machine. */
function circumstances(): string {
  const [{ model }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const versions = ['aws-cdk-lib', 'constructs', 'cdk-nag'].map((name) => `${name} ${version(name)}`);
  return `Measured on ${new Date().toISOString().slice(0, 10)} with Node.js ${process.versions.node}, ${versions.join(', ')}, on ${availableParallelism()} cores (${model.trim()}, ${memory} GiB, ${platform()} ${arch()}).`;
}

function main(): void {
  const sections: string[] = [];
  // other sections may be of another day and machine
  const note = only ? `\n\n${circumstances()}` : '';
  const add = (title: string, command: string, text: string) =>
    sections.push(`## ${title}\n\n\`${command}\`${note}\n\n${text}`);
  for (const [title, script, command] of BENCHMARKS) {
    if (only && !only.includes(title)) {
      sections.push(sectionOf(title));
      continue;
    }
    say(`${title} …`);
    add(title, command, outputOf(script));
    if (script === 'bench.ts') {
      say('With validation …');
      sections.push(
        `### With CDK's template validation off and on: CPU ms of the process, median\n\n${validated()}\n\nThe engine takes its time once, and then some for every template; it is the same for all three.`,
      );
    }
    if (script === 'bench-report.ts') {
      say('Reports …');
      sections.push(`### The command \`cdk-backup report\`, as apps grow\n\n${reports()}`);
    }
  }

  const first = only ? /^Measured .*$/m.exec(readFileSync(FILE, 'utf8'))?.[0] : undefined;
  const page = `# Benchmarks

<!-- Written by \`npx projen bench:docs\`; don't edit. -->

${first ?? circumstances()}

Compare the ratios rather than the numbers: they depend less on the machine. Each run is a process of its own. Benchmarks
never fail; where there is a goal, the page says whether it is met. The tables have rows for inputs that double in size, so
that you can see how the time grows.

${sections.join('\n\n')}
`;
  writeFileSync(FILE, page);
  say(`${FILE} is written`);
}

main();
