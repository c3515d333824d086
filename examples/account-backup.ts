// How do I back up everything in an account, whoever created it? By the tag of a tier, from one stack.
import { App, Stack } from 'aws-cdk-lib';
import { AccountBackup, BackupTier } from 'cdk-backup-constructs';

const app = new App();

// one per account and Region: what has the tag `backup` = `bronze`, `silver` or `gold` is backed up
for (const region of ['eu-west-1', 'eu-central-1']) {
  const stack = new Stack(app, `Backup-${region}`, { env: { account: '111122223333', region } });
  new AccountBackup(stack, 'Account', { tiers: [BackupTier.BRONZE, BackupTier.SILVER, BackupTier.GOLD] });
}

app.synth();
