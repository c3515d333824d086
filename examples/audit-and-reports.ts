// How do I prove that backups meet their requirements? A framework that evaluates them, and daily reports in a bucket.
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BackupFramework,
  BackupReportBucket,
  BackupReportPlan,
  ControlScope,
  FrameworkControl,
  ReportFormat,
  ReportTemplate,
  ResourceType,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'AuditAndReports');

// the requirements of the gold tier, which AWS Backup Audit Manager evaluates continuously
const gold = ControlScope.tag('backup', 'gold');
const databases = ControlScope.resourceTypes(ResourceType.AURORA, ResourceType.DYNAMODB, ResourceType.RDS);
const framework = new BackupFramework(stack, 'Framework', {
  description: 'What the gold tier promises',
  controls: [
    FrameworkControl.resourcesProtectedByBackupPlan({ scope: databases }),
    FrameworkControl.minFrequencyAndRetention({ frequency: Duration.days(1), retention: Duration.days(35) }),
    FrameworkControl.lastRecoveryPointCreated({ within: Duration.hours(26), scope: gold }),
    FrameworkControl.resourcesProtectedByVaultLock({ minRetention: Duration.days(7), scope: gold }),
    FrameworkControl.recoveryPointsEncrypted(),
    FrameworkControl.manualDeletionDisabled(),
    FrameworkControl.restoreTimeMeetsTarget({ maxRestoreTime: Duration.hours(4), scope: databases }),
  ],
});
Validations.of(framework).acknowledge({
  id: 'Backup-ConfigRecorder',
  reason: 'AWS Control Tower creates the configuration recorder of every account',
});

// one bucket for all reports: encrypted, versioned, TLS only, and writable by AWS Backup
const bucket = new BackupReportBucket(stack, 'Reports', {
  serverAccessLogsBucket: new s3.Bucket(stack, 'AccessLogs', { enforceSSL: true }),
});
new BackupReportPlan(stack, 'Jobs', {
  template: ReportTemplate.backupJobs(),
  formats: [ReportFormat.CSV, ReportFormat.JSON],
  bucket,
  keyPrefix: 'jobs',
});
new BackupReportPlan(stack, 'Compliance', {
  template: ReportTemplate.controlCompliance(framework),
  bucket,
  keyPrefix: 'compliance',
});

app.synth();
