import type { Change, Direction } from '../../forecast/difference/change';
import type { Difference } from '../../forecast/difference/summary';
import { cell, markdownTable } from '../core/markdown';
import { plain, type Style } from '../core/style';

const TITLES: readonly (readonly [Direction, string])[] = [
  ['weaker', 'Weaker'],
  ['stronger', 'Stronger'],
  ['neutral', 'Neutral'],
];

/** Changes as text: the most severe first, the verdict last. */
export function diffText({ changes, summary }: Difference, style: Style): string {
  const colors = { weaker: style.red, stronger: style.green, neutral: style.dim };
  const sections = TITLES.flatMap(([direction, title]) => {
    const own = openOf(changes, direction);
    return own.length > 0
      ? [`${style.bold(title)}\n\n${own.map((change) => line(change, style)).join('\n')}`]
      : [];
  });
  const accepted = acceptedOf(changes).map((change) =>
    line({ ...change, message: `${change.message}: ${change.accepted}` }, style),
  );
  if (accepted.length > 0) sections.push(`${style.bold('Accepted')}\n\n${accepted.join('\n')}`);
  const color = colors[summary.weaker > 0 ? 'weaker' : summary.stronger > 0 ? 'stronger' : 'neutral'];
  return `${[...sections, color(style.wrap(verdict({ changes, summary })))].join('\n\n')}\n`;
}

function openOf(changes: readonly Change[], direction: Direction): Change[] {
  return changes.filter((change) => change.direction === direction && change.accepted === undefined);
}

function acceptedOf(changes: readonly Change[]): Change[] {
  return changes.filter(({ accepted }) => accepted !== undefined);
}

function line({ kind, message }: Change, style: Style): string {
  const start = `  ${kind.padEnd(14)}`;
  return start + style.wrap(plain(message), ' '.repeat(start.length), start.length);
}

/** Changes for a pull request: a line with the verdict, and details to unfold. */
export function diffMarkdown(difference: Difference): string {
  const { changes } = difference;
  const sections = TITLES.flatMap(([direction, title]) => {
    const own = openOf(changes, direction);
    if (own.length === 0) return [];
    const rows = own.map(({ kind, stack, message }) => [kind, cell(stack), cell(message)]);
    const table = markdownTable(['kind', 'stack', 'change'], rows);
    const open = direction === 'weaker' ? ' open' : '';
    return [`<details${open}><summary>${title} (${own.length})</summary>\n\n${table}\n\n</details>`];
  });
  const accepted = acceptedOf(changes);
  if (accepted.length > 0) {
    const rows = accepted.map(({ kind, message, accepted: reason = '' }) => [
      kind,
      cell(message),
      cell(reason),
    ]);
    const table = markdownTable(['kind', 'change', 'reason'], rows);
    sections.push(`<details><summary>Accepted (${accepted.length})</summary>\n\n${table}\n\n</details>`);
  }
  return `${['## AWS Backup: what changes for the data', `**${verdict(difference)}**`, ...sections].join('\n\n')}\n`;
}

function verdict({ summary: { weaker, stronger, neutral } }: Difference): string {
  if (weaker + stronger + neutral === 0) return 'nothing changes for backups';
  const counts = `${weaker} weaker, ${stronger} stronger, ${neutral} neutral`;
  return weaker > 0 ? `protection gets weaker: ${counts}` : `nothing gets weaker: ${counts}`;
}
