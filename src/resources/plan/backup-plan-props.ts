import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { BackupRule } from './backup-rule';
import type { ScanSettings } from './scan-settings';

/** Properties of a `BackupPlan`. */
export interface BackupPlanProps {
  /**
   * The name, 1 to 50 letters, digits, `-`, `_` and `.`.
   *
   * @default - a name made from the path of the construct: unique in the app, and stable
   */
  readonly backupPlanName?: string;

  /**
   * The vault of the rules that name no other, in the account and Region of the plan.
   *
   * @default - every rule names its vault
   */
  readonly vault?: IBackupVaultRef;

  /**
   * When and how long. A plan has at least one rule; `addRule()` adds further ones.
   *
   * @default - none yet
   */
  readonly rules?: BackupRule[];

  /**
   * Makes backups of Windows instances consistent for applications, with the Volume Shadow Copy Service (VSS).
   * Needs Systems Manager and the VSS components on the instances.
   *
   * It is the one advanced setting of a plan. Those of Amazon S3 (whether access control lists and tags of objects are
   * backed up) have no property here, since CloudFormation refuses them:
   * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2507
   *
   * @default false
   */
  readonly windowsVss?: boolean;

  /**
   * What the rules that scan for malware scan.
   *
   * @default - needed as soon as a rule has `scan`
   */
  readonly scanSettings?: ScanSettings;

  /**
   * The role of the selections that name no other. It must trust `backup.amazonaws.com`.
   *
   * @default - a `BackupRole`, made with the first selection
   */
  readonly role?: IRoleRef;
}
