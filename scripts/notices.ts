/**
 * `npx projen notices`, and part of every build: writes `NOTICE`, with the licenses of what is bundled into `assets/`.
 * Their authors want them in every copy.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Task {
  readonly name: string;
  readonly steps?: readonly { readonly exec?: string; readonly execArgs?: readonly string[] }[];
}

interface Package {
  /** With the version. */
  readonly name: string;
  readonly license: string;
  readonly text: string;
}

/** The arguments of every call of esbuild that makes an asset. */
function bundles(): string[][] {
  const { tasks } = JSON.parse(readFileSync(join('.projen', 'tasks.json'), 'utf8')) as {
    tasks: Record<string, Task>;
  };
  return Object.values(tasks)
    .filter(({ name }) => name.startsWith('bundle:') && !name.endsWith(':watch'))
    .flatMap(({ steps = [] }) => steps.map(({ exec, execArgs }) => [...(execArgs ?? wordsOf(exec ?? ''))]))
    .filter(([program]) => program === 'esbuild');
}

/** The words of a command, as a shell reads single quotes. */
function wordsOf(command: string): string[] {
  return (command.match(/(?:'[^']*'|[^\s'])+/g) ?? []).map((word) => word.replaceAll("'", ''));
}

/** The folders of the packages whose code a bundle contains. */
function contents([, ...args]: readonly string[], scratch: string): string[] {
  const file = join(scratch, 'meta.json');
  const out = args.findIndex((arg) => arg.startsWith('--outfile='));
  const elsewhere = args.map((arg, index) => (index === out ? `--outfile=${join(scratch, 'out.js')}` : arg));
  execFileSync(join('node_modules', '.bin', 'esbuild'), [
    ...elsewhere,
    `--metafile=${file}`,
    '--log-level=error',
  ]);
  const { outputs } = JSON.parse(readFileSync(file, 'utf8')) as {
    outputs: Record<string, { readonly inputs: Record<string, { readonly bytesInOutput: number }> }>;
  };
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []);
}

function read(folder: string): Package {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (!file && !license) throw new Error(`${name} has no license`);
  return {
    name: `${name} ${version}`,
    license,
    text: file ? readFileSync(join(folder, file), 'utf8').replace(/\r/g, '').trim() : '',
  };
}

function main(): void {
  const scratch = mkdtempSync(join(tmpdir(), 'notices-'));
  const folders = new Set(bundles().flatMap((bundle) => contents(bundle, scratch)));
  rmSync(scratch, { recursive: true });
  const byText = new Map<string, Package[]>();
  for (const one of [...folders].filter((folder) => existsSync(join(folder, 'package.json'))).map(read)) {
    const words = one.text.replace(/\s+/g, ' ');
    byText.set(words, [...(byText.get(words) ?? []), one]);
  }
  const sections = [...byText.values()]
    .map((packages) => {
      const [{ text }] = packages;
      const names = [...new Set(packages.map(({ name, license }) => `${name} (${license})`))].sort();
      return `${names.join('\n')}\n\n${text || 'Its package has no file with its license.'}`;
    })
    .sort();
  const line = '-'.repeat(80);
  writeFileSync(
    'NOTICE',
    `The package cdk-backup-constructs contains code of the following packages, bundled into the files of its folder
assets: the functions of its custom resources and restore tests, and the report page. Written by \`npx projen notices\`.

${sections.map((section) => `${line}\n\n${section}\n`).join('\n')}`,
  );
}

main();
