// How do I back up before a risky change? With a backup in a stack of its own, before the stack that changes.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { BackupVault, OnDemandBackup, OnDemandFailure, Retention } from 'cdk-backup-constructs';

const app = new App();

// the risky change: deployed only after the backup is complete
const orders = new Stack(app, 'Orders');
new dynamodb.Table(orders, 'Orders', {
  tableName: 'orders',
  partitionKey: { name: 'customer', type: dynamodb.AttributeType.STRING },
  sortKey: { name: 'order', type: dynamodb.AttributeType.STRING }, // new in this release
  billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
});

// the backup: a new one whenever the template or an asset of the stack changes; the table must exist already
const before = new Stack(app, 'BeforeDeploy');
const backup = new OnDemandBackup(before, 'Orders', {
  vault: BackupVault.fromBackupVaultName(before, 'Vault', 'Default'),
  // by ARN: a reference to the table would deploy the table first
  resourceArn: before.formatArn({ service: 'dynamodb', resource: 'table', resourceName: 'orders' }),
  before: [orders],
  retention: Retention.days(14),
  timeout: Duration.minutes(40),
  onFailure: OnDemandFailure.FAIL_DEPLOYMENT, // no backup, no change
});
new CfnOutput(before, 'RecoveryPoint', { value: backup.recoveryPointArn });

app.synth();
