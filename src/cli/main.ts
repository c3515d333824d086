import { readFileSync } from 'node:fs';
import { run } from './run';

/** The entry point of the installed command. */
export function main(): void {
  const { stdout, stderr, env } = process;
  stdout.on('error', ignoreClosedPipe);
  stderr.on('error', ignoreClosedPipe);
  // not `process.exit`, which discards unwritten output
  const io = { stdout, stderr, stdin: readStdin, env, cwd: process.cwd(), now: new Date() };
  process.exitCode = run(process.argv.slice(2), io);
}

/** Programs such as `head` may close the output early. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function readStdin(): string {
  return readFileSync(process.stdin.fd, 'utf8');
}
