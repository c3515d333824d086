import type { Size } from 'aws-cdk-lib';
import type { ISecurityGroupRef } from 'aws-cdk-lib/aws-ec2';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { EncryptedRestoreOptions } from './restore-metadata-options';

/** Options for restoring any database for a test. */
export interface DatabaseRestoreOptions {
  /**
   * The name of the subnet group. Required if the Region has no default VPC. Use isolated subnets to prevent the restored
   * database from reaching other systems.
   *
   * @default - the subnet group of the default VPC
   */
  readonly subnetGroupName?: string;

  /**
   * The security groups, in the VPC of the subnet group.
   *
   * @default - the default security group of the VPC
   */
  readonly securityGroups?: ISecurityGroupRef[];

  /**
   * The name of the parameter group.
   *
   * @default - the default of the engine
   */
  readonly parameterGroupName?: string;

  /**
   * The name of the option group.
   *
   * @default - the default of the engine
   */
  readonly optionGroupName?: string;

  /**
   * The name of the restored database.
   *
   * @default - as in the backup
   */
  readonly databaseName?: string;

  /**
   * The Availability Zones, such as `eu-west-1a`.
   *
   * @default - up to three Availability Zones of the Region
   */
  readonly availabilityZones?: string[];

  /**
   * The port, 1 to 65535.
   *
   * @default - the default of the engine
   */
  readonly port?: number;

  /**
   * Whether IAM database authentication is enabled.
   *
   * @default - as in the backup
   */
  readonly iamAuthentication?: boolean;

  /**
   * The logs to export to Amazon CloudWatch Logs, such as `audit`.
   *
   * @default - none
   */
  readonly cloudwatchLogsExports?: string[];
}

/** Options for restoring an Aurora, DocumentDB, Neptune or RDS cluster for a test. */
export interface DatabaseClusterRestoreOptions extends DatabaseRestoreOptions, EncryptedRestoreOptions {
  /**
   * The engine, such as `aurora-postgresql`.
   *
   * @default - as in the backup
   */
  readonly engine?: string;

  /**
   * The engine mode, such as `serverless`.
   *
   * @default - as in the backup
   */
  readonly engineMode?: string;

  /**
   * The engine version, such as `16.4`.
   *
   * @default - as in the backup
   */
  readonly engineVersion?: string;

  /**
   * The minimum capacity of a serverless cluster, a whole number, 1 or more.
   *
   * @default - as in the backup
   */
  readonly minCapacity?: number;

  /**
   * The maximum capacity of a serverless cluster, a whole number, 1 or more.
   *
   * @default - as in the backup
   */
  readonly maxCapacity?: number;
}

/** Options for restoring an RDS instance for a test, by default as a private instance in one Availability Zone. */
export interface RdsInstanceRestoreOptions extends DatabaseRestoreOptions {
  /**
   * The instance class, such as `db.t4g.medium`. A smaller class makes the test cheaper.
   *
   * @default - as in the backup
   */
  readonly instanceClass?: string;

  /**
   * The storage in whole GiB, at least as large as the backup.
   *
   * @default - as in the backup
   */
  readonly allocatedStorage?: Size;

  /**
   * The storage type, such as `gp3`.
   *
   * @default - as in the backup
   */
  readonly storageType?: string;

  /**
   * The I/O operations per second, a whole number, 1 or more.
   *
   * @default - as in the backup
   */
  readonly iops?: number;

  /**
   * Whether to create a standby in another Availability Zone.
   *
   * @default false
   */
  readonly multiAz?: boolean;

  /**
   * Whether the instance gets a public IP address.
   *
   * @default false
   */
  readonly publiclyAccessible?: boolean;

  /**
   * The license model: `license-included`, `bring-your-own-license` or `general-public-license`.
   *
   * @default - as in the backup
   */
  readonly licenseModel?: string;

  /**
   * The ID of the directory that the instance joins, such as `d-0123456789`.
   *
   * @default - none
   */
  readonly domain?: string;

  /**
   * The role with which the instance joins the directory. The role of the selection may pass it.
   *
   * @default - none
   */
  readonly domainRole?: IRoleRef;
}
