import { Duration, Fn, Lazy, Stack, TimeZone, Token } from 'aws-cdk-lib';
import { CfnLogicallyAirGappedBackupVault, type IBackupVault } from 'aws-cdk-lib/aws-backup';
import * as fc from 'fast-check';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import type {
  BackupRuleBaseOptions,
  BackupRuleOptions,
  ContinuousRuleOptions,
} from '../../../src/resources/plan/backup-rule-options';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { ScanMode } from '../../../src/resources/plan/scan-settings';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { Retention } from '../../../src/values/plan/retention';
import { BackupCapability } from '../../../src/values/resource-type/capability';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { WeekDay } from '../../../src/values/schedule/week-day';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { budget } from '../../support/budget';
import { refusal, thrown } from '../../support/refusal';
import { rendered } from '../../support/rendered';
import { testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const DAYS35 = Retention.days(35);
const FAR = 'arn:aws:backup:us-east-1:444455556666:backup-vault:far';
const copy = (retention = Retention.days(90)) => CopyAction.toVaultArn(FAR, { retention });

let stack: Stack;
let vault: IBackupVault;
beforeEach(() => {
  stack = testStack();
  vault = BackupVault.fromBackupVaultName(stack, 'Near', 'near');
});

/** The rule in the template of a plan. */
function inTemplate(rule: BackupRule): Record<string, unknown> {
  const plan = new BackupPlan(stack, `Plan${stack.node.children.length}`, { vault, rules: [rule] });
  return rendered(plan).BackupPlan.BackupPlanRule[0];
}

/** The warnings of a plan about the rule. */
function warned(rule: BackupRule): string[] {
  return warningsOf(new BackupPlan(stack, `Plan${stack.node.children.length}`, { vault, rules: [rule] }));
}

/** What JavaScript may pass. */
const untyped = (options: unknown) => options as BackupRuleOptions;

describe('a rule preset', () => {
  const at = (expression: string, name: string, more: object = {}) => ({
    RuleName: name,
    TargetBackupVault: 'near',
    ScheduleExpression: expression,
    Lifecycle: { DeleteAfterDays: 35 },
    ...more,
  });

  test.each([
    [
      'continuous, which checks every day at 05:00 UTC',
      BackupRule.continuous({ retention: DAYS35 }),
      at('cron(0 5 ? * * *)', 'continuous', { EnableContinuousBackup: true }),
    ],
    ['hourly', BackupRule.hourly({ retention: DAYS35 }), at('cron(0 * ? * * *)', 'hourly')],
    ['daily, at 05:00 UTC', BackupRule.daily({ retention: DAYS35 }), at('cron(0 5 ? * * *)', 'daily')],
    ['weekly, on Saturday', BackupRule.weekly({ retention: DAYS35 }), at('cron(0 5 ? * SAT *)', 'weekly')],
    ['monthly, on the first', BackupRule.monthly({ retention: DAYS35 }), at('cron(0 5 1 * ? *)', 'monthly')],
    ['yearly, on 1 January', BackupRule.yearly({ retention: DAYS35 }), at('cron(0 5 1 1 ? *)', 'yearly')],
    [
      'scheduled, by any schedule',
      BackupRule.scheduled({
        schedule: BackupSchedule.expression('cron(30 6,18 ? * MON-FRI *)'),
        retention: DAYS35,
      }),
      at('cron(30 6,18 ? * MON-FRI *)', 'scheduled'),
    ],
  ])('needs only a retention: %s', (_, rule, expected) => {
    expect(inTemplate(rule)).toEqual(expected);
  });

  test.each([
    [
      BackupRule.hourly({ minute: 30, timeZone: TimeZone.ASIA_SEOUL, retention: DAYS35 }),
      'cron(30 * ? * * *)',
    ],
    [
      BackupRule.daily({ hour: 1, minute: 15, timeZone: TimeZone.ASIA_SEOUL, retention: DAYS35 }),
      'cron(15 1 ? * * *)',
    ],
    [
      BackupRule.weekly({
        weekDays: [WeekDay.MONDAY, WeekDay.THURSDAY],
        timeZone: TimeZone.ASIA_SEOUL,
        retention: DAYS35,
      }),
      'cron(0 5 ? * MON,THU *)',
    ],
    [
      BackupRule.monthly({ day: 15, hour: 3, timeZone: TimeZone.ASIA_SEOUL, retention: DAYS35 }),
      'cron(0 3 15 * ? *)',
    ],
    [
      BackupRule.yearly({ month: 6, day: 30, timeZone: TimeZone.ASIA_SEOUL, retention: DAYS35 }),
      'cron(0 5 30 6 ? *)',
    ],
    [
      BackupRule.continuous({
        schedule: BackupSchedule.daily({ hour: 2, timeZone: TimeZone.ASIA_SEOUL }),
        retention: DAYS35,
      }),
      'cron(0 2 ? * * *)',
    ],
  ])('accepts the options of its schedule and the time zone: %s', (rule, expression) => {
    expect(inTemplate(rule)).toMatchObject({
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: 'Asia/Seoul',
    });
  });

  test('has a string form with its name, schedule and retention', () => {
    expect(`${BackupRule.daily({ retention: DAYS35 })}`).toBe(
      'daily: cron(0 5 ? * * *) in UTC, kept 35 days',
    );
    expect(`${BackupRule.monthly({ name: 'archive', retention: Retention.forever() })}`).toBe(
      'archive: cron(0 5 1 * ? *) in UTC, kept forever',
    );
  });
});

test('every CloudFormation property of a rule can be set', () => {
  const airGapped = new CfnLogicallyAirGappedBackupVault(stack, 'AirGapped', {
    backupVaultName: 'air-gapped',
    minRetentionDays: 7,
    maxRetentionDays: 3650,
  });
  const rule = BackupRule.monthly({
    name: 'all.of_it',
    retention: Retention.years(7),
    coldStorageAfter: Duration.days(30),
    archive: true,
    startWindow: Duration.hours(1),
    completionWindow: Duration.hours(2),
    vault: BackupVault.fromBackupVaultName(stack, 'Other', 'other'),
    airGappedVault: airGapped,
    recoveryPointTags: { stage: 'prod', empty: '' },
    copies: [
      CopyAction.toVaultArn(FAR, {
        retention: Retention.years(10),
        coldStorageAfter: Duration.days(60),
        archive: true,
      }),
      copy(),
    ],
    index: ResourceType.EBS,
    scan: ScanMode.INCREMENTAL,
  });

  expect(inTemplate(rule)).toEqual({
    RuleName: 'all.of_it',
    TargetBackupVault: 'other',
    TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['AirGapped', 'BackupVaultArn'] },
    ScheduleExpression: 'cron(0 5 1 * ? *)',
    StartWindowMinutes: 60,
    CompletionWindowMinutes: 120,
    Lifecycle: {
      DeleteAfterDays: 2555,
      MoveToColdStorageAfterDays: 30,
      OptInToArchiveForSupportedResources: true,
    },
    CopyActions: [
      {
        DestinationBackupVaultArn: FAR,
        Lifecycle: {
          DeleteAfterDays: 3650,
          MoveToColdStorageAfterDays: 60,
          OptInToArchiveForSupportedResources: true,
        },
      },
      { DestinationBackupVaultArn: FAR, Lifecycle: { DeleteAfterDays: 90 } },
    ],
    RecoveryPointTags: { stage: 'prod', empty: '' },
    IndexActions: [{ ResourceTypes: ['EBS'] }],
    ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'INCREMENTAL_SCAN' }],
  });
});

describe('a rule that keeps recovery points forever', () => {
  test('has -1 in the template, or no expiration with cold storage', () => {
    expect(inTemplate(BackupRule.daily({ retention: Retention.forever() }))).toHaveProperty('Lifecycle', {
      DeleteAfterDays: -1,
    });
    expect(
      inTemplate(BackupRule.daily({ retention: Retention.forever(), coldStorageAfter: Duration.days(30) })),
    ).toHaveProperty('Lifecycle', { MoveToColdStorageAfterDays: 30 });
  });
});

describe('a rule is a value', () => {
  test('with a string form', () => {
    const rule = BackupRule.weekly({
      retention: Retention.weeks(20),
      coldStorageAfter: Duration.days(10),
      startWindow: Duration.hours(2),
      copies: [copy()],
    });
    expect(rule.name).toBe('weekly');
    expect(rule.schedule.expressionString).toBe('cron(0 5 ? * SAT *)');
    expect(rule.retention.inDays).toBe(140);
    expect(rule.coldStorageAfterDays).toBe(10);
    expect(rule.startWindowMinutes).toBe(120);
    expect(rule.completionWindowMinutes).toBeUndefined();
    expect(rule.archive).toBe(false);
    expect(rule.isContinuous).toBe(false);
    expect(rule.copies.map((each) => each.destinationVaultArn)).toEqual([FAR]);
    expect(BackupRule.continuous({ retention: DAYS35 }).isContinuous).toBe(true);
  });

  test("that doesn't change with the lists and tags passed to it", () => {
    const copies = [copy()];
    const recoveryPointTags: { [key: string]: string } = { stage: 'prod' };
    const rule = BackupRule.daily({ retention: DAYS35, copies, recoveryPointTags });
    copies.push(copy());
    recoveryPointTags.stage = 'dev';
    expect(rule.copies).toHaveLength(1);
    expect(rule.recoveryPointTags).toEqual({ stage: 'prod' });
  });

  test('that several plans can use', () => {
    const rule = BackupRule.daily({ retention: DAYS35 });
    const other = BackupVault.fromBackupVaultName(stack, 'Other', 'other');
    const plans = [vault, other].map(
      (each, index) => new BackupPlan(stack, `Plan${index}`, { vault: each, rules: [rule] }),
    );
    expect(plans.map((plan) => rendered(plan).BackupPlan.BackupPlanRule[0].TargetBackupVault)).toEqual([
      'near',
      'other',
    ]);
  });
});

describe('a value that is known only at deployment', () => {
  test('is passed to the template', () => {
    const number = Token.asNumber(Fn.ref('Number'));
    const text = Fn.ref('Text');
    const rule = BackupRule.scheduled({
      name: text,
      schedule: BackupSchedule.expression(text, TimeZone.of(text)),
      retention: Retention.days(number),
      coldStorageAfter: Duration.days(number),
      startWindow: Duration.minutes(number),
      completionWindow: Duration.minutes(number),
      recoveryPointTags: { stage: text },
      copies: [CopyAction.toVaultArn(text, { retention: Retention.days(number) })],
    });
    expect(inTemplate(rule)).toEqual({
      RuleName: { Ref: 'Text' },
      TargetBackupVault: 'near',
      ScheduleExpression: { Ref: 'Text' },
      ScheduleExpressionTimezone: { Ref: 'Text' },
      StartWindowMinutes: { Ref: 'Number' },
      CompletionWindowMinutes: { Ref: 'Number' },
      Lifecycle: { DeleteAfterDays: { Ref: 'Number' }, MoveToColdStorageAfterDays: { Ref: 'Number' } },
      RecoveryPointTags: { stage: { Ref: 'Text' } },
      CopyActions: [
        { DestinationBackupVaultArn: { Ref: 'Text' }, Lifecycle: { DeleteAfterDays: { Ref: 'Number' } } },
      ],
    });
  });

  test('can be all the tags of the recovery points', () => {
    const recoveryPointTags = Lazy.any({ produce: () => ({ stage: 'prod' }) }) as unknown as {
      [key: string]: string;
    };
    const rule = BackupRule.daily({ retention: DAYS35, recoveryPointTags });
    expect(inTemplate(rule)).toHaveProperty('RecoveryPointTags', { stage: 'prod' });
  });
});

describe('a rule is refused', () => {
  const options = (more: object): BackupRuleOptions => ({ retention: DAYS35, ...more });
  const daily = (more: object) => refusal(() => BackupRule.daily(options(more)));
  const at = ' (in `BackupRule.daily`)';

  test('without a retention, or with another value for it', () => {
    const must = '`retention` must be a `Retention`, since there is no default, got';
    const use = (days = '…') =>
      `use \`Retention.days(${days})\`, or \`Retention.forever()\` to keep recovery points forever${at}`;
    expect(daily({ retention: undefined })).toBe(`${must} nothing; ${use()}`);
    expect(daily({ retention: null })).toBe(`${must} null; ${use()}`);
    expect(daily({ retention: 35 })).toBe(`${must} 35; ${use('35')}`);
    expect(daily({ retention: '35 days' })).toBe(`${must} \`35 days\`; ${use()}`);
    expect(daily({ retention: Duration.days(35) })).toBe(
      `${must} an instance of \`Duration\`; wrap it in \`Retention.of(…)\`${at}`,
    );
  });

  test.each<[string, () => BackupRule, string]>([
    ['continuous', () => BackupRule.continuous(untyped(undefined)), 'BackupRule.continuous'],
    ['hourly', () => BackupRule.hourly(untyped(undefined)), 'BackupRule.hourly'],
    ['daily', () => BackupRule.daily(untyped(undefined)), 'BackupRule.daily'],
    ['weekly', () => BackupRule.weekly(untyped(undefined)), 'BackupRule.weekly'],
    ['monthly', () => BackupRule.monthly(untyped(undefined)), 'BackupRule.monthly'],
    ['yearly', () => BackupRule.yearly(untyped(undefined)), 'BackupRule.yearly'],
  ])('%s without options, by an untyped caller', (_, make, subject) => {
    expect(refusal(make)).toBe(
      `\`retention\` must be a \`Retention\`, since there is no default, got nothing; use \`Retention.days(…)\`, or \`Retention.forever()\` to keep recovery points forever (in \`${subject}\`)`,
    );
  });

  test('with options that are not an object', () => {
    for (const wrong of [null, 'daily', 35, ['daily']])
      expect(refusal(() => BackupRule.daily(untyped(wrong)))).toMatch(
        /^2 problems of `BackupRule.daily`:\n {2}- `options` must be an object, got .*\n {2}- `retention` must be a `Retention`/,
      );
  });

  test('with a schedule that is not a schedule', () => {
    const scheduled = (schedule: unknown) =>
      refusal(() => BackupRule.scheduled({ schedule: schedule as BackupSchedule, retention: DAYS35 }));
    const must = (got: string) =>
      `\`schedule\` must be a \`BackupSchedule\`, got ${got}; for example, use \`BackupSchedule.daily()\` (in \`BackupRule.scheduled\`)`;
    expect(scheduled(undefined)).toBe(must('nothing'));
    expect(scheduled('cron(0 5 ? * * *)')).toBe(must('`cron(0 5 ? * * *)`'));
    expect(
      refusal(() => BackupRule.continuous({ schedule: 5 as unknown as BackupSchedule, retention: DAYS35 })),
    ).toBe(
      '`schedule` must be a `BackupSchedule`, got 5; for example, use `BackupSchedule.daily()` (in `BackupRule.continuous`)',
    );
    expect(refusal(() => BackupRule.scheduled(undefined as never))).toBe(
      '2 problems of `BackupRule.scheduled`:\n' +
        '  - `schedule` must be a `BackupSchedule`, got nothing; for example, use `BackupSchedule.daily()`\n' +
        '  - `retention` must be a `Retention`, since there is no default, got nothing; use `Retention.days(…)`, or `Retention.forever()` to keep recovery points forever',
    );
  });

  test.each<[object, string]>([
    [
      { name: 'every day' },
      "`name` must be 1 to 50 characters from `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got `every day`; use `every-day` (in `BackupRule.daily({ name: 'every day' })`)",
    ],
    [
      { name: null },
      `\`name\` must be 1 to 50 characters from \`a-z\`, \`A-Z\`, \`0-9\`, \`-\`, \`_\` and \`.\`, got null; for example, use \`my-backups\`${at}`,
    ],
    [
      { name: '' },
      "`name` must be 1 to 50 characters from `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got an empty string; for example, use `my-backups` (in `BackupRule.daily({ name: '' })`)",
    ],
    [
      { coldStorageAfter: Duration.days(30) },
      `\`retention\` must be at least 90 days after \`coldStorageAfter\` (30 days), got 35 days; use 120 days or more, or omit \`coldStorageAfter\`${at}`,
    ],
    [
      { coldStorageAfter: Duration.hours(36) },
      `\`coldStorageAfter\` must be a whole number of days, got 1 day 12 hours; write \`Duration.days(2)\`${at}`,
    ],
    [
      { coldStorageAfter: 30 },
      `\`coldStorageAfter\` must be a \`Duration\`, got 30; write \`Duration.days(30)\`${at}`,
    ],
    [
      { coldStorageAfter: 0 },
      `\`coldStorageAfter\` must be a \`Duration\`, got 0; write \`Duration.days(…)\`${at}`,
    ],
    [
      { coldStorageAfter: null },
      `\`coldStorageAfter\` must be a \`Duration\`, got null; write \`Duration.days(…)\`${at}`,
    ],
    [{ archive: 'yes' }, `\`archive\` must be true or false, got \`yes\`${at}`],
    [
      { startWindow: Duration.minutes(30) },
      `\`startWindow\` must be a whole number from 60 to 52560000 minutes, got 30; use 60 minutes or more${at}`,
    ],
    [
      { startWindow: Duration.hours(2), completionWindow: Duration.hours(2) },
      `\`completionWindow\` must be at least 60 minutes longer than \`startWindow\` (120 minutes), got 120 minutes; use 180 minutes or more${at}`,
    ],
    [
      { startWindow: '1 hour' },
      `\`startWindow\` must be a \`Duration\`, got the string \`1 hour\`; write \`Duration.minutes(…)\`${at}`,
    ],
    [
      { completionWindow: 0 },
      `\`completionWindow\` must be a \`Duration\`, got 0; write \`Duration.minutes(…)\`${at}`,
    ],
    [{ hour: 24 }, `\`hour\` must be a whole number from 0 to 23, got 24; use 0 for midnight${at}`],
    [
      { vault: 'near' },
      `\`vault\` must be a backup vault, got \`near\`; import an existing one with \`BackupVault.fromBackupVaultName\`${at}`,
    ],
    [
      { airGappedVault: 'near' },
      `\`airGappedVault\` must be a logically air-gapped vault, got \`near\`${at}`,
    ],
    [
      { copies: 'far' },
      `\`copies\` must be a list, each element a \`CopyAction\`, got \`far\`; use \`CopyAction.toVault\` or \`CopyAction.toVaultArn\`${at}`,
    ],
    [
      { copies: [FAR] },
      `\`copies[0]\` must be a \`CopyAction\`, got \`${FAR}\`; use \`CopyAction.toVault\` or \`CopyAction.toVaultArn\`${at}`,
    ],
    [
      { index: 'EBS' },
      `\`index\` must be a \`ResourceType\`, got \`EBS\`; use \`ResourceType.EBS\` or \`ResourceType.S3\`${at}`,
    ],
    [{ index: ResourceType.EFS }, `\`index\` must be one of EBS and S3, got EFS${at}`],
    [{ scan: 'FULL' }, `\`scan\` must be \`ScanMode.FULL\` or \`ScanMode.INCREMENTAL\`, got \`FULL\`${at}`],
    [
      { recoveryPointTags: [['a', 'b']] },
      `\`recoveryPointTags\` must be an object such as \`{ stage: 'prod' }\`, got an array${at}`,
    ],
    [
      { recoveryPointTags: new Map([['a', 'b']]) },
      `\`recoveryPointTags\` must be an object such as \`{ stage: 'prod' }\`, got an instance of \`Map\`${at}`,
    ],
    [
      { recoveryPointTags: { stage: 5 } },
      `\`recoveryPointTags["stage"]\` must be a tag value of at most 256 characters, got 5; write it in quotes: '5'${at}`,
    ],
    [
      { recoveryPointTags: { 'aws:backup': 'x' } },
      `\`recoveryPointTags["aws:backup"]\` must not begin with \`aws:\`, which is reserved for AWS, got \`aws:backup\`; use another key${at}`,
    ],
    [
      { recoveryPointTags: { 'aws:ResourceTag/stage': 'x' } },
      `\`recoveryPointTags["aws:ResourceTag/stage"]\` must not begin with \`aws:\`, which is reserved for AWS, got \`aws:ResourceTag/stage\`; use another key${at}`,
    ],
    [
      { recoveryPointTags: { '': 'x' } },
      `\`recoveryPointTags[""]\` must be a tag key of 1 to 128 characters, got an empty string; set the key, for example 'backup'${at}`,
    ],
  ])('%j', (more, message) => {
    expect(daily(more)).toBe(message);
  });

  test('with all problems in one error that names the rule', () => {
    expect(
      refusal(() =>
        BackupRule.daily({
          name: 'night run',
          hour: 25,
          retention: Retention.days(100),
          coldStorageAfter: Duration.days(30),
          startWindow: Duration.minutes(30),
          recoveryPointTags: { 'aws:x': 'y' },
        }),
      ),
    ).toBe(
      [
        "5 problems of `BackupRule.daily({ name: 'night run' })`:",
        '`hour` must be a whole number from 0 to 23, got 25',
        '`name` must be 1 to 50 characters from `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got `night run`; use `night-run`',
        '`retention` must be at least 90 days after `coldStorageAfter` (30 days), got 100 days; use 120 days or more',
        '`startWindow` must be a whole number from 60 to 52560000 minutes, got 30; use 60 minutes or more',
        '`recoveryPointTags["aws:x"]` must not begin with `aws:`, which is reserved for AWS, got `aws:x`; use another key',
      ].join('\n  - '),
    );
  });

  test('with a standard vault in place of an air-gapped one, or the reverse', () => {
    const airGapped = new CfnLogicallyAirGappedBackupVault(stack, 'AirGapped', {
      backupVaultName: 'air-gapped',
      minRetentionDays: 7,
      maxRetentionDays: 3650,
    });
    expect(daily({ airGappedVault: vault })).toBe(
      `\`airGappedVault\` must be a logically air-gapped vault, got an instance of \`ImportedBackupVault\`; use \`vault\` for a standard vault${at}`,
    );
    expect(daily({ vault: airGapped })).toBe(
      `\`vault\` must be a backup vault, got an instance of \`CfnLogicallyAirGappedBackupVault\`; set it as \`airGappedVault\` of the rule, and a standard vault as \`vault\`${at}`,
    );
  });
});

describe('a continuous rule is refused', () => {
  const continuous = (more: object) =>
    refusal(() => BackupRule.continuous({ retention: DAYS35, ...more } as ContinuousRuleOptions));
  const at = ' (in `BackupRule.continuous`)';

  test.each([
    ['36 days', Retention.days(36)],
    ['forever', Retention.forever()],
  ])('with a retention of %s', (got, retention) => {
    expect(continuous({ retention })).toBe(
      `\`retention\` of a continuous backup must be 1 to 35 days, got ${got}; use at most 35 days, and add a snapshot rule for anything you keep longer${at}`,
    );
  });

  test('with cold storage, by an untyped caller', () => {
    expect(continuous({ coldStorageAfter: Duration.days(1) })).toBe(
      `\`coldStorageAfter\` can't be combined with continuous backup, which has no cold storage; omit \`coldStorageAfter\`, and add a snapshot rule for anything you move to cold storage${at}`,
    );
  });
});

describe('a plan gets a warning about', () => {
  const of = (name: string) => `of the rule \`${name}\``;

  test('cold storage soon after the backup', () => {
    expect(
      warned(BackupRule.monthly({ retention: Retention.years(1), coldStorageAfter: Duration.days(7) })),
    ).toEqual([
      `Backup-ShortWarmStorage: \`coldStorageAfter\` ${of('monthly')} should be at least 8 days, got 7 days: below that, AWS Backup makes an additional full backup in warm storage; use 8 days or more`,
    ]);
  });

  test('archiving with a rule that runs more than once a month, or without cold storage', () => {
    const retention = Retention.years(1);
    const coldStorageAfter = Duration.days(30);
    expect(warned(BackupRule.weekly({ retention, coldStorageAfter, archive: true }))).toEqual([
      `Backup-ArchiveFrequency: \`archive\` ${of('weekly')} moves EBS snapshots to the archive only if the rule runs once a month or less often; use a monthly or yearly schedule for this rule`,
    ]);
    expect(warned(BackupRule.monthly({ retention, archive: true }))).toEqual([
      `Backup-ArchiveWithoutColdStorage: \`archive\` ${of('monthly')} does nothing without \`coldStorageAfter\`; set \`coldStorageAfter\` to the number of days after which EBS snapshots are archived, or omit \`archive\``,
    ]);
    expect(warned(BackupRule.monthly({ retention, coldStorageAfter, archive: true }))).toEqual([]);
  });

  test('a completion window that ends with the default start window', () => {
    expect(warned(BackupRule.daily({ retention: DAYS35, completionWindow: Duration.hours(8) }))).toEqual([
      `Backup-CompletionWindowDefault: \`completionWindow\` ${of('daily')} should be at least 60 minutes longer than \`startWindow\`, which is 480 minutes by AWS Backup's default, got 480 minutes; use 540 minutes or more, or set \`startWindow\` too`,
    ]);
  });

  test("a day that doesn't exist in every month", () => {
    expect(warned(BackupRule.monthly({ day: 31, retention: DAYS35 }))).toEqual([
      expect.stringMatching(/^Backup-ScheduleSkipsMonths: .+ of the rule `monthly` .+/),
    ]);
  });

  test('more tags and copies than the quotas of AWS Backup', () => {
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 'v']));
    expect(warned(BackupRule.daily({ retention: DAYS35, recoveryPointTags: tags(10) }))).toEqual([]);
    expect(warned(BackupRule.daily({ retention: DAYS35, recoveryPointTags: tags(11) }))).toEqual([
      `Backup-TagsPerRule: \`recoveryPointTags\` ${of('daily')} should be at most 10 tags, got 11, which exceeds AWS Backup's quota for a rule; leave out tags that the resources already have, since AWS Backup copies those too`,
    ]);
    const copies = (count: number) =>
      Array.from({ length: count }, (_, i) => CopyAction.toVaultArn(`${FAR}${i}`, { retention: DAYS35 }));
    expect(warned(BackupRule.daily({ retention: DAYS35, copies: copies(5) }))).toEqual([]);
    expect(warned(BackupRule.daily({ retention: DAYS35, copies: copies(6) }))).toEqual([
      `Backup-CopiesPerRule: \`copies\` ${of('daily')} should be at most 5, got 6, which exceeds AWS Backup's quota for a rule; split the rule`,
    ]);
  });

  test('an index of a type that AWS Backup is not known to index', () => {
    expect(warned(BackupRule.daily({ retention: DAYS35, index: ResourceType.of('New') }))).toEqual([
      `Backup-ActionUndocumented: \`index\` ${of('daily')} is documented only for EBS and S3, got New`,
    ]);
    const known = ResourceType.EFS.withCapabilities({ [BackupCapability.INDEX]: true });
    expect(warned(BackupRule.daily({ retention: DAYS35, index: known }))).toEqual([]);
  });
});

test('untyped callers get a rule or an error message', () => {
  const presets = ['continuous', 'hourly', 'daily', 'weekly', 'monthly', 'yearly', 'scheduled'] as const;
  const property = fc.constantFrom<
    keyof BackupRuleOptions | keyof BackupRuleBaseOptions | 'schedule' | 'hour'
  >(
    ...([
      'name',
      'retention',
      'startWindow',
      'completionWindow',
      'vault',
      'airGappedVault',
      'copies',
    ] as const),
    ...(['recoveryPointTags', 'index', 'scan', 'coldStorageAfter', 'archive', 'schedule', 'hour'] as const),
  );
  const changes = fc.oneof(
    { weight: 1, arbitrary: anything.map((given) => () => given) },
    {
      weight: 6,
      // from what is valid, so that one wrong property is found among good ones
      arbitrary: fc.dictionary(property, anything, { maxKeys: 3 }).map((wrong) => (valid: object) => ({
        ...valid,
        ...wrong,
      })),
    },
  );
  const app = testApp();
  const scope = new Stack(app, 'Stack');
  const near = BackupVault.fromBackupVaultName(scope, 'Near', 'near');
  let count = 0;
  let accepted = 0;
  fc.assert(
    fc.property(fc.constantFrom(...presets), changes, (preset, change) => {
      count += 1;
      const given = change({
        retention: DAYS35,
        ...(preset === 'scheduled' && { schedule: BackupSchedule.daily() }),
      });
      const make = BackupRule[preset] as (options: unknown) => BackupRule;
      const error = thrown(() => {
        new BackupPlan(scope, `Plan${count}`, { vault: near, rules: [make(given)] });
      });
      if (error) expect(error.message).toMatch(/`\w+.*` (must|can't|of|is) /);
      else accepted += 1;
    }),
    { numRuns: 1500 },
  );
  expect(accepted).toBeGreaterThan(budget(50));
});
