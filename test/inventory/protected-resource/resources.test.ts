import { tagValue } from '../../../src/inventory/core/tags';
import { inventoryOf } from '../../../src/inventory/inventory';
import type { ResourceItem } from '../../../src/inventory/protected-resource/resource-item';
import { CATALOG } from '../../../src/values/resource-type/catalog';
import { inventory, inventoryOfResources, shown, source } from '../../support/templates';

const FRAME = {
  Parameters: { Engine: { Type: 'String' }, Flag: { Type: 'String' } },
  Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Flag' }, 'x'] } },
};

/** The only resource of a type. */
function one(Type: string, Properties: object = {}, others: object = {}): ResourceItem {
  const all = inventory({ ...FRAME, Resources: { It: { Type, Properties }, ...others } });
  return [...all.resources, ...all.members].find((resource) => resource.id === 'App#It') as ResourceItem;
}

const MAYBE = { 'Fn::If': ['Open', true, false] };

describe('protectable resources', () => {
  test('every type of CloudFormation in the catalog is read, but for stacks', () => {
    for (const name of Object.keys(CATALOG))
      for (const type of CATALOG[name].cloudFormationTypes) {
        const all = inventoryOfResources({ It: { Type: type } });
        const found = [...all.resources, ...all.members];
        expect([type, found.length]).toEqual([type, type === 'AWS::CloudFormation::Stack' ? 0 : 1]);
      }
  });

  test('types that AWS Backup does not know are passed over', () => {
    const all = inventoryOfResources({
      Function: { Type: 'AWS::Lambda::Function' },
      Custom: { Type: 'Custom::Thing' },
      Untyped: {},
      Odd: 3,
      TypeList: { Type: ['AWS::S3::Bucket'] },
    });
    expect(all.byId.size).toBe(0);
  });

  test.each<[string, object, unknown, string | undefined, boolean]>([
    ['AWS::RDS::DBCluster', { Engine: 'aurora-postgresql' }, 'Aurora', undefined, false],
    ['AWS::RDS::DBCluster', { Engine: 'Aurora' }, 'Aurora', undefined, false],
    ['AWS::RDS::DBCluster', { Engine: 'postgres' }, 'RDS', 'Multi-AZ cluster', false],
    ['AWS::RDS::DBCluster', { Engine: 'docdb' }, 'DocumentDB', undefined, false],
    ['AWS::RDS::DBCluster', { Engine: 'neptune' }, 'Neptune', undefined, false],
    [
      'AWS::RDS::DBCluster',
      { Engine: { Ref: 'Engine' } },
      'parameter: the engine is not known: the parameter `Engine` has no default',
      undefined,
      false,
    ],
    ['AWS::RDS::DBCluster', {}, 'shape: the cluster has no engine', undefined, false],
    ['AWS::RDS::DBInstance', { Engine: 'mysql' }, 'RDS', undefined, false],
    ['AWS::RDS::DBInstance', { DBClusterIdentifier: 'x' }, 'RDS', undefined, true],
    ['AWS::FSx::FileSystem', { FileSystemType: 'LUSTRE' }, 'FSx', 'Lustre', false],
    ['AWS::FSx::FileSystem', { FileSystemType: 'WINDOWS' }, 'FSx', 'Windows', false],
    ['AWS::FSx::FileSystem', { FileSystemType: 'OPENZFS' }, 'FSx', 'OpenZFS', false],
    ['AWS::FSx::FileSystem', { FileSystemType: 'ONTAP' }, 'FSx', 'ONTAP', true],
    ['AWS::FSx::FileSystem', { FileSystemType: { Ref: 'Engine' } }, `\${Engine}`, undefined, false],
    ['AWS::FSx::Volume', { VolumeType: 'ONTAP' }, 'FSx', 'ONTAP', false],
    ['AWS::FSx::Volume', { VolumeType: 'OPENZFS' }, 'FSx', undefined, true],
    ['AWS::FSx::Volume', {}, 'shape: the volume has no type', undefined, false],
    ['AWS::Timestream::Table', {}, 'Timestream', undefined, false],
    ['AWS::Timestream::Database', {}, 'Timestream', undefined, true],
    [
      'AWS::SystemsManagerSAP::Application',
      { ApplicationType: 'HANA' },
      'SAP HANA on Amazon EC2',
      undefined,
      false,
    ],
    ['AWS::RedshiftServerless::Namespace', {}, 'Redshift Serverless', undefined, false],
    ['AWS::StorageGateway::Volume', {}, 'Storage Gateway', undefined, false],
  ])('%s with %j', (type, properties, resourceType, variant, isMember) => {
    const resource = one(type, properties);
    expect(shown(resource.resourceType)).toEqual(resourceType);
    expect(resource.variant).toBe(variant);
    const { members } = inventory({ ...FRAME, Resources: { It: { Type: type, Properties: properties } } });
    expect(members.length === 1).toBe(isMember);
  });

  test('an application of SAP that is no HANA database is passed over', () => {
    expect(one('AWS::SystemsManagerSAP::Application', { ApplicationType: 'SAP_ABAP' })).toBeUndefined();
  });

  test.each<[string, object, string]>([
    ['AWS::DynamoDB::Table', { TableName: 'orders' }, 'arn:aws:dynamodb:us-east-1:111111111111:table/orders'],
    ['AWS::S3::Bucket', {}, `arn:aws:s3:::\${It}`],
    ['AWS::EFS::FileSystem', {}, `arn:aws:elasticfilesystem:us-east-1:111111111111:file-system/\${It}`],
    ['AWS::EC2::Instance', {}, `arn:aws:ec2:us-east-1:111111111111:instance/\${It}`],
    ['AWS::EC2::Volume', {}, `arn:aws:ec2:us-east-1:111111111111:volume/\${It}`],
    [
      'AWS::RDS::DBInstance',
      { DBInstanceIdentifier: 'Orders' },
      'arn:aws:rds:us-east-1:111111111111:db:orders',
    ],
    [
      'AWS::Neptune::DBCluster',
      { DBClusterIdentifier: 'Graph' },
      'arn:aws:rds:us-east-1:111111111111:cluster:graph',
    ],
    ['AWS::FSx::Volume', { VolumeType: 'ONTAP' }, `arn:aws:fsx:us-east-1:111111111111:volume/\${It.Arn}`],
    ['AWS::EKS::Cluster', { Name: 'k' }, 'arn:aws:eks:us-east-1:111111111111:cluster/k'],
    ['AWS::DSQL::Cluster', {}, `arn:aws:dsql:us-east-1:111111111111:cluster/\${It}`],
    [
      'AWS::Timestream::Table',
      { DatabaseName: 'd', TableName: 't' },
      'arn:aws:timestream:us-east-1:111111111111:database/d/table/t',
    ],
  ])('the ARN of %s with %j', (type, properties, arn) => {
    expect(shown(one(type, properties).arn)).toBe(arn);
  });

  test('a resource has its metadata and policies of deletion', () => {
    const all = inventoryOfResources({
      It: {
        Type: 'AWS::S3::Bucket',
        Metadata: { 'backup:optOut': 'scratch' },
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Snapshot',
      },
      Odd: { Type: 'AWS::S3::Bucket', Metadata: 'x', DeletionPolicy: { Ref: 'AWS::Region' } },
    });
    expect(all.resources).toMatchObject([
      { metadata: { 'backup:optOut': 'scratch' }, deletionPolicy: 'Retain', updateReplacePolicy: 'Snapshot' },
      { metadata: undefined, deletionPolicy: 'us-east-1' },
    ]);
  });
});

describe('databases', () => {
  test('an instance has its engine, windows and retention', () => {
    expect(
      one(
        'AWS::RDS::DBInstance',
        {
          Engine: 'postgres',
          BackupRetentionPeriod: 7,
          PreferredBackupWindow: '03:00-04:00',
          PreferredMaintenanceWindow: 'sun:04:00-sun:05:00',
          MultiAZ: true,
          OptionGroupName: 'o',
          CopyTagsToSnapshot: 'true',
          DeletionProtection: false,
          StorageEncrypted: true,
          KmsKeyId: { Ref: 'Key' },
          SourceDBInstanceIdentifier: { Ref: 'Main' },
        },
        { Key: { Type: 'AWS::KMS::Key' }, Main: { Type: 'AWS::RDS::DBInstance' } },
      ),
    ).toMatchObject({
      encryption: { enabled: true, key: { to: 'App#Key' }, defaultKey: 'alias/aws/rds' },
      database: {
        engine: 'postgres',
        retentionDays: 7,
        backupWindow: '03:00-04:00',
        maintenanceWindow: 'sun:04:00-sun:05:00',
        multiAz: true,
        optionGroup: 'o',
        copyTagsToSnapshot: true,
        deletionProtection: false,
        replicaOf: { to: 'App#Main' },
        memberOf: undefined,
      },
    });
  });

  test('an instance of a cluster leads to the cluster', () => {
    const cluster = { Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } } };
    expect(
      one('AWS::RDS::DBInstance', { DBClusterIdentifier: { Ref: 'Cluster' } }, cluster).database?.memberOf
        ?.to,
    ).toBe('App#Cluster');
  });

  test('a cluster has its engine mode and source', () => {
    expect(
      one('AWS::RDS::DBCluster', {
        Engine: 'aurora',
        EngineMode: 'serverless',
        ReplicationSourceIdentifier: 'arn:x',
      }).database,
    ).toMatchObject({
      engineMode: 'serverless',
      replicaOf: { text: 'arn:x' },
    });
    expect(one('AWS::DocDB::DBCluster', { BackupRetentionPeriod: 3 })).toMatchObject({
      resourceType: 'DocumentDB',
      database: { retentionDays: 3 },
    });
    expect(
      one('AWS::Redshift::Cluster', { AutomatedSnapshotRetentionPeriod: 1, Encrypted: true, MultiAZ: true }),
    ).toMatchObject({
      encryption: { enabled: true, defaultKey: 'alias/aws/redshift' },
      database: { retentionDays: 1, multiAz: true },
    });
  });
});

describe('buckets', () => {
  test.each<[string, object, object]>([
    ['nothing', {}, { versioned: false, eventBridge: false, transitions: { items: [] } }],
    ['versioning', { VersioningConfiguration: { Status: 'Enabled' } }, { versioned: true }],
    ['versioning suspended', { VersioningConfiguration: { Status: 'Suspended' } }, { versioned: false }],
    [
      'versioning that is not known',
      { VersioningConfiguration: { Status: { Ref: 'Flag' } } },
      { versioned: expect.objectContaining({ kind: 'parameter' }) },
    ],
    ['EventBridge', { NotificationConfiguration: { EventBridgeConfiguration: {} } }, { eventBridge: true }],
    [
      'EventBridge said',
      { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: 'true' } } },
      { eventBridge: true },
    ],
    [
      'EventBridge denied',
      { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: false } } },
      { eventBridge: false },
    ],
    [
      'EventBridge perhaps',
      {
        NotificationConfiguration: {
          EventBridgeConfiguration: { 'Fn::If': ['Open', {}, { Ref: 'AWS::NoValue' }] },
        },
      },
      { eventBridge: expect.objectContaining({ kind: 'condition' }) },
    ],
    ['object lock', { ObjectLockEnabled: true }, { objectLock: true }],
    [
      'transitions',
      {
        LifecycleConfiguration: {
          Rules: [
            {
              Status: 'Enabled',
              Transitions: [{ StorageClass: 'GLACIER' }, {}],
              NoncurrentVersionTransition: { StorageClass: 'DEEP_ARCHIVE' },
            },
            { Status: 'Disabled', Transition: { StorageClass: 'STANDARD_IA' } },
          ],
        },
      },
      { transitions: { items: ['GLACIER', 'DEEP_ARCHIVE'] } },
    ],
    [
      'transitions perhaps',
      { LifecycleConfiguration: { Rules: [{ Transitions: { 'Fn::GetAZs': '' } }] } },
      { transitions: { rest: expect.objectContaining({ kind: 'function' }) } },
    ],
  ])('with %s', (_, properties, expected) => {
    expect(one('AWS::S3::Bucket', properties).bucket).toMatchObject(expected);
  });

  const encrypted = (ServerSideEncryptionByDefault: unknown) => ({
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault }] },
  });

  test.each<[string, object, object]>([
    ['the key of S3 if nothing is set', {}, { enabled: true, defaultKey: 'service' }],
    ['the key of S3', encrypted({ SSEAlgorithm: 'AES256' }), { defaultKey: 'service' }],
    [
      'the key that AWS manages',
      encrypted({ SSEAlgorithm: 'aws:kms' }),
      { defaultKey: 'alias/aws/s3', key: undefined },
    ],
    [
      'a key',
      encrypted({ SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
      { key: { to: 'App#Key' } },
    ],
    [
      'a key that is not known',
      encrypted({ SSEAlgorithm: { Ref: 'Flag' } }),
      { key: { text: expect.objectContaining({ kind: 'parameter' }) } },
    ],
    [
      'an encryption that is not known',
      { BucketEncryption: { ServerSideEncryptionConfiguration: { 'Fn::GetAZs': '' } } },
      { key: { text: expect.objectContaining({ kind: 'function' }) } },
    ],
  ])('are encrypted with %s', (_, properties, expected) => {
    expect(one('AWS::S3::Bucket', properties, { Key: { Type: 'AWS::KMS::Key' } }).encryption).toMatchObject(
      expected,
    );
  });

  test('have their policies', () => {
    const policy = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'It' }, PolicyDocument: { Statement: [{ Effect: 'Deny' }] } },
    };
    expect(one('AWS::S3::Bucket', {}, { Policy: policy }).bucket?.policies).toHaveLength(1);
  });
});

describe('file systems', () => {
  test('EFS has its automatic backups', () => {
    expect(
      one('AWS::EFS::FileSystem', {
        BackupPolicy: { Status: 'ENABLED' },
        AvailabilityZoneName: 'us-east-1a',
        Encrypted: true,
      }),
    ).toMatchObject({
      fileSystem: { automaticBackups: 'ENABLED', availabilityZone: 'us-east-1a' },
      encryption: { enabled: true, defaultKey: 'alias/aws/elasticfilesystem' },
    });
    expect(one('AWS::EFS::FileSystem').fileSystem?.automaticBackups).toBeUndefined();
  });

  test('FSx has its windows and its directory', () => {
    const windows = (WindowsConfiguration: unknown) =>
      one('AWS::FSx::FileSystem', { FileSystemType: 'WINDOWS', WindowsConfiguration }).fileSystem;
    expect(
      windows({
        ActiveDirectoryId: 'd-1',
        DeploymentType: 'MULTI_AZ_1',
        AutomaticBackupRetentionDays: 7,
        DailyAutomaticBackupStartTime: '05:00',
        WeeklyMaintenanceStartTime: '1:05:00',
      }),
    ).toMatchObject({
      kind: 'WINDOWS',
      deploymentType: 'MULTI_AZ_1',
      retentionDays: 7,
      backupTime: '05:00',
      maintenanceTime: '1:05:00',
      managedDirectory: true,
    });
    expect(windows({ SelfManagedActiveDirectoryConfiguration: {} })?.managedDirectory).toBe(false);
    expect(windows({})?.managedDirectory).toBeUndefined();
    expect(windows(undefined)?.managedDirectory).toBeUndefined();
    expect(shown(windows({ 'Fn::Transform': {} })?.managedDirectory)).toBe(
      'function: `Fn::Transform` is not evaluated',
    );
    expect(
      one('AWS::FSx::Volume', { VolumeType: 'ONTAP', OntapConfiguration: { OntapVolumeType: 'DP' } })
        .fileSystem,
    ).toMatchObject({ kind: 'ONTAP', ontapType: 'DP' });
  });
});

describe('machines', () => {
  test('instances and volumes know each other', () => {
    const all = inventoryOfResources({
      Instance: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          InstanceType: 't3.micro',
          IamInstanceProfile: 'p',
          Volumes: [{ VolumeId: { Ref: 'A' } }, { VolumeId: 'vol-1' }],
        },
      },
      A: { Type: 'AWS::EC2::Volume', Properties: { Size: 10, Encrypted: true } },
      B: { Type: 'AWS::EC2::Volume', Properties: { OutpostArn: 'arn:x' } },
      Attachment: {
        Type: 'AWS::EC2::VolumeAttachment',
        Properties: { InstanceId: { Ref: 'Instance' }, VolumeId: { 'Fn::GetAtt': ['B', 'VolumeId'] } },
      },
      Elsewhere: {
        Type: 'AWS::EC2::VolumeAttachment',
        Properties: { InstanceId: 'i-1', VolumeId: { Ref: 'B' } },
      },
    });
    const by = (id: string) => all.resources.find((resource) => resource.id === `App#${id}`);
    expect(by('Instance')?.instance).toEqual({
      instanceType: 't3.micro',
      instanceProfile: 'p',
      launchTemplate: false,
      volumes: ['App#A', 'App#B'],
    });
    expect(by('A')).toMatchObject({
      volume: { sizeGiB: 10, attachedTo: ['App#Instance'] },
      encryption: { enabled: true, defaultKey: 'alias/aws/ebs' },
    });
    expect(by('B')?.volume).toMatchObject({ attachedTo: ['App#Instance'], outpost: 'arn:x' });
  });

  test('an instance has the tags of its launch template, unless it sets others', () => {
    const template = {
      Template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: {
          LaunchTemplateData: {
            TagSpecifications: [
              { ResourceType: 'volume', Tags: [{ Key: 'backup', Value: 'none' }] },
              {
                ResourceType: 'instance',
                Tags: [
                  { Key: 'backup', Value: 'gold' },
                  { Key: 'team', Value: 'a' },
                ],
              },
            ],
          },
        },
      },
    };
    const { tags } = one(
      'AWS::EC2::Instance',
      { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } }, Tags: [{ Key: 'team', Value: 'b' }] },
      template,
    );
    expect(tagValue(tags, 'backup')).toBe('gold');
    expect(tagValue(tags, 'team')).toBe('b');
    expect(tags.items.map((tag) => tag.source).slice(0, 2)).toEqual(['resource', 'launch-template']);
  });

  test('a cluster of EKS has its authentication mode', () => {
    expect(one('AWS::EKS::Cluster', { AccessConfig: { AuthenticationMode: 'CONFIG_MAP' } }).cluster).toEqual({
      authenticationMode: 'CONFIG_MAP',
    });
  });
});

describe('tables', () => {
  test.each<[string, object, object]>([
    ['nothing', {}, { encryption: { defaultKey: 'service' }, table: { pointInTimeRecovery: false } }],
    [
      'the key that AWS manages',
      { SSESpecification: { SSEEnabled: true } },
      { encryption: { defaultKey: 'alias/aws/dynamodb' } },
    ],
    [
      'a key',
      { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: 'k' } },
      { encryption: { key: { text: 'k' } } },
    ],
    [
      'an encryption that is not known',
      { SSESpecification: { SSEEnabled: MAYBE } },
      { encryption: { key: { text: { kind: 'condition' } } } },
    ],
    [
      'point-in-time recovery',
      {
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      },
      { table: { pointInTimeRecovery: true, deletionProtection: true } },
    ],
  ])('of DynamoDB with %s', (_, properties, expected) => {
    expect(one('AWS::DynamoDB::Table', properties)).toMatchObject(expected);
  });

  test('a global table is one table in each Region, with tags of its own there', () => {
    const { resources } = inventoryOfResources({
      It: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          TableName: 'orders',
          SSESpecification: { SSEEnabled: true },
          Replicas: [
            {
              Region: { Ref: 'AWS::Region' },
              Tags: [{ Key: 'backup', Value: 'gold' }],
              PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            },
            {
              Region: 'eu-west-1',
              Tags: [{ Key: 'backup', Value: 'silver' }],
              SSESpecification: { KMSMasterKeyId: 'k' },
              DeletionProtectionEnabled: true,
            },
            { Region: 'eu-west-1' },
          ],
        },
      },
    });
    expect(
      resources.map(({ id, arn, place, tags, replicaRegion }) => [
        id,
        arn,
        place.region,
        tagValue(tags, 'backup'),
        replicaRegion,
      ]),
    ).toEqual([
      ['App#It', 'arn:aws:dynamodb:us-east-1:111111111111:table/orders', 'us-east-1', 'gold', undefined],
      [
        'App#It@eu-west-1',
        'arn:aws:dynamodb:eu-west-1:111111111111:table/orders',
        'eu-west-1',
        'silver',
        'eu-west-1',
      ],
    ]);
    expect(resources[0].table?.pointInTimeRecovery).toBe(true);
    expect(resources[0].encryption).toMatchObject({ defaultKey: 'alias/aws/dynamodb' });
  });

  test('a global table whose replicas are not known is one table with tags that are not known', () => {
    const table = one('AWS::DynamoDB::GlobalTable', { Replicas: { 'Fn::GetAZs': '' } });
    expect(shown(tagValue(table.tags, 'backup'))).toBe('function: `Fn::GetAZs` is not evaluated');
  });

  test('a replica in a Region that is not known is a table of its own', () => {
    const Replicas = [{ Region: { Ref: 'AWS::Region' } }, { Region: { Ref: 'Flag' } }];
    const template = {
      ...FRAME,
      Resources: { It: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas } } },
    };
    const { resources } = inventory(template, { region: undefined });
    expect(resources.map(({ id, place, arn }) => [id, place.region, shown(arn)])).toEqual([
      ['App#It', undefined, `arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:111111111111:table/\${It}`],
      [`App#It@\${Flag}`, undefined, `arn:\${AWS::Partition}:dynamodb:\${Flag}:111111111111:table/\${It}`],
    ]);
  });

  test('Aurora DSQL states whether it spans Regions', () => {
    expect(
      one('AWS::DSQL::Cluster', {
        MultiRegionProperties: { WitnessRegion: 'us-west-2' },
        DeletionProtectionEnabled: true,
      }).table,
    ).toEqual({ multiRegion: true, deletionProtection: true });
    expect(one('AWS::DSQL::Cluster').table?.multiRegion).toBe(false);
  });
});

describe('effective tags', () => {
  test('those of the resource win over those of its stack', () => {
    const tags = new Map([
      ['backup', 'silver'],
      ['owner', 'me'],
    ]);
    const { resources, stacks } = inventoryOfResources(
      { It: { Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'backup', Value: 'gold' }] } } },
      { tags },
    );
    expect(resources[0].tags.items.map(({ key, value, source: from }) => [key, shown(value), from])).toEqual([
      ['backup', 'gold', 'resource'],
      ['owner', 'me', 'stack'],
      ['aws:cloudformation:stack-name', 'App', 'cloudformation'],
      ['aws:cloudformation:stack-id', `\${AWS::StackId}`, 'cloudformation'],
      ['aws:cloudformation:logical-id', 'It', 'cloudformation'],
    ]);
    expect(tagValue(stacks[0].tags, 'owner')).toBe('me');
    expect(shown(stacks[0].arn)).toBe(`\${AWS::StackId}`);
  });

  test('a nested stack passes on its own tags and those of the stacks around it', () => {
    const child = { Resources: { It: { Type: 'AWS::S3::Bucket' } } };
    const parent = source(
      {
        Resources: {
          Child: {
            Type: 'AWS::CloudFormation::Stack',
            Properties: { Tags: [{ Key: 'backup', Value: 'gold' }] },
          },
        },
      },
      {
        nested: () => ({ template: child, file: 'child.json' }),
        tags: new Map([
          ['backup', 'x'],
          ['owner', 'me'],
        ]),
      },
    );
    const [{ tags }] = inventoryOf([parent]).resources;
    expect(tagValue(tags, 'backup')).toBe('gold');
    expect(tagValue(tags, 'owner')).toBe('me');
  });

  test.each<[string, unknown, unknown]>([
    ['a list', [{ Key: 'backup', Value: 'gold' }], 'gold'],
    ['a list in lower case', [{ key: 'backup', value: 'gold' }], 'gold'],
    ['a list for instances of a group', [{ Key: 'backup', Value: 'gold', PropagateAtLaunch: true }], 'gold'],
    ['a map', { backup: 'gold', none: null }, 'gold'],
    ['a tag without value', [{ Key: 'backup' }], ''],
    ['a value that is not known', [{ Key: 'backup', Value: { Ref: 'Flag' } }], `\${Flag}`],
    ['a key that is not known', [{ Key: { Ref: 'Flag' }, Value: 'x' }], `\${Flag}`],
    ['another key', [{ Key: 'Backup', Value: 'gold' }, {}], undefined],
    [
      'the same key twice',
      [
        { Key: 'backup', Value: 'a' },
        { Key: 'backup', Value: 'b' },
      ],
      'a',
    ],
    [
      'a tag that hangs on a condition',
      [{ 'Fn::If': ['Open', { Key: 'backup', Value: 'gold' }, { Ref: 'AWS::NoValue' }] }],
      'condition: it depends on the condition `Open`: the parameter `Flag` has no default',
    ],
    ['tags that are not known', { 'Fn::Transform': {} }, 'function: `Fn::Transform` is not evaluated'],
    ['a text', 'backup', 'shape: expected an object'],
  ])('are read from %s', (_, Tags, expected) => {
    expect(shown(tagValue(one('AWS::S3::Bucket', { Tags }).tags, 'backup'))).toEqual(expected);
  });

  test('of EFS are under another name', () => {
    expect(
      tagValue(
        one('AWS::EFS::FileSystem', { FileSystemTags: [{ Key: 'backup', Value: 'gold' }] }).tags,
        'backup',
      ),
    ).toBe('gold');
  });
});
