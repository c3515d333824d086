// How do I back up before a risky change? A backup of its own stack, which is deployed first; the change waits for it.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { BackupVault, OnDemandBackup, OnDemandFailure, Retention } from 'cdk-backup-constructs';

const app = new App();
const release = '2026-11-21.1'; // in a pipeline: the number of the build

// 1. the backup: a new one for every release, complete before anything else is deployed
const before = new Stack(app, 'BeforeDeploy');
const backup = new OnDemandBackup(before, 'Orders', {
  vault: BackupVault.fromBackupVaultName(before, 'Vault', 'Default'),
  // by its ARN: a construct of the stack below would turn the order around
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
orders.addDependency(before);

app.synth();
