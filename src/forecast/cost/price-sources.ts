import type { PriceItem } from './price-table';

const INFRACOST = 'infracost, test data, 2024';
const TIERING = 'AWS Backup Developer Guide, tiering example (500 TB)';

/** Where the prices of the table were read. Apart from the table, since the report page calculates but names no sources. */
export const PRICE_SOURCES: Readonly<Partial<Record<PriceItem, string>>> = {
  EBS: INFRACOST,
  'EBS.cold': 'a reader of the price list',
  'EBS.restore': 'AWS Backup pricing page',
  EFS: 'cloudburn.io, 2026-02',
  'EFS.cold': 'cloudburn.io, 2026-02',
  'EFS.restore': 'AWS Backup pricing page, example of 10 restores',
  S3: TIERING,
  'S3.lowCost': TIERING,
  'S3.move': TIERING,
  DynamoDB: 'DynamoDB pricing page',
  'DynamoDB.cold': 'DynamoDB pricing page',
  'DynamoDB.restore': 'infracost, test data of us-east-2',
  RDS: INFRACOST,
  Aurora: INFRACOST,
  DocumentDB: INFRACOST,
  Neptune: 'the price in eu-west-2, by the ratio of Aurora',
  FSx: INFRACOST,
  Redshift: `${INFRACOST}, the first 50 TB`,
  airGapped: 'Aurora in us-east-2, EBS in ap-northeast-2',
  transfer: 'a reader of the price list; some pairs of Regions cost 0.01, EFS 0.04',
  restoreTest: 'cloudburn.io, 2026-02',
  auditEvaluation: 'AWS Backup pricing page, example of 7,800 evaluations',
  configItem: INFRACOST,
};
