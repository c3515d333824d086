import type { Storage } from './cost-model';
import type { PriceItem } from './price-table';

/** How AWS stores and bills the backups of a type. */
export interface StorageFacts {
  readonly item: PriceItem;
  readonly coldItem?: PriceItem;
  readonly storage: Storage;
  /** Whether a backup that moves to cold storage becomes full. */
  readonly fullInCold?: boolean;
  /** The price of a restore. */
  readonly restore?: PriceItem;
  /** What is free of charge, next to the database itself. */
  readonly free?: 'size' | 'automated-retention';
}

/**
 * Sources: Developer Guide "Creating a backup" (full and incremental), "Metering and billing" (who bills, what is free), "Backup
 * plan options" (cold storage), 2026; "Demystifying Amazon RDS backup storage costs", AWS Database Blog.
 */
const FACTS: Readonly<Record<string, StorageFacts>> = {
  Aurora: { item: 'Aurora', storage: 'full', free: 'automated-retention' },
  CloudFormation: { item: 'CloudFormation', coldItem: 'CloudFormation.cold', storage: 'full' },
  DocumentDB: { item: 'DocumentDB', storage: 'full' },
  DSQL: { item: 'DSQL', coldItem: 'DSQL.cold', storage: 'full' },
  DynamoDB: {
    item: 'DynamoDB',
    coldItem: 'DynamoDB.cold',
    storage: 'setting',
    fullInCold: true,
    restore: 'DynamoDB.restore',
  },
  EBS: {
    item: 'EBS',
    coldItem: 'EBS.cold',
    storage: 'incremental',
    fullInCold: true,
    restore: 'EBS.restore',
  },
  EC2: {
    item: 'EBS',
    coldItem: 'EBS.cold',
    storage: 'incremental',
    fullInCold: true,
    restore: 'EBS.restore',
  },
  EFS: { item: 'EFS', coldItem: 'EFS.cold', storage: 'incremental', restore: 'EFS.restore' },
  EKS: { item: 'EKS', storage: 'full' },
  FSx: { item: 'FSx', storage: 'incremental' },
  Neptune: { item: 'Neptune', storage: 'full' },
  RDS: { item: 'RDS', storage: 'incremental', free: 'size' },
  Redshift: { item: 'Redshift', storage: 'full' },
  'Redshift Serverless': { item: 'Redshift Serverless', storage: 'full' },
  S3: { item: 'S3', storage: 'incremental', restore: 'S3.restore' },
  'SAP HANA on Amazon EC2': {
    item: 'SAP HANA on Amazon EC2',
    coldItem: 'SAP HANA on Amazon EC2.cold',
    storage: 'full',
  },
  'Storage Gateway': { item: 'EBS', storage: 'incremental', restore: 'EBS.restore' },
  Timestream: { item: 'Timestream', coldItem: 'Timestream.cold', storage: 'incremental' },
  VirtualMachine: { item: 'VirtualMachine', coldItem: 'VirtualMachine.cold', storage: 'incremental' },
};

/** @param variant such as `ONTAP`, whose price differs from that of other FSx file systems */
export function storageFacts(resourceType: string, variant: string | undefined): StorageFacts | undefined {
  const facts = Object.hasOwn(FACTS, resourceType) ? FACTS[resourceType] : undefined;
  return facts && resourceType === 'FSx' && variant === 'ONTAP' ? { ...facts, item: 'FSx ONTAP' } : facts;
}

/** The types whose backups have a price item. */
export const STORAGE_TYPES: readonly string[] = Object.keys(FACTS);
