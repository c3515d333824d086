import { absenceChecks } from '../../../src/checks/monitoring/absence';
import { plan, rule } from '../../support/backups';
import { findings } from '../../support/findings';

const alarm = (properties: object) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { Namespace: 'AWS/Backup', ...properties },
});
const FAILED = alarm({ MetricName: 'NumberOfBackupJobsFailed', TreatMissingData: 'notBreaching' });
const found = (resources: object) =>
  findings(absenceChecks, { Plan: plan('gold', rule('daily', {})), ...resources });

test('a plan whose absence no alarm of the app notices is a note, if the app has alarms on failures', () => {
  expect(found({ Failed: FAILED })).toEqual([
    'note Backup-AbsenceUnwatched at Resources/Plan: nothing notices that plan `gold` backed up nothing, although the app has alarms on backups; add a `BackupAbsenceAlarm`, a `BackupFreshnessCheck`, or `BackupMonitoring`',
  ]);
});

test.each<[string, object]>([
  ['an app without alarms', {}],
  ['an alarm on something else', { Errors: alarm({ Namespace: 'AWS/Lambda', MetricName: 'Errors' }) }],
  [
    'an alarm on completed jobs whose missing data is breaching',
    {
      Failed: FAILED,
      Absence: alarm({ MetricName: 'NumberOfBackupJobsCompleted', TreatMissingData: 'breaching' }),
    },
  ],
  [
    'a freshness check',
    { Failed: FAILED, Check: alarm({ Namespace: 'BackupFreshness', MetricName: 'LastSuccess' }) },
  ],
  [
    'a control of a framework',
    {
      Failed: FAILED,
      Framework: {
        Type: 'AWS::Backup::Framework',
        Properties: { FrameworkControls: [{ ControlName: 'BACKUP_LAST_RECOVERY_POINT_CREATED' }] },
      },
    },
  ],
])('%s is fine', (_, resources) => {
  expect(found(resources)).toEqual([]);
});

test('an alarm on completed jobs whose missing data is not breaching notices nothing', () => {
  expect(found({ Completed: alarm({ MetricName: 'NumberOfBackupJobsCompleted' }) })).toHaveLength(1);
});

describe('each plan for itself', () => {
  const absence = (vault: string) =>
    alarm({
      MetricName: 'NumberOfBackupJobsCompleted',
      TreatMissingData: 'breaching',
      Dimensions: [{ Name: 'BackupVaultName', Value: vault }],
    });
  const to = (vault: unknown) => rule('daily', { TargetBackupVault: vault });
  const request = (objectives: unknown) => ({
    Type: 'AWS::Events::Rule',
    Properties: {
      ScheduleExpression: 'rate(1 hour)',
      Targets: [
        { Id: 'Check', Arn: 'arn', Input: JSON.stringify({ namespace: 'BackupFreshness', objectives }) },
      ],
    },
  });
  const SILENT = alarm({ Namespace: 'BackupFreshness', MetricName: 'LastSuccess' });
  const unwatched = (resources: object) =>
    findings(absenceChecks, {
      Gold: plan('gold', to('gold-vault')),
      Silver: plan('silver', to({ Ref: 'Vault' })),
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'silver-vault' } },
      ...resources,
    }).map((finding) => /plan `(\w+)`/.exec(finding)?.[1]);

  test.each<[string, object, string[]]>([
    ['an alarm on the vault of one', { Absence: absence('gold-vault') }, ['silver']],
    [
      'an alarm on the vault of the other, by reference',
      { Absence: absence({ Ref: 'Vault' } as never) },
      ['gold'],
    ],
    ['an alarm on a third vault', { Absence: absence('other') }, ['gold', 'silver']],
    [
      'an alarm on all vaults',
      { Absence: alarm({ MetricName: 'NumberOfBackupJobsCompleted', TreatMissingData: 'breaching' }) },
      [],
    ],
    ['a check of one', { SILENT, Rule: request([{ tier: 'gold', vault: 'gold-vault' }]) }, ['silver']],
    [
      'a check of the vault of one, by age',
      { SILENT, Rule: request([{ tier: 'x', vault: 'silver-vault', maxAge: 60 }]) },
      ['gold'],
    ],
    [
      'a check of both',
      {
        SILENT,
        Rule: request([
          { tier: 'gold', vault: 'gold-vault' },
          { tier: 'silver', vault: 'silver-vault' },
        ]),
      },
      [],
    ],
    ['an alarm on a check that is elsewhere', { SILENT }, []],
    [
      'an alarm for one and a check of the other',
      { Absence: absence('gold-vault'), SILENT, Rule: request([{ tier: 'silver', vault: 'silver-vault' }]) },
      [],
    ],
  ])('%s', (_, resources, plans) => {
    expect(unwatched(resources)).toEqual(plans);
  });
});
