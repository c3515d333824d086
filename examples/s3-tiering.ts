// How do I pay less for backups of Amazon S3 that are kept for years?
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

// what the plan asks of a bucket is versioning, and with a continuous rule events too
for (const bucket of [documents, invoices]) bucket.with(new BackupReady({ plans: [plan] }));

// one way: what has moved never moves back, and is restored just as before
new TieringConfiguration(stack, 'Tiering', {
  vault, // or `allVaults: true`
  selections: [
    TieringSelection.buckets([invoices], { after: Duration.days(60) }), // the earliest
    TieringSelection.allBuckets({ after: Duration.days(180) }),
  ],
});

app.synth();
