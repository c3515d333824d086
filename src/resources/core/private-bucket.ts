import { RemovalPolicy, TagManager, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { OPT_OUT_REASON_TAG } from '../../values/selection/opt-out';
import { grantDenial } from './plain-statement';

/** Less than the priority of tags that the app sets. */
const OPT_OUT_PRIORITY = 50;

/** The rule packs of cdk-nag that require replication and access logs of every bucket. */
const PACKS = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** The rules of cdk-nag that require access logs. */
export const BUCKET_LOGGING_RULES: readonly string[] = [
  'AwsSolutions-S1',
  ...PACKS.map((pack) => `${pack}-S3BucketLoggingEnabled`),
];

interface PrivateBucketOptions {
  readonly bucketName?: string;
  readonly encryptionKey?: IKey;
  readonly serverAccessLogsBucket?: s3.IBucket;
  readonly removalPolicy?: RemovalPolicy;
}

/** What every bucket of the library is: encrypted with a key, versioned, without public access, TLS only, and retained. */
export function privateBucketProps(options: PrivateBucketOptions): s3.BucketProps {
  return {
    bucketName: options.bucketName,
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: options.encryptionKey,
    bucketKeyEnabled: true,
    versioned: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    serverAccessLogsBucket: options.serverAccessLogsBucket,
    removalPolicy: options.removalPolicy ?? RemovalPolicy.RETAIN,
  };
}

/** Forbids grants on a key that the bucket created for itself. */
export function denyGrants(bucket: s3.Bucket, { encryptionKey }: PrivateBucketOptions): void {
  if (encryptionKey === undefined) bucket.encryptionKey?.addToResourcePolicy(grantDenial());
}

/** Opts a bucket out of backups. A `BackupOptOut` of the app, which is closer, replaces the reason. */
export function optOutOfBackups(bucket: s3.Bucket, reason: string): void {
  TagManager.of(bucket.node.defaultChild)?.setTag(OPT_OUT_REASON_TAG, reason, OPT_OUT_PRIORITY);
}

/** Acknowledges that a bucket isn't replicated. */
export function acknowledgeNoReplication(bucket: s3.Bucket, reason: string): void {
  for (const pack of PACKS)
    Validations.of(bucket).acknowledge({ id: `${pack}::${pack}-S3BucketReplicationEnabled`, reason });
}
