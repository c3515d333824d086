import type { ResourceCapabilities } from './capability';

/**
 * Describes a resource type that the catalog of this library doesn't have yet. Capabilities that you don't set are
 * unknown, which may cause warnings but never errors.
 */
export interface ResourceTypeOptions extends ResourceCapabilities {
  /**
   * The CloudFormation types, such as `AWS::S3::Bucket`.
   *
   * @default - none: constructs are not recognized as this type
   */
  readonly cloudFormationTypes?: string[];

  /**
   * The attribute of the CloudFormation types that holds the ARN.
   *
   * @default 'Arn'
   */
  readonly arnAttribute?: string;

  /**
   * The ARN patterns that select all resources of the type, such as `arn:{partition}:s3:::*`. `{partition}` is replaced
   * by the partition of the stack that uses the pattern.
   *
   * @default - none: resources of this type can't be selected by type
   */
  readonly arnPatterns?: string[];

  /**
   * Names of AWS managed policies that the role needs for backups, as `ManagedPolicy.fromAwsManagedPolicyName`
   * takes them.
   *
   * @default - the base policy, `service-role/AWSBackupServiceRolePolicyForBackup`
   */
  readonly backupPolicies?: string[];

  /**
   * Names of AWS managed policies that the role needs for restores.
   *
   * @default - the base policy, `service-role/AWSBackupServiceRolePolicyForRestores`
   */
  readonly restorePolicies?: string[];

  /**
   * The name in the opt-in settings of a Region.
   *
   * @default - the name of the type
   */
  readonly optInName?: string;

  /**
   * Whether the type needs the opt-in of the Region even if its resources are selected explicitly by type or ARN.
   *
   * @default false
   */
  readonly alwaysSubjectToOptIn?: boolean;
}
