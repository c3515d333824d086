/** Everything that GitHub Flavored Markdown, with GitHub's formulas, interprets inside a line. */
const SPECIAL = /[\\`*_{}[\]<>|~&!$]/g;

/**
 * Text of an input file in GitHub Flavored Markdown: code in backticks stays code, and everything else is shown as it is.
 * No link, image, formula, mention of a user or of an issue comes alive. Takes linear time.
 *
 * Source: GitHub Flavored Markdown Spec, "Code spans" and "Autolinks (extension)", version 0.29.
 *
 * @param text one line
 * @param inTable whether it is in a cell of a table, where `|` in code must be escaped too
 */
export function escapeMarkdown(text: string, inTable = false): string {
  return spansOf(text)
    .map(({ code, content }) => (code ? codeSpan(content, inTable) : literal(content)))
    .join('');
}

interface Span {
  readonly code: boolean;
  readonly content: string;
}

/**
 * The code spans of a line and what is between them: a run of backticks starts code if a run of the same length follows.
 * Backslashes are not escapes here: text of an input file has none.
 */
function spansOf(text: string): Span[] {
  const runs = [...text.matchAll(/`+/g)].map(({ 0: run, index }) => ({ start: index, length: run.length }));
  // from the end, the next run of the same length
  const closing: (number | undefined)[] = [];
  const next = new Map<number, number>();
  for (let index = runs.length - 1; index >= 0; index--) {
    closing[index] = next.get(runs[index].length);
    next.set(runs[index].length, index);
  }
  const spans: Span[] = [];
  let position = 0;
  for (let index = 0; index < runs.length; index++) {
    const { start, length } = runs[index];
    const end = closing[index];
    if (end === undefined) continue;
    spans.push({ code: false, content: text.slice(position, start) });
    spans.push({ code: true, content: text.slice(start + length, runs[end].start) });
    position = runs[end].start + length;
    index = end;
  }
  return [...spans, { code: false, content: text.slice(position) }];
}

/** Code between backticks that don't occur in it. It neither begins nor ends with a backtick, which would be of the fence. */
function codeSpan(content: string, inTable: boolean): string {
  const lengths = new Set([...content.matchAll(/`+/g)].map(([run]) => run.length));
  let length = 1;
  while (lengths.has(length)) length++;
  const fence = '`'.repeat(length);
  return `${fence}${inTable ? content.replace(/\|/g, '\\|') : content}${fence}`;
}

/** A zero-width space, which breaks what GitHub recognizes in rendered text. */
const BREAK = '&#8203;';

function literal(text: string): string {
  return text
    .replace(SPECIAL, '\\$&')
    .replace(/@|#(?=\d)|\bGH-(?=\d)/gi, `$&${BREAK}`)
    .replace(/:(?=\/\/)|\bwww(?=\.)/gi, `$&${BREAK}`);
}
