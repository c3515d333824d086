import type { IBackupPlanRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { TagCondition } from '../../values/core/tag-condition';
import type { ResourceType } from '../../values/resource-type/resource-type';

/**
 * What a selection selects. Everything that is said must hold together: one of the `resources`, `arns` or
 * `resourceTypes`, where any of these is said, and every condition in `tags`, and none of the exclusions.
 */
export interface BackupSelectionOptions {
  /**
   * The name, 1 to 50 letters, digits, `-`, `_` and `.`.
   *
   * @default - the id of the construct, with `-` in place of other characters
   */
  readonly selectionName?: string;

  /**
   * Constructs to back up: L1s and L2s of every resource that AWS Backup protects, imported ones too. A scope that
   * is no such resource stands for all of them below it, those that are added later included; a stack stands for
   * itself, as a CloudFormation stack that is backed up whole. All must be in the account and Region of the plan.
   *
   * @default - not limited to constructs
   */
  readonly resources?: IConstruct[];

  /**
   * ARNs to back up; the last character may be a `*`. At most 500, of which 30 with a `*`, together with what
   * `resources` and `resourceTypes` stand for.
   *
   * @default - not limited to ARNs
   */
  readonly arns?: string[];

  /**
   * Types of resources to back up, in the account and Region of the plan.
   *
   * @default - not limited to types
   */
  readonly resourceTypes?: ResourceType[];

  /**
   * Conditions on tags, at most 30, of which all must hold.
   *
   * @default - tags don't matter
   */
  readonly tags?: TagCondition[];

  /**
   * Tags of which any one is enough, at most 30: `TagCondition.stringEquals` only. AWS Backup can't limit them to
   * `resources`, `arns` or `resourceTypes`; `tags` and the exclusions hold for them too.
   *
   * @default - tags don't matter
   */
  readonly anyTag?: TagCondition[];

  /**
   * Selects every resource of every type that the Region has opted in to, less the exclusions. What that costs
   * depends on what is in the account.
   *
   * @default false
   */
  readonly everything?: boolean;

  /**
   * Constructs that are not backed up; what stands for what is as in `resources`.
   *
   * @default - none
   */
  readonly exclude?: IConstruct[];

  /**
   * ARNs that are not backed up; the last character may be a `*`.
   *
   * @default - none
   */
  readonly excludeArns?: string[];

  /**
   * Types of resources that are not backed up.
   *
   * @default - none
   */
  readonly excludeTypes?: ResourceType[];

  /**
   * The role in which AWS Backup makes the recovery points. It must trust `backup.amazonaws.com`; its policies are
   * yours to attach, but for a `BackupRole`, which gets those for the types that are selected: for all types where
   * tags alone, a scope, or an ARN of an unknown type can select any.
   *
   * @default - the role of the plan where it is a `BackupPlan` of ours, otherwise a new `BackupRole`
   */
  readonly role?: IRoleRef;
}

/** Properties of a `BackupSelection`. */
export interface BackupSelectionProps extends BackupSelectionOptions {
  /** The plan whose rules apply to what is selected: one of ours, of aws-cdk-lib's, or an imported one. */
  readonly backupPlan: IBackupPlanRef;
}
