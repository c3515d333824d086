import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { JOINED, joinModules } from '../../scripts/join-modules';
import { lazyImports, lazyIndex } from '../../scripts/lazy-index';

/** As jsii compiles it. */
const compile = (source: string) =>
  transpileModule(source, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, isolatedModules: true },
  }).outputText;

const INDEX = `
/** The public door. */
export { Alpha, type AlphaProps, Tier } from './alpha';
export { Beta } from './beta'; // another room
`;

describe('the lazy index of a package', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lazy-index-'));
    writeFileSync(join(folder, 'index.js'), lazyIndex(compile(INDEX)));
    const alpha = `console.log('alpha loads'); exports.Alpha = class Alpha {}; exports.Tier = { GOLD: 'gold' };`;
    writeFileSync(join(folder, 'alpha.js'), alpha);
    writeFileSync(join(folder, 'beta.js'), `console.log('beta loads'); exports.Beta = class Beta {};`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const node = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).trim().split('\n');

  test('loads no file when required, and lists every name', () => {
    expect(node('-p', `Object.keys(require('./index.js')).join()`)).toEqual(['Alpha,Tier,Beta']);
  });

  test('loads a file when one of its exports is first touched, once', () => {
    expect(
      node(
        '-e',
        `const l = require('./index.js'); console.log(l.Tier.GOLD, l.Alpha.name, l.Alpha === l.Alpha)`,
      ),
    ).toEqual(['alpha loads', 'gold Alpha true']);
  });

  test('serves the names that other languages use for a class', () => {
    expect(node('-e', `new (require('./index.js')['Beta'])(); console.log('made')`)).toEqual([
      'beta loads',
      'made',
    ]);
  });

  test('shows its names to ES modules', () => {
    const script = `import { Alpha, Beta, Tier } from './index.js'; console.log(Alpha.name, Beta.name, Tier.GOLD)`;
    expect(node('--input-type=module', '-e', script).at(-1)).toBe('Alpha Beta gold');
  });

  test('stays lazy for a TypeScript user who imports the whole package under a name', () => {
    writeFileSync(
      join(folder, 'user.js'),
      compile(
        `import * as library from './index'; console.log(library.Beta.name, Object.keys(library).length);`,
      ),
    );
    expect(node('user.js')).toEqual(['beta loads', 'Beta 3']);
  });
});

test('an index that is already lazy is not changed', () => {
  const lazy = lazyIndex(compile(INDEX));
  expect(lazyIndex(lazy)).toBe(lazy);
});

const ALLOWED = "src/index.ts may only contain lines such as `export { A, type B } from './values/a';`";
test.each([
  [
    'a whole file',
    `export * from './alpha';`,
    /^line 2 of the compiled index isn't a named re-export: var __createBinding/,
  ],
  [
    'a value of its own',
    `export { Beta } from './beta';\nexport const ANSWER = 42;`,
    `line 6 of the compiled index isn't a named re-export: exports.ANSWER = 42;\n${ALLOWED}`,
  ],
  [
    'a file imported for its effect',
    `import './effect';\nexport { Beta } from './beta';`,
    `line 4 of the compiled index isn't a named re-export: require("./effect");\n${ALLOWED}`,
  ],
  [
    'another package',
    `export { Stack } from 'aws-cdk-lib';`,
    `line 4 of the compiled index isn't a named re-export: var aws_cdk_lib_1 = require("aws-cdk-lib");\n${ALLOWED}`,
  ],
  ['nothing but types', `export { type AlphaProps } from './alpha';`, 'the compiled index exports nothing'],
])('an index with %s is refused', (_, source, message) => {
  expect(() => lazyIndex(compile(source))).toThrow(message);
});

describe('the lazy imports of a compiled file', () => {
  const SOURCE = `
import { Base } from './base';
import { Duration, make } from './tools';
import type { Shape } from './shape';
export class Thing extends Base {
  public readonly shape?: Shape;
  public span() { return new Duration(make(2)); }
  public same(other: unknown) { return other instanceof Duration; }
}
`;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lazy-imports-'));
    writeFileSync(join(folder, 'thing.js'), lazyImports(compile(SOURCE)));
    writeFileSync(join(folder, 'base.js'), `console.log('base loads'); exports.Base = class Base {};`);
    writeFileSync(
      join(folder, 'tools.js'),
      `console.log('tools load'); exports.make = (n) => n; exports.Duration = class { constructor(n) { this.n = n; } };`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const node = (script: string) =>
    execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }).trim().split('\n');

  test('load a base class at once, and all else when it is first used', () => {
    expect(
      node(`const { Thing } = require('./thing.js'); console.log('loaded'); const span = new Thing().span();
        console.log(span.n, new Thing().same(span), new Thing().same({}));`),
    ).toEqual(['base loads', 'loaded', 'tools load', '2 true false']);
  });

  test('lose the inline source map, and nothing else', () => {
    const plain = 'exports.a = 1;\n';
    expect(lazyImports(`${plain}//# sourceMappingURL=data:application/json;base64,e30=\n`)).toBe(plain);
    expect(lazyImports(plain)).toBe(plain);
  });

  test('are used where they are spread too', () => {
    const source = 'const a_1 = require("./a");\nexports.b = [...a_1.c, ...x.a_1.d];\n';
    expect(lazyImports(source)).toContain('exports.b = [...(a_1()).c, ...x.a_1.d];\n');
  });

  test('do not touch members and strings with the same name', () => {
    const source = 'const a_1 = require("./a");\nexports.b = x.a_1.c + a_1.d;\n';
    expect(lazyImports(source)).toBe(
      'let a_1 = () => { const module = require("./a"); a_1 = () => module; return module; };\nexports.b = x.a_1.c + (a_1()).d;\n',
    );
  });
});

describe('files that are joined to one', () => {
  const FILES = {
    'plan/rule.js': `import { text } from '../core/text'; import { rare } from '../rare';
      // why
      export class Rule { name() { return text('rule'); } rare() { return rare(); } }`,
    'core/text.js': `console.log('text loads'); export const text = (of: string) => of + '/* kept */';`,
    'rare.js': `import { text } from './core/text'; console.log('rare loads'); export const rare = () => text('rare');`,
    'user.js': `import { Rule } from './plan/rule'; import { text } from './core/text';
      console.log(new Rule().name(), new Rule().rare(), text('own'), require('./plan/rule').Rule === Rule);`,
  };
  let folder: string;
  const written = new Map<string, string>();
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'joined-'));
    for (const [name, source] of Object.entries(FILES)) written.set(name, lazyImports(compile(source)));
    const joined = ['plan/rule.js', 'core/text.js'].map((name) => [name, written.get(name) ?? ''] as const);
    for (const [name, text] of joinModules(new Map(joined))) written.set(name, text);
    for (const [name, text] of written) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('do what they did, load once, and load the others only when they are used', () => {
    expect(execFileSync(process.execPath, ['user.js'], { cwd: folder, encoding: 'utf8' })).toBe(
      'text loads\nrare loads\nrule/* kept */ rare/* kept */ own/* kept */ true\n',
    );
  });

  test('leave a reference in their place, and their comments behind', () => {
    expect(written.get('core/text.js')).toBe('module.exports = require("../plan.js")("core/text.js");\n');
    expect(written.get('rare.js')).toContain('rare loads');
    expect(written.get(JOINED)).not.toContain('// why');
  });

  test.each([
    ['__dirname', 'export const here = __dirname;'],
    ['__filename', 'export const here = __filename;'],
    ['require.main', 'if (require.main) console.log(1); export const a = 1;'],
  ])('must not use %s, which would mean another place', (word, source) => {
    expect(() => joinModules(new Map([['core/here.js', compile(source)]]))).toThrow(
      `lib/core/here.js uses \`${word}\`, which changes with its place`,
    );
  });
});
