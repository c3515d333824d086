import type { PriceItem } from './price-table';

/**
 * What a forecast costs, before sizes and prices: plain data, from which `costOf` computes amounts for any sizes and prices, so
 * that a page can do it again without the forecast.
 */
export interface CostBasis {
  /** Consecutive spans of time; the last one is the month before the end, which is not in totals. */
  readonly spans: readonly CostSpan[];
  readonly resources: readonly CostResource[];
  readonly vaults: readonly CostVault[];
  readonly groups: readonly CostGroup[];
  readonly meters: readonly CostMeter[];
  readonly alternatives: readonly CostAlternative[];
  /** What is not counted, whatever the sizes and prices. */
  readonly leftOut: readonly string[];
  readonly assumptions: readonly string[];
}

/** Instants in milliseconds: `from` is inclusive, `to` exclusive. */
export interface CostSpan {
  readonly from: number;
  readonly to: number;
}

export interface CostResource {
  /** `stack/logicalId`. */
  readonly id: string;
  /** The construct path. */
  readonly path?: string;
  readonly resourceType: string;
  /** The size in the template, such as that of a volume. */
  readonly sizeGiB?: number;
}

export interface CostVault {
  readonly name: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly airGapped: boolean;
}

/** Resources with the same recovery points. */
export interface CostGroup {
  readonly resourceType: string;
  /** Indexes of `resources`. */
  readonly resources: readonly number[];
  readonly chains: readonly CostChain[];
}

/**
 * How a backup is stored.
 *
 * - `full`: each one has all data
 * - `incremental`: only what changed since the one before, which is in the same chain
 * - `setting`: DynamoDB, which is full unless its Region has incremental backups turned on
 */
export type Storage = 'full' | 'incremental' | 'setting';

/** Recovery points that build on one another: what is in one of them isn't stored again. */
export interface CostChain {
  readonly item: PriceItem;
  readonly coldItem?: PriceItem;
  readonly region: string | null;
  readonly airGapped: boolean;
  readonly storage: Storage;
  /** Whether each point is full once it is in cold storage. */
  readonly fullInCold: boolean;
  /** How often the size is free of charge. */
  readonly freeSizes: number;
  /** The layers, those with the shortest gaps first. */
  readonly layers: readonly CostLayer[];
  /** By span: on average. */
  readonly averages: readonly ChainState[];
  /** By span: at its end. */
  readonly ends: readonly ChainState[];
  /** Days after which S3 backups move to the low-cost warm tier. */
  readonly tierAfterDays?: number;
  readonly transfer?: Transfer;
}

/** The points of one rule in one vault. */
export interface CostLayer {
  /** Index of `vaults`. */
  readonly vault: number;
  readonly gapDays: number;
  /** Days in cold storage that AWS charges although the points have expired, for each point. */
  readonly unusedColdDays: number;
  /** By span. */
  readonly created: readonly number[];
  /** By span: points that expire in cold storage. */
  readonly expired: readonly number[];
}

export interface ChainState {
  /** The share of the time in which there is at least one point. */
  readonly presence: number;
  /** The same for points in warm storage. */
  readonly warmPresence: number;
  /** The share of the time in which points are old enough for the low-cost warm tier. */
  readonly tiered: number;
  readonly layers: readonly LayerState[];
}

export interface LayerState {
  /** The number of points, without those that are free of charge. */
  readonly warm: number;
  readonly cold: number;
  /** The days between the oldest and the newest point in warm storage. */
  readonly warmDays: number;
  /** The days between the oldest and the newest point. */
  readonly days: number;
}

/** The transfer of copies to another Region. */
export interface Transfer {
  readonly from: string | null;
  readonly to: string | null;
  /** The account that pays: the one that the data leaves for fully managed types, otherwise the destination. */
  readonly payer: string | null;
  /** The span of the first copy, which is full. */
  readonly firstSpan: number;
}

/** Another way to keep the backups of a rule, in the last span alone. */
export interface CostAlternative {
  /** Index of `groups`. */
  readonly group: number;
  readonly plan: string;
  readonly rule: string;
  /** In the imperative. */
  readonly change: string;
  readonly before: readonly CostChain[];
  readonly after: readonly CostChain[];
}

/** Something that is counted, or measured by the size of resources. */
export interface CostMeter {
  readonly item: PriceItem;
  /** In the words of a report, such as `restore tests`. */
  readonly what: string;
  readonly region: string | null;
  /** By span: the number, or how many times the size of each resource. */
  readonly counts: readonly number[];
  /** Indexes of `resources`; absent if the number doesn't depend on sizes. */
  readonly resources?: readonly number[];
  /** Only what changed in this time counts; absent: the whole size. */
  readonly changedDays?: number;
}

/** The size of a resource, or of all resources of a type. */
export interface CostSize {
  readonly sizeGiB?: number;
  /** The share of the size that changes in a day, such as 0.03. */
  readonly changePerDay?: number;
  /** The number of objects in a bucket. */
  readonly objects?: number;
}

export interface CostSizes {
  /** For resources without a change rate of their own. */
  readonly changePerDay?: number;
  /** By the name of the type in AWS Backup. */
  readonly types: Readonly<Record<string, CostSize>>;
  /** By construct path, or `stack/logicalId`. */
  readonly resources: Readonly<Record<string, CostSize>>;
  /** The Regions in which DynamoDB has incremental backups. */
  readonly incrementalDynamoDb: readonly string[];
}

export const NO_SIZES: CostSizes = { types: {}, resources: {}, incrementalDynamoDb: [] };

/** The share of the data that changes in a day, if nothing else is known. */
export const DEFAULT_CHANGE_PER_DAY = 0.03;

/** AWS's month for prices: 730 hours. */
export const MONTH_MS = 730 * 3_600_000;
