import { type Size, Token, Tokenization } from 'aws-cdk-lib';
import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';

/** How AWS calls what our property says. */
type Key = string;

/**
 * Reads the options of one factory of `RestoreMetadata` property by property, and writes them the way AWS Backup takes
 * metadata: all in text, lists and nested keys in JSON.
 */
export class MetadataReader {
  public readonly problems: Problem[] = [];
  /** How the user calls the keys of AWS; nested ones as `key.nested`. */
  public readonly words: Record<Key, string> = {};
  private readonly values: Record<Key, unknown> = {};
  private readonly options: Readonly<Record<string, unknown>>;

  constructor(options: object | undefined) {
    this.options =
      typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};
  }

  /** The metadata so far. */
  public get overrides(): Record<Key, string> {
    return Object.fromEntries(Object.entries(this.values).map(([key, value]) => [key, text(value)]));
  }

  public text(property: string, key: Key = property): this {
    return this.read(property, key, (value) =>
      typeof value === 'string' && value !== '' ? value : this.wrong(property, 'a text', value),
    );
  }

  public flag(property: string, key: Key = property): this {
    return this.read(property, key, (value) =>
      typeof value === 'boolean' ? value : this.wrong(property, 'true or false', value),
    );
  }

  public whole(property: string, key: Key = property, max?: number): this {
    const allowed = max === undefined ? 'a whole number, 1 or more' : `a whole number from 1 to ${max}`;
    return this.read(property, key, (value) =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= (max ?? value)
        ? value
        : this.wrong(property, allowed, value),
    );
  }

  public texts(property: string, key: Key = property): this {
    return this.read(property, key, (value) =>
      Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
        ? value
        : this.wrong(property, 'a list of texts, at least one', value),
    );
  }

  /** A size in whole units. */
  public size(property: string, key: Key, unit: 'GiB' | 'MiB'): this {
    return this.read(property, key, (value) => {
      const size = value as Partial<Size>;
      if (typeof size?.toGibibytes !== 'function' || typeof size.toMebibytes !== 'function')
        return this.wrong(property, 'a `Size`', value);
      try {
        return unit === 'GiB' ? size.toGibibytes() : size.toMebibytes();
      } catch {
        return this.wrong(property, `whole ${unit}`, value);
      }
    });
  }

  /** What a reference of aws-cdk-lib holds. */
  public ref(property: string, key: Key, what: string, of: Of): this {
    return this.read(property, key, (value) => of(value as never) ?? this.wrong(property, what, value));
  }

  /** What references of aws-cdk-lib hold. */
  public refs(property: string, key: Key, what: string, of: Of): this {
    return this.read(property, key, (value) => {
      if (!Array.isArray(value) || value.length === 0)
        return this.wrong(property, `a list of ${what}, at least one`, value);
      return value.map((each) => of(each as never) ?? this.wrong(property, what, each));
    });
  }

  /** A value of our own. */
  public set(key: Key, value: unknown): this {
    this.values[key] = value;
    return this;
  }

  /** Keys within a key; left out where none of them is said, unless they are needed. */
  public nested(key: Key, read: (reader: MetadataReader) => unknown, needed = false): this {
    const inner = new MetadataReader(this.options);
    read(inner);
    this.problems.push(...inner.problems);
    for (const [innerKey, word] of Object.entries(inner.words)) this.words[`${key}.${innerKey}`] = word;
    if (needed || Object.keys(inner.values).length > 0) this.values[key] = inner.values;
    return this;
  }

  private read(property: string, key: Key, value: (given: unknown) => unknown): this {
    this.words[key] = property;
    const given = this.options[property];
    if (given !== undefined) this.values[key] = isKnown(given) ? value(given) : given;
    return this;
  }

  private wrong(property: string, what: string, got: unknown): unknown {
    this.problems.push({
      id: ID,
      severity: 'error',
      property,
      message: `\`${property}\` must be ${what}, got ${show(got)}`,
    });
    return '';
  }
}

const ID = 'Backup-RestoreMetadata';
type Of = (reference: never) => string | undefined;

/** All metadata is text. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Token.isUnresolved(value) && typeof value === 'object') return Token.asString(value);
  return json(value);
}

/** JSON in which tokens stand where their values will. */
function json(value: unknown): string {
  if (typeof value === 'number' && Token.isUnresolved(value)) return Tokenization.stringifyNumber(value);
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (typeof value === 'object' && value !== null && !Token.isUnresolved(value))
    return `{${Object.entries(value)
      .map(([key, each]) => `${JSON.stringify(key)}:${json(each)}`)
      .join(',')}}`;
  if (Token.isUnresolved(value) && typeof value === 'object') return JSON.stringify(Token.asString(value));
  return JSON.stringify(value) ?? 'null';
}
