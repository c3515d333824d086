import type { Page } from 'playwright-core';

/** Text that is smaller can't be read, in pixels: on a screen, and on paper. */
const SMALLEST = 10.5;
export const SMALLEST_ON_PAPER = 7.5;

/** What is wrong with how a page looks now, as far as that can be measured; empty if nothing is. */
export function faultsIn(page: Page, smallest = SMALLEST): Promise<string[]> {
  return page.evaluate(findFaults, smallest);
}

/** Runs in the page, so it uses nothing from outside. */
function findFaults(smallest: number): string[] {
  const faults: string[] = [];
  const wider = document.documentElement.scrollWidth - window.innerWidth;
  if (wider > 0) faults.push(`the page is ${wider} px wider than the window`);

  const nameOf = (element: Element | null) => {
    const section = element?.closest('section')?.id ?? 'page';
    const name = element?.getAttribute('class') ?? '';
    return `${section}: ${element?.tagName.toLowerCase()}${name ? `.${name.trim().split(/\s+/).join('.')}` : ''}`;
  };
  const isVisible = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest('.visually-hidden, .skip, legend');

  // all texts, with the boxes around their lines
  interface Line {
    readonly text: string;
    readonly element: Element;
    readonly box: DOMRect;
  }
  const lines: Line[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!element || text === '' || !isVisible(element)) continue;
    if (/^(script|style|title|option)$/i.test(element.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    for (const box of boxes) lines.push({ text, element, box });
    // names may be longer than a line; words aren't
    const words = text.split(/\s+/);
    const rows = new Set(boxes.map(({ top }) => Math.round(top))).size;
    if (rows > words.length && words.every((word) => /^\p{L}{1,14}$/u.test(word) || /^\d+$/.test(word)))
      faults.push(`${nameOf(element)} is too narrow for its words: ${text.slice(0, 40)}`);
    // drawings are scaled
    const scale = element instanceof SVGGraphicsElement ? (element.getScreenCTM()?.a ?? 1) : 1;
    const size = Math.round(Number.parseFloat(getComputedStyle(element).fontSize) * scale * 10) / 10;
    if (size < smallest && !element.closest('sup, sub'))
      faults.push(`${nameOf(element)} has text of ${size} px: ${text.slice(0, 40)}`);
  }

  // what is inside something that scrolls or ends in an ellipsis may be hidden there
  const clips = new Map<Element, DOMRect | undefined>();
  const clipOf = (element: Element | null): DOMRect | undefined => {
    if (!element || element === document.body) return undefined;
    const known = clips.get(element);
    if (known || clips.has(element)) return known;
    const { overflowX, overflowY } = getComputedStyle(element);
    const own =
      overflowX !== 'visible' || overflowY !== 'visible' ? element.getBoundingClientRect() : undefined;
    const outer = clipOf(element.parentElement);
    const clip =
      own && outer
        ? new DOMRect(
            Math.max(own.x, outer.x),
            Math.max(own.y, outer.y),
            Math.max(0, Math.min(own.right, outer.right) - Math.max(own.x, outer.x)),
            Math.max(0, Math.min(own.bottom, outer.bottom) - Math.max(own.y, outer.y)),
          )
        : (own ?? outer);
    clips.set(element, clip);
    return clip;
  };
  const shown = lines.flatMap((line): Line[] => {
    const clip = clipOf(line.element);
    if (!clip) return [line];
    const { box } = line;
    const [left, right] = [Math.max(box.left, clip.left), Math.min(box.right, clip.right)];
    const [top, bottom] = [Math.max(box.top, clip.top), Math.min(box.bottom, clip.bottom)];
    return right - left > 1 && bottom - top > 1
      ? [{ ...line, box: new DOMRect(left, top, right - left, bottom - top) }]
      : [];
  });

  // no text runs over another one
  const inSticky = (element: Element) => element.closest('header, dialog') !== null;
  const sorted = shown.filter(({ element }) => !inSticky(element)).sort((a, b) => a.box.top - b.box.top);
  for (const [index, { box, element, text }] of sorted.entries())
    for (let next = index + 1; next < sorted.length && sorted[next].box.top < box.bottom - 2; next++) {
      const other = sorted[next];
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      // lines of one text are as close as the line height says
      if (across > 2 && down > 4 && !(other.element === element && other.text === text))
        faults.push(
          `${nameOf(element)} runs over ${nameOf(other.element)}: ${text.slice(0, 40)} / ${other.text.slice(0, 40)}`,
        );
    }

  // what ends in an ellipsis says somewhere what it is: in a title of its own, or behind a link
  for (const element of document.querySelectorAll('body *')) {
    if (!(element instanceof HTMLElement) || !isVisible(element)) continue;
    const { overflowX, textOverflow } = getComputedStyle(element);
    const isCut = overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1;
    if (!isCut || element.children.length > 1 || element.closest('.visually-hidden')) continue;
    const text = element.textContent?.trim() ?? '';
    if (text !== '' && (textOverflow !== 'ellipsis' || !element.closest('[title]')))
      faults.push(`${nameOf(element)} is cut off: ${text.slice(0, 60)}`);
  }

  // labels of drawings stay inside them
  for (const text of document.querySelectorAll('svg text')) {
    const svg = (text as SVGTextElement).ownerSVGElement?.getBoundingClientRect();
    const box = text.getBoundingClientRect();
    if (!svg || box.width === 0) continue;
    if (
      box.left < svg.left - 1 ||
      box.right > svg.right + 1 ||
      box.top < svg.top - 2 ||
      box.bottom > svg.bottom + 2
    )
      faults.push(`${nameOf(text)} leaves its drawing: ${text.textContent}`);
  }

  // a headline has something below it
  for (const section of document.querySelectorAll('main > section')) {
    const inside = [...section.querySelectorAll(':scope > :not(h2)')].filter(isVisible);
    if (inside.every((element) => element.getBoundingClientRect().height < 8))
      faults.push(`${section.id} has a headline and nothing else`);
  }
  for (const box of document.querySelectorAll('ul, ol, table, .frame, .map, .chart, .body')) {
    if (!isVisible(box) || box.children.length > 0) continue;
    faults.push(`${nameOf(box)} is empty`);
  }
  return [...new Set(faults)];
}
