/**
 * `npx projen test:mutation [--part NAME…] [--file FILE[:FIRST-LAST]…] [--sample N] [--seed N] [--budget SECONDS]
 * [--concurrency N]`: changes the code, and looks whether a test fails: values, policy, coverage, the engine of the
 * checks, forecast and handler, each with the tests of the same folder. Stryker does it, which is installed into
 * `.mutation/`. At least 90 % must be noticed. Prints what wasn't, unless `mutation/accepted.ts` explains it.
 *
 * `--sample` tests that many mutants of each part, chosen by chance; another `--seed` chooses others. `--seed` alone
 * chooses one of the parts that were swept (`mutation/parts.ts`); CI does so with every commit. `--budget` stops after this
 * time, and judges by what was tested until then. Mutants are tested in an order by chance, over all files of the part, so
 * that what was tested is a sample of the part, however soon the run ends. More than a tenth of a sample can survive by
 * chance: it fails only if that has a probability below one in a thousand where nine tenths of the part are noticed.
 *
 * Exit code 77: skipped, since Stryker can't be installed here.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { lineOf, type Mutant, type Results, resultsIn, verdictOn } from './mutation/judge';
import { allParts, type Part, partOf, SLOW_TESTS, SWEPT } from './mutation/parts';
import { exitWith, Skipped } from './skipped';
import { bold, dim, green, red, table } from './terminal';

const FOLDER = '.mutation';
const RESULTS = resolve(FOLDER, 'results.jsonl');
const TESTS = resolve(FOLDER, 'tests.json');
const PACKAGES = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/jest-runner@9.6.1']; // 10 wants Node.js 22
/** A fifth of the random cases: each mutant runs the tests that reach it. */
const TEST_BUDGET = '0.2';
/** The life cycles of each custom resource. */
const HISTORIES = '10';

const { values } = parseArgs({
  options: {
    part: { type: 'string', multiple: true },
    file: { type: 'string', multiple: true },
    sample: { type: 'string', default: 'Infinity' },
    seed: { type: 'string' },
    budget: { type: 'string', default: '86400' },
    concurrency: { type: 'string', default: '2' },
  },
});

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

/** What was tested of some sources before the time was over. */
async function mutate(part: Part, ranges: readonly string[], until: number): Promise<Results | undefined> {
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
          testPathIgnorePatterns: ['/node_modules/', SLOW_TESTS.source],
          modulePathIgnorePatterns: ['<rootDir>/.newest/', '<rootDir>/.mutation/'],
          testEnvironment: './scripts/mutation/environment.js', // Stryker knows no `<rootDir>` there
          filter: resolve('scripts', 'mutation', 'reaching-tests.js'),
          testSequencer: resolve('scripts', 'mutation', 'sequencer.js'),
        },
      },
      plugins: ['@stryker-mutator/jest-runner', resolve('scripts', 'mutation', 'reporter.js')],
      reporters: ['lines'],
      coverageAnalysis: 'perTest',
      ignoreStatic: true, // what runs while a module loads: mostly tables
      concurrency: Number(values.concurrency),
      tempDirName: join(FOLDER, 'sandbox'),
      ignorePatterns: ['lib', 'dist', '.jsii', '.newest', '.oracles', '.languages', '.emulator', '.policies'],
      logLevel: 'warn',
      warnings: false,
      timeoutMS: 20_000, // a machine with other work is no endless loop
    }),
  );
  for (const file of [RESULTS, TESTS]) rmSync(file, { force: true });
  const child = spawn(process.execPath, [program, 'run', configuration], {
    detached: true, // a group of its own, which can be stopped as a whole
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      MUTATION_RESULTS: RESULTS,
      MUTATION_TESTS: TESTS,
      MUTATION_SAMPLE: values.sample,
      MUTATION_SEED: values.seed ?? '',
      TEST_BUDGET,
      HISTORIES,
      FORCE_COLOR: '0',
    },
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
  const kill = () => child.pid && process.kill(-child.pid, 'SIGKILL');
  process.once('exit', kill);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const status = await new Promise((done) => child.on('close', done));
  process.off('exit', kill);
  clearTimeout(stop);
  rmSync(join(FOLDER, 'sandbox'), { recursive: true, force: true });
  if (status !== 0 && !stopped) throw new Error(`Stryker failed:\n${output.slice(-4000)}`);
  return existsSync(RESULTS) ? resultsIn(readFileSync(RESULTS, 'utf8')) : undefined;
}

/** What is mutated: some files, the part that a seed chooses, some parts, or everything. */
function chosen(): { part: Part; ranges: readonly string[] }[] {
  const parts = allParts();
  const { file: files, part: names, seed } = values;
  const pathOf = (range: string) => range.split(':')[0];
  const wrong = files?.find((range) => !parts.some(({ sources }) => sources.includes(pathOf(range))));
  if (wrong) throw new Error(`--file must be one of the files that are mutated, got ${wrong}`);
  if (files !== undefined)
    return parts
      .map((part) => ({ part, ranges: files.filter((range) => part.sources.includes(pathOf(range))) }))
      .filter(({ ranges }) => ranges.length > 0);
  const unknown = names?.find((name) => !parts.some((part) => part.name === name));
  if (unknown)
    throw new Error(`--part must be one of ${parts.map(({ name }) => name).join(', ')}, got ${unknown}`);
  const some = parts.filter(({ name }) => names?.includes(name) ?? true);
  const onlyOne = seed !== undefined && values.sample === 'Infinity';
  const swept = names ? some : some.filter(({ name }) => Object.hasOwn(SWEPT, name));
  return (onlyOne ? [partOf(swept, seed)] : some).map((part) => ({ part, ranges: part.sources }));
}

function printSurvivor(mutant: Mutant): void {
  const { fileName, location, mutatorName, replacement, status } = mutant;
  const place = `${relative('.', fileName)}:${location.start.line}:${location.start.column}`;
  const sort = status === 'NoCoverage' ? 'no test reaches it' : mutatorName;
  console.log(`${red('survived')} ${place} ${dim(sort)}\n  - ${lineOf(mutant)}\n  + ${replacement}`);
}

async function main(): Promise<number> {
  const until = Date.now() + Number(values.budget) * 1000;
  const rows: string[][] = [];
  let failed = false;
  let tested = 0;
  for (const { part, ranges } of chosen()) {
    if (Date.now() >= until) break;
    const started = Date.now();
    console.log(dim(`${part.name}: ${ranges.length === 1 ? ranges[0] : `${ranges.length} files`}`));
    const results = (await mutate(part, ranges, until)) ?? { order: [], of: 0, tested: [] };
    const { noticed, survived, explained, score, enough } = verdictOn(results);
    survived.forEach(printSurvivor);
    failed ||= !enough;
    tested += noticed + survived.length;
    rows.push([
      part.name,
      String(results.of),
      String(noticed),
      String(survived.length),
      String(explained),
      noticed + survived.length === 0 ? 'nothing tested in time' : `${(score * 100).toFixed(1)} %`,
      ((Date.now() - started) / 1000).toFixed(0),
    ]);
  }
  console.log(`\n${bold('Mutants')}\n`);
  console.log(table(['part', '>mutants', '>noticed', '>survived', '>explained', '>score', '>seconds'], rows));
  if (tested === 0) throw new Skipped('no mutant was tested in this time');
  console.log(failed ? `\n${red('✘')} too many survived` : `\n${green('✔')} enough were noticed`);
  return failed ? 1 : 0;
}

exitWith(main);
