// How do I make backups that nobody can delete, and get notified when one fails?
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

// an encrypted, TLS-only topic; the vault allows AWS Backup to publish to it
const topic = new sns.Topic(stack, 'Failures', {
  masterKey: new kms.Key(stack, 'TopicKey', { enableKeyRotation: true }),
  enforceSSL: true,
});

const vault = new BackupVault(stack, 'Vault', {
  lock: VaultLock.compliance({
    minRetention: Duration.days(30),
    maxRetention: Duration.days(3650),
    coolingOff: Duration.days(7), // until then you can remove the lock; afterwards nobody can
    acknowledgeIrreversible: true,
  }),
  deletionDenial: DeletionDenial.exceptFor(iam.Role.fromRoleName(stack, 'Deployer', 'Deployer')),
  notifications: { topic, events: [...VaultEvent.failures(), VaultEvent.RECOVERY_POINT_MODIFIED] },
});
Validations.of(vault).acknowledge({
  id: 'Backup-ComplianceLock',
  reason: 'legal has settled the retention of all rules',
});

// 35 days are within the lock; 7 would be refused here, before every single job fails
const rules = [BackupRule.daily({ retention: Retention.days(35) })];
const plan = new BackupPlan(stack, 'Plan', { vault, rules });
plan.addSelection('Worm', { tags: [TagCondition.stringEquals('backup', 'worm')] });

app.synth();
