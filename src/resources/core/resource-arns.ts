import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import {
  type ArnRecipe,
  cloudFormationResource,
  overridden,
} from '../../values/resource-type/cloudformation-resources';
import { ResourceType } from '../../values/resource-type/resource-type';
import { attempt, resolveImported, stringOf } from './imported-resource';

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
    const chain = ownersOf(resource);
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
export function ownersOf(resource: CfnResource): IConstruct[] {
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
