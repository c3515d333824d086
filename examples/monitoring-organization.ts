// How does one team learn of failed and missing backups in all accounts?
import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  BackupMonitoring,
  BackupTier,
  OrganizationBackup,
  OrganizationTarget,
  Retention,
} from 'cdk-backup-constructs';

const ORGANIZATION_ID = 'o-a1b2c3d4e5';
const app = new App();
const management = new Stack(app, 'Management', { env: { account: '111111111111', region: 'eu-west-1' } });
const backup = new Stack(app, 'Backup', { env: { account: '222222222222', region: 'eu-west-1' } });

const organization = new OrganizationBackup(management, 'OrganizationBackup', {
  organizationId: ORGANIZATION_ID,
  targets: [OrganizationTarget.organizationalUnit('ou-a1b2-c3d4e5f6')],
  regions: ['eu-west-1'],
  tiers: [{ tier: BackupTier.SILVER }],
  central: { scope: backup, retention: Retention.years(1) },
});

// member accounts send their events to the backup account; copies that do not arrive are noticed there. Its sink takes the
// metrics of the members too: the ARN is known once the stack was deployed without it
new BackupMonitoring(backup, 'Monitoring', {
  organization,
  organizationId: ORGANIZATION_ID,
  centralVaults: organization.central && [organization.central],
  copiesWithin: Duration.hours(36),
  observability: true,
  observabilitySinkArn: 'arn:aws:oam:eu-west-1:222222222222:sink/1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d',
  runbook: 'https://wiki.example.com/backup',
});

app.synth();
