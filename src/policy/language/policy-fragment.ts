import { NumberText } from './json-text';

/**
 * What one policy says, read: keys by their lower-case form, values as texts, child controls as bits. Where a
 * document isn't as AWS takes it, what is wrong is left out.
 */
export interface Fragment {
  /** The key as it is written. */
  readonly name: string;
  /** What policies below may do, as bits; undefined where nothing is said. */
  readonly allowed?: number;
  readonly assign?: string | readonly string[];
  readonly append?: readonly string[];
  readonly remove?: readonly string[];
  readonly children?: ReadonlyMap<string, Fragment>;
}

/** Stands for a value that is known at deployment only. */
export const TOKEN = '<token>';

/** A fragment in the making. */
export type MutableFragment = {
  -readonly [K in keyof Fragment]: Fragment[K];
} & { children?: Map<string, Fragment> };

/** The fragment that keys lead to. */
export function fragmentAt(fragment: Fragment | undefined, ...keys: string[]): Fragment | undefined {
  return keys.reduce((at: Fragment | undefined, key) => at?.children?.get(key), fragment);
}

/** The text that a fragment assigns to one of its settings. */
export function assigned(fragment: Fragment | undefined, ...keys: string[]): string | undefined {
  const value = fragmentAt(fragment, ...keys)?.assign;
  return typeof value === 'string' ? value : undefined;
}

/** A scalar of JSON as AWS Organizations keeps it; undefined where it is none. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return value instanceof NumberText ? value.text : undefined;
}
