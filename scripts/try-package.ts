/**
 * `npx projen try:package`: copies the quick start of the README into an empty folder and synthesizes it with what users
 * install: the packed tarball, made by `npx projen build`, and the lowest aws-cdk-lib and constructs that we support.
 * `npx projen test:languages` does the same in other languages.
 */
import { execFileSync } from 'node:child_process';
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
import { codeBlock, typescriptApp } from './quick-start';

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

const QUICK_START_TYPES = ['BackupVault', 'BackupPlan', 'BackupSelection'];

/** Runs the app as the CDK CLI would, and looks for types of AWS Backup among its resources. */
function synthesize(folder: string, command: string, file: string): void {
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
  for (const type of QUICK_START_TYPES)
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

const folder = mkdtempSync(join(tmpdir(), 'quick-start-'));
try {
  typescript(folder);
  console.log('the quick start synthesizes');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
