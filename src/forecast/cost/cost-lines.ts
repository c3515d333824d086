import { type PriceItem, priceRow } from './price-table';
import { type Price, type Prices, priceOf } from './prices';

/** What is billed under one item, in one Region. */
export interface CostLine {
  readonly what: string;
  readonly item: PriceItem;
  readonly region: string | null;
  readonly unit: string;
  /** In the whole period. */
  readonly quantity: number;
  /** Of a unit; null if there is none. */
  readonly price: number | null;
  readonly total: number | null;
}

/** What is billed. */
export interface LineKey {
  readonly item: PriceItem;
  readonly what: string;
  readonly region: string | null;
  readonly airGapped: boolean;
}

/** Smaller quantities are errors of rounding. */
const NOTHING = 1e-9;

/** Adds up what is billed, by item and Region, and by span. */
export class CostLines {
  /** By span. */
  public readonly costs: number[];
  private readonly lines = new Map<string, LineKey & { quantity: number; price?: number }>();
  private readonly notes = new Set<string>();
  private readonly missing = new Set<string>();

  constructor(
    private readonly prices: Prices,
    spans: number,
  ) {
    this.costs = new Array<number>(spans).fill(0);
  }

  /**
   * @param quantities by span; the last one isn't in the total
   * @returns the cost by span; undefined without a price
   */
  public add(key: LineKey, quantities: readonly number[]): readonly number[] | undefined {
    if (quantities.every((quantity) => Math.abs(quantity) < NOTHING)) return undefined;
    const id = `${key.item}|${key.what}|${key.region}|${key.airGapped}`;
    let line = this.lines.get(id);
    if (!line) {
      line = { ...key, quantity: 0, price: this.priceOf(key) };
      this.lines.set(id, line);
    }
    line.quantity += quantities.slice(0, -1).reduce((total, quantity) => total + quantity, 0);
    const { price } = line;
    if (price === undefined) return undefined;
    const costs = quantities.map((quantity) => quantity * price);
    costs.forEach((cost, span) => {
      this.costs[span] += cost;
    });
    return costs;
  }

  /** Whether there is a price for anything that is billed. */
  public get hasPrices(): boolean {
    return [...this.lines.values()].some(({ price }) => price !== undefined);
  }

  /** The most expensive first. */
  public get all(): CostLine[] {
    return [...this.lines.values()]
      .map(({ item, what, region, airGapped, quantity, price }) => ({
        what: airGapped ? `${what} in logically air-gapped vaults` : what,
        item,
        region,
        unit: priceRow(item).unit,
        quantity,
        price: price ?? null,
        total: price === undefined ? null : quantity * price,
      }))
      .sort((a, b) => (b.total ?? -1) - (a.total ?? -1));
  }

  public get assumptions(): string[] {
    return [...this.notes];
  }

  public get leftOut(): string[] {
    return [...this.missing];
  }

  private priceOf({ item, what, region, airGapped }: LineKey): number | undefined {
    const price = this.found(item, what, region);
    if (!airGapped || price === undefined) return price;
    const factor = this.found('airGapped', `${what} in logically air-gapped vaults`, region);
    return factor === undefined ? undefined : price * factor;
  }

  private found(item: PriceItem, what: string, region: string | null): number | undefined {
    const price: Price = priceOf(this.prices, item, region ?? undefined);
    const place = region ?? 'an unknown Region';
    if (price.basis === 'none')
      this.missing.add(`${what} in ${place}: there is no price of \`${item}\`; set one in the prices`);
    if (price.basis === 'base' && region !== null && priceRow(item).family !== undefined)
      this.notes.add(
        `\`${item}\` in ${place}: the price of us-east-1, since no public source has the one of this Region`,
      );
    return price.amount;
  }
}
