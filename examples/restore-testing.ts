// How do I know that backups can be restored? By restoring them every week, and deleting the result.
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BackupSchedule,
  BackupVault,
  RecoveryPointSelection,
  ResourceType,
  RestoreMetadata,
  RestoreTestingPlan,
  TagCondition,
  WeekDay,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'RestoreTesting');

const vault = new BackupVault(stack, 'Vault'); // a backup plan backs up into it
const documents = new s3.Bucket(stack, 'Documents', { versioned: true, enforceSSL: true });

// an isolated network: a restored resource can't reach anything else
const vpc = new ec2.Vpc(stack, 'Isolated', {
  maxAzs: 2,
  natGateways: 0,
  subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
});
const closed = new ec2.SecurityGroup(stack, 'Closed', { vpc, allowAllOutbound: false });
const subnets = new rds.SubnetGroup(stack, 'Subnets', {
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  description: 'For restore tests',
});

// any recovery point of the last two weeks must be restorable, not only the latest
const plan = new RestoreTestingPlan(stack, 'Weekly', {
  schedule: BackupSchedule.weekly({ weekDays: [WeekDay.SUNDAY], hour: 3 }),
  startWindow: Duration.hours(12),
  recoveryPoints: RecoveryPointSelection.random({ vaults: [vault], window: Duration.days(14) }),
});
// each selection has a role that can restore its type, and nothing else
plan.addSelection('Documents', { resourceType: ResourceType.S3, resources: [documents] });
plan.addSelection('Tables', {
  resourceType: ResourceType.DYNAMODB,
  tags: [TagCondition.stringEquals('backup', 'gold'), TagCondition.stringNotEquals('stage', 'dev')],
});
plan.addSelection('Databases', {
  resourceType: ResourceType.RDS,
  everything: true,
  metadata: RestoreMetadata.rdsInstance({
    instanceClass: 'db.t4g.medium', // smaller than in production
    subnetGroupName: subnets.subnetGroupName,
    securityGroups: [closed],
  }),
  validationWindow: Duration.hours(2), // time for your own validation before it is deleted
});

app.synth();
