import { Duration, type Stack, TimeZone, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { BackupAbsenceAlarm } from '../../../src/monitoring/absence/backup-absence-alarm';
import type { BackupAbsenceAlarmProps } from '../../../src/monitoring/absence/backup-absence-alarm-props';
import { BackupTier } from '../../../src/patterns/core/backup-tier';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { Retention } from '../../../src/values/plan/retention';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { WeekDay } from '../../../src/values/schedule/week-day';
import { refusal } from '../../support/refusal';
import { propertiesOf, synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';
import { type AlarmProperties, AlarmSimulator, type DataPoint } from './alarm-simulator';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const retention = Retention.days(35);
const alarmOf = (rule: BackupRule, props: Partial<BackupAbsenceAlarmProps> = {}) =>
  new BackupAbsenceAlarm(stack, 'NoBackup', {
    plan: new BackupPlan(stack, 'Plan', { vault: new BackupVault(stack, 'Vault'), rules: [rule] }),
    ...props,
  });

describe('the rule of a year, played against an alarm of CloudWatch', () => {
  const every = (hours: number, startHours: number) =>
    BackupRule.scheduled({
      retention,
      schedule: BackupSchedule.everyHours(hours),
      startWindow: Duration.hours(startHours),
    });
  const daily = (timeZone: string, hour = 5, startHours = 1) =>
    BackupRule.daily({
      retention,
      hour,
      timeZone: TimeZone.of(timeZone),
      startWindow: Duration.hours(startHours),
    });

  const RULES: [string, BackupRule, Partial<BackupAbsenceAlarmProps>][] = [
    ['daily in UTC', daily('Etc/UTC'), {}],
    [
      'daily in UTC, with a completion window',
      BackupRule.daily({ retention, startWindow: Duration.hours(2), completionWindow: Duration.hours(3) }),
      {},
    ],
    ['daily in Berlin', daily('Europe/Berlin'), {}],
    ['daily in New York at midnight', daily('America/New_York', 0), {}],
    ['daily in Lord Howe, whose clocks change by half an hour', daily('Australia/Lord_Howe', 4, 2), {}],
    ['daily in Kathmandu', daily('Asia/Kathmandu', 23, 3), {}],
    ['daily, with long backups', daily('Europe/Berlin', 22, 2), { longestBackup: Duration.hours(5) }],
    ['twice a day', every(12, 1), { longestBackup: Duration.hours(1) }],
    [
      'on working days in two halves of the week',
      BackupRule.weekly({
        retention,
        weekDays: [
          WeekDay.MONDAY,
          WeekDay.TUESDAY,
          WeekDay.WEDNESDAY,
          WeekDay.THURSDAY,
          WeekDay.FRIDAY,
          WeekDay.SATURDAY,
          WeekDay.SUNDAY,
        ],
        startWindow: Duration.hours(1),
      }),
      {},
    ],
  ];

  describe.each(RULES)('%s', (_, rule, props) => {
    const FROM = Date.UTC(2026, 11, 1);
    const TO = FROM + 366 * DAY;
    const runs = rule.schedule
      .nextRuns(new Date(FROM), 1000)
      .map((run) => run.getTime())
      .filter((run) => run < TO);
    const usual =
      (rule.startWindowMinutes ?? 480) * MINUTE + (props.longestBackup?.toMilliseconds() ?? 4 * HOUR);
    const completesIn = Math.min(usual, (rule.completionWindowMinutes ?? Number.POSITIVE_INFINITY) * MINUTE);
    let alarm: AlarmProperties;
    let promise: number;
    beforeEach(() => {
      promise = alarmOf(rule, props).detectsWithin.toMilliseconds();
      [alarm] = propertiesOf(stack, 'AWS::CloudWatch::Alarm') as unknown as AlarmProperties[];
    });

    /** Completions anywhere in the windows, from earliest to latest, each with data that is up to 15 minutes late. */
    const pointsOf = (some: readonly number[], salt: number): DataPoint[] =>
      some.map((run, index) => {
        const share = [0, 1, 0.5, 1, 0, 0.25][(index * 7 + salt) % 6];
        const at = run + share * completesIn;
        return { at, visibleAt: at + ((index + salt) % 4) * 5 * MINUTE, value: 1 };
      });
    const EVALUATIONS = [
      { extra: 0, isAligned: true },
      { extra: 3, isAligned: true },
      { extra: 0, isAligned: false },
      { extra: 2, isAligned: false },
    ];

    test('a year without a miss raises nothing', () => {
      EVALUATIONS.forEach((evaluation, salt) => {
        const simulator = new AlarmSimulator(alarm, FROM, pointsOf(runs, salt), evaluation);
        expect(simulator.firstIn('ALARM', FROM, runs[runs.length - 1], 37 * MINUTE)).toBeUndefined();
      });
    });

    test('with a window that is four hours shorter, it would have raised something', () => {
      const hasty = { ...alarm, EvaluationPeriods: alarm.EvaluationPeriods - 4 };
      const points = runs.map((run, index) => {
        const at = run + (index % 2) * completesIn;
        return { at, visibleAt: at + 15 * MINUTE, value: 1 };
      });
      const simulator = new AlarmSimulator(hasty, FROM, points, EVALUATIONS[0]);
      expect(simulator.firstIn('ALARM', FROM + 3 * DAY, TO - 2 * DAY, 31 * MINUTE)).toBeDefined();
    });

    test('a missed run at each position is caught within the promised time', () => {
      const late: string[] = [];
      for (let missed = 4; missed < runs.length - 3; missed++) {
        const evaluation = EVALUATIONS[missed % EVALUATIONS.length];
        const near = runs.slice(missed - 4, missed + 3);
        const points = pointsOf(near, missed).filter((_, index) => index !== 4);
        const simulator = new AlarmSimulator(alarm, FROM - 30 * DAY, points, evaluation);
        const caught = simulator.firstIn('ALARM', runs[missed], runs[missed] + promise + 1, 5 * MINUTE);
        if (caught === undefined) late.push(new Date(runs[missed]).toISOString());
      }
      expect(late).toEqual([]);
    });

    test('a new alarm waits for the first run, and fires if there is none', () => {
      const created = runs[10] + 7 * MINUTE;
      const window = alarm.EvaluationPeriods * HOUR;
      const quiet = new AlarmSimulator(alarm, created, pointsOf(runs.slice(11), 1), EVALUATIONS[1]);
      expect(quiet.firstIn('ALARM', created, created + 30 * DAY, 11 * MINUTE)).toBeUndefined();
      const silent = new AlarmSimulator(alarm, created, [], EVALUATIONS[1]);
      const fired = silent.firstIn('ALARM', created, created + 30 * DAY, 5 * MINUTE) as number;
      expect(fired - created).toBeGreaterThanOrEqual(window);
      expect(fired - created).toBeLessThanOrEqual(window + 5 * MINUTE);
    });
  });

  test('the simulator follows the table of the guide for data that is missing', () => {
    const base = {
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    };
    const states = (data: string, of: Partial<AlarmProperties> = {}) =>
      ['missing', 'breaching', 'notBreaching'].map((TreatMissingData) => {
        const points = [...data].flatMap((sign, index) =>
          sign === '-' ? [] : [{ at: index * MINUTE, visibleAt: 0, value: sign === 'X' ? 1 : 0 }],
        );
        return new AlarmSimulator({ ...base, TreatMissingData, ...of }, -DAY, points, {
          extra: 2,
          isAligned: true,
        }).stateAt(5 * MINUTE);
      });
    expect(states('0-X-X')).toEqual(['OK', 'OK', 'OK']);
    expect(states('0----')).toEqual(['OK', 'OK', 'OK']);
    expect(states('-----')).toEqual(['INSUFFICIENT_DATA', 'ALARM', 'OK']);
    expect(states('0XX-X')).toEqual(['ALARM', 'ALARM', 'ALARM']);
    expect(states('--X--', { DatapointsToAlarm: 1 })).toEqual(['ALARM', 'ALARM', 'ALARM']);
  });
});

test('the alarm says what it promises, in its properties and in its description', () => {
  const rule = BackupRule.daily({ retention, startWindow: Duration.hours(1) });
  const { detectsWithin, window } = alarmOf(rule, {
    runbook: 'https://wiki.example.com/backup',
    alarmName: 'no-backup',
  });
  expect([window.toHours(), detectsWithin.toMinutes()]).toEqual([31, 16 * 60 + 5]);
  const template = synthesize(stack);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'no-backup',
    AlarmDescription: Match.objectLike({
      'Fn::Join': [
        '',
        [
          'No backup completed in vault ',
          Match.anyValue(),
          ' for 31 hours. A missed run of rule daily is detected within 16 hours 5 minutes of its scheduled time. What to do: https://wiki.example.com/backup',
        ],
      ],
    }),
    MetricName: 'NumberOfBackupJobsCompleted',
    Period: 3600,
    EvaluationPeriods: 31,
    TreatMissingData: 'breaching',
    WarmUpConfiguration: {
      WarmUpPeriodDurationInMinutes: 31 * 60,
      OnlyStartEvaluatingAfterWarmUpPeriodEnds: true,
    },
    AlarmActions: Match.absent(),
  });
});

test('a topic is notified, and CloudWatch may publish to it and use its key', () => {
  const topic = new Topic(stack, 'Topic', { masterKey: new Key(stack, 'Key'), enforceSSL: true });
  const alarm = alarmOf(BackupRule.daily({ retention, startWindow: Duration.hours(1) }), { topic });
  const template = synthesize(stack);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [stack.resolve(topic.topicArn)] });
  expect(JSON.stringify(template.findResources('AWS::SNS::TopicPolicy'))).toContain(
    'cloudwatch.amazonaws.com',
  );
  expect(JSON.stringify(template.findResources('AWS::KMS::Key'))).toContain('cloudwatch.amazonaws.com');
  expect(warningsOf(alarm)).toEqual([]);
});

test('another window makes another alarm, which warms up again', () => {
  const idOf = (startHours: number) => {
    stack = testStack();
    alarmOf(BackupRule.daily({ retention, startWindow: Duration.hours(startHours) }));
    return Object.keys(synthesize(stack).findResources('AWS::CloudWatch::Alarm'));
  };
  expect(idOf(2)).not.toEqual(idOf(1));
});

describe('a rule whose missed runs no alarm can all catch is refused', () => {
  const hours = Duration.hours(1);
  const WHAT = (name: string) =>
    `\`plan\` has the rule \`${name}\`, for which no alarm catches each missed run: `;
  const CHECK = 'use a `BackupFreshnessCheck`, which tells the rules apart (in `Stack/NoBackup`)';
  test.each<[string, () => BackupRule, string]>([
    [
      'weekly',
      () => BackupRule.weekly({ retention, startWindow: hours }),
      `${WHAT('weekly')}it would have to look back 175 hours, and a new alarm can wait 48 hours at most; ${CHECK}`,
    ],
    [
      'hourly',
      () => BackupRule.hourly({ retention, startWindow: hours }),
      `${WHAT('hourly')}a missed run can be followed by the next one 1 hour later, before the alarm fires; shorten \`startWindow\` or \`longestBackup\`, or ${CHECK}`,
    ],
    [
      'daily in the default start window',
      () => BackupTier.BRONZE.rules[0],
      `${WHAT('daily')}a missed run can be followed by the next one 1 day later, before the alarm fires; shorten \`startWindow\` or \`longestBackup\`, or ${CHECK}`,
    ],
    [
      'daily at a time that clocks skip',
      () =>
        BackupRule.daily({
          retention,
          hour: 2,
          minute: 30,
          timeZone: TimeZone.of('Europe/Berlin'),
          startWindow: hours,
        }),
      `${WHAT('daily')}it would have to look back 54 hours, and a new alarm can wait 48 hours at most; ${CHECK}`,
    ],
    [
      'continuous',
      () => BackupRule.continuous({ retention }),
      `${WHAT('continuous')}continuous backups complete no job for each run; ${CHECK}`,
    ],
    [
      'a schedule that ends',
      () =>
        BackupRule.scheduled({
          retention,
          startWindow: hours,
          schedule: BackupSchedule.expression('cron(0 5 1 1 ? 2027)'),
        }),
      `${WHAT('scheduled')}\`cron(0 5 1 1 ? 2027) in UTC\` has fewer than three runs in eight years; ${CHECK}`,
    ],
    [
      'an air-gapped target',
      () =>
        BackupRule.daily({
          retention,
          startWindow: hours,
          airGappedVault: new LogicallyAirGappedVault(stack, 'Safe', {
            minRetention: Duration.days(7),
            maxRetention: Duration.days(60),
            acknowledgeIrreversible: true,
          }),
        }),
      `${WHAT('daily')}its recovery points are in a logically air-gapped vault; ${CHECK}`,
    ],
    [
      'windows that are known at deployment',
      () =>
        BackupRule.daily({ retention, startWindow: Duration.minutes(Token.asNumber({ Ref: 'Minutes' })) }),
      `${WHAT('daily')}its schedule or its windows are known only at deployment; ${CHECK}`,
    ],
  ])('%s', (_, make, message) => {
    expect(refusal(() => alarmOf(make()))).toBe(message);
  });

  test('one of several rules for a vault', () => {
    const plan = new BackupPlan(stack, 'Plan', {
      vault: new BackupVault(stack, 'Vault'),
      rules: BackupTier.SILVER.rules,
    });
    expect(refusal(() => new BackupAbsenceAlarm(stack, 'NoBackup', { plan, ruleName: 'daily' }))).toBe(
      `${WHAT('daily')}\`weekly\` and \`monthly\` of the same plan back up to the same vault, whose metrics don't tell rules apart; ${CHECK}`,
    );
  });
});

describe('mistakes', () => {
  const daily = BackupRule.daily({ retention, startWindow: Duration.hours(1) });
  const IN = ' (in `Stack/NoBackup`)';
  test.each<[string, () => object, string]>([
    [
      'no plan',
      () => ({}),
      '`plan` must be a `BackupPlan` of this library, got nothing; for a plan of the console or of another app, use a `BackupFreshnessCheck`',
    ],
    [
      'a rule that is not there',
      () => ({
        plan: new BackupPlan(stack, 'Plan', { vault: new BackupVault(stack, 'Vault'), rules: [daily] }),
        ruleName: 'weekly',
      }),
      '`ruleName` must be `daily`, got `weekly`; name one of the rules',
    ],
    [
      'a plan without rules',
      () => ({ plan: new BackupPlan(stack, 'Plan') }),
      '`ruleName` names a rule, but the plan `Stack/Plan` has none; add the rules before the alarm',
    ],
  ])('%s', (_, props, message) => {
    expect(refusal(() => new BackupAbsenceAlarm(stack, 'NoBackup', props() as never))).toBe(message + IN);
  });

  test('another plan that backs up to the same vault', () => {
    const vault = new BackupVault(stack, 'Vault');
    const plan = new BackupPlan(stack, 'Plan', { vault, rules: [daily] });
    new BackupPlan(stack, 'Other', { vault, rules: [BackupRule.weekly({ retention })] });
    new BackupAbsenceAlarm(stack, 'NoBackup', { plan });
    expect(synthesisRefusal(stack)).toContain(
      '`plan` backs up to `Stack/Vault`, and so does `weekly` of `Stack/Other`: their backups hide the missing ones of `daily`; give `daily` a vault of its own, or use a `BackupFreshnessCheck`, which tells the rules apart',
    );
  });

  test('a vault that other plans may use', () => {
    const vault = BackupVault.fromBackupVaultName(stack, 'Vault', 'gold');
    const alarm = new BackupAbsenceAlarm(stack, 'NoBackup', {
      plan: new BackupPlan(stack, 'Plan', { vault, rules: [daily] }),
    });
    synthesize(stack);
    expect(warningsOf(alarm)).toEqual([
      'Backup-AbsenceAlarmImported: `plan` backs up to `Stack/Vault`, which is not in this app: if other plans back up to it, they hide missing backups; use a vault of the app, or use a `BackupFreshnessCheck`, which tells the rules apart',
    ]);
  });
});
