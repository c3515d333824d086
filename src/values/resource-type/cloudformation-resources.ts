import { ResourceType } from './resource-type';

/** How to build the ARN that AWS Backup selects by from a template resource. */
export interface ArnRecipe {
  /** The attribute that holds the ARN. */
  readonly attribute?: string;
  /** Without such an attribute: the service of the ARN, and the part before the `Ref`. */
  readonly service?: string;
  readonly resource?: string;
  /** The `Ref` is the ARN. */
  readonly ref?: boolean;
  /** AWS Backup protects children of the resource: the tables of a database. */
  readonly suffix?: string;
}

/** Reads a property of a resource by its name in CloudFormation; undefined if not set. */
export type PropertyReader = (name: string) => unknown;

/** A CloudFormation type whose resources AWS Backup can protect. */
export interface CloudFormationResource {
  readonly arn: ArnRecipe;
  /** The property of the aws-cdk-lib construct (L2) that holds the ARN. */
  readonly constructArn?: string;
  /** The type, which may depend on properties; undefined if AWS Backup doesn't back it up on its own. */
  readonly type: (property: PropertyReader) => ResourceType | undefined;
}

/**
 * The CloudFormation types that AWS Backup protects. A test compares each `Ref` and attribute with the installed
 * CloudFormation schema.
 */
const RESOURCES: Readonly<Record<string, CloudFormationResource>> = {
  'AWS::CloudFormation::Stack': { arn: { ref: true }, type: () => ResourceType.CLOUDFORMATION },
  'AWS::DSQL::Cluster': { arn: { attribute: 'ResourceArn' }, type: () => ResourceType.DSQL },
  'AWS::DocDB::DBCluster': {
    arn: { service: 'rds', resource: 'cluster:' },
    type: () => ResourceType.DOCUMENTDB,
  },
  'AWS::DynamoDB::GlobalTable': {
    // The table in the Region of the stack; replicas are tables of their own Regions.
    arn: { attribute: 'Arn' },
    constructArn: 'tableArn',
    type: () => ResourceType.DYNAMODB,
  },
  'AWS::DynamoDB::Table': {
    arn: { attribute: 'Arn' },
    constructArn: 'tableArn',
    type: () => ResourceType.DYNAMODB,
  },
  'AWS::EC2::Instance': { arn: { service: 'ec2', resource: 'instance/' }, type: () => ResourceType.EC2 },
  'AWS::EC2::Volume': { arn: { service: 'ec2', resource: 'volume/' }, type: () => ResourceType.EBS },
  'AWS::EFS::FileSystem': {
    arn: { attribute: 'Arn' },
    constructArn: 'fileSystemArn',
    type: () => ResourceType.EFS,
  },
  'AWS::EKS::Cluster': {
    arn: { attribute: 'Arn' },
    constructArn: 'clusterArn',
    type: () => ResourceType.EKS,
  },
  'AWS::FSx::FileSystem': { arn: { attribute: 'ResourceARN' }, type: fileSystemType },
  'AWS::FSx::Volume': { arn: { attribute: 'ResourceARN' }, type: volumeType },
  'AWS::Neptune::DBCluster': {
    arn: { service: 'rds', resource: 'cluster:' },
    type: () => ResourceType.NEPTUNE,
  },
  'AWS::RDS::DBCluster': {
    arn: { attribute: 'DBClusterArn' },
    constructArn: 'clusterArn',
    type: (property) => clusterType(property('Engine')),
  },
  'AWS::RDS::DBInstance': {
    arn: { attribute: 'DBInstanceArn' },
    constructArn: 'instanceArn',
    type: instanceType,
  },
  'AWS::Redshift::Cluster': {
    arn: { service: 'redshift', resource: 'cluster:' },
    type: () => ResourceType.REDSHIFT,
  },
  'AWS::RedshiftServerless::Namespace': {
    arn: { attribute: 'Namespace.NamespaceArn' },
    type: () => ResourceType.REDSHIFT_SERVERLESS,
  },
  'AWS::S3::Bucket': { arn: { attribute: 'Arn' }, constructArn: 'bucketArn', type: () => ResourceType.S3 },
  'AWS::StorageGateway::Volume': {
    arn: { attribute: 'VolumeARN' },
    type: () => ResourceType.STORAGE_GATEWAY,
  },
  'AWS::SystemsManagerSAP::Application': {
    // AWS Backup backs up the databases of the application.
    arn: { attribute: 'Arn', suffix: '/*' },
    type: (property) =>
      text(property('ApplicationType')) === 'sap_abap' ? undefined : ResourceType.SAP_HANA,
  },
  'AWS::Timestream::Database': {
    // AWS Backup backs up the tables of the database.
    arn: { attribute: 'Arn', suffix: '/*' },
    type: () => ResourceType.TIMESTREAM,
  },
  'AWS::Timestream::Table': { arn: { attribute: 'Arn' }, type: () => ResourceType.TIMESTREAM },
  // The cluster of aws-cdk-lib's first EKS module, created by a custom resource.
  'Custom::AWSCDK-EKS-Cluster': {
    arn: { attribute: 'Arn' },
    constructArn: 'clusterArn',
    type: () => ResourceType.EKS,
  },
};

/**
 * The resource type of a CloudFormation type; undefined if AWS Backup doesn't protect such resources.
 *
 * @param extra types of the user, which take precedence over the catalog
 */
export function cloudFormationResource(
  cloudFormationType: string,
  extra: readonly ResourceType[] = [],
): CloudFormationResource | undefined {
  const known = Object.hasOwn(RESOURCES, cloudFormationType) ? RESOURCES[cloudFormationType] : undefined;
  const added = extra.find((t) => !t.isInCatalog && t.cloudFormationTypes.includes(cloudFormationType));
  if (!known) return added && { arn: { attribute: added._arnAttribute }, type: () => added };
  if (extra.length === 0) return known;
  return {
    ...known,
    type: (property) => {
      const type = known.type(property);
      return type && overridden(type, extra);
    },
  };
}

/** All CloudFormation types in the table. */
export function cloudFormationResourceTypes(): string[] {
  return Object.keys(RESOURCES);
}

/** The user's definition of a type, if there is one: of the same variant, or of the type. */
export function overridden(type: ResourceType, extra: readonly ResourceType[]): ResourceType {
  const same = extra.find((t) => t.toString() === type.toString());
  if (same) return same;
  const whole = extra.find((t) => t.name === type.name && t.variantName === undefined);
  return whole ? (type.variantName === undefined ? whole : whole.variant(type.variantName)) : type;
}

/** The types that an ARN or ARN pattern of a selection can match; empty if unknown. */
export function typesForArn(arn: unknown, extra: readonly ResourceType[] = CATALOG_ONLY): ResourceType[] {
  if (typeof arn !== 'string') return [];
  const kinds = kindsWithPatterns(extra);
  if (arn === '*') return kinds.map(({ type }) => type);
  const target = arnParts(arn);
  if (!target) return [];
  return kinds
    .filter(({ patterns }) => patterns.some((pattern) => overlaps(pattern, target)))
    .map(({ type }) => type);
}

/** A type, or a variant with patterns of its own, with its patterns. */
interface Kind {
  readonly type: ResourceType;
  readonly patterns: readonly (ArnParts | undefined)[];
}

const CATALOG_ONLY: readonly ResourceType[] = [];
/** A cache: selections may name thousands of ARNs. */
const KINDS = new WeakMap<readonly ResourceType[], readonly Kind[]>();

/** Every type with its patterns, and every variant with patterns that its type doesn't have. */
function kindsWithPatterns(userTypes: readonly ResourceType[]): readonly Kind[] {
  const extra = userTypes.length === 0 ? CATALOG_ONLY : userTypes;
  const before = KINDS.get(extra);
  if (before) return before;
  const known = ResourceType.all().map((type) => overridden(type, extra));
  const kinds = [...known, ...extra.filter((t) => !t.isInCatalog)].flatMap((type) => {
    const patterns = type.arnPatterns('*');
    const variants = type.variantNames
      .map((name) => ({ type: type.variant(name), patterns: type.variant(name).arnPatterns('*') }))
      .filter((variant) => !variant.patterns.some((p) => patterns.includes(p)));
    return [{ type, patterns }, ...variants].map((kind) => ({
      type: kind.type,
      patterns: kind.patterns.map(arnParts),
    }));
  });
  KINDS.set(extra, kinds);
  return kinds;
}

interface ArnParts {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

function arnParts(arn: string): ArnParts | undefined {
  const [scheme, , service, region, account, ...resource] = arn.split(':');
  return scheme === 'arn' && resource.length > 0
    ? { service, region, account, resource: resource.join(':') }
    : undefined;
}

function overlaps(pattern: ArnParts | undefined, target: ArnParts): boolean {
  if (!pattern) return false;
  if (target.service !== '*' && pattern.service !== target.service) return false;
  // S3 buckets have neither Region nor account; access points do.
  if (pattern.region === '' && !['', '*'].includes(target.region)) return false;
  if (pattern.account === '' && !['', '*'].includes(target.account)) return false;
  const prefix = pattern.resource.split('*')[0];
  const [literal, ...wild] = target.resource.split('*');
  return literal.startsWith(prefix) || (wild.length > 0 && prefix.startsWith(literal));
}

/** `AWS::NoValue` removes the property. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && (value as { Ref?: unknown }).Ref !== 'AWS::NoValue';
}

/** The literal string in lower case; undefined if known only at deployment. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

function clusterType(engine: unknown): ResourceType {
  switch (text(engine)) {
    case 'mysql':
    case 'postgres':
      return ResourceType.RDS.variant('Multi-AZ cluster');
    case 'docdb':
      return ResourceType.DOCUMENTDB;
    case 'neptune':
      return ResourceType.NEPTUNE;
    default:
      return ResourceType.AURORA;
  }
}

/** The members of a cluster are backed up with the cluster; RDS Custom isn't supported. */
function instanceType(property: PropertyReader): ResourceType | undefined {
  const member = isGiven(property('DBClusterIdentifier'));
  const engine = text(property('Engine')) ?? '';
  return member || /^(aurora|docdb|neptune|custom-)/.test(engine) ? undefined : ResourceType.RDS;
}

/** For ONTAP, AWS Backup protects the volumes and not the file system. */
function fileSystemType(property: PropertyReader): ResourceType | undefined {
  switch (text(property('FileSystemType'))) {
    case 'lustre':
      return ResourceType.FSX.variant('Lustre');
    case 'windows':
      return ResourceType.FSX.variant('Windows');
    case 'openzfs':
      return ResourceType.FSX.variant('OpenZFS');
    case 'ontap':
      return undefined;
    default:
      return ResourceType.FSX;
  }
}

/** For OpenZFS, AWS Backup protects the file system; for ONTAP, the writable volumes. */
function volumeType(property: PropertyReader): ResourceType | undefined {
  if (text(property('VolumeType')) === 'openzfs') return undefined;
  const ontap = property('OntapConfiguration') as Record<string, unknown> | null | undefined;
  const kind = text(ontap?.OntapVolumeType ?? ontap?.ontapVolumeType);
  return kind === 'dp' || kind === 'ls' ? undefined : ResourceType.FSX.variant('ONTAP');
}
