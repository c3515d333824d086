// How do I find out that a backup failed, or did not happen?
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupMonitoring,
  BackupPlan,
  BackupRule,
  BackupTier,
  BackupVault,
  Retention,
  TagCondition,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'Monitoring');

// one rule backs up to this vault: an alarm notices that it did not, within `detectsWithin`
const daily = new BackupPlan(stack, 'Daily', {
  vault: new BackupVault(stack, 'DailyVault'),
  rules: [BackupRule.daily({ retention: Retention.days(35), startWindow: Duration.hours(1) })],
});
daily.addSelection('Bronze', { tags: [TagCondition.stringEquals('backup', 'bronze')] });

// several rules share this one: a check compares each resource with each rule
const gold = new BackupPlan(stack, 'Gold', {
  vault: new BackupVault(stack, 'GoldVault'),
  rules: BackupTier.SILVER.rules,
});
gold.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });

// what can wait goes to the team, what can't goes to whoever is on call
const team = new sns.Topic(stack, 'Team', {
  masterKey: new kms.Key(stack, 'TeamKey', { enableKeyRotation: true }),
  enforceSSL: true,
});
const logKey = new kms.Key(stack, 'LogKey', { enableKeyRotation: true });
logKey.grantEncryptDecrypt(new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`));

const monitoring = new BackupMonitoring(stack, 'BackupMonitoring', {
  plans: [daily, gold],
  warningTopic: team,
  hasTrail: true, // the account has a trail of AWS CloudTrail; `auditTrail: true` creates one
  copyTarget: Duration.hours(12),
  logKey,
  runbook: 'https://wiki.example.com/backup',
});
new sns.Subscription(stack, 'OnCall', {
  topic: monitoring.criticalTopic,
  protocol: sns.SubscriptionProtocol.EMAIL,
  endpoint: 'on-call@example.com',
});

app.synth();
