import type { Size } from 'aws-cdk-lib';
import type { ISecurityGroupRef } from 'aws-cdk-lib/aws-ec2';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { EncryptedRestoreOptions } from './restore-metadata-options';

/** How any database is restored for a test. */
export interface DatabaseRestoreOptions {
  /**
   * The name of the subnet group. It is needed where the Region has no default VPC; subnets without a way out keep what
   * is restored from acting.
   *
   * @default - that of the default VPC
   */
  readonly subnetGroupName?: string;

  /**
   * The security groups, of the VPC of the subnet group.
   *
   * @default - the default security group of the VPC
   */
  readonly securityGroups?: ISecurityGroupRef[];

  /**
   * The name of the parameter group.
   *
   * @default - the default one of the engine
   */
  readonly parameterGroupName?: string;

  /**
   * The name of the option group.
   *
   * @default - the default one of the engine
   */
  readonly optionGroupName?: string;

  /**
   * The name of the database to make.
   *
   * @default - as it was backed up
   */
  readonly databaseName?: string;

  /**
   * Such as `eu-west-1a`.
   *
   * @default - up to three of the Region
   */
  readonly availabilityZones?: string[];

  /**
   * The port, 1 to 65535.
   *
   * @default - the default one of the engine
   */
  readonly port?: number;

  /**
   * Whether IAM users and roles can log in.
   *
   * @default - as it was backed up
   */
  readonly iamAuthentication?: boolean;

  /**
   * Which logs go to Amazon CloudWatch Logs, such as `audit`.
   *
   * @default - none
   */
  readonly cloudwatchLogsExports?: string[];
}

/** How a cluster of Aurora, DocumentDB, Neptune or RDS is restored for a test. */
export interface DatabaseClusterRestoreOptions extends DatabaseRestoreOptions, EncryptedRestoreOptions {
  /**
   * Such as `aurora-postgresql`.
   *
   * @default - as it was backed up
   */
  readonly engine?: string;

  /**
   * Such as `serverless`.
   *
   * @default - as it was backed up
   */
  readonly engineMode?: string;

  /**
   * Such as `16.4`.
   *
   * @default - as it was backed up
   */
  readonly engineVersion?: string;

  /**
   * The least capacity of a serverless cluster, a whole number from 1.
   *
   * @default - as it was backed up
   */
  readonly minCapacity?: number;

  /**
   * The greatest capacity of a serverless cluster, a whole number from 1.
   *
   * @default - as it was backed up
   */
  readonly maxCapacity?: number;
}

/** How an instance of RDS is restored for a test: into one that isn't public, in one Availability Zone. */
export interface RdsInstanceRestoreOptions extends DatabaseRestoreOptions {
  /**
   * A smaller class makes the test cheaper, such as `db.t4g.medium`.
   *
   * @default - as it was backed up
   */
  readonly instanceClass?: string;

  /**
   * The storage, in whole GiB; not smaller than what was backed up.
   *
   * @default - as it was backed up
   */
  readonly allocatedStorage?: Size;

  /**
   * Such as `gp3`.
   *
   * @default - as it was backed up
   */
  readonly storageType?: string;

  /**
   * I/O operations a second, a whole number from 1.
   *
   * @default - as it was backed up
   */
  readonly iops?: number;

  /**
   * Whether there is a standby in another Availability Zone.
   *
   * @default false
   */
  readonly multiAz?: boolean;

  /**
   * Whether the instance gets a public address.
   *
   * @default false
   */
  readonly publiclyAccessible?: boolean;

  /**
   * `license-included`, `bring-your-own-license` or `general-public-license`.
   *
   * @default - as it was backed up
   */
  readonly licenseModel?: string;

  /**
   * The id of the directory that the instance joins, such as `d-0123456789`.
   *
   * @default - none
   */
  readonly domain?: string;

  /**
   * The role with which the instance joins the directory: the role of the selection may pass it.
   *
   * @default - none
   */
  readonly domainRole?: IRoleRef;
}
