// How do I show that the backups of all accounts meet standards? Reports and rules for the whole organization.
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BackupCompliance,
  BackupReportBucket,
  ComplianceStandard,
  ResourceType,
} from 'cdk-backup-constructs';

const app = new App();
// the account that the organization delegates AWS Backup and AWS Config to
const stack = new Stack(app, 'OrganizationCompliance', {
  env: { account: '111122223333', region: 'eu-central-1' },
});

const compliance = new BackupCompliance(stack, 'Evidence', {
  standards: [ComplianceStandard.DORA, ComplianceStandard.NIS2],
  organization: true, // every account and Region in the reports; the rules in every account
  resourceTypes: [ResourceType.AURORA, ResourceType.DYNAMODB, ResourceType.S3],
  bucket: new BackupReportBucket(stack, 'Reports', {
    serverAccessLogsBucket: new s3.Bucket(stack, 'AccessLogs', { enforceSSL: true }),
  }),
});
Validations.of(compliance).acknowledge({
  id: 'Backup-ConfigRecorder',
  reason: 'AWS Control Tower creates the configuration recorder of every account',
});

app.synth();
