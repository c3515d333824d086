import type { Duration } from 'aws-cdk-lib';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { ControlScope } from './control-scope';

/** Options that all controls share. */
export interface FrameworkControlOptions {
  /**
   * What the control evaluates. The factory method of each control lists its valid scopes.
   *
   * @default ControlScope.everything()
   */
  readonly scope?: ControlScope;
}

/** Options of `FrameworkControl.minFrequencyAndRetention()`. */
export interface MinFrequencyAndRetentionOptions extends FrameworkControlOptions {
  /**
   * A rule of the plan must run at least this often: 1 to 24 hours, or 1 to 31 days.
   *
   * @default Duration.days(1)
   */
  readonly frequency?: Duration;

  /**
   * The same rule must keep recovery points at least this long: whole days, 1 to 36500.
   *
   * @default Duration.days(35)
   */
  readonly retention?: Duration;
}

/** Options of `FrameworkControl.manualDeletionDisabled()`. */
export interface ManualDeletionDisabledOptions extends FrameworkControlOptions {
  /**
   * Up to five roles that may still delete recovery points: those passed to `DeletionDenial.exceptFor()`.
   *
   * @default - none
   */
  readonly exemptRoles?: IRoleRef[];
}

/** Options of `FrameworkControl.minRetention()`. */
export interface MinRetentionOptions extends FrameworkControlOptions {
  /**
   * Recovery points must be kept at least this long: whole days, 1 to 36500.
   *
   * @default Duration.days(35)
   */
  readonly retention?: Duration;
}

/** Options of `FrameworkControl.resourcesProtectedByCrossRegion()`. */
export interface CrossRegionControlOptions extends FrameworkControlOptions {
  /**
   * The Regions that must have copies.
   *
   * @default - any other Region
   */
  readonly regions?: string[];
}

/** Options of `FrameworkControl.resourcesProtectedByCrossAccount()`. */
export interface CrossAccountControlOptions extends FrameworkControlOptions {
  /**
   * The IDs of up to five accounts of the organization that must have copies.
   *
   * @default - any other account
   */
  readonly accounts?: string[];
}

/** Options of `FrameworkControl.resourcesProtectedByVaultLock()`. */
export interface VaultLockControlOptions extends FrameworkControlOptions {
  /**
   * The lock must have at least this minimum retention: whole days, 1 to 36500.
   *
   * @default - any
   */
  readonly minRetention?: Duration;

  /**
   * The lock must have at most this maximum retention: whole days, not shorter than `minRetention`, at most 36500.
   *
   * @default - any
   */
  readonly maxRetention?: Duration;
}

/** Options of `FrameworkControl.lastRecoveryPointCreated()`. */
export interface LastRecoveryPointOptions extends FrameworkControlOptions {
  /**
   * The maximum age of the newest recovery point: 1 to 744 hours, or 1 to 31 days.
   *
   * @default Duration.days(1)
   */
  readonly within?: Duration;
}

/** Options of `FrameworkControl.restoreTimeMeetsTarget()`. */
export interface RestoreTimeOptions extends FrameworkControlOptions {
  /** The maximum duration of the latest restore: whole minutes, 1 or more. */
  readonly maxRestoreTime: Duration;
}

/** Options of `FrameworkControl.resourcesInLogicallyAirGappedVault()`. */
export interface AirGappedControlOptions extends FrameworkControlOptions {
  /**
   * The maximum age of the newest copy in a logically air-gapped vault: 24 to 2184 hours, or 1 to 91 days. AWS
   * recommends at least 7 days, and at least the time between two copies.
   *
   * @default Duration.days(7)
   */
  readonly within?: Duration;
}

/** Options of `FrameworkControl.of()`. */
export interface CustomControlOptions extends FrameworkControlOptions {
  /**
   * The parameters by their API names, all as strings.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: string };
}
