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
    'note Backup-AbsenceUnwatched at Resources/Plan: no alarm notices that plan `gold` backed up nothing, although the app has alarms on metrics of AWS Backup; add a `BackupAbsenceAlarm`, a `BackupFreshnessCheck`, or `BackupMonitoring`',
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
