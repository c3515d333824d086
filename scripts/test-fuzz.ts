/**
 * `npx projen test:fuzz [--seed N] [--budget N] [jest arguments]`: the suites with random cases, on a seed that nobody
 * has seen: constructors, cron expressions, policy documents, templates, organization files, arguments. The seed is
 * printed, and repeats the run. A budget of 10, the default, tries ten times as many cases as `npm test`; over all
 * suites these are more than a million, of which 100,000 are whole templates.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, budget: { type: 'string', default: '10' } },
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

console.log(`seed ${seed}, budget ${values.budget}, ${suites.length} suites`);
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
      JEST_JUNIT_OUTPUT_DIR: join('test-reports', 'fuzz'),
    },
  },
);
process.exitCode = run.status ?? 1;
if (run.status !== 0)
  console.log(`repeat with: npx projen test:fuzz --seed ${seed} --budget ${values.budget}`);
