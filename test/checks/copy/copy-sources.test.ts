import { copySourceChecks } from '../../../src/checks/copy/copy-sources';
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
    `error Backup-SourceAwsManagedKey at Resources/It: \`App/It\` is encrypted with the AWS managed key \`alias/aws/rds\`, and ${COPY} goes to account 222222222222; encrypt the resource with a customer managed key`,
  ],
  [
    'nor does it where it names that key',
    database({ KmsKeyId: 'alias/aws/rds' }),
    database({ KmsKeyId: 'alias/aws/rds' }, { CopyActions: HERE }),
    `error Backup-SourceAwsManagedKey at Resources/It: \`App/It\` is encrypted with the AWS managed key \`alias/aws/rds\`, and ${COPY} goes to account 222222222222; encrypt the resource with a customer managed key`,
  ],
  [
    'a volume copy a key has the default of does account',
    volume({}),
    volume({ KmsKeyId: CUSTOMER }),
    `warning Backup-SourceLikelyAwsManagedKey at Resources/It: \`App/It\` is encrypted with the AWS managed key \`alias/aws/ebs\`, unless the account has a different default key, and ${COPY} goes to account 222222222222; encrypt the volume with a customer managed key, and allow the destination account to use it`,
  ],
  [
    'an option group doesn’t go to another Region',
    database({ OptionGroupName: 'tde', KmsKeyId: CUSTOMER }, { CopyActions: HERE }),
    database({ KmsKeyId: CUSTOMER }, { CopyActions: HERE }),
    `warning Backup-CopyOptionGroup at Resources/It: \`App/It\` has an option group, and ${COPY} goes to another Region; make sure that the option group has no persistent options, or acknowledge this warning`,
  ],
])('%s', (_, bad, good, line) => {
  expect(findings(copySourceChecks, bad)).toEqual([line]);
  expect(ids(copySourceChecks, good)).toEqual([]);
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
  expect(ids(copySourceChecks, table)).toEqual([]);
});

test.each<[string, unknown, object]>([
  [
    'by a parameter of AWS Systems Manager',
    { Ref: 'Image' },
    { Image: parameter('AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', MARKETPLACE) },
  ],
  ['by its name', `resolve:ssm:${MARKETPLACE}`, {}],
  ['by a dynamic reference', `{{resolve:ssm:${MARKETPLACE}:1}}`, {}],
])('an image of AWS Marketplace, set %s, doesn’t go to another account', (_, ImageId, Parameters) => {
  const instance = (id: unknown, CopyActions = ACROSS) =>
    copied(
      'arn:aws:ec2:*:*:instance/*',
      { Type: 'AWS::EC2::Instance', Properties: { ImageId: id } },
      { CopyActions },
    );
  expect(findings(copySourceChecks, instance(ImageId), undefined, { Parameters })).toEqual([
    `error Backup-MarketplaceImage at Resources/It: \`App/It\` uses an image from AWS Marketplace, and ${COPY} goes to account 222222222222; protect the instance with a plan that does not copy to other accounts, or launch it from your own image`,
  ]);
  expect(ids(copySourceChecks, instance(ImageId, HERE), { Parameters })).toEqual([]);
});

test.each<[string, unknown, object]>([
  ['an id', 'ami-1234', {}],
  ['a parameter copy a name', { Ref: 'Image' }, { Image: { Type: 'AWS::EC2::Image::Id' } }],
  [
    'another public parameter',
    { Ref: 'Image' },
    { Image: parameter('AWS::SSM::Parameter::Value<String>', '/aws/service/ami-amazon-linux-latest/al2023') },
  ],
])('an image in %s counts as the user’s own', (_, ImageId, Parameters) => {
  const instance = copied('arn:aws:ec2:*:*:instance/*', {
    Type: 'AWS::EC2::Instance',
    Properties: { ImageId },
  });
  expect(ids(copySourceChecks, instance, { Parameters })).toEqual([]);
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
  expect(findings(copySourceChecks, gapped({ KmsKeyId: 'alias/aws/ebs' }))).toEqual([
    'warning Backup-AirGappedAwsManagedKey at Resources/It: `App/It` is encrypted with the AWS managed key `alias/aws/ebs`, and rule `rule-1` of plan `gold` goes to a logically air-gapped vault; encrypt the resource with a customer managed key',
  ]);
  expect(ids(copySourceChecks, gapped({ KmsKeyId: CUSTOMER }))).toEqual([]);
});

test.each<[string, object]>([
  ['what is encrypted', database({ StorageEncrypted: UNKNOWN })],
  ['a key', database({ KmsKeyId: UNKNOWN })],
  ['a destination', database({}, { CopyActions: [{ DestinationBackupVaultArn: UNKNOWN }] })],
])('%s that isn’t known is not checked', (_, template) => {
  expect(ids(copySourceChecks, template, PARAMETERS)).toEqual([]);
});
