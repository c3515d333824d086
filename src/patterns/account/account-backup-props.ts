import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { BackupVaultProps } from '../../resources/vault/backup-vault';
import type { BackupTier } from '../core/backup-tier';

/** Properties of an `AccountBackup`. */
export interface AccountBackupProps {
  /** The levels of protection, with unique names. Each becomes a plan for the resources that have the tag of the tier. */
  readonly tiers: BackupTier[];

  /**
   * The key of the tag. Its value is the name of a tier.
   *
   * @default 'backup'
   */
  readonly tagKey?: string;

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
   * @default - a `BackupRole` that can back up every type
   */
  readonly role?: IRoleRef;

  /**
   * Whether to create application-consistent backups of Windows instances.
   *
   * @default false
   */
  readonly windowsVss?: boolean;
}
