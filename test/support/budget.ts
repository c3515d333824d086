/**
 * How many of so many random cases are tried: all of them, or what `TEST_BUDGET` makes of them. Not for `numRuns` of
 * fast-check, of which `fast-check.js` takes that share by itself.
 */
export function budget(cases: number): number {
  return Math.max(1, Math.round(cases * Number(process.env.TEST_BUDGET ?? 1)));
}

/** The seed of a suite with random cases of its own: always the same, unless `FAST_CHECK_SEED` is a number. */
export function seed(usual: number): number {
  return Number(process.env.FAST_CHECK_SEED) || usual;
}
