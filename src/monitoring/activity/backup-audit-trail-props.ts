import type { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

/** Properties of `BackupAuditTrail`. */
export interface BackupAuditTrailProps {
  /**
   * Whether the trail records all Regions of the account. The first copy of management events in a Region is free of charge;
   * a second trail is not.
   *
   * @default true
   */
  readonly allRegions?: boolean;
  /**
   * How long the bucket keeps the files: whole days.
   *
   * @default - forever
   */
  readonly keepFor?: Duration;
  /**
   * How long CloudWatch keeps the events, for queries.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: RetentionDays;
  /**
   * The key that encrypts the files and the log group: one of the app, to whose policy the construct adds what AWS CloudTrail
   * and CloudWatch Logs need.
   *
   * @default - a new customer-managed key, rotated and retained
   */
  readonly encryptionKey?: IKey;
  /**
   * The bucket for Amazon S3 server access logs.
   *
   * @default - no access logs
   */
  readonly serverAccessLogsBucket?: IBucket;
}
