import type { MemberBaseline } from '../baseline/member-baseline';
import type { OrganizationBackupPlanOptions } from '../core/organization-backup-plan-options';
import type { OrganizationTarget } from '../core/organization-target';
import type { BackupPolicyDocument } from './backup-policy-document';

/** Properties of an `OrganizationBackupPolicy`. */
export interface OrganizationBackupPolicyProps {
  /**
   * The name: 1 to 128 characters, unique among the backup policies of the organization.
   *
   * @default - generated from the construct path
   */
  readonly policyName?: string;

  /**
   * The description, at most 512 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What to back up in the accounts, when, and how long to keep it: at least one plan. Can't be combined with `document`.
   *
   * @default - `document` is used
   */
  readonly plans?: OrganizationBackupPlanOptions[];

  /**
   * An existing document, from an object, a string or a file. Can't be combined with `plans`.
   *
   * @default - `plans` is used
   */
  readonly document?: BackupPolicyDocument;

  /**
   * Whether child policies are kept from changing the plans and from adding their own. Applies to `plans` only: an existing
   * document contains its own restrictions.
   *
   * @default false
   */
  readonly locked?: boolean;

  /**
   * What to attach the policy to: the root, organizational units or accounts. `attachTo()` adds more.
   *
   * @default - none yet
   */
  readonly targets?: OrganizationTarget[];

  /**
   * The baseline that creates what the policy needs in the accounts. The policy is attached after its rollout, and is
   * checked against it: vaults, role, Regions and vault locks.
   *
   * @default - no baseline; what exists in the accounts is not checked
   */
  readonly baseline?: MemberBaseline;
}
