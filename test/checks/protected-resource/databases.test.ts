import { databaseChecks } from '../../../src/checks/protected-resource/databases';
import { choice, plan, resource, rule, selection, tags } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const TAGGED = { ListOfTags: [choice('backup', 'gold')] };
const instance = (properties: object = {}, backup: unknown = 'gold') =>
  resource('RDS::DBInstance', { Engine: 'mysql', Tags: tags({ backup }), ...properties });
const cluster = (properties: object = {}) =>
  resource('RDS::DBCluster', { Engine: 'aurora-mysql', Tags: tags({ backup: 'gold' }), ...properties });
const PITR = rule('pitr', { EnableContinuousBackup: true });

function found(x: object, ...rules: Record<string, unknown>[]): string[] {
  return findings(
    databaseChecks,
    { Plan: plan('gold', ...rules), S: selection(TAGGED), X: x },
    undefined,
    PARAMETERS,
  );
}

describe('the retention of a database that AWS Backup backs up continuously', () => {
  const FIX = 'omit `BackupRetentionPeriod`, or set it to the retention of the continuous rule';
  const conflict = (got: string) =>
    `warning Backup-DatabaseRetention at Resources/X/Properties/BackupRetentionPeriod: \`BackupRetentionPeriod\` should be left to the continuous rule \`pitr\` of plan \`gold\`, which keeps 35 days, got ${got}; ${FIX}`;

  test('is not set by the database', () => {
    expect(found(instance({ BackupRetentionPeriod: 7 }), PITR)).toEqual([conflict('7 days')]);
    expect(found(instance({ BackupRetentionPeriod: 0 }), PITR)).toEqual([conflict('0 days')]);
    expect(found(cluster({ BackupRetentionPeriod: 1 }), PITR)).toEqual([conflict('1 day')]);
  });

  test('may be set as in the rule, or not at all', () => {
    expect(found(instance({ BackupRetentionPeriod: 35 }), PITR)).toEqual([]);
    expect(found(instance(), PITR)).toEqual([]);
    expect(found(instance({ BackupRetentionPeriod: UNKNOWN }), PITR)).toEqual([]);
  });

  test('is the database’s own with snapshots, and for types without continuous backup', () => {
    expect(found(instance({ BackupRetentionPeriod: 7 }), rule())).toEqual([]);
    expect(found(cluster({ Engine: 'postgres', BackupRetentionPeriod: 7 }), PITR)).toEqual([]);
    expect(found(instance({ BackupRetentionPeriod: 7 }, 'silver'), PITR)).toEqual([]);
    expect(found(instance({ BackupRetentionPeriod: 7 }, UNKNOWN), PITR)).toEqual([]);
  });
});

describe('the maintenance window of RDS', () => {
  const MAINTENANCE = { PreferredMaintenanceWindow: 'sun:05:00-sun:05:30' };
  const at = (expression: string, properties: object = {}) =>
    rule('daily', { ScheduleExpression: expression, ...properties });
  const HERE = 'Resources/X/Properties/PreferredMaintenanceWindow';
  const WINDOW =
    '`PreferredMaintenanceWindow` is `sun:05:00-sun:05:30` (UTC), in which no backup may start, or within the hour before it: rule `daily` of plan `gold`';
  const FIX =
    'move the schedule of the rule, or `PreferredMaintenanceWindow` or `WeeklyMaintenanceStartTime`';
  const RUNS = `warning Backup-MaintenanceWindow at ${HERE}: ${WINDOW} runs then; ${FIX}`;
  const MAY = `note Backup-MaintenanceWindowPossible at ${HERE}: ${WINDOW} runs before it, and may start as late as that within its start window; ${FIX}`;

  test.each<[string, Record<string, unknown>, string[]]>([
    ['daily at its time', at('cron(0 5 ? * * *)'), [RUNS]],
    ['weekly, less than an hour before', at('cron(30 4 ? * SUN *)'), [RUNS]],
    [
      'at its time in another zone',
      at('cron(0 14 ? * SUN *)', { ScheduleExpressionTimezone: 'Asia/Seoul' }),
      [RUNS],
    ],
    ['hourly', at('cron(0 * ? * * *)'), [RUNS]],
    [
      'early, with a start window of eight hours',
      at('cron(0 21 ? * * *)', { StartWindowMinutes: 480 }),
      [MAY],
    ],
    [
      'early, with the default start window',
      at('cron(0 21 ? * * *)', { StartWindowMinutes: undefined }),
      [MAY],
    ],
    ['early, with a short start window', at('cron(0 1 ? * * *)', { StartWindowMinutes: 60 }), []],
    ['on other days', at('cron(0 5 ? * MON-SAT *)'), []],
    ['later', at('cron(30 5 ? * * *)'), []],
    ['at a time that isn’t known', rule('daily', { ScheduleExpression: UNKNOWN }), []],
    ['in a zone that isn’t known', at('cron(0 5 ? * * *)', { ScheduleExpressionTimezone: UNKNOWN }), []],
    ['in an invalid time zone', at('cron(0 5 ? * * *)', { ScheduleExpressionTimezone: 'Mars/Base' }), []],
    ['by an expression that AWS refuses', at('rate(1 day)'), []],
    [
      'early, with a start window that isn’t known',
      at('cron(0 1 ? * * *)', { StartWindowMinutes: UNKNOWN }),
      [],
    ],
  ])('against a rule that runs %s', (_, daily, expected) => {
    expect(found(instance(MAINTENANCE), daily)).toEqual(expected);
  });

  test('does not matter for Aurora, nor where it isn’t known', () => {
    expect(found(cluster(MAINTENANCE), rule())).toEqual([]);
    expect(found(instance({ PreferredMaintenanceWindow: UNKNOWN }), rule())).toEqual([]);
    expect(found(instance(), rule())).toEqual([]);
    expect(found(instance({ PreferredMaintenanceWindow: 'whenever' }), rule())).toEqual([]);
    expect(found(instance(MAINTENANCE, 'silver'), rule())).toEqual([]);
  });

  test('is reported once, of the rule that overlaps most', () => {
    const early = at('cron(0 21 ? * * *)', { RuleName: 'early', StartWindowMinutes: 480 });
    expect(found(instance(MAINTENANCE), early, rule())).toEqual([RUNS]);
  });
});

describe('the window of automated backups of RDS', () => {
  const BACKUP = { PreferredBackupWindow: '05:00-05:30' };
  const FIX = 'move the schedule of the rule, or `PreferredBackupWindow` or `DailyAutomaticBackupStartTime`';

  test('is kept free of snapshots', () => {
    expect(found(instance(BACKUP), rule())).toEqual([
      `warning Backup-BackupWindow at Resources/X/Properties/PreferredBackupWindow: \`PreferredBackupWindow\` is \`05:00-05:30\` (UTC), in which no backup may start, or within the hour before it: rule \`daily\` of plan \`gold\` runs then; ${FIX}`,
    ]);
    expect(found(instance(BACKUP), rule('daily', { ScheduleExpression: 'cron(30 5 ? * * *)' }))).toEqual([]);
  });

  test('does not matter without automated backups, or if AWS Backup creates them', () => {
    expect(found(instance({ ...BACKUP, BackupRetentionPeriod: 0 }), rule())).toEqual([]);
    expect(found(instance(BACKUP), rule(), PITR)).toEqual([]);
  });
});

describe('the windows of FSx', () => {
  const lustre = (LustreConfiguration: object) =>
    resource('FSx::FileSystem', {
      FileSystemType: 'LUSTRE',
      Tags: tags({ backup: 'gold' }),
      LustreConfiguration,
    });
  const HERE = 'Resources/X/Properties/LustreConfiguration';

  test('are kept free, three hours before them too', () => {
    expect(
      found(
        lustre({ WeeklyMaintenanceStartTime: '7:07:30', DailyAutomaticBackupStartTime: '07:59' }),
        rule(),
      ),
    ).toEqual([
      `warning Backup-MaintenanceWindow at ${HERE}/WeeklyMaintenanceStartTime: \`WeeklyMaintenanceStartTime\` is \`7:07:30\` (UTC), in which no backup may start, or within 3 hours before it: rule \`daily\` of plan \`gold\` runs then; move the schedule of the rule, or \`PreferredMaintenanceWindow\` or \`WeeklyMaintenanceStartTime\``,
      `warning Backup-BackupWindow at ${HERE}/DailyAutomaticBackupStartTime: \`DailyAutomaticBackupStartTime\` is \`07:59\` (UTC), in which no backup may start, or within 3 hours before it: rule \`daily\` of plan \`gold\` runs then; move the schedule of the rule, or \`PreferredBackupWindow\` or \`DailyAutomaticBackupStartTime\``,
    ]);
  });

  test('are no matter at other times, nor without automatic backups', () => {
    expect(
      found(
        lustre({ WeeklyMaintenanceStartTime: '7:12:00', DailyAutomaticBackupStartTime: '12:00' }),
        rule(),
      ),
    ).toEqual([]);
    expect(
      found(lustre({ DailyAutomaticBackupStartTime: '05:00', AutomaticBackupRetentionDays: 0 }), rule()),
    ).toEqual([]);
    expect(found(lustre({ WeeklyMaintenanceStartTime: UNKNOWN }), rule())).toEqual([]);
  });
});
