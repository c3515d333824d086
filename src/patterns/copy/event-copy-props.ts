import type { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import type { CopyAction } from '../../resources/plan/copy-action';
import type { ResourceType } from '../../values/resource-type/resource-type';

/** What copies on arrival and on demand have in common. @internal */
export interface EventCopyProps {
  /** The vault whose recovery points are copied, in the account and Region of the stack. */
  readonly vault: IBackupVaultRef;

  /**
   * Where to copy to, and how long to keep the copies. Retention counts from the creation of the source: for copies on
   * demand, set more than the age of the oldest recovery point that you may need.
   */
  readonly copy: CopyAction;

  /**
   * Copies only recovery points of these types.
   *
   * @default - every type that AWS Backup can copy
   */
  readonly resourceTypes?: ResourceType[];

  /**
   * The role with which AWS Backup copies.
   *
   * @default - a `BackupRole` with the AWS managed policy for copies
   */
  readonly role?: IRoleRef;

  /**
   * When an incomplete copy counts as failed: whole hours, 1 to 720.
   *
   * @default Duration.days(7)
   */
  readonly timeout?: Duration;

  /**
   * A topic in the account and Region of the stack that is notified of failed copies, and of undelivered events. Allow
   * CloudWatch to publish to it and to use its key.
   *
   * @default - the alarms notify nobody, which causes a warning unless you add actions to them
   */
  readonly alarmTopic?: ITopicRef;
}
