/**
 * Plain text that reads well in a terminal. Colours only where somebody looks, and not when they said NO_COLOR. With
 * `OUTPUT_FORMAT=markdown` it is Markdown: `npx projen bench:docs` makes a page of it.
 */
const markdown = process.env.OUTPUT_FORMAT === 'markdown';
const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);

/** In Markdown, a heading. */
export const bold = markdown ? (text: string) => `### ${text}` : paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);

/**
 * Aligned columns under a header. A column whose name begins with `>` is flushed right. A cell may have several
 * lines.
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  indent = '  ',
): string {
  const right = header.map((name) => name.startsWith('>'));
  const names = header.map((name) => name.replace(/^>/, ''));
  if (markdown) {
    const line = (cells: readonly string[]) => `| ${cells.join(' | ').replaceAll('\n', '<br>')} |`;
    const rule = right.map((flushed) => (flushed ? '---:' : '---'));
    return [names, rule, ...rows].map(line).join('\n');
  }
  const lines = rows.flatMap((row) => {
    const cells = row.map((cell) => cell.split('\n'));
    const height = Math.max(...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) => cells.map((cell) => cell[line] ?? ''));
  });
  const widths = names.map((name, column) =>
    Math.max(name.length, ...lines.map((line) => line[column].length)),
  );
  const layOut = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (right[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [bold(layOut(names)), dim(rule), ...lines.map(layOut)].map((line) => indent + line).join('\n');
}
