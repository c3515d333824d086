import { run } from '../../src/cli/run';

/** The instant at which commands run. */
export const NOW = new Date('2026-12-31T12:00:00Z');

/** Runs `cdk-backup` in this process, and returns its stdout. */
export function cdkBackup(...args: readonly string[]): string {
  let [stdout, stderr] = ['', ''];
  const code = run(args, {
    stdout: {
      write: (text) => {
        stdout += text;
      },
    },
    stderr: {
      write: (text) => {
        stderr += text;
      },
    },
    stdin: () => '',
    env: {},
    cwd: process.cwd(),
    now: NOW,
  });
  if (code === 2) throw new Error(stderr);
  return stdout;
}
