import { selectedArnChecks } from '../../../src/checks/selection/selected-arns';
import { choice, condition, selection } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const HERE = 'Resources/S/Properties/BackupSelection';
const told = (body: Record<string, unknown>, options = {}) =>
  findings(selectedArnChecks, { S: selection(body) }, options, PARAMETERS);
const TABLES = 'arn:aws:dynamodb:*:*:table/*';
const TABLE = 'arn:aws:dynamodb:us-east-1:111111111111:table/orders';

test.each(['Resources', 'NotResources'])('`%s` are ARNs', (property) => {
  expect(told({ [property]: ['orders'] })).toEqual([
    `error Backup-SelectionArn at ${HERE}/${property}/0: \`${property}\` of selection \`some\` must be ARNs such as \`arn:aws:dynamodb:*:*:table/orders\`, got \`orders\`; write the whole ARN; a \`*\` may end it, and stand for the Region and the account`,
  ]);
  for (const arn of [TABLE, TABLES, '*', 'arn:aws:ec2:*', UNKNOWN, { 'Fn::Sub': `arn:aws:s3:::\${Unknown}` }])
    expect(told({ [property]: [arn] })).toEqual([]);
});

test('wildcards before the end of the resource may select nothing', () => {
  expect(told({ Resources: ['arn:aws:s3:::*-logs'] })).toEqual([
    `warning Backup-SelectionWildcard at ${HERE}/Resources/0: \`Resources\` of selection \`some\` has a wildcard before the end of \`arn:aws:s3:::*-logs\`, which AWS Backup isn't known to support: it may select nothing; put one \`*\` at the end, or select by tag`,
  ]);
  expect(told({ Resources: ['arn:aws:s3:::logs-*'] })).toEqual([]);
});

test('500 ARNs are enough, 30 with a wildcard', () => {
  const arns = (count: number, end: string) =>
    Array.from({ length: count }, (_, i) => `arn:aws:s3:::bucket-${i}${end}`);
  expect(told({ NotResources: arns(31, '*') })).toEqual([
    `error Backup-SelectionSize at ${HERE}/NotResources: \`NotResources\` can be at most 30 ARNs with a wildcard in a selection, got 31; select by tag, or make several selections`.replace(
      '`NotResources` can',
      '`NotResources` of selection `some` can',
    ),
  ]);
  expect(told({ Resources: arns(501, '') })).toEqual([
    `error Backup-SelectionSize at ${HERE}/Resources: \`Resources\` of selection \`some\` can be at most 500 ARNs in a selection, got 501; select by tag, or make several selections`,
  ]);
  expect(told({ NotResources: arns(30, '*'), Resources: arns(500, '') })).toEqual([]);
});

test('ARNs of another account or Region are never selected', () => {
  const elsewhere = (arn: string, what: string) =>
    `warning Backup-SelectionElsewhere at ${HERE}/Resources/0: \`Resources\` of selection \`some\` has \`${arn}\` in ${what}; make a plan there for it`;
  const european = TABLE.replace('us-east-1', 'eu-west-1');
  expect(told({ Resources: [european] })).toEqual([
    elsewhere(european, 'Region eu-west-1, but a selection protects what lies in its own Region (us-east-1)'),
  ]);
  const other = TABLE.replace('111111111111', '222222222222');
  expect(told({ Resources: [other] })).toEqual([
    elsewhere(
      other,
      'account 222222222222, but a selection protects what lies in its own account (111111111111)',
    ),
  ]);
  expect(told({ Resources: [TABLE, TABLES] })).toEqual([]);
  expect(told({ Resources: [other, european] }, { account: undefined, region: undefined })).toEqual([]);
});

test('what is excluded by the same ARN is never selected', () => {
  expect(told({ Resources: [TABLES], NotResources: [TABLES] })).toEqual([
    `warning Backup-SelectionContradiction at ${HERE}/NotResources: \`NotResources\` of selection \`some\` takes away all of \`${TABLES}\`, which \`Resources\` selects; leave it out on one of the two sides`,
  ]);
  expect(told({ Resources: [TABLES], NotResources: [TABLE] })).toEqual([]);
  expect(told({ ListOfTags: [choice('a', 'b')], Resources: [TABLES], NotResources: [TABLES] })).toEqual([]);
});

describe('a pattern that several types share', () => {
  const clusters = 'arn:aws:rds:*:*:cluster:*';

  test('selects them alike', () => {
    expect(told({ Resources: [clusters] })).toEqual([
      `warning Backup-SharedArnPattern at ${HERE}/Resources/0: \`Resources\` of selection \`some\` has \`${clusters}\`, which selects Aurora, DocumentDB, Neptune and RDS (Multi-AZ cluster) alike; add a tag condition, or select by ARN`,
    ]);
    expect(
      told({ Resources: ['arn:aws-cn:rds:cn-north-1:*:cluster:*'] }, { region: 'cn-north-1' }),
    ).toHaveLength(1);
  });

  test('is fine with a condition on a tag, and as an exclusion', () => {
    expect(told({ Resources: [clusters], Conditions: condition('StringEquals', 'a', 'b') })).toEqual([]);
    expect(told({ Resources: [TABLES], NotResources: [clusters] })).toEqual([]);
    expect(told({ Resources: ['arn:aws:rds:*:*:cluster:prod-*', 'arn:aws:fsx:*:*:file-system/*'] })).toEqual(
      [],
    );
  });
});

test('instances and volumes together are backed up twice', () => {
  const both = ['arn:aws:ec2:*:*:instance/*', 'arn:aws:ec2:*:*:volume/*'];
  expect(told({ Resources: both })).toEqual([
    `warning Backup-DoubleBackup at ${HERE}/Resources: \`Resources\` of selection \`some\` has EC2 and EBS: the backup of an instance holds its volumes already, so they are backed up twice; leave EBS out, or tag the volumes that belong to no instance`,
  ]);
  for (const one of both) expect(told({ Resources: [one] })).toEqual([]);
  expect(told({ Resources: both, Conditions: condition('StringEquals', 'a', 'b') })).toEqual([]);
});

test('what AWS Backup does not protect is told', () => {
  expect(told({ Resources: ['arn:aws:s3:::orders/*'] })).toEqual([
    `warning Backup-SelectionType at ${HERE}/Resources/0: \`Resources\` of selection \`some\` has \`arn:aws:s3:::orders/*\`, which names the objects of a bucket, where the bucket is meant; write \`arn:aws:s3:::orders\``,
  ]);
  expect(told({ Resources: ['arn:aws:lambda:us-east-1:111111111111:function:f'] })).toEqual([
    `warning Backup-SelectionType at ${HERE}/Resources/0: \`Resources\` of selection \`some\` has \`arn:aws:lambda:us-east-1:111111111111:function:f\`, which is of no type that AWS Backup is known to protect; name a resource that AWS Backup protects`,
  ]);
  expect(told({ Resources: ['arn:aws:s3:::orders', 'arn:aws:timestream:*:*:database/x/*'] })).toEqual([]);
});
