import type * as backup from '@aws-sdk/client-backup';
import type * as dynamodb from '@aws-sdk/client-dynamodb';
import type * as ec2 from '@aws-sdk/client-ec2';
import type * as efs from '@aws-sdk/client-efs';
import type * as fsx from '@aws-sdk/client-fsx';
import type * as rds from '@aws-sdk/client-rds';
import type * as data from '@aws-sdk/client-rds-data';
import type * as s3 from '@aws-sdk/client-s3';
import type * as sfn from '@aws-sdk/client-sfn';
import type * as ssm from '@aws-sdk/client-ssm';
import type { DatabaseConnection, DatabaseTarget } from './database/connection';
import type { ContainerCalls } from './mount/container-calls';

/** Every call of AWS that restore tests and restores make, by service and operation: its input and its output. */
export interface AwsCalls extends ContainerCalls {
  'backup:DescribeRecoveryPoint': [
    backup.DescribeRecoveryPointCommandInput,
    backup.DescribeRecoveryPointCommandOutput,
  ];
  'backup:DescribeRestoreJob': [
    backup.DescribeRestoreJobCommandInput,
    backup.DescribeRestoreJobCommandOutput,
  ];
  'backup:GetRecoveryPointRestoreMetadata': [
    backup.GetRecoveryPointRestoreMetadataCommandInput,
    backup.GetRecoveryPointRestoreMetadataCommandOutput,
  ];
  'backup:ListProtectedResources': [
    backup.ListProtectedResourcesCommandInput,
    backup.ListProtectedResourcesCommandOutput,
  ];
  'backup:ListRecoveryPointsByBackupVault': [
    backup.ListRecoveryPointsByBackupVaultCommandInput,
    backup.ListRecoveryPointsByBackupVaultCommandOutput,
  ];
  'backup:ListRestoreJobs': [backup.ListRestoreJobsCommandInput, backup.ListRestoreJobsCommandOutput];
  'backup:ListTags': [backup.ListTagsCommandInput, backup.ListTagsCommandOutput];
  'backup:PutRestoreValidationResult': [
    backup.PutRestoreValidationResultCommandInput,
    backup.PutRestoreValidationResultCommandOutput,
  ];
  'dynamodb:DeleteTable': [dynamodb.DeleteTableCommandInput, dynamodb.DeleteTableCommandOutput];
  'dynamodb:DescribeTable': [dynamodb.DescribeTableCommandInput, dynamodb.DescribeTableCommandOutput];
  'dynamodb:GetItem': [dynamodb.GetItemCommandInput, dynamodb.GetItemCommandOutput];
  'dynamodb:Scan': [dynamodb.ScanCommandInput, dynamodb.ScanCommandOutput];
  'ec2:DeleteVolume': [ec2.DeleteVolumeCommandInput, ec2.DeleteVolumeCommandOutput];
  'ec2:DescribeInstanceStatus': [
    ec2.DescribeInstanceStatusCommandInput,
    ec2.DescribeInstanceStatusCommandOutput,
  ];
  'ec2:DescribeVolumes': [ec2.DescribeVolumesCommandInput, ec2.DescribeVolumesCommandOutput];
  'ec2:DescribeVolumeStatus': [ec2.DescribeVolumeStatusCommandInput, ec2.DescribeVolumeStatusCommandOutput];
  'ec2:TerminateInstances': [ec2.TerminateInstancesCommandInput, ec2.TerminateInstancesCommandOutput];
  'efs:CreateMountTarget': [efs.CreateMountTargetCommandInput, efs.CreateMountTargetCommandOutput];
  'efs:DeleteFileSystem': [efs.DeleteFileSystemCommandInput, efs.DeleteFileSystemCommandOutput];
  'efs:DeleteMountTarget': [efs.DeleteMountTargetCommandInput, efs.DeleteMountTargetCommandOutput];
  'efs:DescribeFileSystems': [efs.DescribeFileSystemsCommandInput, efs.DescribeFileSystemsCommandOutput];
  'efs:DescribeMountTargets': [efs.DescribeMountTargetsCommandInput, efs.DescribeMountTargetsCommandOutput];
  'fsx:DeleteFileSystem': [fsx.DeleteFileSystemCommandInput, fsx.DeleteFileSystemCommandOutput];
  'fsx:DeleteVolume': [fsx.DeleteVolumeCommandInput, fsx.DeleteVolumeCommandOutput];
  'fsx:DescribeFileSystems': [fsx.DescribeFileSystemsCommandInput, fsx.DescribeFileSystemsCommandOutput];
  'fsx:DescribeVolumes': [fsx.DescribeVolumesCommandInput, fsx.DescribeVolumesCommandOutput];
  'lambda:Invoke': [LambdaInvocation, LambdaAnswer];
  'rds-data:ExecuteStatement': [data.ExecuteStatementCommandInput, data.ExecuteStatementCommandOutput];
  'rds:CreateDBInstance': [rds.CreateDBInstanceCommandInput, rds.CreateDBInstanceCommandOutput];
  'rds:DeleteDBCluster': [rds.DeleteDBClusterCommandInput, rds.DeleteDBClusterCommandOutput];
  'rds:DeleteDBInstance': [rds.DeleteDBInstanceCommandInput, rds.DeleteDBInstanceCommandOutput];
  'rds:DescribeDBClusters': [rds.DescribeDBClustersCommandInput, rds.DescribeDBClustersCommandOutput];
  'rds:DescribeDBInstances': [rds.DescribeDBInstancesCommandInput, rds.DescribeDBInstancesCommandOutput];
  'rds:EnableHttpEndpoint': [rds.EnableHttpEndpointCommandInput, rds.EnableHttpEndpointCommandOutput];
  'rds:ModifyDBCluster': [rds.ModifyDBClusterCommandInput, rds.ModifyDBClusterCommandOutput];
  'rds:ModifyDBInstance': [rds.ModifyDBInstanceCommandInput, rds.ModifyDBInstanceCommandOutput];
  's3:DeleteBucket': [s3.DeleteBucketCommandInput, s3.DeleteBucketCommandOutput];
  's3:GetObject': [s3.GetObjectCommandInput, s3.GetObjectCommandOutput];
  's3:HeadBucket': [s3.HeadBucketCommandInput, s3.HeadBucketCommandOutput];
  's3:ListObjectsV2': [s3.ListObjectsV2CommandInput, s3.ListObjectsV2CommandOutput];
  's3:PutObject': [s3.PutObjectCommandInput, s3.PutObjectCommandOutput];
  'secretsmanager:GetSecretValue': [SecretRequest, SecretValue];
  'sfn:DescribeExecution': [sfn.DescribeExecutionCommandInput, sfn.DescribeExecutionCommandOutput];
  'sfn:StartExecution': [sfn.StartExecutionCommandInput, sfn.StartExecutionCommandOutput];
  'ssm:GetCommandInvocation': [ssm.GetCommandInvocationCommandInput, ssm.GetCommandInvocationCommandOutput];
  'ssm:SendCommand': [ssm.SendCommandCommandInput, ssm.SendCommandCommandOutput];
}

/** The input of AWS Lambda's `Invoke`. */
export interface LambdaInvocation {
  readonly FunctionName: string;
  readonly InvocationType: 'RequestResponse';
  readonly Payload: string;
}

/** What is read of its output. */
export interface LambdaAnswer {
  readonly FunctionError?: string;
  readonly Payload?: Uint8Array;
}

/** The input of AWS Secrets Manager's `GetSecretValue`. */
export interface SecretRequest {
  readonly SecretId: string;
  readonly VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS';
}

/** What is read of its output. */
export interface SecretValue {
  readonly SecretString?: string;
}

export type AwsCallName = keyof AwsCalls;

/** Where, and with which role, a call is made. */
export interface Elsewhere {
  /** The role that is assumed, in the account of the call. */
  readonly roleArn: string;
  readonly region: string;
}

/**
 * Calls AWS. Tests pass a fake.
 *
 * @param elsewhere undefined: with the role of the function, in its Region
 */
export type Call = <Name extends AwsCallName>(
  name: Name,
  input: AwsCalls[Name][0],
  elsewhere?: Elsewhere,
) => Promise<Omit<AwsCalls[Name][1], '$metadata'>>;

/** What validators need besides AWS. */
export interface Tools {
  readonly call: Call;
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** From 0 to less than 1. */
  random(): number;
  log(line: string): void;
  /** Opens a TCP connection; undefined outside a VPC. */
  connect?(host: string, port: number): Promise<void>;
  /** Connects to a database over TLS; undefined outside a VPC, and in runbooks. Throws `WrongPassword`. */
  openDatabase?(target: DatabaseTarget): Promise<DatabaseConnection>;
  /** When the function must be done, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** What must be waited for: the function tries again, in this invocation or the next. */
export class NotYet extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotYet';
  }
}

/** The name of an error of AWS. */
export function nameOfError(error: unknown): string {
  return (error as { name?: string } | undefined)?.name ?? '';
}

/** Whether an error passes: throttling, a busy service, a lost connection. */
export function isTemporary(error: unknown): boolean {
  return /Throttl|TooManyRequests|RequestLimit|LimitExceeded|ServiceUnavailable|Internal|DependencyFailure|Timeout|ECONN/i.test(
    nameOfError(error),
  );
}

/** An error in one line. */
export function describeError(error: unknown): string {
  const { name, message } = (error ?? {}) as { name?: string; message?: string };
  const text = message ?? String(error);
  return name && name !== 'Error' && !text.startsWith(name) ? `${name}: ${text}` : text;
}
