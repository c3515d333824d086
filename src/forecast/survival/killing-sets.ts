/** The most losses that a set names. */
export const MAX_LOSSES = 3;

/**
 * The minimal sets of up to three losses that destroy everything: minimal hitting sets, found by adding one place after the
 * other, and extending the sets that spare it.
 *
 * @param killers for each place with recovery points, the losses that destroy them all
 */
export function killingSets(killers: readonly ReadonlySet<string>[]): string[][] {
  if (killers.length === 0) return [];
  let sets: ReadonlySet<string>[] = [new Set()];
  for (const place of killers) {
    const hitting = sets.filter((set) => [...set].some((loss) => place.has(loss)));
    const extended = sets
      .filter((set) => !hitting.includes(set) && set.size < MAX_LOSSES)
      .flatMap((set) => [...place].map((loss) => new Set([...set, loss])));
    // an extended set is never a part of one that hits already, nor of another extended one
    sets = minimal([...hitting, ...extended]);
  }
  return sets
    .map((set) => [...set].sort())
    .sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
}

/** Without sets that contain an earlier one. */
function minimal(sets: readonly ReadonlySet<string>[]): ReadonlySet<string>[] {
  const found: ReadonlySet<string>[] = [];
  for (const set of sets)
    if (!found.some((smaller) => [...smaller].every((loss) => set.has(loss)))) found.push(set);
  return found;
}
