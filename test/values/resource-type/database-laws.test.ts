import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  databaseRetentionProblems,
  fsxWindows,
  rdsWindows,
  serviceWindowProblem,
} from '../../../src/values/resource-type/database-laws';

const told = (problem: Problem) => `${problem.id} ${problem.property}: ${sentence(problem)}`;

describe('the retention of a database that is backed up continuously', () => {
  const RULE = 'rule `continuous` of plan `gold`';
  const FIX = 'omit `BackupRetentionPeriod`, or set it to the retention of the continuous rule';

  test('can be that of the rule', () => {
    expect(databaseRetentionProblems(14, RULE, 14)).toEqual([]);
  });

  test.each<[number, number | undefined, string]>([
    [7, 14, ', which keeps 14 days, got 7 days'],
    [35, 1, ', which keeps 1 day, got 35 days'],
    [1, undefined, ', got 1 day'],
  ])('of %s days is left to a rule of %s days', (own, days, rest) => {
    expect(databaseRetentionProblems(own, RULE, days).map(told)).toEqual([
      `Backup-DatabaseRetention BackupRetentionPeriod: \`BackupRetentionPeriod\` should be left to the continuous ${RULE}${rest}; ${FIX}`,
    ]);
  });
});

const DAILY = [0, 1, 2, 3, 4, 5, 6].map((day) => day * 1440);

describe('the windows of a service, in which no backup may start', () => {
  test('of RDS are an hour longer', () => {
    expect(rdsWindows({ maintenance: 'tue:05:00-tue:05:45', backup: '23:50-00:20' })).toEqual([
      {
        id: 'Backup-MaintenanceWindow',
        property: 'PreferredMaintenanceWindow',
        text: 'tue:05:00-tue:05:45',
        spans: [{ start: 1440 + 300, minutes: 45 }],
        tooClose: 60,
      },
      {
        id: 'Backup-BackupWindow',
        property: 'PreferredBackupWindow',
        text: '23:50-00:20',
        spans: DAILY.map((day) => ({ start: day + 1430, minutes: 30 })),
        tooClose: 60,
      },
    ]);
  });

  test('of FSx are three hours longer', () => {
    expect(fsxWindows({ maintenance: '7:05:00', backup: '05:00' })).toEqual([
      {
        id: 'Backup-MaintenanceWindow',
        property: 'WeeklyMaintenanceStartTime',
        text: '7:05:00',
        spans: [{ start: 6 * 1440 + 300, minutes: 30 }],
        tooClose: 180,
      },
      {
        id: 'Backup-BackupWindow',
        property: 'DailyAutomaticBackupStartTime',
        text: '05:00',
        spans: DAILY.map((day) => ({ start: day + 300, minutes: 30 })),
        tooClose: 180,
      },
    ]);
  });

  test('are those that are set, and cover nothing if they are invalid', () => {
    expect([...rdsWindows({}), ...fsxWindows({})]).toEqual([]);
    const invalid = { maintenance: 'Sunday', backup: 'night' };
    expect([...rdsWindows(invalid), ...fsxWindows(invalid)].map(({ spans }) => spans)).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });
});

describe('a rule that meets a window', () => {
  const [maintenance, backup] = rdsWindows({ maintenance: 'tue:05:00-tue:05:45', backup: '05:00-05:30' });
  const [fsx] = fsxWindows({ backup: '05:00' });
  const RULE = 'rule `daily` of plan `gold`';

  test.each<[string, string, string]>([
    [
      'starts in it',
      told(serviceWindowProblem(maintenance, RULE, 'starts')),
      `Backup-MaintenanceWindow PreferredMaintenanceWindow: \`PreferredMaintenanceWindow\` is \`tue:05:00-tue:05:45\` (UTC), in which no backup may start, or within the hour before it: ${RULE} runs then; move the schedule of the rule, or \`PreferredMaintenanceWindow\` or \`WeeklyMaintenanceStartTime\``,
    ],
    [
      'may start in it',
      told(serviceWindowProblem(fsx, RULE, 'may start')),
      `Backup-BackupWindowPossible DailyAutomaticBackupStartTime: \`DailyAutomaticBackupStartTime\` is \`05:00\` (UTC), in which no backup may start, or within 3 hours before it: ${RULE} runs before it, and may start as late as that within its start window; move the schedule of the rule, or \`PreferredBackupWindow\` or \`DailyAutomaticBackupStartTime\``,
    ],
    [
      'starts in a window that can begin at any time',
      told(serviceWindowProblem({ ...backup, tooClose: 0 }, RULE, 'starts')),
      `Backup-BackupWindow PreferredBackupWindow: \`PreferredBackupWindow\` is \`05:00-05:30\` (UTC), in which no backup may start: ${RULE} runs then; move the schedule of the rule, or \`PreferredBackupWindow\` or \`DailyAutomaticBackupStartTime\``,
    ],
  ])('%s is reported with the property to change', (_, message, expected) => {
    expect(message).toBe(expected);
  });
});
