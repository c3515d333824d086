import {
  type App,
  CfnResource,
  CfnStack,
  aws_docdb as docdb,
  aws_dsql as dsql,
  aws_dynamodb as dynamodb,
  aws_ec2 as ec2,
  aws_ecs as ecs,
  aws_efs as efs,
  aws_eks as eks,
  aws_eks_v2 as eksV2,
  Fn,
  aws_fsx as fsx,
  aws_iam as iam,
  Lazy,
  aws_lambda as lambda,
  NestedStack,
  aws_neptune as neptune,
  Resource,
  aws_rds as rds,
  aws_redshift as redshift,
  aws_redshiftserverless as redshiftserverless,
  Size,
  Stack,
  Stage,
  aws_s3 as s3,
  aws_sqs as sqs,
  aws_systemsmanagersap as ssmsap,
  Tags,
  aws_timestream as timestream,
} from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { collectResources, resolveResource } from '../../../src/resources/core/resource-arns';
import { BackupCapability, CapabilitySupport } from '../../../src/values/resource-type/capability';
import { cloudFormationResourceTypes } from '../../../src/values/resource-type/cloudformation-resources';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { testApp } from '../../support/app';

const PARTITION = { Ref: 'AWS::Partition' };
const REGION = { Ref: 'AWS::Region' };
const ACCOUNT = { Ref: 'AWS::AccountId' };
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const getAtt = (attribute: string, id = 'Thing') => ({ 'Fn::GetAtt': [id, attribute] });
const arn = (service: string, resource: string, id: unknown = { Ref: 'Thing' }) =>
  join('arn:', PARTITION, `:${service}:`, REGION, ':', ACCOUNT, `:${resource}`, id);

let app: App;
let stack: Stack;
beforeEach(() => {
  app = testApp();
  stack = new Stack(app, 'Stack');
});

/** What a construct resolves to, rendered as in a template. */
function resolved(construct: IConstruct, scope = stack): { arn: unknown; type: string } | undefined {
  const found = resolveResource(construct);
  return found && { arn: scope.resolve(found.arn), type: found.type.toString() };
}

function vpc(): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
}

type Make = (scope: Construct) => CfnResource;
const key = { attributeName: 'id', attributeType: 'S' };
const ontap = { name: 'v', volumeType: 'ONTAP' };

const L1S: [string, string, unknown, Make][] = [
  ['AWS::DSQL::Cluster', 'DSQL', getAtt('ResourceArn'), (s) => new dsql.CfnCluster(s, 'Thing')],
  ['AWS::DocDB::DBCluster', 'DocumentDB', arn('rds', 'cluster:'), (s) => new docdb.CfnDBCluster(s, 'Thing')],
  [
    'AWS::DynamoDB::GlobalTable',
    'DynamoDB',
    getAtt('Arn'),
    (s) =>
      new dynamodb.CfnGlobalTable(s, 'Thing', {
        attributeDefinitions: [key],
        keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
        replicas: [{ region: 'eu-west-1' }],
      }),
  ],
  [
    'AWS::DynamoDB::Table',
    'DynamoDB',
    getAtt('Arn'),
    (s) => new dynamodb.CfnTable(s, 'Thing', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] }),
  ],
  ['AWS::EC2::Instance', 'EC2', arn('ec2', 'instance/'), (s) => new ec2.CfnInstance(s, 'Thing')],
  [
    'AWS::EC2::Volume',
    'EBS',
    arn('ec2', 'volume/'),
    (s) => new ec2.CfnVolume(s, 'Thing', { availabilityZone: 'eu-west-1a' }),
  ],
  ['AWS::EFS::FileSystem', 'EFS', getAtt('Arn'), (s) => new efs.CfnFileSystem(s, 'Thing')],
  [
    'AWS::EKS::Cluster',
    'EKS',
    getAtt('Arn'),
    (s) => new eks.CfnCluster(s, 'Thing', { resourcesVpcConfig: { subnetIds: [] }, roleArn: 'role' }),
  ],
  [
    'AWS::FSx::FileSystem',
    'FSx (Windows)',
    getAtt('ResourceARN'),
    (s) => new fsx.CfnFileSystem(s, 'Thing', { fileSystemType: 'WINDOWS', subnetIds: [] }),
  ],
  ['AWS::FSx::Volume', 'FSx (ONTAP)', getAtt('ResourceARN'), (s) => new fsx.CfnVolume(s, 'Thing', ontap)],
  ['AWS::Neptune::DBCluster', 'Neptune', arn('rds', 'cluster:'), (s) => new neptune.CfnDBCluster(s, 'Thing')],
  [
    'AWS::RDS::DBCluster',
    'Aurora',
    getAtt('DBClusterArn'),
    (s) => new rds.CfnDBCluster(s, 'Thing', { engine: 'aurora-postgresql' }),
  ],
  [
    'AWS::RDS::DBInstance',
    'RDS',
    getAtt('DBInstanceArn'),
    (s) => new rds.CfnDBInstance(s, 'Thing', { engine: 'postgres' }),
  ],
  [
    'AWS::Redshift::Cluster',
    'Redshift',
    arn('redshift', 'cluster:'),
    (s) =>
      new redshift.CfnCluster(s, 'Thing', {
        clusterType: 'single-node',
        dbName: 'db',
        masterUsername: 'admin',
        nodeType: 'ra3.large',
      }),
  ],
  [
    'AWS::RedshiftServerless::Namespace',
    'Redshift Serverless',
    getAtt('Namespace.NamespaceArn'),
    (s) => new redshiftserverless.CfnNamespace(s, 'Thing', { namespaceName: 'n' }),
  ],
  ['AWS::S3::Bucket', 'S3', getAtt('Arn'), (s) => new s3.CfnBucket(s, 'Thing')],
  [
    'AWS::StorageGateway::Volume',
    'Storage Gateway',
    getAtt('VolumeARN'),
    // aws-cdk-lib 2.264 has no class for it yet.
    (s) => new CfnResource(s, 'Thing', { type: 'AWS::StorageGateway::Volume' }),
  ],
  [
    'AWS::SystemsManagerSAP::Application',
    'SAP HANA on Amazon EC2',
    join(getAtt('Arn'), '/*'),
    (s) => new ssmsap.CfnApplication(s, 'Thing', { applicationId: 'hana', applicationType: 'HANA' }),
  ],
  [
    'AWS::Timestream::Database',
    'Timestream',
    join(getAtt('Arn'), '/*'),
    (s) => new timestream.CfnDatabase(s, 'Thing'),
  ],
  [
    'AWS::Timestream::Table',
    'Timestream',
    getAtt('Arn'),
    (s) => new timestream.CfnTable(s, 'Thing', { databaseName: 'db' }),
  ],
  [
    'AWS::CloudFormation::Stack',
    'CloudFormation',
    { Ref: 'Thing' },
    (s) => new CfnStack(s, 'Thing', { templateUrl: 'https://example.com/template.json' }),
  ],
];

describe('an L1', () => {
  test.each(L1S)('%s resolves to its ARN, as %s', (_, type, expected, make) => {
    expect(resolved(make(stack))).toEqual({ arn: expected, type });
  });

  test.each(L1S.filter(([name]) => name !== 'AWS::CloudFormation::Stack'))(
    '%s is found below a scope',
    (_, type, expected, make) => {
      const scope = new Construct(stack, 'Scope');
      const resource = make(scope);
      resource.overrideLogicalId('Thing');
      expect(
        collectResources(scope).map((found) => ({
          ...found,
          arn: stack.resolve(found.arn),
          type: `${found.type}`,
        })),
      ).toEqual([{ arn: expected, type, construct: resource, resource }]);
    },
  );

  test('every type of the table is tested', () => {
    expect(
      cloudFormationResourceTypes()
        .filter((type) => !type.startsWith('Custom::'))
        .sort(),
    ).toEqual(L1S.map(([name]) => name).sort());
  });

  test('a plain CfnResource resolves like the typed class', () => {
    const plain = new CfnResource(stack, 'Thing', {
      type: 'AWS::RDS::DBCluster',
      properties: { Engine: 'mysql' },
    });
    expect(resolved(plain)).toEqual({ arn: getAtt('DBClusterArn'), type: 'RDS (Multi-AZ cluster)' });
  });

  test('the ARN of a stack with an environment has its Region and account', () => {
    const there = new Stack(app, 'There', { env: { account: '111122223333', region: 'eu-west-1' } });
    const volume = new ec2.CfnVolume(there, 'Thing', { availabilityZone: 'eu-west-1a' });
    expect(resolved(volume, there)).toEqual({
      arn: join('arn:aws:ec2:eu-west-1:111122223333:volume/', { Ref: 'Thing' }),
      type: 'EBS',
    });
  });

  test.each([
    ['a queue', (s: Construct) => new sqs.CfnQueue(s, 'Thing')],
    ['a topic of an unknown type', (s: Construct) => new CfnResource(s, 'Thing', { type: 'My::Own::Type' })],
    [
      'a Neptune instance',
      (s: Construct) => new neptune.CfnDBInstance(s, 'Thing', { dbInstanceClass: 'db.r5.large' }),
    ],
    [
      'an instance of an Aurora cluster',
      (s: Construct) =>
        new rds.CfnDBInstance(s, 'Thing', { dbClusterIdentifier: 'c', engine: 'aurora-mysql' }),
    ],
    [
      'an RDS Custom instance',
      (s: Construct) => new rds.CfnDBInstance(s, 'Thing', { engine: 'custom-oracle-ee' }),
    ],
    [
      'an ONTAP file system',
      (s: Construct) => new fsx.CfnFileSystem(s, 'Thing', { fileSystemType: 'ONTAP', subnetIds: [] }),
    ],
    [
      'an OpenZFS volume',
      (s: Construct) => new fsx.CfnVolume(s, 'Thing', { name: 'v', volumeType: 'OPENZFS' }),
    ],
    [
      'an ONTAP volume for data protection',
      (s: Construct) =>
        new fsx.CfnVolume(s, 'Thing', {
          ...ontap,
          ontapConfiguration: { storageVirtualMachineId: 'svm', ontapVolumeType: 'DP' },
        }),
    ],
    [
      'an ABAP application',
      (s: Construct) =>
        new ssmsap.CfnApplication(s, 'Thing', { applicationId: 'a', applicationType: 'SAP_ABAP' }),
    ],
  ])("AWS Backup doesn't protect %s by itself", (_, make) => {
    const resource = make(stack);
    expect(resolveResource(resource)).toBeUndefined();
    expect(collectResources(stack)).toEqual([]);
  });

  test.each([
    ['aurora-mysql', 'Aurora'],
    ['aurora', 'Aurora'],
    ['Aurora-PostgreSQL', 'Aurora'],
    ['postgres', 'RDS (Multi-AZ cluster)'],
    ['MySQL', 'RDS (Multi-AZ cluster)'],
    ['neptune', 'Neptune'],
    ['docdb', 'DocumentDB'],
    [undefined, 'Aurora'],
  ])('an RDS cluster with engine %s has type %s', (engine, type) => {
    expect(resolved(new rds.CfnDBCluster(stack, 'Thing', { engine }))?.type).toBe(type);
  });

  test.each([
    ['LUSTRE', 'FSx (Lustre)'],
    ['OPENZFS', 'FSx (OpenZFS)'],
    ['NEW', 'FSx'],
  ])('an FSx file system of type %s has type %s', (fileSystemType, type) => {
    expect(resolved(new fsx.CfnFileSystem(stack, 'Thing', { fileSystemType, subnetIds: [] }))?.type).toBe(
      type,
    );
  });

  test('overridden and lazy properties are used', () => {
    const cluster = new rds.CfnDBCluster(stack, 'A', { engine: 'aurora-mysql' });
    cluster.addPropertyOverride('Engine', 'postgres');
    expect(resolved(cluster)?.type).toBe('RDS (Multi-AZ cluster)');

    const late = new rds.CfnDBCluster(stack, 'B', { engine: Lazy.string({ produce: () => 'mysql' }) });
    expect(resolved(late)?.type).toBe('RDS (Multi-AZ cluster)');

    const never = new rds.CfnDBCluster(stack, 'C', {
      engine: Lazy.string({
        produce: () => {
          throw new Error('not yet');
        },
      }),
    });
    expect(resolved(never)?.type).toBe('Aurora');
  });
});

describe('an L2', () => {
  const L2S: [string, string, () => IConstruct, (thing: never) => string][] = [
    [
      'dynamodb.Table',
      'DynamoDB',
      () =>
        new dynamodb.Table(stack, 'L2', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
        }),
      (t: dynamodb.Table) => t.tableArn,
    ],
    [
      'dynamodb.TableV2',
      'DynamoDB',
      () =>
        new dynamodb.TableV2(stack, 'L2', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
        }),
      (t: dynamodb.TableV2) => t.tableArn,
    ],
    ['s3.Bucket', 'S3', () => new s3.Bucket(stack, 'L2'), (b: s3.Bucket) => b.bucketArn],
    [
      'efs.FileSystem',
      'EFS',
      () => new efs.FileSystem(stack, 'L2', { vpc: vpc() }),
      (f: efs.FileSystem) => f.fileSystemArn,
    ],
    [
      'rds.DatabaseInstance',
      'RDS',
      () =>
        new rds.DatabaseInstance(stack, 'L2', {
          engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }),
          vpc: vpc(),
        }),
      (i: rds.DatabaseInstance) => i.instanceArn,
    ],
    [
      'rds.DatabaseCluster',
      'Aurora',
      () =>
        new rds.DatabaseCluster(stack, 'L2', {
          engine: rds.DatabaseClusterEngine.auroraPostgres({
            version: rds.AuroraPostgresEngineVersion.VER_16_4,
          }),
          writer: rds.ClusterInstance.serverlessV2('writer'),
          vpc: vpc(),
        }),
      (c: rds.DatabaseCluster) => c.clusterArn,
    ],
    [
      'rds.ServerlessCluster',
      'Aurora',
      () =>
        new rds.ServerlessCluster(stack, 'L2', {
          engine: rds.DatabaseClusterEngine.AURORA_MYSQL,
          vpc: vpc(),
        }),
      (c: rds.ServerlessCluster) => c.clusterArn,
    ],
    [
      'eksV2.Cluster',
      'EKS',
      () => new eksV2.Cluster(stack, 'L2', { version: eksV2.KubernetesVersion.V1_33, vpc: vpc() }),
      (c: eksV2.Cluster) => c.clusterArn,
    ],
    [
      'eks.Cluster',
      'EKS',
      () =>
        new eks.Cluster(stack, 'L2', {
          version: eks.KubernetesVersion.V1_33,
          vpc: vpc(),
          kubectlLayer: new lambda.LayerVersion(stack, 'Layer', {
            code: lambda.Code.fromBucket(s3.Bucket.fromBucketName(stack, 'Code', 'code'), 'layer.zip'),
          }),
          defaultCapacity: 0,
        }),
      (c: eks.Cluster) => c.clusterArn,
    ],
  ];

  test.each(L2S)('%s resolves to its own ARN attribute, as %s', (_, type, make, arnOf) => {
    const thing = make();
    const found = resolveResource(thing);
    expect(stack.resolve(found?.arn)).toEqual(stack.resolve(arnOf(thing as never)));
    expect(found?.type.toString()).toBe(type);
    expect(found?.resource).toBeInstanceOf(CfnResource);
  });

  test.each(L2S)('%s is found once below its stack, as the construct of the user', (_, type, make, arnOf) => {
    const thing = make();
    const found = collectResources(stack).filter(({ type: t }) => t.toString() === type);
    expect(found).toHaveLength(1);
    expect(found[0].construct).toBe(thing);
    expect(stack.resolve(found[0].arn)).toEqual(stack.resolve(arnOf(thing as never)));
  });

  test('ec2.Instance and ec2.Volume, which have no ARN attribute, resolve by their ID', () => {
    const instance = new ec2.Instance(stack, 'Instance', {
      vpc: vpc(),
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      instanceType: new ec2.InstanceType('t3.small'),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    });
    expect(resolved(instance)).toEqual({
      arn: arn('ec2', 'instance/', stack.resolve(instance.instanceId)),
      type: 'EC2',
    });
    const volume = new ec2.Volume(stack, 'Volume', { availabilityZone: 'a', size: Size.gibibytes(8) });
    Tags.of(volume).add('a', 'b');
    expect(resolved(volume)).toEqual({
      arn: arn('ec2', 'volume/', stack.resolve(volume.volumeId)),
      type: 'EBS',
    });
  });

  test('docdb.DatabaseCluster resolves as DocumentDB, and its instances are not listed', () => {
    const cluster = new docdb.DatabaseCluster(stack, 'Cluster', {
      masterUser: { username: 'admin1' },
      instanceType: new ec2.InstanceType('r5.large'),
      vpc: vpc(),
    });
    expect(resolved(cluster)).toEqual({
      arn: arn('rds', 'cluster:', stack.resolve(cluster.clusterIdentifier)),
      type: 'DocumentDB',
    });
    expect(collectResources(stack).map(({ construct }) => construct)).toEqual([cluster]);
  });

  test('fsx.LustreFileSystem resolves as FSx for Lustre', () => {
    const network = vpc();
    const fileSystem = new fsx.LustreFileSystem(stack, 'L2', {
      lustreConfiguration: {
        deploymentType: fsx.LustreDeploymentType.PERSISTENT_2,
        perUnitStorageThroughput: 125,
      },
      storageCapacityGiB: 1200,
      vpc: network,
      vpcSubnet: network.publicSubnets[0],
    });
    expect(resolved(fileSystem)?.type).toBe('FSx (Lustre)');
    expect(resolved(fileSystem)?.arn).toEqual(
      getAtt('ResourceARN', stack.getLogicalId(fileSystem.node.defaultChild as CfnResource)),
    );
  });

  test.each([
    ['a Lambda function', () => lambdaFunction()],
    ['a queue', () => new sqs.Queue(stack, 'L2')],
    ['a VPC', () => vpc()],
    ['an ECS cluster', () => new ecs.Cluster(stack, 'L2', { vpc: vpc() })],
    ['a plain scope', () => new Construct(stack, 'L2')],
    ['an app', () => app],
    ['a stage', () => new Stage(app, 'Stage')],
  ])('%s resolves to nothing', (_, make) => {
    expect(resolveResource(make())).toBeUndefined();
  });

  function lambdaFunction() {
    return new lambda.Function(stack, 'L2', {
      code: lambda.Code.fromInline('exports.handler = () => {}'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
    });
  }

  test('a construct that wraps a resource as its default child resolves to that resource', () => {
    const outer = new Construct(stack, 'Outer');
    const bucket = new s3.Bucket(outer, 'Resource');
    expect(resolveResource(outer)?.arn).toBe(bucket.bucketArn);
    expect(collectResources(stack)[0].construct).toBe(outer);
  });

  test('a construct with both a `Default` and a `Resource` resolves to nothing, but its resources are found', () => {
    const outer = new Construct(stack, 'Outer');
    const a = new s3.Bucket(outer, 'Resource');
    const b = new s3.Bucket(outer, 'Default');
    expect(resolveResource(outer)).toBeUndefined();
    expect(collectResources(outer).map(({ construct }) => construct)).toEqual([a, b]);
  });

  test('a table used from another stack becomes a reference across stacks', () => {
    const table = new dynamodb.TableV2(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });
    const other = new Stack(app, 'Other');
    const role = new iam.CfnRole(other, 'Role', {
      assumeRolePolicyDocument: { Resource: resolveResource(table)?.arn },
    });
    const template = app.synth().getStackByName('Other').template;
    expect(JSON.stringify(template.Resources[other.getLogicalId(role)])).toMatch(
      /Fn::ImportValue|Fn::GetStackOutput/,
    );
  });
});

describe('a stack', () => {
  test('resolves to itself, as type CloudFormation', () => {
    expect(resolved(stack)).toEqual({ arn: { Ref: 'AWS::StackId' }, type: 'CloudFormation' });
  });

  test('resolves to itself even if it is used from another stack', () => {
    const other = new Stack(app, 'Other');
    new iam.CfnRole(other, 'Role', {
      assumeRolePolicyDocument: { Resource: resolveResource(stack)?.arn },
    });
    const template = JSON.stringify(app.synth().getStackByName('Other').template.Resources);
    expect(template).not.toContain('AWS::StackId');
    expect(template).toMatch(/Fn::ImportValue|Fn::GetStackOutput/);
  });

  test('that is nested resolves to itself by the reference of its parent', () => {
    const nested = new NestedStack(stack, 'Nested');
    new s3.Bucket(nested, 'Bucket');
    const found = resolveResource(nested);
    expect(found?.type).toBe(ResourceType.CLOUDFORMATION);
    expect(stack.resolve(found?.arn)).toEqual({
      Ref: stack.getLogicalId(nested.nestedStackResource as CfnResource),
    });
  });

  test('is not listed among its own resources, and those in nested stacks and stages are found', () => {
    const bucket = new s3.Bucket(stack, 'Bucket');
    const nested = new NestedStack(stack, 'Nested');
    const inner = new s3.Bucket(nested, 'Bucket');
    const stage = new Stage(app, 'Stage');
    const staged = new s3.Bucket(new Stack(stage, 'Stack'), 'Bucket');
    expect(collectResources(app).map(({ construct }) => construct)).toEqual([bucket, inner, staged]);
  });
});

describe('an imported resource', () => {
  const literal = (resource: string) => `arn:aws:${resource}`;
  const here = (service: string, resource: string) =>
    join('arn:', PARTITION, `:${service}:`, REGION, ':', ACCOUNT, `:${resource}`);
  const IMPORTS: [string, string, unknown, () => IConstruct][] = [
    [
      'dynamodb.Table.fromTableArn',
      'DynamoDB',
      literal('dynamodb:eu-west-1:111122223333:table/t'),
      () => dynamodb.Table.fromTableArn(stack, 'I', literal('dynamodb:eu-west-1:111122223333:table/t')),
    ],
    [
      'dynamodb.TableV2.fromTableName',
      'DynamoDB',
      here('dynamodb', 'table/t'),
      () => dynamodb.TableV2.fromTableName(stack, 'I', 't'),
    ],
    [
      'dynamodb.CfnTable.fromTableArn',
      'DynamoDB',
      literal('dynamodb:eu-west-1:111122223333:table/t'),
      () => dynamodb.CfnTable.fromTableArn(stack, 'I', literal('dynamodb:eu-west-1:111122223333:table/t')),
    ],
    [
      's3.Bucket.fromBucketArn',
      'S3',
      literal('s3:::bucket'),
      () => s3.Bucket.fromBucketArn(stack, 'I', literal('s3:::bucket')),
    ],
    [
      's3.Bucket.fromBucketName',
      'S3',
      join('arn:', PARTITION, ':s3:::bucket'),
      () => s3.Bucket.fromBucketName(stack, 'I', 'bucket'),
    ],
    [
      's3.Bucket.fromBucketArn with an ARN that is known only at deployment',
      'S3',
      { 'Fn::ImportValue': 'bucket' },
      () => s3.Bucket.fromBucketArn(stack, 'I', Fn.importValue('bucket')),
    ],
    [
      's3.CfnBucket.fromBucketName',
      'S3',
      join('arn:', PARTITION, ':s3:::bucket'),
      () => s3.CfnBucket.fromBucketName(stack, 'I', 'bucket'),
    ],
    [
      'efs.FileSystem.fromFileSystemAttributes',
      'EFS',
      here('elasticfilesystem', 'file-system/fs-1'),
      () =>
        efs.FileSystem.fromFileSystemAttributes(stack, 'I', {
          fileSystemId: 'fs-1',
          securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'SG', 'sg-1'),
        }),
    ],
    [
      'fsx.LustreFileSystem.fromLustreFileSystemAttributes',
      'FSx',
      here('fsx', 'file-system/fs-1'),
      () =>
        fsx.LustreFileSystem.fromLustreFileSystemAttributes(stack, 'I', {
          dnsName: 'dns',
          fileSystemId: 'fs-1',
          securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'SG', 'sg-1'),
        }) as unknown as IConstruct,
    ],
    [
      'rds.DatabaseInstance.fromDatabaseInstanceAttributes',
      'RDS',
      here('rds', 'db:i'),
      () =>
        rds.DatabaseInstance.fromDatabaseInstanceAttributes(stack, 'I', {
          instanceIdentifier: 'i',
          instanceEndpointAddress: 'address',
          port: 5432,
          securityGroups: [],
        }),
    ],
    [
      'rds.DatabaseCluster.fromDatabaseClusterAttributes',
      'Aurora',
      here('rds', 'cluster:c'),
      () => rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'I', { clusterIdentifier: 'c' }),
    ],
    [
      'rds.DatabaseCluster.fromDatabaseClusterAttributes with its engine',
      'RDS (Multi-AZ cluster)',
      here('rds', 'cluster:c'),
      () =>
        rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'I', {
          clusterIdentifier: 'c',
          engine: { ...rds.DatabaseClusterEngine.AURORA_MYSQL, engineType: 'mysql' } as rds.IClusterEngine,
        }),
    ],
    [
      'docdb.DatabaseCluster.fromDatabaseClusterAttributes',
      'DocumentDB',
      here('rds', 'cluster:c'),
      () => docdb.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'I', { clusterIdentifier: 'c' }),
    ],
    [
      'eks.Cluster.fromClusterAttributes',
      'EKS',
      here('eks', 'cluster/c'),
      () => eks.Cluster.fromClusterAttributes(stack, 'I', { clusterName: 'c' }),
    ],
    [
      'eksV2.Cluster.fromClusterAttributes',
      'EKS',
      here('eks', 'cluster/c'),
      () => eksV2.Cluster.fromClusterAttributes(stack, 'I', { clusterName: 'c' }),
    ],
    [
      'ec2.Volume.fromVolumeAttributes',
      'EBS',
      here('ec2', 'volume/vol-1234567890abcdef0'),
      () =>
        ec2.Volume.fromVolumeAttributes(stack, 'I', {
          availabilityZone: 'a',
          volumeId: 'vol-1234567890abcdef0',
        }),
    ],
  ];

  test.each(IMPORTS)('%s resolves to its ARN, as %s', (_, type, expected, make) => {
    expect(resolved(make())).toEqual({ arn: expected, type });
  });

  test("is not listed below the scope, which doesn't create it", () => {
    for (const [, , , make] of IMPORTS.slice(0, 1)) make();
    expect(collectResources(stack)).toEqual([]);
  });

  class Imported extends Resource {}

  /** What any construct library can make: a construct with a reference of aws-cdk-lib's interfaces. */
  function referenced(name: string, reference: object, env = {}): IConstruct {
    const thing = new Imported(stack, `R${stack.node.children.length}`, env);
    return Object.defineProperty(thing, name, { value: reference });
  }

  test.each<[string, object, string, unknown]>([
    ['clusterRef', { clusterIdentifier: 'c' }, 'Redshift', here('redshift', 'cluster:c')],
    ['clusterRef', { identifier: 'c' }, 'DSQL', here('dsql', 'cluster/c')],
    ['dbClusterRef', { dbClusterIdentifier: 'c' }, 'Neptune', here('rds', 'cluster:c')],
    [
      'globalTableRef',
      { tableName: 't', globalTableArn: literal('dynamodb::111122223333:global-table/t') },
      'DynamoDB',
      here('dynamodb', 'table/t'),
    ],
    ['instanceRef', { instanceId: 'i-1' }, 'EC2', here('ec2', 'instance/i-1')],
    ['volumeRef', { volumeId: 'fsvol-1' }, 'FSx (ONTAP)', here('fsx', 'volume/fsvol-1')],
    ['fileSystemRef', { fileSystemId: 'fs-1' }, 'FSx', here('fsx', 'file-system/fs-1')],
    [
      'volumeRef',
      { volumeArn: literal('storagegateway:eu-west-1:111122223333:gateway/sgw-1/volume/vol-1') },
      'Storage Gateway',
      literal('storagegateway:eu-west-1:111122223333:gateway/sgw-1/volume/vol-1'),
    ],
    [
      'tableRef',
      {
        databaseName: 'd',
        tableName: 't',
        tableArn: literal('timestream:eu-west-1:111122223333:database/d/table/t'),
      },
      'Timestream',
      literal('timestream:eu-west-1:111122223333:database/d/table/t'),
    ],
    [
      'databaseRef',
      { databaseName: 'd', databaseArn: literal('timestream:eu-west-1:111122223333:database/d') },
      'Timestream',
      literal('timestream:eu-west-1:111122223333:database/d/*'),
    ],
    [
      'applicationRef',
      { applicationArn: literal('ssm-sap:eu-west-1:111122223333:HANA/a') },
      'SAP HANA on Amazon EC2',
      literal('ssm-sap:eu-west-1:111122223333:HANA/a/*'),
    ],
    [
      'stackRef',
      { stackId: literal('cloudformation:eu-west-1:111122223333:stack/s/1') },
      'CloudFormation',
      literal('cloudformation:eu-west-1:111122223333:stack/s/1'),
    ],
  ])('with `%s` %j resolves as %s', (name, reference, type, expected) => {
    expect(resolved(referenced(name, reference))).toEqual({ arn: expected, type });
  });

  test('with an environment has its ARN there', () => {
    const elsewhere = { account: '111122223333', region: 'eu-west-1' };
    expect(resolved(referenced('instanceRef', { instanceId: 'i-1' }, elsewhere))?.arn).toEqual(
      join('arn:', PARTITION, ':ec2:eu-west-1:111122223333:instance/i-1'),
    );
  });

  test.each<[string, string, object]>([
    ['an ECS cluster', 'clusterRef', { clusterName: 'c', clusterArn: literal('ecs:eu-west-1:1:cluster/c') }],
    ['a cluster of an unknown service', 'clusterRef', { clusterName: 'c', clusterArn: Fn.importValue('c') }],
    ['a table bucket table', 'tableRef', { tableArn: literal('s3tables:eu-west-1:1:bucket/b/table/t') }],
    ['a Keyspaces table', 'tableRef', { keyspaceName: 'k', tableName: 't' }],
    [
      'a Lightsail bucket',
      'bucketRef',
      { bucketName: 'b', bucketArn: literal('lightsail:eu-west-1:1:Bucket/b') },
    ],
    ['a Cloud Map instance', 'instanceRef', { instanceId: 'anything' }],
    ['an instance whose ID is known only at deployment', 'instanceRef', { instanceId: Fn.importValue('i') }],
    ['a Neptune instance', 'dbInstanceRef', { dbInstanceIdentifier: 'i' }],
    ['an AppConfig application', 'applicationRef', { applicationId: 'a' }],
    ['a reference without its members', 'bucketRef', { bucketName: 'b' }],
    ['a Redshift Serverless namespace, whose reference has no ID', 'namespaceRef', { namespaceName: 'n' }],
  ])('%s resolves to nothing', (_, name, reference) => {
    expect(resolveResource(referenced(name, reference))).toBeUndefined();
  });

  test('whose reference throws resolves to nothing', () => {
    const thing = new Construct(stack, 'Thing');
    Object.defineProperty(thing, 'bucketRef', {
      get: () => {
        throw new Error('this import has no ARN');
      },
    });
    expect(resolveResource(thing)).toBeUndefined();
  });
});

test.each([undefined, null, 'arn:aws:s3:::bucket', 3, {}, { node: {} }, []])(
  '%j is not a construct and resolves to nothing',
  (value) => {
    expect(resolveResource(value as unknown as IConstruct)).toBeUndefined();
  },
);

describe('resources that belong together', () => {
  test('are one item: an Aurora cluster and its instances', () => {
    const cluster = new rds.DatabaseCluster(stack, 'Cluster', {
      engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 }),
      writer: rds.ClusterInstance.provisioned('writer'),
      readers: [rds.ClusterInstance.provisioned('reader')],
      vpc: vpc(),
    });
    expect(collectResources(app).map(({ construct }) => construct)).toEqual([cluster]);
  });

  test('are one item: a Timestream database whose tables are in the scope', () => {
    const database = new timestream.CfnDatabase(stack, 'Database');
    const named = new timestream.CfnDatabase(stack, 'Named', { databaseName: 'named' });
    const empty = new timestream.CfnDatabase(stack, 'Empty');
    const a = new timestream.CfnTable(stack, 'A', { databaseName: database.ref });
    const b = new timestream.CfnTable(stack, 'B', { databaseName: 'named' });
    expect(collectResources(stack).map(({ construct }) => construct)).toEqual([empty, a, b]);
    expect(named.node.scope).toBe(stack);
  });
});

describe('types of the user', () => {
  test('extend the catalog: constructs of their CloudFormation types resolve by the attribute', () => {
    const graph = ResourceType.of('NeptuneGraph', {
      cloudFormationTypes: ['AWS::NeptuneGraph::Graph'],
      arnAttribute: 'GraphArn',
    });
    const resource = new CfnResource(stack, 'Thing', { type: 'AWS::NeptuneGraph::Graph' });
    expect(resolveResource(resource)).toBeUndefined();
    const found = resolveResource(resource, [graph]);
    expect(found?.type).toBe(graph);
    expect(stack.resolve(found?.arn)).toEqual(getAtt('GraphArn'));
    expect(collectResources(stack, [graph]).map(({ type }) => type)).toEqual([graph]);
  });

  test('override the catalog, for the variants of the type too', () => {
    const types = [
      ResourceType.FSX.withCapabilities({ coldStorage: true }),
      ResourceType.S3.withCapabilities({ coldStorage: true }),
      ResourceType.CLOUDFORMATION.withCapabilities({ coldStorage: false }),
      ResourceType.RDS.variant('Multi-AZ cluster').withCapabilities({ continuous: true }),
    ];
    const lustre = new fsx.CfnFileSystem(stack, 'A', { fileSystemType: 'LUSTRE', subnetIds: [] });
    const cluster = new rds.CfnDBCluster(stack, 'B', { engine: 'mysql' });
    const bucket = s3.Bucket.fromBucketName(stack, 'C', 'bucket');
    const supports = (construct: IConstruct, capability: BackupCapability) =>
      resolveResource(construct, types)?.type.supports(capability);
    expect(supports(lustre, BackupCapability.COLD_STORAGE)).toBe(CapabilitySupport.YES);
    expect(supports(cluster, BackupCapability.CONTINUOUS)).toBe(CapabilitySupport.YES);
    expect(supports(bucket, BackupCapability.COLD_STORAGE)).toBe(CapabilitySupport.YES);
    expect(supports(stack, BackupCapability.COLD_STORAGE)).toBe(CapabilitySupport.NO);
    expect(collectResources(stack, types).map(({ type }) => type.toString())).toEqual([
      'FSx (Lustre)',
      'RDS (Multi-AZ cluster)',
    ]);
  });
});
