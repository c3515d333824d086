/**
 * Makes the compiled lib/index.js lazy, as aws-cdk-lib's is: `require('cdk-backup-constructs')` reads one small
 * file, and each export loads its own file when it is first touched. jsii emits an eager `require` for every file.
 *
 * src/index.ts may only contain named re-exports: `export { BackupPlan, type BackupPlanProps } from './resources/…';`
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = '// Every export loads its file when it is first touched.';

/** What jsii (TypeScript, CommonJS) makes of the re-exports, line by line. Anything else is a shape we don't know. */
const PASSED_ON = [
  /^"use strict";$/,
  /^Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);$/,
  /^exports\.\w+ = (exports\.\w+ = )*void 0;$/, // how ES modules see the names (cjs-module-lexer)
];
const DROPPED = [/^\s*$/, /^\s*\/\//, /^\s*\/\*.*\*\/\s*$/];
const REQUIRE = /^(?:var|const) (\w+) = require\("(\.\/[\w./-]+)"\);$/;
const EXPORT =
  /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);$/;

/** The lazy form of a compiled index; throws when it contains anything but named re-exports. */
export function lazyIndex(compiled: string): string {
  if (compiled.includes(MARK)) return compiled;

  const head: string[] = [];
  const files = new Map<string, string>();
  const exported: string[] = [];
  for (const [index, text] of withoutBlockComments(compiled).split(/\r?\n/).entries()) {
    const line = text.replace(/;\s+\/[/*].*$/, ';'); // TypeScript keeps the comments behind a line
    const required = REQUIRE.exec(line);
    const reExported = EXPORT.exec(line);
    if (required) {
      files.set(required[1], required[2]);
    } else if (reExported) {
      const [, name, variable, original] = reExported;
      const file = files.get(variable);
      if (!file) throw new Error(`line ${index + 1} of the compiled index re-exports from nowhere: ${line}`);
      exported.push(`lazily("${name}", () => require("${file}").${original});`);
    } else if (PASSED_ON.some((known) => known.test(line))) {
      head.push(line);
    } else if (!DROPPED.some((known) => known.test(line))) {
      throw new Error(
        `line ${index + 1} of the compiled index isn't a named re-export: ${line.slice(0, 120)}\n` +
          `src/index.ts may only contain lines such as \`export { A, type B } from './values/a';\``,
      );
    }
  }
  if (exported.length === 0) throw new Error('the compiled index exports nothing');
  if (head.length !== PASSED_ON.length)
    throw new Error(`the compiled index has an unknown head:\n${head.join('\n')}`);

  return `${head.join('\n')}
${MARK}
function lazily(name, load) {
    Object.defineProperty(exports, name, {
        configurable: true,
        enumerable: true,
        get() {
            const value = load();
            Object.defineProperty(exports, name, { configurable: true, enumerable: true, value });
            return value;
        },
    });
}
${exported.join('\n')}
`;
}

function withoutBlockComments(text: string): string {
  return text.replace(/^\/\*[\s\S]*?\*\/$/gm, (comment) => comment.replace(/[^\n]/g, ''));
}

/**
 * The proof, in a process of its own: requiring the package loads its index and nothing else, every class and enum
 * of the jsii assembly is there once touched, and ES modules see the same names.
 */
const PROOF = `
const { join } = require('node:path');
const root = process.cwd();
const fail = (message) => { console.error('lazy-index: ' + message); process.exit(1); };
const index = join(root, 'lib', 'index.js');
const library = require(root);
const loaded = Object.keys(require.cache).filter((file) => file !== index);
if (loaded.length > 0) fail('requiring the package also loads ' + loaded.join(', '));

const types = Object.values(JSON.parse(require('node:fs').readFileSync('.jsii', 'utf8')).types);
const expected = types.filter((type) => type.kind !== 'interface' && !type.namespace).map((type) => type.name).sort();
const names = Object.keys(library).sort();
if (String(names) !== String(expected)) fail('exports ' + names + ', the jsii assembly has ' + expected);
for (const name of names) {
  if (library[name] === undefined) fail(name + ' is undefined');
  if (library[name] !== library[name] || 'get' in Object.getOwnPropertyDescriptor(library, name)) fail(name + ' is not kept');
}
import(require('node:url').pathToFileURL(index).href).then((module) => {
  const seen = Object.keys(module).filter((name) => names.includes(name)).sort();
  if (String(seen) !== String(names)) fail('ES modules see only ' + seen);
  console.log('lib/index.js is lazy: ' + names.length + ' exports, nothing of aws-cdk-lib loads until one is touched');
});
`;

if (require.main === module) {
  const file = join('lib', 'index.js');
  writeFileSync(file, lazyIndex(readFileSync(file, 'utf8')));
  execFileSync(process.execPath, ['-e', PROOF], { stdio: 'inherit' });
}
