import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { show } from '../../values/core/amounts';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';
import type { StructName } from '../../values/core/unknown-properties';
import type { MetadataKind } from '../../values/restore-testing/restore-metadata-facts';
import { restoreMetadataProblems } from '../../values/restore-testing/restore-metadata-laws';
import type { DatabaseClusterRestoreOptions, RdsInstanceRestoreOptions } from './restore-database-options';
import type {
  FsxLustreRestoreOptions,
  FsxOntapRestoreOptions,
  FsxOpenZfsRestoreOptions,
  FsxWindowsRestoreOptions,
} from './restore-fsx-options';
import type {
  DynamoDbRestoreOptions,
  EbsRestoreOptions,
  Ec2RestoreOptions,
  EfsRestoreOptions,
  S3RestoreOptions,
} from './restore-metadata-options';
import {
  A_KEY,
  database,
  instanceTypeOf,
  keyArn,
  type PassedRole,
  rolesOf,
  SECURITY_GROUPS,
  SUBNETS,
  securityGroupId,
  subnetId,
} from './restore-metadata-parts';
import { MetadataReader } from './restore-metadata-reader';

/**
 * Metadata for restoring resources in a test, instead of the values that AWS Backup infers from the recovery point.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 */
export class RestoreMetadata {
  /** Aurora clusters. */
  public static aurora(options: DatabaseClusterRestoreOptions): RestoreMetadata {
    return RestoreMetadata.cluster('aurora', 'Aurora', options);
  }

  /** DocumentDB clusters. */
  public static documentDb(options: DatabaseClusterRestoreOptions): RestoreMetadata {
    return RestoreMetadata.cluster('documentDb', 'DocumentDB', options);
  }

  /** DynamoDB tables. */
  public static dynamoDb(options: DynamoDbRestoreOptions): RestoreMetadata {
    const reader = new MetadataReader(options).ref('kmsKey', 'kmsMasterKeyArn', A_KEY, keyArn);
    if (options?.kmsKey !== undefined) reader.set('encryptionType', 'KMS');
    return new RestoreMetadata('dynamoDb', reader, { kind: 'DynamoDB', type: 'DynamoDB' });
  }

  /** EBS volumes. */
  public static ebs(options: EbsRestoreOptions): RestoreMetadata {
    const reader = new MetadataReader(options)
      .text('availabilityZone')
      .whole('iops')
      .ref('kmsKey', 'kmsKeyId', A_KEY, keyArn)
      .whole('throughput')
      .size('volumeSize', 'volumesize', 'GiB')
      .text('volumeType', 'volumetype');
    return new RestoreMetadata('ebs', reader, { kind: 'EBS', type: 'EBS' });
  }

  /** EC2 instances. */
  public static ec2(options: Ec2RestoreOptions): RestoreMetadata {
    const roles = rolesOf('instanceProfileRoles', options?.instanceProfileRoles);
    const reader = new MetadataReader(options)
      .ref('instanceType', 'instanceType', 'an `InstanceType`', instanceTypeOf)
      .flag('requireImdsV2')
      .refs('securityGroups', 'securityGroupIds', SECURITY_GROUPS, securityGroupId)
      .ref('subnet', 'subnetId', 'a subnet', subnetId);
    if (roles.length > 0) reader.set('iamInstanceProfileName', 'UseBackedUpValue');
    return new RestoreMetadata('ec2', reader, {
      kind: 'EC2',
      type: 'EC2',
      passes: roles.map((roleArn) => ({ roleArn, service: 'ec2.amazonaws.com' })),
    });
  }

  /** EFS file systems. */
  public static efs(options: EfsRestoreOptions): RestoreMetadata {
    const reader = new MetadataReader(options)
      .ref('kmsKey', 'kmsKeyId', A_KEY, keyArn)
      .text('performanceMode');
    return new RestoreMetadata('efs', reader, { kind: 'EFS', type: 'EFS' });
  }

  /** FSx for Lustre file systems. */
  public static fsxLustre(options: FsxLustreRestoreOptions): RestoreMetadata {
    const reader = new MetadataReader(options)
      .ref('kmsKey', 'kmsKeyId', A_KEY, keyArn)
      .refs('securityGroups', 'securityGroupIds', SECURITY_GROUPS, securityGroupId)
      .refs('subnets', 'subnetIds', SUBNETS, subnetId)
      .nested('lustreConfiguration', (lustre) =>
        lustre.nested('logConfiguration', (log) =>
          log.text('logLevel', 'level').text('logDestination', 'destination'),
        ),
      );
    return new RestoreMetadata('fsxLustre', reader, { kind: 'FSx for Lustre', type: 'FSx' });
  }

  /** FSx for NetApp ONTAP volumes. */
  public static fsxOntap(options: FsxOntapRestoreOptions): RestoreMetadata {
    const reader = new MetadataReader(options).nested(
      'ontapConfiguration',
      (ontap) =>
        ontap
          .text('junctionPath')
          .text('securityStyle')
          .size('size', 'sizeInMegabytes', 'MiB')
          .flag('storageEfficiency', 'storageEfficiencyEnabled')
          .text('storageVirtualMachineId')
          .nested('tieringPolicy', (policy) => policy.text('tieringPolicy', 'name')),
      true,
    );
    return new RestoreMetadata('fsxOntap', reader, { kind: 'FSx for ONTAP', type: 'FSx' });
  }

  /** FSx for OpenZFS file systems. */
  public static fsxOpenZfs(options: FsxOpenZfsRestoreOptions): RestoreMetadata {
    const reader = new MetadataReader(options)
      .ref('kmsKey', 'kmsKeyId', A_KEY, keyArn)
      .refs('securityGroups', 'securityGroupIds', SECURITY_GROUPS, securityGroupId)
      .refs('subnets', 'subnetIds', SUBNETS, subnetId)
      .nested('openZfsConfiguration', (openZfs) => {
        openZfs.text('deploymentType').whole('throughputCapacity');
        if (options?.diskIops !== undefined)
          openZfs.nested('diskIopsConfiguration', (disk) =>
            disk.whole('diskIops', 'iops').set('mode', 'USER_PROVISIONED'),
          );
      });
    return new RestoreMetadata('fsxOpenZfs', reader, { kind: 'FSx for OpenZFS', type: 'FSx' });
  }

  /** FSx for Windows File Server file systems. */
  public static fsxWindows(options: FsxWindowsRestoreOptions): RestoreMetadata {
    const reader = new MetadataReader(options)
      .ref('kmsKey', 'kmsKeyId', A_KEY, keyArn)
      .refs('securityGroups', 'securityGroupIds', SECURITY_GROUPS, securityGroupId)
      .refs('subnets', 'subnetIds', SUBNETS, subnetId)
      .nested(
        'windowsConfiguration',
        (windows) =>
          windows
            .text('activeDirectoryId')
            .ref('preferredSubnet', 'preferredSubnetId', 'a subnet', subnetId)
            .whole('throughputCapacity'),
        true,
      );
    return new RestoreMetadata('fsxWindows', reader, { kind: 'FSx for Windows', type: 'FSx' });
  }

  /** Neptune clusters. */
  public static neptune(options: DatabaseClusterRestoreOptions): RestoreMetadata {
    return RestoreMetadata.cluster('neptune', 'Neptune', options);
  }

  /** RDS Multi-AZ clusters. */
  public static rdsCluster(options: DatabaseClusterRestoreOptions): RestoreMetadata {
    return RestoreMetadata.cluster('rdsCluster', 'RDS', options);
  }

  /** RDS instances. */
  public static rdsInstance(options: RdsInstanceRestoreOptions): RestoreMetadata {
    const reader = database(new MetadataReader(options), 'dbName', 'dbParameterGroupName')
      .size('allocatedStorage', 'allocatedStorage', 'GiB')
      .text('instanceClass', 'dbInstanceClass')
      .text('domain')
      .ref('domainRole', 'domainIamRoleName', 'a role', (role: IRoleRef) => role.roleRef?.roleName)
      .whole('iops')
      .text('licenseModel', 'licensemodel')
      .flag('multiAz')
      .flag('publiclyAccessible')
      .text('storageType');
    const roles = options?.domainRole?.roleRef ? [options.domainRole.roleRef.roleArn] : [];
    return new RestoreMetadata('rdsInstance', reader, {
      kind: 'RDS instance',
      type: 'RDS',
      passes: roles.map((roleArn) => ({ roleArn })),
    });
  }

  /** S3 buckets. */
  public static s3(options: S3RestoreOptions): RestoreMetadata {
    const reader = new MetadataReader(options)
      .ref('kmsKey', 'kmsKey', A_KEY, keyArn)
      .flag('restoreAcls', 'restoreACLs');
    if (options?.kmsKey !== undefined) reader.set('encryptionType', 'SSE-KMS');
    return new RestoreMetadata('s3', reader, { kind: 'S3', type: 'S3' });
  }

  /**
   * Metadata by API names, for settings that the other factories don't have.
   *
   * @param overrides all values as strings: lists as JSON arrays, nested keys as JSON objects
   */
  public static of(overrides: { [key: string]: string }): RestoreMetadata {
    if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides))
      throw refuse(
        'Backup-RestoreMetadata',
        'overrides',
        `\`overrides\` must be an object, got ${show(overrides)}`,
      );
    throwErrors(restoreMetadataProblems([], overrides), 'RestoreMetadata.of');
    const reader = new MetadataReader({});
    for (const [key, value] of Object.entries(overrides)) reader.set(key, value);
    return new RestoreMetadata('of', reader, {});
  }

  private static cluster(
    factory: string,
    type: string,
    options: DatabaseClusterRestoreOptions,
  ): RestoreMetadata {
    const reader = database(new MetadataReader(options), 'databaseName', 'dbClusterParameterGroupName')
      .text('engine')
      .text('engineMode')
      .text('engineVersion')
      .ref('kmsKey', 'kmsKeyId', A_KEY, keyArn)
      .nested('scalingConfiguration', (scaling) => scaling.whole('minCapacity').whole('maxCapacity'));
    return new RestoreMetadata(factory, reader, { kind: 'database cluster', type });
  }

  /** The metadata in the format of the AWS Backup API. */
  public readonly overrides: { [key: string]: string };

  /** The kind of resource that the metadata is for; undefined for any. @internal */
  public readonly _kind?: MetadataKind;

  /** The name of the resource type that the metadata is for; undefined for any. @internal */
  public readonly _type?: string;

  /** The roles that the role of the selection must be able to pass. @internal */
  public readonly _passes: readonly PassedRole[];

  private constructor(factory: string, reader: MetadataReader, target: MetadataTarget) {
    this.overrides = reader.overrides;
    this._kind = target.kind;
    this._type = target.type;
    this._passes = target.passes ?? [];
    const unreadable = reader.problems.map(({ property }) => property);
    const problems: Problem[] = target.kind
      ? restoreMetadataProblems([target.kind], this.overrides).map((one) =>
          one.as({ names: (key) => reader.propertyNames[key] }),
        )
      : [];
    throwErrors(
      [
        ...reader.unknownProblems(STRUCTS[factory]),
        ...reader.problems,
        ...problems.filter(({ property }) => !unreadable.includes(property)),
      ],
      `RestoreMetadata.${factory}`,
    );
  }
}

/** The resources that the metadata is for, and the roles that it passes. */
interface MetadataTarget {
  readonly kind?: MetadataKind;
  readonly type?: string;
  readonly passes?: readonly PassedRole[];
}

/** The options of each factory. */
const STRUCTS: Readonly<Record<string, StructName | undefined>> = {
  aurora: 'DatabaseClusterRestoreOptions',
  documentDb: 'DatabaseClusterRestoreOptions',
  dynamoDb: 'DynamoDbRestoreOptions',
  ebs: 'EbsRestoreOptions',
  ec2: 'Ec2RestoreOptions',
  efs: 'EfsRestoreOptions',
  fsxLustre: 'FsxLustreRestoreOptions',
  fsxOntap: 'FsxOntapRestoreOptions',
  fsxOpenZfs: 'FsxOpenZfsRestoreOptions',
  fsxWindows: 'FsxWindowsRestoreOptions',
  neptune: 'DatabaseClusterRestoreOptions',
  rdsCluster: 'DatabaseClusterRestoreOptions',
  rdsInstance: 'RdsInstanceRestoreOptions',
  s3: 'S3RestoreOptions',
};
