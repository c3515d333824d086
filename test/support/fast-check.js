// `fast-check` for the tests: with one seed, so that a change is judged by the change and not by the day's luck.
// `FAST_CHECK_SEED=random npm test` looks for what nobody has thought of; a number repeats a run.
const fastCheck = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

const wanted = process.env.FAST_CHECK_SEED ?? '20261121';
if (wanted !== 'random') fastCheck.configureGlobal({ seed: Number(wanted) });

module.exports = fastCheck;
