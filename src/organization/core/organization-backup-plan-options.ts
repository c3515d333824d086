import type { BackupRule } from '../../resources/plan/backup-rule';
import type { BackupSelectionOptions } from '../../resources/selection/backup-selection-options';
import type { TagCondition } from '../../values/core/tag-condition';
import type { ResourceType } from '../../values/resource-type/resource-type';

/**
 * A plan of a backup policy: the rules and selections of a `BackupPlan`, for every account that the policy applies to, and
 * for several Regions.
 *
 * Vaults and role are referred to by name and must exist in every account; `MemberBaseline` creates them.
 */
export interface OrganizationBackupPlanOptions {
  /** The name: 1 to 50 letters, digits, `-`, `_` and `.`, unique in the policy (case-insensitive). */
  readonly name: string;

  /** The Regions to back up, at least one. */
  readonly regions: string[];

  /**
   * When to back up, and how long to keep recovery points. Schedules are in UTC. Names, accounts and Regions of the vaults
   * must be known at synthesis. In the ARN of a copy destination, `$account` stands for the account itself, and `$region`
   * for each Region of the plan.
   */
  readonly rules: BackupRule[];

  /**
   * The name of the vault for rules without their own. `$region` stands for each Region.
   *
   * @default - every rule sets its vault
   */
  readonly vaultName?: string;

  /**
   * Tag conditions that must all match, as a single selection with the name of the plan. Can't be combined with
   * `selections`.
   *
   * @default - `selections` is used
   */
  readonly tags?: TagCondition[];

  /**
   * What to back up, by type and by tag: a policy can't select individual resources. A selection without a name is named
   * after the plan, numbered if there are several.
   *
   * @default - `tags` is used
   */
  readonly selections?: BackupSelectionOptions[];

  /**
   * Path and name of the role with which AWS Backup creates recovery points in every account, such as
   * `service-role/AWSBackupDefaultServiceRole`.
   *
   * @default 'AwsBackupOrganizationRole', which is also the default of `MemberBaseline`
   */
  readonly roleName?: string;

  /**
   * Tags of the backup plan in each account.
   *
   * @default - none
   */
  readonly planTags?: { [key: string]: string };

  /**
   * Whether to create application-consistent backups of Windows instances, with the Volume Shadow Copy Service (VSS).
   *
   * @default - not set, so AWS Backup doesn't
   */
  readonly windowsVss?: boolean;

  /**
   * Whether to back up the access control lists of objects in S3 buckets.
   *
   * @default - not set, so AWS Backup does
   */
  readonly s3BackupAcls?: boolean;

  /**
   * Whether to back up the tags of objects in S3 buckets.
   *
   * @default - not set, so AWS Backup does
   */
  readonly s3BackupObjectTags?: boolean;

  /**
   * The types that rules with `scan` scan for malware: `ResourceType.EBS`, `EC2` and `S3`.
   *
   * @default - none; required if a rule has `scan`
   */
  readonly scanTypes?: ResourceType[];

  /**
   * Path and name of the role of the malware scanner in every account.
   *
   * @default - none
   */
  readonly scannerRoleName?: string;

  /**
   * Whether child policies are kept from changing the plan. AWS Organizations requires the restriction at every level,
   * which takes more than half of the 10,000 characters of a document.
   *
   * @default false
   */
  readonly locked?: boolean;
}
