import { Fn, Size, Stack, Token } from 'aws-cdk-lib';
import {
  CfnSecurityGroup,
  CfnSubnet,
  EbsDeviceVolumeType,
  InstanceClass,
  InstanceSize,
  InstanceType,
  type ISecurityGroupRef,
  type ISubnetRef,
} from 'aws-cdk-lib/aws-ec2';
import { PerformanceMode } from 'aws-cdk-lib/aws-efs';
import { type IRoleRef, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as fc from 'fast-check';
import { RestoreMetadata } from '../../../src/resources/restore-testing/restore-metadata';
import { sentence } from '../../../src/values/core/problem';
import { anything } from '../../support/anything';
import { refusal, thrown } from '../../support/refusal';

const stack = new Stack();
const subnet = (id: string): ISubnetRef => ({ subnetRef: { subnetId: id } }) as ISubnetRef;
const group = (id: string): ISecurityGroupRef =>
  ({ securityGroupRef: { securityGroupId: id } }) as ISecurityGroupRef;
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234';
const kmsKey = Key.fromKeyArn(stack, 'Key', KEY_ARN);
const role = Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/App');
const subnets = [subnet('subnet-1'), subnet('subnet-2')];
const securityGroups = [group('sg-1')];

describe('metadata renders as documented', () => {
  test.each<[string, RestoreMetadata, Record<string, string>]>([
    ['dynamoDb', RestoreMetadata.dynamoDb({ kmsKey }), { encryptionType: 'KMS', kmsMasterKeyArn: KEY_ARN }],
    ['dynamoDb, all inferred', RestoreMetadata.dynamoDb({}), {}],
    [
      'ebs',
      RestoreMetadata.ebs({
        availabilityZone: 'eu-west-1a',
        iops: 3000,
        kmsKey,
        throughput: 125,
        volumeSize: Size.gibibytes(20),
        volumeType: EbsDeviceVolumeType.GP3,
      }),
      {
        availabilityZone: 'eu-west-1a',
        iops: '3000',
        kmsKeyId: KEY_ARN,
        throughput: '125',
        volumesize: '20',
        volumetype: 'gp3',
      },
    ],
    [
      'ec2',
      RestoreMetadata.ec2({
        subnet: subnets[0],
        securityGroups: [group('sg-1'), group('sg-2')],
        instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO),
        requireImdsV2: true,
        instanceProfileRoles: [role],
      }),
      {
        subnetId: 'subnet-1',
        securityGroupIds: '["sg-1","sg-2"]',
        instanceType: 't4g.micro',
        requireImdsV2: 'true',
        iamInstanceProfileName: 'UseBackedUpValue',
      },
    ],
    [
      'efs',
      RestoreMetadata.efs({ kmsKey, performanceMode: PerformanceMode.GENERAL_PURPOSE }),
      { kmsKeyId: KEY_ARN, performanceMode: 'generalPurpose' },
    ],
    [
      'fsxLustre',
      RestoreMetadata.fsxLustre({
        subnets,
        securityGroups,
        kmsKey,
        logLevel: 'WARN_ERROR',
        logDestination: 'arn:aws:logs:eu-west-1:111122223333:log-group:lustre',
      }),
      {
        subnetIds: '["subnet-1","subnet-2"]',
        securityGroupIds: '["sg-1"]',
        kmsKeyId: KEY_ARN,
        lustreConfiguration:
          '{"logConfiguration":{"level":"WARN_ERROR","destination":"arn:aws:logs:eu-west-1:111122223333:log-group:lustre"}}',
      },
    ],
    [
      'fsxLustre, with only required options',
      RestoreMetadata.fsxLustre({ subnets }),
      { subnetIds: '["subnet-1","subnet-2"]' },
    ],
    [
      'fsxOntap',
      RestoreMetadata.fsxOntap({
        storageVirtualMachineId: 'svm-0123456789abcdef0',
        junctionPath: '/restored',
        size: Size.gibibytes(1),
        storageEfficiency: false,
        securityStyle: 'UNIX',
        tieringPolicy: 'NONE',
      }),
      {
        ontapConfiguration:
          '{"junctionPath":"/restored","securityStyle":"UNIX","sizeInMegabytes":1024,"storageEfficiencyEnabled":false,"storageVirtualMachineId":"svm-0123456789abcdef0","tieringPolicy":{"name":"NONE"}}',
      },
    ],
    [
      'fsxOpenZfs',
      RestoreMetadata.fsxOpenZfs({
        subnets: [subnets[0]],
        securityGroups,
        kmsKey,
        deploymentType: 'SINGLE_AZ_2',
        throughputCapacity: 160,
        diskIops: 3000,
      }),
      {
        subnetIds: '["subnet-1"]',
        securityGroupIds: '["sg-1"]',
        kmsKeyId: KEY_ARN,
        openZfsConfiguration:
          '{"deploymentType":"SINGLE_AZ_2","throughputCapacity":160,"diskIopsConfiguration":{"iops":3000,"mode":"USER_PROVISIONED"}}',
      },
    ],
    ['fsxOpenZfs, all inferred', RestoreMetadata.fsxOpenZfs({}), {}],
    [
      'fsxWindows',
      RestoreMetadata.fsxWindows({
        subnets,
        activeDirectoryId: 'd-0123456789',
        preferredSubnet: subnets[0],
        securityGroups,
        throughputCapacity: 16,
        kmsKey,
      }),
      {
        subnetIds: '["subnet-1","subnet-2"]',
        securityGroupIds: '["sg-1"]',
        kmsKeyId: KEY_ARN,
        windowsConfiguration:
          '{"activeDirectoryId":"d-0123456789","preferredSubnetId":"subnet-1","throughputCapacity":16}',
      },
    ],
    [
      'rdsInstance',
      RestoreMetadata.rdsInstance({
        instanceClass: 'db.t4g.micro',
        allocatedStorage: Size.gibibytes(20),
        storageType: 'gp3',
        iops: 3000,
        multiAz: false,
        publiclyAccessible: false,
        licenseModel: 'general-public-license',
        subnetGroupName: 'isolated',
        securityGroups,
        parameterGroupName: 'tested',
        optionGroupName: 'default:postgres-17',
        databaseName: 'orders',
        availabilityZones: ['eu-west-1a'],
        port: 5432,
        iamAuthentication: true,
        cloudwatchLogsExports: ['postgresql'],
        domain: 'd-0123456789',
        domainRole: role,
      }),
      {
        dbInstanceClass: 'db.t4g.micro',
        allocatedStorage: '20',
        storageType: 'gp3',
        iops: '3000',
        multiAz: 'false',
        publiclyAccessible: 'false',
        licensemodel: 'general-public-license',
        dbSubnetGroupName: 'isolated',
        vpcSecurityGroupIds: '["sg-1"]',
        dbParameterGroupName: 'tested',
        optionGroupName: 'default:postgres-17',
        dbName: 'orders',
        availabilityZones: '["eu-west-1a"]',
        port: '5432',
        enableIamDatabaseAuthentication: 'true',
        enableCloudwatchLogsExports: '["postgresql"]',
        domain: 'd-0123456789',
        domainIamRoleName: 'App',
      },
    ],
    [
      's3',
      RestoreMetadata.s3({ kmsKey, restoreAcls: false }),
      { encryptionType: 'SSE-KMS', kmsKey: KEY_ARN, restoreACLs: 'false' },
    ],
    ['of other names', RestoreMetadata.of({ newKey: 'value' }), { newKey: 'value' }],
  ])('%s', (_title, metadata, overrides) => {
    expect(metadata.overrides).toEqual(overrides);
  });

  const cluster = {
    databaseName: 'orders',
    parameterGroupName: 'tested',
    subnetGroupName: 'isolated',
    securityGroups,
    engine: 'aurora-postgresql',
    engineMode: 'serverless',
    engineVersion: '16.4',
    minCapacity: 1,
    maxCapacity: 8,
    kmsKey,
  };

  test.each([
    ['aurora', RestoreMetadata.aurora(cluster)],
    ['documentDb', RestoreMetadata.documentDb(cluster)],
    ['neptune', RestoreMetadata.neptune(cluster)],
    ['rdsCluster', RestoreMetadata.rdsCluster(cluster)],
  ])('%s', (_title, metadata) => {
    expect(metadata.overrides).toEqual({
      databaseName: 'orders',
      dbClusterParameterGroupName: 'tested',
      dbSubnetGroupName: 'isolated',
      vpcSecurityGroupIds: '["sg-1"]',
      engine: 'aurora-postgresql',
      engineMode: 'serverless',
      engineVersion: '16.4',
      scalingConfiguration: '{"minCapacity":1,"maxCapacity":8}',
      kmsKeyId: KEY_ARN,
    });
  });

  test('with resources created in the same app', () => {
    const made = new Stack();
    const { ref: vpcId } = new CfnSubnet(made, 'Other', { vpcId: 'vpc-1' });
    const isolated = new CfnSubnet(made, 'Subnet', { vpcId });
    const closed = new CfnSecurityGroup(made, 'Group', { groupDescription: 'closed' });
    const metadata = RestoreMetadata.fsxWindows({
      subnets: [isolated],
      securityGroups: [closed],
      activeDirectoryId: Fn.importValue('Directory'),
      throughputCapacity: Token.asNumber({ Ref: 'Capacity' }),
    });
    expect(made.resolve(metadata.overrides)).toEqual({
      subnetIds: { 'Fn::Join': ['', ['["', { Ref: 'Subnet' }, '"]']] },
      securityGroupIds: { 'Fn::Join': ['', ['["', { Ref: 'Group' }, '"]']] },
      windowsConfiguration: {
        'Fn::Join': [
          '',
          [
            '{"activeDirectoryId":"',
            { 'Fn::ImportValue': 'Directory' },
            '","throughputCapacity":',
            { Ref: 'Capacity' },
            '}',
          ],
        ],
      },
    });
  });

  test('with numbers and strings that are known only at deployment', () => {
    const metadata = RestoreMetadata.ebs({
      iops: Token.asNumber({ Ref: 'Iops' }),
      availabilityZone: Fn.select(0, Fn.getAzs()),
    });
    expect(stack.resolve(metadata.overrides)).toEqual({
      iops: { Ref: 'Iops' },
      availabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    });
  });
});

describe('metadata is refused if a restore would fail', () => {
  test.each<[string, () => RestoreMetadata, string]>([
    [
      'Lustre without subnets',
      () => RestoreMetadata.fsxLustre({} as never),
      '`subnets` must be set for a restore test of FSx for Lustre, which fails without it, got none (in `RestoreMetadata.fsxLustre`)',
    ],
    [
      'Lustre with an empty list of subnets',
      () => RestoreMetadata.fsxLustre({ subnets: [] }),
      '`subnets` must be a list of subnets, at least one, got an array (in `RestoreMetadata.fsxLustre`)',
    ],
    [
      'ONTAP without a storage virtual machine',
      () => RestoreMetadata.fsxOntap({ junctionPath: Fn.ref('Path') } as never),
      '`storageVirtualMachineId` must be set for a restore test of FSx for ONTAP, which fails without it, got none (in `RestoreMetadata.fsxOntap`)',
    ],
    [
      'Windows with nothing',
      () => RestoreMetadata.fsxWindows(undefined as never),
      `2 problems of \`RestoreMetadata.fsxWindows\`:
  - \`subnets\` must be set for a restore test of FSx for Windows, which fails without it, got none
  - \`activeDirectoryId\` must be set for a restore test of FSx for Windows, which fails without it, got none`,
    ],
    [
      'a subnet that is an id',
      () => RestoreMetadata.ec2({ subnet: 'subnet-1' as unknown as ISubnetRef }),
      '`subnet` must be a subnet, got `subnet-1` (in `RestoreMetadata.ec2`)',
    ],
    [
      'a value that is not a security group',
      () => RestoreMetadata.ec2({ securityGroups: [subnets[0]] as unknown as ISecurityGroupRef[] }),
      '`securityGroups` must be security groups, got an object (in `RestoreMetadata.ec2`)',
    ],
    [
      'an instance type that is a string',
      () => RestoreMetadata.ec2({ instanceType: 't4g.micro' as unknown as InstanceType }),
      '`instanceType` must be an `InstanceType`, got `t4g.micro` (in `RestoreMetadata.ec2`)',
    ],
    [
      'a role that is an ARN',
      () => RestoreMetadata.ec2({ instanceProfileRoles: ['arn'] as unknown as IRoleRef[] }),
      '`instanceProfileRoles` must be a list of roles, got an array',
    ],
    [
      'several things at once',
      () =>
        RestoreMetadata.ebs({
          iops: 0,
          volumeSize: Size.mebibytes(100),
          availabilityZone: '',
          kmsKey: 'key' as never,
        }),
      `4 problems of \`RestoreMetadata.ebs\`:
  - \`availabilityZone\` must be a string, got an empty string
  - \`iops\` must be a whole number, 1 or more, got 0
  - \`kmsKey\` must be a key, got \`key\`
  - \`volumeSize\` must be whole GiB, got an instance of \`Size\``,
    ],
    [
      'a value that is not a port',
      () => RestoreMetadata.aurora({ port: 70_000 }),
      '`port` must be a whole number from 1 to 65535, got 70000 (in `RestoreMetadata.aurora`)',
    ],
    [
      'a flag that is a string',
      () => RestoreMetadata.rdsInstance({ multiAz: 'false' as unknown as boolean }),
      '`multiAz` must be true or false, got `false` (in `RestoreMetadata.rdsInstance`)',
    ],
    [
      'logs that are not a list',
      () => RestoreMetadata.aurora({ cloudwatchLogsExports: 'audit' as unknown as string[] }),
      '`cloudwatchLogsExports` must be a list of strings, at least one, got `audit` (in `RestoreMetadata.aurora`)',
    ],
    [
      'overrides that are not strings',
      () => RestoreMetadata.of({ iops: 3000 } as never),
      "`iops` must be a string, got 3000; write it in quotes: '3000' (in `RestoreMetadata.of`)",
    ],
    [
      'overrides that are not an object',
      () => RestoreMetadata.of([] as never),
      '`overrides` must be an object, got an array',
    ],
  ])('%s', (_title, make, message) => {
    expect(refusal(make)).toBe(message);
  });
});

test('untyped callers get metadata or an error message', () => {
  const factories = [
    'aurora',
    'documentDb',
    'dynamoDb',
    'ebs',
    'ec2',
    'efs',
    'fsxLustre',
    'fsxOntap',
    'fsxOpenZfs',
    'fsxWindows',
    'neptune',
    'rdsCluster',
    'rdsInstance',
    's3',
    'of',
  ] as const;
  const property = fc.constantFrom(
    'kmsKey',
    'availabilityZone',
    'availabilityZones',
    'iops',
    'volumeSize',
    'subnet',
    'subnets',
    'securityGroups',
    'instanceType',
    'instanceProfileRoles',
    'requireImdsV2',
    'performanceMode',
    'logLevel',
    'storageVirtualMachineId',
    'size',
    'tieringPolicy',
    'diskIops',
    'activeDirectoryId',
    'preferredSubnet',
    'domainRole',
    'port',
    'restoreAcls',
    'minCapacity',
  );
  const options = fc.oneof(
    anything,
    fc.dictionary(property, fc.oneof(anything, fc.array(anything, { maxLength: 2 }), fc.constant(subnets))),
  );
  fc.assert(
    fc.property(fc.constantFrom(...factories), options, (factory, given) => {
      const error = thrown(() => RestoreMetadata[factory](given as never));
      for (const problem of error?.problems ?? []) expect(sentence(problem)).toMatch(/^`[^`]+` [^\n]+[^.]$/);
    }),
  );
});
