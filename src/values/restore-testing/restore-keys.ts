const INSTANCE =
  'AllocatedStorage AvailabilityZones DBInstanceClass DBName DBParameterGroupName DBSubnetGroupName Domain DomainIAMRoleName EnableCloudwatchLogsExports EnableIAMDatabaseAuthentication Iops LicenseModel MultiAZ OptionGroupName Port ProcessorFeatures PubliclyAccessible StorageType VpcSecurityGroupIds';
const CLUSTER =
  'AvailabilityZones DatabaseName DBClusterParameterGroupName DBSubnetGroupName EnableCloudwatchLogsExports EnableIAMDatabaseAuthentication Engine EngineMode EngineVersion KmsKeyId OptionGroupName Port ScalingConfiguration VpcSecurityGroupIds';

/**
 * The keys of restore metadata as `StartRestoreJob` spells them, where that isn't how restore testing does. Restore testing
 * ignores case. Whether restores do isn't documented, so a key that the recovery point has is spelled as there.
 *
 * Source: the operations of each service that make a resource from a backup, whose parameters these keys are
 * (`RestoreDBInstanceFromDBSnapshot`, `RestoreDBClusterFromSnapshot`, `CreateFileSystem`, `CreateFileSystemFromBackup`), and
 * the API reference of `StartRestoreJob` for EFS, 2026-11. The spelling for EC2, FSx and S3 is inferred.
 */
const KEYS: Readonly<Record<string, string>> = {
  Aurora: CLUSTER,
  DocumentDB: CLUSTER,
  EC2: 'IamInstanceProfileName InstanceType RequireIMDSv2 SecurityGroupIds SubnetId',
  EFS: 'KmsKeyId PerformanceMode',
  FSx: 'KmsKeyId LustreConfiguration OntapConfiguration OpenZFSConfiguration SecurityGroupIds SubnetIds WindowsConfiguration',
  Neptune: CLUSTER,
  RDS: `${INSTANCE} ${CLUSTER}`,
  S3: 'EncryptionType KMSKey RestoreACLs',
};

/** A key of restore metadata as `StartRestoreJob` spells it for a type. */
export function restoreKey(type: string, key: string): string {
  const known = (KEYS[type] ?? '').split(' ');
  return known.find((each) => each.toLowerCase() === key.toLowerCase()) ?? key;
}
