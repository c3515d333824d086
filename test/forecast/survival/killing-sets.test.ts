import * as fc from 'fast-check';
import { killingSets } from '../../../src/forecast/survival/killing-sets';

/** All minimal sets of up to three losses, by trying every set. */
function bruteForce(places: readonly ReadonlySet<string>[]): string[][] {
  const losses = [...new Set(places.flatMap((place) => [...place]))].sort();
  const subsets: string[][] = [[]];
  for (const loss of losses) subsets.push(...subsets.map((set) => [...set, loss]));
  const kills = (set: readonly string[]) => places.every((place) => set.some((loss) => place.has(loss)));
  return subsets
    .filter((set) => set.length <= 3 && kills(set))
    .filter((set) => set.every((without) => !kills(set.filter((loss) => loss !== without))))
    .map((set) => [...set].sort());
}

test('the killing sets are exactly the minimal sets that brute force finds', () => {
  const place = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 5 }).map((all) => new Set(all));
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 6 }), (places) => {
      const text = (sets: readonly (readonly string[])[]) => sets.map((set) => set.join()).sort();
      expect(text(killingSets(places))).toEqual(text(bruteForce(places)));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['one place dies of any of its losses', ['ab'], ['a', 'b']],
  ['two places without a common loss need two', ['ab', 'c'], ['a,c', 'b,c']],
  ['a common loss is enough', ['ab', 'bc'], ['b', 'a,c']],
  ['nothing destroys a place that no loss reaches', ['ab', ''], []],
  ['more than three losses are not looked for', ['a', 'b', 'c', 'd'], []],
  ['without recovery points there is nothing to destroy', [], []],
])('%s', (_, places, sets) => {
  expect(killingSets(places.map((place) => new Set(place))).map((set) => set.join())).toEqual(sets);
});
