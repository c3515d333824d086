// How do I write rules and selections of my own: schedules, windows, cold storage, copies, tags, exclusions?
import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BackupPlan,
  BackupRule,
  BackupSchedule,
  BackupVault,
  CopyAction,
  ResourceType,
  Retention,
  TagCondition,
  WeekDay,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'OwnRules');

const vault = new BackupVault(stack, 'Vault');
const archive = new BackupVault(stack, 'Archive');
const scratch = new s3.Bucket(stack, 'Scratch', { versioned: true, enforceSSL: true });

const plan = new BackupPlan(stack, 'Plan', {
  vault,
  rules: [
    BackupRule.daily({
      hour: 1,
      timeZone: TimeZone.ASIA_SEOUL, // no daylight-saving time: no run is skipped
      retention: Retention.days(35),
      startWindow: Duration.hours(2),
      completionWindow: Duration.hours(12),
      recoveryPointTags: { team: 'orders' },
    }),
    BackupRule.weekly({
      weekDays: [WeekDay.SUNDAY],
      hour: 12,
      retention: Retention.weeks(13),
      startWindow: Duration.hours(2),
      copies: [CopyAction.toVault(archive, { retention: Retention.years(1) })],
    }),
    BackupRule.scheduled({
      name: 'quarterly',
      schedule: BackupSchedule.cron({ hour: '20', day: 'L', month: '3,6,9,12' }),
      retention: Retention.years(7),
      coldStorageAfter: Duration.days(90),
    }),
  ],
});

// all criteria must match: one of the types, and both tag conditions
plan.addSelection('Production', {
  resourceTypes: [ResourceType.DYNAMODB, ResourceType.EFS],
  tags: [TagCondition.stringEquals('stage', 'prod'), TagCondition.stringNotLike('name', 'tmp-*')],
});
plan.addSelection('Buckets', {
  tags: [TagCondition.stringEquals('backup', 'gold')],
  exclude: [scratch],
});

app.synth();
