import { run } from './run';

/** The command as it is installed: runs with what the process was given. */
export function main(): void {
  const { stdout, stderr, env } = process;
  stdout.on('error', ignoreClosedPipe);
  stderr.on('error', ignoreClosedPipe);
  // not `process.exit`, which cuts off what isn't written yet
  process.exitCode = run(process.argv.slice(2), { stdout, stderr, env, cwd: process.cwd(), now: new Date() });
}

/** Whoever reads the output, such as `head`, may have enough of it. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
