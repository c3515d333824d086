/**
 * `npx projen bench:checks [--quick]`: time and memory of reading an assembly, all checks and coverage, against
 * cdk-nag's HIPAA pack on the same app; how they grow; and what the plugin adds to a synthesis with CDK's own
 * validation. The task compiles first. Measures, and never fails for what it measures. Minima of runs are compared,
 * since what else the machine does only ever adds to a run.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { max, min, node, verdict } from './measure';
import { bold, dim, table } from './terminal';

const OF_HIPAA = 0.1;
const MEGABYTES = 300;
const GROWTH = 2.2;
const OF_SYNTH = 0.05;

const quick = process.argv.includes('--quick');
const step = <T>(...args: string[]): T =>
  JSON.parse(node(join(__dirname, 'bench-checks-app.js'), ...args)) as T;

interface Made {
  /** Milliseconds of the HIPAA pack: of the main thread, and of the CPU. */
  readonly time: number;
  readonly cpu: number;
}

interface Judged {
  /** Milliseconds of the whole process: of the main thread, and of the CPU. */
  readonly time: number;
  readonly cpu: number;
  readonly times: Record<string, number>;
  readonly megabytes: number;
  /** Resources, plans, selections, stacks. */
  readonly counts: readonly number[];
  readonly findings: number;
}

function scale(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-checks-'));
  const rows: string[][] = [];
  const judged = new Map<number, number>();
  let hipaa: Made = { time: 0, cpu: 0 };
  let cpu = 0;
  let megabytes = 0;
  for (const size of [0.5, 1, 2]) {
    const assembly = join(folder, String(size));
    const makings: Made[] = [];
    const runs: Judged[] = [];
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      makings.push(step<Made>('make', assembly, String(size)));
      for (let run = 0; run < (quick ? 1 : 2); run++) runs.push(step<Judged>('judge', assembly));
    }
    const of = (pick: (run: Judged) => number) => min(runs.map(pick));
    const made = { time: min(makings.map(({ time }) => time)), cpu: min(makings.map((each) => each.cpu)) };
    judged.set(
      size,
      of(({ time }) => time),
    );
    if (size === 1) {
      hipaa = made;
      cpu = of((run) => run.cpu);
      megabytes = max(runs.map((run) => run.megabytes));
    }
    const parts = Object.keys(runs[0].times).map((name) => of(({ times }) => times[name]).toFixed(0));
    const [resources, plans, selections, stacks] = runs[0].counts;
    rows.push([
      `${resources} / ${plans} / ${selections} / ${stacks}`,
      ...parts,
      of(({ time }) => time).toFixed(0),
      max(runs.map((run) => run.megabytes)).toFixed(0),
      made.time.toFixed(0),
      (of(({ time }) => time) / made.time).toFixed(3),
      String(runs[0].findings),
    ]);
  }
  rmSync(folder, { recursive: true });
  const at = (size: number) => judged.get(size) ?? 0;
  console.log(
    `\n${bold('Checks and coverage')}: ms of the main thread, the start of the process included, at least\n`,
  );
  const parts = ['>loading', '>reading', '>checks', '>coverage', '>all', '>MB'];
  const header = ['resources / plans / selections / stacks', ...parts, '>HIPAA', '>all/HIPAA', '>findings'];
  console.log(table(header, rows));
  const ratio = at(1) / hipaa.time;
  const growth = Math.max(at(1) / at(0.5), at(2) / at(1));
  console.log(
    `\n  at most ${OF_HIPAA} of the HIPAA pack: ${ratio.toFixed(3)}, ${verdict(ratio <= OF_HIPAA)}`,
  );
  console.log(
    dim(
      `  of its CPU time, with the threads of compiler and garbage collector: ${(cpu / hipaa.cpu).toFixed(3)}`,
    ),
  );
  console.log(`  at most ${MEGABYTES} MB: ${megabytes.toFixed(0)}, ${verdict(megabytes <= MEGABYTES)}`);
  console.log(
    `  twice the app in at most ${GROWTH} × the time: ${growth.toFixed(2)}, ${verdict(growth <= GROWTH)}`,
  );
}

/** What the plugin adds to a synthesis, and what its report adds. */
function plugin(): void {
  const rows: string[][] = [];
  const variants = ['without', 'with', 'report'] as const;
  const worst = { plugin: 0, report: 0 };
  for (const resources of [8, 200]) {
    const times = { without: [] as number[], with: [] as number[], report: [] as number[] };
    for (let run = 0; run < (quick ? 1 : 11); run++)
      for (const variant of variants)
        times[variant].push(step<{ time: number }>('synth', String(resources), variant).time);
    const [without, alone, report] = variants.map((variant) => min(times[variant]));
    const added = { plugin: alone / without - 1, report: (report - alone) / without };
    worst.plugin = Math.max(worst.plugin, added.plugin);
    worst.report = Math.max(worst.report, added.report);
    rows.push([
      String(resources),
      ...[without, alone, report].map((time) => time.toFixed(0)),
      percent(added.plugin),
      percent(added.report),
    ]);
  }
  console.log(`\n${bold('The plugin')}: ms of the main thread of a synthesis with CDK's own validation on\n`);
  console.log(
    table(['>resources', '>without', '>with', '>with report', '>plugin adds', '>report adds'], rows),
  );
  for (const [what, share] of Object.entries(worst))
    console.log(
      `\n  the ${what}: at most ${OF_SYNTH * 100} %: ${percent(share)}, ${verdict(share <= OF_SYNTH)}`,
    );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

if (!existsSync(join(__dirname, '..', 'lib', 'index.js')))
  throw new Error('lib/ is missing; run `npx projen bench:checks`');
console.log(dim(`Node.js ${process.version}, cdk-nag ${require('cdk-nag/package.json').version}`));
scale();
plugin();
