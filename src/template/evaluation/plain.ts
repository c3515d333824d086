import { isObject } from '../input/files';
import type { StackScope } from '../input/stack';
import type { Evaluator } from './evaluator';
import { Unknown } from './unknown';

/** A part of a template with all functions evaluated. Objects have no prototype: any key is a key. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | Unknown
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** Evaluates a value and everything in it. */
export function plainOf(resolver: Evaluator, raw: unknown, stack: StackScope): Plain {
  if (!resolver.spend(1)) return new Unknown('limit', 'the input is larger than can be read');
  const value = resolver.evaluate(raw, stack);
  const inner = (member: unknown): Plain => resolver.deeper(() => plainOf(resolver, member, stack));
  if (Array.isArray(value)) return value.map(inner).filter((element) => element !== null);
  if (isObject(value) && !(value instanceof Unknown)) {
    const members: Record<string, Plain> = Object.create(null);
    for (const key of Object.keys(value)) {
      const member = inner(value[key]);
      if (member !== null) members[key] = member;
    }
    return members;
  }
  return value === undefined ? null : (value as Plain);
}

/** Whether part of it isn't known. */
export function hasUnknown(plain: Plain): boolean {
  if (plain instanceof Unknown) return true;
  if (Array.isArray(plain)) return plain.some(hasUnknown);
  return isObject(plain) && Object.values(plain as object).some(hasUnknown);
}
