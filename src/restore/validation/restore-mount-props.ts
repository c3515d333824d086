import type { ISubnetRef, IVPCRef } from 'aws-cdk-lib/aws-ec2';
import type { IRepositoryRef } from 'aws-cdk-lib/aws-ecr';
import type { IFileSystemRef } from 'aws-cdk-lib/aws-efs';

/** Properties of a `RestoreMount`. */
export interface RestoreMountProps {
  /** The VPC in which restored file systems are mounted. */
  readonly vpc: IVPCRef;

  /**
   * The subnets, at least one: the first in which the file system can be mounted is used. Restored One Zone file systems need
   * one in their Availability Zone.
   */
  readonly subnets: ISubnetRef[];

  /**
   * The file systems with whose files restored ones are compared. They are mounted read-only and with encryption in transit,
   * too. Each needs a mount target in this VPC and in the Availability Zone of the subnet, whose security group lets NFS in
   * from here: call `allowDefaultPortFrom(mount)` of its connections.
   *
   * @default - none: restored file systems are only compared with the size that Amazon EFS measured of their source
   */
  readonly sources?: IFileSystemRef[];

  /**
   * The container image of the task, for x86-64, with a shell, `find`, `awk` and the core utilities of GNU or BusyBox, and
   * whatever `commands` of checks need.
   *
   * @default 'public.ecr.aws/docker/library/busybox:1.37'
   */
  readonly image?: string;

  /**
   * The private ECR repository of `image`, from which the task may then pull.
   *
   * @default - the image is public
   */
  readonly repository?: IRepositoryRef;

  /**
   * Gives the task a public IP address. Required in public subnets, unless the VPC has endpoints.
   *
   * @default false
   */
  readonly assignPublicIp?: boolean;
}
