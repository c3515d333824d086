import { show } from '../../values/core/amounts';
import { nearestName, nearestOf } from '../../values/core/nearest';
import type { CostSize, CostSizes } from './cost-model';
import { PRICE_ITEMS, type PriceItem } from './price-table';
import type { Prices } from './prices';
import { STORAGE_TYPES } from './storage-facts';

/** A problem in sizes or prices. */
export interface CostInputProblem {
  /** The keys that lead to it, with `/` between them; empty for the whole value. */
  readonly path: string;
  /** Lower case, no full stop. */
  readonly reason: string;
  readonly fix?: string;
}

export interface CostInput<T> {
  /** Undefined if there are problems. */
  readonly value?: T;
  readonly problems: readonly CostInputProblem[];
}

/** An exbibyte: more than any resource has. */
const MAX_GIB = 1 << 30;
const MAX_OBJECTS = 1e15;
const MAX_PRICE = 1e6;
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;
const SIZE_KEYS = ['sizeGiB', 'changePerDay', 'objects'] as const;

/** Reads sizes, as `--sizes` has them. */
export function readSizes(value: unknown): CostInput<CostSizes> {
  const reader = new Reader();
  const file = reader.object(value, '', ['changePerDay', 'types', 'resources', 'incrementalDynamoDb']);
  const sizes: CostSizes = {
    changePerDay: reader.number(file.changePerDay, 'changePerDay', CHANGE),
    types: reader.map(file.types, 'types', (size, path, name) => {
      if (!STORAGE_TYPES.includes(name))
        reader.add(path, 'is not a type of AWS Backup', useNearest(name, STORAGE_TYPES));
      return reader.size(size, path);
    }),
    resources: reader.map(file.resources, 'resources', (size, path) => reader.size(size, path)),
    incrementalDynamoDb: reader.regions(file.incrementalDynamoDb, 'incrementalDynamoDb'),
  };
  return reader.result(sizes);
}

/** Reads prices, as `--prices` has them. */
export function readPrices(value: unknown): CostInput<Prices> {
  const reader = new Reader();
  const file = reader.object(value, '', ['currency', 'asOf', 'prices']);
  const { currency, asOf } = file;
  if (currency !== undefined && !(typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)))
    reader.add('currency', `must be three letters, such as \`USD\`, got ${show(currency)}`);
  if (asOf !== undefined && !isDay(asOf))
    reader.add('asOf', `must be a date such as \`2026-11-28\`, got ${show(asOf)}`);
  const own = reader.map(file.prices, 'prices', (prices, path, region) => {
    if (region !== '*' && !REGION.test(region))
      reader.add(path, 'is not a Region', 'use a Region such as `eu-west-1`, or `*` for all');
    return reader.map(prices, path, (price, at, item) => {
      if (!PRICE_ITEMS.includes(item as PriceItem))
        reader.add(at, 'is not an item of the price table', useNearest(item, PRICE_ITEMS));
      return price === null ? null : (reader.number(price, at, PRICE) ?? null);
    });
  });
  return reader.result({
    currency: typeof currency === 'string' ? currency : 'USD',
    asOf: asOf as string,
    own,
  });
}

/** The sizes of resources that don't exist. */
export function unknownResources(sizes: CostSizes, names: readonly string[]): CostInputProblem[] {
  const known = new Set(names);
  return Object.keys(sizes.resources)
    .filter((name) => !known.has(name))
    .map((name) => ({
      path: `resources/${name}`,
      reason: 'is not a resource that AWS Backup can protect, by construct path or `stack/logicalId`',
      fix: useNearest(name, names),
    }));
}

interface Bounds {
  readonly max: number;
  readonly what: string;
  readonly whole?: boolean;
}

const CHANGE: Bounds = { max: 1, what: 'a share from 0 to 1, such as 0.03 for 3 %' };
const SIZE: Bounds = { max: MAX_GIB, what: 'a number of GiB from 0 to 1073741824' };
const OBJECTS: Bounds = { max: MAX_OBJECTS, what: 'a whole number from 0 to 10^15', whole: true };
const PRICE: Bounds = { max: MAX_PRICE, what: 'a price from 0 to 1000000, or null for none' };

/** The problems of the size of one resource. */
export function sizeProblems(size: CostSize, path: string): readonly CostInputProblem[] {
  const reader = new Reader();
  reader.size(size, path);
  return reader.problems;
}

/** The problems of a list of Regions. */
export function regionProblems(regions: unknown, path: string): readonly CostInputProblem[] {
  const reader = new Reader();
  reader.regions(regions, path);
  return reader.problems;
}

/** The problems of one price. */
export function priceProblems(price: unknown, path: string): readonly CostInputProblem[] {
  const reader = new Reader();
  if (price === undefined) reader.add(path, `must be ${PRICE.what}, got nothing`);
  else if (price !== null) reader.number(price, path, PRICE);
  return reader.problems;
}

class Reader {
  public readonly problems: CostInputProblem[] = [];

  public add(path: string, reason: string, fix?: string): void {
    this.problems.push({ path, reason, fix });
  }

  public result<T>(value: T): CostInput<T> {
    return this.problems.length > 0 ? { problems: this.problems } : { value, problems: [] };
  }

  public object(value: unknown, path: string, keys: readonly string[]): Readonly<Record<string, unknown>> {
    if (!isObject(value)) {
      this.add(path, `must be an object, got ${show(value)}`);
      return {};
    }
    for (const key of Object.keys(value))
      if (!keys.includes(key)) {
        const near = nearestOf(key, keys, 3);
        this.add(
          join(path, key),
          'is not a known property',
          near === undefined ? `use ${keys.map((one) => `\`${one}\``).join(', ')}` : `use \`${near}\``,
        );
      }
    return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
  }

  public map<T>(
    value: unknown,
    path: string,
    read: (value: unknown, path: string, key: string) => T,
  ): Record<string, T> {
    if (value === undefined) return {};
    if (!isObject(value)) {
      this.add(path, `must be an object, got ${show(value)}`);
      return {};
    }
    const entries = Object.entries(value).map(
      ([key, one]) => [key, read(one, join(path, key), key)] as const,
    );
    return Object.fromEntries(entries);
  }

  public number(value: unknown, path: string, { max, what, whole }: Bounds): number | undefined {
    if (value === undefined) return undefined;
    const valid =
      typeof value === 'number' && value >= 0 && value <= max && (!whole || Number.isInteger(value));
    if (valid) return value;
    this.add(path, `must be ${what}, got ${show(value)}`);
    return undefined;
  }

  public size(value: unknown, path: string): CostSize {
    const size = this.object(value, path, SIZE_KEYS);
    return {
      sizeGiB: this.number(size.sizeGiB, join(path, 'sizeGiB'), SIZE),
      changePerDay: this.number(size.changePerDay, join(path, 'changePerDay'), CHANGE),
      objects: this.number(size.objects, join(path, 'objects'), OBJECTS),
    };
  }

  public regions(value: unknown, path: string): readonly string[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.add(path, `must be a list of Regions, got ${show(value)}`);
      return [];
    }
    return value.flatMap((region: unknown, index) => {
      if (typeof region === 'string' && REGION.test(region)) return [region];
      this.add(join(path, String(index)), `must be a Region such as \`eu-west-1\`, got ${show(region)}`);
      return [];
    });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function useNearest(name: string, names: readonly string[]): string | undefined {
  const near = nearestName(name, names);
  return near === undefined ? undefined : `use \`${near}\``;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}/${key}`;
}
