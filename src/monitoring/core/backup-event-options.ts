import type { IBackupPlanRef, IBackupVaultRef, IRestoreTestingPlanRef } from 'aws-cdk-lib/aws-backup';
import type { ResourceType } from '../../values/resource-type/resource-type';

/** Where events come from. */
export interface BackupEventOptions {
  /**
   * The IDs of the accounts. Set this on a central event bus, where forwarded events of all accounts look alike.
   *
   * @default any account
   */
  readonly accounts?: string[];
  /**
   * The Regions.
   *
   * @default any Region
   */
  readonly regions?: string[];
}

/** Which backup jobs. All criteria must match. */
export interface BackupJobEventOptions extends BackupEventOptions {
  /** @default any vault */
  readonly vault?: IBackupVaultRef;
  /** @default any type */
  readonly resourceTypes?: ResourceType[];
  /**
   * The plan that started the job.
   *
   * @default any plan, and jobs on demand
   */
  readonly plan?: IBackupPlanRef;
}

/** Which copy jobs. All criteria must match. */
export interface CopyJobEventOptions extends BackupEventOptions {
  /** @default any vault */
  readonly sourceVault?: IBackupVaultRef;
  /** @default any vault */
  readonly destinationVault?: IBackupVaultRef;
  /** @default any type */
  readonly resourceTypes?: ResourceType[];
}

/** Which restore jobs. All criteria must match. */
export interface RestoreJobEventOptions extends BackupEventOptions {
  /** @default any type */
  readonly resourceTypes?: ResourceType[];
  /**
   * True for the jobs of restore testing only, false for all others only.
   *
   * @default both
   */
  readonly isTest?: boolean;
  /**
   * The restore testing plan that started the job.
   *
   * @default any
   */
  readonly restoreTestingPlan?: IRestoreTestingPlanRef;
}

/** Which recovery points or vaults. All criteria must match. */
export interface VaultEventOptions extends BackupEventOptions {
  /** @default any vault */
  readonly vault?: IBackupVaultRef;
}
