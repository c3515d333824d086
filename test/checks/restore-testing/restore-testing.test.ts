import { restoreTestingPlanChecks } from '../../../src/checks/restore-testing/restore-testing-plans';
import { restoreTestingSelectionChecks } from '../../../src/checks/restore-testing/restore-testing-selections';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { resource, stack } from '../../support/backups';
import { findings, findingsIn, PARAMETERS, UNKNOWN } from '../../support/findings';

const restoreTestingChecks = [...restoreTestingPlanChecks, ...restoreTestingSelectionChecks];

const POINTS = {
  Algorithm: 'LATEST_WITHIN_WINDOW',
  RecoveryPointTypes: ['SNAPSHOT'],
  IncludeVaults: ['*'],
};
const plan = (properties: object = {}, points: object = {}) =>
  resource('Backup::RestoreTestingPlan', {
    RestoreTestingPlanName: 'weekly',
    ScheduleExpression: 'cron(0 5 ? * SUN *)',
    RecoveryPointSelection: { ...POINTS, ...points },
    ...properties,
  });
const selection = (properties: object = {}) =>
  resource('Backup::RestoreTestingSelection', {
    RestoreTestingPlanName: { Ref: 'P' },
    RestoreTestingSelectionName: 'tables',
    ProtectedResourceType: 'DynamoDB',
    ProtectedResourceArns: ['*'],
    IamRoleArn: 'arn:aws:iam::111111111111:role/restore',
    ...properties,
  });

const found = (resources: object, options: object = {}) =>
  findings(restoreTestingChecks, { P: plan(), ...resources }, options, PARAMETERS);

describe('a restore testing plan', () => {
  const OF = 'of restore testing plan `weekly`';
  const HERE = 'Resources/P/Properties';
  const IN = `${HERE}/RecoveryPointSelection`;

  test.each<[string, object, object, string]>([
    [
      'starts within 168 hours',
      { StartWindowHours: 169 },
      {},
      `error Backup-StartWindowHours at ${HERE}/StartWindowHours: \`StartWindowHours\` ${OF} must be a whole number from 1 to 168 hours, got 169; use 168 hours or less`,
    ],
    [
      'looks back for at most 365 days',
      {},
      { SelectionWindowDays: 366 },
      `error Backup-SelectionWindow at ${IN}/SelectionWindowDays: \`SelectionWindowDays\` ${OF} must be a whole number from 1 to 365 days, got 366; use 365 days or less`,
    ],
    [
      'knows two algorithms',
      {},
      { Algorithm: 'OLDEST' },
      `error Backup-RestoreTestingAlgorithm at ${IN}/Algorithm: \`Algorithm\` ${OF} must be \`LATEST_WITHIN_WINDOW\` or \`RANDOM_WITHIN_WINDOW\`, got \`OLDEST\`; use \`LATEST_WITHIN_WINDOW\` or \`RANDOM_WITHIN_WINDOW\``,
    ],
    [
      'knows two types of recovery points',
      {},
      { RecoveryPointTypes: ['FULL'] },
      `error Backup-RecoveryPointTypes at ${IN}/RecoveryPointTypes: \`RecoveryPointTypes\` ${OF} must be \`SNAPSHOT\` or \`CONTINUOUS\`, got \`FULL\`; use \`SNAPSHOT\`, \`CONTINUOUS\` or both`,
    ],
    [
      'looks into a vault',
      {},
      { IncludeVaults: [] },
      `error Backup-IncludeVaults at ${IN}/IncludeVaults: \`IncludeVaults\` ${OF} must contain at least one vault, got none; name vaults, or \`*\` for every vault`,
    ],
    [
      'names vaults by their ARNs',
      {},
      { IncludeVaults: ['gold'] },
      `error Backup-VaultSelector at ${IN}/IncludeVaults: \`IncludeVaults\` ${OF} must be ARNs of vaults such as \`arn:aws:backup:*:*:backup-vault:gold-*\`, or \`*\` alone, got \`gold\`; use ARNs of vaults such as \`arn:aws:backup:*:*:backup-vault:gold-*\`, or \`*\` alone`,
    ],
  ])('%s', (_, properties, points, message) => {
    expect(found({ P: plan(properties, points) })).toEqual([message]);
  });

  test.each<[string, object, object]>([
    ['at the upper ends', { StartWindowHours: 168 }, { SelectionWindowDays: 365 }],
    ['with a vault', {}, { IncludeVaults: ['arn:aws:backup:us-east-1:111111111111:backup-vault:gold'] }],
    ['with numbers that aren’t known', { StartWindowHours: UNKNOWN }, { SelectionWindowDays: UNKNOWN }],
    [
      'with texts that aren’t known',
      {},
      { Algorithm: UNKNOWN, RecoveryPointTypes: [UNKNOWN], IncludeVaults: [UNKNOWN] },
    ],
    [
      'with lists that aren’t known',
      {},
      { RecoveryPointTypes: { 'Fn::GetAZs': '' }, IncludeVaults: { 'Fn::GetAZs': '' } },
    ],
  ])('%s is fine', (_, properties, points) => {
    expect(found({ P: plan(properties, points) })).toEqual([]);
  });

  test.each<[string, unknown, string | undefined]>([
    [
      'an account',
      'arn:aws:backup:*:222222222222:backup-vault:gold',
      'account (222222222222) than the plan (111111111111)',
    ],
    [
      'a Region',
      'arn:aws:backup:eu-west-1:*:backup-vault:gold-*',
      'Region (eu-west-1) than the plan (us-east-1)',
    ],
    ['no other place', 'arn:aws:backup:*:*:backup-vault:gold', undefined],
    ['its own place', 'arn:aws:backup:us-east-1:111111111111:backup-vault:gold', undefined],
    ['a place that is not known', UNKNOWN, undefined],
  ])('tests nothing in a vault of another place: %s', (_, arn, place) => {
    expect(found({ P: plan({}, { IncludeVaults: [arn] }) })).toEqual(
      place === undefined
        ? []
        : [
            `warning Backup-RestoreTestingVault at ${IN}/IncludeVaults/0: \`IncludeVaults\` ${OF} contains \`${arn}\` in another ${place}, so its recovery points are never tested; create a restore testing plan in the account and Region of that vault`,
          ],
    );
  });

  test('has at most 50 tags', () => {
    const tagged = (count: number) =>
      plan({ Tags: Array.from({ length: count }, (_, i) => ({ Key: `key-${i}`, Value: 'a' })) });
    expect(found({ P: tagged(51) })).toEqual([
      `error Backup-RestoreTestingTags at ${HERE}/Tags: restore testing plan \`weekly\` can have at most 50 tags, got 51; remove tags, including those that aspects add`,
    ]);
    expect(found({ P: tagged(50) })).toEqual([]);
  });

  test('has at most 30 selections', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`S${i}`, selection()]));
    expect(found(many(31))).toEqual([
      'error Backup-RestoreTestingSelections at Resources/P: restore testing plan `weekly` can have at most 30 selections, got 31; select by tags that more resources share, or create a second plan',
    ]);
    expect(found(many(30))).toEqual([]);
  });
});

describe('a selection of a restore test', () => {
  const OF = 'of restore testing selection `tables`';
  const HERE = 'Resources/S/Properties';
  const TABLE = 'arn:aws:dynamodb:us-east-1:111111111111:table/orders';
  const equals = (Key: unknown, Value: unknown = 'gold') => ({ StringEquals: [{ Key, Value }] });

  test.each<[string, object, string]>([
    [
      'tests a type that restore testing supports',
      { ProtectedResourceType: 'Redshift' },
      `error Backup-RestoreTestingType at ${HERE}/ProtectedResourceType: \`ProtectedResourceType\` ${OF} must be a type that restore testing supports (Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS, S3), got Redshift; use Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS or S3`,
    ],
    [
      'tests a type that is known',
      { ProtectedResourceType: 'Quantum' },
      `warning Backup-RestoreTestingTypeUnknown at ${HERE}/ProtectedResourceType: \`ProtectedResourceType\` ${OF} is Quantum, which restore testing isn't known to support; try it with one resource, and declare the result with \`ResourceType.withCapabilities()\``,
    ],
    [
      'names ARNs of its type',
      { ProtectedResourceArns: ['arn:aws:s3:::orders'] },
      `error Backup-RestoreTestingArn at ${HERE}/ProtectedResourceArns: \`ProtectedResourceArns\` ${OF} must be ARNs of DynamoDB, got \`arn:aws:s3:::orders\` (S3); list at most 30 complete ARNs of one type, or use \`*\` for every resource of the type`,
    ],
    [
      'names resources by their ARNs, not by their names',
      { ProtectedResourceArns: [{ Ref: 'Orders' }] },
      `error Backup-RestoreTestingArn at ${HERE}/ProtectedResourceArns: \`ProtectedResourceArns\` ${OF} must be full ARNs without wildcards, got \`\${Orders}\`; write \`!GetAtt Orders.Arn\``,
    ],
    [
      'overrides documented metadata',
      { RestoreMetadataOverrides: { kmsKey: 'alias/restore' } },
      `warning Backup-RestoreMetadataKey at ${HERE}/RestoreMetadataOverrides: \`kmsKey\` ${OF} is not known metadata that a restore test of DynamoDB can override; use encryptionType, kmsMasterKeyArn`,
    ],
    [
      'overrides metadata with JSON where AWS asks for JSON',
      { ProtectedResourceType: 'EC2', RestoreMetadataOverrides: { securityGroupIds: 'sg-1' } },
      `error Backup-RestoreMetadata at ${HERE}/RestoreMetadataOverrides: \`securityGroupIds\` ${OF} must be a JSON array of strings, such as \`["a","b"]\`, got \`sg-1\`; write '["sg-1"]'`,
    ],
    [
      'has ARNs or conditions',
      { ProtectedResourceArns: [TABLE], ProtectedResourceConditions: equals('aws:ResourceTag/backup') },
      `error Backup-RestoreTestingChoice at ${HERE}/ProtectedResourceArns: \`ProtectedResourceArns\` and \`ProtectedResourceConditions\` can't both be set: a selection tests either named or tagged resources; set either \`ProtectedResourceArns\` or \`ProtectedResourceConditions\``,
    ],
    [
      'states what it tests',
      { ProtectedResourceArns: undefined },
      `error Backup-RestoreTestingChoice at ${HERE}/ProtectedResourceArns: a selection must specify what it tests with \`ProtectedResourceArns\` or \`ProtectedResourceConditions\`, got neither; set either \`ProtectedResourceArns\` or \`ProtectedResourceConditions\``,
    ],
    [
      'has conditions on tags',
      { ProtectedResourceArns: undefined, ProtectedResourceConditions: equals('backup') },
      `error Backup-RestoreTestingCondition at ${HERE}/ProtectedResourceConditions: \`ProtectedResourceConditions\` ${OF} must have keys that begin with \`aws:ResourceTag/\`, got \`backup\`; use \`StringEquals\` or \`StringNotEquals\` with keys that start with \`aws:ResourceTag/\` and with whole values`,
    ],
    [
      'is validated within 168 hours',
      { ValidationWindowHours: 169 },
      `error Backup-ValidationWindow at ${HERE}/ValidationWindowHours: \`ValidationWindowHours\` ${OF} must be a whole number from 1 to 168 hours, got 169; use 168 hours or less`,
    ],
    [
      'of FSx says where to restore',
      { ProtectedResourceType: 'FSx' },
      `warning Backup-RestoreMetadataLikelyMissing at ${HERE}/RestoreMetadataOverrides: \`RestoreMetadataOverrides\` ${OF} should be set for restore tests of FSx for Lustre, FSx for ONTAP, FSx for Windows, which fail without it, got none; set the metadata in \`RestoreMetadataOverrides\`, or with a factory of \`RestoreMetadata\``,
    ],
  ])('%s', (_, properties, message) => {
    expect(found({ S: selection(properties), Orders: resource('DynamoDB::Table') })).toEqual([message]);
  });

  test.each<[string, object]>([
    ['of everything', {}],
    ['of a type in upper case, as AWS answers', { ProtectedResourceType: 'DYNAMODB' }],
    ['of an ARN', { ProtectedResourceArns: [TABLE] }],
    [
      'of conditions alone',
      { ProtectedResourceArns: undefined, ProtectedResourceConditions: equals('aws:ResourceTag/a') },
    ],
    ['of a type that isn’t known', { ProtectedResourceType: UNKNOWN }],
    ['with documented metadata in any case', { RestoreMetadataOverrides: { KmsMasterKeyArn: UNKNOWN } }],
    ['with metadata whose keys aren’t known', { RestoreMetadataOverrides: UNKNOWN }],
    ['of ARNs that aren’t known', { ProtectedResourceArns: [UNKNOWN] }],
    ['of lists that aren’t known', { ProtectedResourceArns: { 'Fn::GetAZs': '' } }],
    [
      'of conditions that aren’t known',
      { ProtectedResourceArns: undefined, ProtectedResourceConditions: equals(UNKNOWN, UNKNOWN) },
    ],
  ])('%s is fine', (_, properties) => {
    expect(found({ S: selection(properties) })).toEqual([]);
  });

  test('of a type that the user overrides counts as overridden', () => {
    const app = [stack('App', { P: plan(), S: selection({ ProtectedResourceType: 'Redshift' }) })];
    const tested = ResourceType.REDSHIFT.withCapabilities({ restoreTesting: true });
    expect(findingsIn(restoreTestingChecks, app)).toHaveLength(1);
    expect(findingsIn(restoreTestingChecks, app, [tested])).toEqual([]);
  });
});

describe('the role of a restore test', () => {
  const RESTORES = 'service-role/AWSBackupServiceRolePolicyForRestores';
  const S3_RESTORES = 'AWSBackupServiceRolePolicyForS3Restore';
  const role = (policies: string[], Service = 'backup.amazonaws.com') =>
    resource('IAM::Role', {
      RoleName: 'restore',
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }],
      },
      ManagedPolicyArns: policies.map((name) => `arn:aws:iam::aws:policy/${name}`),
    });
  const tested = (Role: object, ProtectedResourceType = 'DynamoDB') =>
    found({ Role, S: selection({ ProtectedResourceType, IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }) });
  const OF = 'the role `restore` of restore testing selection `tables`';
  const lacks = (policy: string, type: string) =>
    `error Backup-RestoreRolePolicies at Resources/Role: ${OF} lacks \`${policy}\`, which restores of ${type} need; attach \`arn:aws:iam::aws:policy/${policy}\`, or use a \`RestoreTestingRole\``;

  test('trusts AWS Backup', () => {
    expect(tested(role([RESTORES], 'ec2.amazonaws.com'))).toEqual([
      `error Backup-RestoreRoleTrust at Resources/Role/Properties/AssumeRolePolicyDocument: ${OF} must trust \`backup.amazonaws.com\`, but its trust policy does not let it assume the role; allow \`backup.amazonaws.com\` to assume the role with \`sts:AssumeRole\``,
    ]);
    expect(tested(role([RESTORES]))).toEqual([]);
  });

  test('may restore what is tested', () => {
    expect(tested(role([]))).toEqual([lacks(RESTORES, 'DynamoDB')]);
    expect(tested(role([RESTORES]), 'S3')).toEqual([lacks(S3_RESTORES, 'S3')]);
    expect(tested(role([RESTORES, S3_RESTORES]), 'S3')).toEqual([]);
    expect(tested(role([RESTORES]), 'EBS')).toEqual([]);
    expect(tested(role(['AmazonDynamoDBFullAccess']))).toEqual([]);
  });

  test('that is not in the app is not reported', () => {
    expect(found({ S: selection({ IamRoleArn: UNKNOWN }) })).toEqual([]);
  });
});
