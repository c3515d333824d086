// How do I back up every account of an organization, and keep copies where nobody of these accounts can delete them?
import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  BackupTier,
  OrganizationBackup,
  OrganizationTarget,
  ResourceType,
  Retention,
  VaultLock,
} from 'cdk-backup-constructs';

const app = new App();
const region = 'eu-west-1';
const management = new Stack(app, 'Management', { env: { account: '111111111111', region } });
const platform = new Stack(app, 'Platform', { env: { account: '222222222222', region } });
const vaults = new Stack(app, 'Vaults', { env: { account: '333333333333', region } });

// what has the tag `backup` = `gold` or `bronze` is backed up, in every account of the unit, today's and tomorrow's
new OrganizationBackup(management, 'Backup', {
  organizationId: 'o-a1b2c3d4e5',
  targets: [OrganizationTarget.organizationalUnit('ou-ab12-11111111')],
  regions: ['eu-west-1', 'eu-central-1'],
  homeRegion: 'eu-west-1',
  tiers: [{ tier: BackupTier.GOLD }, { tier: BackupTier.BRONZE, copies: false }],
  // policies and vaults in the accounts are a matter of the platform team
  delegatedAdmin: platform,
  // copies are in a locked vault of an account of its own
  central: {
    scope: vaults,
    retention: Retention.days(90),
    lock: VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(3650) }),
  },
  // and the administrators of the accounts can't take away what backups depend on
  protection: { exemptRoles: ['BreakGlass'] },
  tagPolicy: true,
  // the settings of the management account hold for the policies in all accounts
  optIn: [ResourceType.DYNAMODB, ResourceType.EFS, ResourceType.RDS, ResourceType.S3],
});

app.synth();
