import { costBasisOf } from '../../../src/forecast/cost/cost-basis';
import { type CostMeter, MONTH_MS } from '../../../src/forecast/cost/cost-model';
import type { StackSource } from '../../../src/template/input/source';
import {
  backupReady,
  inventoryOfStacks,
  plan,
  resource,
  rule,
  selection,
  stack,
} from '../../support/backups';
import type { Json } from '../support/app-changes';
import { forecast } from '../support/forecast-template';

const HERE = { account: '111111111111', region: 'us-east-1' };
const volume = resource('EC2::Volume');
const bucket = backupReady('S3::Bucket');

/** The meters of January and February 2027, of an app whose plan selects everything. */
function meters(resources: Json, rules: Json[] = [rule()], ...others: readonly StackSource[]): CostMeter[] {
  const all = {
    Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
    Plan: plan('p', ...rules),
    S: selection({ Resources: ['*'] }),
    ...resources,
  };
  const inventory = inventoryOfStacks(stack('App', all, HERE), ...others);
  return [...costBasisOf(forecast(inventory, '2027-01-01', '2027-03-01')).meters];
}
const of = (item: CostMeter['item'], ...args: Parameters<typeof meters>) =>
  meters(...args).filter((one) => one.item === item);

// there is nothing until the first day, and the last span is the month before the end
const DAYS = [0, 31, 28, MONTH_MS / 86_400_000];
const MONTHS = DAYS.map((days) => (days * 86_400_000) / MONTH_MS);
/** Runs at 05:00; the last span begins at 14:00. */
const DAILY = [0, 31, 28, 30];

describe('restore tests', () => {
  const testing = (schedule: unknown, ...types: string[]) => ({
    Tests: resource('Backup::RestoreTestingPlan', {
      RestoreTestingPlanName: 'tests',
      ScheduleExpression: schedule,
      RecoveryPointSelection: {
        Algorithm: 'LATEST_WITHIN_WINDOW',
        IncludeVaults: ['*'],
        RecoveryPointTypes: ['SNAPSHOT'],
      },
    }),
    ...Object.fromEntries(
      types.map((ProtectedResourceType) => [
        `Of${ProtectedResourceType}`,
        resource('Backup::RestoreTestingSelection', {
          RestoreTestingPlanName: { Ref: 'Tests' },
          RestoreTestingSelectionName: ProtectedResourceType,
          ProtectedResourceType,
          IamRoleArn: 'arn:aws:iam::111111111111:role/restore',
          ProtectedResourceArns: ['*'],
        }),
      ]),
    ),
  });
  const SUNDAYS = 'cron(0 12 ? * SUN *)';
  const sundays = [0, 5, 4, 5];
  const tests = (counts: number[]) => ({
    item: 'restoreTest',
    what: 'restore tests',
    region: 'us-east-1',
    counts,
  });

  test('count each run for each resource, and restore each by its size', () => {
    const app = {
      A: volume,
      B: volume,
      C: bucket,
      D: resource('DynamoDB::Table'),
      ...testing(SUNDAYS, 'EBS', 'S3', 'EFS'),
    };
    const restores = (type: string, ...indexes: number[]) => ({
      item: `${type}.restore`,
      what: `restores of ${type} by restore tests`,
      region: 'us-east-1',
      counts: sundays,
      resources: indexes,
    });
    const found = meters(app);
    expect(found.slice(0, 1)).toEqual([tests(sundays.map((count) => count * 3))]);
    const { resources } = costBasisOf(
      forecast(
        inventoryOfStacks(
          stack('App', { Plan: plan('p'), S: selection({ Resources: ['*'] }), ...app }, HERE),
        ),
        '2027-01-01',
        '2027-03-01',
      ),
    );
    const indexesOf = (type: string) =>
      resources.flatMap(({ resourceType }, index) => (resourceType === type ? [index] : []));
    expect(found.slice(1)).toEqual([
      restores('EBS', ...indexesOf('EBS')),
      restores('S3', ...indexesOf('S3')),
    ]);
  });

  test('of two plans count what each of them tests', () => {
    const second = Object.fromEntries(
      Object.entries(testing('cron(0 12 1 * ? *)', 'S3')).map(([id, one]) => [`Second${id}`, one]),
    );
    Object.assign(second.SecondOfS3.Properties, { RestoreTestingPlanName: { Ref: 'SecondTests' } });
    const found = meters({ A: volume, B: volume, C: bucket, ...testing(SUNDAYS, 'EBS'), ...second });
    expect(found.filter(({ item }) => item === 'restoreTest').map(({ counts }) => counts)).toEqual([
      sundays.map((count) => count * 2),
      [0, 1, 1, 1],
    ]);
  });

  test('have no price of a restore where AWS has none of its own', () => {
    const database = resource('RDS::DBInstance', { Engine: 'mysql' });
    expect(meters({ A: database, ...testing(SUNDAYS, 'RDS') })).toEqual([tests(sundays)]);
  });

  test.each<[string, Json, number[]]>([
    [
      'in a time zone',
      { ScheduleExpression: 'cron(0 23 ? * SUN *)', ScheduleExpressionTimezone: 'America/New_York' },
      [0, 4, 4, 4],
    ],
    ['that is not known', { ScheduleExpression: { Ref: 'AWS::NotificationARNs' } }, [0, 0, 0, 0]],
    ['that is none', { ScheduleExpression: 'weekly' }, [0, 0, 0, 0]],
    [
      'in a time zone that is none',
      { ScheduleExpression: SUNDAYS, ScheduleExpressionTimezone: 'Mars' },
      [0, 0, 0, 0],
    ],
    ['that never runs', { ScheduleExpression: 'cron(0 5 1 1 ? 2020)' }, [0, 0, 0, 0]],
  ])('with a schedule %s run at its times', (_, properties, counts) => {
    const app = testing(SUNDAYS, 'EBS');
    Object.assign(app.Tests.Properties, properties);
    expect(meters({ A: volume, ...app })[0]).toEqual(tests(counts));
  });

  test('of nothing cost nothing', () => {
    expect(meters({ A: volume, ...testing(SUNDAYS, 'EFS') })).toEqual([]);
    expect(meters({ A: volume, ...testing(SUNDAYS) })).toEqual([]);
  });
});

describe('audits', () => {
  const framework = (...controls: Json[]) => ({
    F: resource('Backup::Framework', { FrameworkControls: controls }),
  });
  const control = (ControlName: string, ...ComplianceResourceTypes: string[]) => ({
    ControlName,
    ...(ComplianceResourceTypes.length > 0 && { ControlScope: { ComplianceResourceTypes } }),
  });
  const PROTECTED = 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN';
  const counts = (more: Json, ...controls: Json[]) =>
    of('auditEvaluation', { A: volume, B: volume, C: bucket, ...framework(...controls), ...more })[0].counts;
  const times = (list: number[], factor: number) => list.map((one) => expect.closeTo(one * factor, 9));

  test.each<[string, Json[], Json, number[], number]>([
    ['resources once a day', [control(PROTECTED)], {}, DAYS, 3],
    ['resources of some types', [control(PROTECTED, 'EBS')], {}, DAYS, 2],
    [
      'plans once a day',
      [control('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK')],
      { More: plan('more') },
      DAYS,
      2,
    ],
    ['vaults once a day', [control('BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED')], {}, DAYS, 1],
    ['recovery points when they are created', [control('BACKUP_RECOVERY_POINT_ENCRYPTED')], {}, DAILY, 3],
    ['each control', [control(PROTECTED), control(PROTECTED, 'S3')], {}, DAYS, 4],
  ])('evaluate %s', (_, controls, more, list, factor) => {
    expect(counts(more, ...controls)).toEqual(times(list, factor));
  });

  test('record each recovery point, those of copies in their own account and Region', () => {
    const copied = rule('d', {
      CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:far' }],
    });
    const all = of('configItem', { A: volume, B: volume, ...framework() }, [copied]);
    expect(all).toEqual([
      {
        item: 'configItem',
        what: 'recovery points recorded by AWS Config',
        region: 'us-east-1',
        counts: DAILY.map((count) => count * 2),
      },
    ]);
    const there = stack('There', framework(control(PROTECTED)), { ...HERE, region: 'eu-west-1' });
    expect(of('configItem', { A: volume }, [copied], there)).toMatchObject([
      { region: 'eu-west-1', counts: DAILY },
    ]);
    expect(of('auditEvaluation', { A: volume }, [copied], there)).toMatchObject([{ counts: [0, 0, 0, 0] }]);
    const other = stack('Other', framework(), { ...HERE, account: '222222222222' });
    expect(of('configItem', { A: volume }, [copied], other)).toMatchObject([{ counts: [0, 0, 0, 0] }]);
  });
});

describe('scans', () => {
  const scanning = (ScanMode: string, more: Json = {}) => [
    rule('daily', { ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode }], ...more }),
  ];
  const withSettings = (resources: Json, rules: Json[]) => {
    const Plan = plan('p', ...rules);
    Object.assign(Plan.Properties.BackupPlan as Json, {
      ScanSettings: [
        {
          MalwareScanner: 'GUARDDUTY',
          ResourceTypes: ['EBS', 'S3'],
          ScannerRoleArn: 'arn:aws:iam::111111111111:role/scanner',
        },
      ],
    });
    return of('malwareScan', { ...resources, Plan });
  };

  test('of resources with the same recovery points are one, by their sizes', () => {
    expect(
      withSettings({ A: volume, B: volume, C: resource('EFS::FileSystem') }, scanning('FULL_SCAN')),
    ).toEqual([
      {
        item: 'malwareScan',
        what: 'malware scans of EBS',
        region: 'us-east-1',
        counts: DAILY,
        resources: [0, 1],
        changedDays: undefined,
      },
    ]);
  });

  test('that are incremental read what changed since the backup before', () => {
    const everyOther = { ScheduleExpression: 'cron(0 5 1,3,5,7 1 ? 2027)' };
    expect(withSettings({ A: volume }, scanning('INCREMENTAL_SCAN', everyOther))).toMatchObject([
      { counts: [0, 4, 0, 0], changedDays: 2 },
    ]);
  });

  test('read neither copies nor continuous backups', () => {
    const arn = 'arn:aws:backup:eu-west-1:111111111111:backup-vault:far';
    expect(
      withSettings(
        { A: volume },
        scanning('FULL_SCAN', { CopyActions: [{ DestinationBackupVaultArn: arn }] }),
      ),
    ).toHaveLength(1);
    expect(withSettings({ A: bucket }, scanning('FULL_SCAN', { EnableContinuousBackup: true }))).toEqual([]);
    expect(withSettings({ A: volume }, [rule()])).toEqual([]);
  });
});

describe('keys and alarms', () => {
  const Key = resource('KMS::Key', { KeyPolicy: { Statement: [] } });
  const locked = (key: string) =>
    resource('Backup::BackupVault', { EncryptionKeyArn: { 'Fn::GetAtt': [key, 'Arn'] } });
  const alarm = (Namespace: string) =>
    resource('CloudWatch::Alarm', { Namespace, MetricName: 'NumberOfBackupJobsFailed', Threshold: 1 });
  const counts = (count: number) => MONTHS.map((month) => month * count);

  test('are counted by Region, each once', () => {
    const keys = { Key, Second: Key, Unused: Key, A: locked('Key'), B: locked('Key'), C: locked('Second') };
    const there = stack(
      'There',
      { Key, A: locked('Key'), Alarm: alarm('AWS/Backup') },
      { ...HERE, region: 'eu-west-1' },
    );
    const app = {
      Data: volume,
      ...keys,
      One: alarm('AWS/Backup'),
      Two: alarm('AWS/Backup'),
      Other: alarm('AWS/EC2'),
    };
    expect(meters(app, [rule()], there)).toEqual([
      { item: 'kmsKey', what: 'KMS keys of vaults', region: 'us-east-1', counts: counts(2) },
      { item: 'kmsKey', what: 'KMS keys of vaults', region: 'eu-west-1', counts: counts(1) },
      { item: 'alarm', what: 'alarms', region: 'us-east-1', counts: counts(2) },
      { item: 'alarm', what: 'alarms', region: 'eu-west-1', counts: counts(1) },
    ]);
  });

  test('cost nothing where nothing is backed up', () => {
    expect(meters({ Key, A: locked('Key'), One: alarm('AWS/Backup') })).toEqual([]);
  });
});
