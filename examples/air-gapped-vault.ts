// How do I keep backups where not even an administrator can delete them, and restore them from another account?
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

// locked from its creation on, in an account of AWS, under a key of AWS
const airGapped = new LogicallyAirGappedVault(stack, 'AirGapped', {
  minRetention: Duration.days(14),
  maxRetention: Duration.days(730),
  acknowledgeIrreversible: true,

  // the range can't be changed: it was 7 to 365 days once, in a vault that stays until its last recovery point is gone
  generation: '14to730',
  previousGenerations: [{ minRetention: Duration.days(7), maxRetention: Duration.days(365) }],

  sharedWith: ['444455556666'], // restores from there, also when this account can't be reached
  copyFrom: [CopySource.organization('o-a1b2c3d4e5')],
});

// what AWS Backup fully manages goes straight into it; the rest passes through the standard vault
const plan = new BackupPlan(stack, 'Plan', {
  vault: new BackupVault(stack, 'Vault'),
  rules: [
    BackupRule.daily({ retention: Retention.days(35), airGappedVault: airGapped }),
    BackupRule.monthly({ retention: Retention.years(1), airGappedVault: airGapped }),
  ],
});

// RDS and others can't be held there: they get the same rules in a plan beside, `plan.withoutAirGap`
plan.addSplitSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });

app.synth();
