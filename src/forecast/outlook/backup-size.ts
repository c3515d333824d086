import { Construct, type IConstruct } from 'constructs';
import { show } from '../../values/core/amounts';
import { sentence } from '../../values/core/problem';
import { type StructName, unknownPropertyProblems } from '../../values/core/unknown-properties';
import { ResourceType } from '../../values/resource-type/resource-type';
import {
  type CostInputProblem,
  priceProblems,
  readPrices,
  regionProblems,
  sizeProblems,
} from '../cost/cost-input';
import type { CostSize } from '../cost/cost-model';
import { STORAGE_TYPES } from '../cost/storage-facts';
import type { CostInputs } from './cost-outlook';

/** The size of a resource, or of every resource of a type, for estimates of storage and cost. */
export interface BackupSize {
  /**
   * The resource, or a construct whose resources all have this size.
   *
   * @default - every resource of `resourceType`
   */
  readonly resource?: IConstruct;

  /**
   * The type whose resources have this size.
   *
   * @default - only `resource`
   */
  readonly resourceType?: ResourceType;

  /**
   * The size in GiB, from 0 to 1,073,741,824.
   *
   * @default - that of the template, such as of an EBS volume; otherwise not known
   */
  readonly sizeGiB?: number;

  /**
   * The share of the data that changes in a day, from 0 to 1.
   *
   * @default 0.03
   */
  readonly changePerDay?: number;

  /**
   * The number of objects in a bucket.
   *
   * @default - not known: objects are larger than 128 KB
   */
  readonly objects?: number;
}

/** A price, instead of that of the built-in table. */
export interface BackupPrice {
  /** The item of the price table, such as `S3`, `EBS.cold` or `transfer`. */
  readonly item: string;

  /**
   * The price of a unit, from 0 to 1,000,000.
   */
  readonly price: number;

  /**
   * The Region, such as `eu-west-1`.
   *
   * @default - every Region
   */
  readonly region?: string;
}

/** The options that an estimate is made with. */
export interface EstimateOptions {
  readonly sizes?: readonly BackupSize[];
  readonly prices?: readonly BackupPrice[];
  readonly currency?: string;
  readonly incrementalDynamoDbRegions?: readonly string[];
}

/** Sizes and prices, or what is wrong with them. */
export function costInputs(options: EstimateOptions): {
  readonly inputs: CostInputs;
  readonly problems: readonly CostInputProblem[];
} {
  const problems: CostInputProblem[] = [];
  const types: Record<string, CostSize> = {};
  const resources: Record<string, CostSize> = {};
  listOf(options.sizes, 'sizes', problems).forEach((value, index) => {
    const at = `sizes/${index}`;
    if (typeof value !== 'object' || value === null)
      problems.push({ path: at, reason: `must be an object, got ${show(value)}` });
    else {
      problems.push(...unknownProperties(value, at, 'BackupSize'));
      addSize(value as BackupSize, at, types, resources, problems);
    }
  });
  const { currency, incrementalDynamoDbRegions } = options;
  problems.push(...regionProblems(incrementalDynamoDbRegions, 'incrementalDynamoDbRegions'));
  const own: Record<string, Record<string, number>> = {};
  listOf(options.prices, 'prices', problems).forEach((value, index) => {
    const { item, price, region = '*' } = (value ?? {}) as BackupPrice;
    problems.push(...unknownProperties(value, `prices/${index}`, 'BackupPrice'));
    if (item === undefined)
      problems.push({
        path: `prices/${index}/item`,
        reason: 'must be an item of the price table, got nothing',
      });
    problems.push(...priceProblems(price, `prices/${index}/price`));
    own[region] = { ...own[region], [item]: price };
  });
  const prices = problems.length > 0 ? { problems: [] } : readPrices({ currency, prices: own });
  problems.push(...prices.problems);
  return {
    inputs: {
      sizes: { types, resources, incrementalDynamoDb: incrementalDynamoDbRegions ?? [] },
      prices: prices.value ?? { currency: 'USD', own: {} },
    },
    problems,
  };
}

function unknownProperties(value: unknown, path: string, struct: StructName): CostInputProblem[] {
  return unknownPropertyProblems(value, struct).map((each) => ({ path, reason: sentence(each) }));
}

function listOf(value: unknown, path: string, problems: CostInputProblem[]): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  problems.push({ path, reason: `must be a list, got ${show(value)}` });
  return [];
}

function addSize(
  { resource, resourceType, sizeGiB, changePerDay, objects }: BackupSize,
  at: string,
  types: Record<string, CostSize>,
  resources: Record<string, CostSize>,
  problems: CostInputProblem[],
): void {
  const size = { sizeGiB, changePerDay, objects };
  problems.push(...sizeProblems(size, at));
  if ((resource === undefined) === (resourceType === undefined))
    problems.push({ path: at, reason: 'must have either `resource` or `resourceType`' });
  else if (resourceType !== undefined) {
    if (!(resourceType instanceof ResourceType) || !STORAGE_TYPES.includes(resourceType.name))
      problems.push({
        path: `${at}/resourceType`,
        reason: `must be a \`ResourceType\` with a price item, got ${show(resourceType)}`,
      });
    else types[resourceType.name] = size;
  } else if (Construct.isConstruct(resource)) {
    const { path } = resource.node;
    // the construct of the resource is this one, or the only one below it
    for (const own of resource.node.findAll()) resources[own.node.path] = size;
    resources[path] = size;
  } else problems.push({ path: `${at}/resource`, reason: `must be a construct, got ${show(resource)}` });
}
