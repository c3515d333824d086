/**
 * Puts the compiled files that every backup plan loads into one, `lib/plan.js`. Node.js takes longer to resolve, open and
 * wrap seventy small files than to read a single one; the files that only some apps need stay apart, since a bundle of
 * all is slower still. In their old place stands a line that refers to the new one, so that all other files find them.
 */
import { dirname, posix } from 'node:path';
import { transformSync } from 'esbuild';

export const JOINED = 'plan.js';
/** The files that change: the joined one, and what stands in the place of each of them. */
export function joinModules(files: ReadonlyMap<string, string>): Map<string, string> {
  const changed = new Map<string, string>();
  const packages = new Set<string>();
  const modules = [...files].map(([name, compiled]) => {
    const up = posix.relative(dirname(name), JOINED);
    changed.set(name, `module.exports = require("${up.startsWith('.') ? up : `./${up}`}")("${name}");\n`);
    return `"${name}": (function (exports) {\n${inlined(name, compiled, files, packages)}}),\n`; // in parentheses V8 compiles it at once
  });
  changed.set(
    JOINED,
    `// The files that every plan loads.
const modules = {
${modules.join('')}};
const loaded = new Map();
function load(name) {
    let exports = loaded.get(name);
    if (!exports) {
        loaded.set(name, (exports = {}));
        modules[name](exports);
    }
    return exports;
}
// Node.js resolves a package again for every \`require\`, which takes longer than anything else here.
const packages = {
${[...packages].map((name) => `"${name}": () => require("${name}"),\n`).join('')}};
function fromPackage(name) {
    let exports = loaded.get(name);
    if (!exports) loaded.set(name, (exports = packages[name]()));
    return exports;
}
module.exports = load;
`,
  );
  return changed;
}

/** The code of a file without comments; what it loads is looked up from the new place. */
function inlined(
  name: string,
  compiled: string,
  files: ReadonlyMap<string, string>,
  packages: Set<string>,
): string {
  const { code } = transformSync(compiled, { legalComments: 'none', target: 'node20' });
  const stranger = /\b(?:__dirname|__filename|module\.exports|require\.\w+)\b/.exec(code);
  if (stranger) throw new Error(`lib/${name} uses \`${stranger[0]}\`, which changes with its place`);
  return code.replace(/require\("([^"]+)"\)/g, (_, path: string) => {
    if (!path.startsWith('.')) {
      packages.add(path);
      return `fromPackage("${path}")`;
    }
    const target = posix.join(posix.dirname(name), path);
    return files.has(`${target}.js`) ? `load("${target}.js")` : `require("./${target}")`;
  });
}
