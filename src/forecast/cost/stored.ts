import type { ChainState, CostChain, CostSizes } from './cost-model';

/** How much one layer of a chain stores, in multiples of the size of the resource. */
export interface LayerShares {
  readonly warm: number;
  readonly cold: number;
}

/** Whether each point of a chain has all data. */
export function storesEachInFull(
  { storage, region }: CostChain,
  { incrementalDynamoDb }: CostSizes,
): boolean {
  if (storage !== 'setting') return storage === 'full';
  return region === null || !incrementalDynamoDb.includes(region);
}

/**
 * What a chain stores, by layer. The oldest point has all data, every other one what changed since the one before it, but never
 * more than all data. Within the days that a layer with shorter gaps reaches back, a layer adds nothing: its points are among
 * those of the other layer.
 *
 * @param isFull whether each point has all data
 */
export function storedShares(
  chain: CostChain,
  state: ChainState,
  changePerDay: number,
  isFull: boolean,
): LayerShares[] {
  const { layers, fullInCold, freeSizes } = chain;
  if (isFull)
    return free(
      state.layers.map(({ warm, cold }) => ({ warm, cold })),
      freeSizes * state.warmPresence,
    );
  const base = state.layers.findIndex(({ warm, cold }) => warm + cold > 0);
  let [reach, warmReach] = [0, 0];
  const shares = state.layers.map((layer, index) => {
    const { gapDays } = layers[index];
    const perDay = gapDays > 0 ? Math.min(changePerDay, 1 / gapDays) : changePerDay;
    const whole = index === base;
    const warm = (whole ? state.warmPresence : 0) + Math.max(0, layer.warmDays - warmReach) * perDay;
    const all = (whole ? state.presence : 0) + Math.max(0, layer.days - reach) * perDay;
    warmReach = Math.max(warmReach, layer.warmDays);
    reach = Math.max(reach, layer.days);
    return { warm, cold: fullInCold ? layer.cold : all - warm };
  });
  return free(shares, freeSizes * state.warmPresence);
}

/** Without what is free of charge, of warm storage. */
function free(shares: readonly LayerShares[], allowance: number): LayerShares[] {
  let left = allowance;
  return shares.map(({ warm, cold }) => {
    const used = Math.min(left, Math.max(0, warm));
    left -= used;
    return { warm: warm - used, cold };
  });
}

/** How much of the warm data is in the low-cost tier: all but what was added in the last days. */
export function tieredShare(
  { tierAfterDays }: CostChain,
  state: ChainState,
  warm: number,
  changePerDay: number,
): number {
  if (tierAfterDays === undefined || state.tiered === 0) return 0;
  return Math.max(
    0,
    Math.min(warm, state.tiered * Math.max(0, warm - Math.min(1, tierAfterDays * changePerDay))),
  );
}

/** How much copies transfer in a span, in multiples of the size: the first one in a chain is full. */
export function transferredShare(
  chain: CostChain,
  span: number,
  changePerDay: number,
  isFull: boolean,
): number {
  const { layers, transfer } = chain;
  if (!transfer) return 0;
  if (isFull) return layers.reduce((sum, { created }) => sum + created[span], 0);
  // of several layers, the one with the shortest gaps transfers the changes
  const layer = layers.find(({ created }) => created[span] > 0);
  if (!layer) return 0;
  const first = transfer.firstSpan === span ? 1 : 0;
  return first + (layer.created[span] - first) * Math.min(1, changePerDay * layer.gapDays);
}
