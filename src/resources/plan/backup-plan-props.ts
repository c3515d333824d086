import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { BackupRule } from './backup-rule';
import type { ScanSettings } from './scan-settings';

/** Properties of a `BackupPlan`. */
export interface BackupPlanProps {
  /**
   * The name: 1 to 50 letters, digits, `-`, `_` and `.`.
   *
   * @default - generated from the path of the construct: unique in the app, and stable
   */
  readonly backupPlanName?: string;

  /**
   * The default vault of the rules, in the account and Region of the plan.
   *
   * @default - none; every rule must set `vault`
   */
  readonly vault?: IBackupVaultRef;

  /**
   * The rules. A plan needs at least one; `addRule()` adds more.
   *
   * @default - none; add them with `addRule()`
   */
  readonly rules?: BackupRule[];

  /**
   * Makes application-consistent backups of Windows instances, with the Volume Shadow Copy Service (VSS). Requires
   * Systems Manager and the VSS components on the instances.
   *
   * The advanced settings for Amazon S3 (whether to back up access control lists and object tags) have no property here,
   * since CloudFormation rejects them:
   * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2507
   *
   * @default false
   */
  readonly windowsVss?: boolean;

  /**
   * The settings for malware scans. Required if a rule has `scan`.
   *
   * @default - no malware scans
   */
  readonly scanSettings?: ScanSettings;

  /**
   * The default role of the selections. It must trust `backup.amazonaws.com`.
   *
   * @default - a `BackupRole`, created with the first selection
   */
  readonly role?: IRoleRef;
}
