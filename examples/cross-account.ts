// How do I copy backups to another account and Region, so that the copies really arrive?
import { App, Duration, Fn, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BackupGlobalSettings,
  BackupRule,
  BackupTier,
  CentralVault,
  CopyAction,
  CopySource,
  KeyPath,
  Retention,
  VaultLock,
  WorkloadBackup,
} from 'cdk-backup-constructs';

const MANAGEMENT = '999988887777';
const BACKUP = '444455556666';
const WORKLOAD = '111122223333';

const app = new App();
const management = new Stack(app, 'Management', { env: { account: MANAGEMENT, region: 'us-east-1' } });
const ireland = new Stack(app, 'BackupIreland', { env: { account: BACKUP, region: 'eu-west-1' } });
const frankfurt = new Stack(app, 'BackupFrankfurt', { env: { account: BACKUP, region: 'eu-central-1' } });
const workload = new Stack(app, 'Workload', { env: { account: WORKLOAD, region: 'eu-west-1' } });

// once for the organization
new BackupGlobalSettings(management, 'Settings', { crossAccountBackup: true });

// the same vault in two Regions, with a key and its replica: locked, and only the workload can copy in
const central = new CentralVault(ireland, 'Central', {
  copyFrom: [CopySource.account(WORKLOAD)],
  lock: VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(400) }),
  keyOptions: { alias: 'central-backups', multiRegion: true },
  replicas: [frankfurt],
});

// a backup of a volume keeps the key of the volume, so the backup account needs to use that key
const key = new kms.Key(workload, 'Key', { enableKeyRotation: true });
KeyPath.of(key).allowCopiesTo(BACKUP);
const disk = new ec2.Volume(workload, 'Disk', {
  availabilityZone: Fn.select(0, Fn.getAzs()),
  size: Size.gibibytes(100),
  encrypted: true,
  encryptionKey: key,
  removalPolicy: RemovalPolicy.RETAIN,
});
const documents = new s3.Bucket(workload, 'Documents', { versioned: true, enforceSSL: true });

// no ARNs needed: synthesis works out the names of the vaults, and deploys their stacks first
const copies = ['eu-west-1', 'eu-central-1'].map((region) =>
  CopyAction.toVault(central.inRegion(region).vault, { retention: Retention.days(90) }),
);
const rules = [BackupRule.daily({ retention: Retention.days(35), copies })];
const backup = new WorkloadBackup(workload, 'Backup', { tier: BackupTier.of('copied', rules) });
backup.protect(disk, documents);

app.synth();
