// A reporter of Stryker. It chooses which mutants are tested, in an order by chance, and writes one line of JSON for each
// as soon as it was tested, so that a run can be stopped.
const { createHash } = require('node:crypto');
const { appendFileSync, writeFileSync } = require('node:fs');
const { relative } = require('node:path');

const { MUTATION_RESULTS, MUTATION_TESTS, MUTATION_SAMPLE, MUTATION_SEED } = process.env;

const write = (line) => appendFileSync(MUTATION_RESULTS, `${JSON.stringify(line)}\n`);

/** The same for the same mutant and seed, and otherwise as good as chance. */
function lot({ fileName, location, mutatorName, replacement }) {
  const text = JSON.stringify([MUTATION_SEED, relative('.', fileName), location, mutatorName, replacement]);
  return createHash('sha256').update(text).digest('hex');
}

const timeOf = (tests) => tests.reduce((sum, { timeSpentMs }) => sum + timeSpentMs, 0);

class LinesReporter {
  onDryRunCompleted({ result }) {
    this.tests = result.tests;
  }

  /** Stryker tests what the array holds after this, in its order. */
  onMutationTestingPlanReady({ mutantPlans }) {
    const ignored = ({ plan, mutant }) => plan === 'EarlyResult' && mutant.status === 'Ignored';
    const inOrder = mutantPlans
      .filter((one) => !ignored(one))
      .map((one) => ({ one, lot: lot(one.mutant) }))
      .sort((a, b) => (a.lot < b.lot ? -1 : 1))
      .map(({ one }) => one);
    const chosen = inOrder.slice(0, Number(MUTATION_SAMPLE));
    for (const { mutant, runOptions } of chosen)
      if (runOptions) {
        runOptions.reloadEnvironment = false; // jest loads the sources for each file, and the others would come last
        if (mutant.static) this.useAllTests(runOptions);
      }
    mutantPlans.splice(0, mutantPlans.length, ...chosen);
    const files = chosen.map(({ mutant, runOptions }) => [mutant.id, this.filesWith(runOptions?.testFilter)]);
    writeFileSync(MUTATION_TESTS, JSON.stringify(Object.fromEntries(files)));
    write({ order: chosen.map(({ mutant }) => mutant.id), of: inOrder.length });
  }

  /** What runs while a file with tests loads, such as a table of cases, is noticed by tests that Stryker doesn't know. */
  useAllTests(runOptions) {
    const known = new Set(runOptions.testFilter);
    runOptions.timeout += 1.5 * timeOf(this.tests.filter(({ id }) => !known.has(id)));
    runOptions.testFilter = undefined;
  }

  /** The files that have some tests, or any, the fastest first. Two files may have a test of the same name. */
  filesWith(ids = this.tests.map(({ id }) => id)) {
    const wanted = new Set(ids);
    const times = new Map();
    for (const { id, fileName, timeSpentMs } of this.tests)
      if (wanted.has(id)) times.set(fileName, (times.get(fileName) ?? 0) + timeSpentMs);
    return [...times].sort(([, a], [, b]) => a - b).map(([fileName]) => relative('.', fileName));
  }

  onMutantTested({ id, fileName, location, mutatorName, replacement, status, static: isStatic }) {
    write({ id, fileName, location, mutatorName, replacement, status, static: isStatic });
  }
}

exports.strykerPlugins = [{ kind: 'Reporter', name: 'lines', injectableClass: LinesReporter }];
