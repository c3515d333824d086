// How do I make backups that nobody can delete, and hear when one fails?
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupPlan,
  BackupRule,
  BackupVault,
  DeletionDenial,
  Retention,
  TagCondition,
  VaultEvent,
  VaultLock,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'WormVault');

// an encrypted topic with TLS only; the vault lets AWS Backup publish to it
const topic = new sns.Topic(stack, 'Failures', {
  masterKey: new kms.Key(stack, 'TopicKey', { enableKeyRotation: true }),
  enforceSSL: true,
});

const vault = new BackupVault(stack, 'Vault', {
  lock: VaultLock.compliance({
    minRetention: Duration.days(30),
    maxRetention: Duration.days(3650),
    coolingOff: Duration.days(7), // until then it can be undone, afterwards never
    acknowledgeIrreversible: true,
  }),
  deletionDenial: DeletionDenial.exceptFor(iam.Role.fromRoleName(stack, 'Deployer', 'Deployer')),
  notifications: { topic, events: [...VaultEvent.failures(), VaultEvent.RECOVERY_POINT_MODIFIED] },
});
Validations.of(vault).acknowledge({
  id: 'Backup-ComplianceLock',
  reason: 'the retention of all rules is settled, and legal wants it so',
});

// 35 days lie within the lock; 7 would be refused here, not by every single job
const rules = [BackupRule.daily({ retention: Retention.days(35) })];
const plan = new BackupPlan(stack, 'Plan', { vault, rules });
plan.addSelection('Worm', { tags: [TagCondition.stringEquals('backup', 'worm')] });

app.synth();
