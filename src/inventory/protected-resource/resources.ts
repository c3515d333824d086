import { sameText } from '../../template/evaluation/match';
import { pseudoParameter } from '../../template/evaluation/pseudo';
import { showText } from '../../template/evaluation/text';
import { known, type Maybe, NOTHING, type Text } from '../../template/evaluation/unknown';
import { isObject, own } from '../../template/input/files';
import { CATALOG } from '../../values/resource-type/catalog';
import type { Context, Found } from '../core/context';
import type { Cursor } from '../core/cursor';
import { mergeTags, StackTags, type Tags, tagsOf } from '../core/tags';
import { attachedPolicies } from '../vault/topics';
import { bucketNotifications, readBucket } from './buckets';
import { readClusterOf, readClusterOfRds, readInstanceOfRds, readRedshift } from './databases';
import { readDsql, readDynamoDbTable, readReplica, readTimestreamDatabase } from './dynamodb';
import { Attachments, launchTemplateTags, readInstance, readKubernetes, readVolume } from './ec2';
import { dataRepositories, readEfs, readFsxFileSystem, readFsxVolume } from './file-systems';
import type { ResourceFacts } from './resource-facts';
import type { ResourceItem } from './resource-item';

/** The resources of an inventory. */
export interface Resources {
  /** Resources that AWS Backup can protect, except stacks. Each replica of a global table is one. */
  readonly protectable: readonly ResourceItem[];
  /** Resources that are backed up with others: instances of clusters, ONTAP file systems, Timestream databases. */
  readonly members: readonly ResourceItem[];
}

type Reader = (properties: Cursor, id: string) => ResourceFacts;

/** Types whose property for tags has another name. */
const TAG_PROPERTIES: ReadonlyMap<string, string> = new Map([['AWS::EFS::FileSystem', 'FileSystemTags']]);

/** Nested stacks are read as stacks. */
const STACK = 'AWS::CloudFormation::Stack';
const GLOBAL_TABLE = 'AWS::DynamoDB::GlobalTable';

/** The types of the catalog, by CloudFormation type. */
function catalogTypes(): ReadonlyMap<string, readonly string[]> {
  const types = new Map<string, string[]>();
  for (const name of Object.keys(CATALOG))
    for (const type of CATALOG[name].cloudFormationTypes) types.set(type, [...(types.get(type) ?? []), name]);
  types.delete(STACK);
  return types;
}

export function readResources(context: Context): Resources {
  const buckets = new Set(['AWS::S3::Bucket']);
  const aroundBuckets = {
    policies: attachedPolicies(context, 'AWS::S3::BucketPolicy', 'Bucket', buckets),
    notifications: bucketNotifications(context, buckets),
  };
  const attachments = new Attachments(context);
  const repositories = dataRepositories(context);
  const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
    ['AWS::RDS::DBInstance', readInstanceOfRds],
    ['AWS::RDS::DBCluster', readClusterOfRds],
    ['AWS::DocDB::DBCluster', readClusterOf('DocumentDB')],
    ['AWS::Neptune::DBCluster', readClusterOf('Neptune')],
    ['AWS::Redshift::Cluster', readRedshift],
    ['AWS::S3::Bucket', (properties, id) => readBucket(properties, id, aroundBuckets)],
    ['AWS::EFS::FileSystem', readEfs],
    ['AWS::FSx::FileSystem', (properties, id) => readFsxFileSystem(properties, repositories.get(id))],
    ['AWS::FSx::Volume', readFsxVolume],
    ['AWS::EC2::Instance', (properties, id) => readInstance(properties, attachments.volumesOf(id))],
    ['AWS::EC2::Volume', (properties, id) => readVolume(properties, attachments.instancesOf(id))],
    ['AWS::EKS::Cluster', readKubernetes],
    ['AWS::DynamoDB::Table', readDynamoDbTable],
    ['AWS::Timestream::Database', readTimestreamDatabase],
    ['AWS::DSQL::Cluster', readDsql],
  ]);
  const stackTags = new StackTags(context);
  const protectable: ResourceItem[] = [];
  const members: ResourceItem[] = [];
  for (const [type, names] of catalogTypes()) {
    for (const found of context.all(type)) {
      if (type === GLOBAL_TABLE) {
        protectable.push(...replicas(context, found, names[0], stackTags));
        continue;
      }
      const facts = readers.get(type)?.(found.properties, found.item.id) ?? {};
      const explicit = tagsOf(found.properties, TAG_PROPERTIES.get(type) ?? 'Tags');
      const ofTemplate =
        type === 'AWS::EC2::Instance' ? launchTemplateTags(context, found.properties) : NOTHING;
      const tags = stackTags.effective(found, mergeTags(explicit, ofTemplate));
      const resource = resourceItem(context, found, facts, names[0], tags);
      if (isOtherSapApplication(found, type)) continue;
      (facts.isMember ? members : protectable).push(resource);
    }
  }
  return { protectable, members };
}

/** Whether an application of Systems Manager for SAP is something other than a HANA database. */
function isOtherSapApplication(found: Found, type: string): boolean {
  if (type !== 'AWS::SystemsManagerSAP::Application') return false;
  const kind = found.properties.text('ApplicationType');
  return typeof kind === 'string' && kind !== 'HANA';
}

function resourceItem(
  context: Context,
  found: Found,
  facts: ResourceFacts,
  type: Maybe<string>,
  tags: Tags,
): ResourceItem {
  const { item, stack, resource } = found;
  const { isMember: _, ...rest } = facts;
  const metadata = own(resource.body, 'Metadata');
  return {
    resourceType: type,
    name: context.literal.identities.name(stack, resource),
    arn: context.literal.identities.arn(stack, resource),
    tags,
    metadata: isObject(metadata) ? metadata : undefined,
    ...rest,
    ...item,
  };
}

/** The replicas of a global table: one table in each Region, with its own tags. */
function replicas(context: Context, found: Found, type: string, stackTags: StackTags): ResourceItem[] {
  const { item, properties, stack, resource } = found;
  const list = properties.list('Replicas');
  const here = pseudoParameter('AWS::Region', stack) as Text;
  const one = (replica: Cursor | undefined): ResourceItem => {
    const region = replica?.text('Region');
    const tags = replica ? tagsOf(replica, 'Tags') : { items: [], rest: list.rest };
    const facts = readReplica(properties, replica);
    const table = resourceItem(context, found, facts, type, stackTags.effective(found, tags));
    if (region === undefined || sameText(region, here)) return table;
    return {
      ...table,
      id: `${item.id}@${showText(region)}`,
      replicaRegion: region,
      place: { ...table.place, region: known(region) },
      arn: context.literal.identities.arn(stack, resource, region),
    };
  };
  if (list.items.length === 0) return [one(undefined)];
  const byId = new Map<string, ResourceItem>();
  for (const replica of list.items) {
    const table = one(replica);
    if (!byId.has(table.id)) byId.set(table.id, table); // DynamoDB refuses duplicate Regions
  }
  return [...byId.values()];
}
