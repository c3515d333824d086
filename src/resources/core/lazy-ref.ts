/**
 * A reference whose members are created on first use: each is a token that costs time and memory at synthesis, and most
 * readers need only one of them. A construct makes its reference once, since properties defined at run time are slow.
 */
export function lazyRef<T extends object>(members: { readonly [K in keyof T]: () => T[K] }): T {
  const ref = {};
  for (const [name, get] of Object.entries(members))
    Object.defineProperty(ref, name, { enumerable: true, get: get as () => unknown });
  return ref as T;
}
