import type { Duration } from 'aws-cdk-lib';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { TagCondition } from '../../values/core/tag-condition';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { RestoreMetadata } from './restore-metadata';

/**
 * The resources that a selection tests: resources of one type, individually, by tags, or all of them. Each test restores
 * one recovery point of each resource that has recovery points in the vaults and the window of the plan.
 */
export interface RestoreTestingSelectionOptions {
  /**
   * The resource type to test: Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS or S3. Changing it
   * replaces the selection.
   */
  readonly resourceType: ResourceType;

  /**
   * The name: 1 to 50 letters, digits and `_`. Changing it replaces the selection.
   *
   * @default - generated from the path of the construct: unique in the app, and stable
   */
  readonly restoreTestingSelectionName?: string;

  /**
   * The constructs to test, of `resourceType`. A scope that isn't a resource selects all resources of the type below it.
   * At most 30, including `arns`.
   *
   * @default - no specific constructs
   */
  readonly resources?: IConstruct[];

  /**
   * The ARNs of resources to test, of `resourceType`, without wildcards. At most 30, including `resources`.
   *
   * @default - no specific ARNs
   */
  readonly arns?: string[];

  /**
   * Tag conditions, at most 30, which must all match; only `TagCondition.stringEquals` and `TagCondition.stringNotEquals`.
   * They are compared with the tags of the latest recovery point, not with those of the resource. They can't be combined
   * with `resources` or `arns`.
   *
   * @default - not limited by tags
   */
  readonly tags?: TagCondition[];

  /**
   * Tests every resource of the type that has a recovery point. The cost depends on the recovery points in the vaults.
   *
   * @default false
   */
  readonly everything?: boolean;

  /**
   * Metadata for the restores. Some FSx file systems can't be restored without it.
   *
   * @default - inferred from the recovery point
   */
  readonly metadata?: RestoreMetadata;

  /**
   * How long restored resources are kept for validation: whole hours, 1 to 168. They are deleted after that time, or as
   * soon as a validation result is submitted.
   *
   * @default - deleted as soon as they are restored
   */
  readonly validationWindow?: Duration;

  /**
   * The role with which AWS Backup restores. It must trust `backup.amazonaws.com`. A `RestoreTestingRole` gets the
   * policies for the type. You must attach the policies to any other role yourself.
   *
   * @default - a new `RestoreTestingRole`
   */
  readonly role?: IRoleRef;
}
