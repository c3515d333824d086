import { Aws } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import {
  cloudFormationResource,
  cloudFormationResourceTypes,
  overridden,
  typesForArn,
} from '../../../src/values/resource-type/cloudformation-resources';
import { ResourceType } from '../../../src/values/resource-type/resource-type';

/** The variants with an ARN pattern of their own; the others share the pattern of their type. */
const EVERY_KIND = ResourceType.all().flatMap((type) => [
  type.name,
  ...(type.name === 'RDS' ? [`${type.name} (Multi-AZ cluster)`] : []),
]);
const CLUSTERS = ['Aurora', 'DocumentDB', 'Neptune', 'RDS (Multi-AZ cluster)'];

describe('an ARN of a selection', () => {
  test.each<[string, string[]]>([
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders', ['DynamoDB']],
    ['arn:aws:dynamodb:*:*:table/*', ['DynamoDB']],
    ['arn:aws:dynamodb:*:*:*', ['DynamoDB']],
    ['arn:aws:dynamodb:*:*:global-table/t', []],
    ['arn:aws:ec2:*:*:*', ['EBS', 'EC2']],
    ['arn:aws:ec2:*:*:vol*', ['EBS']],
    ['arn:aws:ec2:*:*:instance/i-1', ['EC2']],
    ['arn:aws:ec2:*:*:network-interface/*', []],
    ['arn:aws:rds:*:*:cluster:*', CLUSTERS],
    ['arn:aws:rds:*:*:cluster:mine', CLUSTERS],
    ['arn:aws:rds:*:*:db:mine', ['RDS']],
    ['arn:aws-cn:s3:::bucket', ['S3']],
    ['arn:aws:s3:::*', ['S3']],
    ['arn:aws:s3:eu-west-1:111122223333:accesspoint/mine', []],
    ['arn:aws:s3::111122223333:accesspoint/mine', []],
    ['arn:aws:fsx:*:*:volume/fs-1/fsvol-1', ['FSx']],
    ['arn:aws:storagegateway:*:*:gateway/sgw-1/volume/vol-1', ['Storage Gateway']],
    ['arn:aws:timestream:*:*:database/d/table/t', ['Timestream']],
    ['arn:aws:ssm-sap:*:*:HANA/a/*', ['SAP HANA on Amazon EC2']],
    ['arn:aws:backup-gateway:*:*:vm/vm-1', ['VirtualMachine']],
    ['arn:aws:*:*:*:cluster/mine', ['DSQL', 'EKS', 'S3']],
    [`arn:${Aws.PARTITION}:eks:${Aws.REGION}:${Aws.ACCOUNT_ID}:cluster/mine`, ['EKS']],
    ['*', EVERY_KIND],
    ['arn:aws:lambda:*:*:function:f', []],
    ['bucket', []],
    ['arn:aws:s3', []],
    [Aws.STACK_ID, []],
  ])('%s stands for %j', (arn, types) => {
    expect(typesForArn(arn).map(String)).toEqual(types);
  });

  test('stands for types of the user too, and for their overrides', () => {
    const lightsail = ResourceType.of('Lightsail', {
      arnPatterns: ['arn:{partition}:lightsail:*:*:Instance/*'],
    });
    const s3 = ResourceType.S3.withCapabilities({ coldStorage: true });
    expect(typesForArn('arn:aws:lightsail:*:*:Instance/1', [lightsail, s3])).toEqual([lightsail]);
    expect(typesForArn('arn:aws:s3:::bucket', [lightsail, s3])).toEqual([s3]);
    expect(typesForArn('*', [lightsail, s3]).map(String)).toEqual([...EVERY_KIND, 'Lightsail']);
  });

  test('stands for nothing if it is cut off, even for a type whose every ARN is selected', () => {
    const whole = ResourceType.of('Whole', { arnPatterns: ['arn:{partition}:whole:*:*:*'] });
    expect(typesForArn('arn:aws:whole:eu-west-1:111122223333:x', [whole])).toEqual([whole]);
    expect(typesForArn('arn:aws:whole', [whole])).toEqual([]);
  });

  test.each([undefined, null, 1, {}])('that is %j stands for nothing', (arn) => {
    expect(typesForArn(arn)).toEqual([]);
  });

  test('never makes the reader fail', () => {
    fc.assert(fc.property(fc.string(), (arn) => Array.isArray(typesForArn(arn))));
  });
});

describe('a type of CloudFormation', () => {
  test('that AWS Backup does not protect is not in the table', () => {
    expect(cloudFormationResource('AWS::Lambda::Function')).toBeUndefined();
    expect(cloudFormationResource('toString')).toBeUndefined();
  });

  test('of the user is known by the attribute that holds the ARN', () => {
    const type = ResourceType.of('New', { cloudFormationTypes: ['AWS::New::Thing'] });
    const resource = cloudFormationResource('AWS::New::Thing', [type]);
    expect(resource?.arn).toEqual({ attribute: 'Arn' });
    expect(resource?.type(() => undefined)).toBe(type);
  });

  test('reads its type from properties as they stand in a template', () => {
    const volume = cloudFormationResource('AWS::FSx::Volume');
    const template = (properties: Record<string, unknown>) =>
      volume?.type((name) => properties[name])?.toString();
    expect(template({ VolumeType: 'ONTAP', OntapConfiguration: { OntapVolumeType: 'RW' } })).toBe(
      'FSx (ONTAP)',
    );
    expect(template({ VolumeType: 'ONTAP', OntapConfiguration: { OntapVolumeType: 'LS' } })).toBeUndefined();
    expect(template({ VolumeType: 'ONTAP', OntapConfiguration: { Ref: 'Configuration' } })).toBe(
      'FSx (ONTAP)',
    );
    expect(template({ VolumeType: { Ref: 'Type' }, OntapConfiguration: null })).toBe('FSx (ONTAP)');
  });

  test.each<[unknown, string | undefined]>([
    [undefined, 'RDS'],
    [null, 'RDS'],
    [{ Ref: 'AWS::NoValue' }, 'RDS'],
    ['cluster', undefined],
    [{ Ref: 'Cluster' }, undefined],
  ])('of a database instance with the cluster %j reads as %s', (cluster, type) => {
    const instance = cloudFormationResource('AWS::RDS::DBInstance');
    expect(instance?.type((name) => (name === 'DBClusterIdentifier' ? cluster : 'mysql'))?.toString()).toBe(
      type,
    );
  });

  test('that is no resource by itself stays none with types of the user', () => {
    const instance = cloudFormationResource('AWS::RDS::DBInstance', [
      ResourceType.RDS.withCapabilities({ index: true }),
    ]);
    expect(instance?.type((name) => (name === 'DBClusterIdentifier' ? 'c' : undefined))).toBeUndefined();
  });
});

describe('a resource in a template', () => {
  const typeOf = (type: string, properties: Readonly<Record<string, unknown>> = {}) =>
    cloudFormationResource(type)
      ?.type((name) => properties[name])
      ?.toString();

  test('has the type that AWS Backup protects it as, if it has no properties', () => {
    expect(Object.fromEntries(cloudFormationResourceTypes().map((type) => [type, typeOf(type)]))).toEqual({
      'AWS::CloudFormation::Stack': 'CloudFormation',
      'AWS::DSQL::Cluster': 'DSQL',
      'AWS::DocDB::DBCluster': 'DocumentDB',
      'AWS::DynamoDB::GlobalTable': 'DynamoDB',
      'AWS::DynamoDB::Table': 'DynamoDB',
      'AWS::EC2::Instance': 'EC2',
      'AWS::EC2::Volume': 'EBS',
      'AWS::EFS::FileSystem': 'EFS',
      'AWS::EKS::Cluster': 'EKS',
      'AWS::FSx::FileSystem': 'FSx',
      'AWS::FSx::Volume': 'FSx (ONTAP)',
      'AWS::Neptune::DBCluster': 'Neptune',
      'AWS::RDS::DBCluster': 'Aurora',
      'AWS::RDS::DBInstance': 'RDS',
      'AWS::Redshift::Cluster': 'Redshift',
      'AWS::RedshiftServerless::Namespace': 'Redshift Serverless',
      'AWS::S3::Bucket': 'S3',
      'AWS::StorageGateway::Volume': 'Storage Gateway',
      'AWS::SystemsManagerSAP::Application': 'SAP HANA on Amazon EC2',
      'AWS::Timestream::Database': 'Timestream',
      'AWS::Timestream::Table': 'Timestream',
      'Custom::AWSCDK-EKS-Cluster': 'EKS',
    });
  });

  test.each<[string, string, unknown, string | undefined]>([
    ['AWS::FSx::FileSystem', 'FileSystemType', 'LUSTRE', 'FSx (Lustre)'],
    ['AWS::FSx::FileSystem', 'FileSystemType', 'Windows', 'FSx (Windows)'],
    ['AWS::FSx::FileSystem', 'FileSystemType', 'OPENZFS', 'FSx (OpenZFS)'],
    ['AWS::FSx::FileSystem', 'FileSystemType', 'ONTAP', undefined],
    ['AWS::FSx::FileSystem', 'FileSystemType', { Ref: 'Type' }, 'FSx'],
    ['AWS::FSx::Volume', 'VolumeType', 'OPENZFS', undefined],
    ['AWS::FSx::Volume', 'OntapConfiguration', { OntapVolumeType: 'DP' }, undefined],
    ['AWS::FSx::Volume', 'OntapConfiguration', { ontapVolumeType: 'dp' }, undefined],
    ['AWS::RDS::DBCluster', 'Engine', 'mysql', 'RDS (Multi-AZ cluster)'],
    ['AWS::RDS::DBCluster', 'Engine', 'Postgres', 'RDS (Multi-AZ cluster)'],
    ['AWS::RDS::DBCluster', 'Engine', 'docdb', 'DocumentDB'],
    ['AWS::RDS::DBCluster', 'Engine', 'neptune', 'Neptune'],
    ['AWS::RDS::DBCluster', 'Engine', 'aurora-postgresql', 'Aurora'],
    ['AWS::RDS::DBInstance', 'Engine', 'aurora-mysql', undefined],
    ['AWS::RDS::DBInstance', 'Engine', 'docdb', undefined],
    ['AWS::RDS::DBInstance', 'Engine', 'neptune', undefined],
    ['AWS::RDS::DBInstance', 'Engine', 'custom-oracle-ee', undefined],
    ['AWS::RDS::DBInstance', 'Engine', 'not-aurora', 'RDS'],
    ['AWS::SystemsManagerSAP::Application', 'ApplicationType', 'SAP_ABAP', undefined],
    ['AWS::SystemsManagerSAP::Application', 'ApplicationType', 'HANA', 'SAP HANA on Amazon EC2'],
  ])('of %s with %s %j has the type %s', (type, property, value, expected) => {
    expect(typeOf(type, { [property]: value })).toBe(expected);
  });

  test('has the type as the user corrects it, and no other', () => {
    const s3 = ResourceType.S3.withCapabilities({ coldStorage: true });
    const added = ResourceType.of('New', { cloudFormationTypes: ['AWS::S3::Bucket', 'AWS::New::Thing'] });
    const bucket = cloudFormationResource('AWS::S3::Bucket', [added, s3]);
    expect(bucket?.type(() => undefined)).toBe(s3);
    expect(bucket?.arn).toEqual({ attribute: 'Arn' });
    expect(cloudFormationResource('AWS::Lambda::Function', [added, s3])).toBeUndefined();
    // a correction of a type in the catalog doesn't make other resources that type
    const claiming = ResourceType.of('S3', { cloudFormationTypes: ['AWS::New::Thing'] });
    expect(cloudFormationResource('AWS::New::Thing', [claiming])).toBeUndefined();
  });
});

describe('an override', () => {
  test('is that of the variant where there is one, and of the type otherwise', () => {
    const variant = ResourceType.FSX.variant('ONTAP').withCapabilities({ index: true });
    const whole = ResourceType.FSX.withCapabilities({ index: true });
    expect(overridden(ResourceType.FSX.variant('ONTAP'), [whole, variant])).toBe(variant);
    expect(overridden(ResourceType.FSX.variant('Lustre'), [whole, variant])).toEqual(whole.variant('Lustre'));
    expect(overridden(ResourceType.FSX, [whole, variant])).toBe(whole);
    expect(overridden(ResourceType.FSX, [variant])).toBe(ResourceType.FSX);
    expect(overridden(ResourceType.S3, [whole])).toBe(ResourceType.S3);
  });
});
