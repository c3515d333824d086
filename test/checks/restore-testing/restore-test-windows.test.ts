import { restoreTestWindowChecks } from '../../../src/checks/restore-testing/restore-test-windows';
import { findings, ids, PARAMETERS, plan, UNKNOWN, vault } from '../../support/findings';

const HERE = 'Resources/Test/Properties/RecoveryPointSelection';
const VAULT = { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] };
const WEEKLY = { ScheduleExpression: 'cron(0 5 ? * SUN *)' };
const INTO = { TargetBackupVault: { Ref: 'Vault' } };

const template = (points: object, rule: object = {}, ScheduleExpression: unknown = 'cron(0 7 ? * * *)') => ({
  Test: {
    Type: 'AWS::Backup::RestoreTestingPlan',
    Properties: {
      RestoreTestingPlanName: 'drill',
      ScheduleExpression,
      RecoveryPointSelection: {
        Algorithm: 'LATEST_WITHIN_WINDOW',
        IncludeVaults: [VAULT],
        RecoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
        ...points,
      },
    },
  },
  Plan: plan({ ...INTO, ...rule }),
  Vault: vault({ BackupVaultName: 'gold' }),
  Other: vault({ BackupVaultName: 'other' }),
});
const OTHER = { 'Fn::GetAtt': ['Other', 'BackupVaultArn'] };

test.each<[string, object, object, string]>([
  [
    'looks back longer than the time between two backups and a start window',
    template({ SelectionWindowDays: 6 }, WEEKLY),
    template({ SelectionWindowDays: 8 }, WEEKLY),
    `warning Backup-RestoreTestWindow at ${HERE}/SelectionWindowDays: \`SelectionWindowDays\` of restore testing plan \`drill\` is 6 days, but recovery points are created in its vaults at most every 7 days and up to a start window later (rule \`rule-1\` of plan \`gold\`), so tests may find none; use at least 8 days`,
  ],
  [
    'looks back 30 days by default',
    template({}, { ScheduleExpression: 'cron(0 5 1 1,7 ? *)' }),
    template({}, WEEKLY),
    `warning Backup-RestoreTestWindow at ${HERE}/SelectionWindowDays: \`SelectionWindowDays\` of restore testing plan \`drill\` is 30 days (AWS Backup's default), but recovery points are created in its vaults at most every 184 days and up to a start window later (rule \`rule-1\` of plan \`gold\`), so tests may find none; use at least 185 days`,
  ],
  [
    'tests continuous backups where a rule makes some',
    template({ RecoveryPointTypes: ['CONTINUOUS'] }),
    template({ RecoveryPointTypes: ['CONTINUOUS'] }, { EnableContinuousBackup: true }),
    `warning Backup-RestoreTestContinuous at ${HERE}/RecoveryPointTypes: \`RecoveryPointTypes\` of restore testing plan \`drill\` is \`CONTINUOUS\`, but no rule creates continuous backups in its vaults; add \`SNAPSHOT\` to \`RecoveryPointTypes\`, or add a rule with continuous backup`,
  ],
  [
    'looks into vaults that something is put into',
    template({ IncludeVaults: [OTHER] }),
    template({ IncludeVaults: [OTHER, VAULT] }),
    `note Backup-RestoreTestVaults at ${HERE}/IncludeVaults: \`IncludeVaults\` of restore testing plan \`drill\` names vaults into which no rule or copy of the app puts recovery points; include vaults that rules back up to or copy to`,
  ],
  [
    'looks into vaults that it doesn’t exclude',
    template({ IncludeVaults: [VAULT], ExcludeVaults: ['arn:aws:backup:*:*:backup-vault:g*'] }),
    template({ IncludeVaults: [VAULT], ExcludeVaults: ['arn:aws:backup:*:*:backup-vault:h*'] }),
    `note Backup-RestoreTestVaults at ${HERE}/IncludeVaults: \`IncludeVaults\` of restore testing plan \`drill\` names vaults into which no rule or copy of the app puts recovery points; include vaults that rules back up to or copy to`,
  ],
  [
    'tests before recovery points are gone',
    template({}, {}, 'cron(0 7 1 1,7 ? *)'),
    template({}, {}, 'cron(0 7 1 * ? *)'),
    'note Backup-RestoreTestInterval at Resources/Test/Properties/ScheduleExpression: `ScheduleExpression` of restore testing plan `drill` tests every 184 days, but recovery points in its vaults are kept for at most 35 days; test more often, or extend the retention',
  ],
])('a restore testing plan %s', (_, bad, good, line) => {
  expect(findings(restoreTestWindowChecks, bad)).toEqual([line]);
  expect(ids(restoreTestWindowChecks, good)).toEqual([]);
});

test('where every vault is tested, others may put more into them', () => {
  const found = findings(
    restoreTestWindowChecks,
    template({ IncludeVaults: ['*'], SelectionWindowDays: 1 }, WEEKLY),
  );
  expect(found.map((line) => line.split(' at ')[0])).toEqual(['note Backup-RestoreTestWindowPossible']);
  const points = { IncludeVaults: ['*'], RecoveryPointTypes: ['CONTINUOUS'] };
  expect(ids(restoreTestWindowChecks, template(points))).toEqual([]);
});

test('copies put recovery points into vaults too', () => {
  const CopyActions = [{ DestinationBackupVaultArn: OTHER, Lifecycle: { DeleteAfterDays: 365 } }];
  const points = { IncludeVaults: [OTHER] };
  expect(ids(restoreTestWindowChecks, template(points, { CopyActions }))).toEqual([]);
  const types = { ...points, RecoveryPointTypes: ['CONTINUOUS'] };
  expect(
    ids(restoreTestWindowChecks, template(types, { CopyActions, EnableContinuousBackup: true })),
  ).toEqual(['Backup-RestoreTestContinuous']);
});

test.each<[string, object]>([
  ['a window', template({ SelectionWindowDays: UNKNOWN }, WEEKLY)],
  ['a vault', template({ IncludeVaults: [UNKNOWN], SelectionWindowDays: 1 }, WEEKLY)],
  ['vaults', template({ IncludeVaults: UNKNOWN, SelectionWindowDays: 1 }, WEEKLY)],
  ['a schedule', template({ SelectionWindowDays: 1 }, { ScheduleExpression: UNKNOWN }, UNKNOWN)],
  ['a retention', template({}, { Lifecycle: { DeleteAfterDays: UNKNOWN } }, 'cron(0 7 1 1 ? *)')],
  ['a type', template({ RecoveryPointTypes: [UNKNOWN] })],
])('%s that isn’t known is not checked', (_, resources) => {
  expect(ids(restoreTestWindowChecks, resources, PARAMETERS)).toEqual([]);
});
