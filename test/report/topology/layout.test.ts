import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import {
  CARD_PADDING,
  CARD_WIDTH,
  LINE_HEIGHT,
  TEXT_SIZE,
  TITLE_SIZE,
} from '../../../src/report/topology/cards';
import { foldedAccounts } from '../../../src/report/topology/fold';
import { assignLanes } from '../../../src/report/topology/lanes';
import {
  BOX_PADDING,
  BOX_TITLE_SIZE,
  type Layout,
  layoutOf,
  type Rectangle,
} from '../../../src/report/topology/layout';
import { topologyMermaid } from '../../../src/report/topology/mermaid';
import { topologySvg } from '../../../src/report/topology/svg';
import { fittedText, textWidth, wrappedText } from '../../../src/report/topology/text-width';
import { boxTitle, type Card, type Topology } from '../../../src/report/topology/topology';
import { oneLine } from '../../../src/values/core/plain-text';
import { readFlowchart } from './flowcharts';
import { topologies } from './topologies';

const RUNS = { numRuns: 60 };

const inside = (inner: Rectangle, outer: Rectangle) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Pairs that overlap, found by sweeping from top to bottom. */
function overlapping<T extends Rectangle>(all: readonly T[]): [T, T][] {
  const sorted = [...all].sort((a, b) => a.y - b.y);
  return sorted.flatMap((a, index) => {
    const found: [T, T][] = [];
    for (let next = index + 1; next < sorted.length && sorted[next].y < a.y + a.height; next++)
      if (overlap(a, sorted[next])) found.push([a, sorted[next]]);
    return found;
  });
}

/** The lines of all ways, as rectangles without width or without height. */
const segments = ({ routes }: Layout) =>
  routes.flatMap(({ from, to, points }) =>
    points.slice(1).map(([x, y], index) => {
      const [px, py] = points[index];
      return {
        from,
        to,
        x: Math.min(x, px),
        y: Math.min(y, py),
        width: Math.abs(x - px),
        height: Math.abs(y - py),
      };
    }),
  );

const everywhere = (check: (layout: Layout, topology: Topology) => void) =>
  fc.assert(
    fc.property(topologies, (topology) => check(layoutOf(topology), topology)),
    RUNS,
  );

test('no card overlaps another, no box overlaps another, and every card is inside a box', () => {
  everywhere((layout, { boxes }) => {
    expect(layout.cards).toHaveLength(boxes.flatMap(({ cards }) => cards).length);
    expect(overlapping(layout.cards)).toEqual([]);
    expect(overlapping(layout.boxes)).toEqual([]);
    const homeless = layout.cards.filter((card) => !layout.boxes.some((box) => inside(card, box)));
    expect(homeless).toEqual([]);
    const whole = { x: 0, y: 0, width: layout.width, height: layout.height };
    const all = [...layout.boxes, ...layout.cards, ...segments(layout)];
    expect(all.filter((each) => !inside(each, whole))).toEqual([]);
  });
});

test('every flow leads from the edge of its source to the edge of its target, and crosses no card and no other box', () => {
  everywhere((layout, { flows }) => {
    expect(layout.routes.map(({ from, to }) => [from, to])).toEqual(flows.map(({ from, to }) => [from, to]));
    const cards = new Map(layout.cards.map((placed) => [placed.card.id, placed]));
    const boxOf = (id: string) => layout.boxes.find((box) => inside(cards.get(id) as Rectangle, box));
    const atEdge = (id: string, [x, y]: readonly [number, number]) => {
      const card = cards.get(id) as Rectangle;
      return (x === card.x || x === card.x + card.width) && y > card.y && y < card.y + card.height;
    };
    const loose = layout.routes.filter(
      ({ from, to, points }) => !atEdge(from, points[0]) || !atEdge(to, points[points.length - 1]),
    );
    expect(loose).toEqual([]);
    const lines = segments(layout);
    expect(lines.filter(({ width, height }) => width > 0 && height > 0)).toEqual([]);
    const crossing = lines.filter((line) => {
      const own = [boxOf(line.from), boxOf(line.to)];
      return (
        layout.cards.some((card) => overlap(line, card)) ||
        layout.boxes.some((box) => overlap(line, box) && !own.includes(box))
      );
    });
    expect(crossing).toEqual([]);
  });
});

test('every label is as narrow as its card or box, and no line is below the end of its card', () => {
  everywhere(({ cards, boxes }) => {
    const wide = (text: string, size: number, width: number) => textWidth(text, size) > width;
    const inner = CARD_WIDTH - 2 * CARD_PADDING;
    expect(cards.filter(({ title }) => title.some((line) => wide(line, TITLE_SIZE, inner)))).toEqual([]);
    const lines = cards.flatMap(({ title, lines: own, height }) => {
      const lastTitle = 22 + (title.length - 1) * LINE_HEIGHT;
      return own.map((line, index) => ({ ...line, height, above: own[index - 1]?.y ?? lastTitle }));
    });
    expect(
      lines.filter(
        ({ text, y, height, above }) => wide(text, TEXT_SIZE, inner) || y >= height || y - above < TEXT_SIZE,
      ),
    ).toEqual([]);
    expect(boxes.filter(({ title, width }) => wide(title, BOX_TITLE_SIZE, width - 2 * BOX_PADDING))).toEqual(
      [],
    );
  });
});

test('the picture is valid XML, and the names in it are text', () => {
  everywhere((layout) => {
    const errors: string[] = [];
    const parser = new DOMParser({
      onError: (level, message) => level !== 'warning' && errors.push(message),
    });
    const svg = topologySvg(layout, { standalone: true, title: 'a < b & "c"' });
    const root = parser.parseFromString(svg, 'image/svg+xml').documentElement;
    expect(errors).toEqual([]);
    expect(root?.getElementsByTagName('title')[0]?.textContent).toBe('a < b & "c"');
    const drawn = new Set([...(root?.getElementsByTagName('*') ?? [])].map(({ tagName }) => tagName));
    for (const element of drawn) expect(['title', 'style', 'rect', 'text', 'g', 'path']).toContain(element);
  });
});

test('the flowchart has every box, card and flow, and their names read back', () => {
  everywhere((_, topology) => {
    const { boxes, links, marked, dashed } = readFlowchart(topologyMermaid(topology));
    const shown = (cards: readonly Card[]) =>
      cards.map(({ title, details }) => [title, ...details].map(oneLine));
    expect(boxes.map(({ title, nodes }) => [title, nodes.map(({ lines }) => lines)])).toEqual(
      topology.boxes.map((box) => [oneLine(boxTitle(box)), shown(box.cards)]),
    );
    const cards = topology.boxes.flatMap((box) => box.cards);
    const nodes = boxes.flatMap((box) => box.nodes);
    const card = (node: string) => cards[nodes.findIndex(({ id }) => id === node)].id;
    expect(links.map(({ from, to }) => [card(from), card(to)])).toEqual(
      topology.flows.map(({ from, to }) => [from, to]),
    );
    const isRefused = topology.flows.map(({ refusedBy }) => refusedBy.length > 0);
    expect(links.map(({ arrow }) => arrow === '--x')).toEqual(isRefused);
    expect(dashed).toEqual(isRefused.flatMap((refused, index) => (refused ? [index] : [])));
    expect(marked.map(card)).toEqual(cards.filter(({ kind }) => kind === 'unprotected').map(({ id }) => id));
    for (const [index, { arrivals, refusedBy }] of topology.flows.entries()) {
      const more = arrivals.length - 3;
      expect(links[index].lines.join('|')).toBe(
        [
          ...arrivals.slice(0, 3).map((one) => `${one.refusedBy.length > 0 ? '✕ ' : ''}${oneLine(one.text)}`),
          ...(more > 0 ? [`and ${more} more`] : []),
          ...(refusedBy.length > 0 ? [`never arrives: ${refusedBy.join(', ')}`] : []),
        ].join('|'),
      );
    }
  });
});

test('shortened text keeps its start and its end', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 20, max: 300 }), (text, width) => {
      const fitted = fittedText(text, 12, width);
      expect(textWidth(fitted, 12)).toBeLessThanOrEqual(width);
      if (textWidth(text, 12) <= width) expect(fitted).toBe(text);
      else {
        const [start, end] = fitted.split('…');
        expect(text.startsWith(start) && text.endsWith(end ?? '')).toBe(true);
      }
    }),
  );
});

test('a title has a second line where one is too short, and loses a part only where two are', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 40, max: 300 }), (text, width) => {
      const lines = wrappedText(text, 12, width);
      expect(lines.filter((line) => textWidth(line, 12) > width)).toEqual([]);
      expect(lines.length).toBeLessThanOrEqual(2);
      const [start, end = ''] = lines;
      expect(text.startsWith(start)).toBe(true);
      const rest = text.slice(start.length);
      expect(fittedText(rest.trimStart(), 12, width)).toBe(end);
    }),
    { numRuns: 100 },
  );
  expect(wrappedText('Backup-eu-west-1-AccountPlan-8e7662f', 13, 200)).toEqual([
    'Backup-eu-west-1-',
    'AccountPlan-8e7662f',
  ]);
  expect(wrappedText('UnbrokenNameThatIsTooLongForOneLine', 13, 200)).toEqual([
    'UnbrokenNameThatIsToo',
    'LongForOneLine',
  ]);
});

test('accounts that are set up in the same way become one box, unless they get copies from others', () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      const before = assignLanes(topology);
      const after = foldedAccounts(before);
      const accounts = (of: Topology) => of.boxes.flatMap((box) => box.accounts);
      expect([...new Set(accounts(after))].sort()).toEqual([...new Set(accounts(before))].sort());
      const ids = new Set(after.boxes.flatMap(({ cards }) => cards.map(({ id }) => id)));
      for (const { from, to } of after.flows) expect(ids.has(from) && ids.has(to)).toBe(true);
      // boxes that stay apart differ in what they show, or get copies, or have another account's box to match
      const accountOf = new Map(
        before.boxes.flatMap(({ accounts: [account], cards }) =>
          cards.map(({ id }) => [id, account] as const),
        ),
      );
      const visited = new Set(
        before.flows
          .map(({ to, from }) => [accountOf.get(from), accountOf.get(to)])
          .filter(([a, b]) => a !== b)
          .map(([, to]) => to),
      );
      const sending = new Set(
        before.flows.filter(({ kind }) => kind === 'copy').map(({ from }) => accountOf.get(from)),
      );
      const quiet = after.boxes.filter(
        ({ accounts: own }) => !own.some((one) => visited.has(one) || sending.has(one)),
      );
      const looks = quiet.map(({ region, cards }) =>
        JSON.stringify([region, cards.map(({ id, ...card }) => card)]),
      );
      expect(new Set(looks).size).toBe(looks.length);
    }),
    RUNS,
  );
});
