import type { Duration } from 'aws-cdk-lib';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { BackupSchedule } from '../../values/schedule/backup-schedule';
import type { RestoreMetadata } from '../restore-testing/restore-metadata';

/** Options of the restore tests that are derived from a backup plan. */
export interface PlanRestoreTestingOptions {
  /**
   * When tests run. Each test restores one recovery point of every resource of the plan. You pay for the test of each
   * recovery point, for the restore, and for the restored resource until it is deleted.
   */
  readonly schedule: BackupSchedule;

  /**
   * The name of the restore testing plan: 1 to 50 letters, digits and `_`. Changing it replaces the plan.
   *
   * @default - generated from the path of the construct: unique in the app, and stable
   */
  readonly restoreTestingPlanName?: string;

  /**
   * How long after the scheduled time a restore may start: whole hours, 1 to 168.
   *
   * @default Duration.hours(24)
   */
  readonly startWindow?: Duration;

  /**
   * Tests a random recovery point of each resource instead of the latest.
   *
   * @default false
   */
  readonly random?: boolean;

  /**
   * How old the tested recovery points may be: whole days, up to 365, and longer than the time between two backups plus
   * their start windows.
   *
   * @default - the least that always holds a recovery point; if `random`, up to 30 days
   */
  readonly window?: Duration;

  /**
   * Also tests the copies in vaults in the account and Region of the plan.
   *
   * @default false
   */
  readonly copies?: boolean;

  /**
   * Tests only these types.
   *
   * @default - all types that the plan backs up and that restore testing supports
   */
  readonly resourceTypes?: ResourceType[];

  /**
   * Metadata for the restores, at most one for each type, from the factories of `RestoreMetadata`.
   *
   * @default - inferred from the recovery points; FSx file systems that need metadata are not tested
   */
  readonly metadata?: RestoreMetadata[];

  /**
   * How long restored resources are kept for validation: whole hours, 1 to 168.
   *
   * @default - deleted as soon as they are restored
   */
  readonly validationWindow?: Duration;

  /**
   * The role with which AWS Backup restores. It must trust `backup.amazonaws.com`.
   *
   * @default - a `RestoreTestingRole` for each type
   */
  readonly role?: IRoleRef;
}
