/** Longer texts are cut before they are compared. */
const MAX_LENGTH = 80;

/** The most edits between two texts that look like a typo of each other. */
const MOST_EDITS = 2;

/**
 * Finds the candidate that a text is probably a typo of: one that differs only in case, or by at most two edits, and by
 * fewer than a third of its characters.
 *
 * @param mostEdits more than two where all candidates are long
 */
export function nearestOf(
  text: string,
  candidates: readonly string[],
  mostEdits = MOST_EDITS,
): string | undefined {
  let nearest: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) > mostEdits) continue;
    const edits = editDistance(text.toLowerCase(), candidate.toLowerCase());
    if (edits > mostEdits || edits * 3 > Math.max(text.length, candidate.length) || edits >= fewest) continue;
    nearest = candidate;
    fewest = edits;
  }
  return nearest;
}

/** The candidate that takes the fewest edits, however many; of equally near ones, the first. Undefined without candidates. */
export function nearestName(text: string, candidates: readonly string[]): string | undefined {
  const wanted = text.slice(0, MAX_LENGTH).toLowerCase();
  let nearest: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    // each character more or less is an edit
    if (Math.abs(candidate.length - wanted.length) >= fewest) continue;
    const edits = editDistance(wanted, candidate.toLowerCase());
    if (edits >= fewest) continue;
    nearest = candidate;
    fewest = edits;
  }
  return nearest;
}

/** The number of insertions, deletions, substitutions and swaps of neighbors that turn one text into another. */
export function editDistance(one: string, other: string): number {
  if (one.length > MAX_LENGTH) return editDistance(one.slice(0, MAX_LENGTH), other);
  if (one === other) return 0;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isEqual = one[row - 1] === other[column - 1];
      let least = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (isEqual ? 0 : 1));
      if (one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        least = Math.min(least, beforeLast[column - 2] + 1);
      next.push(least);
    }
    [beforeLast, last] = [last, next];
  }
  return last[other.length];
}
