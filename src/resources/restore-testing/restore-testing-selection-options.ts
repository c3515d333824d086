import type { Duration } from 'aws-cdk-lib';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { TagCondition } from '../../values/core/tag-condition';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { RestoreMetadata } from './restore-metadata';

/**
 * What a selection tests: resources of one type, by name, by tags, or all of them. A resource is tested if there is a
 * recovery point of it in the vaults and the window of the plan; one recovery point for each test.
 */
export interface RestoreTestingSelectionOptions {
  /**
   * The type of what is tested: Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS or S3. Changing it
   * replaces the selection.
   */
  readonly resourceType: ResourceType;

  /**
   * The name, 1 to 50 letters, digits and `_`. Changing it replaces the selection.
   *
   * @default - a name made from the path of the construct: unique in the app, and stable
   */
  readonly restoreTestingSelectionName?: string;

  /**
   * Constructs to test, of the type. A scope that is no resource stands for all resources of the type below it. With
   * `arns` at most 30.
   *
   * @default - not by name
   */
  readonly resources?: IConstruct[];

  /**
   * Whole ARNs of resources to test, of the type. With `resources` at most 30.
   *
   * @default - not by name
   */
  readonly arns?: string[];

  /**
   * Conditions that must all hold: `TagCondition.stringEquals` and `TagCondition.stringNotEquals` only, at most 30. They
   * are compared with the tags of the latest recovery point, not with those of the resource. Not together with `resources`
   * or `arns`.
   *
   * @default - tags don't matter
   */
  readonly tags?: TagCondition[];

  /**
   * Tests every resource of the type that has a recovery point. What that costs depends on what is in the vaults.
   *
   * @default false
   */
  readonly everything?: boolean;

  /**
   * How resources are restored, where AWS Backup should not infer it: some kinds of FSx can't be restored without.
   *
   * @default - all is inferred from the recovery point
   */
  readonly metadata?: RestoreMetadata;

  /**
   * How long what was restored is kept for validation, in whole hours, 1 to 168. It is deleted after that, or as soon as
   * a result is put.
   *
   * @default - it is deleted once it is restored
   */
  readonly validationWindow?: Duration;

  /**
   * The role in which AWS Backup restores. It must trust `backup.amazonaws.com`; its policies are yours to attach, but
   * for a `RestoreTestingRole`, which gets those for the type.
   *
   * @default - a new `RestoreTestingRole`
   */
  readonly role?: IRoleRef;
}
