// A filter of jest: of the files with tests, those with a test that reaches the mutant. Stryker chooses tests by their
// names alone, and has jest load every file.
const { existsSync, readFileSync } = require('node:fs');
const { resolve } = require('node:path');

const { MUTATION_TESTS: file } = process.env;

/** Those files, the fastest first; undefined in the dry run. */
function reaching() {
  const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
  if (mutant === undefined || !existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8'))[mutant].map((path) => resolve(path));
}

module.exports = (paths) => ({ filtered: reaching() ?? paths });
module.exports.reaching = reaching;
