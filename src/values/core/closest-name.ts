import { editDistance } from './nearest';

/**
 * The name that was probably meant instead of an unknown one; undefined if none is close enough, or if several are
 * equally close.
 *
 * @param candidates what is possible, without what is there already
 */
export function closestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = bare(name);
  if (wanted === '') return undefined;
  const bares = candidates.map(bare);
  const only = (fits: (candidate: string) => boolean) => {
    const found = candidates.filter((_, index) => fits(bares[index]));
    return found.length === 1 ? found[0] : undefined;
  };
  return (
    only((candidate) => candidate === wanted) ??
    only((candidate) => candidate.endsWith(wanted)) ??
    only((candidate) => candidate.includes(wanted)) ??
    only((candidate) => candidate.length >= MIN_LENGTH && wanted.includes(candidate)) ??
    nearest(wanted, candidates, bares)
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
function nearest(
  wanted: string,
  candidates: readonly string[],
  bares: readonly string[],
): string | undefined {
  if (wanted.length > MAX_LENGTH) return undefined;
  let best: { name: string; distance: number } | undefined;
  let isUnique = true;
  const most = Math.floor(wanted.length / 3);
  for (const [index, name] of candidates.entries()) {
    const distance = editDistance(wanted, bares[index], best ? Math.min(most, best.distance) : most);
    if (distance > most) continue;
    if (best && distance === best.distance) isUnique = false;
    else if (!best || distance < best.distance) {
      best = { name, distance };
      isUnique = true;
    }
  }
  return isUnique ? best?.name : undefined;
}

/** Shorter names are in too many others. */
const MIN_LENGTH = 4;
/** No property of AWS has a longer name. */
const MAX_LENGTH = 64;
