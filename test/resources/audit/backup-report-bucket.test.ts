import { Validations } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BackupChecks, BackupOptOut, BackupReportBucket } from '../../../src';
import { propertiesOf, synthesize, testStack } from '../../support/synthesis';

test('a report bucket opts itself out of backups, with the reason', () => {
  const stack = testStack();
  new BackupReportBucket(stack, 'Reports');
  synthesize(stack).hasResourceProperties('AWS::S3::Bucket', {
    Tags: [{ Key: 'backup:opt-out-reason', Value: 'AWS Backup delivers the reports again every day' }],
  });
});

test('an app with a report bucket can have full coverage', () => {
  const stack = testStack();
  Validations.of(stack.node.root).addPlugins(new BackupChecks({ minimumCoverage: 1 }));
  new BackupReportBucket(stack, 'Reports');
  expect(() => synthesize(stack)).not.toThrow();
});

test('a reason of your own replaces it', () => {
  const stack = testStack();
  new BackupReportBucket(stack, 'Reports').with(new BackupOptOut({ reason: 'kept by the auditors' }));
  synthesize(stack).hasResourceProperties('AWS::S3::Bucket', {
    Tags: [{ Key: 'backup:opt-out-reason', Value: 'kept by the auditors' }],
  });
});

test('its key denies grants for anyone but AWS services, as every key of the library does', () => {
  const stack = testStack();
  new BackupReportBucket(stack, 'Reports');
  synthesize(stack).hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        {
          Sid: 'DenyGrantsOutsideAwsServices',
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'kms:CreateGrant',
          Resource: '*',
          Condition: {
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'kms:GrantIsForAWSResource': 'false' },
          },
        },
      ]),
    },
  });
});

test('the policy of a key of your own stays as it is', () => {
  const stack = testStack();
  new BackupReportBucket(stack, 'Reports', { encryptionKey: new Key(stack, 'Key') });
  const [{ KeyPolicy }] = propertiesOf(stack, 'AWS::KMS::Key') as { KeyPolicy: { Statement: object[] } }[];
  expect(KeyPolicy.Statement).toHaveLength(1);
});
