import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  BackupAlerts,
  BackupKey,
  BackupMonitoring,
  BackupPlan,
  BackupReportBucket,
  BackupReportPlan,
  BackupRule,
  BackupSchedule,
  BackupVault,
  CentralVault,
  CopySource,
  ReportTemplate,
  RestoreEvidenceBucket,
  RestoreTesting,
  Retention,
} from '../src';
import { testApp } from './support/app';

const plan = (stack: Stack) =>
  new BackupPlan(stack, 'Plan', {
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.daily({ retention: Retention.days(35) })],
  });

/** Everything of the library that makes a key of its own. */
const MAKERS: Record<string, (stack: Stack) => unknown> = {
  BackupAlerts: (stack) => new BackupAlerts(stack, 'It'),
  BackupKey: (stack) => new BackupKey(stack, 'It'),
  BackupMonitoring: (stack) => new BackupMonitoring(stack, 'It', { plans: [plan(stack)] }),
  BackupReportBucket: (stack) => new BackupReportBucket(stack, 'It'),
  BackupReportPlan: (stack) => new BackupReportPlan(stack, 'It', { template: ReportTemplate.backupJobs() }),
  BackupVault: (stack) => new BackupVault(stack, 'It'),
  CentralVault: (stack) => new CentralVault(stack, 'It', { copyFrom: [CopySource.account('444455556666')] }),
  RestoreEvidenceBucket: (stack) => new RestoreEvidenceBucket(stack, 'It'),
  RestoreTesting: (stack) => {
    const backupPlan = plan(stack);
    backupPlan.addSelection('Tables', { arns: ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders'] });
    return new RestoreTesting(stack, 'It', {
      backupPlan,
      schedule: BackupSchedule.weekly(),
      lockEvidenceFor: Duration.days(365),
    });
  },
};

test.each(Object.entries(MAKERS))(
  'every key that %s makes is rotated, and grants are for AWS services only',
  (_, make) => {
    const stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    make(stack);
    const keys = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
    expect(keys.length).toBeGreaterThan(0);
    for (const { Properties } of keys) {
      expect(Properties.EnableKeyRotation).toBe(true);
      expect(Properties.KeyPolicy.Statement).toContainEqual({
        Sid: 'DenyGrantsOutsideAwsServices',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'kms:CreateGrant',
        Resource: '*',
        Condition: {
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'kms:GrantIsForAWSResource': 'false' },
        },
      });
    }
  },
);
