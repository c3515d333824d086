/** A flowchart as Mermaid reads it. */
export interface Flowchart {
  readonly boxes: readonly {
    readonly id: string;
    readonly title: string;
    readonly nodes: readonly {
      readonly id: string;
      readonly shape: string;
      readonly lines: readonly string[];
    }[];
  }[];
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    readonly arrow: string;
    readonly lines: readonly string[];
  }[];
  readonly marked: readonly string[];
  readonly dashed: readonly number[];
}

// a label is in quotes, and its only markup is bold text, line breaks and entities
const LABEL = String.raw`"((?:[^"<>#&\n]|<\/?b>|<br\/>|#\d+;)*)"`;
const [CYLINDER, SUBROUTINE, RECTANGLE] = [
  String.raw`\[\(${LABEL}\)\]`,
  String.raw`\[\[${LABEL}\]\]`,
  String.raw`\[${LABEL}\]`,
];
const BOX = new RegExp(String.raw`^  subgraph (b\d+)\[${LABEL}\]$`);
const NODE = new RegExp(`^    (n\\d+)(?:${CYLINDER}|${SUBROUTINE}|${RECTANGLE})$`);
const LINK = new RegExp(String.raw`^  (n\d+) (-->|==>|--x)\|${LABEL}\| (n\d+)$`);
const SHAPES = ['cylinder', 'subroutine', 'rectangle'];

/**
 * Reads a flowchart, and only what Mermaid certainly reads in the same way: ids that are no words of its language, and text in
 * quotes.
 *
 * @throws Error at the first line that isn't such a line, or names a node that isn't there
 */
export function readFlowchart(text: string): Flowchart {
  const [head, ...lines] = text.split('\n');
  const boxes: { id: string; title: string; nodes: { id: string; shape: string; lines: string[] }[] }[] = [];
  const links: { from: string; to: string; arrow: string; lines: string[] }[] = [];
  let [marked, dashed]: [string[], number[]] = [[], []];
  if (head !== 'flowchart LR' || lines.pop() !== '') throw new Error('not a flowchart of whole lines');
  let isOpen = false;
  const ids = new Set<string>();
  const known = (id: string) => {
    if (!ids.has(id)) throw new Error(`no node ${id}`);
    return id;
  };
  for (const line of lines) {
    const [box, node, link] = [BOX.exec(line), NODE.exec(line), LINK.exec(line)];
    if (box && !isOpen) {
      isOpen = true;
      boxes.push({ id: box[1], title: plainText(box[2]), nodes: [] });
    } else if (node && isOpen) {
      const [, id, ...labels] = node;
      if (ids.has(id)) throw new Error(`node ${id} twice`);
      ids.add(id);
      const shape = labels.findIndex((label) => label !== undefined);
      boxes[boxes.length - 1].nodes.push({ id, shape: SHAPES[shape], lines: linesOf(labels[shape]) });
    } else if (line === '  end' && isOpen) isOpen = false;
    else if (link && !isOpen)
      links.push({ from: known(link[1]), to: known(link[4]), arrow: link[2], lines: linesOf(link[3]) });
    else if (line.startsWith('  class ') && line.endsWith(' bad') && !isOpen)
      marked = line.slice('  class '.length, -' bad'.length).split(',').map(known);
    else if (line.startsWith('  linkStyle ') && !isOpen) {
      dashed = line.split(' ')[3].split(',').map(Number);
      if (dashed.some((index) => !links[index])) throw new Error(`no link: ${line}`);
    } else if (line !== '  classDef bad stroke:#b3261e,stroke-width:2px')
      throw new Error(`not read: ${line}`);
  }
  if (isOpen) throw new Error('a box without an end');
  return { boxes, links, marked, dashed };
}

function linesOf(label: string): string[] {
  return label.split('<br/>').map((line) => plainText(line.replace(/^<b>(.*)<\/b>$/, '$1')));
}

function plainText(label: string): string {
  return label.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
