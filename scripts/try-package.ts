/**
 * `npx projen try:package [typescript|python …]`: copies the quick start of the README into an empty folder and
 * synthesizes it with what users install: the packed tarball for TypeScript, the generated package for Python (both
 * made by `npx projen build`), and the lowest aws-cdk-lib and constructs that we support. In Python, every block of the
 * README and of docs/ runs; in TypeScript the tests run the others.
 *
 * Exit code 77: skipped, because Python or PyPI isn't available.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { codeBlock, codeBlocks, pythonApp, typescriptApp } from './quick-start';

const SKIPPED = 77;

class Skipped extends Error {}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const floor = (name: string) => manifest.peerDependencies[name].replace('^', '');
const installed = (name: string) =>
  JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;

function typescript(folder: string): void {
  const tarballs = existsSync('dist/js')
    ? readdirSync('dist/js').filter((file) => file.endsWith('.tgz'))
    : [];
  if (tarballs.length !== 1)
    throw new Error(`dist/js must hold one tarball, got ${tarballs.length}; run \`npx projen build\``);

  write(folder, 'package.json', JSON.stringify({ name: 'quick-start', private: true }));
  run(
    folder,
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    resolve('dist/js', tarballs[0]),
    ...[
      `aws-cdk-lib@${floor('aws-cdk-lib')}`,
      `constructs@${floor('constructs')}`,
      `typescript@${installed('typescript')}`,
      `@types/node@${installed('@types/node')}`,
    ],
  );
  const compilerOptions = {
    target: 'ES2022',
    module: 'node16',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    rootDir: '.',
  };
  write(folder, 'tsconfig.json', JSON.stringify({ compilerOptions, files: ['quick-start.ts'] }));
  write(
    folder,
    'quick-start.ts',
    typescriptApp(codeBlock(readFileSync('README.md', 'utf8'), 'Quick start', 'ts')),
  );
  run(folder, 'npx', '--no-install', 'tsc', '-p', '.');
  synthesize(folder, process.execPath, 'quick-start.js');

  const names = `import * as esm from '${manifest.name}';
    import { createRequire } from 'node:module';
    const missing = Object.keys(createRequire(import.meta.url)('${manifest.name}')).filter((name) => !esm[name]);
    if (missing.length > 0) throw new Error('ES modules do not see ' + missing);`;
  run(folder, process.execPath, '--input-type=module', '-e', names);
}

function python(folder: string): void {
  if (spawnSync('python3', ['-m', 'venv', join(folder, 'venv')]).status !== 0)
    throw new Skipped('python3 with venv is not available');
  const pip = join(folder, 'venv', 'bin', 'pip');
  const constructs = `constructs==${floor('constructs')}`;
  const probe = spawnSync(pip, [
    'download',
    '--quiet',
    '--no-deps',
    '--dest',
    join(folder, 'probe'),
    constructs,
  ]);
  if (probe.status !== 0) throw new Skipped("PyPI can't be reached");

  run(
    '.',
    'npx',
    '--no-install',
    'jsii-pacmak',
    '--code-only',
    '--target',
    'python',
    '--outdir',
    join(folder, 'dist'),
  );
  const cdk = `aws-cdk-lib==${floor('aws-cdk-lib')}`;
  run(
    folder,
    pip,
    'install',
    '--quiet',
    '--disable-pip-version-check',
    join(folder, 'dist', 'python'),
    cdk,
    constructs,
  );
  const interpreter = join(folder, 'venv', 'bin', 'python');
  write(
    folder,
    'quick-start.py',
    pythonApp(codeBlock(readFileSync('README.md', 'utf8'), 'Quick start', 'python')),
  );
  synthesize(folder, interpreter, 'quick-start.py');
  pythonBlocks().forEach((block, index) => {
    write(folder, `block-${index}.py`, pythonApp(block));
    synthesize(folder, interpreter, `block-${index}.py`, []);
  });
}

/** The Python blocks of the README and of docs/, but for the quick start. */
function pythonBlocks(): string[] {
  const pages = ['README.md', ...readdirSync('docs').map((page) => join('docs', page))];
  const blocks = pages
    .filter((page) => page.endsWith('.md'))
    .flatMap((page) => codeBlocks(readFileSync(page, 'utf8'), 'python'));
  return blocks.filter(
    (block) => block !== codeBlock(readFileSync('README.md', 'utf8'), 'Quick start', 'python'),
  );
}

const QUICK_START_TYPES = ['BackupVault', 'BackupPlan', 'BackupSelection'];

/** Runs the app as the CDK CLI would, and looks for types of AWS Backup among its resources. */
function synthesize(folder: string, command: string, file: string, expected = QUICK_START_TYPES): void {
  const { CDK_VALIDATION: _, ...env } = process.env;
  execFileSync(command, [file], {
    cwd: folder,
    stdio: 'inherit',
    env: {
      ...env,
      CDK_OUTDIR: join(folder, 'cdk.out'),
      CDK_CONTEXT_JSON: JSON.stringify(recommendedFlags),
      CDK_APP_MODE: 'process',
      JSII_DEPRECATED: 'quiet', // aws-cdk-lib uses its own deprecated properties
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
    },
  });
  const outdir = join(folder, 'cdk.out');
  const templates = existsSync(outdir)
    ? readdirSync(outdir).filter((name) => name.endsWith('.template.json'))
    : [];
  const types = templates.flatMap((name) =>
    Object.values<{ Type: string }>(JSON.parse(readFileSync(join(outdir, name), 'utf8')).Resources).map(
      (resource) => resource.Type,
    ),
  );
  for (const type of expected)
    if (!types.includes(`AWS::Backup::${type}`)) throw new Error(`${file} makes no AWS::Backup::${type}`);
  console.log(`${file}: ${types.length} resources`);
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), text);
}

function run(cwd: string, command: string, ...args: string[]): void {
  execFileSync(command, args, { cwd, stdio: 'inherit' });
}

const LANGUAGES = { typescript, python };
const asked = process.argv.slice(2);
process.exitCode = 0;
for (const language of asked.length > 0 ? asked : Object.keys(LANGUAGES)) {
  const tryIt = LANGUAGES[language as keyof typeof LANGUAGES];
  const folder = mkdtempSync(join(tmpdir(), `quick-start-${language}-`));
  try {
    if (!tryIt) throw new Error(`a language is one of ${Object.keys(LANGUAGES).join(', ')}, got ${language}`);
    tryIt(folder);
    console.log(`${language}: the quick start synthesizes`);
  } catch (failure) {
    console.log(
      `${language}: ${failure instanceof Skipped ? 'skipped, ' : 'failed: '}${(failure as Error).message}`,
    );
    if (!(failure instanceof Skipped)) process.exitCode = 1;
    else if (process.exitCode === 0) process.exitCode = SKIPPED;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
