import { selectedArnChecks } from '../../../src/checks/selection/selected-arn-checks';
import { choice, condition, resource, selection } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const HERE = 'Resources/S/Properties/BackupSelection';
const found = (body: Record<string, unknown>, options = {}) =>
  findings(selectedArnChecks, { S: selection(body) }, options, PARAMETERS);
const TABLES = 'arn:aws:dynamodb:*:*:table/*';
const TABLE = 'arn:aws:dynamodb:us-east-1:111111111111:table/orders';

test.each(['Resources', 'NotResources'])('`%s` are ARNs', (property) => {
  expect(found({ [property]: ['orders'] })).toEqual([
    `error Backup-SelectionArn at ${HERE}/${property}/0: \`${property}\` of selection \`some\` must be ARNs such as \`arn:aws:dynamodb:*:*:table/orders\`, got \`orders\`; write the full ARN; \`*\` is allowed at its end and in place of the Region and the account`,
  ]);
  for (const arn of [TABLE, TABLES, '*', 'arn:aws:ec2:*', UNKNOWN, { 'Fn::Sub': `arn:aws:s3:::\${Unknown}` }])
    expect(found({ [property]: [arn] })).toEqual([]);
});

describe('a resource whose name or id stands in place of its ARN', () => {
  const resources = {
    Orders: resource('DynamoDB::Table', { TableName: 'orders' }),
    Files: resource('S3::Bucket'),
    Disk: resource('EC2::Volume'),
    Measures: resource('Timestream::Database'),
    Topic: resource('SNS::Topic'),
  };
  const fix = (arn: unknown, from: Record<string, unknown> = resources): string[] =>
    findings(selectedArnChecks, { S: selection({ Resources: [arn] }), ...from }, {}, PARAMETERS)
      .filter((text) => text.startsWith('error Backup-SelectionArn'))
      .map((text) => text.split('; ').slice(1).join('; '));

  test.each<[string, unknown, string]>([
    ['an attribute', { Ref: 'Files' }, 'write `!GetAtt Files.Arn`'],
    ['an attribute, for a name that is known', 'orders', 'write `!GetAtt Orders.Arn`'],
    ['an attribute, for a name in a text', { 'Fn::Sub': `\${Files}/*` }, 'write `!GetAtt Files.Arn`'],
    [
      'its parts, if no attribute has it',
      { Ref: 'Disk' },
      `write \`!Sub 'arn:\${AWS::Partition}:ec2:\${AWS::Region}:\${AWS::AccountId}:volume/\${Disk}'\``,
    ],
    ['an attribute, and its children', { Ref: 'Measures' }, `write \`!Sub '\${Measures.Arn}/*'\``],
  ])('has it in %s', (_, arn, expected) => {
    expect(fix(arn)).toEqual([expected]);
  });

  test('is none of another template, and none that AWS Backup does not protect', () => {
    const general = [
      'write the full ARN; `*` is allowed at its end and in place of the Region and the account',
    ];
    expect(fix('orders', {})).toEqual(general);
    expect(fix({ 'Fn::GetAtt': ['Topic', 'TopicName'] })).toEqual(general);
  });
});

test('wildcards before the end of the resource may select nothing', () => {
  expect(found({ Resources: ['arn:aws:s3:::*-logs'] })).toEqual([
    `warning Backup-SelectionWildcard at ${HERE}/Resources/0: \`Resources\` of selection \`some\` has a wildcard before the end of \`arn:aws:s3:::*-logs\`, which AWS Backup isn't known to support: it may select nothing; put one \`*\` at the end, or select by tag`,
  ]);
  expect(found({ Resources: ['arn:aws:s3:::logs-*'] })).toEqual([]);
});

test('500 ARNs are enough, 30 with a wildcard', () => {
  const arns = (count: number, end: string) =>
    Array.from({ length: count }, (_, i) => `arn:aws:s3:::bucket-${i}${end}`);
  expect(found({ NotResources: arns(31, '*') })).toEqual([
    `error Backup-SelectionSize at ${HERE}/NotResources: \`NotResources\` can be at most 30 ARNs with a wildcard in a selection, got 31; select by tag, or create several selections`.replace(
      '`NotResources` can',
      '`NotResources` of selection `some` can',
    ),
  ]);
  expect(found({ Resources: arns(501, '') })).toEqual([
    `error Backup-SelectionSize at ${HERE}/Resources: \`Resources\` of selection \`some\` can be at most 500 ARNs in a selection, got 501; select by tag, or create several selections`,
  ]);
  expect(found({ NotResources: arns(30, '*'), Resources: arns(500, '') })).toEqual([]);
});

test('ARNs of another account or Region are never selected', () => {
  const elsewhere = (arn: string, what: string) =>
    `warning Backup-SelectionElsewhere at ${HERE}/Resources/0: \`Resources\` of selection \`some\` has \`${arn}\` in ${what}; create a plan there`;
  const european = TABLE.replace('us-east-1', 'eu-west-1');
  expect(found({ Resources: [european] })).toEqual([
    elsewhere(
      european,
      'Region eu-west-1, but a selection protects only resources in its own Region (us-east-1)',
    ),
  ]);
  const other = TABLE.replace('111111111111', '222222222222');
  expect(found({ Resources: [other] })).toEqual([
    elsewhere(
      other,
      'account 222222222222, but a selection protects only resources in its own account (111111111111)',
    ),
  ]);
  expect(found({ Resources: [TABLE, TABLES] })).toEqual([]);
  expect(found({ Resources: [other, european] }, { account: undefined, region: undefined })).toEqual([]);
});

test('what is excluded by the same ARN is never selected', () => {
  expect(found({ Resources: [TABLES], NotResources: [TABLES] })).toEqual([
    `warning Backup-SelectionContradiction at ${HERE}/NotResources: \`NotResources\` of selection \`some\` excludes all of \`${TABLES}\`, which \`Resources\` selects; remove the ARN from one of the two lists`,
  ]);
  expect(found({ Resources: [TABLES], NotResources: [TABLE] })).toEqual([]);
  expect(found({ ListOfTags: [choice('a', 'b')], Resources: [TABLES], NotResources: [TABLES] })).toEqual([]);
});

describe('a pattern that several types share', () => {
  const clusters = 'arn:aws:rds:*:*:cluster:*';

  test('selects them alike', () => {
    expect(found({ Resources: [clusters] })).toEqual([
      `warning Backup-SharedArnPattern at ${HERE}/Resources/0: \`Resources\` of selection \`some\` has \`${clusters}\`, which selects Aurora, DocumentDB, Neptune and RDS (Multi-AZ cluster) alike; add a tag condition, or select by ARN`,
    ]);
    expect(
      found({ Resources: ['arn:aws-cn:rds:cn-north-1:*:cluster:*'] }, { region: 'cn-north-1' }),
    ).toHaveLength(1);
  });

  test('is fine with a condition on a tag, and as an exclusion', () => {
    expect(found({ Resources: [clusters], Conditions: condition('StringEquals', 'a', 'b') })).toEqual([]);
    expect(found({ Resources: [TABLES], NotResources: [clusters] })).toEqual([]);
    expect(found({ Resources: ['arn:aws:rds:*:*:cluster:prod-*', 'arn:aws:fsx:*:*:file-system/*'] })).toEqual(
      [],
    );
  });
});

test('instances and volumes together are backed up twice', () => {
  const both = ['arn:aws:ec2:*:*:instance/*', 'arn:aws:ec2:*:*:volume/*'];
  expect(found({ Resources: both })).toEqual([
    `warning Backup-DoubleBackup at ${HERE}/Resources: \`Resources\` of selection \`some\` has EC2 and EBS: the backup of an instance already includes its volumes, so they are backed up twice; omit EBS, or select unattached volumes by tag`,
  ]);
  for (const one of both) expect(found({ Resources: [one] })).toEqual([]);
  expect(found({ Resources: both, Conditions: condition('StringEquals', 'a', 'b') })).toEqual([]);
});

test('what AWS Backup does not protect is reported', () => {
  expect(found({ Resources: ['arn:aws:s3:::orders/*'] })).toEqual([
    `warning Backup-SelectionType at ${HERE}/Resources/0: \`Resources\` of selection \`some\` includes \`arn:aws:s3:::orders/*\`, which names objects in a bucket instead of the bucket; use \`arn:aws:s3:::orders\``,
  ]);
  expect(found({ Resources: ['arn:aws:lambda:us-east-1:111111111111:function:f'] })).toEqual([
    `warning Backup-SelectionType at ${HERE}/Resources/0: \`Resources\` of selection \`some\` includes \`arn:aws:lambda:us-east-1:111111111111:function:f\`, whose type AWS Backup is not known to protect; name a resource that AWS Backup protects`,
  ]);
  expect(found({ Resources: ['arn:aws:s3:::orders', 'arn:aws:timestream:*:*:database/x/*'] })).toEqual([]);
});
