import type { Size } from 'aws-cdk-lib';
import type { ISecurityGroupRef, ISubnetRef } from 'aws-cdk-lib/aws-ec2';
import type { EncryptedRestoreOptions } from './restore-metadata-options';

/** Options for restoring an FSx for Lustre file system for a test. */
export interface FsxLustreRestoreOptions extends EncryptedRestoreOptions {
  /** The subnet of the file system; AWS Backup can't infer it. */
  readonly subnets: ISubnetRef[];

  /**
   * The security groups of the file system.
   *
   * @default - the default security group of the VPC
   */
  readonly securityGroups?: ISecurityGroupRef[];

  /**
   * The log level: `DISABLED`, `WARN_ONLY`, `ERROR_ONLY` or `WARN_ERROR`.
   *
   * @default - as in the backup
   */
  readonly logLevel?: string;

  /**
   * The ARN of the log group or delivery stream that receives the logs.
   *
   * @default - as in the backup
   */
  readonly logDestination?: string;
}

/** Options for restoring an FSx for NetApp ONTAP volume for a test. */
export interface FsxOntapRestoreOptions {
  /**
   * The ID of the storage virtual machine for the volume, such as `svm-0123456789abcdef0`. It determines the file system,
   * the subnet and the Availability Zone. AWS Backup can't infer it.
   */
  readonly storageVirtualMachineId: string;

  /**
   * The junction path at which the volume is mounted, such as `/restored`.
   *
   * @default - `/` followed by the name of the backed-up volume
   */
  readonly junctionPath?: string;

  /**
   * The size of the volume in whole MiB.
   *
   * @default - as in the backup
   */
  readonly size?: Size;

  /**
   * Whether deduplication, compression and compaction are enabled.
   *
   * @default - as in the backup
   */
  readonly storageEfficiency?: boolean;

  /**
   * The security style: `UNIX`, `NTFS` or `MIXED`.
   *
   * @default - as in the backup
   */
  readonly securityStyle?: string;

  /**
   * The tiering policy for the capacity pool: `SNAPSHOT_ONLY`, `AUTO`, `ALL` or `NONE`.
   *
   * @default - as in the backup
   */
  readonly tieringPolicy?: string;
}

/** Options for restoring an FSx for OpenZFS file system for a test. */
export interface FsxOpenZfsRestoreOptions extends EncryptedRestoreOptions {
  /**
   * The subnets of the file system.
   *
   * @default - as in the backup
   */
  readonly subnets?: ISubnetRef[];

  /**
   * The security groups of the file system.
   *
   * @default - the default security group of the VPC
   */
  readonly securityGroups?: ISecurityGroupRef[];

  /**
   * The deployment type, such as `SINGLE_AZ_2`.
   *
   * @default - as in the backup
   */
  readonly deploymentType?: string;

  /**
   * The throughput in MB per second, a whole number, 1 or more.
   *
   * @default - 64 for `SINGLE_AZ_1`, otherwise 160
   */
  readonly throughputCapacity?: number;

  /**
   * The I/O operations per second of the SSD storage, a whole number, 1 or more.
   *
   * @default - based on the size of the file system
   */
  readonly diskIops?: number;
}

/** Options for restoring an FSx for Windows File Server file system for a test. */
export interface FsxWindowsRestoreOptions extends EncryptedRestoreOptions {
  /** The subnets of the file system; AWS Backup can't infer them. */
  readonly subnets: ISubnetRef[];

  /**
   * The ID of the AWS Managed Microsoft AD directory, such as `d-0123456789`; AWS Backup can't infer it. Restore testing doesn't
   * support self-managed directories.
   */
  readonly activeDirectoryId: string;

  /**
   * The subnet of the preferred file server, for a file system in two Availability Zones.
   *
   * @default - none
   */
  readonly preferredSubnet?: ISubnetRef;

  /**
   * The security groups of the file system.
   *
   * @default - the default security group of the VPC
   */
  readonly securityGroups?: ISecurityGroupRef[];

  /**
   * The throughput in MB per second, a whole number, 1 or more.
   *
   * @default 8
   */
  readonly throughputCapacity?: number;
}
