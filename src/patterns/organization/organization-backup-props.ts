import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type {
  BaselineNotifications,
  RolloutPreferences,
} from '../../organization/baseline/member-baseline-props';
import type { OrganizationTarget } from '../../organization/core/organization-target';
import type { LogicallyAirGappedVaultProps } from '../../resources/air-gapped-vault/logically-air-gapped-vault-props';
import type { BackupKeyProps } from '../../resources/vault/backup-key';
import type { VaultNotifications } from '../../resources/vault/vault-notifications';
import type { Retention } from '../../values/plan/retention';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { VaultLock } from '../../values/vault/vault-lock';
import type { BackupTier } from '../core/backup-tier';

/** A tier of an organization: a value of the tag, the rules behind it, and the vault that they back up into. */
export interface OrganizationTier {
  /** The name, which is also the value of the tag, and the rules. */
  readonly tier: BackupTier;

  /**
   * The name of the vault in every account and Region. Tiers can share a vault; its lock is said by the first of them.
   *
   * @default - the name of the tier
   */
  readonly vaultName?: string;

  /**
   * Makes recovery points in the vault of the members immutable, and bounds their retention.
   *
   * @default - no lock
   */
  readonly lock?: VaultLock;

  /**
   * Whether recovery points are copied into the central vault, where there is one.
   *
   * @default true
   */
  readonly copies?: boolean;
}

/** The central vault that recovery points are copied into, and how the copies are kept. */
export interface OrganizationCentral {
  /** A stack, or a scope in one, of the backup account. Its account and Region must be known. */
  readonly scope: Construct;

  /** How long the copies are kept, counted from the creation of their sources. */
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
   * Makes the copies immutable, and bounds their retention.
   *
   * @default VaultLock.governance({ minRetention: Duration.days(7) })
   */
  readonly lock?: VaultLock;

  /**
   * What the key of the vault is like.
   *
   * @default - a key of a single Region in each Region
   */
  readonly keyOptions?: BackupKeyProps;

  /**
   * Stacks, or scopes in them, of the backup account in other Regions. Where there is one for every Region that is backed
   * up, copies stay in their Region; otherwise all go into the Region of `scope`.
   *
   * @default - one Region
   */
  readonly replicas?: Construct[];

  /**
   * A logically air-gapped vault beside the central one.
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
export interface OrganizationProtection {
  /**
   * Names of roles, with their paths, that nothing is denied to: those of an emergency. `*` stands for any characters.
   *
   * @default - the roles of StackSets and AWS Backup alone
   */
  readonly exemptRoles?: string[];
}

/** Properties of an `OrganizationBackup`. */
export interface OrganizationBackupProps {
  /** The id of the organization, such as `o-a1b2c3d4e5`. */
  readonly organizationId: string;

  /** What is protected: organizational units, or the root. Accounts that are added later are included. */
  readonly targets: OrganizationTarget[];

  /** The Regions that are backed up. */
  readonly regions: string[];

  /**
   * The Region whose stack makes the role of the members. It must stay the same as long as the role exists.
   *
   * @default - the Region, where there is one; otherwise it must be said
   */
  readonly homeRegion?: string;

  /** How well things can be protected: 1 to 10 tiers, a policy each, or more where there is a plan for each Region. */
  readonly tiers: OrganizationTier[];

  /**
   * The key of the tag whose value names the tier.
   *
   * @default 'backup'
   */
  readonly tagKey?: string;

  /**
   * A stack, or a scope in one, of a member account that is a delegated administrator of AWS Backup and of StackSets. The
   * policies and the baseline are made there; the management account allows it with a delegation policy.
   *
   * @default - all is made in the management account
   */
  readonly delegatedAdmin?: Construct;

  /**
   * A central vault in the backup account.
   *
   * @default - recovery points stay in their accounts
   */
  readonly central?: OrganizationCentral;

  /**
   * Accounts in the targets that don't get vaults and role.
   *
   * @default - none
   */
  readonly excludedAccounts?: string[];

  /**
   * Logically air-gapped vaults in every account, for the rules of tiers that name them. Each must say its
   * `backupVaultName`. Regions where AWS Backup has none are left out.
   *
   * @default - none
   */
  readonly airGappedVaults?: LogicallyAirGappedVaultProps[];

  /**
   * Stacks, or scopes in them, of the management account, one for each Region: StackSets doesn't reach it, and a policy on
   * the root holds for it too.
   *
   * @default - the management account gets no vaults and no role
   */
  readonly managementScopes?: Construct[];

  /**
   * Path and name of the role in the members.
   *
   * @default 'AwsBackupOrganizationRole'
   */
  readonly roleName?: string;

  /**
   * Whether the role of the members can also restore.
   *
   * @default false
   */
  readonly restores?: boolean;

  /**
   * The alias of the key of the members.
   *
   * @default 'organization-backup'
   */
  readonly keyAlias?: string;

  /**
   * A topic in every account and Region for the events of the vaults.
   *
   * @default - no notifications
   */
  readonly notifications?: BaselineNotifications;

  /**
   * How the rollout to the members goes about.
   *
   * @default - a quarter of the accounts at the same time, in all Regions, until the first failure
   */
  readonly preferences?: RolloutPreferences;

  /**
   * Whether child policies may neither change the plans nor add plans of their own.
   *
   * @default true
   */
  readonly locked?: boolean;

  /**
   * A service control policy that keeps the administrators of members from taking away what backups depend on.
   *
   * @default - none
   */
  readonly protection?: OrganizationProtection;

  /**
   * Whether a tag policy says how the tag is written.
   *
   * @default false
   */
  readonly tagPolicy?: boolean;

  /**
   * Types that AWS Backup is to protect: the settings of the management account hold for the plans of policies in all
   * accounts. For the Region of the stack; `optInScopes` names stacks of the other ones.
   *
   * @default - the settings stay as they are
   */
  readonly optIn?: ResourceType[];

  /**
   * Stacks, or scopes in them, of the management account in other Regions, for `optIn`.
   *
   * @default - none
   */
  readonly optInScopes?: Construct[];

  /**
   * Whether copies from account to account, and delegated administrators, are turned on in the organization as far as they
   * are needed.
   *
   * @default true
   */
  readonly managesGlobalSettings?: boolean;
}
