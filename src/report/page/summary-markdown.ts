import type { Change } from '../../forecast/difference/change';
import { escapeMarkdown } from '../../values/core/markdown-escaping';
import { oneLine } from '../../values/core/plain-text';
import { type PageData, STATUSES } from '../data/page-data';
import { changesText } from './changes-text';
import { summaryLines } from './summary-lines';

/** More entries are counted. */
const MAX_ENTRIES = 20;
/** GitHub draws no larger flowcharts. */
const MAX_FLOWCHART = 50_000;

/**
 * The verdict for a pull request or the summary of a job, in GitHub Markdown: numbers, what is not protected, errors, and the
 * topology.
 *
 * @param flowchart the topology in Mermaid
 */
export function summaryMarkdown(data: PageData, flowchart: string): string {
  const { resources, names, findings } = data;
  const unprotected = resources.logicalId.flatMap((logicalId, index) => {
    const status = STATUSES[resources.status[index]];
    if (status === 'protected' || status === 'opted-out') return [];
    const name = resources.path[index] || `${names.stacks[resources.stack[index]]}/${logicalId}`;
    const type = names.types[resources.type[index]];
    return [`- ${text(name)} (${text(type)})${status === 'unknown' ? ', perhaps protected' : ''}`];
  });
  const errors = findings.flatMap(({ id, severity, stack, logicalId, constructPath, message }) =>
    severity === 'error'
      ? [`- ${text(constructPath ?? `${stack}/${logicalId}`)}: ${text(message)} (${id})`]
      : [],
  );
  const parts = [
    '## AWS Backup',
    `| | |\n| ---: | --- |\n${summaryLines(data)
      .map(({ value, label }) => `| **${text(value)}** | ${text(label)} |`)
      .join('\n')}`,
    ...list('Not protected', unprotected),
    ...list('Errors', errors),
    ...(data.changes ? [changed(data.changes)] : []),
    ...(flowchart.length <= MAX_FLOWCHART
      ? [`### Where backups go\n\n\`\`\`mermaid\n${flowchart}\`\`\``]
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What changed since the earlier version: how much, and what got weaker. */
function changed(changes: readonly Change[]): string {
  const weaker = changes.filter(
    ({ direction, accepted }) => direction === 'weaker' && accepted === undefined,
  );
  return [
    '### What changes',
    changesText(changes),
    ...entries(weaker.map(({ message }) => `- ${text(message)}`)),
  ].join('\n\n');
}

function list(title: string, all: readonly string[]): string[] {
  return all.length === 0 ? [] : [`### ${title}`, ...entries(all)];
}

function entries(all: readonly string[]): string[] {
  if (all.length === 0) return [];
  const more = all.length - MAX_ENTRIES;
  return [(more > 0 ? [...all.slice(0, MAX_ENTRIES), `- and ${more} more`] : all).join('\n')];
}

function text(content: string): string {
  return escapeMarkdown(oneLine(content), true);
}
