import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { CopySource } from '../vault/copy-source';
import type { VaultNotifications } from '../vault/vault-notifications';
import type { AirGappedVaultGeneration } from './air-gapped-generation';

/** Properties of a `LogicallyAirGappedVault`. */
export interface LogicallyAirGappedVaultProps {
  /** The minimum retention: whole days, 7 to 36500. Jobs with a shorter retention fail. */
  readonly minRetention: Duration;

  /**
   * The maximum retention: whole days, from `minRetention` to 36500. Jobs with a longer retention, or without a
   * retention, fail.
   */
  readonly maxRetention: Duration;

  /**
   * Must be `true` to confirm that the vault is locked in compliance mode as soon as it is created, without a
   * cooling-off period. Nobody can change its retention or delete recovery points before they expire, whatever they cost.
   */
  readonly acknowledgeIrreversible: boolean;

  /**
   * A record of the deployed settings, such as `7to365`: the retention range, and the key if it is customer-managed. With
   * this record, a change that would create a new vault throws an error until you list the old one in
   * `previousGenerations`.
   *
   * @default - not recorded; a warning contains the value to set
   */
  readonly generation?: string;

  /**
   * The vaults that this one has replaced because its retention or key changed. They stay in the stack with their
   * recovery points, and share the access policy, notifications, shares and approval team of this vault.
   *
   * @default - none
   */
  readonly previousGenerations?: AirGappedVaultGeneration[];

  /**
   * The name: 2 to 50 letters, digits, `-` and `_`, unique in the account and Region. A vault with a different retention
   * or key needs a different name.
   *
   * @default - generated from the path of the construct and the retention range, such as `…-7to365-…`
   */
  readonly backupVaultName?: string;

  /**
   * A customer-managed key in the Region of the vault, preferably in another account.
   *
   * @default - an AWS-owned key, as AWS recommends
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Accounts that may copy recovery points into this vault.
   *
   * @default - none
   */
  readonly copyFrom?: CopySource[];

  /**
   * Sends vault events to an Amazon SNS topic.
   *
   * @default - no notifications
   */
  readonly notifications?: VaultNotifications;

  /**
   * The IDs of accounts in the organization that may view and restore the recovery points, through AWS RAM.
   *
   * @default - none
   */
  readonly sharedWith?: string[];

  /**
   * The ARN of a Multi-party approval team in us-east-1, which can grant other accounts access to the vault if its own
   * account is inaccessible. CloudFormation can't change or remove the team later.
   *
   * @default - none
   */
  readonly mpaApprovalTeamArn?: string;

  /**
   * What happens to the vault when it is removed from the stack. A vault that contains recovery points can't be deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
