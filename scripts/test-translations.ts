/**
 * Parses what jsii-rosetta makes of the code blocks of the README and of docstrings in Python, with Python's own parser: a
 * snippet that compiles in TypeScript may be no Python, such as a call of `.with()`. Needs `npx projen post-compile`, which
 * translates, and Python; exit code 77 means that it isn't there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TABLET = join(__dirname, '..', '.jsii.tabl.json');
const SKIPPED = 77;

interface Tablet {
  readonly snippets: Readonly<Record<string, Snippet>>;
}

interface Snippet {
  readonly translations: Readonly<Record<string, { readonly source: string }>>;
  readonly location: { readonly api: { readonly fqn?: string; readonly moduleFqn?: string } };
}

/** Reads snippets as JSON, and prints the index and the error of each that is no Python. */
const PARSER = `
import ast, json, sys
for index, source in enumerate(json.load(sys.stdin)):
    try:
        ast.parse(source)
    except SyntaxError as error:
        print(json.dumps({'index': index, 'line': error.lineno, 'message': error.msg}))
`;

/** The snippets of a tablet in a language, with where they come from. */
export function translationsOf(tablet: Tablet, language: string): { where: string; source: string }[] {
  return Object.values(tablet.snippets).flatMap(({ translations, location: { api } }) => {
    const source = translations[language]?.source;
    return source === undefined ? [] : [{ where: api.fqn ?? api.moduleFqn ?? 'README', source }];
  });
}

/** What is no Python among some snippets; undefined if there is no Python to ask. */
export function pythonErrors(snippets: readonly { where: string; source: string }[]): string[] | undefined {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', PARSER], {
    input: JSON.stringify(snippets.map(({ source }) => source)),
    encoding: 'utf8',
  });
  if (status === null) return undefined;
  if (status !== 0) throw new Error(stderr);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { index: number; line: number; message: string })
    .map(({ index, line, message }) => {
      const { where, source } = snippets[index];
      return `${where}: ${message}: ${source.split('\n')[line - 1]?.trim()}`;
    });
}

function main(): number {
  if (!existsSync(TABLET)) throw new Error('there are no translations: run `npx projen post-compile` first');
  const snippets = translationsOf(JSON.parse(readFileSync(TABLET, 'utf8')) as Tablet, 'python');
  const errors = pythonErrors(snippets);
  if (errors === undefined) {
    console.log('python3 is not available');
    return SKIPPED;
  }
  for (const error of errors) console.error(error);
  console.log(`${snippets.length} snippets in Python, ${errors.length} of them no Python`);
  return snippets.length > 0 && errors.length === 0 ? 0 : 1;
}

if (require.main === module) process.exitCode = main();
