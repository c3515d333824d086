import type { OrganizationTarget } from '../core/organization-target';
import type { BackupProtectionOptions } from './backup-protection-options';

/** Properties of a `BackupProtectionPolicy`. */
export interface BackupProtectionPolicyProps extends BackupProtectionOptions {
  /**
   * The name: 1 to 128 characters, unique among the service control policies of the organization.
   *
   * @default - generated from the construct path
   */
  readonly policyName?: string;

  /** What to attach the policy to: the root, organizational units or accounts. */
  readonly targets: OrganizationTarget[];

  /**
   * Path and name of the role with which AWS Backup creates recovery points in the accounts. The role is protected, and
   * exempt, so that AWS Backup can delete expired recovery points with it.
   *
   * @default 'AwsBackupOrganizationRole', the default of `MemberBaseline`
   */
  readonly roleName?: string;

  /**
   * Names of the vaults to protect. `*` is a wildcard.
   *
   * @default - every vault
   */
  readonly vaultNames?: string[];

  /**
   * The alias of the key of the vaults in every account and Region. Protects the key from being disabled or deleted, and
   * its policy from being changed.
   *
   * @default - keys are not protected
   */
  readonly keyAlias?: string;
}
