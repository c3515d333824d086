import { CfnResource, type IResource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type ArnRecipe, cloudFormationResource, overridden } from '../values/cloudformation-resources';
import { ResourceType } from '../values/resource-type';

/** A construct as AWS Backup sees it. */
export interface ResolvedResource {
  /** The ARN to select it by; ends with `*` where AWS Backup protects what lies below the construct. */
  readonly arn: string;
  readonly type: ResourceType;
  /** The L1; undefined for what is imported, and for stacks. */
  readonly resource?: CfnResource;
}

/** A resource that was found below a scope. */
export interface CollectedResource extends ResolvedResource {
  /** The construct that the user knows: the L2 where there is one. */
  readonly construct: IConstruct;
  readonly resource: CfnResource;
}

/**
 * The ARN and the type of a construct, or undefined where AWS Backup doesn't protect such a thing.
 *
 * - An L1, or what has one as its default child (L2s): by the type of CloudFormation. The ARN is the token that
 *   the L2 gives where it has one, so that references across stacks work as they do with the L2.
 * - A `Stack` or `NestedStack`: the stack itself, as type CloudFormation, since AWS Backup can protect a stack as
 *   one thing (its template, and the resources in it). Whoever wants the resources of a stack one by one asks
 *   `collectResources()`.
 * - What is imported (`Table.fromTableArn`, `CfnBucket.fromBucketArn`, …): by the reference that aws-cdk-lib's
 *   interfaces prescribe (`tableRef`, `bucketRef`, …). The names of these references are shared by services
 *   (`clusterRef` is Amazon ECS too), so the service in the ARN or the module of the class has to agree.
 *
 * Undefined are also the parts of something else that AWS Backup protects as a whole: instances of an Aurora
 * cluster, an ONTAP file system (its volumes are backed up), volumes of OpenZFS.
 *
 * @param extra types of the user, which override those of the catalog
 */
export function resolveResource(
  construct: IConstruct,
  extra: readonly ResourceType[] = [],
): ResolvedResource | undefined {
  if (typeof construct?.node?.findAll !== 'function') return undefined;
  if (Stack.isStack(construct))
    return { arn: construct.stackId, type: overridden(ResourceType.CLOUDFORMATION, extra) };
  const chain = defaultChildren(construct);
  const resource = chain.at(-1);
  if (resource && CfnResource.isCfnResource(resource)) return resolveL1(resource, chain, extra);
  const imported = resolveImported(construct);
  return imported && { ...imported, type: overridden(imported.type, extra) };
}

/**
 * Every resource below a scope that AWS Backup protects, in the order of the tree, in one walk. Nested stacks and
 * stages are walked too.
 *
 * What belongs together is listed once: an Aurora cluster without its instances, Timestream tables without their
 * database. Imported resources aren't listed, since the scope doesn't make them, and neither are stacks: their
 * resources are.
 *
 * @param extra types of the user, which override and extend those of the catalog
 */
export function collectResources(
  scope: IConstruct,
  extra: readonly ResourceType[] = [],
): CollectedResource[] {
  const found: CollectedResource[] = [];
  for (const resource of scope.node.findAll()) {
    if (!CfnResource.isCfnResource(resource)) continue;
    if (resource.cfnResourceType === 'AWS::CloudFormation::Stack') continue;
    const chain = owners(resource);
    const resolved = resolveL1(resource, chain, extra);
    if (resolved) found.push({ ...resolved, resource, construct: chain[0] });
  }
  return withoutDatabasesOf(found);
}

/** The construct, its default child, the default child of that, …, down to the L1 where there is one. */
function defaultChildren(construct: IConstruct): IConstruct[] {
  const chain: IConstruct[] = [];
  let next: IConstruct | undefined = construct;
  while (next && !chain.includes(next)) {
    chain.push(next);
    if (CfnResource.isCfnResource(next)) break;
    next = defaultChild(next);
  }
  return chain;
}

/** `node.defaultChild` throws where a construct has both a `Default` and a `Resource`. */
function defaultChild(construct: IConstruct): IConstruct | undefined {
  return attempt(() => construct.node.defaultChild);
}

/** The L2 whose default child the resource is, and so on upwards, outermost first; the resource itself last. */
function owners(resource: CfnResource): IConstruct[] {
  const chain: IConstruct[] = [resource];
  let scope = resource.node.scope;
  while (scope && !Stack.isStack(scope) && defaultChild(scope) === chain[0]) {
    chain.unshift(scope);
    scope = scope.node.scope;
  }
  return chain;
}

function resolveL1(
  resource: CfnResource,
  chain: readonly IConstruct[],
  extra: readonly ResourceType[],
): ResolvedResource | undefined {
  const known = cloudFormationResource(resource.cfnResourceType, extra);
  const type = known?.type((name) => propertyOf(resource, name));
  if (!known || !type) return undefined;
  const { constructArn } = known;
  const said = constructArn
    ? chain.map((construct) => stringOf(construct, constructArn)).find((arn) => arn !== undefined)
    : undefined;
  return { arn: said ?? arnOf(resource, known.arn), type, resource };
}

function arnOf(resource: CfnResource, recipe: ArnRecipe): string {
  const suffix = recipe.suffix ?? '';
  if (recipe.attribute !== undefined) return `${Token.asString(resource.getAtt(recipe.attribute))}${suffix}`;
  if (recipe.ref) return resource.ref;
  const { partition, region, account } = Stack.of(resource);
  return `arn:${partition}:${recipe.service}:${region}:${account}:${recipe.resource}${resource.ref}`;
}

/** A property by its name in CloudFormation, of a typed L1 or a plain `CfnResource`, overrides included. */
function propertyOf(resource: CfnResource, name: string): unknown {
  const parts = resource as unknown as {
    rawOverrides?: { Properties?: Record<string, unknown> };
    _cfnProperties?: Record<string, unknown>;
  } & Record<string, unknown>;
  const raw = parts.rawOverrides?.Properties;
  if (raw && Object.hasOwn(raw, name)) return raw[name];
  const typed = Object.keys(PROPERTY_NAMES).includes(name) ? parts[PROPERTY_NAMES[name]] : undefined;
  const value = typed ?? parts._cfnProperties?.[name];
  return Token.isUnresolved(value) ? (attempt(() => Stack.of(resource).resolve(value)) ?? value) : value;
}

/** How the typed L1s call the properties that the type of a resource depends on. */
const PROPERTY_NAMES: Readonly<Record<string, string>> = {
  ApplicationType: 'applicationType',
  DBClusterIdentifier: 'dbClusterIdentifier',
  DatabaseName: 'databaseName',
  Engine: 'engine',
  FileSystemType: 'fileSystemType',
  OntapConfiguration: 'ontapConfiguration',
  VolumeType: 'volumeType',
};

/** A database of Timestream stands for its tables, and isn't listed where the tables are. */
function withoutDatabasesOf(found: readonly CollectedResource[]): CollectedResource[] {
  const ofType = (type: string) => found.filter(({ resource }) => resource.cfnResourceType === type);
  const databases = ofType('AWS::Timestream::Database');
  if (databases.length === 0) return [...found];
  const named = new Set(
    ofType('AWS::Timestream::Table').map(({ resource }) => identity(propertyOf(resource, 'DatabaseName'))),
  );
  const covered = databases.filter(({ resource }) => {
    const stack = Stack.of(resource);
    return (
      named.has(identity({ Ref: stack.getLogicalId(resource) })) ||
      named.has(identity(propertyOf(resource, 'DatabaseName')))
    );
  });
  return found.filter((item) => !covered.includes(item));
}

const identity = (value: unknown) => JSON.stringify(value);

/** A reference of aws-cdk-lib's interfaces, and what it says of the resource. */
interface ReferenceKind {
  readonly ref: string;
  /** The member of the reference that holds the ARN, … */
  readonly arn?: string;
  /** … or the one that holds what the ARN ends with, and what stands before it. */
  readonly id?: string;
  readonly resource?: string;
  /** What the id begins with, where other services have the same reference. */
  readonly idPrefix?: string;
  /** A member that the reference has as well, and one that it doesn't: both tell other services apart. */
  readonly with?: string;
  readonly without?: string;
  /** The service of the ARN. */
  readonly service: string;
  /** Modules of aws-cdk-lib whose classes are of this kind. */
  readonly modules: readonly string[];
  /** Other services have the same members: an ARN that can't be read isn't enough. */
  readonly ambiguous?: boolean;
  readonly suffix?: string;
  readonly type: (construct: IConstruct) => ResourceType;
}

/**
 * In the order in which they are tried. A function, so that nothing is built at module load.
 *
 * Not here, since the reference doesn't hold what the ARN needs: Redshift Serverless namespaces, whose ARN has the
 * id and whose reference has the name.
 */
function referenceKinds(): ReferenceKind[] {
  return [
    {
      ref: 'bucketRef',
      arn: 'bucketArn',
      with: 'bucketName',
      service: 's3',
      modules: ['aws_s3'],
      type: () => ResourceType.S3,
    },
    {
      ref: 'tableRef',
      arn: 'tableArn',
      with: 'tableName',
      without: 'databaseName',
      service: 'dynamodb',
      modules: ['aws_dynamodb'],
      type: () => ResourceType.DYNAMODB,
    },
    {
      ref: 'globalTableRef',
      id: 'tableName',
      resource: 'table/',
      service: 'dynamodb',
      modules: ['aws_dynamodb'],
      type: () => ResourceType.DYNAMODB,
    },
    {
      ref: 'tableRef',
      arn: 'tableArn',
      with: 'databaseName',
      service: 'timestream',
      modules: ['aws_timestream'],
      type: () => ResourceType.TIMESTREAM,
    },
    {
      ref: 'databaseRef',
      arn: 'databaseArn',
      with: 'databaseName',
      suffix: '/*',
      service: 'timestream',
      modules: ['aws_timestream'],
      type: () => ResourceType.TIMESTREAM,
    },
    {
      ref: 'fileSystemRef',
      arn: 'fileSystemArn',
      with: 'fileSystemId',
      service: 'elasticfilesystem',
      modules: ['aws_efs'],
      type: () => ResourceType.EFS,
    },
    {
      ref: 'fileSystemRef',
      id: 'fileSystemId',
      resource: 'file-system/',
      without: 'fileSystemArn',
      service: 'fsx',
      modules: ['aws_fsx'],
      type: () => ResourceType.FSX,
    },
    {
      ref: 'volumeRef',
      arn: 'volumeArn',
      service: 'storagegateway',
      modules: ['aws_storagegateway'],
      type: () => ResourceType.STORAGE_GATEWAY,
    },
    {
      ref: 'volumeRef',
      id: 'volumeId',
      idPrefix: 'fsvol-',
      resource: 'volume/',
      service: 'fsx',
      modules: ['aws_fsx'],
      type: () => ResourceType.FSX.variant('ONTAP'),
    },
    {
      ref: 'volumeRef',
      id: 'volumeId',
      idPrefix: 'vol-',
      resource: 'volume/',
      service: 'ec2',
      modules: ['aws_ec2'],
      type: () => ResourceType.EBS,
    },
    {
      ref: 'instanceRef',
      id: 'instanceId',
      idPrefix: 'i-',
      resource: 'instance/',
      service: 'ec2',
      modules: ['aws_ec2'],
      type: () => ResourceType.EC2,
    },
    {
      ref: 'dbClusterRef',
      arn: 'dbClusterArn',
      service: 'rds',
      modules: ['aws_rds'],
      type: (construct) => {
        const engine = attempt(() => (construct as { engine?: { engineType?: string } }).engine?.engineType);
        const known = cloudFormationResource('AWS::RDS::DBCluster');
        return known?.type(() => engine) ?? ResourceType.AURORA;
      },
    },
    {
      ref: 'dbClusterRef',
      id: 'dbClusterId',
      resource: 'cluster:',
      service: 'rds',
      modules: ['aws_docdb'],
      type: () => ResourceType.DOCUMENTDB,
    },
    {
      ref: 'dbClusterRef',
      id: 'dbClusterIdentifier',
      without: 'dbClusterArn',
      resource: 'cluster:',
      service: 'rds',
      modules: ['aws_neptune'],
      type: () => ResourceType.NEPTUNE,
    },
    {
      ref: 'dbInstanceRef',
      arn: 'dbInstanceArn',
      service: 'rds',
      modules: ['aws_rds'],
      type: () => ResourceType.RDS,
    },
    {
      ref: 'clusterRef',
      arn: 'clusterArn',
      with: 'clusterName',
      ambiguous: true,
      service: 'eks',
      modules: ['aws_eks', 'aws_eks_v2'],
      type: () => ResourceType.EKS,
    },
    {
      ref: 'clusterRef',
      id: 'clusterIdentifier',
      resource: 'cluster:',
      service: 'redshift',
      modules: ['aws_redshift'],
      type: () => ResourceType.REDSHIFT,
    },
    {
      ref: 'clusterRef',
      id: 'identifier',
      resource: 'cluster/',
      service: 'dsql',
      modules: ['aws_dsql'],
      type: () => ResourceType.DSQL,
    },
    {
      ref: 'applicationRef',
      arn: 'applicationArn',
      ambiguous: true,
      suffix: '/*',
      service: 'ssm-sap',
      modules: ['aws_systemsmanagersap'],
      type: () => ResourceType.SAP_HANA,
    },
    {
      ref: 'stackRef',
      arn: 'stackId',
      service: 'cloudformation',
      modules: ['aws_cloudformation'],
      type: () => ResourceType.CLOUDFORMATION,
    },
  ];
}

function resolveImported(construct: IConstruct): ResolvedResource | undefined {
  const modules = modulesOf(construct);
  for (const kind of referenceKinds()) {
    const arn = referencedArn(construct, kind, modules);
    if (arn !== undefined) return { arn: `${arn}${kind.suffix ?? ''}`, type: kind.type(construct) };
  }
  // The FSx constructs of aws-cdk-lib have no reference yet.
  const fileSystemId = modules.includes('aws_fsx') ? stringOf(construct, 'fileSystemId') : undefined;
  return fileSystemId === undefined
    ? undefined
    : { arn: arnInEnvironment(construct, 'fsx', `file-system/${fileSystemId}`), type: ResourceType.FSX };
}

function referencedArn(
  construct: IConstruct,
  kind: ReferenceKind,
  modules: readonly string[],
): string | undefined {
  const reference = attempt(() => (construct as unknown as Record<string, unknown>)[kind.ref]);
  if (typeof reference !== 'object' || reference === null) return undefined;
  if (kind.with !== undefined && !(kind.with in reference)) return undefined;
  if (kind.without !== undefined && kind.without in reference) return undefined;
  const ofModule = kind.modules.some((module) => modules.includes(module));
  if (kind.arn !== undefined) {
    const arn = stringOf(reference, kind.arn);
    if (arn === undefined) return undefined;
    const service = serviceOf(arn);
    const agreed = service === undefined ? ofModule || !kind.ambiguous : service === kind.service;
    return agreed ? arn : undefined;
  }
  const id = stringOf(reference, kind.id ?? '');
  if (id === undefined) return undefined;
  if (kind.idPrefix !== undefined && !ofModule) {
    if (Token.isUnresolved(id) || !id.startsWith(kind.idPrefix)) return undefined;
  }
  return arnInEnvironment(construct, kind.service, `${kind.resource ?? ''}${id}`);
}

/** The ARN in the account and Region that an imported resource says it is in; those of its stack otherwise. */
function arnInEnvironment(construct: IConstruct, service: string, resource: string): string {
  const stack = Stack.of(construct);
  const env = (construct as Partial<IResource>).env;
  const region = env?.region ?? stack.region;
  const account = env?.account ?? stack.account;
  return `arn:${stack.partition}:${service}:${region}:${account}:${resource}`;
}

/** The service of an ARN; undefined where the ARN is only known at deployment as a whole. */
function serviceOf(arn: string): string | undefined {
  const parts = arn.split(':');
  return parts[0] === 'arn' && parts.length >= 6 && !Token.isUnresolved(parts[2]) ? parts[2] : undefined;
}

/** The modules of aws-cdk-lib that the class of a construct and its ancestors come from. */
function modulesOf(construct: IConstruct): string[] {
  const modules: string[] = [];
  const rtti = Symbol.for('jsii.rtti');
  for (let c: object | null = construct.constructor; c; c = Object.getPrototypeOf(c)) {
    const fqn = Object.hasOwn(c, rtti) ? (c as Record<symbol, { fqn?: string }>)[rtti].fqn : undefined;
    const [, module, name] = fqn?.split('.') ?? [];
    if (name !== undefined) modules.push(module);
  }
  return modules;
}

function stringOf(from: object, name: string): string | undefined {
  const value = attempt(() => (from as Record<string, unknown>)[name]);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Getters of imported constructs throw where an attribute wasn't given. */
function attempt<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
