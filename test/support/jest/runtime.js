// Loads what npm installed from the environment; see packages.js.
const { isBuiltin } = require('node:module');
const { default: Runtime } = require('jest-runtime');

/** Packages that belong to the framework, or that tests load in order to change them. */
const OF_THE_FRAMEWORK = /[\\/]node_modules[\\/](@?jest|expect|pretty-format)/;
const INSTALLED = /[\\/]node_modules[\\/]/;

class SharingRuntime extends Runtime {
  requireModule(from, name, options, isActual) {
    if (!options?.isInternalModule && name !== undefined && !isBuiltin(name)) {
      const file = this.installed(from, name);
      if (file) return this._environment.packages.load(file);
    }
    return super.requireModule(from, name, options, isActual);
  }

  /** The file, if npm installed it. */
  installed(from, name) {
    if (name.startsWith('.') && !INSTALLED.test(from)) return undefined;
    let file;
    try {
      file = this._resolution.resolveCjs(from, name);
    } catch {
      return undefined;
    }
    return INSTALLED.test(file) && !OF_THE_FRAMEWORK.test(file) && !file.endsWith('.mjs') ? file : undefined;
  }
}

module.exports = SharingRuntime;
