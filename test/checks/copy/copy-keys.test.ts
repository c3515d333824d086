import { copyKeyChecks } from '../../../src/checks/copy/copy-keys';
import { findings, ids, PARAMETERS, plan, UNKNOWN } from '../../support/findings';

const arn = (account: string, region = 'us-east-1') =>
  `arn:aws:backup:${region}:${account}:backup-vault:copies`;
const ACROSS = [{ DestinationBackupVaultArn: arn('222222222222') }];
const HERE = [{ DestinationBackupVaultArn: arn('111111111111', 'eu-west-1') }];
const COPY = 'the copy of rule `rule-1` of plan `gold`';

const copied = (
  Resources: unknown,
  resource: object,
  rule: object = { CopyActions: ACROSS },
  more: object = {},
) => ({
  Plan: plan(rule),
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: {
      BackupPlanId: { Ref: 'Plan' },
      BackupSelection: {
        SelectionName: 'all',
        IamRoleArn: 'arn:aws:iam::111111111111:role/backup',
        Resources: [Resources],
      },
    },
  },
  It: resource,
  ...more,
});
const database = (properties: object, rule?: object, more?: object) =>
  copied(
    'arn:aws:rds:*:*:db:*',
    {
      Type: 'AWS::RDS::DBInstance',
      Properties: { Engine: 'postgres', StorageEncrypted: true, ...properties },
    },
    rule,
    more,
  );
const volume = (properties: object) =>
  copied('arn:aws:ec2:*:*:volume/*', {
    Type: 'AWS::EC2::Volume',
    Properties: { Encrypted: true, ...properties },
  });
const MARKETPLACE = '/aws/service/marketplace/prod-1234567890abc/1.0';
const parameter = (Type: string, Default: string) => ({ Type, Default });
const CUSTOMER = 'arn:aws:kms:us-east-1:111111111111:key/1';
const GAP = {
  Gap: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: { BackupVaultName: 'gap' } },
};
const INTO_GAP = { TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } };

test.each<[string, object, object, string]>([
  [
    'a database under the AWS-managed key doesn’t go to another account',
    database({}),
    database({ KmsKeyId: CUSTOMER }),
    `error Backup-SourceAwsManagedKey at Resources/It: \`App/It\` is encrypted with the AWS-managed key \`alias/aws/rds\`, and ${COPY} goes to account 222222222222; encrypt the resource with a customer-managed key`,
  ],
  [
    'nor does it where it names that key',
    database({ KmsKeyId: 'alias/aws/rds' }),
    database({ KmsKeyId: 'alias/aws/rds' }, { CopyActions: HERE }),
    `error Backup-SourceAwsManagedKey at Resources/It: \`App/It\` is encrypted with the AWS-managed key \`alias/aws/rds\`, and ${COPY} goes to account 222222222222; encrypt the resource with a customer-managed key`,
  ],
  [
    'a volume without a key has the default of its account',
    volume({}),
    volume({ KmsKeyId: CUSTOMER }),
    `warning Backup-SourceAwsManagedKey at Resources/It: \`App/It\` is encrypted with the AWS-managed key \`alias/aws/ebs\`, unless the account has another default, and ${COPY} goes to account 222222222222; encrypt the resource with a customer-managed key`,
  ],
  [
    'an option group doesn’t go to another Region',
    database({ OptionGroupName: 'tde', KmsKeyId: CUSTOMER }, { CopyActions: HERE }),
    database({ KmsKeyId: CUSTOMER }, { CopyActions: HERE }),
    `warning Backup-CopyOptionGroup at Resources/It: \`App/It\` has an option group, and ${COPY} goes to another Region; make sure that the option group has no persistent options, or acknowledge this warning`,
  ],
])('%s', (_, bad, good, line) => {
  expect(findings(copyKeyChecks, bad)).toEqual([line]);
  expect(ids(copyKeyChecks, good)).toEqual([]);
});

test('what is encrypted with the key of the vault may have any key', () => {
  const table = copied('arn:aws:s3:::*', {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'orders',
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
    },
  });
  expect(ids(copyKeyChecks, table)).toEqual([]);
});

test.each<[string, unknown, object]>([
  [
    'by a parameter of AWS Systems Manager',
    { Ref: 'Image' },
    { Image: parameter('AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', MARKETPLACE) },
  ],
  ['by its name', `resolve:ssm:${MARKETPLACE}`, {}],
  ['by a dynamic reference', `{{resolve:ssm:${MARKETPLACE}:1}}`, {}],
])('an image of AWS Marketplace, said %s, doesn’t go to another account', (_, ImageId, Parameters) => {
  const instance = (id: unknown, CopyActions = ACROSS) =>
    copied(
      'arn:aws:ec2:*:*:instance/*',
      { Type: 'AWS::EC2::Instance', Properties: { ImageId: id } },
      { CopyActions },
    );
  expect(findings(copyKeyChecks, instance(ImageId), undefined, { Parameters })).toEqual([
    `error Backup-MarketplaceImage at Resources/It: \`App/It\` has an image of AWS Marketplace, and ${COPY} goes to account 222222222222; protect it with a plan of its own, without such copies, or start it from an image of your own`,
  ]);
  expect(ids(copyKeyChecks, instance(ImageId, HERE), { Parameters })).toEqual([]);
});

test.each<[string, unknown, object]>([
  ['an id', 'ami-1234', {}],
  ['a parameter without a name', { Ref: 'Image' }, { Image: { Type: 'AWS::EC2::Image::Id' } }],
  [
    'another public parameter',
    { Ref: 'Image' },
    { Image: parameter('AWS::SSM::Parameter::Value<String>', '/aws/service/ami-amazon-linux-latest/al2023') },
  ],
])('an image that is said by %s is taken to be one’s own', (_, ImageId, Parameters) => {
  const instance = copied('arn:aws:ec2:*:*:instance/*', {
    Type: 'AWS::EC2::Instance',
    Properties: { ImageId },
  });
  expect(ids(copyKeyChecks, instance, { Parameters })).toEqual([]);
});

test('a volume under an AWS-managed key doesn’t arrive in a logically air-gapped vault', () => {
  const gapped = (properties: object) => ({
    ...copied(
      'arn:aws:ec2:*:*:volume/*',
      { Type: 'AWS::EC2::Volume', Properties: { Encrypted: true, ...properties } },
      INTO_GAP,
      GAP,
    ),
  });
  expect(findings(copyKeyChecks, gapped({ KmsKeyId: 'alias/aws/ebs' }))).toEqual([
    'warning Backup-AirGappedAwsManagedKey at Resources/It: `App/It` is encrypted with the AWS-managed key `alias/aws/ebs`, and rule `rule-1` of plan `gold` goes to a logically air-gapped vault; encrypt the resource with a customer-managed key',
  ]);
  expect(ids(copyKeyChecks, gapped({ KmsKeyId: CUSTOMER }))).toEqual([]);
});

test.each<[string, object]>([
  ['what is encrypted', database({ StorageEncrypted: UNKNOWN })],
  ['a key', database({ KmsKeyId: UNKNOWN })],
  ['a destination', database({}, { CopyActions: [{ DestinationBackupVaultArn: UNKNOWN }] })],
])('%s that isn’t known is not judged', (_, template) => {
  expect(ids(copyKeyChecks, template, PARAMETERS)).toEqual([]);
});
