// A reporter of Stryker: one line of JSON for each mutant as soon as it was tested, so that a run can be stopped.
const { appendFileSync } = require('node:fs');

class LinesReporter {
  onDryRunCompleted({ result }) {
    this.write({ tests: result.tests.length });
  }

  onMutantTested({ fileName, location, mutatorName, replacement, status }) {
    this.write({ fileName, location, mutatorName, replacement, status });
  }

  write(line) {
    appendFileSync(process.env.MUTATION_RESULTS, `${JSON.stringify(line)}\n`);
  }
}

exports.strykerPlugins = [{ kind: 'Reporter', name: 'lines', injectableClass: LinesReporter }];
