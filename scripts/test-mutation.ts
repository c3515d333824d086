/**
 * `npx projen test:mutation [--part NAME] [--file FILE[:FIRST-LAST]] [--seed N [--lines N]] [--budget SECONDS]`: changes the
 * code, and looks whether a test fails: values, policy, coverage, the engine of the checks, forecast and handler, each with
 * the tests of the same folder. Stryker does it, which is installed into `.mutation/`. At least 90 % must be noticed.
 * Prints what wasn't, unless `mutation/accepted.ts` explains it.
 *
 * `--seed` chooses some lines of one file; CI does so with every commit. Of so few mutants more than a tenth can survive
 * by chance, so that only a number which has a chance below one in a thousand fails. `--budget` stops after this time, and
 * judges by what was tested until then.
 *
 * Exit code 77: skipped, since Stryker can't be installed here.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SKIPPED, Skipped } from './emulator/python';
import { ACCEPTED } from './mutation/accepted';
import { allParts, type Part, shard } from './mutation/parts';
import { bold, dim, green, red, table } from './terminal';

const FOLDER = '.mutation';
const RESULTS = resolve(FOLDER, 'results.jsonl');
const PACKAGES = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/jest-runner@9.6.1']; // 10 wants Node.js 22
const REQUIRED = 0.9;
/** How improbable a result must be before it fails, where only some mutants were tested. */
const IMPROBABLE = 0.001;
/** A fifth of the random cases: each mutant runs the tests that reach it. */
const TEST_BUDGET = '0.2';

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    file: { type: 'string' },
    seed: { type: 'string' },
    lines: { type: 'string', default: '40' },
    budget: { type: 'string', default: '86400' },
  },
});

interface Mutant {
  readonly fileName: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: string;
}

function install(): string {
  const program = resolve(FOLDER, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  if (existsSync(program)) return program;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify({ name: 'mutation', private: true }));
  const { status } = spawnSync(
    'npm',
    ['install', '--prefix', FOLDER, '--no-save', '--no-audit', '--no-fund', ...PACKAGES],
    { stdio: 'ignore', timeout: 180_000 },
  );
  if (status !== 0) throw new Skipped("Stryker can't be installed from npm");
  return program;
}

/** The mutants of some sources that were tested before the time was over. */
async function mutate(part: Part, ranges: readonly string[], until: number): Promise<Mutant[]> {
  const program = install();
  const configuration = resolve(FOLDER, 'stryker.json');
  writeFileSync(
    configuration,
    JSON.stringify({
      mutate: ranges,
      testRunner: 'jest',
      jest: {
        projectType: 'custom',
        enableFindRelatedTests: false,
        config: {
          testMatch: part.tests.map(
            (path) => `<rootDir>/${path.endsWith('.ts') ? path : `${path}/**/*.test.ts`}`,
          ),
          modulePathIgnorePatterns: ['<rootDir>/.newest/', '<rootDir>/.mutation/'],
          testEnvironment: './test/support/jest/environment.js', // Stryker knows no `<rootDir>` there
        },
      },
      plugins: ['@stryker-mutator/jest-runner', resolve('scripts', 'mutation', 'reporter.js')],
      reporters: ['lines'],
      coverageAnalysis: 'perTest',
      ignoreStatic: true, // what runs while a module loads: mostly tables
      concurrency: 2,
      tempDirName: join(FOLDER, 'sandbox'),
      ignorePatterns: ['lib', 'dist', '.jsii', '.newest', '.oracles', '.languages', '.emulator', '.policies'],
      logLevel: 'warn',
      warnings: false,
    }),
  );
  rmSync(RESULTS, { force: true });
  const child = spawn(process.execPath, [program, 'run', configuration], {
    detached: true, // a group of its own, which can be stopped as a whole
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, MUTATION_RESULTS: RESULTS, TEST_BUDGET, FORCE_COLOR: '0' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  let stopped = false;
  const stop = setTimeout(
    () => {
      stopped = true;
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    },
    Math.max(0, until - Date.now()),
  );
  const status = await new Promise((done) => child.on('close', done));
  clearTimeout(stop);
  rmSync(join(FOLDER, 'sandbox'), { recursive: true, force: true });
  if (status !== 0 && !stopped) throw new Error(`Stryker failed:\n${output.slice(-4000)}`);
  if (!existsSync(RESULTS)) return [];
  const lines = readFileSync(RESULTS, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter((line) => line.status !== undefined);
}

const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

/** The chance that of so many mutants at least so many survive, if nine tenths are noticed. */
function chance(count: number, survivors: number): number {
  let term = REQUIRED ** count; // of no survivor
  let below = 0;
  for (let k = 0; k < survivors; k++) {
    below += term;
    term *= ((count - k) / (k + 1)) * ((1 - REQUIRED) / REQUIRED);
  }
  return 1 - below;
}

const sources = new Map<string, string[]>();
function lineOf({ fileName, location }: Mutant): string {
  const lines = sources.get(fileName) ?? readFileSync(fileName, 'utf8').split('\n');
  sources.set(fileName, lines);
  return lines[location.start.line - 1]?.trim() ?? '';
}

function isAccepted(mutant: Mutant): boolean {
  const file = relative('.', mutant.fileName);
  const line = lineOf(mutant);
  return ACCEPTED.some(
    (one) =>
      one.file === file &&
      line.includes(one.line) &&
      (one.replacement === undefined || one.replacement === mutant.replacement),
  );
}

/** What is mutated: a shard, a file, a part, or everything. */
function chosen(): { part: Part; ranges: readonly string[] }[] {
  const parts = allParts();
  if (values.file !== undefined) {
    const [file] = values.file.split(':');
    const part = parts.find((one) => one.sources.includes(file));
    if (!part) throw new Error(`--file must be one of the files that are mutated, got ${file}`);
    return [{ part, ranges: [values.file] }];
  }
  const some = parts.filter(({ name }) => values.part === undefined || name === values.part);
  if (some.length === 0)
    throw new Error(`--part must be one of ${parts.map(({ name }) => name).join(', ')}, got ${values.part}`);
  if (values.seed !== undefined) {
    const { part, range } = shard(some, values.seed, Number(values.lines));
    return [{ part, ranges: [range] }];
  }
  return some.map((part) => ({ part, ranges: part.sources }));
}

async function main(): Promise<number> {
  const until = Date.now() + Number(values.budget) * 1000;
  const rows: string[][] = [];
  let failed = false;
  for (const { part, ranges } of chosen()) {
    if (Date.now() >= until) break;
    const started = Date.now();
    console.log(dim(`${part.name}: ${ranges.length === 1 ? ranges[0] : `${ranges.length} files`}`));
    const mutants = await mutate(part, ranges, until);
    const noticed = mutants.filter(({ status }) => NOTICED.includes(status));
    const survivors = mutants.filter(({ status }) => UNNOTICED.includes(status));
    const unexplained = survivors.filter((mutant) => !isAccepted(mutant));
    for (const mutant of unexplained) {
      const { fileName, location, mutatorName, replacement, status } = mutant;
      const place = `${relative('.', fileName)}:${location.start.line}:${location.start.column}`;
      const sort = status === 'NoCoverage' ? 'no test reaches it' : mutatorName;
      console.log(`${red('survived')} ${place} ${dim(sort)}\n  - ${lineOf(mutant)}\n  + ${replacement}`);
    }
    const count = noticed.length + unexplained.length;
    const score = count === 0 ? 1 : noticed.length / count;
    const bad = values.seed === undefined ? score < REQUIRED : chance(count, unexplained.length) < IMPROBABLE;
    failed ||= bad;
    rows.push([
      part.name,
      String(noticed.length),
      String(unexplained.length),
      String(survivors.length - unexplained.length),
      `${(score * 100).toFixed(1)} %`,
      ((Date.now() - started) / 1000).toFixed(0),
    ]);
  }
  console.log(`\n${bold('Mutants')}\n`);
  console.log(table(['part', '>noticed', '>survived', '>explained', '>score', '>seconds'], rows));
  console.log(failed ? `\n${red('✘')} too many survived` : `\n${green('✔')} enough were noticed`);
  return failed ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    if (!(error instanceof Skipped)) throw error;
    console.log(`skipped: ${error.message}`);
    process.exitCode = SKIPPED;
  },
);
