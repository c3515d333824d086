/** How wide text may be. `Infinity` where nothing limits it. */
export type Width = number;

/** Words in tables that are longer are broken. */
const MAX_WORD = 16;
const GAP = '  ';

const ESCAPES = new RegExp(`${String.fromCharCode(0x1b)}\\[[0-9;]*m`, 'g');
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NARROW = /^[\x20-\x7e]*$/;

/** The number of columns that text takes in a terminal, without its colors. */
export function displayWidth(text: string): number {
  const bare = text.replace(ESCAPES, '');
  if (NARROW.test(bare)) return bare.length;
  let width = 0;
  for (const character of bare) width += /\p{M}|\u200d/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/**
 * Text wrapped at spaces. Paths that are too long are also broken after `/`; web addresses and other long words are not.
 *
 * @param indent the indentation of all lines but the first
 * @param used the columns that precede the first line
 */
export function wrap(text: string, width: Width, indent = '', used = 0): string {
  if (used + displayWidth(text) <= width) return text;
  const lines: string[] = [];
  let line = '';
  let room = width - used;
  const end = () => {
    lines.push(line);
    line = '';
    room = width - indent.length;
  };
  for (const word of text.split(' ')) {
    const next = line === '' ? word : `${line} ${word}`;
    if (displayWidth(next) <= room) {
      line = next;
      continue;
    }
    if (line !== '') end();
    for (const part of pieces(word, room)) {
      if (line !== '' && displayWidth(line + part) > room) end();
      line += part;
    }
  }
  if (line !== '') end();
  return lines.join(`\n${indent}`);
}

/** A word, or its parts up to and including each `/` if it is a path that doesn't fit. */
function pieces(word: string, room: number): string[] {
  if (displayWidth(word) <= room || word.includes('://')) return [word];
  return word.split(/(?<=\/)/);
}

/** A table as lines: columns are aligned, and fold where the width requires it. */
export interface TableOptions {
  readonly width: Width;
  readonly indent?: string;
  /** Columns of numbers, by index. */
  readonly right?: readonly number[];
  /** Styles the header. */
  readonly header: (text: string) => string;
}

/**
 * Aligned columns under a header. Where not even folded columns fit, each row becomes a block of lines. A row with a single cell is
 * a title.
 */
export function layOutTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { width, indent = GAP, right = [], header: paint }: TableOptions,
): string {
  const cells = rows.filter((row) => row.length > 1);
  const columns = header.map((name, column) => [name, ...cells.map((row) => row[column])]);
  const room = width - indent.length - GAP.length * (header.length - 1);
  const widths = shrunk(columns, room);
  const title = (row: readonly string[]) => `${indent}${row[0]}`;
  if (!widths)
    return rows
      .map((row) => (row.length === 1 ? title(row) : block(header, row, width, indent, paint)))
      .join('\n\n');
  const line = (cells: readonly string[]) =>
    `${indent}${cells
      .map((text, column) => {
        const fill = ' '.repeat(Math.max(0, widths[column] - displayWidth(text)));
        return right.includes(column) ? fill + text : text + fill;
      })
      .join(GAP)}`.trimEnd();
  const folded = (row: readonly string[]) => {
    const cells = row.map((text, column) => fold(text, widths[column]));
    const height = Math.max(...cells.map((parts) => parts.length));
    return Array.from({ length: height }, (_, index) => line(cells.map((parts) => parts[index] ?? '')));
  };
  return [
    ...folded(header).map(paint),
    ...rows.flatMap((row) => (row.length === 1 ? [title(row)] : folded(row))),
  ].join('\n');
}

/** The lines of a cell. Its indentation is kept. */
function fold(text: string, width: Width): string[] {
  const [indent] = /^ */.exec(text) as RegExpExecArray;
  const room = width - indent.length;
  return wrap(text.slice(indent.length), room)
    .split('\n')
    .flatMap((line) => (displayWidth(line) <= room ? [line] : broken(line, room)))
    .map((line) => indent + line);
}

/** A word that is too long, in parts. */
function broken(word: string, width: Width): string[] {
  const parts = [''];
  for (const character of word) {
    if (displayWidth(parts[parts.length - 1] + character) > width) parts.push('');
    parts[parts.length - 1] += character;
  }
  return parts;
}

/** The widths of columns that fit into the room: the widest become narrower first. Undefined if they don't fit. */
function shrunk(columns: readonly (readonly string[])[], room: number): readonly number[] | undefined {
  const widest = (texts: readonly string[]) =>
    texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
  const natural = columns.map(widest);
  const least = columns.map((texts) =>
    Math.min(MAX_WORD, widest(texts.flatMap((text) => text.split(/ |(?<=\/)/)))),
  );
  const at = (cap: number) => natural.map((one, column) => Math.min(one, Math.max(cap, least[column])));
  const total = (cap: number) => at(cap).reduce((sum, one) => sum + one, 0);
  if (total(Number.POSITIVE_INFINITY) <= room) return natural;
  if (total(0) > room) return undefined;
  let cap = 0;
  while (total(cap + 1) <= room) cap++;
  return at(cap);
}

function block(
  header: readonly string[],
  row: readonly string[],
  width: Width,
  indent: string,
  paint: (text: string) => string,
): string {
  const names = Math.max(...header.map((name) => name.length));
  const inner = `${indent}${' '.repeat(names)}${GAP}`;
  return header
    .map((name, column) => [name, row[column]])
    .filter(([, text]) => text !== '')
    .map(
      ([name, text]) =>
        `${indent}${paint(name.padEnd(names))}${GAP}${wrap(text, width, inner, inner.length)}`,
    )
    .join('\n');
}
