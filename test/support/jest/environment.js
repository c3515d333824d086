// One context for all test files of a process, so that what npm installed is loaded once; see packages.js.
const { TestEnvironment } = require('jest-environment-node');
const { installCommonGlobals } = require('jest-util');
const { Packages } = require('./packages');

/** What a test file leaves: `jest.setTimeout()` and `jest.retryTimes()`. */
const LEFT = [Symbol.for('TEST_TIMEOUT_SYMBOL'), Symbol.for('RETRY_TIMES')];

let shared;

/** A copy of the process for a test file, with variables of its own. */
function newProcess() {
  const globals = { Symbol, Date };
  installCommonGlobals(globals, {});
  return globals.process;
}

/** An environment whose context outlives the test file. The process and its variables are new for each. */
class SharedEnvironment {
  constructor(config, context) {
    if (shared) shared.base.global.process = newProcess();
    else {
      const base = new TestEnvironment(config, context);
      shared = { base, packages: new Packages(base.getVmContext()) };
      base.global.Error.stackTraceLimit = 20; // random cases make errors by the ten thousands
    }
    const { base, packages } = shared;
    this.global = base.global;
    this.fakeTimers = base.fakeTimers;
    this.fakeTimersModern = base.fakeTimersModern;
    this.moduleMocker = base.moduleMocker;
    this.packages = packages;
  }

  async setup() {}

  async teardown() {
    this.moduleMocker.restoreAllMocks();
    this.fakeTimersModern.useRealTimers();
    for (const left of LEFT) delete this.global[left];
  }

  exportConditions() {
    return shared.base.exportConditions();
  }

  getVmContext() {
    return shared.base.getVmContext();
  }
}

module.exports = SharedEnvironment;
