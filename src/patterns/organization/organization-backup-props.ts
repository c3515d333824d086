import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type {
  BaselineNotificationOptions,
  RolloutPreferenceOptions,
} from '../../organization/baseline/member-baseline-props';
import type { OrganizationTarget } from '../../organization/core/organization-target';
import type { BackupProtectionOptions } from '../../organization/protection/backup-protection-options';
import type { LogicallyAirGappedVaultProps } from '../../resources/air-gapped-vault/logically-air-gapped-vault-props';
import type { BackupKeyProps } from '../../resources/vault/backup-key';
import type { VaultNotifications } from '../../resources/vault/vault-notifications';
import type { Retention } from '../../values/plan/retention';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { VaultLock } from '../../values/vault/vault-lock';
import type { BackupTier } from '../core/backup-tier';

/** A tier of an organization: a value of the tag, its rules, and the vault that they back up to. */
export interface OrganizationTierOptions {
  /** The name, which is also the value of the tag, and the rules. */
  readonly tier: BackupTier;

  /**
   * The name of the vault in every account and Region. Tiers can share a vault, whose lock is that of the first tier.
   *
   * @default - the name of the tier
   */
  readonly vaultName?: string;

  /**
   * Makes recovery points in the member vaults immutable, and limits their retention.
   *
   * @default - no lock
   */
  readonly lock?: VaultLock;

  /**
   * Whether to copy recovery points to the central vault, if there is one.
   *
   * @default true
   */
  readonly copies?: boolean;

  /**
   * How long to keep the copies of this tier in the central vault, counted from the creation of their sources.
   *
   * @default - `retention` of `central`
   */
  readonly copyRetention?: Retention;

  /**
   * The same for single rules of the tier, by name: `{ yearly: Retention.years(7) }`. A warning names the rules whose
   * copies are kept less than half as long as their sources.
   *
   * @default - `copyRetention`
   */
  readonly copyRetentions?: { [ruleName: string]: Retention };
}

/** The central vault that recovery points are copied to, and how the copies are kept. */
export interface OrganizationCentralOptions {
  /** A stack in the backup account, or a scope in one. Its account and Region must be known. */
  readonly scope: Construct;

  /**
   * How long to keep the copies, counted from the creation of their sources. Tiers and their rules can differ, see
   * `copyRetention` and `copyRetentions` of a tier.
   */
  readonly retention: Retention;

  /**
   * When the copies move to cold storage.
   *
   * @default - they stay in warm storage
   */
  readonly coldStorageAfter?: Duration;

  /**
   * The name of the vault, the same in every Region.
   *
   * @default 'organization-central'
   */
  readonly backupVaultName?: string;

  /**
   * Makes the copies immutable, and limits their retention.
   *
   * @default VaultLock.governance({ minRetention: Duration.days(7) })
   */
  readonly lock?: VaultLock;

  /**
   * Options of the key of the vault.
   *
   * @default - a single-Region key in each Region
   */
  readonly keyOptions?: BackupKeyProps;

  /**
   * Stacks in other Regions of the backup account, or scopes in them. If there is one for every Region that is backed up,
   * copies stay in their Region; otherwise they all go to the Region of `scope`.
   *
   * @default - one Region
   */
  readonly replicas?: Construct[];

  /**
   * A logically air-gapped vault in addition to the central vault.
   *
   * @default - none
   */
  readonly airGappedVault?: LogicallyAirGappedVaultProps;

  /**
   * Sends the events of the central vault to an Amazon SNS topic.
   *
   * @default - no notifications
   */
  readonly notifications?: VaultNotifications;
}

/** Service control policies that protect what backups depend on. */
export interface OrganizationProtectionOptions extends BackupProtectionOptions {}

/** Properties of an `OrganizationBackup`. */
export interface OrganizationBackupProps {
  /** The ID of the organization, such as `o-a1b2c3d4e5`. */
  readonly organizationId: string;

  /** What to protect: organizational units, or the root. Accounts that join later are included. */
  readonly targets: OrganizationTarget[];

  /** The Regions to back up. */
  readonly regions: string[];

  /**
   * The Region whose stack creates the role in member accounts. Don't change it while the role exists.
   *
   * @default - the only Region; required if there are several
   */
  readonly homeRegion?: string;

  /** The levels of protection: 1 to 10 tiers. Each becomes a policy, or several if there is a plan per Region. */
  readonly tiers: OrganizationTierOptions[];

  /**
   * The key of the tag. Its value is the name of a tier.
   *
   * @default 'backup'
   */
  readonly tagKey?: string;

  /**
   * A stack, or a scope in one, in a member account that is a delegated administrator of AWS Backup and of StackSets. The
   * policies and the baseline are created there; a delegation policy in the management account allows it.
   *
   * @default - everything is created in the management account
   */
  readonly delegatedAdmin?: Construct;

  /**
   * A central vault in the backup account.
   *
   * @default - recovery points stay in their accounts
   */
  readonly central?: OrganizationCentralOptions;

  /**
   * Accounts in the targets that don't get the vaults and the role.
   *
   * @default - none
   */
  readonly excludedAccounts?: string[];

  /**
   * Logically air-gapped vaults in every account, for rules of tiers that use them. Each needs a `backupVaultName`. Regions
   * that don't support them are skipped.
   *
   * @default - none
   */
  readonly airGappedVaults?: LogicallyAirGappedVaultProps[];

  /**
   * Stacks in the management account, or scopes in them, one per Region. StackSets doesn't deploy to the management account,
   * and a policy on the root also applies to it.
   *
   * @default - the management account gets no vaults and no role
   */
  readonly managementScopes?: Construct[];

  /**
   * Path and name of the role in member accounts.
   *
   * @default 'AwsBackupOrganizationRole'
   */
  readonly roleName?: string;

  /**
   * Whether the role in member accounts can also restore.
   *
   * @default false
   */
  readonly restores?: boolean;

  /**
   * The alias of the key in member accounts.
   *
   * @default 'organization-backup'
   */
  readonly keyAlias?: string;

  /**
   * A topic in every account and Region for the events of the vaults.
   *
   * @default - no notifications
   */
  readonly notifications?: BaselineNotificationOptions;

  /**
   * How to roll out to member accounts.
   *
   * @default - a quarter of the accounts at the same time, in all Regions, until the first failure
   */
  readonly preferences?: RolloutPreferenceOptions;

  /**
   * Whether child policies are kept from changing the plans and from adding their own.
   *
   * @default true
   */
  readonly locked?: boolean;

  /**
   * A service control policy that prevents administrators of member accounts from removing what backups depend on.
   *
   * @default - none
   */
  readonly protection?: OrganizationProtectionOptions;

  /**
   * Whether a tag policy defines how the tag is written.
   *
   * @default false
   */
  readonly tagPolicy?: boolean;

  /**
   * Resource types to opt in to, in the Region of the stack and of `optInScopes`. The opt-in settings of the management
   * account apply to the plans of policies in all accounts.
   *
   * @default - the settings are not changed
   */
  readonly optIn?: ResourceType[];

  /**
   * Stacks in other Regions of the management account, or scopes in them, for `optIn`.
   *
   * @default - none
   */
  readonly optInScopes?: Construct[];

  /**
   * Whether to turn on cross-account backup and delegated administrators in the organization, as far as they are needed.
   *
   * @default true
   */
  readonly managesGlobalSettings?: boolean;
}
