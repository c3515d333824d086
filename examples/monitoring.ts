// How do I find out that a backup failed, or did not happen?
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupActivityLog,
  BackupAlert,
  BackupAlerts,
  BackupMetrics,
  BackupPlan,
  BackupRule,
  BackupVault,
  Retention,
  TagCondition,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'Monitoring');

// one rule backs up to this vault, so that its metrics are those of the rule
const vault = new BackupVault(stack, 'Vault');
const startWindow = Duration.hours(1);
const plan = new BackupPlan(stack, 'Plan', {
  vault,
  rules: [BackupRule.daily({ retention: Retention.days(35), startWindow })],
});
plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });

// a message for whatever goes wrong
const alerts = new BackupAlerts(stack, 'Alerts', {
  vaults: [vault],
  runbook: 'https://wiki.example.com/backup',
});

// what weakens protection goes to the security team; the account needs a trail
const security = new sns.Topic(stack, 'Security', {
  masterKey: new kms.Key(stack, 'SecurityKey', { enableKeyRotation: true }),
  enforceSSL: true,
});
new BackupAlerts(stack, 'SecurityAlerts', {
  topic: security,
  alerts: [BackupAlert.PROTECTION_WEAKENED, BackupAlert.KEY_WEAKENED],
});

// no event says that a backup did not happen: a day, the start window, and five hours for the backup
const noBackup = new Alarm(stack, 'NoBackup', {
  alarmDescription: 'No backup completed for 30 hours',
  metric: BackupMetrics.ofVaults(vault).backupJobsCompleted({ period: Duration.hours(1) }),
  threshold: 1,
  comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
  evaluationPeriods: 30,
  treatMissingData: TreatMissingData.BREACHING,
});
noBackup.addAlarmAction(new SnsAction(alerts.topic));

// the record, for questions and audits
const logKey = new kms.Key(stack, 'LogKey', { enableKeyRotation: true });
logKey.grantEncryptDecrypt(new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`));
new BackupActivityLog(stack, 'Activity', { encryptionKey: logKey });

app.synth();
