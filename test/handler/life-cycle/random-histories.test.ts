import fc from 'fast-check';
import { FLAG_FAMILIES } from './flag-families';
import { history, playHistory } from './history';
import { PLAN } from './plan-family';
import { SMALL_FAMILIES } from './small-families';
import { TEAM } from './team-family';
import { VAULT_CONTENTS } from './vault-contents-family';
import { VAULT_SETTINGS } from './vault-settings-family';

const FAMILIES = [VAULT_SETTINGS, VAULT_CONTENTS, TEAM, PLAN, ...FLAG_FAMILIES, ...SMALL_FAMILIES];

jest.setTimeout(600_000);

// thousands of errors are thrown on purpose, and the stack of each takes longer than what threw it
const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

test.each(FAMILIES)('$name: whatever happens, nothing is lost and nothing gets weaker', async (family) => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(), async (moves, seed) => {
      expect(await playHistory(family, moves, seed)).toEqual([]);
    }),
    { numRuns: Number(process.env.HISTORIES ?? family.histories), endOnFailure: !process.env.SHRINK },
  );
});
