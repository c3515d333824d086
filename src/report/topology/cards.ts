import { fittedText, wrappedText } from './text-width';
import type { Card } from './topology';

export const CARD_WIDTH = 248;
export const CARD_PADDING = 12;
export const TITLE_SIZE = 13;
export const TEXT_SIZE = 11.5;
/** Bold text is wider. */
const BOLD = 1.12;
const TITLE_HEIGHT = 26;
export const LINE_HEIGHT = 16;
/** The sign of a logically air-gapped vault. */
const SIGN_WIDTH = 22;
/** More arrivals are counted. */
const MAX_ARRIVALS = 6;

/** A line of a card, below its title. */
export interface CardLine {
  readonly text: string;
  /** The baseline, from the top of the card. */
  readonly y: number;
  readonly kind: 'detail' | 'arrival' | 'refused' | 'more';
}

/** What is written on a card: nothing is wider than the card. */
export interface CardText {
  /** The title, in one line or two. */
  readonly title: readonly string[];
  readonly lines: readonly CardLine[];
  readonly height: number;
}

export function cardText(card: Card): CardText {
  const inner = CARD_WIDTH - 2 * CARD_PADDING;
  const separation = card.details.length > 0 && card.arrivals.length > 0 ? LINE_HEIGHT / 2 : 0;
  const width = inner - (card.kind === 'air-gapped-vault' ? SIGN_WIDTH : 0);
  const title = wrappedText(card.title, TITLE_SIZE * BOLD, width);
  const top = TITLE_HEIGHT + (title.length - 1) * LINE_HEIGHT;
  const lines = linesOf(card).map(({ text, kind }, index) => ({
    text: fittedText(text, TEXT_SIZE, inner),
    kind,
    y: top + 14 + index * LINE_HEIGHT + (index >= card.details.length ? separation : 0),
  }));
  return {
    title,
    lines,
    height: top + 10 + lines.length * LINE_HEIGHT + separation,
  };
}

function linesOf({ details, arrivals }: Card): Omit<CardLine, 'y'>[] {
  const shown = arrivals.slice(0, arrivals.length > MAX_ARRIVALS + 1 ? MAX_ARRIVALS : MAX_ARRIVALS + 1);
  const more = arrivals.length - shown.length;
  return [
    ...details.map((text) => ({ text, kind: 'detail' as const })),
    ...shown.map(({ text, refusedBy }) =>
      refusedBy.length > 0
        ? { text: `✕ ${text}`, kind: 'refused' as const }
        : { text, kind: 'arrival' as const },
    ),
    ...(more > 0 ? [{ text: `and ${more} more`, kind: 'more' as const }] : []),
  ];
}
