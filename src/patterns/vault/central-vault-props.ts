import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { LogicallyAirGappedVaultProps } from '../../resources/air-gapped-vault/logically-air-gapped-vault-props';
import type { BackupKeyProps } from '../../resources/vault/backup-key';
import type { CopySource } from '../../resources/vault/copy-source';
import type { DeletionDenial } from '../../resources/vault/deletion-denial';
import type { VaultNotifications } from '../../resources/vault/vault-notifications';
import type { VaultLock } from '../../values/vault/vault-lock';

/** Properties of a `CentralVault`. */
export interface CentralVaultProps {
  /** Who may copy recovery points to the vault: accounts, organizational units or the organization. At least one. */
  readonly copyFrom: CopySource[];

  /**
   * The name of the vault, the same in every Region: 2 to 50 letters, digits, `-` and `_`.
   *
   * @default - generated from the construct path
   */
  readonly backupVaultName?: string;

  /**
   * Makes recovery points immutable, and limits their retention: copies outside the range fail.
   *
   * @default VaultLock.governance({ minRetention: Duration.days(7) })
   */
  readonly lock?: VaultLock;

  /**
   * Denies deleting recovery points, shortening their lifecycle, and changing the access policy.
   *
   * @default - for everyone but the role with which CloudFormation deploys the stack, and the service-linked role of AWS
   * Backup; a warning asks for a role if the deployment role of the stack is unknown
   */
  readonly deletionDenial?: DeletionDenial;

  /**
   * Options of the new key: its alias, its administrators, whether it is a multi-Region key.
   *
   * @default - a single-Region key in each Region
   */
  readonly keyOptions?: BackupKeyProps;

  /**
   * An existing customer managed key to use instead of a new one. Can't be combined with `keyOptions` or `replicas`.
   *
   * @default - a new `BackupKey`
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * A logically air-gapped vault in addition to the vault. The same accounts may copy to it, unless it sets its own
   * `copyFrom`. `sharedWith` lists the accounts that may restore from it.
   *
   * @default - none
   */
  readonly airGappedVault?: LogicallyAirGappedVaultProps;

  /**
   * Sends the events of the vaults to an Amazon SNS topic. A topic is in one Region: with `replicas`, call `notify()` for
   * each of them instead.
   *
   * @default - no notifications
   */
  readonly notifications?: VaultNotifications;

  /**
   * Stacks, or scopes in them, in other Regions of the same account, which get the same resources. With a multi-Region key,
   * their keys are replicas of it.
   *
   * @default - one Region
   */
  readonly replicas?: Construct[];
}
