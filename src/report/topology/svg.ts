import { oneLine } from '../../values/core/plain-text';
import { CARD_PADDING, CARD_WIDTH, LINE_HEIGHT } from './cards';
import type { Layout, PlacedBox, PlacedCard } from './layout';
import { BOX_PADDING } from './layout';
import type { Route } from './routes';
import { arrivalText } from './topology';

/** The corners of flows. */
const RADIUS = 7;

/** The style of a topology. Its colors are variables, which a page may set. */
export const TOPOLOGY_STYLE = `
.tp text{font-size:11.5px;fill:var(--ink-2,#5b6169)}
.tp .lane{font-weight:600;fill:var(--ink-2,#5b6169)}
.tp .box{fill:var(--sunken,#f4f5f6);stroke:var(--line,#dcdfe3)}
.tp .box-title{font-weight:600;font-variant-numeric:tabular-nums}
.tp .card{fill:var(--surface,#fff);stroke:var(--line-2,#c3c8ce)}
.tp .title{font-size:13px;font-weight:600;fill:var(--ink,#15181c)}
.tp .unprotected .card{stroke:var(--bad,#b3261e);stroke-width:1.5}
.tp .unprotected .title,.tp .refused,.tp .sign-bad{fill:var(--bad,#b3261e)}
.tp .opted-out .card,.tp .other-vault .card{stroke-dasharray:4 3}
.tp .arrival{fill:var(--ink,#15181c);font-variant-numeric:tabular-nums}
.tp .sign{fill:none;stroke:var(--accent,#0b6b74);stroke-width:1.5}
.tp .flow{fill:none;stroke:var(--accent,#0b6b74);stroke-width:1.5}
.tp .flow.backup{stroke:var(--ink-3,#7d848c)}
.tp .flow.refused{stroke:var(--bad,#b3261e);stroke-dasharray:5 4}
.tp .tip{fill:var(--accent,#0b6b74);stroke:none}
.tp .tip.backup{fill:var(--ink-3,#7d848c)}
.tp .tip.refused{fill:var(--bad,#b3261e)}
`.trim();

/** What a page has already. */
const ALONE = `.tp{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}@media (prefers-color-scheme:dark){.tp{--ink:#eceef0;--ink-2:#a3aab2;--ink-3:#868e97;--surface:#1b1f23;--sunken:#14171a;--line:#2c3238;--line-2:#414951;--accent:#58b9c3;--bad:#f2867c}.tp .ground{fill:#0f1214}}`;

export interface SvgOptions {
  /** Whether it brings its style and ground along, for files; a page has them already. */
  readonly standalone: boolean;
  readonly title: string;
}

/** The layout as SVG. Every card and every flow has a title that screen readers and pointers get. */
export function topologySvg(layout: Layout, { standalone, title }: SvgOptions): string {
  const { width, height, lanes, boxes, cards, routes } = layout;
  const titles = new Map(cards.map(({ card }) => [card.id, card.title]));
  const size = `viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}"`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="tp" ${size} role="group" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    ...(standalone
      ? [
          `<style>${TOPOLOGY_STYLE}${ALONE}</style>`,
          `<rect class="ground" width="100%" height="100%" fill="#fff"/>`,
        ]
      : []),
    ...lanes.map(({ title: name, x, y }) => text('lane', x, y, name)),
    ...boxes.map(boxSvg),
    ...routes.map((route) => routeSvg(route, titles)),
    ...cards.map(cardSvg),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function boxSvg({ x, y, width, height, title, fullTitle, accounts }: PlacedBox): string {
  const all = accounts.length > 1 ? `${fullTitle}: ${accounts.join(', ')}` : fullTitle;
  const place = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  return `<g role="img"><title>${escaped(all)}</title><rect class="box" ${place} rx="8"/>${text('box-title', x + BOX_PADDING, y + 18, title)}</g>`;
}

function cardSvg({ card, x, y, height, title, lines }: PlacedCard): string {
  const { kind } = card;
  const full = [card.title, ...card.details, ...card.arrivals.map(arrivalText)].join('\n');
  const sign = kind === 'air-gapped-vault' ? airGap(x + CARD_WIDTH - 28, y + 10) : '';
  return [
    `<g class="${kind}" role="img"><title>${escaped(full)}</title>`,
    `<rect class="card" x="${round(x)}" y="${round(y)}" width="${CARD_WIDTH}" height="${round(height)}" rx="5"/>`,
    ...title.map((line, index) => text('title', x + CARD_PADDING, y + 22 + index * LINE_HEIGHT, line)),
    sign,
    ...lines.map((line) => text(line.kind, x + CARD_PADDING, y + line.y, line.text)),
    '</g>',
  ].join('');
}

/** A vault with a gap around it. */
function airGap(x: number, y: number): string {
  return `<rect class="sign" x="${round(x + 4)}" y="${round(y + 4)}" width="8" height="8" rx="1"/><rect class="sign" x="${round(x)}" y="${round(y)}" width="16" height="16" rx="4" stroke-dasharray="3 2"/>`;
}

function routeSvg(
  { from, to, kind, refusedBy, arrivals, points }: Route,
  titles: ReadonlyMap<string, string>,
): string {
  const state = `${kind}${refusedBy.length > 0 ? ' refused' : ''}`;
  const what = `${kind} from ${titles.get(from)} to ${titles.get(to)}: ${arrivals.map(arrivalText).join('; ')}`;
  const [endX, endY] = points[points.length - 1];
  const before = points[points.length - 2];
  const back = endX >= before[0] ? -1 : 1;
  const tip = `M${round(endX)} ${round(endY)}l${back * 7} -3.5v7z`;
  return `<g role="img"><title>${escaped(what)}</title><path class="flow ${state}" d="${pathOf(points)}"/><path class="tip ${state}" d="${tip}"/>${refusedBy.length > 0 ? cross(points) : ''}</g>`;
}

/** Where nothing arrives: on the last line of the way. */
function cross(points: Route['points']): string {
  const [x, y] = points[points.length - 1];
  const [from] = points[points.length - 2];
  const at = x + Math.sign(from - x) * Math.max(15, Math.abs(from - x) / 2);
  return `<path class="flow refused" stroke-dasharray="none" d="M${round(at - 4)} ${round(y - 4)}l8 8m0 -8l-8 8"/>`;
}

/** Lines with round corners. */
function pathOf(points: Route['points']): string {
  let path = `M${round(points[0][0])} ${round(points[0][1])}`;
  for (let i = 1; i < points.length; i++) {
    const [x, y] = points[i];
    const [px, py] = points[i - 1];
    const next = points[i + 1];
    if (!next) {
      path += `L${round(x)} ${round(y)}`;
      continue;
    }
    const [nx, ny] = next;
    const radius = Math.min(
      RADIUS,
      (Math.abs(x - px) + Math.abs(y - py)) / 2,
      (Math.abs(nx - x) + Math.abs(ny - y)) / 2,
    );
    const [ax, ay] = [x - Math.sign(x - px) * radius, y - Math.sign(y - py) * radius];
    const [bx, by] = [x + Math.sign(nx - x) * radius, y + Math.sign(ny - y) * radius];
    path += `L${round(ax)} ${round(ay)}Q${round(x)} ${round(y)} ${round(bx)} ${round(by)}`;
  }
  return path;
}

function text(name: string, x: number, y: number, content: string): string {
  return `<text class="${name}" x="${round(x)}" y="${round(y)}">${escaped(content)}</text>`;
}

function round(amount: number): string {
  return String(Math.round(amount * 10) / 10);
}

/** Text for XML: no markup, and no characters that XML or a reader could take for instructions. */
function escaped(content: string): string {
  const lines = content.split('\n').map(oneLine).join('\n');
  return lines
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
