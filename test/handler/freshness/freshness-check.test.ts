import { TimeZone } from 'aws-cdk-lib';
import { checkFreshness, type FreshnessRequest } from '../../../src/handler/freshness/freshness-check';
import type { Objective } from '../../../src/handler/freshness/objective';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { Retention } from '../../../src/values/plan/retention';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { WeekDay } from '../../../src/values/schedule/week-day';
import { Faults } from '../support/fakes';
import { awsError } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';
import { FakeAccount } from './fake-account';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 2);
const DISK = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1';

/** The objective of a rule, as the construct sends it. */
function objectiveOf(rule: BackupRule, within: number, more: Partial<Objective> = {}): Objective {
  const cron = rule.schedule._cron;
  if (!cron) throw new Error('a token');
  return {
    tier: 'gold',
    what: `rule ${rule.name} of plan gold`,
    vault: 'gold',
    schedule: { ...cron, years: undefined, zone: rule.schedule.timeZone?.timezoneName },
    within,
    keep: rule.retention.inDays,
    ...more,
  };
}

const requestOf = (...objectives: Objective[]): FreshnessRequest => ({
  check: 'gold',
  namespace: 'BackupFreshness',
  forgetAfter: 7 * 24 * 60,
  topic: 'arn:aws:sns:eu-west-1:111122223333:on-call',
  objectives: JSON.parse(JSON.stringify(objectives)),
});

/** One invocation at an instant. */
function check(account: FakeAccount, request: FreshnessRequest, at: number, seconds = 900): Promise<number> {
  const runtime = new VirtualRuntime(at);
  return runtime.until(checkFreshness(request, account, { ...runtime, deadline: at + seconds * 1_000 }));
}

const daily = BackupRule.daily({ retention: Retention.days(35) });
const weekly = BackupRule.weekly({ retention: Retention.days(91), weekDays: [WeekDay.SUNDAY] });
const DAILY = objectiveOf(daily, 12 * 60);
const WEEKLY = objectiveOf(weekly, 12 * 60);

describe('a year of backups, checked every hour on a virtual clock', () => {
  const inZone = (zone: string) => ({ timeZone: TimeZone.of(zone) });
  const rules: [string, BackupRule, number][] = [
    ['daily in UTC', daily, 1],
    [
      'daily in Berlin, at a time that clocks skip',
      BackupRule.daily({ retention: Retention.days(35), hour: 2, minute: 30, ...inZone('Europe/Berlin') }),
      1,
    ],
    [
      'on working days in New York',
      BackupRule.weekly({
        retention: Retention.days(35),
        weekDays: Object.values(WeekDay).filter((day) => !day.startsWith('S')),
        ...inZone('America/New_York'),
      }),
      1,
    ],
    [
      'weekly in Lord Howe',
      BackupRule.weekly({ retention: Retention.days(91), ...inZone('Australia/Lord_Howe') }),
      4,
    ],
    ['monthly', BackupRule.monthly({ retention: Retention.years(1) }), 12],
    ['yearly', BackupRule.yearly({ retention: Retention.years(7) }), 120],
    [
      'every six hours',
      BackupRule.scheduled({ retention: Retention.days(7), schedule: BackupSchedule.everyHours(6) }),
      1,
    ],
  ];
  const WITHIN = 5 * 60;

  test.each(rules)('%s: no miss raises nothing, and each miss is found in time', async (_, rule, every) => {
    const objective = objectiveOf(rule, WITHIN);
    const runs = rule.schedule
      .nextRuns(new Date(START - 3 * 366 * DAY), 6_000)
      .map((run) => run.getTime())
      .filter((run) => run < START + (every > 100 ? 6 : 1) * 366 * DAY);
    const first = runs.findIndex((run) => run > START);
    const positions = runs.map((_run, index) => index).slice(Math.max(first, 2), -1);
    const tested = positions.filter(
      (_p, index) => index % Math.max(1, Math.floor(positions.length / 60)) === 0,
    );
    expect(tested.length).toBeGreaterThan(every > 100 ? 3 : 9);
    for (const missed of tested) {
      const account = new FakeAccount();
      for (const index of [missed - 2, missed - 1])
        account.backUp('gold', DISK, runs[index] + ((missed * 17) % WITHIN) * MINUTE, rule.retention.inDays);
      const due = runs[missed] + WITHIN * MINUTE + 15 * MINUTE;
      expect(await check(account, requestOf(objective), due - 1)).toBe(0);
      expect(account.messages).toEqual([]);
      expect(await check(account, requestOf(objective), due + HOUR)).toBe(1);
      expect(account.messages).toHaveLength(1);
      // the next run is complete in time, and all is well again
      account.backUp('gold', DISK, runs[missed + 1], rule.retention.inDays);
      expect(await check(account, requestOf(objective), runs[missed + 1] + 2 * HOUR)).toBe(0);
    }
  });
});

describe('rules that differ', () => {
  const SUNDAY = Date.UTC(2026, 10, 8, 5);

  test('a daily backup does not hide a missing weekly one', async () => {
    const account = new FakeAccount();
    for (let day = -21; day <= 1; day++) account.backUp('gold', DISK, SUNDAY + day * DAY, 35);
    account.backUp('gold', DISK, SUNDAY - 14 * DAY, 91);
    expect(await check(account, requestOf(DAILY, WEEKLY), SUNDAY + DAY + 2 * HOUR)).toBe(1);
    expect(account.messages[0].Message).toContain(
      `${DISK} (EBS), rule weekly of plan gold: last recovery point 2026-10-25T05:00:00Z, expected by 2026-11-01T17:15:00Z`,
    );
    expect(account.metric('ResourcesOutOfObjective', 'gold', 'EBS')).toBe(1);
  });

  test('one recovery point counts for all rules that ran at the time, and is kept for the longest of their retentions', async () => {
    const account = new FakeAccount();
    for (let day = -8; day < 0; day++) account.backUp('gold', DISK, SUNDAY + day * DAY, day === -7 ? 91 : 35);
    account.backUp('gold', DISK, SUNDAY, 91);
    expect(await check(account, requestOf(DAILY, WEEKLY), SUNDAY + 20 * HOUR)).toBe(0);
  });

  test('a new resource is not late for the run before its first recovery point', async () => {
    const account = new FakeAccount();
    account.backUp('gold', DISK, SUNDAY + 2 * DAY, 35);
    expect(await check(account, requestOf(DAILY, WEEKLY), SUNDAY + 2 * DAY + HOUR)).toBe(0);
  });

  test('a vault hides nothing that another vault has newer recovery points of', async () => {
    const account = new FakeAccount();
    account.backUp('gold', DISK, SUNDAY - 3 * DAY, 35);
    account.backUp('other', DISK, SUNDAY, 35);
    const alone = { ...DAILY, decidedByLastBackup: true };
    expect(await check(account, requestOf(alone), SUNDAY)).toBe(1);
  });

  test('where one rule decides, no recovery points are read', async () => {
    const account = new FakeAccount();
    account.backUp('gold', DISK, SUNDAY - 3 * DAY, 35);
    expect(await check(account, requestOf({ ...DAILY, decidedByLastBackup: true }), SUNDAY)).toBe(1);
    expect(account.faults.names).not.toContain('backup:ListRecoveryPointsByBackupVault');
  });

  test.each<[string, object, number]>([
    ['complete', {}, 0],
    ['partial', { Status: 'PARTIAL' }, 1],
    ['being created', { Status: 'CREATING' }, 1],
    ['a member of a composite one', { ParentRecoveryPointArn: 'arn:parent' }, 1],
  ])('a recovery point that is %s', async (_, more, late) => {
    const account = new FakeAccount();
    account.backUp('gold', DISK, SUNDAY - 3 * DAY, 35);
    account.backUp('gold', DISK, SUNDAY, 35, more);
    expect(await check(account, requestOf(DAILY), SUNDAY + HOUR)).toBe(late);
  });

  test.each<[string, number]>([
    ['AVAILABLE', 0],
    ['STOPPED', 1],
  ])('a continuous backup in state %s', async (Status, late) => {
    const account = new FakeAccount();
    account.backUp('gold', DISK, SUNDAY - 20 * DAY, 35, { Status: Status as never });
    expect(await check(account, requestOf({ ...DAILY, continuous: true }), SUNDAY - 18 * DAY)).toBe(late);
  });

  test('a greatest age instead of a schedule, for copies in a central vault', async () => {
    const account = new FakeAccount();
    const age: Objective = { tier: 'central', what: 'vault central', vault: 'central', maxAge: 26 * 60 };
    account.backUp('central', DISK, SUNDAY, 90);
    expect(await check(account, requestOf(age), SUNDAY + 26 * HOUR - 1)).toBe(0);
    expect(account.metric('AgeAgainstObjective', 'central', 'EBS')).toBeCloseTo(100, 3);
    expect(await check(account, requestOf(age), SUNDAY + 26 * HOUR)).toBe(1);
  });
});

describe('messages', () => {
  const NOW = Date.UTC(2026, 10, 8, 18);

  test('one message has the names, and the next only what became late since', async () => {
    const account = new FakeAccount();
    const request = {
      ...requestOf(DAILY),
      runbook: 'https://wiki.example.com/backup',
      console: 'https://console.aws.amazon.com/backup/home?region=eu-west-1',
    };
    account.backUp('gold', DISK, NOW - 37 * HOUR, 35);
    account.backUp('gold', 'arn:fs-1', NOW - 13 * HOUR, 35, { ResourceType: 'EFS' });
    await check(account, request, NOW + 123); // messages have no fractions of a second
    expect(account.messages).toEqual([
      {
        TopicArn: 'arn:aws:sns:eu-west-1:111122223333:on-call',
        Subject: 'Backup missing: 1 resource',
        Message: `A backup did not happen, found by check gold at 2026-11-08T18:00:00Z.

${DISK} (EBS), rule daily of plan gold: last recovery point 2026-11-07T05:00:00Z, expected by 2026-11-08T17:15:00Z

What to do: https://wiki.example.com/backup

Console: https://console.aws.amazon.com/backup/home?region=eu-west-1`,
      },
    ]);
    await check(account, request, NOW + HOUR);
    expect(account.messages).toHaveLength(1);
    await check(account, request, NOW + DAY);
    expect(account.messages).toHaveLength(2);
    expect(account.messages[1].Message).toContain('Missing in all, with earlier messages: 2');
    expect(account.messages[1].Message).not.toContain(DISK);
  });

  test('what is late for a week is taken for deleted', async () => {
    const account = new FakeAccount();
    account.backUp('gold', DISK, NOW - 3 * DAY, 35);
    expect(await check(account, requestOf(DAILY), NOW)).toBe(1);
    expect(await check(account, requestOf(DAILY), NOW + 6 * DAY)).toBe(0);
  });

  test('a resource that other rules back up is not taken for deleted', async () => {
    const account = new FakeAccount();
    for (let day = 0; day < 40; day++) account.backUp('gold', DISK, NOW - 13 * HOUR - day * DAY, 35);
    expect(await check(account, requestOf(DAILY, WEEKLY), NOW)).toBe(1);
  });

  test('a rule that backs up nothing is late once the check has been there for a run', async () => {
    const account = new FakeAccount();
    expect(await check(account, requestOf(DAILY), NOW)).toBe(0);
    for (let hour = 1; hour < 23; hour++) await check(account, requestOf(DAILY), NOW + hour * HOUR);
    expect(account.messages).toEqual([]);
    expect(await check(account, requestOf(DAILY), NOW + DAY)).toBe(1);
    expect(account.messages[0].Message).toContain(
      'nothing is backed up, rule daily of plan gold: no recovery point, expected by 2026-11-09T17:15:00Z',
    );
    expect(account.metric('AgeAgainstObjective', 'gold', 'None')).toBeCloseTo((24 / 23.25) * 100);
  });
});

describe('locks that become final', () => {
  test('one message, some days before, and the days that are left as a metric', async () => {
    const account = new FakeAccount();
    const final = Date.UTC(2026, 10, 20, 12, 30);
    account.lockDates.set('gold', new Date(final));
    const request = {
      ...requestOf(DAILY),
      locks: ['gold', 'silver'],
      lockNotice: 3,
      runbook: 'https://wiki.example.com/locks',
      console: 'https://console.aws.amazon.com/backup/home?region=eu-west-1',
    };
    for (let hour = -5 * 24; hour < 30; hour++) {
      account.backUp('gold', DISK, final + hour * HOUR, 35);
      await check(account, request, final + hour * HOUR);
    }
    expect(account.messages).toEqual([
      {
        TopicArn: request.topic,
        Subject: 'Backup vault lock becomes final',
        Message: `The lock of vault gold becomes final at 2026-11-20T12:30:00Z. After that, nobody can change or remove it, and no recovery point can be deleted early.

What to do: https://wiki.example.com/locks

Console: https://console.aws.amazon.com/backup/home?region=eu-west-1`,
      },
    ]);
    const left = account.metrics.filter(({ MetricName }) => MetricName === 'DaysUntilLockIsFinal');
    expect([left[0].Value, left.at(-1)?.Value]).toEqual([5, 1 / 24]);
  });
});

describe('faults', () => {
  const NOW = Date.UTC(2026, 10, 8, 18);
  const CALLS = [
    'cloudwatch:GetMetricData',
    'backup:ListProtectedResources',
    'backup:ListRecoveryPointsByBackupVault',
    'sns:Publish',
    'cloudwatch:PutMetricData',
  ];
  const late = (faults?: Faults) => {
    const account = new FakeAccount(faults);
    account.pageSize = 2;
    for (let i = 0; i < 5; i++) account.backUp('gold', `arn:disk-${i}`, NOW - 37 * HOUR, 35);
    return account;
  };

  test('throttling at any call delays the check, and changes nothing', async () => {
    const calm = late();
    await check(calm, requestOf(DAILY), NOW);
    expect(new Set(calm.faults.names)).toEqual(new Set(CALLS));
    for (let call = 0; call < calm.faults.calls; call++) {
      const account = late(new Faults({ call, error: awsError('ThrottlingException'), times: 4 }));
      expect(await check(account, requestOf(DAILY), NOW)).toBe(5);
      expect(account.messages).toHaveLength(1);
      expect(account.metric('ResourcesOutOfObjective')).toBe(5);
      expect(account.metric('LastSuccess')).toBe(NOW / 1_000);
    }
  });

  test('a call that fails for good leaves no sign of success, so that the alarm of the check fires', async () => {
    const { calls } = await check(late(), requestOf(DAILY), NOW).then(() => ({ calls: 9 }));
    for (let call = 0; call < calls; call++) {
      const account = late(new Faults({ call, error: awsError('ValidationException'), times: 1_000 }));
      await expect(check(account, requestOf(DAILY), NOW)).rejects.toThrow();
      expect(account.metric('LastSuccess')).toBeUndefined();
    }
  });

  test('a vault that cannot be read does not keep the others from being checked', async () => {
    const account = late();
    account.closed.add('silver');
    const silver = { ...WEEKLY, vault: 'silver', tier: 'silver' };
    await expect(check(account, requestOf(silver, DAILY), NOW, 120)).rejects.toThrow(
      'not everything was checked: vault silver: AccessDeniedException: no; look for a service control policy',
    );
    expect(account.messages).toHaveLength(1);
    expect(account.metric('ResourcesOutOfObjective', 'gold', 'EBS')).toBe(5);
    expect(account.metric('LastSuccess')).toBeUndefined();
  });

  test('10,000 resources with 35 recovery points each: few metrics, a short message, and no point stays in memory', async () => {
    const account = new FakeAccount();
    const types = ['EBS', 'EFS', 'S3', 'DynamoDB'];
    let pages = 0;
    account.listRecoveryPoints = async ({ NextToken }) => {
      const page = Number(NextToken ?? 0);
      pages++;
      const points = Array.from({ length: 1_000 }, (_, i) => {
        const id = page * 1_000 + i;
        return {
          ResourceArn: `arn:disk-${id % 10_000}`,
          ResourceType: types[id % 4],
          CreationDate: new Date(NOW - 13 * HOUR - Math.floor(id / 10_000 + 1) * DAY),
          Status: 'COMPLETED' as const,
          Lifecycle: { DeleteAfterDays: 35 },
        };
      });
      return { RecoveryPoints: points, NextToken: page === 349 ? undefined : String(page + 1) };
    };
    account.vaults.set('other', []);
    expect(await check(account, requestOf(DAILY, WEEKLY), NOW)).toBe(20_000);
    expect(pages).toBe(350);
    expect(account.metrics).toHaveLength(2 * types.length + 2);
    expect(account.metric('ResourcesOutOfObjective')).toBe(10_000);
    expect(account.messages[0].Message?.split('\n').length).toBeLessThan(110);
  });
});
