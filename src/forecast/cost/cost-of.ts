import { type CostLine, CostLines } from './cost-lines';
import {
  type CostBasis,
  type CostChain,
  type CostGroup,
  type CostSizes,
  type CostVault,
  DEFAULT_CHANGE_PER_DAY,
  MONTH_MS,
} from './cost-model';
import { GroupSizes, sizeOf } from './cost-sizes';
import { type Prices, pricesText } from './prices';
import { storedShares, storesEachInFull, tieredShare, transferredShare } from './stored';

/** An estimate. Amounts are in the currency of the prices; null where sizes or prices are missing. */
export interface CostEstimate {
  readonly currency: string;
  /** Of the whole period. */
  readonly total: number | null;
  /** Of a month, at the end of the period. */
  readonly perMonth: number | null;
  /** In the order of the timeline of the forecast. */
  readonly timeline: readonly CostEntry[];
  readonly byVault: readonly VaultCost[];
  readonly byMeter: readonly CostLine[];
  readonly assumptions: readonly string[];
  readonly leftOut: readonly string[];
}

export interface CostEntry {
  /** What is stored at this instant. */
  readonly storageGiB: number | null;
  /** What the time since the entry before costs. */
  readonly cost: number | null;
}

/** The storage in one vault. */
export interface VaultCost extends CostVault {
  readonly total: number | null;
  readonly perMonth: number | null;
  readonly byType: readonly TypeCost[];
}

export interface TypeCost {
  readonly resourceType: string;
  readonly total: number | null;
  readonly perMonth: number | null;
  readonly timeline: readonly CostEntry[];
}

/** Computes what a forecast costs with these sizes and prices. Pure: the same data give the same estimate, wherever it runs. */
export function costOf(basis: CostBasis, sizes: CostSizes, prices: Prices): CostEstimate {
  return new Estimator(basis, sizes, prices).estimate();
}

/** Storage of one type in one vault: GiB at the end of each span, and the cost of each span. */
interface Cell {
  readonly vault: number;
  readonly resourceType: string;
  readonly stored: number[];
  readonly cost: number[];
  hasSize: boolean;
  hasPrice: boolean;
}

class Estimator {
  private readonly lines: CostLines;
  private readonly cells = new Map<string, Cell>();
  private readonly assumptions = new Set<string>();
  private readonly leftOut = new Set<string>();
  private readonly months: readonly number[];
  private hasSizes = false;

  constructor(
    private readonly basis: CostBasis,
    private readonly sizes: CostSizes,
    private readonly prices: Prices,
  ) {
    this.lines = new CostLines(prices, basis.spans.length);
    this.months = basis.spans.map(({ from, to }) => (to - from) / MONTH_MS);
  }

  public estimate(): CostEstimate {
    const { basis, prices } = this;
    for (const group of basis.groups) this.addGroup(group);
    this.addMeters();
    const isEmpty = basis.groups.length === 0;
    const isKnown = this.lines.hasPrices && (isEmpty || this.hasSizes);
    const costs = this.lines.costs;
    const last = basis.spans.length - 1;
    const stored = (span: number) =>
      [...this.cells.values()].reduce((sum, cell) => sum + cell.stored[span], 0);
    return {
      currency: prices.currency,
      total: isKnown ? sum(costs.slice(0, last)) : isEmpty ? 0 : null,
      perMonth: isKnown ? this.monthly(costs[last]) : isEmpty ? 0 : null,
      timeline: basis.spans.slice(0, last).map((_, span) => ({
        storageGiB: isEmpty || this.hasSizes ? stored(span) : null,
        cost: isKnown ? costs[span] : isEmpty ? 0 : null,
      })),
      byVault: basis.vaults.map((vault, index) => this.vaultCost(vault, index)),
      byMeter: this.lines.all,
      assumptions: [pricesText(prices), ...this.assumptions, ...this.lines.assumptions, ...basis.assumptions],
      leftOut: [...this.leftOut, ...this.lines.leftOut, ...basis.leftOut],
    };
  }

  /** The cost of the last month, of a whole month if the period is shorter. */
  private monthly(cost: number): number {
    const month = this.months[this.months.length - 1];
    return month > 0 ? cost / month : 0;
  }

  private addGroup(group: CostGroup): void {
    const { basis } = this;
    const sizes = new GroupSizes(
      group.resources.map((index) => sizeOf(basis.resources[index], this.sizes)),
      this.sizes.changePerDay,
    );
    const { resourceType } = group;
    if (sizes.unknown > 0)
      this.leftOut.add(
        `backups of ${resourceType} whose size is not known: set \`types/${resourceType}/sizeGiB\` in the sizes`,
      );
    if (sizes.usesTemplate) this.assumptions.add(`${resourceType}: the sizes in the templates`);
    if (sizes.usesDefaultRate && group.chains.some((chain) => !storesEachInFull(chain, this.sizes)))
      this.assumptions.add(
        `${DEFAULT_CHANGE_PER_DAY * 100} % of the data changes in a day, where the sizes don't say otherwise`,
      );
    for (const part of sizes.parts)
      for (const chain of group.chains) {
        this.hasSizes = true;
        this.addStorage(resourceType, chain, part);
        this.addTransfer(resourceType, chain, part);
      }
    // a vault without any size has null, not zero
    for (const chain of group.chains)
      for (const { vault } of chain.layers) this.cell(vault, resourceType).hasSize ||= sizes.parts.length > 0;
  }

  private addStorage(
    resourceType: string,
    chain: CostChain,
    { billedGiB, changePerDay, objects }: GroupSizes['parts'][number],
  ): void {
    const { item, coldItem, region, airGapped, layers, averages, ends } = chain;
    const isFull = storesEachInFull(chain, this.sizes);
    const where = { region, airGapped, what: `backups of ${resourceType}` };
    const warm = layers.map(() => this.months.map(() => 0));
    const cold = layers.map(() => this.months.map(() => 0));
    const low = layers.map(() => this.months.map(() => 0));
    averages.forEach((state, span) => {
      storedShares(chain, state, changePerDay, isFull).forEach((shares, layer) => {
        const factor = billedGiB * this.months[span];
        const tiered = isFull ? 0 : tieredShare(chain, state, shares.warm, changePerDay);
        warm[layer][span] = (shares.warm - tiered) * factor;
        low[layer][span] = tiered * factor;
        cold[layer][span] = shares.cold * factor;
      });
    });
    layers.forEach(({ vault, unusedColdDays, expired, gapDays }, layer) => {
      const cell = this.cell(vault, resourceType);
      const coldWhat = { ...where, what: `${where.what} in cold storage` };
      const add = (line: Parameters<CostLines['add']>[0], quantities: readonly number[]) => {
        const cost = this.lines.add(line, quantities);
        if (!cost) return;
        cell.hasPrice = true;
        cost.forEach((amount, span) => {
          cell.cost[span] += amount;
        });
      };
      add({ ...where, item }, warm[layer]);
      if (coldItem) {
        add({ ...coldWhat, item: coldItem }, cold[layer]);
        const share = isFull || chain.fullInCold ? 1 : Math.min(1, changePerDay * gapDays);
        add(
          { ...where, item: coldItem, what: `${where.what} deleted before 90 days in cold storage` },
          expired.map((count) => (count * share * billedGiB * unusedColdDays) / (MONTH_MS / DAY)),
        );
      }
      if (item === 'S3') {
        add({ ...where, item: 'S3.lowCost', what: `${where.what} in the low-cost warm tier` }, low[layer]);
        if (layer === 0) add(moves(where), this.movedObjects(chain, objects, changePerDay));
      }
    });
    ends.forEach((state, span) => {
      storedShares(chain, state, changePerDay, isFull).forEach((shares, layer) => {
        this.cell(layers[layer].vault, resourceType).stored[span] += (shares.warm + shares.cold) * billedGiB;
      });
    });
  }

  /** Thousands of objects that move to the low-cost tier: all of them once, then those that changed. */
  private movedObjects(
    { tierAfterDays, averages }: CostChain,
    objects: number,
    changePerDay: number,
  ): number[] {
    if (tierAfterDays === undefined) return this.months.map(() => 0);
    const last = averages.length - 1;
    const first = averages.findIndex(({ tiered }) => tiered > 0);
    return averages.map(({ tiered }, span) => {
      const days = (tiered * this.months[span] * MONTH_MS) / DAY;
      const whole = span === first && span !== last ? 1 : 0;
      return (objects * (whole + days * changePerDay)) / 1000;
    });
  }

  private addTransfer(
    resourceType: string,
    chain: CostChain,
    { sizeGiB, changePerDay }: GroupSizes['parts'][number],
  ): void {
    const { transfer } = chain;
    if (!transfer) return;
    const { from, to, payer } = transfer;
    const what = `copies of ${resourceType} from ${from ?? 'any Region'} to ${to ?? 'any Region'}, paid by ${payer === null ? 'the account of the stacks' : `account ${payer}`}`;
    this.lines.add(
      { item: 'transfer', what, region: from, airGapped: false },
      this.months.map(
        (_, span) =>
          transferredShare(chain, span, changePerDay, storesEachInFull(chain, this.sizes)) * sizeGiB,
      ),
    );
  }

  private addMeters(): void {
    const { resources, meters } = this.basis;
    for (const { item, what, region, counts, resources: own, changedDays } of meters) {
      const sizes =
        own &&
        new GroupSizes(
          own.map((index) => sizeOf(resources[index], this.sizes)),
          this.sizes.changePerDay,
        );
      const factor = !sizes
        ? 1
        : sizes.parts.reduce(
            (total, { sizeGiB, changePerDay }) =>
              total + sizeGiB * (changedDays === undefined ? 1 : Math.min(1, changePerDay * changedDays)),
            0,
          );
      this.lines.add(
        { item, what, region, airGapped: false },
        counts.map((count) => count * factor),
      );
    }
  }

  private cell(vault: number, resourceType: string): Cell {
    const key = `${vault}|${resourceType}`;
    let cell = this.cells.get(key);
    if (!cell) {
      const zeros = () => this.months.map(() => 0);
      cell = { vault, resourceType, stored: zeros(), cost: zeros(), hasSize: false, hasPrice: false };
      this.cells.set(key, cell);
    }
    return cell;
  }

  private vaultCost(vault: CostVault, index: number): VaultCost {
    const last = this.months.length - 1;
    const byType = [...this.cells.values()]
      .filter((cell) => cell.vault === index)
      .map(
        ({ resourceType, stored, cost, hasSize, hasPrice }): TypeCost => ({
          resourceType,
          total: hasPrice ? sum(cost.slice(0, last)) : null,
          perMonth: hasPrice ? this.monthly(cost[last]) : null,
          timeline: stored.slice(0, last).map((storageGiB, span) => ({
            storageGiB: hasSize ? storageGiB : null,
            cost: hasPrice ? cost[span] : null,
          })),
        }),
      );
    const known = (key: 'total' | 'perMonth') => {
      const amounts = byType.flatMap((type) => type[key] ?? []);
      return amounts.length > 0 ? sum(amounts) : null;
    };
    return { ...vault, total: known('total'), perMonth: known('perMonth'), byType };
  }
}

const DAY = 86_400_000;

function moves(where: { readonly region: string | null }) {
  const what = 'objects of S3 that move to the low-cost warm tier';
  return { ...where, item: 'S3.move', airGapped: false, what } as const;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
