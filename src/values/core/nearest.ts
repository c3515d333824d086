/** Longer texts are cut before they are compared. */
const MAX_LENGTH = 80;

/** The known name that takes the fewest edits; of equally near ones, the first. Undefined if there are no names. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of known) {
    const edits = editDistance(given.slice(0, MAX_LENGTH).toLowerCase(), name.toLowerCase());
    if (!best || edits < best.edits) best = { name, edits };
  }
  return best?.name;
}

/** The nearest name if it is so near that a typing error is likely: at most two characters differ, or a third of them. */
export function likelyName(given: string, known: readonly string[]): string | undefined {
  const name = nearestName(given, known);
  if (name === undefined) return undefined;
  return editDistance(given.slice(0, MAX_LENGTH).toLowerCase(), name.toLowerCase()) <=
    Math.max(2, Math.floor(name.length / 3))
    ? name
    : undefined;
}

/** The number of characters to add, remove or replace. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
