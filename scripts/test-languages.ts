/**
 * `npx projen test:languages [python|java|go …]`: builds the Python wheel, the Java classes and the Go module, where the
 * tools are, and synthesizes two apps in each: the quick start of the README, and examples/disaster-recovery.ts, of which
 * examples/python, examples/java and examples/go have translations. Every template must be that of TypeScript, byte for
 * byte. In Python, all other blocks of the README and of docs/ run too. Run `npx projen compile` first.
 *
 * Exit code 77: skipped, since no tools are here.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { go } from './languages/go';
import { java } from './languages/java';
import { APPS, type App, FOLDER, type Language, type Program, run } from './languages/language';
import { python } from './languages/python';
import { codeBlock, typescriptApp } from './quick-start';
import { SKIPPED, Skipped } from './skipped';
import { bold, dim, green, red } from './terminal';

const LANGUAGES: Readonly<Record<string, Language>> = { python, java, go };

/** Synthesizes as the CDK CLI would, with the flags of `cdk init`: the templates by file. */
function templates({ command, args }: Program, outdir: string): Map<string, string> {
  rmSync(outdir, { recursive: true, force: true });
  run(command, args, '.', {
    CDK_OUTDIR: resolve(outdir),
    CDK_CONTEXT_JSON: JSON.stringify(recommendedFlags),
    CDK_APP_MODE: 'process',
    CDK_VALIDATION: 'false', // the tests validate the same templates
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
  });
  const files = existsSync(outdir)
    ? readdirSync(outdir).filter((name) => name.endsWith('.template.json'))
    : [];
  return new Map(files.map((file) => [file, readFileSync(join(outdir, file), 'utf8')]));
}

const expected = new Map<App, Map<string, string>>();

/** What TypeScript makes of the sources. */
function expectedTemplates(app: App): Map<string, string> {
  let known = expected.get(app);
  if (!known) {
    const folder = join(FOLDER, 'typescript');
    mkdirSync(folder, { recursive: true });
    const quickStart = () => typescriptApp(codeBlock(readFileSync('README.md', 'utf8'), 'Quick start', 'ts'));
    const file = app === 'quick-start' ? join(folder, `${app}.ts`) : join('examples', `${app}.ts`);
    if (app === 'quick-start') writeFileSync(file, quickStart());
    const args = [require.resolve('ts-node/dist/bin'), '--project', 'tsconfig.dev.json', file];
    known = templates({ command: process.execPath, args }, join(folder, 'cdk.out', app));
    if (known.size === 0) throw new Error(`${file} makes no template`);
    expected.set(app, known);
  }
  return known;
}

/** Where two texts differ, with a few lines of both. */
function difference(got: string, wanted: string): string {
  const [ours, theirs] = [got.split('\n'), wanted.split('\n')];
  const line = theirs.findIndex((text, index) => text !== ours[index]);
  const excerpt = (lines: readonly string[]) => lines.slice(Math.max(0, line - 2), line + 3).join('\n');
  return `line ${line + 1}:\n${excerpt(ours)}\ninstead of:\n${excerpt(theirs)}`;
}

/** What differs from TypeScript. */
function differences(got: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): string[] {
  return [...new Set([...wanted.keys(), ...got.keys()])].flatMap((file) => {
    const [ours, theirs] = [got.get(file), wanted.get(file)];
    if (ours === undefined) return [`${file} is missing`];
    if (theirs === undefined) return [`${file} is additional`];
    return ours === theirs ? [] : [`${file} differs in ${difference(ours, theirs)}`];
  });
}

function tryLanguage({ name, build, alsoRuns }: Language): boolean {
  const folder = join(FOLDER, name.toLowerCase());
  mkdirSync(folder, { recursive: true });
  let started = Date.now();
  const seconds = () => {
    const took = ((Date.now() - started) / 1000).toFixed(0);
    started = Date.now();
    return dim(`${took} s`);
  };
  const programOf = build();
  console.log(`${green('✔')} ${bold(name)}: built ${seconds()}`);
  let same = true;
  for (const app of APPS) {
    const wanted = expectedTemplates(app);
    const found = differences(templates(programOf(app), join(folder, 'cdk.out', app)), wanted);
    for (const each of found) console.log(`${red('✘')} ${name}, ${app}: ${each}`);
    if (found.length > 0) same = false;
    else console.log(`${green('✔')} ${name}, ${app}: ${wanted.size} templates as in TypeScript ${seconds()}`);
  }
  const others = alsoRuns?.() ?? [];
  for (const other of others)
    if (templates(other, join(folder, 'cdk.out', 'other')).size === 0)
      throw new Error(`${other.args.join(' ')} makes no template`);
  if (others.length > 0) console.log(`${green('✔')} ${name}: ${others.length} other blocks run ${seconds()}`);
  return same;
}

function main(): number {
  const asked = process.argv.slice(2);
  const names = asked.length > 0 ? asked : Object.keys(LANGUAGES);
  const results = names.map((name) => {
    const language = LANGUAGES[name];
    if (!language) throw new Error(`a language is one of ${Object.keys(LANGUAGES).join(', ')}, got ${name}`);
    try {
      return tryLanguage(language) ? 0 : 1;
    } catch (error) {
      if (error instanceof Skipped) {
        console.log(`${language.name}: skipped, ${error.message}`);
        return SKIPPED;
      }
      console.log(`${red('✘')} ${language.name}: ${(error as Error).message}`);
      return 1;
    }
  });
  if (results.includes(1)) return 1;
  return results.every((result) => result === SKIPPED) ? SKIPPED : 0;
}

process.exitCode = main();
