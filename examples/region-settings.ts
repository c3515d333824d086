// What must be switched on in an account before AWS Backup protects it? The settings that CloudFormation has no type for.
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import {
  BackupGlobalSettings,
  BackupRegionSettings,
  BackupServiceLinkedRole,
  BackupServicePrincipal,
  ResourceType,
  SettingsRemoval,
} from 'cdk-backup-constructs';

const app = new App();
const { AURORA, DYNAMODB, EFS, S3 } = ResourceType;

// one stack for each Region: what isn't named stays as it is
for (const region of ['eu-central-1', 'eu-west-1']) {
  const stack = new Stack(app, `Settings-${region}`, { env: { account: '111122223333', region } });
  const settings = new BackupRegionSettings(stack, 'Settings', {
    optIn: [AURORA, DYNAMODB, EFS, S3],
    fullManagement: [DYNAMODB, EFS], // for copies, cold storage, and the key of the vault
    onRemoval: SettingsRemoval.RESTORE,
    trigger: '2026-11-21', // looks whether somebody has changed them since
  });
  new CfnOutput(stack, 'Drifted', { value: settings.drifted });
  new BackupServiceLinkedRole(stack, 'Role');
  new BackupServiceLinkedRole(stack, 'RestoreTesting', { service: BackupServicePrincipal.RESTORE_TESTING });
}

// once for the organization, in its management account
const management = new Stack(app, 'Organization', {
  env: { account: '999999999999', region: 'us-east-1' },
});
new BackupGlobalSettings(management, 'Settings', { crossAccountBackup: true, delegatedAdministrator: true });

app.synth();
