/**
 * The name that was probably meant instead of an unknown one; undefined if none is close enough, or if several are
 * equally close.
 *
 * @param candidates what is possible, without what is there already
 */
export function closestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = bare(name);
  if (wanted === '') return undefined;
  const only = (fits: (candidate: string) => boolean) => {
    const found = candidates.filter((candidate) => fits(bare(candidate)));
    return found.length === 1 ? found[0] : undefined;
  };
  return (
    only((candidate) => candidate === wanted) ??
    only((candidate) => candidate.endsWith(wanted)) ??
    only((candidate) => candidate.includes(wanted)) ??
    only((candidate) => wanted.includes(candidate)) ??
    nearest(wanted, candidates)
  );
}

/** Without case, separators, and the ending of the plural. */
function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/s$/, '');
}

/** By the number of changed characters: at most a third of the name. */
function nearest(wanted: string, candidates: readonly string[]): string | undefined {
  if (wanted.length > MAX_LENGTH) return undefined;
  let best: { name: string; distance: number } | undefined;
  let isUnique = true;
  for (const name of candidates) {
    const distance = distanceOf(wanted, bare(name));
    if (distance > wanted.length / 3) continue;
    if (best && distance === best.distance) isUnique = false;
    else if (!best || distance < best.distance) {
      best = { name, distance };
      isUnique = true;
    }
  }
  return isUnique ? best?.name : undefined;
}

/** No property of AWS has a longer name. */
const MAX_LENGTH = 64;

/** The number of characters to insert, remove or replace, where a swap of neighbors counts as one. */
function distanceOf(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
