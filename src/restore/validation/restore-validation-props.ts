import type { Duration } from 'aws-cdk-lib';
import type { IRestoreTestingPlanRef } from 'aws-cdk-lib/aws-backup';
import type { ISecurityGroupRef, ISubnetRef } from 'aws-cdk-lib/aws-ec2';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import type { RestoreCheck } from './restore-check';

/** Options of the validation of restore tests. */
export interface RestoreValidationOptions {
  /**
   * The target for the recovery time, from the start to the end of a restore: whole minutes.
   *
   * @default - measured, but not compared
   */
  readonly recoveryTimeTarget?: Duration;

  /**
   * The target for the age of the restored recovery point when the restore starts: whole minutes.
   *
   * @default - measured, but not compared
   */
  readonly recoveryPointTarget?: Duration;

  /**
   * The bucket for the evidence of each test.
   *
   * @default - a new `RestoreEvidenceBucket`
   */
  readonly evidenceBucket?: IBucketRef;

  /**
   * Locks the evidence in the new bucket for this long: whole days. Nobody can delete it earlier.
   *
   * @default - no lock
   */
  readonly lockEvidenceFor?: Duration;

  /**
   * The topic for the alarms.
   *
   * @default - none: the alarms notify nobody
   */
  readonly alarmTopic?: ITopicRef;

  /**
   * The subnets of the function that validates, from which it opens the ports of restored databases and queries them. They
   * need a route to the restored databases, and one to the APIs of AWS, by VPC endpoints or NAT.
   *
   * @default - outside a VPC; ports aren't opened
   */
  readonly subnets?: ISubnetRef[];

  /**
   * The security groups of the function that validates. Required with `subnets`.
   *
   * @default - none
   */
  readonly securityGroups?: ISecurityGroupRef[];

  /**
   * KMS keys that the function needs to read what is restored, and its sources. Their key policies must let the account
   * use IAM policies.
   *
   * @default - none
   */
  readonly keys?: IKeyRef[];

  /**
   * After how long a restore counts as one that doesn't finish: whole hours.
   *
   * @default Duration.hours(24)
   */
  readonly restoreTimeout?: Duration;

  /**
   * Deletes what a test restored and AWS Backup failed to delete. Only what has the name or the tag of a restore test is
   * deleted, never the source; buckets are left.
   *
   * @default false
   */
  readonly removeLeftovers?: boolean;
}

/** Properties of a `RestoreValidation`. */
export interface RestoreValidationProps extends RestoreValidationOptions {
  /** The restore testing plan whose tests are validated. */
  readonly restoreTestingPlan: IRestoreTestingPlanRef;

  /**
   * How restored resources are validated. A check that names its sources wins over one for all of its type. What no check is
   * for fails.
   */
  readonly checks: RestoreCheck[];

  /**
   * The validation window of the selections of the plan: whole hours, 1 to 168.
   *
   * @default - the shortest of the selections of a `RestoreTestingPlan` of this library; required for any other plan
   */
  readonly validationWindow?: Duration;
}
