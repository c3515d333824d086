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
  writeFile(out, text, io);
}

/** Writes a file that the user names. */
export function writeFile(file: string, text: string, { cwd }: Io): void {
  try {
    fs.writeFileSync(path.resolve(cwd, file), text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file}: can't be written (${REASONS.get(code ?? '') ?? code})`);
  }
}

/** The style of the output: no colors in a file, and no limit to its width. */
export function styleOf(args: Arguments, io: Io): Style {
  const out = args.get('out');
  return out === undefined || out === '-'
    ? new Style(io.stdout, io)
    : new Style({ write: () => {} }, { env: {} });
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
