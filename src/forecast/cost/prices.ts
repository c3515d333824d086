import { partitionOf } from '../../values/core/partitions';
import {
  BASE_REGION,
  PRICES_AS_OF,
  type PriceGrade,
  type PriceItem,
  priceRow,
  REGION_RATIOS,
} from './price-table';

/** The prices of an estimate, as plain data. */
export interface Prices {
  readonly currency: string;
  /** The date of the user's prices; undefined if there are none, or without a date. */
  readonly asOf?: string;
  /** The user's prices by Region (`*`: every Region) and item. Null: no price, in spite of the table. */
  readonly own: Readonly<Record<string, Readonly<Partial<Record<PriceItem, number | null>>>>>;
}

/** The prices of the table alone. */
export const DEFAULT_PRICES: Prices = { currency: 'USD', own: {} };

/** The price of an item in a Region, and what it rests on. */
export interface Price {
  /** Undefined if there is none. */
  readonly amount?: number;
  /**
   * - `own`: from the user
   * - `table`: of the table, for this Region
   * - `base`: of us-east-1, since no source says how this Region differs
   * - `none`: there is no price
   */
  readonly basis: 'own' | 'table' | 'base' | 'none';
  readonly grade?: PriceGrade;
}

const NO_PRICE: Price = { basis: 'none' };

/** @param region undefined if it isn't known: as us-east-1 */
export function priceOf({ own, currency }: Prices, item: PriceItem, region: string | undefined): Price {
  const named = own[region ?? BASE_REGION]?.[item];
  const amount = named === undefined ? own['*']?.[item] : named;
  if (amount !== undefined) return amount === null ? NO_PRICE : { amount, basis: 'own' };
  // the table has US dollars, and nothing for China, GovCloud and the other partitions
  if (currency !== 'USD' || (region !== undefined && partitionOf(region) !== 'aws')) return NO_PRICE;
  const { price, grade, family } = priceRow(item);
  if (price === undefined) return NO_PRICE;
  const isBase = region === undefined || region === BASE_REGION;
  const ratio = isBase ? 1 : family && REGION_RATIOS[region]?.[family];
  if (ratio === null) return NO_PRICE;
  return ratio === undefined
    ? { amount: price, basis: 'base', grade }
    : { amount: price * ratio, basis: region === undefined ? 'base' : 'table', grade };
}

/** What a total of these prices says about them. */
export function pricesText({ currency, asOf, own }: Prices): string {
  const table = `prices of ${PRICES_AS_OF}, from public sources, without taxes and discounts`;
  if (Object.keys(own).length === 0 && currency === 'USD') return table;
  const users = `your prices${asOf === undefined ? '' : ` of ${asOf}`}`;
  return currency === 'USD' ? `${users}, otherwise ${table}` : `${users} in ${currency} alone`;
}
