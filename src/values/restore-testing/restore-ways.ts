/** A value of restore metadata that must differ from the backup: with `{name}` for a new name, or what to fill in. */
export type MetadataSettings = Readonly<Record<string, string>>;

/** How recovery points of a type are restored. */
export interface RestoreWay {
  /** What a restore makes, in one sentence. */
  readonly way: string;
  /** What is restored first has the least number: data, then what reads it, then whole stacks. */
  readonly order: 1 | 2 | 3;
  /** The metadata that a restore into a new resource changes. */
  readonly changes: MetadataSettings;
  /** The metadata that a restore can't do without, where the recovery point lacks it. */
  readonly defaults?: MetadataSettings;
  /** Whether the tags in the backup can be copied to what is restored. */
  readonly copiesTags: boolean;
  /** How sure the keys are: documented, used by others' code that works, or inferred from names in the API of the service. */
  readonly keys: 'documented' | 'used' | 'inferred';
  /** The metadata key of the name of the new resource, if it has one: what a restore can't do without. */
  readonly nameKey?: string;
  /** The metadata of a restore of some items, besides `changes`. */
  readonly items?: { readonly what: string; readonly changes: MetadataSettings };
  /** The metadata of a restore to a point in time, besides `changes`. */
  readonly pointInTime?: MetadataSettings;
  /** What the restored resource is in CloudFormation; undefined if it can't be imported. */
  readonly imports?: { readonly type: string; readonly identifier: string };
  /** Why `RestoreRunbook` doesn't restore it; undefined if it does. */
  readonly byHand?: string;
  readonly source: string;
  readonly asOf: string;
}

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/';
/** What was read in 2026-11: the API reference, the page on inferred metadata, and code of others; the page itself only in part. */
const page = (name: string, keys: RestoreWay['keys'] = 'inferred', copiesTags = true) => ({
  source: `${GUIDE}${name}.html`,
  asOf: '2026-11-29',
  keys,
  copiesTags,
});
const TIME: MetadataSettings = { RestoreTime: '{time}' };

const cluster = (page_: string, type: string): RestoreWay => ({
  way: 'a new cluster without instances: add an instance once it is available, then point the application to the new endpoint',
  order: 1,
  changes: { DBClusterIdentifier: '{name}' },
  nameKey: 'DBClusterIdentifier',
  imports: { type, identifier: 'DBClusterIdentifier' },
  ...page(page_),
});

/** How each type of the catalog is restored. */
export const RESTORE_WAYS: Readonly<Record<string, RestoreWay>> = {
  Aurora: { ...cluster('restoring-aur', 'AWS::RDS::DBCluster'), pointInTime: TIME },
  CloudFormation: {
    way: 'a change set for a new stack from the backed-up template; restore the resources of the stack first, from their own nested recovery points',
    order: 3,
    changes: { StackName: '{name}', ChangeSetName: '{name}' },
    byHand: 'somebody must read the change set before it is executed',
    ...page('restoring-cloudformation'),
  },
  DocumentDB: cluster('restoring-docdb', 'AWS::DocDB::DBCluster'),
  DSQL: {
    way: 'a new cluster, in one Region or in several',
    order: 1,
    changes: {},
    byHand: 'a restore in several Regions needs a recovery point in one Region and its copy in another',
    ...page('restore-auroradsql'),
  },
  DynamoDB: {
    way: 'a new table: point the application to it, or copy the items back',
    order: 1,
    changes: { targetTableName: '{name}' },
    nameKey: 'targetTableName',
    imports: { type: 'AWS::DynamoDB::Table', identifier: 'TableName' },
    ...page('restoring-dynamodb', 'documented', false),
  },
  EBS: {
    way: 'a new volume: attach it in place of the lost one',
    order: 1,
    changes: {},
    imports: { type: 'AWS::EC2::Volume', identifier: 'VolumeId' },
    ...page('restoring-ebs', 'documented'),
  },
  EC2: {
    way: 'a new instance with its volumes, and with a new private address unless the network decides it',
    order: 2,
    changes: {},
    imports: { type: 'AWS::EC2::Instance', identifier: 'InstanceId' },
    ...page('restoring-ec2', 'documented'),
  },
  EFS: {
    way: 'a new file system without mount targets, with the files in a folder `aws-backup-restore_…`: add mount targets, then move the files',
    order: 1,
    changes: { newFileSystem: 'true', CreationToken: '{name}' },
    // Source: API reference of `StartRestoreJob`, 2026-11, and https://github.com/aws/aws-cli/issues/4467
    defaults: { Encrypted: 'true', PerformanceMode: 'generalPurpose' },
    items: { what: 'up to 5 paths', changes: { ItemsToRestore: '{items}' } },
    imports: { type: 'AWS::EFS::FileSystem', identifier: 'FileSystemId' },
    ...page('restoring-efs', 'documented'),
  },
  EKS: {
    way: 'into an existing or a new cluster, whole or by namespace',
    order: 2,
    changes: {},
    byHand: 'the cluster, its node groups and its storage classes must be chosen',
    ...page('restoring-eks'),
  },
  FSx: {
    way: 'a new file system or volume: mount it in place of the lost one',
    order: 1,
    changes: {},
    imports: { type: 'AWS::FSx::FileSystem', identifier: 'FileSystemId' },
    ...page('restoring-fsx'),
  },
  Neptune: cluster('restoring-nep', 'AWS::Neptune::DBCluster'),
  RDS: {
    way: 'a new instance: point the application to the new endpoint',
    order: 1,
    changes: { DBInstanceIdentifier: '{name}' },
    nameKey: 'DBInstanceIdentifier',
    pointInTime: TIME,
    imports: { type: 'AWS::RDS::DBInstance', identifier: 'DBInstanceIdentifier' },
    ...page('restoring-rds', 'used'),
  },
  Redshift: {
    way: 'a new cluster, or a single table in the old one',
    order: 1,
    changes: { clusterIdentifier: '{name}' },
    nameKey: 'clusterIdentifier',
    imports: { type: 'AWS::Redshift::Cluster', identifier: 'ClusterIdentifier' },
    ...page('redshift-restores'),
  },
  'Redshift Serverless': {
    way: 'into a namespace, whose data it replaces',
    order: 1,
    changes: {},
    byHand: 'it replaces the data of an existing namespace',
    ...page('redshift-restores'),
  },
  S3: {
    way: 'the objects, into a bucket that exists or a new one',
    order: 1,
    changes: { NewBucket: 'true', DestinationBucketName: '{name}' },
    nameKey: 'DestinationBucketName',
    items: { what: 'up to 5 prefixes or objects', changes: { ItemsToRestore: '{items}' } },
    pointInTime: TIME,
    imports: { type: 'AWS::S3::Bucket', identifier: 'BucketName' },
    ...page('restoring-s3', 'used', false),
  },
  'SAP HANA on Amazon EC2': {
    way: 'into the database of a registered SAP HANA system, which must be stopped',
    order: 2,
    changes: {},
    byHand: 'it overwrites a database that SAP tools must stop first',
    ...page('saphana-restore', 'inferred', false),
  },
  'Storage Gateway': {
    way: 'a new volume of a gateway, or an EBS volume',
    order: 1,
    changes: {},
    byHand: 'the gateway, its address and the target name must be chosen',
    ...page('restoring-storage-gateway'),
  },
  Timestream: {
    way: 'a new table in an existing database',
    order: 1,
    changes: { TableName: '{name}' },
    nameKey: 'TableName',
    ...page('timestream-restore', 'inferred', false),
  },
  VirtualMachine: {
    way: 'into VMware, VMware Cloud on AWS or an EC2 instance',
    order: 2,
    changes: {},
    byHand: 'the host, the datastore and the network are in the data center',
    ...page('restoring-vm', 'inferred', false),
  },
};
