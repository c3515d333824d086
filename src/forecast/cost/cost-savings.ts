import type { CostAlternative, CostBasis, CostChain, CostGroup, CostSizes } from './cost-model';
import { costOf } from './cost-of';
import { GroupSizes, sizeOf } from './cost-sizes';
import type { Prices } from './prices';
import { storesEachInFull } from './stored';

/** What a change would save. */
export interface Saving {
  readonly plan: string;
  readonly rule: string;
  readonly resourceType: string;
  /** In the imperative, lower case, no full stop. */
  readonly change: string;
  /** In the currency of the prices, at the end of the period. */
  readonly perMonth: number;
}

/** Smaller shares of what a rule costs are within what an estimate can tell. */
const LEAST_SHARE = 0.05;

/**
 * What changes to rules would certainly save, the largest amount first: where all sizes and prices are known, and for incremental
 * backups also the change rates.
 */
export function savingsOf(basis: CostBasis, sizes: CostSizes, prices: Prices): Saving[] {
  const found = new Map<string, Saving>();
  for (const alternative of basis.alternatives) {
    const group = basis.groups[alternative.group];
    const saved = savedBy(alternative, group, basis, sizes, prices);
    if (saved === undefined) continue;
    const { plan, rule, change } = alternative;
    const key = `${plan}|${rule}|${change}`;
    const perMonth = saved + (found.get(key)?.perMonth ?? 0);
    found.set(key, { plan, rule, resourceType: group.resourceType, change, perMonth });
  }
  return [...found.values()].sort((a, b) => b.perMonth - a.perMonth);
}

function savedBy(
  { before, after }: CostAlternative,
  group: CostGroup,
  basis: CostBasis,
  sizes: CostSizes,
  prices: Prices,
): number | undefined {
  const known = new GroupSizes(
    group.resources.map((index) => sizeOf(basis.resources[index], sizes)),
    sizes.changePerDay,
  );
  if (known.unknown > 0 || known.parts.length === 0) return undefined;
  const all = [...before, ...after];
  if (known.usesDefaultRate && !all.every((chain) => storesEachInFull(chain, sizes))) return undefined;
  const cost = (chains: readonly CostChain[]) =>
    costOf(
      { ...basis, spans: basis.spans.slice(-1), groups: [{ ...group, chains }], meters: [] },
      sizes,
      prices,
    );
  const [old, now] = [cost(before), cost(after)];
  // a missing price would look like a saving
  if (
    [old, now].some(
      ({ byMeter, perMonth }) => perMonth === null || byMeter.some(({ price }) => price === null),
    )
  )
    return undefined;
  const [was, is] = [old.perMonth ?? 0, now.perMonth ?? 0];
  return was - is > was * LEAST_SHARE ? was - is : undefined;
}
