import { Fn } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  METADATA_FACTS,
  type MetadataKind,
  metadataKinds,
} from '../../../src/values/restore-testing/restore-metadata-facts';
import {
  missingMetadataProblems,
  restoreMetadataProblems,
} from '../../../src/values/restore-testing/restore-metadata-laws';
import { anything } from '../../support/anything';

const told = (problems: Problem[]) => problems.map((p) => `${p.severity} ${p.id} ${sentence(p)}`);
const judge = (kinds: MetadataKind[], overrides: Record<string, unknown>) =>
  told(restoreMetadataProblems(kinds, overrides));
const SUBNETS = '["subnet-1","subnet-2"]';

describe('the facts of restore metadata', () => {
  test('are those of the eleven rows of the guide', () => {
    expect(
      Object.fromEntries(
        Object.entries(METADATA_FACTS).map(([kind, { keys }]) => [kind, Object.keys(keys).length]),
      ),
    ).toEqual({
      DynamoDB: 2,
      EBS: 6,
      EC2: 5,
      EFS: 2,
      'FSx for Lustre': 4,
      'FSx for ONTAP': 1,
      'FSx for OpenZFS': 4,
      'FSx for Windows': 4,
      'database cluster': 14,
      'RDS instance': 19,
      S3: 3,
    });
  });

  test.each<[string, string | undefined, MetadataKind[]]>([
    ['Aurora', undefined, ['database cluster']],
    ['EC2', 'Windows VSS', ['EC2']],
    ['RDS', undefined, ['RDS instance', 'database cluster']],
    ['RDS', 'Multi-AZ cluster', ['database cluster']],
    ['FSx', undefined, ['FSx for Lustre', 'FSx for ONTAP', 'FSx for OpenZFS', 'FSx for Windows']],
    ['FSx', 'ONTAP', ['FSx for ONTAP']],
    ['Quantum', undefined, []],
    ['constructor', 'toString', []],
  ])('of %s (%s)', (type, variant, kinds) => {
    expect(metadataKinds(type, variant)).toEqual(kinds);
  });
});

describe('metadata that AWS accepts', () => {
  test.each<[MetadataKind, Record<string, unknown>]>([
    ['EC2', {}],
    ['EC2', { subnetId: 'subnet-1', securityGroupIds: '["sg-1"]', requireImdsV2: 'true' }],
    ['EC2', { SUBNETID: 'subnet-1', SecurityGroupIds: '["sg-1"]' }],
    ['EC2', { securityGroupIds: `["${Fn.ref('Group')}"]`, subnetId: Fn.ref('Subnet') }],
    ['EC2', { securityGroupIds: Fn.ref('Groups') }],
    [
      'FSx for Lustre',
      { subnetIds: SUBNETS, lustreConfiguration: '{"logConfiguration":{"level":"WARN_ONLY"}}' },
    ],
    ['FSx for ONTAP', { ontapConfiguration: '{"StorageVirtualMachineId":"svm-1"}' }],
    ['FSx for ONTAP', { ontapConfiguration: Fn.ref('Ontap') }],
    ['FSx for OpenZFS', {}],
    ['FSx for Windows', { subnetIds: SUBNETS, windowsConfiguration: '{"activeDirectoryId":"d-1"}' }],
    [
      'RDS instance',
      { dbInstanceClass: 'db.t4g.micro', multiAz: 'false', availabilityZones: '["eu-west-1a"]' },
    ],
  ])('%s %j', (kind, overrides) => {
    expect(judge([kind], overrides)).toEqual([]);
  });
});

describe('metadata that makes a restore fail', () => {
  test.each<[string, MetadataKind, Record<string, unknown>, string[]]>([
    [
      'a number',
      'EBS',
      { iops: 3000 },
      ["error Backup-RestoreMetadata `iops` must be a string, got 3000; write it in quotes: '3000'"],
    ],
    [
      'true',
      'EC2',
      { requireImdsV2: true },
      ["error Backup-RestoreMetadata `requireImdsV2` must be a string, got true; write it in quotes: 'true'"],
    ],
    [
      'a list that is no text',
      'EC2',
      { securityGroupIds: ['sg-1'] },
      [
        'error Backup-RestoreMetadata `securityGroupIds` must be a string, got an array; pass it as a JSON string with `JSON.stringify`',
      ],
    ],
    [
      'an object that is no text',
      'FSx for ONTAP',
      { ontapConfiguration: { storageVirtualMachineId: 'svm-1' } },
      [
        'error Backup-RestoreMetadata `ontapConfiguration` must be a string, got an object; pass it as a JSON string with `JSON.stringify`',
      ],
    ],
    [
      'one item in place of a list',
      'EC2',
      { securityGroupIds: 'sg-1' },
      [
        'error Backup-RestoreMetadata `securityGroupIds` must be a JSON array of strings, such as `["a","b"]`, got `sg-1`; write \'["sg-1"]\'',
      ],
    ],
    [
      'an empty list',
      'FSx for Lustre',
      { subnetIds: '[]' },
      [
        'error Backup-RestoreMetadata `subnetIds` must be a JSON array of strings, such as `["a","b"]`, got `[]`',
      ],
    ],
    [
      'a nested text in place of an object',
      'FSx for ONTAP',
      { ontapConfiguration: 'svm-1' },
      [
        'error Backup-RestoreMetadata `ontapConfiguration` must be a JSON object, such as `{"key":"value"}`, got `svm-1`',
      ],
    ],
    [
      'a key twice, in different case',
      'EC2',
      { subnetId: 'a', SubnetId: 'b' },
      ['error Backup-RestoreMetadata `SubnetId` is set twice, since keys are case-insensitive'],
    ],
    [
      'Lustre without subnets',
      'FSx for Lustre',
      { kmsKeyId: 'key' },
      [
        'error Backup-RestoreMetadataMissing `subnetIds` must be set for a restore test of FSx for Lustre, which fails without it, got none',
      ],
    ],
    [
      'ONTAP without a storage virtual machine',
      'FSx for ONTAP',
      { ontapConfiguration: '{"junctionPath":"/a"}' },
      [
        'error Backup-RestoreMetadataMissing `ontapConfiguration.storageVirtualMachineId` must be set for a restore test of FSx for ONTAP, which fails without it, got none',
      ],
    ],
    [
      'Windows with nothing',
      'FSx for Windows',
      {},
      [
        'error Backup-RestoreMetadataMissing `subnetIds` must be set for a restore test of FSx for Windows, which fails without it, got none',
        'error Backup-RestoreMetadataMissing `windowsConfiguration.activeDirectoryId` must be set for a restore test of FSx for Windows, which fails without it, got none',
      ],
    ],
  ])('%s', (_title, kind, overrides, messages) => {
    expect(judge([kind], overrides)).toEqual(messages);
  });
});

test('unknown metadata is a warning', () => {
  expect(judge(['S3'], { destinationBucketName: 'mine' })).toEqual([
    'warning Backup-RestoreMetadataKey `destinationBucketName` is not known metadata that a restore test of S3 can override; use encryptionType, kmsKey, restoreACLs',
  ]);
});

test('if several kinds are possible, one must fit, and required keys are not enforced', () => {
  const rds = [...metadataKinds('RDS')];
  expect(judge(rds, { dbClusterParameterGroupName: 'mine' })).toEqual([]);
  expect(judge(rds, { dbInstanceClass: 'db.t4g.micro' })).toEqual([]);
  expect(judge([...metadataKinds('FSx')], { subnetIds: SUBNETS })).toEqual([]);
  expect(judge(rds, { instanceType: 't4g.micro', vpcSecurityGroupIds: 'sg-1' })).toHaveLength(2);
});

test('for unknown types only strings are required', () => {
  expect(judge([], { anything: 'goes' })).toEqual([]);
  expect(judge([], { anything: 7 })).toHaveLength(1);
});

describe('without metadata', () => {
  test.each([
    ['DynamoDB', undefined],
    ['RDS', undefined],
    ['FSx', 'OpenZFS'],
    ['Quantum', undefined],
  ])('%s (%s) can be tested', (type, variant) => {
    expect(missingMetadataProblems(type, variant, 'metadata')).toEqual([]);
  });

  test.each<[string, string]>([
    ['Lustre', 'FSx for Lustre'],
    ['ONTAP', 'FSx for ONTAP'],
    ['Windows', 'FSx for Windows'],
  ])('FSx (%s) fails', (variant, kind) => {
    expect(told(missingMetadataProblems('FSx', variant, 'metadata'))).toEqual([
      `error Backup-RestoreMetadataMissing \`metadata\` must be set for restore tests of ${kind}, which fail without it, got none; use the factory of \`RestoreMetadata\` for the tested type`,
    ]);
  });

  test('FSx of any kind may fail', () => {
    expect(told(missingMetadataProblems('FSx', undefined, 'metadata'))).toEqual([
      'warning Backup-RestoreMetadataLikelyMissing `metadata` should be set for restore tests of FSx for Lustre, FSx for ONTAP, FSx for Windows, which fail without it, got none; use the factory of `RestoreMetadata` for the tested type',
    ]);
  });
});

test('the law returns sentences for any metadata', () => {
  const kinds = fc.subarray(Object.keys(METADATA_FACTS) as MetadataKind[]);
  const keys = Object.values(METADATA_FACTS).flatMap((facts) => Object.keys(facts.keys));
  const overrides = fc.dictionary(
    fc.constantFrom(...keys, 'other'),
    fc.oneof(anything, fc.json(), fc.constantFrom('["a"]', '{}', '[', 'null')),
  );
  fc.assert(
    fc.property(kinds, overrides, (some, given) => {
      for (const problem of restoreMetadataProblems(some, given))
        expect(sentence(problem)).toMatch(/^`[\w.]+` [^\n]+[^.]$/);
    }),
  );
});
