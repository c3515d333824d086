import { closeFailed, type FailedInvocation, sweep } from '../../../src/handler/restore/closing';
import type { RestoreJob } from '../../../src/handler/restore/evidence';
import { awsError, FakeAws, PLAN_ARN, settingsOf } from './fake-aws';
import { mountCheck, RESTORED_ARN, SOURCE_ARN } from './mount/fake-mounts';

const CLUSTER = 'arn:aws:rds:eu-west-1:111122223333:cluster:awsbackup-restore-test-1';
const HOUR = 3_600_000;
const CHECKS = [{ type: 'Aurora', level: 'opens' as const }];
let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
  for (const name of ['rds:DeleteDBInstance', 'rds:DeleteDBCluster'] as const) aws.answers[name] = () => ({});
});
const jobOf = (more: Partial<RestoreJob> = {}) => aws.job('Aurora', CLUSTER, 'arn:source', more);
const kept = () =>
  [...aws.kept].map(([key, { verdict, reason }]) => [key.split('/').at(-1), verdict, reason]);
const deletions = () => aws.calls.filter(({ name }) => name.includes('Delete')).map(({ name }) => name);

describe('an invocation that failed for good', () => {
  const close = (job: RestoreJob, more: Partial<FailedInvocation> = {}) =>
    closeFailed(
      { requestPayload: { detail: { restoreJobId: job.RestoreJobId } }, ...more },
      settingsOf(CHECKS),
      aws.tools(),
    );

  test.each<[Partial<FailedInvocation>, string]>([
    [
      { responsePayload: { errorMessage: 'crashed' }, requestContext: { condition: 'RetriesExhausted' } },
      'crashed',
    ],
    [{ requestContext: { condition: 'EventAgeExceeded' }, responsePayload: {} }, 'EventAgeExceeded'],
    [{ requestContext: {} }, 'no reason given'],
    [{}, 'no reason given'],
  ])('gives its job a result, and deletes what it created: %j', async (more, why) => {
    const job = jobOf();
    expect(await close(job, more)).toBe(`FAILED: could not be validated: ${why}`);
    expect([job.ValidationStatus, deletions()]).toEqual(['FAILED', ['rds:DeleteDBInstance']]);
  });

  test.each<[Partial<RestoreJob>, string]>([
    [{ CreatedBy: { RestoreTestingPlanArn: 'arn:other' } }, 'not a test of this plan'],
    [{ CreatedBy: undefined }, 'not a test of this plan'],
    [{ Status: 'RUNNING' }, 'the restore is RUNNING'],
    [{ ValidationStatus: 'SUCCESSFUL', ValidationStatusMessage: 'fine' }, 'SUCCESSFUL already: fine'],
  ])('changes nothing about other jobs: %j', async (more, done) => {
    expect(await close(jobOf(more))).toBe(done);
    expect(aws.calls.map(({ name }) => name)).not.toContain('backup:PutRestoreValidationResult');
    expect(deletions()).toEqual([]);
  });

  test.each<FailedInvocation>([
    {},
    { requestPayload: {} },
    { requestPayload: { detail: {} } },
    { requestPayload: { detail: { restoreJobId: '' } } },
  ])('without a job is passed over: %j', async (event) => {
    expect(await closeFailed(event, settingsOf([]), aws.tools())).toBe('no restore job in the event');
  });
});

describe('a sweep', () => {
  const run = (more: object = {}) => sweep(settingsOf(CHECKS, more), aws.tools());
  const counted = (more: object) => ({ decided: 0, recorded: 0, unfinished: 0, leftovers: 0, ...more });

  test('looks at the jobs of the plan of the last ten days, page by page, and logs what it found', async () => {
    jobOf();
    jobOf();
    expect(await run()).toEqual(counted({}));
    const asked = { ByRestoreTestingPlanArn: PLAN_ARN, ByCreatedAfter: new Date(aws.now - 240 * HOUR) };
    expect(aws.calls).toEqual([
      { name: 'backup:ListRestoreJobs', input: { ...asked, NextToken: undefined } },
      { name: 'backup:ListRestoreJobs', input: { ...asked, NextToken: '1' } },
    ]);
    expect(aws.logs).toEqual([JSON.stringify(counted({}))]);
    aws.answers['backup:ListRestoreJobs'] = () => ({});
    expect(await run()).toEqual(counted({}));
  });

  test.each<[Partial<RestoreJob>, number, boolean]>([
    [{ Status: 'RUNNING' }, 24 * HOUR, false],
    [{ Status: 'RUNNING' }, 24 * HOUR + 1, true],
    [{ Status: 'PENDING' }, 24 * HOUR + 1, true],
    [{ Status: 'RUNNING', CreationDate: undefined }, 24 * HOUR + 1, false],
  ])(
    'reports a restore that does not finish within a day: %j after %d milliseconds',
    async (more, age, isLate) => {
      const job = jobOf({ CompletionDate: undefined, ...more });
      aws.now = Date.UTC(2026, 10, 29, 3) + age;
      expect(await run()).toEqual(counted(isLate ? { unfinished: 1 } : {}));
      const reason = `the restore is ${job.Status} after 24 hours`;
      expect(kept()).toEqual(isLate ? [['not-finished-job-1.json', 'NOT_FINISHED', reason]] : []);
    },
  );

  test.each<[Partial<RestoreJob>, string]>([
    [{ Status: 'FAILED', StatusMessage: 'no role' }, 'the restore ended with FAILED: no role'],
    [{ Status: 'ABORTED' }, 'the restore ended with ABORTED: no reason given'],
  ])('records a restore that failed once: %j', async (more, reason) => {
    jobOf(more);
    expect(await run()).toEqual(counted({ recorded: 1 }));
    expect(await run()).toEqual(counted({}));
    expect(kept()).toEqual([['job-1.json', 'RESTORE_FAILED', reason]]);
  });

  test('decides a job whose window is nearly over, after it deleted what was created', async () => {
    const job = jobOf({ ValidationStatus: 'VALIDATING' });
    aws.now = (job.CompletionDate as Date).getTime() + 3.5 * HOUR - 1;
    expect(await run()).toEqual(counted({}));
    aws.now++;
    expect(await run()).toEqual(counted({ decided: 1 }));
    expect([job.ValidationStatus, job.ValidationStatusMessage]).toEqual([
      'FAILED',
      'no validation result before the end of the validation window',
    ]);
    const names = aws.calls.map(({ name }) => name);
    expect(names.indexOf('rds:DeleteDBInstance')).toBeLessThan(
      names.indexOf('backup:PutRestoreValidationResult'),
    );
  });

  test.each<[Partial<RestoreJob>, string[]]>([
    [{}, ['rds:DeleteDBInstance']],
    [{ DeletionStatus: 'DELETING' }, ['rds:DeleteDBInstance']],
    [{ DeletionStatus: 'SUCCESSFUL' }, []],
  ])(
    'records a job with a result, and deletes what was created until the restored resource is gone: %j',
    async (more, deleted) => {
      jobOf({ ValidationStatus: 'SUCCESSFUL', ValidationStatusMessage: 'fine', ...more });
      expect(await run()).toEqual(counted({ recorded: 1 }));
      expect([kept(), deletions()]).toEqual([[['job-1.json', 'SUCCESSFUL', 'fine']], deleted]);
    },
  );

  const TWO_DAYS = 48 * HOUR;
  test.each<[RestoreJob['DeletionStatus'], number | undefined, boolean]>([
    ['SUCCESSFUL', TWO_DAYS, true],
    ['SUCCESSFUL', TWO_DAYS + 1, false],
    ['SUCCESSFUL', undefined, false],
    ['FAILED', TWO_DAYS + 1, true],
    [undefined, TWO_DAYS + 1, true],
  ])(
    'looks for what was mounted until two days after the job, or longer while the restored resource is not deleted: %s, %p',
    async (DeletionStatus, age, isLooked) => {
      for (const name of ['ecs:ListTasks', 'ecs:ListTaskDefinitions', 'efs:DescribeMountTargets'] as const)
        aws.answers[name] = () => ({});
      const CompletionDate = age === undefined ? undefined : new Date(aws.now - age);
      aws.job('EFS', RESTORED_ARN, SOURCE_ARN, {
        ValidationStatus: 'SUCCESSFUL',
        DeletionStatus,
        CompletionDate,
      });
      await run({ checks: [mountCheck({ level: 'restored' })] });
      expect(aws.calls.some(({ name }) => name === 'efs:DescribeMountTargets')).toBe(isLooked);
      expect(aws.logs.filter((line) => line.startsWith('not released'))).toEqual([]);
    },
  );

  test.each<[Partial<RestoreJob>, boolean, string]>([
    [{ DeletionStatusMessage: 'in use' }, false, 'in use; not configured to delete it'],
    [{}, true, 'no reason given; deleted'],
  ])('reports what AWS Backup failed to delete: %j', async (more, removesLeftovers, reason) => {
    jobOf({ ValidationStatus: 'SUCCESSFUL', DeletionStatus: 'FAILED', ...more });
    expect(await run({ removesLeftovers })).toEqual(counted({ recorded: 1, leftovers: 1 }));
    expect(kept()[1]).toEqual([
      'not-deleted-job-1.json',
      'NOT_DELETED',
      `AWS Backup failed to delete ${CLUSTER}: ${reason}`,
    ]);
    expect(deletions().includes('rds:DeleteDBCluster')).toBe(removesLeftovers);
  });

  test('fails with all that went wrong, after it looked at every job', async () => {
    for (let count = 0; count < 3; count++) jobOf({ ValidationStatus: 'SUCCESSFUL' });
    aws.instead.set(
      's3:PutObject',
      ['first', 'second'].map((message) => () => {
        throw awsError('AccessDenied', message);
      }),
    );
    await expect(run()).rejects.toThrow(new Error('job-1: first; job-2: second'));
    expect([kept().length, aws.logs.at(-1)]).toEqual([1, JSON.stringify(counted({ recorded: 1 }))]);
  });
});
