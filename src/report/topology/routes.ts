import type { Arrival, Flow } from './topology';

/** Where flows leave and enter a card, from its top. */
export const PORT = 20;
/** Where a flow enters a card on the side on which others leave it. */
const SIDE_PORT = PORT + 14;
/** Between the lines of two flows that run side by side. */
const TRACK = 9;
const GAP_PADDING = 18;
/** More lines share tracks. */
const MAX_TRACKS = 14;

/** The way of a flow: horizontal and vertical lines between these points. */
export interface Route {
  readonly from: string;
  readonly to: string;
  readonly kind: 'backup' | 'copy';
  readonly refusedBy: readonly string[];
  readonly arrivals: readonly Arrival[];
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A card as far as it is placed: how far down, and in which lane. */
export interface Row {
  readonly lane: number;
  readonly y: number;
}

/** A flow between cards: the gap beside the card that it leaves, and beside the card that it enters. */
interface Passage {
  readonly flow: Flow;
  readonly from: Row;
  readonly to: Row;
  /** Gap n is after lane n. */
  readonly out: number;
  readonly into: number;
  readonly startY: number;
  readonly endY: number;
}

/** What shares a line in a gap: everything that goes to one card. */
interface Bundle {
  readonly to: string;
  top: number;
  bottom: number;
  track: number;
}

/**
 * The gaps between lanes. Flows run horizontally out of a card into the gap beside its lane, vertically in the gap, and
 * horizontally into the other card. One that passes a lane changes gaps below all boxes. So no flow crosses a card, or a box
 * that is not its own.
 */
export class Gaps {
  private readonly passages: readonly Passage[];
  private readonly bundles: Map<string, Bundle>[];
  private readonly tracks: readonly number[];
  private readonly highways = new Map<string, number>();

  /** @param bottom the end of all boxes */
  constructor(
    flows: readonly Flow[],
    rows: ReadonlyMap<string, Row>,
    lastLane: number,
    private readonly bottom: number,
  ) {
    this.passages = flows.flatMap((flow): Passage[] => {
      const [from, to] = [rows.get(flow.from), rows.get(flow.to)];
      return from && to ? [passage(flow, from, to)] : [];
    });
    this.bundles = Array.from({ length: lastLane + 1 }, () => new Map<string, Bundle>());
    for (const { flow, out, into, startY, endY } of this.passages) {
      if (out === into) this.extend(out, flow.to, startY, endY);
      else {
        this.extend(out, flow.to, startY, bottom);
        this.extend(into, flow.to, endY, bottom);
        if (!this.highways.has(flow.to)) this.highways.set(flow.to, this.highways.size % MAX_TRACKS);
      }
    }
    this.tracks = this.bundles.map((bundles) => assignTracks([...bundles.values()]));
  }

  /** The width of the gap after a lane. */
  public width(lane: number): number {
    return 2 * GAP_PADDING + Math.max(1, this.tracks[lane]) * TRACK;
  }

  /** Whether flows run in the gap after a lane. */
  public isUsed(lane: number): boolean {
    return this.tracks[lane] > 0;
  }

  /** The height below all boxes that flows need. */
  public get highwayHeight(): number {
    return this.highways.size === 0 ? 0 : (Math.min(this.highways.size, MAX_TRACKS) + 1) * TRACK;
  }

  /**
   * @param gapX where each gap starts
   * @param sides the left and right edges of the cards in each lane
   */
  public routes(
    gapX: readonly number[],
    sides: readonly (readonly [left: number, right: number])[],
  ): Route[] {
    const trackX = (gap: number, to: string) =>
      gapX[gap] + GAP_PADDING + ((this.bundles[gap].get(to)?.track ?? 0) + 0.5) * TRACK;
    return this.passages.map(({ flow, from, to, out, into, startY, endY }) => {
      const outX = trackX(out, flow.to);
      const points: [number, number][] = [
        [sides[from.lane][out === from.lane ? 1 : 0], startY],
        [outX, startY],
      ];
      if (out === into) points.push([outX, endY]);
      else {
        const y = this.bottom + ((this.highways.get(flow.to) ?? 0) + 1) * TRACK;
        const intoX = trackX(into, flow.to);
        points.push([outX, y], [intoX, y], [intoX, endY]);
      }
      points.push([sides[to.lane][into === to.lane ? 1 : 0], endY]);
      const { kind, refusedBy, arrivals } = flow;
      return { from: flow.from, to: flow.to, kind, refusedBy, arrivals, points };
    });
  }

  private extend(gap: number, to: string, a: number, b: number): void {
    const [top, bottom] = [Math.min(a, b), Math.max(a, b)];
    const bundle = this.bundles[gap].get(to);
    if (!bundle) this.bundles[gap].set(to, { to, top, bottom, track: 0 });
    else {
      bundle.top = Math.min(bundle.top, top);
      bundle.bottom = Math.max(bundle.bottom, bottom);
    }
  }
}

function passage(flow: Flow, from: Row, to: Row): Passage {
  const forward = to.lane > from.lane;
  const out = to.lane >= from.lane ? from.lane : from.lane - 1;
  const into = forward ? to.lane - 1 : to.lane;
  const endY = to.y + (forward ? PORT : SIDE_PORT);
  return { flow, from, to, out, into, startY: from.y + PORT, endY };
}

/** Gives lines that would run over each other tracks of their own. Returns how many tracks there are. */
function assignTracks(bundles: Bundle[]): number {
  const ends: number[] = [];
  for (const bundle of bundles.sort((a, b) => a.top - b.top || a.bottom - b.bottom)) {
    const free = ends.findIndex((end) => end + TRACK < bundle.top);
    bundle.track = free >= 0 ? free : ends.length < MAX_TRACKS ? ends.length : earliest(ends);
    ends[bundle.track] = Math.max(ends[bundle.track] ?? 0, bundle.bottom);
  }
  return ends.length;
}

function earliest(ends: readonly number[]): number {
  return ends.indexOf(Math.min(...ends));
}
