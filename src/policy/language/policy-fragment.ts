import { NumberText } from './json-text';

/**
 * The content of one policy: keys by their lowercase form, values as strings, child controls as bits. Invalid parts of a
 * document are absent.
 */
export interface Fragment {
  /** The key as it is written. */
  readonly name: string;
  /** What policies below may do, as bits; undefined if not set. */
  readonly allowed?: number;
  readonly assign?: string | readonly string[];
  readonly append?: readonly string[];
  readonly remove?: readonly string[];
  readonly children?: ReadonlyMap<string, Fragment>;
}

/** Stands for a value that is known only at deployment. */
export const TOKEN = '<token>';

/** A fragment under construction. */
export type MutableFragment = {
  -readonly [K in keyof Fragment]: Fragment[K];
} & { children?: Map<string, Fragment> };

/** The fragment at a path of keys. */
export function fragmentAt(fragment: Fragment | undefined, ...keys: string[]): Fragment | undefined {
  return keys.reduce((at: Fragment | undefined, key) => at?.children?.get(key), fragment);
}

/** The text that a fragment assigns to one of its settings. */
export function assigned(fragment: Fragment | undefined, ...keys: string[]): string | undefined {
  const value = fragmentAt(fragment, ...keys)?.assign;
  return typeof value === 'string' ? value : undefined;
}

/** A JSON scalar as AWS Organizations stores it; undefined for other values. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return value instanceof NumberText ? value.text : undefined;
}
