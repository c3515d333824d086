// How do my backups survive the loss of a Region, of the account, and of all credentials?
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupGlobalSettings,
  BackupPlan,
  BackupRule,
  BackupVault,
  CentralVault,
  CopySource,
  DisasterRecovery,
  LogicallyAirGappedVault,
  RecoveryHop,
  Retention,
  VaultLock,
} from 'cdk-backup-constructs';

const WORKLOAD = '111122223333';
const BACKUP = '444455556666';
const MANAGEMENT = '999988887777';

const app = new App();
const workload = new Stack(app, 'Workload', { env: { account: WORKLOAD, region: 'eu-west-1' } });
const second = new Stack(app, 'SecondRegion', { env: { account: WORKLOAD, region: 'eu-central-1' } });
const backup = new Stack(app, 'BackupAccount', { env: { account: BACKUP, region: 'eu-central-1' } });
const management = new Stack(app, 'Management', { env: { account: MANAGEMENT, region: 'us-east-1' } });

// once for the organization: allows copies between accounts
new BackupGlobalSettings(management, 'Settings', { crossAccountBackup: true });

/** A topic that CloudWatch alarms can publish to. */
function alarmTopic(stack: Stack): sns.Topic {
  const masterKey = new kms.Key(stack, 'AlarmKey', { enableKeyRotation: true });
  masterKey.grantEncryptDecrypt(new iam.ServicePrincipal('cloudwatch.amazonaws.com'));
  return new sns.Topic(stack, 'Alarms', { masterKey, enforceSSL: true });
}

const vault = new BackupVault(workload, 'Vault');
const secondVault = new BackupVault(second, 'Vault', {
  lock: VaultLock.governance({ minRetention: Duration.days(7), maxRetention: Duration.days(35) }),
});
const central = new CentralVault(backup, 'Central', {
  copyFrom: [CopySource.account(WORKLOAD)],
  lock: VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(365) }),
});
const airGapped = new LogicallyAirGappedVault(backup, 'AirGapped', {
  minRetention: Duration.days(30),
  maxRetention: Duration.days(730),
  acknowledgeIrreversible: true,
  generation: '30to730',
});
Validations.of(airGapped).acknowledge({
  id: 'Backup-AirGappedVaultLock',
  reason: 'the retention of all hops is settled',
});

// each hop has a retention of its own; one outside of the lock of its vault is refused at synthesis
const recovery = new DisasterRecovery(workload, 'Recovery', {
  source: vault,
  hops: [
    // a copy action of the plan
    RecoveryHop.toVault(secondVault, { retention: Retention.days(35) }),
    // copied on arrival: the key of the second vault re-encrypts them before they leave the account
    RecoveryHop.toVault(central.vault, {
      after: secondVault,
      retention: Retention.days(90),
      alarmTopic: alarmTopic(second),
    }),
    // out of reach of the backup account too
    RecoveryHop.toVault(airGapped, {
      after: central.vault,
      retention: Retention.years(2),
      alarmTopic: alarmTopic(backup),
    }),
  ],
});

const orders = new s3.Bucket(workload, 'Orders', { versioned: true, enforceSSL: true });
const rules = [BackupRule.daily({ retention: Retention.days(35), copies: recovery.copies })];
new BackupPlan(workload, 'Plan', { vault, rules }).addSelection('Orders', { resources: [orders] });

app.synth();
