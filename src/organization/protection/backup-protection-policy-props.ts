import type { OrganizationTarget } from '../core/organization-target';

/** Properties of a `BackupProtectionPolicy`. */
export interface BackupProtectionPolicyProps {
  /**
   * The name, 1 to 128 characters, unique among the service control policies of the organization.
   *
   * @default - a name made from the path of the construct
   */
  readonly policyName?: string;

  /** What the policy is attached to: the root, organizational units or accounts. */
  readonly targets: OrganizationTarget[];

  /**
   * Path and name of the role in which AWS Backup makes recovery points in the accounts. It is protected, and AWS Backup
   * may delete expired recovery points in its name.
   *
   * @default 'AwsBackupOrganizationRole', the default of `MemberBaseline`
   */
  readonly roleName?: string;

  /**
   * Names of the vaults that are protected. `*` stands for any characters.
   *
   * @default - every vault
   */
  readonly vaultNames?: string[];

  /**
   * The alias of the key of the vaults in every account and Region: the key can't be disabled or deleted then, nor its
   * policy changed.
   *
   * @default - keys aren't protected
   */
  readonly keyAlias?: string;

  /**
   * Names of roles, with their paths, that nothing is denied to: those of an emergency. `*` stands for any characters.
   * Nobody else can make or change roles of these names.
   *
   * @default - the roles of StackSets and AWS Backup alone
   */
  readonly exemptRoles?: string[];

  /**
   * Whether the plans that members make themselves are protected too. Those that come from backup policies can't be
   * changed by members anyway.
   *
   * @default false
   */
  readonly protectsMemberPlans?: boolean;
}
