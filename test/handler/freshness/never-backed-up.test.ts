import type { BackupSelection } from '@aws-sdk/client-backup';
import { FirstSeen } from '../../../src/handler/freshness/first-seen';
import { checkFreshness, type FreshnessRequest } from '../../../src/handler/freshness/freshness-check';
import { Deadlines, type Objective } from '../../../src/handler/freshness/objective';
import { Faults } from '../support/fakes';
import { awsError } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';
import { FakeAccount } from './fake-account';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Sunday; runs are at 5 o'clock. */
const MIDNIGHT = Date.UTC(2026, 10, 8);
const DISK = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1';
const NEW = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-2';
const GOLD = { backup: 'gold' };
const BY_TAG: BackupSelection = {
  SelectionName: 'Tags',
  IamRoleArn: 'arn:aws:iam::111122223333:role/backup',
  ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'gold' }],
};

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const objectiveOf = (
  days: NonNullable<Objective['schedule']>['days'],
  { zone, hours = [5], months = range(1, 12) }: { zone?: string; hours?: number[]; months?: number[] } = {},
): Objective => ({
  tier: 'gold',
  what: 'rule of plan gold',
  vault: 'gold',
  schedule: { minute: 0, hours, months, days, zone },
  within: 300,
  keep: 35,
});
const DAILY = objectiveOf({ kind: 'days', days: range(1, 31) });
const WEEKLY = { ...objectiveOf({ kind: 'weekDays', weekDays: [1] }), keep: 91 };

const requestOf = (...objectives: Objective[]): FreshnessRequest => ({
  check: 'gold',
  namespace: 'BackupFreshness',
  forgetAfter: 7 * 24 * 60,
  topic: 'arn:aws:sns:eu-west-1:111122223333:on-call',
  objectives,
  plans: [{ id: 'plan-1', name: 'gold', objectives: [...objectives.keys()] }],
  memory: 'memory',
});

function check(account: FakeAccount, request: FreshnessRequest, at: number, seconds = 900): Promise<number> {
  const runtime = new VirtualRuntime(at);
  return runtime.until(checkFreshness(request, account, { ...runtime, deadline: at + seconds * 1_000 }));
}

/** An account in which a disk is backed up each day, and the plan selects by tag. */
function backedUp(selection: BackupSelection = BY_TAG, faults?: Faults): FakeAccount {
  const account = new FakeAccount(faults);
  account.selections.set('plan-1', [selection]);
  account.tagged.set(DISK, GOLD);
  for (let day = -30; day < 60; day++)
    account.backUp('gold', DISK, MIDNIGHT + day * DAY + 6 * HOUR, day % 7 === 0 ? 91 : 35);
  return account;
}

/** Everything that was found, hour by hour. */
async function messagesOf(account: FakeAccount, hours: number, request = requestOf(DAILY), from = 0) {
  for (let hour = from; hour < hours; hour++) await check(account, request, MIDNIGHT + hour * HOUR);
  return account.messages.map(({ Message = '' }) => Message.split('\n')[2]);
}

test('a resource that a plan selects and never backed up is late after its first run, once', async () => {
  const account = backedUp();
  account.tagged.set(NEW, GOLD);
  expect(await messagesOf(account, 30)).toEqual([
    `${NEW} (EBS), selected by plan gold: no recovery point, expected by 2026-11-08T10:15:00Z`,
  ]);
  expect(account.metric('ResourcesOutOfObjective', 'gold', 'EBS')).toBe(1);
});

test('what all rules of a plan miss is reported once, not for each rule', async () => {
  const account = new FakeAccount();
  account.selections.set('plan-1', [BY_TAG]);
  account.tagged.set(NEW, GOLD);
  expect(await messagesOf(account, 9 * 24, requestOf(DAILY, WEEKLY))).toEqual([
    `${NEW} (EBS), selected by plan gold: no recovery point, expected by 2026-11-08T10:15:00Z`,
  ]);
  expect(await check(account, requestOf(DAILY, WEEKLY), MIDNIGHT + 9 * DAY)).toBe(1);
});

test('a rule that backs up nothing is late, although what the plan selects still has time', async () => {
  const account = new FakeAccount();
  account.selections.set('plan-1', [BY_TAG]);
  await check(account, requestOf(DAILY), MIDNIGHT);
  account.tagged.set(NEW, GOLD);
  expect(await check(account, requestOf(DAILY), MIDNIGHT + 11 * HOUR)).toBe(1);
  expect(account.messages.map(({ Message = '' }) => Message.split('\n')[2])).toEqual([
    'nothing is backed up, rule of plan gold: no recovery point, expected by 2026-11-08T10:15:00Z',
  ]);
  expect(account.metric('AgeAgainstObjective', 'gold', 'EBS')).toBe(0);
});

test('a resource that was tagged after the last run waits for the next one', async () => {
  const account = backedUp();
  await messagesOf(account, 12);
  account.tagged.set(NEW, GOLD);
  expect(await messagesOf(account, 36, requestOf(DAILY), 12)).toEqual([
    `${NEW} (EBS), selected by plan gold: no recovery point, expected by 2026-11-09T10:15:00Z`,
  ]);
});

test('a resource that is backed up in time, or that goes before, is never late', async () => {
  const account = backedUp();
  account.tagged.set(NEW, GOLD);
  account.tagged.set(`${NEW}9`, GOLD);
  await messagesOf(account, 5);
  account.backUp('gold', NEW, MIDNIGHT + 7 * HOUR, 35);
  account.tagged.delete(`${NEW}9`);
  expect(await messagesOf(account, 24)).toEqual([]);
  expect(account.memory).toBe('-');
});

test('recovery points in other vaults do not count', async () => {
  const account = backedUp();
  account.tagged.set(NEW, GOLD);
  account.backUp('other', NEW, MIDNIGHT, 35);
  expect(await messagesOf(account, 24)).toHaveLength(1);
});

test('what several plans ask for in the same way is read once a check', async () => {
  const account = backedUp();
  account.selections.set('plan-2', [BY_TAG, BY_TAG]);
  for (const name of ['one', 'two']) {
    account.tagged.set(`arn:aws:rds:eu-west-1:111122223333:db:${name}`, GOLD);
    account.databases.push({ DBInstanceArn: `arn:aws:rds:eu-west-1:111122223333:db:${name}` });
  }
  const plans = ['plan-1', 'plan-2'].map((id) => ({ id, name: id, objectives: [0] }));
  await check(account, { ...requestOf(DAILY), plans }, MIDNIGHT);
  const count = (call: string) => account.faults.names.filter((name) => name === call).length;
  expect(count('backup:ListBackupSelections')).toBe(2);
  for (const call of ['tag:GetResources', 'backup:DescribeRegionSettings', 'rds:DescribeDBInstances'])
    expect([call, count(call)]).toEqual([call, 1]);
});

describe.each<[string, Objective, number]>([
  ['daily', DAILY, 1],
  [
    'daily in Berlin, through both clock changes',
    objectiveOf(DAILY.schedule?.days as never, { zone: 'Europe/Berlin', hours: [2] }),
    1,
  ],
  [
    'daily in New York',
    objectiveOf(DAILY.schedule?.days as never, { zone: 'America/New_York', hours: [2] }),
    1,
  ],
  [
    'every six hours in Lord Howe',
    objectiveOf(DAILY.schedule?.days as never, { zone: 'Australia/Lord_Howe', hours: [0, 6, 12, 18] }),
    1,
  ],
  ['weekly', WEEKLY, 4],
  ['monthly', objectiveOf({ kind: 'days', days: [1] }), 12],
  ['yearly', objectiveOf({ kind: 'days', days: [1] }, { months: [1] }), 12],
])('in a year, %s', (_, objective, interval) => {
  const tested = range(0, 11).map((month) => Date.UTC(2026, month, 1 + ((month * 7) % 27), month * 2, 17));

  test('a resource that is never backed up is found in time, and one that is backed up is not', async () => {
    for (const created of tested) {
      const account = new FakeAccount();
      account.selections.set('plan-1', [BY_TAG]);
      account.backUp('gold', DISK, created, 36_500);
      account.tagged.set(NEW, GOLD);
      const request = requestOf({ ...objective, keep: undefined, maxAge: undefined });
      const due = new Deadlines(objective, created).after(created + HOUR) ?? 0;
      // checks of the last hours before the deadline see the same as all before
      const instants = [created, created + HOUR, due - HOUR, due - 1, due, due + interval * HOUR];
      const late: number[] = [];
      for (const at of instants.filter((at) => at >= created)) {
        account.backUp('gold', DISK, at, 36_500);
        await check(account, request, at);
        late.push(account.messages.length);
      }
      expect(late.slice(0, -2)).toEqual(late.slice(0, -2).map(() => 0));
      expect(late.at(-1)).toBe(1);
    }
  });
});

describe('what a plan selects', () => {
  const NAMED = 'arn:aws:fsx:eu-west-1:111122223333:volume/fs-1/fsvol-1';
  const equals = (value: string) => [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: value }];
  const selection = (more: Partial<BackupSelection>): BackupSelection => ({
    ...BY_TAG,
    ListOfTags: undefined,
    ...more,
  });

  test.each<[string, Partial<BackupSelection>, number]>([
    ['a resource by its ARN', { Resources: [NEW] }, 1],
    ['a resource whose ARN does not say that it is backed up, by name', { Resources: [NAMED] }, 1],
    ['a resource that is excluded', { Resources: [NEW], NotResources: [NEW] }, 0],
    [
      'all of a type with a tag',
      { Resources: ['arn:aws:ec2:*:*:volume/*'], Conditions: { StringEquals: equals('gold') } },
      1,
    ],
    [
      'all of another type with a tag',
      { Resources: ['arn:aws:ec2:*:*:instance/*'], Conditions: { StringEquals: equals('gold') } },
      0,
    ],
    ['everything with a tag', { Resources: ['*'], Conditions: { StringEquals: equals('gold') } }, 1],
    [
      'everything with another value',
      { Resources: ['*'], Conditions: { StringEquals: equals('silver') } },
      0,
    ],
    [
      'everything with a pattern of values',
      { Resources: ['*'], Conditions: { StringLike: equals('g*d') } },
      1,
    ],
    [
      'everything with a tag, but for a value',
      { Resources: ['*'], Conditions: { StringEquals: equals('gold'), StringNotLike: equals('go*') } },
      0,
    ],
    [
      'everything without a tag, which nobody can list',
      { Resources: ['*'], Conditions: { StringNotEquals: equals('silver') } },
      0,
    ],
    ['everything, which nobody can list', { Resources: ['*'] }, 0],
    [
      'one of several tags, with a condition that does not hold',
      {
        ...BY_TAG,
        Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/env', ConditionValue: 'prod' }] },
      },
      0,
    ],
  ])('%s', async (_, more, late) => {
    const account = backedUp(selection(more));
    account.tagged.set(NEW, GOLD);
    await messagesOf(account, 12);
    expect(account.metric('ResourcesOutOfObjective')).toBe(late);
  });

  test.each<[string, string, number]>([
    ['a table', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders', 1],
    ['the stream of a table', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026', 0],
    ['a bucket', 'arn:aws:s3:::orders', 1],
    ['a cluster of Aurora', 'arn:aws:rds:eu-west-1:111122223333:cluster:orders', 1],
    ['a database of RDS', 'arn:aws:rds:eu-west-1:111122223333:db:single', 1],
    ['a member of a cluster, which is backed up with it', 'arn:aws:rds:eu-west-1:111122223333:db:member', 0],
    ['a database of RDS Custom', 'arn:aws:rds:eu-west-1:111122223333:db:custom', 0],
    ['a table of Timestream', 'arn:aws:timestream:eu-west-1:111122223333:database/d/table/t', 1],
    ['its database', 'arn:aws:timestream:eu-west-1:111122223333:database/d', 0],
    ['a function', 'arn:aws:lambda:eu-west-1:111122223333:function:orders', 0],
    [
      'a file system of FSx, or the parent of what is backed up',
      'arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1',
      0,
    ],
    [
      'a type that the Region is opted out of',
      'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1',
      0,
    ],
    [
      'a stack in a Region that says nothing about it',
      'arn:aws:cloudformation:eu-west-1:111122223333:stack/a/b',
      1,
    ],
  ])('by tag, %s', async (_, arn, late) => {
    const account = backedUp();
    Object.assign(account.optIn, { EFS: false, S3: true, Aurora: false, Neptune: true });
    account.databases.push(
      { DBInstanceArn: 'arn:aws:rds:eu-west-1:111122223333:db:single', Engine: 'mysql' },
      { DBInstanceArn: 'arn:aws:rds:eu-west-1:111122223333:db:member', DBClusterIdentifier: 'c' },
      { DBInstanceArn: 'arn:aws:rds:eu-west-1:111122223333:db:custom', Engine: 'custom-oracle-ee' },
    );
    account.tagged.set(arn, GOLD);
    await messagesOf(account, 12);
    expect(account.metric('ResourcesOutOfObjective')).toBe(late);
  });
});

describe('faults', () => {
  const CALLS = [
    'backup:ListBackupSelections',
    'backup:GetBackupSelection',
    'tag:GetResources',
    'backup:DescribeRegionSettings',
    'rds:DescribeDBInstances',
    'ssm:GetParameter',
    'ssm:PutParameter',
  ];
  const DATABASE = 'arn:aws:rds:eu-west-1:111122223333:db:single';
  const account = (faults?: Faults) => {
    const made = backedUp(BY_TAG, faults);
    made.pageSize = 1;
    made.vaults.delete('gold');
    for (const hour of [-1, 6]) made.backUp('gold', DISK, MIDNIGHT + hour * HOUR, 35);
    made.selections.set('plan-1', [
      BY_TAG,
      { ...BY_TAG, ListOfTags: undefined, Resources: ['arn:aws:s3:::orders'] },
    ]);
    made.databases.push({ DBInstanceArn: DATABASE, Engine: 'mysql' }, { DBInstanceArn: `${DATABASE}2` });
    for (const arn of [NEW, DATABASE]) made.tagged.set(arn, GOLD);
    return made;
  };

  test('throttling at any call, page by page, delays the check, and changes nothing', async () => {
    const calm = account();
    await check(calm, requestOf(DAILY), MIDNIGHT);
    expect(calm.faults.names).toEqual(expect.arrayContaining(CALLS));
    const pages = CALLS.flatMap((name) => [
      calm.faults.names.indexOf(name),
      calm.faults.names.lastIndexOf(name),
    ]);
    for (const call of new Set(pages)) {
      const throttled = account(new Faults({ call, error: awsError('ThrottledException'), times: 3 }));
      await check(throttled, requestOf(DAILY), MIDNIGHT);
      await check(throttled, requestOf(DAILY), MIDNIGHT + 11 * HOUR);
      expect(throttled.metric('ResourcesOutOfObjective')).toBe(3);
    }
  });

  test('selections that cannot be read are no success, and what was remembered stays', async () => {
    const made = account();
    await check(made, requestOf(DAILY), MIDNIGHT);
    const { memory } = made;
    const closed = made.listBackupSelections;
    made.listBackupSelections = async () => {
      throw awsError('ValidationException', 'no such plan');
    };
    await expect(check(made, requestOf(DAILY), MIDNIGHT + HOUR)).rejects.toThrow(
      'not everything was checked: selections of plan gold: ValidationException: no such plan',
    );
    expect(made.memory).toBe(memory);
    made.listBackupSelections = closed;
    expect(await check(made, requestOf(DAILY), MIDNIGHT + 11 * HOUR)).toBe(3);
  });

  test('a vault that cannot be read does not make everything look as if it was never backed up', async () => {
    const made = account();
    made.closed.add('gold');
    await expect(check(made, requestOf(DAILY, WEEKLY), MIDNIGHT + 11 * HOUR, 120)).rejects.toThrow(
      'selections of plan gold: its vaults could not be read',
    );
    expect(made.messages).toEqual([]);
  });

  test('10,000 selected resources without a recovery point fit into one parameter and one message', async () => {
    const made = backedUp();
    made.pageSize = 100;
    for (let i = 0; i < 10_000; i++) made.tagged.set(`${NEW}-${i}`, GOLD);
    expect(await check(made, requestOf(DAILY), MIDNIGHT)).toBe(0);
    expect(made.memory.length).toBeLessThanOrEqual(4_096);
    expect(await check(made, requestOf(DAILY), MIDNIGHT + 11 * HOUR)).toBe(10_000);
    expect(made.messages).toHaveLength(1);
    expect(made.messages[0].Message).toContain('and 9900 more, listed in the log of the check');
    expect(made.memory.length).toBeLessThanOrEqual(4_096);
  });
});

test('what is remembered comes in the order of its hours', async () => {
  const account = new FakeAccount();
  const work = { ...new VirtualRuntime(0), deadline: Number.MAX_SAFE_INTEGER };
  const hours = range(1, 9);
  for (const hour of hours) {
    const seen = await FirstSeen.read(account, 'memory', work);
    for (const each of range(1, hour)) seen.at(`resource ${each}`, hour * HOUR);
    await seen.write(work);
  }
  expect(account.memory.split(',').map((line) => line.split(':')[0])).toEqual(hours.map(String));
});

test('what is remembered is what was asked for, at its hour, whatever order it comes in', async () => {
  const account = new FakeAccount();
  const work = { ...new VirtualRuntime(0), deadline: Number.MAX_SAFE_INTEGER };
  const at = async (hour: number, names: string[]) => {
    const seen = await FirstSeen.read(account, 'memory', work);
    const hours = names.map((name) => seen.at(name, hour * HOUR) / HOUR);
    await seen.write(work);
    return hours;
  };
  expect(await at(10, ['a', 'b'])).toEqual([10, 10]);
  expect(await at(10.5, ['c', 'a'])).toEqual([11, 10]);
  expect(await at(12, ['a', 'b', 'c'])).toEqual([10, 12, 11]);
  const { calls } = account.faults;
  await at(13, ['c', 'b', 'a']);
  expect(account.faults.calls).toBe(calls + 1); // nothing new, nothing written
  expect(await at(14, [])).toEqual([]);
  expect(account.memory).toBe('-');
});
