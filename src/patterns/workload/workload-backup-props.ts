import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { BackupVaultProps } from '../../resources/vault/backup-vault';
import type { BackupTier } from '../core/backup-tier';

/** Properties of a `WorkloadBackup`. */
export interface WorkloadBackupProps {
  /** The level of protection. */
  readonly tier: BackupTier;

  /**
   * The key of the tag of protected resources.
   *
   * @default 'backup-workload'
   */
  readonly tagKey?: string;

  /**
   * The value of the tag of protected resources, unique in the account and Region. If you rename the stack or the
   * construct, set the value from before, so that the tag of the resources stays the same.
   *
   * @default - the name of the top-level stack and the construct id, such as `Shop-Backup`
   */
  readonly tagValue?: string;

  /**
   * An existing vault for the recovery points, in the account and Region of the stack.
   *
   * @default - a new vault with its own key
   */
  readonly vault?: IBackupVaultRef;

  /**
   * Options of the new vault: its name, lock, access policy, key and notifications. Can't be combined with `vault`.
   *
   * @default - a retained vault with its own key, without a lock
   */
  readonly vaultOptions?: BackupVaultProps;

  /**
   * The role with which AWS Backup creates recovery points.
   *
   * @default - a `BackupRole` that can back up every type that may have the tag
   */
  readonly role?: IRoleRef;

  /**
   * Whether to create application-consistent backups of Windows instances.
   *
   * @default false
   */
  readonly windowsVss?: boolean;
}
