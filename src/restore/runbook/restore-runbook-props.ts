import type { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import type { BackupSchedule } from '../../values/schedule/backup-schedule';
import type { RestoreCheck } from '../validation/restore-check';

/** A resource that a `RestoreRunbook` restores. */
export interface RunbookResource {
  /** The resource: of a type that a runbook restores. */
  readonly resource: IConstruct;

  /**
   * What has a lower number is restored first; equal numbers together. What reads data needs a higher number than the data.
   *
   * @default - 1 for databases, tables, buckets, volumes and file systems, 2 for instances
   */
  readonly order?: number;

  /**
   * Restore metadata by the keys of the API, which wins over that of the recovery point: subnets, security groups, classes.
   * Values are strings, lists and objects are JSON.
   *
   * @default - as in the recovery point, except for a new name
   */
  readonly metadata?: { [key: string]: string };
}

/** Properties of a `RestoreRunbook`. */
export interface RestoreRunbookProps {
  /** What can be restored. */
  readonly resources: RunbookResource[];

  /** The vaults in which recovery points are looked for, in the account and Region of the runbook. */
  readonly vaults: IBackupVaultRef[];

  /**
   * The role with which AWS Backup restores. It must trust `backup.amazonaws.com`.
   *
   * @default - a `RestoreTestingRole` for the types of the resources
   */
  readonly restoreRole?: IRoleRef;

  /**
   * How restored resources are validated.
   *
   * @default - that they exist, in the state in which they can be used
   */
  readonly checks?: RestoreCheck[];

  /**
   * The bucket for the plan, the progress and the report of each run.
   *
   * @default - a new `RestoreEvidenceBucket`
   */
  readonly bucket?: IBucketRef;

  /**
   * The topic that hears how each run ended.
   *
   * @default - none
   */
  readonly topic?: ITopicRef;

  /**
   * The topic that is asked for approval before anything is restored. The message has the commands that approve and deny.
   *
   * @default - no approval
   */
  readonly approvalTopic?: ITopicRef;

  /**
   * How long the runbook waits for approval: whole minutes.
   *
   * @default Duration.hours(4)
   */
  readonly approvalTimeout?: Duration;

  /**
   * How many restores of a wave run at the same time: a whole number, 1 to 40.
   *
   * @default 10
   */
  readonly maxParallel?: number;

  /**
   * When a run gives up: whole hours.
   *
   * @default Duration.days(7)
   */
  readonly timeout?: Duration;

  /**
   * Runs the runbook on this schedule as a drill that restores nothing: it proves that every resource has a recovery point
   * and all metadata. `RestoreTesting` proves the restores themselves.
   *
   * @default - no drills
   */
  readonly drillSchedule?: BackupSchedule;
}
