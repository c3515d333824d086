// How do I protect a workload? With one construct, which backs up what you pass to it.
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BackupTier, WorkloadBackup } from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'QuickStart');

const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
});
const documents = new s3.Bucket(stack, 'Documents', {
  versioned: true, // AWS Backup backs up versioned buckets only
  eventBridgeEnabled: true, // and continuous backups need events
  enforceSSL: true,
});
const customers = new rds.DatabaseInstance(stack, 'Customers', {
  engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 }),
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  storageEncrypted: true,
  removalPolicy: RemovalPolicy.RETAIN,
});
const shared = new efs.FileSystem(stack, 'Shared', {
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  enableAutomaticBackups: false, // the plan backs it up
});

// a key, a vault, a role, a plan with the rules of the tier, and a selection of what it protects
const backup = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.GOLD });
backup.protect(orders, customers, shared);
documents.with(backup.tag); // the same, as a mixin

app.synth();
