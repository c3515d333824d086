import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Arguments } from './arguments';
import type { Io } from './io';
import { Style } from './style';
import { UsageError } from './usage-error';

/** Writes the result of a command to stdout, or to the file that `--out` names. */
export function deliver(text: string, args: Arguments, io: Io): void {
  const out = args.get('out');
  if (out === undefined || out === '-') {
    io.stdout.write(text);
    return;
  }
  try {
    fs.writeFileSync(path.resolve(io.cwd, out), text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${out}: can't be written (${REASONS.get(code ?? '') ?? code})`);
  }
}

/** The style of the output: no colors in a file. */
export function styleOf(args: Arguments, io: Io): Style {
  const out = args.get('out');
  return new Style(out === undefined || out === '-' ? io.stdout : { write: () => {} }, io);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such folder'],
  ['ENOTDIR', 'no such folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'not allowed'],
  ['EPERM', 'not allowed'],
  ['EROFS', 'not allowed'],
  ['ENOSPC', 'no space left'],
]);
