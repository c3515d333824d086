// `fast-check` for the tests: with one seed, so that a change is judged by the change and not by the day's luck.
// `FAST_CHECK_SEED=random npm test` looks for what nobody has thought of; a number repeats a run. `TEST_BUDGET=10` tries
// ten times as many cases. `npx projen test:fuzz` sets both, and `FUZZ_CASES`, the file in which cases are counted.
const { appendFileSync } = require('node:fs');
const fastCheck = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

const wanted = process.env.FAST_CHECK_SEED ?? '20261121';
if (wanted !== 'random') fastCheck.configureGlobal({ seed: Number(wanted) });

const share = Number(process.env.TEST_BUDGET ?? 1);
const counted = process.env.FUZZ_CASES;
if (share !== 1 || counted) {
  const DEFAULT_RUNS = 100;
  const assert = (property, parameters = {}) => {
    const numRuns = Math.ceil((parameters.numRuns ?? DEFAULT_RUNS) * share);
    if (counted) appendFileSync(counted, `${expect.getState().testPath}\t${numRuns}\n`);
    return fastCheck.assert(property, { ...parameters, numRuns });
  };
  const scaled = { ...fastCheck, assert };
  module.exports = { ...scaled, default: scaled };
} else {
  module.exports = fastCheck;
}
