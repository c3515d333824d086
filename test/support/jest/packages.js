// What npm installed, loaded once for all test files of a process instead of once for each. The sources and the tests
// are loaded for each file, as jest does it.
const { readFileSync } = require('node:fs');
const { createRequire, isBuiltin } = require('node:module');
const { dirname } = require('node:path');
const { compileFunction, runInContext } = require('node:vm');

const PARAMETERS = ['module', 'exports', 'require', '__filename', '__dirname'];

/** Modules of CommonJS that run in a context of their own. */
class Packages {
  modules = new Map();

  constructor(context) {
    this.context = context;
    this.parse = runInContext('JSON.parse', context);
  }

  /** The exports of a file. */
  load(file) {
    const known = this.modules.get(file);
    if (known) return known.exports;
    const resolver = createRequire(file);
    const require = (name) => this.of(name, resolver);
    const module = { id: file, filename: file, path: dirname(file), exports: this.parse('{}'), require };
    Object.assign(require, { cache: {}, main: module, resolve: resolver.resolve });
    this.modules.set(file, module);
    try {
      this.run(module, require);
    } catch (error) {
      this.modules.delete(file);
      throw error;
    }
    return module.exports;
  }

  of(name, resolver) {
    if (name === 'process' || name === 'node:process') return runInContext('process', this.context);
    if (isBuiltin(name)) return resolver(name);
    const file = resolver.resolve(name);
    return file.endsWith('.node') ? resolver(file) : this.load(file);
  }

  run(module, require) {
    const { filename } = module;
    const text = readFileSync(filename, 'utf8');
    if (filename.endsWith('.json')) {
      module.exports = this.parse(text);
      return;
    }
    const body = compileFunction(text.replace(/^#!.*/, ''), PARAMETERS, {
      filename,
      parsingContext: this.context,
    });
    body.call(module.exports, module, module.exports, require, filename, module.path);
  }
}

module.exports = { Packages };
