import { type IResource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { cloudFormationResource } from '../../values/resource-type/cloudformation-resources';
import { ResourceType } from '../../values/resource-type/resource-type';

/** The ARN and the type of an imported resource. */
interface ImportedResource {
  readonly arn: string;
  readonly type: ResourceType;
}

/** A reference of aws-cdk-lib's interfaces, and how to get the ARN and the type of the resource from it. */
interface ReferenceKind {
  readonly ref: string;
  /** The member of the reference that contains the ARN, … */
  readonly arn?: string;
  /** … or the member with the end of the ARN, and what precedes it. */
  readonly id?: string;
  readonly resource?: string;
  /** The prefix of the ID, if other services have the same reference. */
  readonly idPrefix?: string;
  /** A member that the reference must have, and one that it must not have, to exclude other services. */
  readonly with?: string;
  readonly without?: string;
  /** The service of the ARN. */
  readonly service: string;
  /** The modules of aws-cdk-lib whose classes have this kind of reference. */
  readonly modules: readonly string[];
  /** Other services have the same members, so an unreadable ARN isn't enough. */
  readonly ambiguous?: boolean;
  readonly suffix?: string;
  readonly type: (construct: IConstruct) => ResourceType;
}

/**
 * All kinds, in the order in which they are tried. A function, so that loading the module stays fast.
 *
 * Redshift Serverless namespaces are missing: their ARN contains the ID, but their reference contains only the name.
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
        const engine = tryGet(() => (construct as { engine?: { engineType?: string } }).engine?.engineType);
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

/** Finds the ARN and the type of an imported resource by its reference. */
export function resolveImported(construct: IConstruct): ImportedResource | undefined {
  const modules = modulesOf(construct);
  for (const kind of referenceKinds()) {
    const arn = referencedArn(construct, kind, modules);
    if (arn !== undefined) return { arn: `${arn}${kind.suffix ?? ''}`, type: kind.type(construct) };
  }
  // the FSx constructs of aws-cdk-lib have no reference yet
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
  const reference = tryGet(() => (construct as unknown as Record<string, unknown>)[kind.ref]);
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

/** The ARN in the environment of an imported resource, otherwise in that of its stack. */
function arnInEnvironment(construct: IConstruct, service: string, resource: string): string {
  const stack = Stack.of(construct);
  const env = (construct as Partial<IResource>).env;
  const region = env?.region ?? stack.region;
  const account = env?.account ?? stack.account;
  return `arn:${stack.partition}:${service}:${region}:${account}:${resource}`;
}

/** The service of an ARN; undefined if the whole ARN is a token. */
function serviceOf(arn: string): string | undefined {
  const parts = arn.split(':');
  return parts[0] === 'arn' && parts.length >= 6 && !Token.isUnresolved(parts[2]) ? parts[2] : undefined;
}

/** The aws-cdk-lib modules of the class of a construct and its base classes. */
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

/** The value of a string member; undefined for everything else. */
export function stringOf(from: object, name: string): string | undefined {
  const value = tryGet(() => (from as Record<string, unknown>)[name]);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value of a getter; undefined if it throws, as getters of imported constructs do for unknown attributes. */
export function tryGet<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
