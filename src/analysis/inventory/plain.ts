import { isObject } from './files';
import type { Resolver } from './resolver';
import type { StackScope } from './stack';
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

const MAX_DEPTH = 60;

/** Evaluates a value and all that is in it. */
export function plainOf(resolver: Resolver, raw: unknown, stack: StackScope, depth = 0): Plain {
  if (depth > MAX_DEPTH) return new Unknown('limit', `it is nested more than ${MAX_DEPTH} levels deep`);
  if (!resolver.spend(1)) return new Unknown('limit', 'there is more than is read');
  const value = resolver.evaluate(raw, stack);
  if (Array.isArray(value))
    return value
      .map((element) => plainOf(resolver, element, stack, depth + 1))
      .filter((element) => element !== null);
  if (isObject(value) && !(value instanceof Unknown)) {
    const members: Record<string, Plain> = Object.create(null);
    for (const key of Object.keys(value)) {
      const member = plainOf(resolver, value[key], stack, depth + 1);
      if (member !== null) members[key] = member;
    }
    return members;
  }
  return value === undefined ? null : (value as Plain);
}

/** Whether something in it isn't known. */
export function hasUnknown(plain: Plain): boolean {
  if (plain instanceof Unknown) return true;
  if (Array.isArray(plain)) return plain.some(hasUnknown);
  return isObject(plain) && Object.values(plain as object).some(hasUnknown);
}
