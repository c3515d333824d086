// How do I know that backups can be restored? By restoring them every week, and looking at the content.
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupPlan,
  BackupRule,
  BackupSchedule,
  BackupVault,
  IsolatedRestoreNetwork,
  RestoreCheck,
  RestoreMount,
  RestoreTesting,
  Retention,
  WeekDay,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'RestoreTesting');

const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});
const documents = new s3.Bucket(stack, 'Documents', { versioned: true, enforceSSL: true });
const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const ledger = new rds.DatabaseCluster(stack, 'Ledger', {
  engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_5 }),
  writer: rds.ClusterInstance.serverlessV2('Writer'),
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  storageEncrypted: true,
});
const invoices = new rds.DatabaseInstance(stack, 'Invoices', {
  engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_5 }),
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  storageEncrypted: true,
});
const files = new efs.FileSystem(stack, 'Files', {
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
});
const alerts = new sns.Topic(stack, 'Alerts', { enforceSSL: true });

const plan = new BackupPlan(stack, 'Plan', {
  vault: new BackupVault(stack, 'Vault'),
  rules: [BackupRule.daily({ retention: Retention.days(35) })],
});
plan.addSelection('Data', { resources: [orders, documents, ledger, invoices, files] });

// mounts what is restored, and compares its files with those of the source
const mount = new RestoreMount(stack, 'Mount', {
  vpc,
  subnets: vpc.publicSubnets,
  assignPublicIp: true, // to pull the image of the task, without a NAT gateway
  sources: [files],
});
files.connections.allowDefaultPortFrom(mount);

new RestoreTesting(stack, 'Tests', {
  backupPlan: plan,
  schedule: BackupSchedule.weekly({ weekDays: [WeekDay.SUNDAY], hour: 3 }),
  random: true, // any recovery point of the last 30 days must be good, not only the latest
  // what is restored can't reach anything; only the function that validates can reach it
  network: new IsolatedRestoreNetwork(stack, 'Isolated', { validationAccess: true }),
  checks: [
    RestoreCheck.dynamoDb({ samples: 100 }),
    RestoreCheck.efs({ mount, samples: 200, commands: ['test -s invoices/index'] }),
    RestoreCheck.aurora({
      secret: ledger.secret,
      database: 'ledger',
      queries: [
        { sql: 'select count(*) from bookings', minimum: 1_000 },
        { sql: 'select sum(debit) - sum(credit) from bookings', expected: '0' },
      ],
    }),
    // over TLS, since RDS instances have no Data API
    RestoreCheck.rds({
      secret: invoices.secret,
      database: 'invoices',
      queries: [{ sql: 'select count(*) from invoices where paid is null', minimum: 1 }],
    }),
  ], // buckets get the default check: the number of objects, and the content of 20 of them
  recoveryTimeTarget: Duration.hours(4),
  recoveryPointTarget: Duration.days(31),
  lockEvidenceFor: Duration.days(365),
  removeLeftovers: true,
  alarmTopic: alerts,
});

app.synth();
