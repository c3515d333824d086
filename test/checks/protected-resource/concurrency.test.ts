import { concurrencyChecks } from '../../../src/checks/protected-resource/concurrency';
import { choice, plan, resource, rule, selection, tags } from '../../support/backups';
import { findings } from '../../support/findings';

const GOLD = tags({ backup: 'gold' });
const COPIES = {
  CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:far' }],
};
const HOURLY = { ScheduleExpression: 'cron(0 * * * ? *)' };

function found(count: number, type: string, properties: Record<string, unknown>): string[] {
  const resources = Array.from({ length: count }, (_, i) => [`R${i}`, resource(type, { Tags: GOLD })]);
  return findings(concurrencyChecks, {
    Plan: plan('gold', rule('often', properties)),
    S: selection({ ListOfTags: [choice('backup', 'gold')] }),
    ...Object.fromEntries(resources),
  });
}

const TABLE = 'DynamoDB::Table';
const RULE = 'Resources/Plan/Properties/BackupPlan/BackupPlanRule/0';

test('the backups of many resources at one minute are worth a note', () => {
  expect(found(301, TABLE, {})).toEqual([
    `note Backup-JobsAtOnce at ${RULE}: rule \`often\` of plan \`gold\` starts backups of 301 resources in the same minute; extend the start window, or spread the resources over rules that run at different times`,
  ]);
  expect(found(300, TABLE, {})).toEqual([]);
});

test('a continuous backup starts once', () => {
  expect(found(301, 'S3::Bucket', { EnableContinuousBackup: true })).toEqual([]);
});

test('copies of every hour are worth a note', () => {
  expect(found(1, TABLE, { ...HOURLY, ...COPIES })).toEqual([
    `note Backup-CopyFrequency at ${RULE}/CopyActions: rule \`often\` of plan \`gold\` runs every hour and copies each snapshot; copy with a rule that runs less often`,
  ]);
});

test.each<[string, Record<string, unknown>, string]>([
  ['every other hour', { ScheduleExpression: 'cron(0 0/2 * * ? *)', ...COPIES }, TABLE],
  ['every hour of the day shift', { ScheduleExpression: 'cron(0 8-18 * * ? *)', ...COPIES }, TABLE],
  ['that is not known', { ScheduleExpression: { 'Fn::GetAZs': '' }, ...COPIES }, TABLE],
  ['every hour, without copies', HOURLY, TABLE],
  ['every hour, of what is not copied', { ...HOURLY, ...COPIES }, 'Redshift::Cluster'],
  ['every hour, continuously', { ...HOURLY, ...COPIES, EnableContinuousBackup: true }, 'S3::Bucket'],
])('a schedule %s is invalid', (_, properties, type) => {
  expect(found(1, type, properties)).toEqual([]);
});
