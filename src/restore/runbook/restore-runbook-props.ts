import type { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import type { RestoreMetadata } from '../../resources/restore-testing/restore-metadata';
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
   * Restore metadata instead of that of the recovery point: subnets, security groups, classes. The same values as in restore
   * tests, so that these prove them.
   *
   * @default - as in the recovery point, except for a new name
   */
  readonly metadata?: RestoreMetadata;
}

/** A logically air-gapped vault of another account, which AWS RAM shares with the account of a `RestoreRunbook`. */
export interface RunbookSharedVaultOptions {
  /** The name of the vault. */
  readonly backupVaultName: string;

  /** The account that owns and shares it: 12 digits. */
  readonly account: string;
}

/** A vault in another account or Region, from which a `RestoreRunbook` copies recovery points back before it restores them. */
export interface RunbookCopySourceOptions {
  /** The name of the vault. */
  readonly backupVaultName: string;

  /** The account that owns it: 12 digits. */
  readonly account: string;

  /**
   * The Region of the vault, such as `eu-west-1`.
   *
   * @default - the Region of the runbook
   */
  readonly region?: string;

  /** The `restoreAccessName` of the `CopyOnDemand` of that vault, which copies into a vault of the runbook's account. */
  readonly accessName: string;
}

/** Properties of a `RestoreRunbook`. */
export interface RestoreRunbookProps {
  /** What can be restored. */
  readonly resources: RunbookResource[];

  /**
   * The vaults in which recovery points are looked for, in the account and Region of the runbook: backup vaults, logically
   * air-gapped vaults and restore access vaults. May be empty if there are `sharedVaults` or `copySources`.
   */
  readonly vaults: IBackupVaultRef[];

  /**
   * Logically air-gapped vaults of other accounts, shared with this one: recovery points are restored directly from them.
   *
   * @default - none
   */
  readonly sharedVaults?: RunbookSharedVaultOptions[];

  /**
   * Vaults in other accounts or Regions, such as the central vault: recovery points are copied back first. A recovery point
   * that can be restored directly is preferred, unless the one elsewhere is more than a day newer.
   *
   * @default - none
   */
  readonly copySources?: RunbookCopySourceOptions[];

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

  /**
   * Adds an SSM Automation document, with which people start the runbook from a form in Systems Manager. It checks its
   * parameters, runs the state machine, waits, and shows the result. A dry run is the default there.
   *
   * @default false
   */
  readonly automationDocument?: boolean;
}
