import { Validations } from 'aws-cdk-lib';
import { BackupChecks, BackupOptOut, BackupReportBucket } from '../../../src';
import { synthesize, testStack } from '../../support/synthesis';

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
