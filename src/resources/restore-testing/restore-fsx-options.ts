import type { Size } from 'aws-cdk-lib';
import type { ISecurityGroupRef, ISubnetRef } from 'aws-cdk-lib/aws-ec2';
import type { EncryptedRestoreOptions } from './restore-metadata-options';

/** How a file system of FSx for Lustre is restored for a test. */
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
   * What is logged: `DISABLED`, `WARN_ONLY`, `ERROR_ONLY` or `WARN_ERROR`.
   *
   * @default - as it was backed up
   */
  readonly logLevel?: string;

  /**
   * The ARN of the log group or delivery stream that is logged to.
   *
   * @default - as it was backed up
   */
  readonly logDestination?: string;
}

/** How a volume of FSx for NetApp ONTAP is restored for a test. */
export interface FsxOntapRestoreOptions {
  /**
   * The id of the storage virtual machine that gets the volume, such as `svm-0123456789abcdef0`: it decides the file
   * system, the subnet and the Availability Zone. AWS Backup can't infer it.
   */
  readonly storageVirtualMachineId: string;

  /**
   * Where the volume is mounted, such as `/restored`.
   *
   * @default - `/` and the name of the volume that was backed up
   */
  readonly junctionPath?: string;

  /**
   * The size of the volume, in whole MiB.
   *
   * @default - as it was backed up
   */
  readonly size?: Size;

  /**
   * Whether deduplication, compression and compaction are on.
   *
   * @default - as it was backed up
   */
  readonly storageEfficiency?: boolean;

  /**
   * `UNIX`, `NTFS` or `MIXED`.
   *
   * @default - as it was backed up
   */
  readonly securityStyle?: string;

  /**
   * When data moves to the capacity pool: `SNAPSHOT_ONLY`, `AUTO`, `ALL` or `NONE`.
   *
   * @default - as it was backed up
   */
  readonly tieringPolicy?: string;
}

/** How a file system of FSx for OpenZFS is restored for a test. */
export interface FsxOpenZfsRestoreOptions extends EncryptedRestoreOptions {
  /**
   * The subnets of the file system.
   *
   * @default - as it was backed up
   */
  readonly subnets?: ISubnetRef[];

  /**
   * The security groups of the file system.
   *
   * @default - the default security group of the VPC
   */
  readonly securityGroups?: ISecurityGroupRef[];

  /**
   * Such as `SINGLE_AZ_2`.
   *
   * @default - as it was backed up
   */
  readonly deploymentType?: string;

  /**
   * MB a second, a whole number from 1.
   *
   * @default - 64 for `SINGLE_AZ_1`, otherwise 160
   */
  readonly throughputCapacity?: number;

  /**
   * I/O operations a second of the SSD storage, a whole number from 1.
   *
   * @default - by the size of the file system
   */
  readonly diskIops?: number;
}

/** How a file system of FSx for Windows File Server is restored for a test. */
export interface FsxWindowsRestoreOptions extends EncryptedRestoreOptions {
  /** The subnets of the file system; AWS Backup can't infer them. */
  readonly subnets: ISubnetRef[];

  /**
   * The id of the AWS Managed Microsoft AD, such as `d-0123456789`; AWS Backup can't infer it. Restore testing doesn't
   * support self-managed directories.
   */
  readonly activeDirectoryId: string;

  /**
   * The subnet of the preferred file server, of a file system in two Availability Zones.
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
   * MB a second, a whole number from 1.
   *
   * @default 8
   */
  readonly throughputCapacity?: number;
}
