/**
 * Makes the compiled package lazy, as aws-cdk-lib is: `require('cdk-backup-constructs')` reads one small file, each
 * export loads its own file when it is first touched, and that file loads what it imports when it first uses it. jsii
 * emits an eager `require` for every import. Those that every plan needs are joined to one file (`join-modules.ts`).
 *
 * src/index.ts may only contain named re-exports: `export { BackupPlan, type BackupPlanProps } from './resources/…';`
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JOINED, joinModules } from './join-modules';

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
  // of many names TypeScript makes several lines
  if (head.length < PASSED_ON.length)
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

const IMPORT = /^(?:var|const) (\w+_\d+) = require\("([^"]+)"\);$/gm;

/**
 * A compiled file whose imports are loaded when they are first used: `a_1.A` becomes `(a_1()).A`. Only for imports of
 * names, whose variables TypeScript numbers, so that nothing else in the file is called like them. The inline source
 * map, which is larger than the code, goes: it is read at every start, and the sources aren't in the package.
 */
export function lazyImports(compiled: string): string {
  const code = compiled.replace(/^\/\/# sourceMappingURL=data:.*$\n?/m, '');
  const variables = [...code.matchAll(IMPORT)].map(([, variable]) => variable);
  if (variables.length === 0) return code;
  // not where it is itself a member; three dots spread it
  const used = new RegExp(`(?<!(?<!\\.\\.)\\.|[\\w$])(${variables.join('|')})\\.`, 'g');
  return code
    .replace(used, '($1()).')
    .replace(IMPORT, 'let $1 = () => { const module = require("$2"); $1 = () => module; return module; };');
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
  const index = join('lib', 'index.js');
  for (const name of readdirSync('lib', { recursive: true, encoding: 'utf8' })) {
    const file = join('lib', name);
    if (!file.endsWith('.js')) continue;
    const compiled = readFileSync(file, 'utf8');
    writeFileSync(file, file === index ? lazyIndex(compiled) : lazyImports(compiled));
  }
  joinFiles();
  execFileSync(process.execPath, ['-e', PROOF], { stdio: 'inherit' });
}

/** One file of those that an app with a plan loads, besides the index. */
function joinFiles(): void {
  const env = { ...process.env, CDK_VALIDATION: 'false' };
  const output = execFileSync(process.execPath, [join('scripts', 'plan-app.js')], { encoding: 'utf8', env });
  const names = output.trim().split('\n').slice(1);
  if (names.includes(JOINED)) return; // already done
  const files = new Map(names.map((name) => [name, readFileSync(join('lib', name), 'utf8')]));
  for (const [name, text] of joinModules(files)) writeFileSync(join('lib', name), text);
  console.log(`lib/${JOINED} has the ${files.size} files that a plan loads`);
}
