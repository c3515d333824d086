import { escapeMarkdown } from '../../values/core/markdown-escaping';
import { plain } from './style';

/** Text of an input file, escaped for a table cell in GitHub Markdown. Code in backticks stays code. */
export function cell(text: string): string {
  return escapeMarkdown(plain(text), true);
}

/** A table under a header. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
