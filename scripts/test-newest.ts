/**
 * `npx projen test:newest [jest arguments]`: the test suite against the newest aws-cdk-lib and constructs, in the copy
 * `.newest/`. Everything else keeps the version of the lock file. `npm test` runs on the lowest versions. Long runs over
 * random cases, and what needs no part of aws-cdk-lib, such as the code of custom resources, are left to it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const COPY = '.newest';
const NEWEST = ['aws-cdk-lib', 'constructs'];
const WITHOUT_CDK = [
  '(cron-differential|fuzz|hostile|language|layout|regular-expressions|workflows|[^/]+\\.property)\\.test\\.ts$',
  'test/(configuration|forecast|handler|policy|template)/',
].map((name) => `/${name}`);

const versions = NEWEST.map((name) => [name, latest(name)] as const);
console.log(`against ${versions.map(([name, version]) => `${name} ${version}`).join(', ')}`);

copySources();
writePackage();
install();
const types = run('tsc', '--noEmit', '-p', 'tsconfig.dev.json');
const passedOver = ['/node_modules/', ...WITHOUT_CDK].flatMap((path) => ['--testPathIgnorePatterns', path]);
const tests = run('jest', '--ci', '--coverage=false', ...passedOver, ...process.argv.slice(2));
process.exitCode = types || tests;

function latest(name: string): string {
  const version = execFileSync('npm', ['view', `${name}@latest`, 'version'], { encoding: 'utf8' }).trim();
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`npm knows no newest version of ${name}: ${version}`);
  return version;
}

/** The sources of this moment, and nothing that was deleted since the last copy. */
function copySources(): void {
  mkdirSync(COPY, { recursive: true });
  for (const entry of readdirSync(COPY)) {
    if (entry !== 'node_modules') rmSync(join(COPY, entry), { recursive: true });
  }
  cpSync('assets', join(COPY, 'assets'), { recursive: true }); // the bundled Lambda code
  for (const file of sources()) {
    mkdirSync(dirname(join(COPY, file)), { recursive: true });
    copyFileSync(file, join(COPY, file));
  }
}

/** What git tracks or would track; without git, what a build doesn't make. */
function sources(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status === 0) return stdout.split('\0').filter((file) => file && existsSync(file));
  const made = new Set(['.git', COPY, 'cdk.out', 'coverage', 'dist', 'lib', 'node_modules', 'test-reports']);
  return readdirSync('.')
    .filter((entry) => !made.has(entry))
    .flatMap((entry) =>
      statSync(entry).isDirectory()
        ? readdirSync(entry, { recursive: true, encoding: 'utf8' }).map((file) => join(entry, file))
        : [entry],
    )
    .filter((file) => statSync(file).isFile());
}

function writePackage(): void {
  const file = join(COPY, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  for (const [name, version] of versions) manifest.devDependencies[name] = version;
  rmSync(file); // projen's is read-only
  writeFileSync(file, JSON.stringify(manifest, undefined, 2));
}

/** Installs, unless the last installation was for the same versions of everything. */
function install(): void {
  const stamp = join(COPY, 'node_modules', '.installed-for');
  const wanted = createHash('sha256')
    .update(readFileSync('package-lock.json'))
    .update(JSON.stringify(versions))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: COPY,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`npm install in ${COPY} failed with exit code ${status}`);
  for (const [name, version] of versions) {
    const installed = JSON.parse(
      readFileSync(join(COPY, 'node_modules', name, 'package.json'), 'utf8'),
    ).version;
    if (installed !== version) throw new Error(`${name} ${installed} was installed, not ${version}`);
  }
  writeFileSync(stamp, wanted);
}

function run(command: string, ...args: string[]): number {
  const { status } = spawnSync(join('node_modules', '.bin', command), args, { cwd: COPY, stdio: 'inherit' });
  return status ?? 1;
}
