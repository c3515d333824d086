import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as ts from 'typescript';

const SRC = join(__dirname, '..', 'src');

/** Input files can be megabytes of anything, so that a regular expression must take linear time. */
const [SMALL, LARGE] = [4_000, 32_000];
/** CPU time for eight times the length: eight times as much if it is linear, 64 times if it is quadratic. */
const MOST = 24;
/** Below this many milliseconds, a measurement is noise. */
const NOISE = 4;

/** Only ever applied to text of known length. */
const BOUNDED: ReadonlySet<string> = new Set([
  'template/input/assets.ts /([0-9a-f]{64})(\\.(json|ya?ml))?$/', // the last 69 characters
]);

interface Literal {
  readonly file: string;
  readonly text: string;
}

function literalsIn(folder: string): Literal[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return literalsIn(path);
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext);
    const found: Literal[] = [];
    const visit = (node: ts.Node): void => {
      if (node.kind === ts.SyntaxKind.RegularExpressionLiteral)
        found.push({ file: relative(SRC, path), text: (node as ts.RegularExpressionLiteral).text });
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** What an attacker would repeat: single characters, and the texts in the expression itself. */
function* hostileTexts(source: string): Iterable<(length: number) => string> {
  const words = source.replace(/\\[a-zA-Z]|[^\w:/@.*-]+/g, ' ').split(' ');
  const signs = [...new Set(source.replace(/\\[a-zA-Z]/g, ''))].filter((sign) => !/\w/.test(sign));
  const units = new Set([' ', '\t', '\n', 'a', 'A', '0', '-', 'aa0', '"\\', ...words, ...signs]);
  for (const word of words) if (word.length > 1) units.add(`${word}:`).add(`:${word}`);
  units.delete('');
  for (const unit of units)
    for (const [start, end] of [
      ['', '\n\0'],
      ['\0', '\n\0'],
      ['a', ''],
    ])
      yield (length) => `${start}${unit.repeat(Math.ceil(length / Math.sqrt(unit.length)))}${end}`;
}

function milliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The beginning of a text that takes more than linear time. */
function attackOn(literal: string): string | undefined {
  const end = literal.lastIndexOf('/');
  const [source, flags] = [literal.slice(1, end), literal.slice(end + 1)];
  if (!/[*+{]/.test(source)) return undefined; // no repetition
  const expression = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  for (const textOf of hostileTexts(source)) {
    const spend = (length: number) => {
      const text = textOf(length);
      return milliseconds(() => text.replace(expression, ''));
    };
    const isSlow = () => {
      const spent = spend(LARGE);
      return spent > MOST * NOISE && spent > MOST * spend(SMALL);
    };
    if (isSlow() && isSlow()) return textOf(12);
  }
  return undefined;
}

test.each([
  String.raw`/\s*[\r\n]+\s*/g`,
  String.raw`/^\/+|\/+$/g`,
  String.raw`/\{([^}]*)\}/`,
  '/:backup-vault:(.+)$/',
  '/^[-_.]+|[-_.]+$/g',
])('finds the text on which %s takes quadratic time', (literal) => {
  expect(attackOn(literal)).toBeDefined();
});

test('every regular expression takes linear time, whatever the text is', () => {
  const slow = literalsIn(SRC)
    .map((literal) => ({ ...literal, attack: attackOn(literal.text) }))
    .filter(({ file, text, attack }) => attack !== undefined && !BOUNDED.has(`${file} ${text}`));
  expect(slow).toEqual([]);
});
