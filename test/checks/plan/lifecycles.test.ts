import { lifecycleChecks } from '../../../src/checks/plan/lifecycle-checks';
import { findings, ids, PARAMETERS, plan, rulePath, UNKNOWN } from '../../support/findings';

const rule = (Lifecycle: object, more: object = {}) => ({ Plan: plan({ Lifecycle, ...more }) });
const copy = (Lifecycle: object, more: object = {}) =>
  rule(
    { DeleteAfterDays: 35 },
    {
      CopyActions: [
        { DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:copies', Lifecycle },
      ],
      ...more,
    },
  );
const OF = 'of rule `rule-1` of plan `gold`';
const COPY = `of the copy ${OF}`;
const MONTHLY = { ScheduleExpression: 'cron(0 5 1 * ? *)' };
const CONTINUOUS = { EnableContinuousBackup: true };
const EBS = {
  MoveToColdStorageAfterDays: 30,
  OptInToArchiveForSupportedResources: true,
  DeleteAfterDays: 365,
};

test.each<[string, object, object, string]>([
  [
    'a retention is 1 to 36500 days',
    rule({ DeleteAfterDays: 0 }),
    rule({ DeleteAfterDays: 36_500, MoveToColdStorageAfterDays: 30 }),
    `error Backup-RetentionRange at ${rulePath(0, 'Lifecycle/DeleteAfterDays')}: \`DeleteAfterDays\` ${OF} must be a whole number from 1 to 36500 days, got 0; use 1 day or more`,
  ],
  [
    'so is that of a copy',
    copy({ DeleteAfterDays: 36_501 }),
    copy({ DeleteAfterDays: 36_500 }),
    `error Backup-RetentionRange at ${rulePath(0, 'CopyActions/0/Lifecycle/DeleteAfterDays')}: \`DeleteAfterDays\` ${COPY} must be a whole number from 1 to 36500 days, got 36501; use 36500 days or less`,
  ],
  [
    'recovery points move to cold storage after a day or more',
    rule({ MoveToColdStorageAfterDays: 0 }),
    rule({ MoveToColdStorageAfterDays: 8 }),
    `error Backup-ColdStorageRange at ${rulePath(0, 'Lifecycle/MoveToColdStorageAfterDays')}: \`MoveToColdStorageAfterDays\` ${OF} must be a whole number from 1 to 36500 days, got 0; use 1 day or more`,
  ],
  [
    'continuous backups have no cold storage',
    rule({ DeleteAfterDays: 35, MoveToColdStorageAfterDays: 8 }, CONTINUOUS),
    rule({ DeleteAfterDays: 35 }, CONTINUOUS),
    `error Backup-ContinuousColdStorage at ${rulePath(0, 'Lifecycle/MoveToColdStorageAfterDays')}: \`MoveToColdStorageAfterDays\` ${OF} can't be combined with continuous backup, which has no cold storage; omit \`MoveToColdStorageAfterDays\`, and add a snapshot rule for anything you move to cold storage`,
  ],
  [
    'recovery points should be warm for 8 days',
    rule({ MoveToColdStorageAfterDays: 7, DeleteAfterDays: 97 }),
    rule({ MoveToColdStorageAfterDays: 8, DeleteAfterDays: 98 }),
    `warning Backup-ShortWarmStorage at ${rulePath(0, 'Lifecycle/MoveToColdStorageAfterDays')}: \`MoveToColdStorageAfterDays\` ${OF} should be at least 8 days, got 7 days: below that, AWS Backup makes an additional full backup in warm storage; use 8 days or more`,
  ],
  [
    'an archive needs a day on which snapshots go there',
    rule({ DeleteAfterDays: 35, OptInToArchiveForSupportedResources: true }, MONTHLY),
    rule(EBS, MONTHLY),
    `warning Backup-ArchiveWithoutColdStorage at ${rulePath(0, 'Lifecycle/OptInToArchiveForSupportedResources')}: \`OptInToArchiveForSupportedResources\` ${OF} does nothing without \`MoveToColdStorageAfterDays\`; set \`MoveToColdStorageAfterDays\` to the number of days after which EBS snapshots are archived, or omit \`OptInToArchiveForSupportedResources\``,
  ],
  [
    'an archive is for rules that run once a month',
    rule(EBS),
    rule(EBS, MONTHLY),
    `warning Backup-ArchiveFrequency at ${rulePath(0, 'Lifecycle/OptInToArchiveForSupportedResources')}: \`OptInToArchiveForSupportedResources\` ${OF} moves EBS snapshots to the archive only if the rule runs once a month or less often; use a monthly or yearly schedule for this rule`,
  ],
  [
    'the copies of a rule go to the archive as rarely',
    copy(EBS),
    copy(EBS, MONTHLY),
    `warning Backup-ArchiveFrequency at ${rulePath(0, 'CopyActions/0/Lifecycle/OptInToArchiveForSupportedResources')}: \`OptInToArchiveForSupportedResources\` ${COPY} moves EBS snapshots to the archive only if the rule runs once a month or less often; use a monthly or yearly schedule for this rule`,
  ],
  [
    'what AWS Backup only returns can’t be set',
    rule({ DeleteAfterDays: 35, DeleteAfterEvent: 'DELETE_AFTER_COPY' }),
    rule({ DeleteAfterDays: 35 }),
    `error Backup-DeleteAfterEvent at ${rulePath(0, 'Lifecycle/DeleteAfterEvent')}: \`DeleteAfterEvent\` ${OF} must not be set, because AWS Backup only returns it; remove \`DeleteAfterEvent\``,
  ],
  [
    'recovery points should be kept for a week',
    rule({ DeleteAfterDays: 6 }),
    rule({ DeleteAfterDays: 7 }),
    `warning Backup-ShortRetention at ${rulePath(0, 'Lifecycle/DeleteAfterDays')}: \`DeleteAfterDays\` ${OF} should be at least 7 days, got 6 days: below that, AWS Backup may make a full backup every time; use 7 days or more`,
  ],
  [
    'a continuous backup should not expire before it is maintained again',
    rule({ DeleteAfterDays: 7 }, { ...CONTINUOUS, ScheduleExpression: 'cron(0 5 ? * SUN *)' }),
    rule({ DeleteAfterDays: 8 }, { ...CONTINUOUS, ScheduleExpression: 'cron(0 5 ? * SUN *)' }),
    `warning Backup-ContinuousCadence at ${rulePath(0, 'Lifecycle/DeleteAfterDays')}: \`DeleteAfterDays\` ${OF} should be longer than the interval between two runs of the continuous rule (every 7 days), got 7 days: the backup expires in between; set \`ScheduleExpression\` to run more often, such as every day`,
  ],
  [
    'what is kept long may be kept cold',
    rule({ DeleteAfterDays: 98 }),
    rule({ DeleteAfterDays: 97 }),
    `note Backup-LongWarmStorage at ${rulePath(0, 'Lifecycle/DeleteAfterDays')}: \`DeleteAfterDays\` ${OF} is 98 days, all in warm storage; set \`MoveToColdStorageAfterDays\` if the types that the plan selects support cold storage`,
  ],
])('%s', (_, bad, good, line) => {
  expect(findings(lifecycleChecks, bad)).toEqual([line]);
  expect(ids(lifecycleChecks, good)).toEqual([]);
});

test('-1 keeps recovery points forever, and never moves them', () => {
  expect(ids(lifecycleChecks, rule({ DeleteAfterDays: -1, MoveToColdStorageAfterDays: -1 }))).toEqual([]);
});

test.each<[string, object, object?]>([
  ['days', { DeleteAfterDays: UNKNOWN, MoveToColdStorageAfterDays: UNKNOWN }],
  ['a lifecycle', UNKNOWN],
  [
    'the rest',
    { DeleteAfterDays: 3, OptInToArchiveForSupportedResources: UNKNOWN },
    { EnableContinuousBackup: UNKNOWN },
  ],
  ['a schedule', EBS, { ScheduleExpression: UNKNOWN }],
  ['days of a continuous backup', { DeleteAfterDays: UNKNOWN }, CONTINUOUS],
])('%s that isn’t known is not checked', (_, lifecycle, more = {}) => {
  expect(ids(lifecycleChecks, rule(lifecycle, more), PARAMETERS)).toEqual([]);
});
