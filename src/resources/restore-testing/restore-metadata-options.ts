import type { Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { PerformanceMode } from 'aws-cdk-lib/aws-efs';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';

/** The encryption of a resource restored for a test. */
export interface EncryptedRestoreOptions {
  /**
   * The KMS key that encrypts the restored resource.
   *
   * @default - inferred by AWS Backup: an AWS-managed or AWS-owned key for most types
   */
  readonly kmsKey?: IKeyRef;
}

/** Options for restoring a DynamoDB table for a test, as a new table without deletion protection. */
export interface DynamoDbRestoreOptions extends EncryptedRestoreOptions {}

/** Options for restoring an EFS file system for a test, as a new, encrypted file system. */
export interface EfsRestoreOptions extends EncryptedRestoreOptions {
  /**
   * The performance mode.
   *
   * @default PerformanceMode.GENERAL_PURPOSE
   */
  readonly performanceMode?: PerformanceMode;
}

/** Options for restoring a bucket for a test, as a new bucket that lifecycle rules empty after the test. */
export interface S3RestoreOptions extends EncryptedRestoreOptions {
  /**
   * Whether to restore the access control lists of objects.
   *
   * @default - as in the backup
   */
  readonly restoreAcls?: boolean;
}

/** Options for restoring an EBS volume for a test, as a new, encrypted volume. */
export interface EbsRestoreOptions extends EncryptedRestoreOptions {
  /**
   * The Availability Zone, such as `eu-west-1a`.
   *
   * @default - any
   */
  readonly availabilityZone?: string;

  /**
   * The volume type.
   *
   * @default - as in the backup
   */
  readonly volumeType?: ec2.EbsDeviceVolumeType;

  /**
   * The size of the volume in whole GiB, at least as large as the backup.
   *
   * @default - as in the backup
   */
  readonly volumeSize?: Size;

  /**
   * The I/O operations per second, a whole number, 1 or more.
   *
   * @default - as in the backup
   */
  readonly iops?: number;

  /**
   * The throughput of a `GP3` volume in MiB per second, a whole number, 1 or more.
   *
   * @default - as in the backup
   */
  readonly throughput?: number;
}

/** Options for restoring an EC2 instance for a test, by default as a new instance that requires IMDSv2. */
export interface Ec2RestoreOptions {
  /**
   * The subnet of the instance. Required if the Region has no default VPC. Use an isolated subnet to prevent the restored
   * instance from reaching other systems.
   *
   * @default - the default subnet of the default VPC
   */
  readonly subnet?: ec2.ISubnetRef;

  /**
   * The security groups of the instance, in the VPC of the subnet.
   *
   * @default - the default security group of the VPC
   */
  readonly securityGroups?: ec2.ISecurityGroupRef[];

  /**
   * The instance type. A smaller type makes the test cheaper.
   *
   * @default - as in the backup
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * Whether the instance requires IMDSv2.
   *
   * @default true
   */
  readonly requireImdsV2?: boolean;

  /**
   * Restores instances with their original instance profiles. List the roles of these profiles: the role of the selection
   * may pass only these roles.
   *
   * @default - instances are restored without an instance profile
   */
  readonly instanceProfileRoles?: IRoleRef[];
}
