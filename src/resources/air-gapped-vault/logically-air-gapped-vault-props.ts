import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { CopySource } from '../vault/copy-source';
import type { VaultNotifications } from '../vault/vault-notifications';
import type { PreviousGeneration } from './air-gapped-generation';

/** Properties of a `LogicallyAirGappedVault`. */
export interface LogicallyAirGappedVaultProps {
  /** The shortest retention that the vault accepts: jobs with a shorter one fail. Whole days, 7 to 36500. */
  readonly minRetention: Duration;

  /**
   * The longest retention that the vault accepts: jobs with a longer one, or with none, fail. Whole days, not shorter
   * than `minRetention`, at most 36500.
   */
  readonly maxRetention: Duration;

  /**
   * Must be `true`: you know that the vault is locked in compliance mode from its creation on, without a cooling-off
   * period. Neither its retention can be changed nor a recovery point be removed before its time, by anyone, whatever
   * it costs.
   */
  readonly acknowledgeIrreversible: boolean;

  /**
   * What is deployed, such as `7to365`: the range of retention, and the key where there is one of yours. As long as it
   * is recorded here, a change that makes a new vault is refused until you say what becomes of the old one.
   *
   * @default - not recorded; a warning says what to write
   */
  readonly generation?: string;

  /**
   * The vaults whose place this one has taken, since its retention or its key had to change. They stay in the stack
   * with their recovery points, and have the access policy, the notifications, the shares and the team of this one.
   *
   * @default - none
   */
  readonly previousGenerations?: PreviousGeneration[];

  /**
   * The name, 2 to 50 letters, digits, `-` and `_`, unique in the account and Region. A vault with another retention
   * or key needs another name.
   *
   * @default - a name made from the path of the construct and the range of retention, such as `…-7to365-…`
   */
  readonly backupVaultName?: string;

  /**
   * A customer-managed key, in the Region of the vault and best in another account.
   *
   * @default - a key that AWS owns, as AWS recommends
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Who may copy recovery points into this vault from another account.
   *
   * @default - nobody
   */
  readonly copyFrom?: CopySource[];

  /**
   * Sends events to an Amazon SNS topic.
   *
   * @default - no notifications
   */
  readonly notifications?: VaultNotifications;

  /**
   * The ids of accounts of the organization that may see and restore the recovery points, through AWS RAM.
   *
   * @default - nobody
   */
  readonly sharedWith?: string[];

  /**
   * The team of multi-party approval, in us-east-1, that can let accounts reach the vault when its own account can't be
   * reached. CloudFormation can't change or remove it later.
   *
   * @default - none
   */
  readonly mpaApprovalTeamArn?: string;

  /**
   * What happens to the vault when it leaves the stack. One that holds recovery points can't be deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
