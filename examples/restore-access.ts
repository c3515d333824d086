// How does a workload get its data back when its own backups, or its whole account, are gone? See docs/recovery.md.
import { App, CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupGlobalSettings,
  BackupRole,
  BackupVault,
  CentralVault,
  CopyAction,
  CopyOnDemand,
  CopySource,
  KeyPath,
  LogicallyAirGappedVault,
  ResourceType,
  Retention,
  VaultEncryption,
} from 'cdk-backup-constructs';

const WORKLOAD = '111122223333'; // copies into the vaults of the backup account
const BACKUP = '444455556666';
const RECOVERY = '777788889999'; // a clean account; it can also be the account of the workload
const MANAGEMENT = '999988887777';

const app = new App();
const backup = new Stack(app, 'BackupAccount', { env: { account: BACKUP, region: 'eu-central-1' } });
const recovery = new Stack(app, 'RecoveryAccount', { env: { account: RECOVERY, region: 'eu-central-1' } });
const management = new Stack(app, 'Management', { env: { account: MANAGEMENT, region: 'us-east-1' } });

// once for the organization: allows copies between accounts
new BackupGlobalSettings(management, 'Settings', { crossAccountBackup: true });

const central = new CentralVault(backup, 'Central', { copyFrom: [CopySource.account(WORKLOAD)] });

// where copies come back: the access policy and the key let the backup account copy in
const key = new kms.Key(recovery, 'Key', { enableKeyRotation: true });
KeyPath.of(key).allowCopiesFrom(CopySource.account(BACKUP));
const landing = new BackupVault(recovery, 'Landing', {
  encryption: VaultEncryption.key(key),
  copyFrom: [CopySource.account(BACKUP)],
});

// the first way, for every type that can be copied: copies back from the central vault, whose key allows it
const alarmKey = new kms.Key(backup, 'AlarmKey', { enableKeyRotation: true });
alarmKey.grantEncryptDecrypt(new iam.ServicePrincipal('cloudwatch.amazonaws.com'));
const copyBack = new CopyOnDemand(backup, 'CopyBack', {
  vault: central.vault,
  // counted from the creation of the source: longer than the age of the oldest recovery point you might need
  copy: CopyAction.toVault(landing, { retention: Retention.years(3) }),
  // a `RestoreRunbook` in the recovery account copies back by itself, with `copySources`
  restoreAccounts: [RECOVERY],
  restoreAccessName: 'shop-copy-back',
  alarmTopic: new sns.Topic(backup, 'Alarms', { masterKey: alarmKey, enforceSSL: true }),
});
new CfnOutput(backup, 'CopyBackStateMachine', {
  value: copyBack.stateMachine.stateMachineRef.stateMachineArn,
});

// the second way, without a copy and without anyone in the backup account: the air-gapped vault is shared
const airGapped = new LogicallyAirGappedVault(backup, 'AirGapped', {
  minRetention: Duration.days(30),
  maxRetention: Duration.days(730),
  acknowledgeIrreversible: true,
  generation: '30to730',
  copyFrom: [CopySource.account(WORKLOAD)],
  sharedWith: [RECOVERY],
});
Validations.of(airGapped).acknowledge({
  id: 'Backup-AirGappedVaultLock',
  reason: 'the retention of all copies into it is settled',
});

// either way, a role that can restore only these types does the restore
const role = new BackupRole(recovery, 'AwsBackupRestoreRole', {
  description: 'Lets AWS Backup restore the workload',
  resourceTypes: [ResourceType.S3, ResourceType.RDS, ResourceType.EBS],
  restores: true,
});
new CfnOutput(recovery, 'RestoreRole', { value: role.roleArn });

app.synth();
