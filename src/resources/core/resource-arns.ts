import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import {
  type ArnRecipe,
  cloudFormationResource,
  overridden,
} from '../../values/resource-type/cloudformation-resources';
import { ResourceType } from '../../values/resource-type/resource-type';
import { resolveImported, stringOf, tryGet } from './imported-resource';

/** A construct, resolved to a resource of AWS Backup. */
export interface ResolvedResource {
  /** The ARN to select it by; ends with `*` if AWS Backup protects the children of the construct. */
  readonly arn: string;
  readonly type: ResourceType;
  /** The L1; undefined for imported resources and for stacks. */
  readonly resource?: CfnResource;
}

/** A resource found below a scope. */
export interface CollectedResource extends ResolvedResource {
  /** The construct in the code of the user: the L2, if there is one. */
  readonly construct: IConstruct;
  readonly resource: CfnResource;
}

/**
 * Finds the ARN and the type of a construct; undefined if AWS Backup can't protect it.
 *
 * - L1s, and L2s with an L1 as their default child: by their CloudFormation type. If the L2 has an ARN token, it is used,
 *   so that references across stacks work as they do with the L2.
 * - A `Stack` or `NestedStack`: the stack itself, of type CloudFormation, since AWS Backup can protect a stack as a whole
 *   (its template and its resources). For the individual resources of a stack, use `collectResources()`.
 * - Imported resources (`Table.fromTableArn`, `CfnBucket.fromBucketArn`, …): by the reference of aws-cdk-lib's interfaces
 *   (`tableRef`, `bucketRef`, …). Several services share the names of these references (Amazon ECS has `clusterRef` too),
 *   so the service in the ARN or the module of the class must match.
 *
 * Also undefined for parts of resources that AWS Backup protects as a whole: instances of an Aurora cluster, ONTAP file
 * systems (their volumes are backed up), OpenZFS volumes.
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
 * Finds all resources below a scope that AWS Backup can protect, in tree order, including nested stacks and stages.
 *
 * Resources that belong together are listed once: an Aurora cluster without its instances, Timestream tables without their
 * database. Imported resources and stacks aren't listed, but the resources of stacks are.
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

/** The construct, its default child, and so on, down to the L1 if there is one. */
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

/** The default child; `node.defaultChild` throws if a construct has both a `Default` and a `Resource`. */
function defaultChild(construct: IConstruct): IConstruct | undefined {
  return tryGet(() => construct.node.defaultChild);
}

/** The constructs whose default child is the resource, outermost first, the resource itself last. */
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
  const arnToken = constructArn
    ? chain.map((construct) => stringOf(construct, constructArn)).find((arn) => arn !== undefined)
    : undefined;
  return { arn: arnToken ?? arnOf(resource, known.arn), type, resource };
}

function arnOf(resource: CfnResource, recipe: ArnRecipe): string {
  const suffix = recipe.suffix ?? '';
  if (recipe.attribute !== undefined) return `${Token.asString(resource.getAtt(recipe.attribute))}${suffix}`;
  if (recipe.ref) return resource.ref;
  const { partition, region, account } = Stack.of(resource);
  return `arn:${partition}:${recipe.service}:${region}:${account}:${recipe.resource}${resource.ref}`;
}

/** A property by its CloudFormation name, of a typed L1 or a plain `CfnResource`, including overrides. */
export function propertyOf(resource: CfnResource, name: string): unknown {
  const parts = resource as unknown as {
    rawOverrides?: { Properties?: Record<string, unknown> };
    _cfnProperties?: Record<string, unknown>;
  } & Record<string, unknown>;
  const raw = parts.rawOverrides?.Properties;
  if (raw && Object.hasOwn(raw, name)) return raw[name];
  const typed = Object.keys(PROPERTY_NAMES).includes(name) ? parts[PROPERTY_NAMES[name]] : undefined;
  const value = typed ?? parts._cfnProperties?.[name];
  return Token.isUnresolved(value) ? (tryGet(() => Stack.of(resource).resolve(value)) ?? value) : value;
}

/** The L1 names of the properties that are read. */
const PROPERTY_NAMES: Readonly<Record<string, string>> = {
  ApplicationType: 'applicationType',
  DBClusterIdentifier: 'dbClusterIdentifier',
  DatabaseName: 'databaseName',
  Engine: 'engine',
  FileSystemType: 'fileSystemType',
  OntapConfiguration: 'ontapConfiguration',
  VersioningConfiguration: 'versioningConfiguration',
  VolumeType: 'volumeType',
};

/** Removes Timestream databases whose tables are listed. */
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
