// What do I do on the bad day? Start the runbook: it restores in order, validates, and says what is left.
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupPlan,
  BackupRule,
  BackupVault,
  RestoreCheck,
  RestoreMetadata,
  RestoreRunbook,
  Retention,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'Shop');

const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});
const documents = new s3.Bucket(stack, 'Documents', { versioned: true, enforceSSL: true });
const server = new ec2.Instance(stack, 'Server', {
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.SMALL),
  machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
});

const vault = new BackupVault(stack, 'Vault');
const plan = new BackupPlan(stack, 'Plan', {
  vault,
  rules: [BackupRule.daily({ retention: Retention.days(35) })],
});
plan.addSelection('Shop', { resources: [orders, documents, server] });

// start it with `{"everything": true, "newestBefore": "2026-11-29T05:00:00Z", "dryRun": true}`, then without `dryRun`
new RestoreRunbook(stack, 'Runbook', {
  vaults: [vault],
  // if the account's own recovery points are gone: the air-gapped vault restores directly, the central one is copied back
  sharedVaults: [{ backupVaultName: 'vaulted-7to90', account: '444455556666' }],
  copySources: [{ backupVaultName: 'central', account: '444455556666', accessName: 'shop-copy-back' }],
  resources: [
    { resource: orders }, // databases and buckets come first, together
    { resource: documents, metadata: RestoreMetadata.s3({ restoreAcls: false }) },
    { resource: server }, // then what reads them
  ],
  checks: [
    RestoreCheck.dynamoDb({ minimumShare: 0.5 }), // the source may be damaged
    RestoreCheck.s3({ minimumShare: 0.5 }),
    RestoreCheck.ec2(),
  ],
  automationDocument: true, // a form in Systems Manager, for those who would rather not write JSON
  approvalTopic: new sns.Topic(stack, 'Approvals', { enforceSSL: true }),
  approvalTimeout: Duration.hours(2),
  topic: new sns.Topic(stack, 'Results', { enforceSSL: true }),
});

app.synth();
