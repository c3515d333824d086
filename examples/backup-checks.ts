// How do I check an app whose plans are made with aws-cdk-lib, and prove that nothing is forgotten?
import { App, Duration, RemovalPolicies, Stack, Validations } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BackupChecks, BackupOptOut, BackupVault, CheckSeverity, FailOn } from 'cdk-backup-constructs';

const app = new App();
Validations.of(app).addPlugins(
  new BackupChecks({
    minimumCoverage: 1, // every resource is in a plan, or says why not
    failOn: FailOn.WARNING,
    severities: { 'Backup-TagCase': CheckSeverity.ERROR },
    acknowledgeNagRules: true, // cdk-nag takes tables that a plan selects by tag for unprotected
  }),
);

const stack = new Stack(app, 'Legacy');
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
new dynamodb.TableV2(stack, 'Orders', {
  partitionKey,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  tags: [{ key: 'backup', value: 'daily' }],
});
new dynamodb.TableV2(stack, 'Sessions', {
  partitionKey,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
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
// found by the checks: recovery points are deleted in the name of the role that made them, so it has to stay
RemovalPolicies.of(plan).retain({ applyToResourceTypes: ['AWS::IAM::Role'] });

// legal, risky, and meant: the reason stays in the report of every synthesis
const nightly = new s3.Bucket(stack, 'Exports', { versioned: true, enforceSSL: true });
Validations.of(nightly).acknowledge({
  id: 'BackupChecks::Backup-Unprotected',
  reason: 'the exports are made anew every night',
});

app.synth();
