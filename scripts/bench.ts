/**
 * `npx projen bench [--quick]`: CPU time of synthesis against aws-cdk-lib's L2 and the raw L1 that make the same
 * resources, with CDK's template validation off, and the time to load the package. The task compiles first. Measures,
 * and never fails for what it measures.
 *
 * Every run is a process of its own; the variants take turns, so that what else the machine does hits all alike. The
 * minima are compared, since what else the machine does only ever adds to a run.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { median, min, node, verdict } from './measure';
import { bold, dim, table } from './terminal';

/** Against aws-cdk-lib's L2: of a single plan, and from 10 plans on. */
const L2_RATIO = { one: 1, more: 0.9 };
const LOAD_BUDGET = 5;

const quick = process.argv.includes('--quick');

// Synthesis ---------------------------------------------------------------------------------------------------------

const VARIANTS = ['ours', 'l2', 'l1'] as const;
type Variant = (typeof VARIANTS)[number];

interface Run {
  /** Milliseconds, user and system. */
  readonly cpu: number;
  /** Resources by type. */
  readonly made: Record<string, number>;
}

function synthesis(): void {
  const rows: string[][] = [];
  let slowest = 0;
  const toL2s = { one: 0, more: 0 };
  for (const [plans, runs] of [
    [1, 40],
    [10, 40],
    [100, 20],
    [1000, 6],
  ]) {
    const cpu: Record<Variant, number[]> = { ours: [], l2: [], l1: [] };
    for (let run = 0; run < (quick ? 1 : runs); run++) {
      let made: string | undefined;
      for (const variant of VARIANTS) {
        const result: Run = JSON.parse(node(join(__dirname, 'bench-app.js'), variant, String(plans)));
        cpu[variant].push(result.cpu);
        const kinds = JSON.stringify(Object.entries(result.made).sort());
        made ??= kinds;
        if (kinds !== made) throw new Error(`${variant} makes ${kinds}, ours ${made}: not comparable`);
      }
    }
    const toL1 = min(cpu.ours) / min(cpu.l1);
    const toL2 = min(cpu.ours) / min(cpu.l2);
    slowest = Math.max(slowest, toL1);
    if (plans === 1) toL2s.one = toL2;
    else toL2s.more = Math.max(toL2s.more, toL2);
    rows.push([
      String(plans),
      ...VARIANTS.map((variant) => `${min(cpu[variant]).toFixed(0)} (${median(cpu[variant]).toFixed(0)})`),
      toL1.toFixed(2),
      toL2.toFixed(2),
    ]);
  }
  console.log(`\n${bold('Synthesis')}: CPU ms of the process, minimum (median)\n`);
  const header = ['>plans', '>ours', '>L2', '>L1', '>ours/L1', '>ours/L2'];
  console.log(table(header, rows));
  console.log(`\n  one plan at most ${L2_RATIO.one} × L2: ${ratio(toL2s.one, L2_RATIO.one)}`);
  console.log(`  from 10 plans on at most ${L2_RATIO.more} × L2: ${ratio(toL2s.more, L2_RATIO.more)}`);
  console.log(`  against L1: ${slowest.toFixed(2)} at worst`);
}

function ratio(measured: number, budget: number): string {
  return `${measured.toFixed(2)}, ${verdict(measured <= budget)}`;
}

// Loading -----------------------------------------------------------------------------------------------------------

const lib = join(__dirname, '..', 'lib');
const LOADS: Record<string, string> = {
  'the package': `require(${JSON.stringify(lib)})`,
  'and touching BackupPlan': `require(${JSON.stringify(lib)}).BackupPlan`,
  'and touching every export': `Object.values(require(${JSON.stringify(lib)}))`,
  'aws-cdk-lib, touching App and Stack': `const { App, Stack } = require('aws-cdk-lib')`,
  'aws-cdk-lib/aws-backup, touching BackupPlan': `require('aws-cdk-lib/aws-backup').BackupPlan`,
};

function loading(): void {
  const times = new Map(Object.keys(LOADS).map((what) => [what, [] as number[]]));
  for (let run = 0; run < (quick ? 3 : 21); run++) {
    for (const [what, code] of Object.entries(LOADS)) {
      const timed = `const start = performance.now(); ${code}; console.log(performance.now() - start)`;
      times.get(what)?.push(Number(node('-e', timed)));
    }
  }
  console.log(`\n${bold('Loading')}: ms in the process, over bare Node.js\n`);
  const rows = [...times].map(([what, ms]) => [what, median(ms).toFixed(1), min(ms).toFixed(1)]);
  console.log(table(['require', '>median', '>minimum'], rows));
  const load = median(times.get('the package') ?? []);
  const all = median(times.get('and touching every export') ?? []);
  console.log(
    `\n  the package at most ${LOAD_BUDGET} ms: ${load.toFixed(1)}, ${verdict(load <= LOAD_BUDGET)}`,
  );
  console.log(
    `  every class of it: ${all.toFixed(1)}, ${all <= LOAD_BUDGET ? 'within' : 'beyond'} the same budget`,
  );
}

if (!existsSync(join(lib, 'index.js'))) throw new Error('lib/ is missing; run `npx projen bench`');
console.log(dim(`Node.js ${process.version}, aws-cdk-lib ${require('aws-cdk-lib/package.json').version}`));
synthesis();
loading();
