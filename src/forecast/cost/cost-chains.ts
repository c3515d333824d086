import { DAY_MS } from '../core/period';
import { averageCounts, meanGapDays } from '../points/averages';
import { countsAt, type PointSeries } from '../points/lineage';
import type { Lineage } from '../points/resource-points';
import { isAirGapped, type VaultPlace } from '../points/vault-place';
import type { ChainState, CostChain, CostLayer, CostSpan, LayerState, Transfer } from './cost-model';
import type { StorageFacts } from './storage-facts';

/** Backups that are kept for less than this in warm storage may be full. Source: "Metering and billing", 2026-08. */
export const MIN_INCREMENTAL_DAYS = 7;
/** The shortest time that AWS charges in cold storage. */
const MIN_COLD_DAYS = 90;
const FOREVER = Number.POSITIVE_INFINITY;

/** What decides how the points of a resource are stored and billed. */
export interface ChainContext {
  readonly facts: StorageFacts;
  /** Whether AWS Backup manages the type in full. */
  readonly managed: boolean;
  /** The days for which a database keeps its own backups. */
  readonly automatedRetentionDays: number;
  readonly spans: readonly CostSpan[];
  /** The index of a vault. */
  readonly vaultOf: (vault: VaultPlace) => number;
  /** Days after which S3 backups in a vault move to the low-cost warm tier. */
  readonly tierAfterDays: (vault: VaultPlace) => number | undefined;
}

/** A lineage with what it is billed by. */
interface Layered {
  readonly lineage: Lineage;
  readonly gapDays: number;
  /** Days in warm storage; Infinity: forever. */
  readonly warmDays: number;
}

/** The chains of a resource: its points, by what they build on. */
export function chainsOf(lineages: readonly Lineage[], context: ChainContext): CostChain[] {
  const groups = new Map<string, Lineage[]>();
  for (const lineage of lineages) {
    if (lineage.kind === 'temporary' || lineage.times.length === 0) continue;
    const key = chainKey(lineage, context);
    groups.set(key, [...(groups.get(key) ?? []), lineage]);
  }
  return [...groups.values()].map((group) => chainOf(group, context));
}

/**
 * An earlier backup of a fully managed type must be in the same vault, of other types in the same Region. Copies build on copies
 * in the same vault.
 */
function chainKey({ kind, vault }: Lineage, { facts, managed }: ChainContext): string {
  if (kind === 'copy') return `copy|${vault.key}`;
  const continuous = kind === 'continuous' && facts.storage === 'full' ? 'continuous|' : '';
  if (managed) return `${continuous}${vault.key}`;
  return `${continuous}${vault.account}|${vault.region}|${isAirGapped(vault)}`;
}

function chainOf(lineages: readonly Lineage[], context: ChainContext): CostChain {
  const { facts, spans, vaultOf, managed } = context;
  const [{ kind, vault }] = lineages;
  const layers = lineages.map(layered(spans)).sort((a, b) => a.gapDays - b.gapDays);
  const isCopy = kind === 'copy';
  const airGapped = isAirGapped(vault);
  const continuous = kind === 'continuous';
  const storage = continuous && facts.storage === 'full' ? 'incremental' : facts.storage;
  const builds = layers.some(({ gapDays, warmDays, lineage }) =>
    lineage.kind === 'continuous' ? true : warmDays >= Math.max(MIN_INCREMENTAL_DAYS, gapDays),
  );
  const owned = !isCopy && !airGapped;
  const freeDays =
    owned && !continuous && facts.free === 'automated-retention' ? context.automatedRetentionDays : 0;
  const tiers = facts.item === 'S3' ? context.tierAfterDays(vault) : undefined;
  const tierAfterDays =
    tiers !== undefined && layers.some(({ warmDays }) => warmDays > tiers) ? tiers : undefined;
  const state = (at: Measure): ChainState => stateOf(layers, freeDays, tierAfterDays, at);
  return {
    item: facts.item,
    coldItem: facts.coldItem,
    region: vault.region ?? null,
    airGapped,
    storage: builds ? storage : 'full',
    fullInCold: facts.fullInCold === true,
    freeSizes: owned && (facts.free === 'size' || (continuous && facts.free !== undefined)) ? 1 : 0,
    layers: layers.map((layer) => layerOf(layer, spans, vaultOf)),
    averages: spans.map(({ from, to }) => state({ from, to })),
    ends: spans.map(({ to }) => state({ from: to, to })),
    tierAfterDays,
    transfer: isCopy ? transferOf(layers, spans, managed) : undefined,
  };
}

function layered(spans: readonly CostSpan[]): (lineage: Lineage) => Layered {
  const [first, last] = [spans[0].from, spans[spans.length - 1].to];
  return (lineage) => ({
    lineage,
    gapDays:
      lineage.kind === 'continuous' ? 0 : (meanGapDays(lineage) ?? Math.max(1, (last - first) / DAY_MS)),
    warmDays: Math.min(lineage.windowDays ?? lineage.retentionDays, lineage.coldAfterDays),
  });
}

function layerOf(
  { lineage, gapDays }: Layered,
  spans: readonly CostSpan[],
  vaultOf: ChainContext['vaultOf'],
): CostLayer {
  const { retentionDays, coldAfterDays } = lineage;
  const counts = (instant: number) => countsAt(lineage, instant - 1);
  const goesCold = coldAfterDays < retentionDays && retentionDays !== FOREVER;
  return {
    vault: vaultOf(lineage.vault),
    gapDays,
    unusedColdDays: goesCold ? Math.max(0, MIN_COLD_DAYS - (retentionDays - coldAfterDays)) : 0,
    created: spans.map(({ from, to }) => counts(to).created - counts(from).created),
    expired: spans.map(({ from, to }) => (goesCold ? counts(to).expired - counts(from).expired : 0)),
  };
}

function transferOf(
  layers: readonly Layered[],
  spans: readonly CostSpan[],
  managed: boolean,
): Transfer | undefined {
  const [{ lineage }] = layers;
  const source = lineage.source?.vault;
  const { vault } = lineage;
  if (source?.region === vault.region) return undefined;
  const first = Math.min(...layers.map(({ lineage: { times } }) => times.first as number));
  return {
    from: source?.region ?? null,
    to: vault.region ?? null,
    payer: (managed ? source?.account : vault.account) ?? null,
    firstSpan: spans.findIndex(({ from, to }) => from <= first && first < to),
  };
}

/** A span of time, or an instant if both ends are the same. */
type Measure = CostSpan;

function stateOf(
  layers: readonly Layered[],
  freeDays: number,
  tierAfterDays: number | undefined,
  at: Measure,
): ChainState {
  const reaches = layers.map(({ lineage }) => ({
    first: lineage.times.first as number,
    alive: endOf(lineage, lineage.windowDays === undefined ? lineage.retentionDays : FOREVER),
    warm: endOf(lineage, Math.min(lineage.retentionDays, lineage.coldAfterDays)),
  }));
  const first = Math.min(...reaches.map((reach) => reach.first));
  const until = (key: 'alive' | 'warm') => Math.max(...reaches.map((reach) => reach[key]));
  const states = layers.map((layer) => layerState(layer, freeDays, at));
  const most = (counts: readonly number[]) => Math.max(0, ...counts);
  const share = (key: 'alive' | 'warm', counts: readonly number[]) =>
    Math.min(overlap(first, until(key), at), Math.max(most(counts), isSteady(layers, key) ? 1 : 0));
  return {
    presence: share(
      'alive',
      states.map(({ warm, cold }) => warm + cold),
    ),
    warmPresence: share(
      'warm',
      states.map(({ warm }) => warm),
    ),
    tiered: tierAfterDays === undefined ? 0 : overlap(first + tierAfterDays * DAY_MS, until('warm'), at),
    layers: states,
  };
}

/** Whether a new point is there before the one before it goes. */
function isSteady(layers: readonly Layered[], key: 'alive' | 'warm'): boolean {
  return layers.some(({ lineage, gapDays, warmDays }) => {
    if (lineage.kind === 'continuous') return true;
    return (key === 'warm' ? warmDays : lineage.retentionDays) >= gapDays;
  });
}

/** When the last point of a series goes. */
function endOf({ times, holds, windowDays }: Lineage, days: number): number {
  const last = times.last as number;
  const held = holds.some((hold) => hold.from <= last && hold.to >= (times.first as number));
  return windowDays !== undefined || held || days === FOREVER ? FOREVER : last + days * DAY_MS;
}

/** The share of a span that an interval covers; 1 or 0 for an instant. */
function overlap(from: number, to: number, at: Measure): number {
  if (at.from === at.to) return from <= at.to && at.to < to ? 1 : 0;
  return Math.max(0, Math.min(to, at.to) - Math.max(from, at.from)) / (at.to - at.from);
}

function layerState({ lineage, gapDays }: Layered, freeDays: number, at: Measure): LayerState {
  if (lineage.kind === 'continuous') return continuousState(lineage, at);
  const all = pointsIn(lineage, at);
  const { retentionDays, coldAfterDays } = lineage;
  const own = (warm: number, life: number) =>
    life >= gapDays
      ? Math.max(0, warm - overlap(lineage.times.first as number, endOf(lineage, life), at))
      : 0;
  // what a legal hold keeps for longer isn't free
  const young = { ...lineage, retentionDays: Math.min(retentionDays, freeDays), holds: [] };
  const free = pointsIn(young, at).warm;
  return {
    warm: Math.max(0, all.warm - free),
    cold: all.cold,
    warmDays: own(all.warm, Math.min(retentionDays, coldAfterDays)) * gapDays,
    days: own(all.warm + all.cold, retentionDays) * gapDays,
  };
}

function pointsIn(series: PointSeries, { from, to }: Measure): { warm: number; cold: number } {
  return from === to ? countsAt(series, to) : averageCounts(series, from, to);
}

/** One point, which reaches back to its beginning, at most as far as its window. */
function continuousState({ times, windowDays = 0 }: Lineage, at: Measure): LayerState {
  const first = times.first as number;
  const presence = overlap(first, FOREVER, at);
  const reach = windowDays * DAY_MS;
  // the mean of min(instant - first, reach): it grows until it is full
  const grown = (instant: number) => {
    const age = Math.max(0, instant - first);
    const growing = Math.min(age, reach);
    return (growing * growing) / 2 + (age - growing) * reach;
  };
  const days =
    at.from === at.to
      ? Math.min(Math.max(0, at.to - first), reach) / DAY_MS
      : (grown(at.to) - grown(at.from)) / (at.to - at.from) / DAY_MS;
  return { warm: presence, cold: 0, warmDays: days, days };
}
