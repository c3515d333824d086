import { oneLine } from '../../values/core/plain-text';
import { type Arrival, boxTitle, type Card, type Flow, type Topology } from './topology';

/** More arrivals are counted. */
const MAX_ARRIVALS = 3;

/** The topology as a Mermaid flowchart, which Markdown on GitHub and GitLab shows as a picture. */
export function topologyMermaid({ boxes, flows }: Topology): string {
  const ids = new Map(boxes.flatMap(({ cards }) => cards).map(({ id }, index) => [id, `n${index}`]));
  const lines = ['flowchart LR'];
  for (const [index, box] of boxes.entries()) {
    lines.push(`  subgraph b${index}["${escaped(boxTitle(box))}"]`);
    for (const card of box.cards) lines.push(`    ${ids.get(card.id)}${node(card)}`);
    lines.push('  end');
  }
  const refused: number[] = [];
  for (const [index, flow] of flows.entries()) {
    if (flow.refusedBy.length > 0) refused.push(index);
    lines.push(`  ${ids.get(flow.from)} ${arrow(flow)}|"${label(flow)}"| ${ids.get(flow.to)}`);
  }
  const marked = boxes.flatMap(({ cards }) => cards).filter(({ kind }) => kind === 'unprotected');
  if (marked.length > 0) {
    lines.push('  classDef bad stroke:#b3261e,stroke-width:2px');
    lines.push(`  class ${marked.map(({ id }) => ids.get(id)).join(',')} bad`);
  }
  if (refused.length > 0) lines.push(`  linkStyle ${refused.join(',')} stroke:#b3261e,stroke-dasharray:5 4`);
  return `${lines.join('\n')}\n`;
}

function node({ kind, title, details }: Card): string {
  const text = `"${[`<b>${escaped(title)}</b>`, ...details.map(escaped)].join('<br/>')}"`;
  switch (kind) {
    case 'vault':
    case 'other-vault':
      return `[(${text})]`;
    case 'air-gapped-vault':
      return `[[${text}]]`;
    default:
      return `[${text}]`;
  }
}

function arrow({ kind, refusedBy }: Flow): string {
  if (refusedBy.length > 0) return '--x';
  return kind === 'copy' ? '==>' : '-->';
}

function label({ arrivals, refusedBy }: Flow): string {
  const text = ({ text: what, refusedBy: by }: Arrival) => `${by.length > 0 ? '✕ ' : ''}${escaped(what)}`;
  const shown = arrivals.slice(0, MAX_ARRIVALS).map(text);
  const more = arrivals.length - shown.length;
  if (more > 0) shown.push(`and ${more} more`);
  if (refusedBy.length > 0) shown.push(`never arrives: ${escaped(refusedBy.join(', '))}`);
  return shown.join('<br/>');
}

/** Everything but letters, digits and harmless punctuation as an entity of Mermaid. */
function escaped(text: string): string {
  return oneLine(text).replace(/[^\p{L}\p{N} .,:·×…–/_$-]/gu, (character) => `#${character.codePointAt(0)};`);
}
