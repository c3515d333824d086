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
  /** Who may copy recovery points into the vault: accounts, organizational units or the organization. At least one. */
  readonly copyFrom: CopySource[];

  /**
   * The name of the vault, the same in every Region: 2 to 50 letters, digits, `-` and `_`.
   *
   * @default - a name made from the path of the construct
   */
  readonly backupVaultName?: string;

  /**
   * Makes recovery points immutable, and bounds their retention: copies with another one fail.
   *
   * @default VaultLock.governance({ minRetention: Duration.days(7) })
   */
  readonly lock?: VaultLock;

  /**
   * Denies to delete recovery points, to shorten their life and to change the access policy.
   *
   * @default - for everyone but the role with which CloudFormation deploys the stack, and AWS Backup's service-linked
   * role; where the stack tells no such role, a warning asks for one
   */
  readonly deletionDenial?: DeletionDenial;

  /**
   * What the new key is like: its alias, its administrators, whether it is a multi-Region key.
   *
   * @default - a key of a single Region in each Region
   */
  readonly keyOptions?: BackupKeyProps;

  /**
   * An existing customer-managed key in place of a new one. Not together with `keyOptions` or `replicas`.
   *
   * @default - a new `BackupKey`
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * A logically air-gapped vault beside the vault. The same accounts may copy into it, unless it says `copyFrom` itself,
   * and `sharedWith` names the accounts that may restore from it.
   *
   * @default - none
   */
  readonly airGappedVault?: LogicallyAirGappedVaultProps;

  /**
   * Sends the events of the vaults to an Amazon SNS topic. A topic is in one Region: with `replicas`, say it with
   * `notify()` for each of them.
   *
   * @default - no notifications
   */
  readonly notifications?: VaultNotifications;

  /**
   * Stacks (or scopes in them) of the same account in other Regions, which get the same. With a multi-Region key, theirs
   * are replicas of it.
   *
   * @default - one Region
   */
  readonly replicas?: Construct[];
}
