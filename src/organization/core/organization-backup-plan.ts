import type { BackupRule } from '../../resources/plan/backup-rule';
import type { BackupSelectionOptions } from '../../resources/selection/backup-selection-options';
import type { TagCondition } from '../../values/core/tag-condition';
import type { ResourceType } from '../../values/resource-type/resource-type';

/**
 * A plan of a backup policy: the rules and selections of a `BackupPlan`, for every account that the policy reaches and
 * for several Regions.
 *
 * The vaults and the role are known by their names alone: they have to be in every account (`MemberBaseline`).
 */
export interface OrganizationBackupPlan {
  /** The name, 1 to 50 letters, digits, `-`, `_` and `.`, unique in the policy whatever its capitals. */
  readonly name: string;

  /** The Regions in which the plan backs up, at least one. */
  readonly regions: string[];

  /**
   * When and how long. Schedules are in UTC. The vaults of rules and the destinations of copies need names, accounts and
   * Regions that are known at synthesis; `$account` in the ARN of a destination stands for the account itself, and
   * `$region` for each Region of the plan.
   */
  readonly rules: BackupRule[];

  /**
   * The name of the vault of the rules that name no other. `$region` in it stands for each Region.
   *
   * @default - every rule names its vault
   */
  readonly vaultName?: string;

  /**
   * Conditions on tags of which all must hold: a single selection, with the name of the plan. Not together with
   * `selections`.
   *
   * @default - `selections` says what is backed up
   */
  readonly tags?: TagCondition[];

  /**
   * What is backed up: by types and by tags, since a policy can't name single resources. Of one that isn't named, the
   * name is that of the plan, with its number where there are several.
   *
   * @default - `tags` says what is backed up
   */
  readonly selections?: BackupSelectionOptions[];

  /**
   * Path and name of the role in which AWS Backup makes the recovery points, in every account, such as
   * `service-role/AWSBackupDefaultServiceRole`.
   *
   * @default 'AwsBackupOrganizationRole', the default of `MemberBaseline` too
   */
  readonly roleName?: string;

  /**
   * Tags of the plan in the accounts.
   *
   * @default - none
   */
  readonly planTags?: { [key: string]: string };

  /**
   * Makes backups of Windows instances consistent for applications, with the Volume Shadow Copy Service (VSS).
   *
   * @default - not said
   */
  readonly windowsVss?: boolean;

  /**
   * Whether the access control lists of the objects in buckets are backed up.
   *
   * @default - not said; AWS Backup does
   */
  readonly s3BackupAcls?: boolean;

  /**
   * Whether the tags of the objects in buckets are backed up.
   *
   * @default - not said; AWS Backup does
   */
  readonly s3BackupObjectTags?: boolean;

  /**
   * What the rules that scan for malware scan: `ResourceType.EBS`, `EC2` and `S3`.
   *
   * @default - needed as soon as a rule has `scan`
   */
  readonly scanTypes?: ResourceType[];

  /**
   * Path and name of the role of the scanner, in every account.
   *
   * @default - none
   */
  readonly scannerRoleName?: string;

  /**
   * Whether child policies may not change the plan. It is written at every level, as AWS Organizations demands, which
   * takes more than half of the 10,000 characters that a document may have.
   *
   * @default false
   */
  readonly locked?: boolean;
}

/** The role of backup policies and of the baseline where nothing else is said. */
export const DEFAULT_ROLE_NAME = 'AwsBackupOrganizationRole';
