import { plain } from './style';

/** Text of an input file, escaped for a table cell in GitHub Markdown. Code in backticks stays code. */
export function cell(text: string): string {
  return plain(text)
    .split(/(`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1 ? part.replace(/\|/g, '\\|') : part.replace(/[\\`*_{}[\]<>|~&]/g, '\\$&'),
    )
    .join('');
}

/** A table under a header. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
