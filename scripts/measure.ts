/** What the benchmarks share: each run is a process of its own, and each number is of several runs. */
import { execFileSync } from 'node:child_process';
import { green, red } from './terminal';

const env = { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' };

/** What a script of Node.js prints. */
export function node(...args: string[]): string {
  return execFileSync(process.execPath, args, {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice((values.length - 1) >> 1, (values.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

export function min(values: readonly number[]): number {
  return Math.min(...values);
}

export function max(values: readonly number[]): number {
  return Math.max(...values);
}

export function verdict(met: boolean): string {
  return met ? green('met') : red('missed');
}
