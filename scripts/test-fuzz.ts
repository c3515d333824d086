/**
 * `npx projen test:fuzz [--seed N] [--budget N] [jest arguments]`: the suites with random cases, on a seed that nobody
 * has seen: constructors, cron expressions, policy documents, templates, organization files, arguments. The seed is
 * printed, and repeats the run. A budget of 1, the default, tries as many cases as `npm test`, about half an hour on two
 * cores; 10 tries ten times as many. Cases are counted: with a budget of 1 they must be at least 100,000 in all, with a
 * smaller one 10,000, and no area may be without any.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { bold, green, red, table } from './terminal';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, budget: { type: 'string', default: '1' } },
});
const seed = values.seed ?? String(randomInt(1, 2 ** 31));
for (const [option, value] of [
  ['--seed', seed],
  ['--budget', values.budget],
])
  if (!(Number(value) > 0)) throw new Error(`${option} must be a positive number, got ${value}`);

/** Suites that draw their cases with fast-check, or mutate templates. */
const suites = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('test', file))
  .filter((file) => /from '(fast-check|.*\/support\/mutants)'/.test(readFileSync(file, 'utf8')));

/** What is fuzzed, by the folders of its tests; the first that fits. */
const AREAS: readonly (readonly [name: string, folders: RegExp])[] = [
  ['organization trees', /^(policy\/effective|organization)\//],
  ['policy documents', /^policy\//],
  ['cron expressions', /^values\/schedule\//],
  ['constructs', /^(resources|patterns)\//],
  ['templates', /^(checks|coverage|inventory|template|report|forecast)\//],
  ['arguments and files', /^(cli|configuration)\//],
  ['values', /^values\//],
  ['custom resources', /^handler\//],
];

console.log(`seed ${seed}, budget ${values.budget}, ${suites.length} suites`);
const reports = join('test-reports', 'fuzz');
const counts = resolve(reports, 'cases.tsv');
mkdirSync(reports, { recursive: true });
writeFileSync(counts, '');
const run = spawnSync(
  process.execPath,
  [
    join('node_modules', 'jest', 'bin', 'jest.js'),
    '--ci',
    '--runTestsByPath',
    ...suites.map((file) => file.split(sep).join('/')),
    ...positionals,
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      FAST_CHECK_SEED: seed,
      TEST_BUDGET: values.budget,
      FUZZ_CASES: counts,
      JEST_JUNIT_OUTPUT_DIR: reports,
    },
  },
);
process.exitCode = run.status ?? 1;

const cases = new Map(AREAS.map(([name]) => [name, 0]));
for (const line of readFileSync(counts, 'utf8').trim().split('\n').filter(Boolean)) {
  const [path, count] = line.split('\t');
  const file = relative(resolve('test'), path).split(sep).join('/');
  const [area] = AREAS.find(([, folders]) => folders.test(file)) ?? ['others'];
  cases.set(area, (cases.get(area) ?? 0) + Number(count));
}
const total = [...cases.values()].reduce((sum, count) => sum + count, 0);
const written = (count: number) => count.toLocaleString('en-US');
console.log(`\n${bold('Random cases')}: seed ${seed}\n`);
console.log(
  table(
    ['area', '>cases'],
    [...[...cases].map(([name, count]) => [name, written(count)]), ['in all', written(total)]],
  ),
);
if (positionals.length === 0) {
  const required = Number(values.budget) >= 1 ? 100_000 : 10_000;
  const without = [...cases].filter(([, count]) => count === 0).map(([name]) => name);
  const enough = total >= required && without.length === 0;
  const missing = without.length > 0 ? `, and none of ${without.join(', ')}` : '';
  console.log(
    `\n${enough ? green('✔') : red('✘')} at least ${written(required)} cases: ${written(total)}${missing}`,
  );
  if (!enough) process.exitCode = 1;
}
if (run.status !== 0)
  console.log(`repeat with: npx projen test:fuzz --seed ${seed} --budget ${values.budget}`);
