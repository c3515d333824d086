import { CARD_WIDTH, type CardLine, type CardText, cardText } from './cards';
import { Gaps, PORT, type Route } from './routes';
import { fittedText } from './text-width';
import { type Box, boxTitle, type Card, laneTitle, type Topology } from './topology';

/** A rectangle, in pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A topology with the position of everything. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly LaneHeader[];
  readonly boxes: readonly PlacedBox[];
  readonly cards: readonly PlacedCard[];
  readonly routes: readonly Route[];
}

export interface LaneHeader {
  readonly title: string;
  readonly x: number;
  /** The baseline. */
  readonly y: number;
}

export interface PlacedBox extends Rectangle {
  readonly title: string;
  /** The title, not shortened. */
  readonly fullTitle: string;
  readonly accounts: readonly string[];
}

export interface PlacedCard extends Rectangle {
  readonly card: Card;
  readonly lane: number;
  readonly title: readonly string[];
  readonly lines: readonly CardLine[];
}

export const BOX_PADDING = 14;
export const BOX_TITLE_SIZE = 11.5;
const BOX_TITLE_HEIGHT = 26;
const BOX_GAP = 20;
const CARD_GAP = 12;
const MARGIN = 12;
const HEADER_HEIGHT = 32;

/** A box, as far as it is in one column. Lanes 0 and 1 share a column, so that a plan is beside its vaults. */
interface Part {
  readonly box: Box;
  readonly column: number;
  y: number;
  height: number;
}

interface PlacedRow {
  readonly card: Card;
  readonly lane: number;
  readonly text: CardText;
  readonly y: number;
}

/** Positions without overlaps: columns of boxes, and flows in the gaps between lanes. */
export function layoutOf({ boxes, flows }: Topology): Layout {
  const lastLane = Math.max(1, ...boxes.flatMap(({ cards }) => cards.map(({ lane }) => lane)));
  const rows = new Map<string, PlacedRow>();
  const parts: Part[] = [];
  for (let column = 0; column < lastLane; column++)
    parts.push(...placeColumn(partsIn(boxes, column), flows, rows));
  const bottom = Math.max(MARGIN + HEADER_HEIGHT, ...parts.map(({ y, height }) => y + height));
  const gaps = new Gaps(flows, rows, lastLane, bottom);

  const left: number[] = [];
  const gapX: number[] = [];
  let x = MARGIN + BOX_PADDING;
  for (let lane = 0; lane <= lastLane; lane++) {
    left.push(x);
    // between plans and their vaults is no border of a box
    const border = lane === 0 ? 0 : BOX_PADDING;
    gapX.push(x + CARD_WIDTH + border);
    x = gapX[lane] + gaps.width(lane) + border;
  }
  const end = gapX[lastLane] + (gaps.isUsed(lastLane) ? gaps.width(lastLane) : 0);
  return {
    width: end + MARGIN,
    height: bottom + gaps.highwayHeight + MARGIN,
    lanes: left.map((at, lane) => ({ title: laneTitle(lane), x: at, y: MARGIN + 14 })),
    boxes: parts.map((part) => placedBox(part, left)),
    cards: [...rows.values()].map(({ card, lane, text: { height, title, lines }, y }) => ({
      card,
      lane,
      x: left[lane],
      y,
      width: CARD_WIDTH,
      height,
      title,
      lines,
    })),
    routes: gaps.routes(
      gapX,
      left.map((at) => [at, at + CARD_WIDTH]),
    ),
  };
}

function partsIn(boxes: readonly Box[], column: number): Part[] {
  return boxes
    .filter(({ cards }) => cards.some(({ lane }) => columnOf(lane) === column))
    .map((box) => ({ box, column, y: 0, height: 0 }));
}

function columnOf(lane: number): number {
  return Math.max(0, lane - 1);
}

/** Places the boxes of a column below each other; copies beside what they are made from. */
function placeColumn(parts: Part[], flows: Topology['flows'], rows: Map<string, PlacedRow>): Part[] {
  const wishes = new Map(parts.map((part) => [part, part.column === 0 ? 0 : wishOf(part, flows, rows)]));
  const wish = (part: Part) => wishes.get(part) ?? 0;
  if (parts[0]?.column !== 0) parts.sort((a, b) => wish(a) - wish(b));
  let y = MARGIN + HEADER_HEIGHT;
  for (const part of parts) {
    part.y = Math.max(y, wish(part) - BOX_TITLE_HEIGHT - PORT);
    let bottom = part.y + BOX_TITLE_HEIGHT;
    const tops = new Map<number, number>();
    for (const card of part.box.cards) {
      if (columnOf(card.lane) !== part.column) continue;
      const top = tops.get(card.lane) ?? part.y + BOX_TITLE_HEIGHT;
      const text = cardText(card);
      rows.set(card.id, { card, lane: card.lane, text, y: top });
      tops.set(card.lane, top + text.height + CARD_GAP);
      bottom = Math.max(bottom, top + text.height);
    }
    part.height = bottom + BOX_PADDING - part.y;
    y = part.y + part.height + BOX_GAP;
  }
  return parts;
}

/** How far down a box would be if it were beside what its vaults get copies from. */
function wishOf(
  { box, column }: Part,
  flows: Topology['flows'],
  rows: ReadonlyMap<string, PlacedRow>,
): number {
  const own = new Set(box.cards.filter(({ lane }) => columnOf(lane) === column).map(({ id }) => id));
  const ys = flows.flatMap(({ from, to }) => {
    const source = own.has(to) ? rows.get(from) : undefined;
    return source ? [source.y + PORT] : [];
  });
  return ys.length === 0 ? 0 : ys.reduce((sum, y) => sum + y, 0) / ys.length;
}

function placedBox({ box, column, y, height }: Part, left: readonly number[]): PlacedBox {
  const [first, last] = column === 0 ? [0, 1] : [column + 1, column + 1];
  const x = left[first] - BOX_PADDING;
  const width = left[last] + CARD_WIDTH + BOX_PADDING - x;
  const fullTitle = boxTitle(box);
  const title = fittedText(fullTitle, BOX_TITLE_SIZE * 1.12, width - 2 * BOX_PADDING);
  return { x, y, width, height, title, fullTitle, accounts: box.accounts };
}
