import * as fs from 'node:fs';
import { InputError } from './input-error';

/** CloudFormation accepts templates of 1 MiB. Templates of an assembly may be larger before it refuses them. */
export const MAX_TEMPLATE_BYTES = 64 << 20;
/** Manifests contain the metadata of all constructs. */
export const MAX_MANIFEST_BYTES = 256 << 20;
/** Deeper than any template that CloudFormation accepts, and shallow enough for every parser. */
export const MAX_NESTING = 500;

/** The content of a file that exists, is a regular file, and is neither empty nor huge. */
export function readText(file: string, maxBytes: number): string {
  let stat: fs.Stats;
  try {
    stat = fs.statSync(file);
  } catch (error) {
    throw new InputError(file, reasonOf(error));
  }
  if (stat.isDirectory()) throw new InputError(file, 'is a folder, not a file');
  if (!stat.isFile()) throw new InputError(file, 'is not a regular file'); // reading a pipe would block forever
  if (stat.size > maxBytes)
    throw new InputError(file, `is larger than ${maxBytes / (1 << 20)} MiB (${stat.size} bytes)`);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(file, reasonOf(error));
  }
  return readable(text, file);
}

/** The text of stdin, under the same conditions. */
export function readStdin(stdin: () => string, maxBytes: number): string {
  let text: string;
  try {
    text = stdin();
  } catch (error) {
    throw new InputError(STDIN, reasonOf(error));
  }
  if (text.length > maxBytes)
    throw new InputError(STDIN, `is larger than ${maxBytes / (1 << 20)} MiB (${text.length} characters)`);
  return readable(text, STDIN);
}

/** The name of stdin in messages and reports. */
export const STDIN = 'stdin';

/** Without the byte order mark. */
function readable(text: string, file: string): string {
  if (!/\S/.test(text)) throw new InputError(file, 'is empty');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Why the operating system refuses a file, without the error code and path. */
function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file';
    case 'EACCES':
    case 'EPERM':
      return "can't be read (permission denied)";
    case 'ELOOP':
      return 'is a symbolic link to itself';
    default:
      return `can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`;
  }
}

/** Whether a file exists, whatever characters the name contains. */
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

/** The content of a JSON file. */
export function readJson(file: string, maxBytes: number): unknown {
  return parseJson(readText(file, maxBytes), file);
}

export function parseJson(text: string, file: string): unknown {
  if (nestedDeeperThan(text, MAX_NESTING))
    throw new InputError(file, `is nested more than ${MAX_NESTING} levels deep`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(file, `is not valid JSON: ${jsonReason(text, error)}`);
  }
}

/** Why text isn't valid JSON. The messages of the parser differ between versions and quote the file. */
function jsonReason(text: string, error: unknown): string {
  if (endsEarly(error, text)) return 'it ends unexpectedly';
  if (text.length > MAX_SEARCHED) return 'it has an unexpected character';
  // finds the longest prefix of the text that is valid except that it ends too early
  let right = 0;
  let wrong = text.length;
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (isBeginning(text.slice(0, middle))) right = middle;
    else wrong = middle;
  }
  const before = text.slice(0, right);
  const line = before.split('\n').length;
  return `unexpected character at line ${line} column ${right - before.lastIndexOf('\n')}`;
}

/** In longer texts, the place of an error isn't searched. */
const MAX_SEARCHED = 4 << 20;

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return endsEarly(error, text);
  }
}

/** Whether the parser complains about the end of the text. */
function endsEarly(error: unknown, text: string): boolean {
  const { message } = error as Error;
  return /end of JSON|Unterminated/.test(message) || /position (\d+)/.exec(message)?.[1] === `${text.length}`;
}

/** Whether brackets are nested more deeply than a limit, determined without parsing. */
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

/** The own property of an object from a file, whatever its name; undefined if there is none. */
export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property if it is text. */
export function ownText(value: unknown, key: string): string | undefined {
  const text = own(value, key);
  return typeof text === 'string' ? text : undefined;
}
