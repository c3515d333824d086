/** The format of a key's value; all values are strings. */
export interface MetadataKey {
  /** A list is a JSON array of strings; nested keys are a JSON object. */
  readonly form?: 'list' | 'nested';
  /** The required nested keys. */
  readonly needs?: readonly string[];
  readonly required?: boolean;
}

/** The metadata that a restore test of one kind of resource can override. */
export interface MetadataFacts {
  readonly keys: Readonly<Record<string, MetadataKey>>;
  readonly source: string;
  readonly asOf: string;
}

/** The kinds of resources by their restore metadata. */
export type MetadataKind =
  | 'DynamoDB'
  | 'EBS'
  | 'EC2'
  | 'EFS'
  | 'FSx for Lustre'
  | 'FSx for ONTAP'
  | 'FSx for OpenZFS'
  | 'FSx for Windows'
  | 'database cluster'
  | 'RDS instance'
  | 'S3';

const INFERRED = {
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html',
  asOf: '2026-09-24',
};

const LIST: MetadataKey = { form: 'list' };
const NESTED: MetadataKey = { form: 'nested' };
const REQUIRED_LIST: MetadataKey = { form: 'list', required: true };

/** Keys with plain strings as values, and other keys. */
function keys(
  plain: string,
  others: Readonly<Record<string, MetadataKey>> = {},
): Readonly<Record<string, MetadataKey>> {
  return {
    ...Object.fromEntries(plain.split(' ').map((key): [string, MetadataKey] => [key, {}])),
    ...others,
  };
}

/**
 * The overridable metadata of restore tests. AWS Backup infers everything else from the recovery point; for FSx it can't
 * infer enough.
 */
export const METADATA_FACTS: Readonly<Record<MetadataKind, MetadataFacts>> = {
  DynamoDB: { keys: keys('encryptionType kmsMasterKeyArn'), ...INFERRED },
  EBS: {
    keys: keys('availabilityZone iops kmsKeyId throughput volumesize volumetype'),
    ...INFERRED,
  },
  EC2: {
    keys: keys('iamInstanceProfileName instanceType requireImdsV2 subnetId', { securityGroupIds: LIST }),
    ...INFERRED,
  },
  EFS: { keys: keys('kmsKeyId performanceMode'), ...INFERRED },
  'FSx for Lustre': {
    keys: keys('kmsKeyId', {
      lustreConfiguration: NESTED,
      securityGroupIds: LIST,
      subnetIds: REQUIRED_LIST,
    }),
    ...INFERRED,
  },
  'FSx for ONTAP': {
    keys: {
      ontapConfiguration: { form: 'nested', required: true, needs: ['storageVirtualMachineId'] },
    },
    ...INFERRED,
  },
  'FSx for OpenZFS': {
    keys: keys('kmsKeyId', { openZfsConfiguration: NESTED, securityGroupIds: LIST, subnetIds: LIST }),
    ...INFERRED,
  },
  'FSx for Windows': {
    keys: keys('kmsKeyId', {
      securityGroupIds: LIST,
      subnetIds: REQUIRED_LIST,
      windowsConfiguration: { form: 'nested', required: true, needs: ['activeDirectoryId'] },
    }),
    ...INFERRED,
  },
  'database cluster': {
    keys: keys(
      'databaseName dbClusterParameterGroupName dbSubnetGroupName enableIamDatabaseAuthentication engine engineMode engineVersion kmsKeyId optionGroupName port',
      {
        availabilityZones: LIST,
        enableCloudwatchLogsExports: LIST,
        scalingConfiguration: NESTED,
        vpcSecurityGroupIds: LIST,
      },
    ),
    ...INFERRED,
  },
  'RDS instance': {
    keys: keys(
      'allocatedStorage dbInstanceClass dbName dbParameterGroupName dbSubnetGroupName domain domainIamRoleName enableIamDatabaseAuthentication iops licensemodel multiAz optionGroupName port publiclyAccessible storageType',
      {
        availabilityZones: LIST,
        enableCloudwatchLogsExports: LIST,
        processorFeatures: {}, // a JSON array of objects
        vpcSecurityGroupIds: LIST,
      },
    ),
    ...INFERRED,
  },
  S3: { keys: keys('encryptionType kmsKey restoreACLs'), ...INFERRED },
};

/** The kinds of each type; several if the type alone doesn't determine it. */
const KINDS: Readonly<Record<string, readonly MetadataKind[]>> = {
  Aurora: ['database cluster'],
  DocumentDB: ['database cluster'],
  DynamoDB: ['DynamoDB'],
  EBS: ['EBS'],
  EC2: ['EC2'],
  EFS: ['EFS'],
  FSx: ['FSx for Lustre', 'FSx for ONTAP', 'FSx for OpenZFS', 'FSx for Windows'],
  Neptune: ['database cluster'],
  RDS: ['RDS instance', 'database cluster'],
  S3: ['S3'],
};

/** The kinds of the variants of types. */
const VARIANT_KINDS: Readonly<Record<string, MetadataKind>> = {
  'FSx Lustre': 'FSx for Lustre',
  'FSx ONTAP': 'FSx for ONTAP',
  'FSx OpenZFS': 'FSx for OpenZFS',
  'FSx Windows': 'FSx for Windows',
  'RDS Multi-AZ cluster': 'database cluster',
};

/** The kinds of metadata that a resource type can have; empty if unknown. */
export function metadataKinds(type: string, variant?: string): readonly MetadataKind[] {
  const ofVariant = `${type} ${variant}`;
  if (variant !== undefined && Object.hasOwn(VARIANT_KINDS, ofVariant)) return [VARIANT_KINDS[ofVariant]];
  return Object.hasOwn(KINDS, type) ? KINDS[type] : [];
}
