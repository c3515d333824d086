// How do I keep backups that not even an administrator can delete, and restore them from another account?
import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  BackupPlan,
  BackupRule,
  BackupVault,
  CopySource,
  LogicallyAirGappedVault,
  Retention,
  TagCondition,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'AirGappedVault', { env: { account: '111122223333', region: 'eu-west-1' } });

// locked as soon as it is created, in an account that AWS owns, with a key that AWS owns
const airGapped = new LogicallyAirGappedVault(stack, 'AirGapped', {
  minRetention: Duration.days(14),
  maxRetention: Duration.days(730),
  acknowledgeIrreversible: true,

  // the range can't change: the vault that had 7 to 365 days stays until its last recovery point has expired
  generation: '14to730',
  previousGenerations: [{ minRetention: Duration.days(7), maxRetention: Duration.days(365) }],

  sharedWith: ['444455556666'], // can restore from the vault, even when this account can't be reached
  copyFrom: [CopySource.organization('o-a1b2c3d4e5')],
});

// types that AWS Backup fully manages go straight into it; the others pass through the standard vault
const plan = new BackupPlan(stack, 'Plan', {
  vault: new BackupVault(stack, 'Vault'),
  rules: [
    BackupRule.daily({ retention: Retention.days(35), airGappedVault: airGapped }),
    BackupRule.monthly({ retention: Retention.years(1), airGappedVault: airGapped }),
  ],
});

// RDS and others aren't supported there: they get the same rules in a second plan, `plan.withoutAirGap`
plan.addSplitSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });

app.synth();
