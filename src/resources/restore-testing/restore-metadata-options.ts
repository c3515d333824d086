import type { Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { PerformanceMode } from 'aws-cdk-lib/aws-efs';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';

/** How what is restored for a test is encrypted. */
export interface EncryptedRestoreOptions {
  /**
   * The key that encrypts what is restored.
   *
   * @default - what AWS Backup infers; an AWS-managed or AWS-owned key for most types
   */
  readonly kmsKey?: IKeyRef;
}

/** How a DynamoDB table is restored for a test: into a new table without deletion protection. */
export interface DynamoDbRestoreOptions extends EncryptedRestoreOptions {}

/** How an EFS file system is restored for a test: into a new, encrypted file system. */
export interface EfsRestoreOptions extends EncryptedRestoreOptions {
  /**
   * The performance mode.
   *
   * @default PerformanceMode.GENERAL_PURPOSE
   */
  readonly performanceMode?: PerformanceMode;
}

/** How a bucket is restored for a test: into a new bucket, which is emptied by lifecycle rules after the test. */
export interface S3RestoreOptions extends EncryptedRestoreOptions {
  /**
   * Whether access control lists of objects are restored too.
   *
   * @default - as they were backed up
   */
  readonly restoreAcls?: boolean;
}

/** How an EBS volume is restored for a test: into a new, encrypted volume. */
export interface EbsRestoreOptions extends EncryptedRestoreOptions {
  /**
   * Such as `eu-west-1a`.
   *
   * @default - any
   */
  readonly availabilityZone?: string;

  /**
   * The type of the volume.
   *
   * @default - as it was backed up
   */
  readonly volumeType?: ec2.EbsDeviceVolumeType;

  /**
   * The size of the volume, in whole GiB; not smaller than what was backed up.
   *
   * @default - as it was backed up
   */
  readonly volumeSize?: Size;

  /**
   * I/O operations a second, a whole number from 1.
   *
   * @default - as it was backed up
   */
  readonly iops?: number;

  /**
   * MiB a second, a whole number from 1; of `GP3` volumes.
   *
   * @default - as it was backed up
   */
  readonly throughput?: number;
}

/** How an EC2 instance is restored for a test: into a new instance that asks for IMDSv2. */
export interface Ec2RestoreOptions {
  /**
   * Where the instance runs. It is needed where the Region has no default VPC; a subnet without a way out keeps what
   * is restored from acting.
   *
   * @default - the default subnet of the default VPC
   */
  readonly subnet?: ec2.ISubnetRef;

  /**
   * The security groups of the instance, of the VPC of the subnet.
   *
   * @default - the default security group of the VPC
   */
  readonly securityGroups?: ec2.ISecurityGroupRef[];

  /**
   * A smaller type makes the test cheaper.
   *
   * @default - as it was backed up
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * Whether the instance metadata service asks for a token.
   *
   * @default true
   */
  readonly requireImdsV2?: boolean;

  /**
   * Restores instances with the instance profiles that they had, of which these are the roles: the role of the
   * selection may pass these and no others.
   *
   * @default - instances are restored without an instance profile
   */
  readonly instanceProfileRoles?: IRoleRef[];
}
