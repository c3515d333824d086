import type { MemberBaseline } from '../baseline/member-baseline';
import type { OrganizationBackupPlan } from '../core/organization-backup-plan';
import type { OrganizationTarget } from '../core/organization-target';
import type { BackupPolicyDocument } from './backup-policy-document';

/** Properties of an `OrganizationBackupPolicy`. */
export interface OrganizationBackupPolicyProps {
  /**
   * The name, 1 to 128 characters, unique among the backup policies of the organization.
   *
   * @default - a name made from the path of the construct
   */
  readonly policyName?: string;

  /**
   * What the policy is for, at most 512 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What is backed up in the accounts, when, and for how long: at least one plan. Not together with `document`.
   *
   * @default - `document` says it
   */
  readonly plans?: OrganizationBackupPlan[];

  /**
   * A document that exists already, as an object, a text or a file. Not together with `plans`.
   *
   * @default - `plans` say it
   */
  readonly document?: BackupPolicyDocument;

  /**
   * Whether child policies may neither change the plans nor add plans of their own. For `plans`: an existing document says
   * it itself.
   *
   * @default false
   */
  readonly locked?: boolean;

  /**
   * What the policy is attached to: the root, organizational units or accounts. `attachTo()` adds further ones.
   *
   * @default - nothing yet
   */
  readonly targets?: OrganizationTarget[];

  /**
   * What must be in the accounts before. The policy is attached after its rollout, and is checked against it: vaults,
   * role, Regions and the locks of the vaults.
   *
   * @default - nothing is known of the accounts
   */
  readonly baseline?: MemberBaseline;
}
