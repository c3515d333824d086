// Which settings does an account need before AWS Backup protects it, and how do I set them without CloudFormation?
import { App, CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import {
  BackupGlobalSettings,
  BackupPlan,
  BackupPrerequisites,
  BackupRegionSettings,
  BackupRule,
  BackupServiceLinkedRole,
  BackupServicePrincipal,
  BackupVault,
  CopyAction,
  Preflight,
  ResourceType,
  Retention,
  SettingsRemoval,
  TagCondition,
} from 'cdk-backup-constructs';

const app = new App();
const { AURORA, DYNAMODB, EFS, S3 } = ResourceType;

// set explicitly, for Regions whose resources belong to other apps: settings that aren't named stay as they are
for (const region of ['eu-central-1', 'eu-north-1']) {
  const stack = new Stack(app, `Settings-${region}`, { env: { account: '111122223333', region } });
  const settings = new BackupRegionSettings(stack, 'Settings', {
    optIn: [AURORA, DYNAMODB, EFS, S3],
    fullManagement: [DYNAMODB, EFS], // for copies, cold storage, and the key of the vault
    onRemoval: SettingsRemoval.RESTORE,
    trigger: '2026-11-21', // a new value checks whether someone changed them since
  });
  new CfnOutput(stack, 'Drifted', { value: settings.drifted });
  new BackupServiceLinkedRole(stack, 'RestoreTesting', { service: BackupServicePrincipal.RESTORE_TESTING });
}

// once for the organization, in its management account
const management = new Stack(app, 'Organization', { env: { account: '999999999999', region: 'us-east-1' } });
new BackupGlobalSettings(management, 'Settings', { crossAccountBackup: true });

// derived from what the plans need in this account and Region: opt-in and full management of DynamoDB, the copy role
const shop = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
new BackupPrerequisites(shop, 'Prerequisites');
const attribute = { attributeName: 'id', attributeType: 'S' };
const orders = new CfnTable(shop, 'Orders', {
  attributeDefinitions: [attribute],
  keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  billingMode: 'PAY_PER_REQUEST',
});
Tags.of(orders).add('backup', 'gold');
const central = BackupVault.fromBackupVaultArn(
  shop,
  'Central',
  'arn:aws:backup:eu-central-1:444455556666:backup-vault:central',
);
const retention = Retention.days(35);
const plan = new BackupPlan(shop, 'Plan', {
  vault: new BackupVault(shop, 'Vault'),
  rules: [BackupRule.daily({ retention, copies: [CopyAction.toVault(central, { retention })] })],
});
plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });

// what is left to do by hand, such as the role in account 444455556666, with the commands
if (require.main === module) console.log(Preflight.of(app).text);

app.synth();
