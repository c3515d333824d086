import type { Resolver } from '../../template/evaluation/resolver';
import { type Items, type Maybe, NOTHING, type Text, Unknown } from '../../template/evaluation/unknown';
import { isObject, own } from '../../template/input/files';
import type { StackScope } from '../../template/input/stack';
import type { Link } from './item';
import type { LinkBy, Links } from './links';

/** More elements than any list or map of AWS Backup may have. */
const MAX_ELEMENTS = 2_000;
/** The cost of reading an object, compared with text. */
const OBJECT_WORK = 20;

/** What a cursor uses to read values and references. */
export interface CursorContext {
  readonly literal: Resolver;
  readonly links: Links;
}

/**
 * An object in a template that is read property by property. If the object itself isn't known, neither are its
 * properties. Absent properties are undefined.
 */
export class Cursor {
  private readonly body: Readonly<Record<string, unknown>> | Unknown;

  /**
   * @param raw the object, or a function that returns one
   * @param path where it is in the template
   */
  constructor(
    private readonly context: CursorContext,
    public readonly stack: StackScope,
    raw: unknown,
    public readonly path: string,
  ) {
    const value = context.literal.evaluate(raw, stack);
    this.body =
      value instanceof Unknown ? value : isObject(value) ? value : new Unknown('shape', 'expected an object');
  }

  /** Why the object isn't known, if it isn't. */
  public get unknown(): Unknown | undefined {
    return this.body instanceof Unknown ? this.body : undefined;
  }

  public keys(): Items<string> {
    if (this.body instanceof Unknown) return { items: [], rest: this.body };
    return this.within(Object.keys(this.body));
  }

  public text(key: string): Text | undefined {
    return this.unknown ?? this.context.literal.text(own(this.body, key), this.stack);
  }

  public number(key: string): Maybe<number> | undefined {
    const text = this.text(key);
    if (text === undefined || text instanceof Unknown) return text;
    return /^\s*[+-]?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(text)
      ? Number(text)
      : new Unknown('shape', 'expected a number');
  }

  public flag(key: string): Maybe<boolean> | undefined {
    const text = this.text(key);
    if (text === undefined || text instanceof Unknown) return text;
    if (/^true$/i.test(text)) return true;
    return /^false$/i.test(text) ? false : new Unknown('shape', 'expected true or false');
  }

  /** The object under a key. */
  public object(key: string): Cursor | undefined {
    const path = `${this.path}/${key}`;
    const raw = this.unknown ?? this.context.literal.evaluate(own(this.body, key), this.stack);
    return raw === undefined ? undefined : new Cursor(this.context, this.stack, raw, path);
  }

  /** The objects of the list under a key. */
  public list(key: string): Items<Cursor> {
    return this.elements(key, (raw, path) => new Cursor(this.context, this.stack, raw, path), OBJECT_WORK);
  }

  /** The texts of the list under a key. */
  public texts(key: string): Items<Text> {
    return this.elements(key, (raw) => this.context.literal.text(raw, this.stack));
  }

  /** The references of the list under a key. */
  public links(key: string, types: ReadonlySet<string>, by: LinkBy): Items<Link> {
    return this.elements(key, (raw) => this.context.links.link(raw, this.stack, types, by));
  }

  /** The reference under a key. */
  public link(key: string, types: ReadonlySet<string>, by: LinkBy): Link | undefined {
    const open = this.unknown;
    return open ? { text: open } : this.context.links.link(own(this.body, key), this.stack, types, by);
  }

  /** The value of a key, as it is in the template. */
  public raw(key: string): unknown {
    return this.unknown ?? own(this.body, key);
  }

  /** The value of a key, evaluated one level deep. */
  public value(key: string): unknown {
    return this.unknown ?? this.context.literal.evaluate(own(this.body, key), this.stack);
  }

  /** The elements of a list. One whose presence depends on an unknown condition makes the list incomplete. */
  private elements<T>(key: string, read: (raw: unknown, path: string) => T | undefined, work = 1): Items<T> {
    if (this.body instanceof Unknown) return { items: [], rest: this.body };
    const list = this.context.literal.evaluate(own(this.body, key), this.stack);
    if (list === undefined) return NOTHING;
    if (list instanceof Unknown && !list.parts) return { items: [], rest: list };
    const { items: raws, rest } = this.within(Array.isArray(list) ? list : [list], work);
    const items: T[] = [];
    let why = rest;
    for (let i = 0; i < raws.length; i++) {
      const raw = raws[i];
      const value = this.context.literal.evaluate(raw, this.stack);
      if (value instanceof Unknown && value.kind === 'condition') {
        why ??= value;
        continue;
      }
      const item = value === undefined ? undefined : read(raw, `${this.path}/${key}/${i}`);
      if (item !== undefined) items.push(item);
    }
    return why ? { items, rest: why } : { items };
  }

  private within<T>(all: readonly T[], work = 1): Items<T> {
    const limit = this.context.literal.spend(Math.min(all.length, MAX_ELEMENTS) * work) ? MAX_ELEMENTS : 0;
    if (all.length <= limit) return { items: all };
    return {
      items: all.slice(0, limit),
      rest: new Unknown('limit', 'there are more elements than can be read'),
    };
  }
}

/** Maps the items of a list. */
export function mapItems<T, R>(list: Items<T>, read: (item: T, index: number) => R): Items<R> {
  return { ...list, items: list.items.map(read) };
}
