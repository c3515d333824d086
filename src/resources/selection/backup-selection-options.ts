import type { IBackupPlanRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { TagCondition } from '../../values/core/tag-condition';
import type { ResourceType } from '../../values/resource-type/resource-type';

/**
 * The resources that a selection selects. All criteria must match: if set, at least one of the `resources`, `arns` or
 * `resourceTypes`; every condition in `tags`; and no exclusion.
 */
export interface BackupSelectionOptions {
  /**
   * The name: 1 to 50 letters, digits, `-`, `_` and `.`.
   *
   * @default - the construct id, with all other characters replaced by `-`
   */
  readonly selectionName?: string;

  /**
   * The constructs to back up: L1s, L2s and imported resources that AWS Backup can protect. Any other scope selects all
   * such resources below it, including those added later. A stack selects itself, to be backed up as a CloudFormation
   * stack. All resources must be in the account and Region of the plan.
   *
   * @default - not limited to specific constructs
   */
  readonly resources?: IConstruct[];

  /**
   * The ARNs to back up; they can end with `*`. At most 500 ARNs, of which at most 30 with `*`, including the ARNs of
   * `resources` and `resourceTypes`.
   *
   * @default - not limited to specific ARNs
   */
  readonly arns?: string[];

  /**
   * The resource types to back up, in the account and Region of the plan.
   *
   * @default - not limited to specific types
   */
  readonly resourceTypes?: ResourceType[];

  /**
   * Tag conditions, at most 30, which must all match.
   *
   * @default - not limited by tags
   */
  readonly tags?: TagCondition[];

  /**
   * Tag conditions, at most 30, of which at least one must match; only `TagCondition.stringEquals`. They can be combined
   * with `tags` and exclusions, but not with `resources`, `arns` or `resourceTypes`.
   *
   * @default - not limited by tags
   */
  readonly anyTag?: TagCondition[];

  /**
   * Selects all resources of all types that are opted in for the Region, except the exclusions. The cost depends on the
   * resources in the account.
   *
   * @default false
   */
  readonly everything?: boolean;

  /**
   * The constructs to exclude. Scopes work as in `resources`.
   *
   * @default - none
   */
  readonly exclude?: IConstruct[];

  /**
   * The ARNs to exclude; they can end with `*`.
   *
   * @default - none
   */
  readonly excludeArns?: string[];

  /**
   * The resource types to exclude.
   *
   * @default - none
   */
  readonly excludeTypes?: ResourceType[];

  /**
   * The role with which AWS Backup creates the recovery points. It must trust `backup.amazonaws.com`. A `BackupRole`
   * gets the policies for the selected types, or for all types if the selection can match any type (only tags, a scope,
   * or an ARN of an unknown type). You must attach the policies to any other role yourself.
   *
   * @default - the role of the plan if it is a `BackupPlan` of this library, otherwise a new `BackupRole`
   */
  readonly role?: IRoleRef;
}

/** Properties of a `BackupSelection`. */
export interface BackupSelectionProps extends BackupSelectionOptions {
  /** The backup plan: one of this library, one of aws-cdk-lib, or an imported one. */
  readonly backupPlan: IBackupPlanRef;
}
