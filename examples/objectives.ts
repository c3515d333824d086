// How do I prove at every synthesis that backups meet their RPO and retention, and survive the loss of a Region?
import { App, Duration, Stack, Tags, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BackupChecks,
  BackupLoss,
  BackupPlan,
  BackupRule,
  BackupSchedule,
  BackupVault,
  ComplianceStandard,
  CopyAction,
  RecoveryPointSelection,
  ResourceType,
  RestoreTestingPlan,
  Retention,
  TagCondition,
  WeekDay,
} from 'cdk-backup-constructs';

const ACCOUNT = '111122223333';

const app = new App();
Validations.of(app).addPlugins(
  new BackupChecks({
    objectives: [
      // what the business asked for, in its words
      {
        name: 'gold',
        tags: { tier: 'gold' },
        maxRpo: Duration.hours(24),
        minRetention: Duration.days(365),
        survives: [BackupLoss.RESOURCE, BackupLoss.STACK, BackupLoss.REGION],
        tested: true,
        standards: [ComplianceStandard.CSA_CCM], // and what it asks
      },
      { name: 'documents', resourceTypes: [ResourceType.S3], maxRpo: Duration.minutes(15) },
    ],
  }),
);

const stack = new Stack(app, 'Shop', { env: { account: ACCOUNT, region: 'eu-west-1' } });
const far = new Stack(app, 'FarAway', { env: { account: ACCOUNT, region: 'eu-central-1' } });
const vault = new BackupVault(stack, 'Vault');
const farVault = new BackupVault(far, 'Vault');

const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
});
Tags.of(orders).add('tier', 'gold');
const documents = new s3.Bucket(stack, 'Documents', {
  versioned: true,
  enforceSSL: true,
  eventBridgeEnabled: true, // continuous backups follow the events of the bucket
});

const year = Retention.days(365);
new BackupPlan(stack, 'Gold', {
  vault,
  rules: [BackupRule.daily({ retention: year, copies: [CopyAction.toVault(farVault, { retention: year })] })],
}).addSelection('Gold', { tags: [TagCondition.stringEquals('tier', 'gold')] });
new BackupPlan(stack, 'Continuous', {
  vault,
  rules: [BackupRule.continuous({ retention: Retention.days(35) })],
}).addSelection('Documents', { resources: [documents] });

// a backup that nobody has restored is a hope
const tests = new RestoreTestingPlan(stack, 'Tests', {
  schedule: BackupSchedule.weekly({ weekDays: [WeekDay.SUNDAY], hour: 3 }),
  recoveryPoints: RecoveryPointSelection.latest({ vaults: [vault], window: Duration.days(7) }),
});
tests.addSelection('Gold', {
  resourceType: ResourceType.DYNAMODB,
  tags: [TagCondition.stringEquals('tier', 'gold')],
});

app.synth();
