// How do I pay less for backups of Amazon S3 that are kept for years?
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BackupPlan,
  BackupRule,
  BackupVault,
  Retention,
  TieringConfiguration,
  TieringSelection,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'S3Tiering');

const bucketProps = { versioned: true, enforceSSL: true }; // AWS Backup backs up versioned buckets only
const documents = new s3.Bucket(stack, 'Documents', bucketProps);
const invoices = new s3.Bucket(stack, 'Invoices', bucketProps);

const vault = new BackupVault(stack, 'Vault');
const plan = new BackupPlan(stack, 'Plan', {
  vault,
  rules: [BackupRule.weekly({ retention: Retention.years(7) })],
});
plan.addSelection('Buckets', { resources: [documents, invoices] });

// one way: what has moved never moves back, and is restored just as before
new TieringConfiguration(stack, 'Tiering', {
  vault, // or `allVaults: true`
  selections: [
    TieringSelection.buckets([invoices], { after: Duration.days(60) }), // the earliest
    TieringSelection.allBuckets({ after: Duration.days(180) }),
  ],
});

app.synth();
