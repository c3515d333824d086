// Would a restore work today? A drill looks every night: every resource has a recovery point and all metadata.
import { App, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupPlan,
  BackupRule,
  BackupSchedule,
  BackupVault,
  RestoreRunbook,
  RestoreTesting,
  Retention,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'Drill');

const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});
const documents = new s3.Bucket(stack, 'Documents', { versioned: true, enforceSSL: true });
const results = new sns.Topic(stack, 'Results', { enforceSSL: true });

const vault = new BackupVault(stack, 'Vault');
const plan = new BackupPlan(stack, 'Plan', {
  vault,
  rules: [BackupRule.daily({ retention: Retention.days(35) })],
});
plan.addSelection('Data', { resources: [orders, documents] });

// every night: nothing is restored, the plan of the restore goes to the topic, and an alarm tells of what is missing
new RestoreRunbook(stack, 'Runbook', {
  vaults: [vault],
  resources: [{ resource: orders }, { resource: documents }],
  drillSchedule: BackupSchedule.daily({ hour: 12 }), // a while after the backups
  topic: results,
});

// every month: restored, compared with the source, measured, and deleted
new RestoreTesting(stack, 'Tests', {
  backupPlan: plan,
  schedule: BackupSchedule.monthly({ hour: 3 }),
  alarmTopic: results,
});

app.synth();
