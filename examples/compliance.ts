// How do I show that backups meet standards? A tier that meets them, a framework that evaluates them, and daily reports.
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AccountBackup,
  BackupCompliance,
  BackupReportBucket,
  BackupSchedule,
  BackupTag,
  BackupTier,
  ComplianceStandard,
  RecoveryPointSelection,
  ResourceType,
  RestoreTestingPlan,
  VaultLock,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'Compliance', { env: { account: '111122223333', region: 'eu-central-1' } });

// our numbers, where the clauses have none
const standards = [
  ComplianceStandard.CIS_CONTROLS,
  ComplianceStandard.ISO_27001.withThresholds({ minRetentionDays: 90 }),
  ComplianceStandard.GDPR.withThresholds({ maxRetentionDays: 400 }),
];

// the smallest tier that meets all of them, in the range of the lock
const lock = VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(400) });
const backup = new AccountBackup(stack, 'Backup', {
  tiers: [BackupTier.meeting('regulated', { standards, locks: [lock] })],
  vaultOptions: { lock },
});
const orders = new Table(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
orders.with(new BackupTag('regulated'));

// restores are tested more often than every quarter, as CIS 11.5 asks
const testing = new RestoreTestingPlan(stack, 'Testing', {
  schedule: BackupSchedule.monthly(),
  recoveryPoints: RecoveryPointSelection.random({ vaults: [backup.vault] }),
});
testing.addSelection('Tables', { resourceType: ResourceType.DYNAMODB, everything: true });

// what AWS Backup Audit Manager evaluates, and reports every day
const compliance = new BackupCompliance(stack, 'Evidence', {
  standards,
  bucket: new BackupReportBucket(stack, 'Reports', {
    serverAccessLogsBucket: new s3.Bucket(stack, 'AccessLogs', { enforceSSL: true }),
  }),
});
Validations.of(compliance).acknowledge({
  id: 'Backup-ConfigRecorder',
  reason: 'AWS Control Tower creates the configuration recorder of every account',
});

app.synth();
