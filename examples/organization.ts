// How do I back up every account of an organization, and keep copies that nobody in these accounts can delete?
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

// backs up what has the tag `backup` = `gold` or `bronze` in every account of the unit, including future ones
new OrganizationBackup(management, 'Backup', {
  organizationId: 'o-a1b2c3d4e5',
  targets: [OrganizationTarget.organizationalUnit('ou-ab12-11111111')],
  regions: ['eu-west-1', 'eu-central-1'],
  homeRegion: 'eu-west-1',
  tiers: [
    // in the central vault, copies are kept 90 days, and those of rare backups as long as the backups
    { tier: BackupTier.GOLD, copyRetentions: { monthly: Retention.years(1), yearly: Retention.years(7) } },
    { tier: BackupTier.BRONZE, copies: false },
  ],
  // the platform team manages the policies, and the vaults in the accounts
  delegatedAdmin: platform,
  // copies go into a locked vault in a separate account
  central: {
    scope: vaults,
    retention: Retention.days(90),
    lock: VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(3650) }),
  },
  // administrators of the accounts can't remove what backups depend on
  protection: { exemptRoles: ['BreakGlass'] },
  tagPolicy: true,
  // the settings of the management account apply to the policies in all accounts
  optIn: [ResourceType.DYNAMODB, ResourceType.EFS, ResourceType.RDS, ResourceType.S3],
});

app.synth();
