/** Longer texts are cut before they are compared. */
const MAX_LENGTH = 80;

/** The most edits between two texts that look like a typo of each other. */
const MOST_EDITS = 2;

/** More edits than any two texts take. */
const FAR = 1 << 20;

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
    const edits = editDistance(text.toLowerCase(), candidate.toLowerCase(), mostEdits);
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
    const edits = editDistance(wanted, candidate.toLowerCase(), fewest - 1);
    if (edits >= fewest) continue;
    nearest = candidate;
    fewest = edits;
  }
  return nearest;
}

/**
 * The number of insertions, deletions, substitutions and swaps of neighbors that turn one text into another; Infinity if
 * it is more than `most`.
 */
export function editDistance(one: string, other: string, most = Number.POSITIVE_INFINITY): number {
  if (one.length > MAX_LENGTH) return editDistance(one.slice(0, MAX_LENGTH), other, most);
  if (one === other) return 0;
  // each character more or less is an edit
  if (Math.abs(one.length - other.length) > most) return Number.POSITIVE_INFINITY;
  if (most < other.length && lettersApart(one, other) > most) return Number.POSITIVE_INFINITY;
  const width = other.length;
  // cells that are farther from the diagonal take more edits
  const band = Math.min(most, Math.max(one.length, width));
  let beforeLast = new Array<number>(width + 1).fill(FAR);
  let last = Array.from(beforeLast, (_, index) => index);
  let next = beforeLast.slice();
  let fewestBefore = 0;
  for (let row = 1; row <= one.length; row++) {
    const character = one.charCodeAt(row - 1);
    const previous = row > 1 ? one.charCodeAt(row - 2) : -1;
    const start = Math.max(1, row - band);
    const end = Math.min(width, row + band);
    next[start - 1] = start === 1 ? row : FAR;
    let fewest = next[start - 1];
    for (let column = start; column <= end; column++) {
      const theirs = other.charCodeAt(column - 1);
      let least =
        Math.min(last[column], next[column - 1], last[column - 1] - (character === theirs ? 1 : 0)) + 1;
      if (column > 1 && previous === theirs && character === other.charCodeAt(column - 2))
        least = Math.min(least, beforeLast[column - 2] + 1);
      next[column] = least;
      if (least < fewest) fewest = least;
    }
    // later rows start from one of the last two
    if (fewest > most && fewestBefore > most) return Number.POSITIVE_INFINITY;
    fewestBefore = fewest;
    [beforeLast, last, next] = [last, next, beforeLast];
  }
  return last[width] > most ? Number.POSITIVE_INFINITY : last[width];
}

const letters = new Int16Array(128);

/**
 * The number of characters that one of two texts has and the other lacks, wherever they are. Never more than the edits
 * between them, and much quicker to find: most candidates end here.
 */
function lettersApart(one: string, other: string): number {
  letters.fill(0);
  for (let index = 0; index < one.length; index++) letters[one.charCodeAt(index) & 127]++;
  for (let index = 0; index < other.length; index++) letters[other.charCodeAt(index) & 127]--;
  let more = 0;
  let fewer = 0;
  for (const count of letters)
    if (count > 0) more += count;
    else fewer -= count;
  return Math.max(more, fewer);
}
