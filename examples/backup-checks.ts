// How do I check an app whose plans are made with aws-cdk-lib, and prove that no resource is forgotten?
import { App, Duration, RemovalPolicies, Stack, Tags, Validations } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BackupChecks, BackupOptOut, BackupVault, CheckSeverity, ChecksFailOn } from 'cdk-backup-constructs';

const app = new App();
Validations.of(app).addPlugins(
  new BackupChecks({
    minimumCoverage: 1, // every resource is in a plan, or has a reason not to be
    failOn: ChecksFailOn.WARNING,
    severities: { 'Backup-TagCase': CheckSeverity.ERROR },
    acknowledgeNagRules: true, // cdk-nag reports tables that a plan selects by tag as unprotected
  }),
);

const stack = new Stack(app, 'Legacy');
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const pointInTimeRecoverySpecification = { pointInTimeRecoveryEnabled: true };
const billingMode = dynamodb.BillingMode.PAY_PER_REQUEST;
const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey,
  pointInTimeRecoverySpecification,
  billingMode,
});
Tags.of(orders).add('backup', 'daily');
new dynamodb.Table(stack, 'Sessions', {
  partitionKey,
  pointInTimeRecoverySpecification,
  billingMode,
}).with(new BackupOptOut({ reason: 'users sign in again' }));

const plan = new backup.BackupPlan(stack, 'Plan', { backupVault: new BackupVault(stack, 'Vault') });
plan.addRule(
  new backup.BackupPlanRule({
    ruleName: 'daily',
    scheduleExpression: events.Schedule.cron({ hour: '3', minute: '0' }),
    deleteAfter: Duration.days(35),
  }),
);
plan.addSelection('Daily', { resources: [backup.BackupResource.fromTag('backup', 'daily')] });
// found by the checks: AWS Backup deletes recovery points with the role that made them, so the role must stay
RemovalPolicies.of(plan).retain({ applyToResourceTypes: ['AWS::IAM::Role'] });

// intended: the reason stays in the report of every synthesis
const nightly = new s3.Bucket(stack, 'Exports', { versioned: true, enforceSSL: true });
Validations.of(nightly).acknowledge({
  id: 'BackupChecks::Backup-Unprotected',
  reason: 'the exports are made anew every night',
});

app.synth();
