// How do I back up before a risky change? With a backup in a stack of its own; the change is deployed after it.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { BackupVault, OnDemandBackup, OnDemandFailure, Retention } from 'cdk-backup-constructs';

const app = new App();
const release = '2026-11-21.1'; // in a pipeline: the build number

// 1. the backup: a new one for each release, complete before anything else is deployed
const before = new Stack(app, 'BeforeDeploy');
const backup = new OnDemandBackup(before, 'Orders', {
  vault: BackupVault.fromBackupVaultName(before, 'Vault', 'Default'),
  // by ARN: a reference to the stack below would reverse the order of deployment
  resourceArn: before.formatArn({ service: 'dynamodb', resource: 'table', resourceName: 'orders' }),
  retention: Retention.days(14),
  timeout: Duration.minutes(40),
  onFailure: OnDemandFailure.FAIL_DEPLOYMENT, // no backup, no release
  trigger: release,
});
new CfnOutput(before, 'RecoveryPoint', { value: backup.recoveryPointArn });

// 2. the risky change: deployed only after the backup is complete
const orders = new Stack(app, 'Orders');
new dynamodb.Table(orders, 'Orders', {
  tableName: 'orders',
  partitionKey: { name: 'customer', type: dynamodb.AttributeType.STRING },
  sortKey: { name: 'order', type: dynamodb.AttributeType.STRING }, // new in this release
  billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
});
orders.addStackDependency(before);

app.synth();
