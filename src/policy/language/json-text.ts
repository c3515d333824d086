/**
 * A number that JavaScript would not print as it is written: `60.0`, which AWS Organizations distinguishes from `60`, or one
 * with too many digits.
 */
export class NumberText {
  constructor(public readonly text: string) {}

  /** For `JSON.stringify`. */
  public toJSON(): number {
    return Number(this.text);
  }
}

/** A problem in JSON. */
export interface JsonFault {
  /** The keys and indexes that lead to it, with `/` between them; empty for the whole text. */
  readonly path: string;
  readonly reason: string;
}

export interface JsonReading {
  /** Undefined for invalid JSON. The first value of a duplicate key. */
  readonly value?: unknown;
  readonly faults: readonly JsonFault[];
}

/** Deeper nesting is hostile. */
const MAX_DEPTH = 1000;

/**
 * Reads JSON, and also reports duplicate keys, which `JSON.parse` ignores. Never throws.
 *
 * Skips a byte order mark.
 */
export function readJson(text: string): JsonReading {
  const scanner = new JsonScanner(text);
  try {
    const value = scanner.document();
    return { value, faults: scanner.faults };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { faults: [...scanner.faults, { path: '', reason: error.reason }] };
  }
}

class SyntaxFault {
  constructor(public readonly reason: string) {}
}

class JsonScanner {
  public readonly faults: JsonFault[] = [];
  private at: number;
  private readonly path: (string | number)[] = [];

  constructor(private readonly text: string) {
    this.at = text.startsWith('\ufeff') ? 1 : 0;
  }

  public document(): unknown {
    const value = this.value();
    this.blanks();
    if (this.at < this.text.length) throw this.unexpected('the end');
    return value;
  }

  private value(): unknown {
    this.blanks();
    const code = this.text.charCodeAt(this.at);
    if (code === 0x22) return this.string();
    if (code === 0x7b) return this.object();
    if (code === 0x5b) return this.array();
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.number();
    for (const [word, meaning] of WORDS)
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return meaning;
      }
    throw this.unexpected('a value');
  }

  private object(): unknown {
    const object: Record<string, unknown> = {};
    this.open();
    this.blanks();
    if (this.skip('}')) return object;
    do {
      this.blanks();
      if (this.text[this.at] !== '"') throw this.unexpected('a key in double quotes');
      const key = this.string();
      this.blanks();
      if (!this.skip(':')) throw this.unexpected('`:`');
      this.path.push(key);
      const value = this.value();
      if (Object.hasOwn(object, key))
        this.faults.push({ path: this.path.join('/'), reason: 'the key occurs twice in its object' });
      // in a literal, `__proto__` would be the prototype
      else if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true });
      else object[key] = value;
      this.path.pop();
      this.blanks();
    } while (this.skip(','));
    if (!this.skip('}')) throw this.unexpected('`,` or `}`');
    return object;
  }

  private array(): unknown {
    const array: unknown[] = [];
    this.open();
    this.blanks();
    if (this.skip(']')) return array;
    do {
      this.path.push(array.length);
      array.push(this.value());
      this.path.pop();
      this.blanks();
    } while (this.skip(','));
    if (!this.skip(']')) throw this.unexpected('`,` or `]`');
    return array;
  }

  private open(): void {
    this.at++;
    if (this.path.length >= MAX_DEPTH)
      throw new SyntaxFault(`nests more than ${MAX_DEPTH} levels deep${this.where()}`);
  }

  private string(): string {
    const start = this.at;
    let end = start;
    do {
      end = this.text.indexOf('"', end + 1);
      if (end < 0) throw new SyntaxFault(`has an unterminated string${this.where()}`);
    } while (this.isEscaped(end));
    const inner = this.text.slice(start + 1, end);
    this.at = end + 1;
    if (!/[\\\p{Cc}]/u.test(inner)) return inner;
    try {
      return JSON.parse(this.text.slice(start, end + 1));
    } catch {
      this.at = start;
      throw new SyntaxFault(
        `has a string with an escape or control character that JSON does not allow${this.where()}`,
      );
    }
  }

  /** Whether an odd number of backslashes precedes it. */
  private isEscaped(at: number): boolean {
    let start = at;
    while (this.text[start - 1] === '\\') start--;
    return (at - start) % 2 === 1;
  }

  private number(): number | NumberText {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text)?.[0];
    if (found === undefined) throw this.unexpected('a number');
    this.at += found.length;
    const number = Number(found);
    return String(number) === found ? number : new NumberText(found);
  }

  private blanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private skip(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private unexpected(wanted: string): SyntaxFault {
    const got = this.at < this.text.length ? 'something else' : 'the end';
    return new SyntaxFault(`is not valid JSON: ${wanted} belongs${this.where()}, got ${got}`);
  }

  private where(): string {
    const before = this.text.slice(0, this.at);
    const line = before.split('\n').length;
    return ` at line ${line}, column ${this.at - before.lastIndexOf('\n')}`;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
