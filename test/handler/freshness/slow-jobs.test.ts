import { checkFreshness, type FreshnessRequest } from '../../../src/handler/freshness/freshness-check';
import { Faults } from '../support/fakes';
import { awsError } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';
import { FakeAccount } from './fake-account';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 8);
const VAULT = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:';
const FAR = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:far';
const PLAN = 'arn:aws:backup:eu-west-1:111122223333:restore-testing-plan:weekly';
const DISK = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1';

const REQUEST: FreshnessRequest = {
  check: 'gold',
  namespace: 'BackupFreshness',
  forgetAfter: 7 * 24 * 60,
  topic: 'arn:aws:sns:eu-west-1:111122223333:on-call',
  objectives: [{ tier: 'gold', what: 'vault gold', vault: 'gold', maxAge: 10_000 }],
  copyTarget: 120,
  restoreTests: [{ arn: PLAN, target: 60 }],
};

async function check(
  account: FakeAccount,
  at: number,
  seconds = 900,
  more: Partial<FreshnessRequest> = {},
): Promise<void> {
  const runtime = new VirtualRuntime(at);
  await runtime.until(
    checkFreshness({ ...REQUEST, ...more }, account, { ...runtime, deadline: at + seconds * 1_000 }),
  );
}

function accountWith(faults?: Faults): FakeAccount {
  const account = new FakeAccount(faults);
  account.backUp('gold', DISK, START - HOUR, 35);
  return account;
}

/** A copy that starts at a minute, and takes some minutes. */
const copy = (start: number, took: number | undefined, more: object = {}) => ({
  CopyJobId: 'copy-1',
  ResourceArn: DISK,
  SourceBackupVaultArn: `${VAULT}gold`,
  DestinationBackupVaultArn: FAR,
  CreationDate: new Date(START + start * MINUTE),
  CompletionDate: took === undefined ? undefined : new Date(START + (start + took) * MINUTE),
  State: took === undefined ? ('RUNNING' as const) : ('COMPLETED' as const),
  ...more,
});

describe('copies', () => {
  test.each<[string, ReturnType<typeof copy>, string | undefined]>([
    ['in time', copy(3, 120), undefined],
    ['that took longer than the target', copy(3, 121), 'took 121 minutes'],
    ['that still runs', copy(3, undefined), 'still runs'],
    ['that failed, which is an event', copy(3, 121, { State: 'FAILED' }), undefined],
    ['of a part of a composite recovery point', copy(3, 500, { ParentJobId: 'parent' }), undefined],
    ['from another vault', copy(3, 500, { SourceBackupVaultArn: `${VAULT}other` }), undefined],
  ])('one %s', async (_, job, expected) => {
    const account = accountWith();
    account.copyJobs.push(job);
    for (let hour = 0; hour < 8; hour++) await check(account, START + hour * HOUR);
    expect(account.messages.map(({ Subject }) => Subject)).toEqual(
      expected === undefined ? [] : ['Backup too slow: 1 job'],
    );
    if (expected !== undefined)
      expect(
        account.messages[0].Message,
      ).toBe(`A job took longer than the target, found by check gold at 2026-11-08T03:00:00Z.

copy of ${DISK} to ${FAR}: started 2026-11-08T00:03:00Z, ${expected}, target 120 minutes, job copy-1`);
  });

  test('one message names a hundred, and where to read what to do', async () => {
    const account = accountWith();
    for (let i = 0; i < 102; i++) account.copyJobs.push(copy(3, undefined, { CopyJobId: `copy-${i}` }));
    const more = { runbook: 'https://wiki.example.com/copies', console: 'https://console.aws.amazon.com' };
    await check(account, START + 2 * HOUR, 900, more);
    await check(account, START + 3 * HOUR, 900, more);
    expect(account.messages.map(({ Subject }) => Subject)).toEqual(['Backup too slow: 102 jobs']);
    const lines = account.messages[0].Message?.split('\n') ?? [];
    expect(lines.slice(0, 2)).toEqual([
      '102 jobs took longer than the target, found by check gold at 2026-11-08T03:00:00Z.',
      '',
    ]);
    expect(lines.filter((line) => line.startsWith('copy of '))).toHaveLength(100);
    expect(lines.slice(102)).toEqual([
      'and 2 more',
      '',
      'What to do: https://wiki.example.com/copies',
      '',
      'Console: https://console.aws.amazon.com',
    ]);
  });

  test('each is judged by one check, whenever it starts and whenever checks run', async () => {
    const account = accountWith();
    for (let i = 0; i < 200; i++)
      account.copyJobs.push(copy(i * 2.5, 150 + (i % 7), { CopyJobId: `copy-${i}` }));
    account.pageSize = 7;
    for (let i = 0; i < 14; i++) await check(account, START + i * HOUR + i * i * 3_333);
    const found = account.messages.flatMap(({ Message = '' }) => Message.match(/copy-\d+$/gm) ?? []);
    expect(found).toHaveLength(200);
    expect(new Set(found).size).toBe(200);
    const durations = account.metrics.filter(({ MetricName }) => MetricName === 'CopyDuration');
    expect(durations).toHaveLength(200);
    expect(new Set(durations.map(({ Dimensions }) => JSON.stringify(Dimensions)))).toEqual(
      new Set([JSON.stringify([{ Name: 'Check', Value: 'gold' }])]),
    );
  });
});

describe('restore tests', () => {
  const restore = (took: number | undefined, plan = PLAN, Status = 'COMPLETED') => ({
    plan,
    RestoreJobId: 'restore-1',
    SourceResourceArn: DISK,
    CreationDate: new Date(START + 3 * MINUTE),
    CompletionDate: took === undefined ? undefined : new Date(START + (3 + took) * MINUTE),
    Status: (took === undefined ? 'RUNNING' : Status) as 'COMPLETED',
  });

  test.each<[string, ReturnType<typeof restore>, string | undefined]>([
    ['in time', restore(60), undefined],
    ['longer than the target', restore(61), 'took 61 minutes'],
    ['that still runs', restore(undefined), 'still runs'],
    ['that was canceled', restore(90, PLAN, 'ABORTED'), undefined],
    ['of another plan', restore(90, `${PLAN}-2`), undefined],
  ])('one %s', async (_, job, expected) => {
    const account = accountWith();
    account.restoreJobs.push(job);
    for (let hour = 0; hour < 6; hour++) await check(account, START + hour * HOUR);
    expect(account.messages.map(({ Message = '' }) => Message.split('\n')[2])).toEqual(
      expected === undefined
        ? []
        : [
            `restore test of ${DISK}: started 2026-11-08T00:03:00Z, ${expected}, target 60 minutes, job restore-1`,
          ],
    );
    if (expected === 'took 61 minutes') expect(account.metric('RestoreTestDuration')).toBe(61 * 60);
  });
});

test('without objectives no resources are listed', async () => {
  const account = accountWith();
  await check(account, START, 900, { objectives: [] });
  expect(account.faults.names).not.toContain('backup:ListProtectedResources');
  expect(account.metric('LastSuccess')).toBe(START / 1_000);
});

test('a message for chat is a custom notification', async () => {
  const account = accountWith();
  account.copyJobs.push(copy(3, 121));
  for (let hour = 0; hour < 4; hour++) await check(account, START + hour * HOUR, 900, { chat: true });
  const [{ Subject, Message = '' }] = account.messages;
  expect(JSON.parse(Message)).toEqual({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: Subject,
      description: expect.stringContaining('took 121 minutes, target 120 minutes'),
    },
  });
});

test('copies of other vaults can have the target instead', async () => {
  const account = accountWith();
  account.copyJobs.push(copy(3, 121), copy(3, 500, { SourceBackupVaultArn: `${VAULT}other` }));
  for (let hour = 0; hour < 4; hour++)
    await check(account, START + hour * HOUR, 900, { copySources: ['other'] });
  expect(account.messages.map(({ Message = '' }) => Message.includes('took 121'))).toEqual([false]);
});

test('throttling changes nothing, and jobs that cannot be listed are no success', async () => {
  for (const name of ['backup:ListCopyJobs', 'backup:ListRestoreJobs']) {
    const calm = accountWith();
    await check(calm, START);
    const call = calm.faults.names.indexOf(name);
    const throttled = accountWith(new Faults({ call, error: awsError('ThrottlingException'), times: 3 }));
    await check(throttled, START);
    expect(throttled.metric('LastSuccess')).toBe(START / 1_000);
    const broken = accountWith(new Faults({ call, error: awsError('ValidationException') }));
    await expect(check(broken, START)).rejects.toThrow(
      `not everything was checked: ${name.includes('Copy') ? 'copies' : `restore tests of ${PLAN}`}: ValidationException: no`,
    );
    expect(broken.metric('LastSuccess')).toBeUndefined();
  }
});
