import * as fs from 'node:fs';
import { InputError } from '../input-error';

/** CloudFormation takes templates of 1 MiB; those of an assembly may be larger before they are refused. */
export const MAX_TEMPLATE_BYTES = 64 << 20;
/** Manifests hold the metadata of all constructs. */
export const MAX_MANIFEST_BYTES = 256 << 20;
/** Deeper than any template that CloudFormation takes, and shallow enough for every parser. */
export const MAX_NESTING = 500;

/** The content of a file that is neither missing, nor empty, nor huge, nor something else than a file. */
export function readText(file: string, maxBytes: number): string {
  let stat: fs.Stats;
  try {
    stat = fs.statSync(file);
  } catch (error) {
    throw new InputError(file, reasonOf(error));
  }
  if (stat.isDirectory()) throw new InputError(file, 'is a folder, not a file');
  if (!stat.isFile()) throw new InputError(file, 'is not a regular file'); // reading a pipe would wait for ever
  if (stat.size > maxBytes)
    throw new InputError(file, `is larger than ${maxBytes / (1 << 20)} MiB (${stat.size} bytes)`);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(file, reasonOf(error));
  }
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  if (!/\S/.test(text)) throw new InputError(file, 'is empty');
  return text;
}

/** Why the system refuses a file, without its code and path. */
function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read';
    case 'ELOOP':
      return 'is a link that leads to itself';
    default:
      return `can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`;
  }
}

/** Whether there is a file, whatever the name holds. */
export function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

export function isFolder(folder: string): boolean {
  try {
    return fs.statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

/** What a JSON file holds. */
export function readJson(file: string, maxBytes: number): unknown {
  return parseJson(readText(file, maxBytes), file);
}

export function parseJson(text: string, file: string): unknown {
  if (nestedDeeperThan(text, MAX_NESTING))
    throw new InputError(file, `is nested more than ${MAX_NESTING} levels deep`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(file, `is not valid JSON: ${jsonReason(error)}`);
  }
}

/** The message of the parser without the content of the file that it quotes. */
function jsonReason(error: unknown): string {
  const message = (error as Error).message;
  const position = /position \d+( \(line \d+ column \d+\))?/.exec(message)?.[0];
  if (/end of JSON|Unterminated/.test(message)) return 'it ends too early';
  return position ? `unexpected character at ${position}` : 'unexpected character';
}

/** Whether brackets are nested deeper than that, found without parsing. */
export function nestedDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inText) {
      if (code === 0x5c)
        i++; // \
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) inText = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}

/** The own property of an object of a file, whatever its name; undefined where there is none. */
export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property where it is a text. */
export function ownText(value: unknown, key: string): string | undefined {
  const text = own(value, key);
  return typeof text === 'string' ? text : undefined;
}
