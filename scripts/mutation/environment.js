// The environment of the tests, which skips what is left of the tests once one has noticed the mutant.
const Environment = require('../../test/support/jest/environment.js');

let noticed;

module.exports = class extends Environment {
  handleTestEvent({ name, test }) {
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    if (mutant === undefined) return; // the dry run
    if (name === 'test_start' && noticed === mutant) test.mode = 'skip';
    if (name === 'test_fn_failure' || name === 'hook_failure') noticed = mutant;
  }
};
