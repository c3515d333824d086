import { describeError, type Tools } from './aws-calls';
import { nameOfArn } from './check';
import type { RestoreJob } from './evidence';

/** The name that AWS Backup gives what restore tests restore, where it gives one. */
const TEST_NAME = /^awsbackup-restore-test-/i;

type Deletion = (name: string, tools: Tools) => Promise<unknown>;

/**
 * How a restored resource of each type is deleted. The permissions are limited to resources with the tag
 * `awsbackup-restore-test`, or with that name: the source has neither.
 */
const DELETIONS: Readonly<Record<string, Deletion>> = {
  Aurora: deleteCluster,
  DocumentDB: deleteCluster,
  Neptune: deleteCluster,
  DynamoDB: (TableName, tools) => tools.call('dynamodb:DeleteTable', { TableName }),
  EBS: (VolumeId, tools) => tools.call('ec2:DeleteVolume', { VolumeId }),
  EC2: (id, tools) => tools.call('ec2:TerminateInstances', { InstanceIds: [id] }),
  EFS: (FileSystemId, tools) => tools.call('efs:DeleteFileSystem', { FileSystemId }),
  FSx: deleteFsx,
  RDS: (DBInstanceIdentifier, tools) =>
    tools.call('rds:DeleteDBInstance', {
      DBInstanceIdentifier,
      SkipFinalSnapshot: true,
      DeleteAutomatedBackups: true,
    }),
};

function deleteCluster(DBClusterIdentifier: string, tools: Tools): Promise<unknown> {
  return tools.call('rds:DeleteDBCluster', { DBClusterIdentifier, SkipFinalSnapshot: true });
}

/** Amazon FSx makes a final backup of most kinds, unless it is asked not to. Of ONTAP, volumes are restored. */
const FSX_OPTIONS: Readonly<Record<string, object>> = {
  WINDOWS: { WindowsConfiguration: { SkipFinalBackup: true } },
  OPENZFS: {
    OpenZFSConfiguration: { SkipFinalBackup: true, Options: ['DELETE_CHILD_VOLUMES_AND_SNAPSHOTS'] },
  },
};

async function deleteFsx(id: string, tools: Tools): Promise<unknown> {
  if (id.startsWith('fsvol-'))
    return tools.call('fsx:DeleteVolume', { VolumeId: id, OntapConfiguration: { SkipFinalBackup: true } });
  const { FileSystems = [] } = await tools.call('fsx:DescribeFileSystems', { FileSystemIds: [id] });
  const options = FSX_OPTIONS[FileSystems[0]?.FileSystemType ?? ''];
  return tools.call('fsx:DeleteFileSystem', { FileSystemId: id, ...options });
}

/** Types whose restored resources have the name of a test. The others have IDs, and are known by their tag. */
const NAMED: readonly string[] = ['Aurora', 'DocumentDB', 'DynamoDB', 'Neptune', 'RDS'];

/** Deletes what a test restored and AWS Backup failed to delete; never the source. Returns what was done. */
export async function deleteLeftover(job: RestoreJob, tools: Tools): Promise<string> {
  const { CreatedResourceArn: arn, SourceResourceArn: source, ResourceType: type = '' } = job;
  if (!arn) return 'nothing is known to delete';
  if (source === undefined || arn === source) return 'not deleted, since it may be the source';
  const name = nameOfArn(arn);
  if (NAMED.includes(type) && !TEST_NAME.test(name))
    return 'not deleted, since its name is not that of a restore test';
  const isCluster = arn.split(':')[5] === 'cluster';
  const deletion = DELETIONS[type === 'RDS' && isCluster ? 'Aurora' : type];
  if (!deletion) return `delete it by hand: a bucket must be empty first`;
  try {
    await deletion(name, tools);
    return 'deleted';
  } catch (error) {
    return `not deleted: ${describeError(error)}`;
  }
}
