import { plain, type Style } from './style';

/** The width that text output fits into. */
export const TEXT_WIDTH = 80;

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly alignRight?: boolean;
}

/** Aligned columns that fit into 80 characters: the widest columns of text are shortened. */
export function fittedTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  const cells = rows.map((row) => row.map(plain));
  const widths = columns.map(({ title }, i) =>
    cells.reduce((width, row) => Math.max(width, row[i].length), title.length),
  );
  const total = () => widths.reduce((sum, width) => sum + width + 2, 0);
  while (total() > TEXT_WIDTH) {
    const widest = columns.reduce(
      (best, { alignRight }, i) => (!alignRight && (best < 0 || widths[i] > widths[best]) ? i : best),
      -1,
    );
    if (widest < 0 || widths[widest] <= 8) break;
    widths[widest]--;
  }
  const layOut = (row: readonly string[]) =>
    `  ${row
      .map((text, i) => {
        const short = shortened(text, widths[i]);
        return columns[i].alignRight ? short.padStart(widths[i]) : short.padEnd(widths[i]);
      })
      .join('  ')}`.trimEnd();
  return [style.dim(layOut(columns.map(({ title }) => title))), ...cells.map(layOut)].join('\n');
}

/** A text without its middle, so that both ends stay. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - end)}…${end > 0 ? text.slice(-end) : ''}`;
}

/** Lines of at most 80 characters, the second and later ones indented as the first. */
export function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of plain(text).split(' ')) {
    if (line.length > indent.length && line.length + word.length > TEXT_WIDTH) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join('\n');
}
