// How do I pay less for Amazon S3 backups that I keep for years?
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BackupPlan,
  BackupReady,
  BackupRule,
  BackupVault,
  Retention,
  TieringConfiguration,
  TieringSelection,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'S3Tiering');

const documents = new s3.Bucket(stack, 'Documents', { enforceSSL: true });
const invoices = new s3.Bucket(stack, 'Invoices', { enforceSSL: true });

const vault = new BackupVault(stack, 'Vault');
const plan = new BackupPlan(stack, 'Plan', {
  vault,
  rules: [BackupRule.weekly({ retention: Retention.years(7) })],
});
plan.addSelection('Buckets', { resources: [documents, invoices] });

// turns on versioning, which the plan needs; with a continuous rule, events as well
for (const bucket of [documents, invoices]) bucket.with(new BackupReady({ plans: [plan] }));

// one way: objects never move back; restores work as before
new TieringConfiguration(stack, 'Tiering', {
  vault, // or `allVaults: true`
  selections: [
    TieringSelection.buckets([invoices], { after: Duration.days(60) }), // the minimum
    TieringSelection.allBuckets({ after: Duration.days(180) }),
  ],
});

app.synth();
