import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { ILogGroupRef, RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Properties of `BackupActivityLog`. */
export interface BackupActivityLogProps {
  /**
   * The name of the log group: 1 to 500 letters, digits, `_`, `-`, `/`, `.` and `#`, beginning with `/aws/events/`.
   *
   * @default `/aws/events/`, the name of the stack, and the ID of the construct
   */
  readonly logGroupName?: string;
  /**
   * How long CloudWatch keeps the events.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;
  /**
   * The key that encrypts the log group. Its policy must let `logs.<Region>.amazonaws.com` use it.
   *
   * @default a key of CloudWatch Logs
   */
  readonly encryptionKey?: IKeyRef;
  /**
   * What happens to the log group when the construct is removed.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * The log group of a trail of AWS CloudTrail that the account has already, which gets saved queries for audits. A
   * `BackupAuditTrail` has them.
   *
   * @default - no queries for audits
   */
  readonly trailLogGroup?: ILogGroupRef;
}
