import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Kept for the next time. */
export const FOLDER = '.languages';

/** The apps that each language has: the quick start of the README, and examples/disaster-recovery.ts. */
export const APPS = ['quick-start', 'disaster-recovery'] as const;
export type App = (typeof APPS)[number];

/** A program that synthesizes an app. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

export interface Language {
  readonly name: string;
  /**
   * Builds the package and the apps with the tools of the language.
   *
   * @returns how an app is synthesized
   * @throws Skipped if the tools are not available here
   */
  readonly build: () => (app: App) => Program;
  /** What else must run in this language. */
  readonly alsoRuns?: () => readonly Program[];
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** The lowest version that we support. */
export function lowestVersion(name: 'aws-cdk-lib' | 'constructs'): string {
  return manifest.peerDependencies[name].replace('^', '');
}

/** @throws an error with the end of the output if the program fails */
export function run(
  command: string,
  args: readonly string[],
  cwd = '.',
  more: NodeJS.ProcessEnv = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, ...more },
  });
  if (error) throw error;
  if (status !== 0) {
    const end = `${stdout}\n${stderr}`.trim().split('\n').slice(-40).join('\n');
    throw new Error(
      `${basename(command)} ${args.slice(0, 2).join(' ')} failed with exit code ${status}:\n${end}`,
    );
  }
  return stdout;
}

/** Whether a program is there and runs. */
export function isThere(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** The code of our package, or of another one, in a language. */
export function generate(target: 'python' | 'java' | 'go', outdir: string, packageFolder = '.'): string {
  if (!existsSync('.jsii')) throw new Error('.jsii is missing; run `npx projen compile`');
  const pacmak = require.resolve('jsii-pacmak/bin/jsii-pacmak');
  run(process.execPath, [
    pacmak,
    '--code-only',
    '--recurse=false',
    '--target',
    target,
    '--outdir',
    join(process.cwd(), outdir),
    packageFolder,
  ]);
  return join(outdir, target);
}
