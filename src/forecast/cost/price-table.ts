/**
 * How sure a price is.
 *
 * - `A`: AWS's own text
 * - `B`: read by a tool from AWS's price list, and stored in a public repository
 * - `C`: a blog, or the community
 * - `D`: derived from other prices
 */
export type PriceGrade = 'A' | 'B' | 'C' | 'D';

/** Items whose prices differ between Regions in the same ratio. */
export type PriceFamily = 'EBS' | 'EFS' | 'S3' | 'DynamoDB' | 'RDS' | 'Aurora' | 'Neptune' | 'FSx';

/** The price of an item in us-east-1. */
export interface PriceRow {
  readonly unit: string;
  /** In USD; absent if no public source was found: set one in a file of prices. */
  readonly price?: number;
  readonly grade?: PriceGrade;
  /** Absent if no source says how the price differs between Regions. */
  readonly family?: PriceFamily;
}

/** The date of the prices and of their sources. */
export const PRICES_AS_OF = '2026-11-28';

/** In which Region the prices of the table apply as they are. */
export const BASE_REGION = 'us-east-1';

const STORED = 'GiB-month';
const GIB = 'GiB';
const NONE = {};

/**
 * The items of the estimate, without taxes and discounts. Storage of a type has the name that AWS Backup gives the type, and the
 * unit GiB-month.
 */
export const PRICE_TABLE = {
  EBS: { price: 0.05, grade: 'B', family: 'EBS' },
  'EBS.cold': {
    price: 0.0125,
    grade: 'B',
    family: 'EBS',
  },
  'EBS.restore': { unit: GIB, price: 0, grade: 'A' },
  EFS: { price: 0.05, grade: 'C', family: 'EFS' },
  'EFS.cold': { price: 0.01, grade: 'C', family: 'EFS' },
  'EFS.restore': {
    unit: GIB,
    price: 0.02,
    grade: 'D',
    family: 'EFS',
  },
  S3: { price: 0.05, grade: 'D', family: 'S3' },
  'S3.lowCost': { price: 0.035, grade: 'D', family: 'S3' },
  'S3.move': { unit: '1,000 objects', price: 0.01, grade: 'D' },
  'S3.restore': { unit: GIB },
  DynamoDB: { price: 0.1, grade: 'A', family: 'DynamoDB' },
  'DynamoDB.cold': {
    price: 0.03,
    grade: 'A',
    family: 'DynamoDB',
  },
  'DynamoDB.restore': {
    unit: GIB,
    price: 0.15,
    grade: 'B',
    family: 'DynamoDB',
  },
  RDS: { price: 0.095, grade: 'B', family: 'RDS' },
  Aurora: { price: 0.021, grade: 'B', family: 'Aurora' },
  DocumentDB: { price: 0.021, grade: 'B' },
  Neptune: {
    price: 0.021,
    grade: 'D',
    family: 'Neptune',
  },
  FSx: { price: 0.05, grade: 'B', family: 'FSx' },
  'FSx ONTAP': NONE,
  Redshift: { price: 0.023, grade: 'B' },
  VirtualMachine: NONE,
  'VirtualMachine.cold': NONE,
  'SAP HANA on Amazon EC2': NONE,
  'SAP HANA on Amazon EC2.cold': NONE,
  Timestream: NONE,
  'Timestream.cold': NONE,
  DSQL: NONE,
  'DSQL.cold': NONE,
  EKS: NONE,
  CloudFormation: NONE,
  'CloudFormation.cold': NONE,
  'Redshift Serverless': NONE,
  airGapped: {
    unit: 'times the price of storage in a standard vault',
    price: 1.15,
    grade: 'D',
  },
  transfer: {
    unit: 'GiB',
    price: 0.02,
    grade: 'B',
  },
  restoreTest: { unit: 'recovery point', price: 1.5, grade: 'C' },
  auditEvaluation: {
    unit: 'evaluation',
    price: 0.00125,
    grade: 'A',
  },
  configItem: { unit: 'item', price: 0.003, grade: 'B' },
  malwareScan: { unit: GIB },
  kmsKey: { unit: 'key and month' },
  alarm: { unit: 'alarm and month' },
} as const satisfies Readonly<Record<string, Partial<PriceRow>>>;

/** An item of the price table. */
export type PriceItem = keyof typeof PRICE_TABLE;

export const PRICE_ITEMS = Object.keys(PRICE_TABLE) as readonly PriceItem[];

export function priceRow(item: PriceItem): PriceRow {
  return { unit: STORED, ...PRICE_TABLE[item] };
}

type Ratios = Readonly<Partial<Record<PriceFamily, number | null>>>;

const AS_BASE: Ratios = { EBS: 1, EFS: 1, S3: 1, DynamoDB: 1, RDS: 1, Aurora: 1, Neptune: 1, FSx: 1 };

/** The ratio of prices to those of us-east-1. Null where they are known to differ, but not by how much. */
export const REGION_RATIOS: Readonly<Record<string, Ratios>> = {
  'us-east-1': AS_BASE,
  'us-east-2': AS_BASE,
  'us-west-2': AS_BASE,
  // infracost, golden file of 2024-07
  'us-west-1': { EBS: 1.1, EFS: 1.2, RDS: 1, Aurora: 0.024 / 0.021, DynamoDB: 1.12, FSx: 1.1 },
  // price files of 2017; infracost
  'eu-west-1': { EBS: 1 },
  'eu-west-2': { EBS: 1.06, Neptune: 0.022 / 0.021 },
  // tests of a price-list tool, and a reader of the price list, 2026
  'eu-central-1': {
    EBS: 1.08,
    EFS: 1.2,
    S3: null,
    DynamoDB: null,
    RDS: 1,
    Aurora: 0.023 / 0.021,
    FSx: 1.08,
  },
  'ap-southeast-1': { EFS: 1.2 },
  'ap-southeast-2': { EFS: 1 },
  'ap-northeast-1': { EBS: 1, EFS: 1.2, RDS: 1, Aurora: 0.024 / 0.021, DynamoDB: 1.14 },
  'ap-northeast-2': { EBS: 1, RDS: 1, Aurora: 0.023 / 0.021 },
  // datahunter.org, 2022-05
  'ap-east-1': { EBS: 1.1, EFS: 1.1, S3: 1.1, RDS: 1 },
  'sa-east-1': { Aurora: 1.76 },
};
