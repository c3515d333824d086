import { type Size, Token, Tokenization } from 'aws-cdk-lib';
import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { type StructName, unknownPropertyProblems } from '../../values/core/unknown-properties';

/** A key of the restore metadata of AWS Backup. */
type Key = string;

/**
 * Reads the options of one `RestoreMetadata` factory, property by property, and writes them as AWS Backup expects
 * metadata: all values as strings, lists and nested keys as JSON.
 */
export class MetadataReader {
  public readonly problems: Problem[] = [];
  /** Our property names by metadata key; nested keys as `key.nested`. */
  public readonly propertyNames: Record<Key, string> = {};
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

  /** The options that the struct doesn't have. */
  public unknownProblems(struct: StructName | undefined): Problem[] {
    return struct === undefined ? [] : unknownPropertyProblems(this.options, struct);
  }

  public text(property: string, key: Key = property): this {
    return this.read(property, key, (value) =>
      typeof value === 'string' && value !== '' ? value : this.wrong(property, 'a string', value),
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
        : this.wrong(property, 'a list of strings, at least one', value),
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

  /** The value of a reference of aws-cdk-lib. */
  public ref(property: string, key: Key, what: string, of: Of): this {
    return this.read(property, key, (value) => of(value as never) ?? this.wrong(property, what, value));
  }

  /** The values of references of aws-cdk-lib. */
  public refs(property: string, key: Key, what: string, of: Of): this {
    return this.read(property, key, (value) => {
      if (!Array.isArray(value) || value.length === 0)
        return this.wrong(property, `a list of ${what}, at least one`, value);
      return value.map((each) => of(each as never) ?? this.wrong(property, what, each));
    });
  }

  /** A fixed value. */
  public set(key: Key, value: unknown): this {
    this.values[key] = value;
    return this;
  }

  /** Keys within a key; omitted if none of them is set, unless the key is required. */
  public nested(key: Key, read: (reader: MetadataReader) => unknown, required = false): this {
    const inner = new MetadataReader(this.options);
    read(inner);
    this.problems.push(...inner.problems);
    for (const [innerKey, name] of Object.entries(inner.propertyNames))
      this.propertyNames[`${key}.${innerKey}`] = name;
    if (required || Object.keys(inner.values).length > 0) this.values[key] = inner.values;
    return this;
  }

  private read(property: string, key: Key, convert: (value: unknown) => unknown): this {
    this.propertyNames[key] = property;
    const value = this.options[property];
    if (value !== undefined) this.values[key] = isKnown(value) ? convert(value) : value;
    return this;
  }

  private wrong(property: string, what: string, got: unknown): unknown {
    this.problems.push(
      problem({
        id: ID,
        property,
        message: (label) => `${label(property)} must be ${what}, got ${show(got)}`,
      }),
    );
    return '';
  }
}

const ID = 'Backup-RestoreMetadata';
type Of = (reference: never) => string | undefined;

/** A metadata value as a string. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Token.isUnresolved(value) && typeof value === 'object') return Token.asString(value);
  return json(value);
}

/** JSON with tokens in place of their values. */
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
