import { NotYet } from '../../../src/handler/restore/aws-calls';
import { CopyFailed, copyBack, RestoreEnded, watchJob } from '../../../src/handler/restore/runbook-copy';
import type { RunbookStep } from '../../../src/handler/restore/runbook-plan';
import { awsError, FakeAws } from './fake-aws';

const MACHINE = 'arn:aws:states:eu-central-1:444455556666:stateMachine:copy-back';
const ELSEWHERE = { roleArn: 'arn:role', region: 'eu-central-1' };
const STEP: RunbookStep = {
  id: 'id',
  arn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
  label: 'App/Orders',
  type: 'DynamoDB',
  order: 1,
  vault: 'central of account 444455556666',
  recoveryPointArn: 'arn:point',
  recoveryPointCreated: '2026-11-29T00:00:00.000Z',
  copy: { account: '444455556666', ...ELSEWHERE, stateMachineArn: MACHINE },
  copiesTags: true,
  metadata: { key: 'theirs', name: 'orders' },
  changed: { Name: 'restored' },
  token: 't'.repeat(71),
};
const SINCE = '2026-11-29T05:00:00Z';

let aws: FakeAws;
/** The executions by the last part of their name. */
let executions: Record<string, object>;
beforeEach(() => {
  aws = new FakeAws();
  executions = {};
  aws.answers['sfn:DescribeExecution'] = (({ executionArn }: { executionArn: string }) => {
    const found = executions[executionArn.split('-').at(-1) as string];
    if (!found) throw awsError('ExecutionDoesNotExist');
    return found;
  }) as never;
  aws.answers['sfn:StartExecution'] = () => ({});
  aws.answers['backup:GetRecoveryPointRestoreMetadata'] = () => ({
    RestoreMetadata: { key: 'ours', name: 'copy' },
  });
});
const copy = (step = STEP) => copyBack({ step, since: SINCE }, aws.tools());
const succeeded = (CopyJob: object | undefined) => ({
  status: 'SUCCEEDED',
  output: JSON.stringify({ result: CopyJob && { CopyJob } }),
});
const ended = (status: string, stopDate?: string, cause?: string) => ({
  status,
  cause,
  stopDate: stopDate === undefined ? undefined : new Date(stopDate),
});
const ARRIVED = {
  DestinationRecoveryPointArn: 'arn:copy',
  DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:landing',
};

describe('a copy back', () => {
  test('is not needed for a step that is restored directly', async () => {
    const { copy: _, ...direct } = STEP;
    expect(await copy(direct)).toBe(direct);
    expect(aws.calls).toEqual([]);
  });

  test('is started once, under a name that its step determines', async () => {
    const starting = new NotYet('the copy from central of account 444455556666 is starting');
    await expect(copy()).rejects.toThrow(starting);
    const name = `${'t'.repeat(70)}-1`;
    expect(aws.calls).toEqual([
      {
        name: 'sfn:DescribeExecution',
        input: { executionArn: `arn:aws:states:eu-central-1:444455556666:execution:copy-back:${name}` },
        elsewhere: ELSEWHERE,
      },
      {
        name: 'sfn:StartExecution',
        input: { stateMachineArn: MACHINE, name, input: '{"recoveryPointArn":"arn:point"}' },
        elsewhere: ELSEWHERE,
      },
    ]);
    aws.answers['sfn:StartExecution'] = () => {
      throw awsError('ExecutionAlreadyExists');
    };
    await expect(copy()).rejects.toThrow(starting);
  });

  test.each(['RUNNING', 'PENDING_REDRIVE'])('is waited for while it is %s', async (status) => {
    executions['1'] = { status };
    await expect(copy()).rejects.toThrow(
      new NotYet(`the copy from central of account 444455556666 is ${status}`),
    );
  });

  test('is restored with its own metadata, and what the step changes', async () => {
    executions['1'] = succeeded(ARRIVED);
    expect(await copy()).toEqual({
      ...STEP,
      vault: 'landing',
      recoveryPointArn: 'arn:copy',
      metadata: { key: 'ours', name: 'restored' },
    });
    const { input, elsewhere } = aws.calls[1];
    expect([input, elsewhere]).toEqual([
      { BackupVaultName: 'landing', RecoveryPointArn: 'arn:copy' },
      undefined,
    ]);
    aws.answers['backup:GetRecoveryPointRestoreMetadata'] = () => ({});
    expect((await copy()).metadata).toEqual({ Name: 'restored' });
  });

  test.each<[string, object]>([
    ['no output', { status: 'SUCCEEDED' }],
    ['no result', succeeded(undefined)],
    ['no recovery point', succeeded({ ...ARRIVED, DestinationRecoveryPointArn: undefined })],
    ['no vault', succeeded({ ...ARRIVED, DestinationBackupVaultArn: undefined })],
  ])('fails if it has %s', async (_, execution) => {
    executions['1'] = execution;
    await expect(copy()).rejects.toThrow(
      new CopyFailed('the copy from central of account 444455556666 names no recovery point'),
    );
  });

  test.each<[string, object, string]>([
    ['during the run', ended('FAILED', SINCE, 'no key'), 'FAILED: no key'],
    ['without a cause', ended('ABORTED', '2026-11-30T00:00:00Z'), 'ABORTED: no reason given'],
    ['at an unknown time', ended('TIMED_OUT'), 'TIMED_OUT: no reason given'],
  ])('fails if it ended %s', async (_, execution, reason) => {
    executions['1'] = execution;
    await expect(copy()).rejects.toThrow(
      new CopyFailed(`the copy from central of account 444455556666 ended with ${reason}`),
    );
  });

  test('that failed before the run is tried again under another name, 20 times', async () => {
    const before = ended('FAILED', '2026-11-29T04:59:59Z');
    executions = { 1: before, 2: before };
    await expect(copy()).rejects.toThrow(NotYet);
    expect(aws.calls.at(-1)?.input.name).toBe(`${'t'.repeat(70)}-3`);
    executions = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [String(index + 1), before]));
    await expect(copy()).rejects.toThrow(
      new CopyFailed('the copy from central of account 444455556666 failed 20 times'),
    );
    delete executions['20'];
    await expect(copy()).rejects.toThrow(NotYet);
  });

  test.each([
    'sfn:DescribeExecution',
    'sfn:StartExecution',
    'backup:GetRecoveryPointRestoreMetadata',
  ] as const)('waits for an error of %s that passes, and fails with others', async (name) => {
    if (name.startsWith('backup')) executions['1'] = succeeded(ARRIVED);
    aws.instead.set(
      name,
      ['ThrottlingException', 'AccessDenied'].map((error) => () => {
        throw awsError(error, 'as AWS says');
      }),
    );
    await expect(copy()).rejects.toThrow(new NotYet('ThrottlingException: as AWS says'));
    await expect(copy()).rejects.toThrow(awsError('AccessDenied', 'as AWS says'));
  });
});

describe('a restore job', () => {
  const watch = (job: object) => {
    aws.answers['backup:DescribeRestoreJob'] = () => job;
    return watchJob({ jobId: 'job-1' }, aws.tools());
  };

  test('that is complete says what it made, and from what', async () => {
    const job = {
      Status: 'COMPLETED',
      CreatedResourceArn: 'arn:restored',
      RecoveryPointArn: 'arn:point',
      BackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:gold',
    };
    expect(await watch(job)).toEqual({
      restoredArn: 'arn:restored',
      recoveryPointArn: 'arn:point',
      vault: 'gold',
    });
    expect(aws.calls[0].input).toEqual({ RestoreJobId: 'job-1' });
    expect(await watch({ Status: 'COMPLETED' })).toEqual({
      restoredArn: '',
      recoveryPointArn: '',
      vault: '',
    });
  });

  test.each<[object, string]>([
    [{ Status: 'FAILED', StatusMessage: 'no role' }, 'FAILED: no role'],
    [{ Status: 'ABORTED' }, 'ABORTED: no reason given'],
  ])('that ended otherwise fails: %j', async (job, reason) => {
    await expect(watch(job)).rejects.toThrow(new RestoreEnded(`the restore ended with ${reason}`));
  });

  test.each<[object, string]>([
    [{ Status: 'RUNNING', PercentDone: '12.5%' }, 'RUNNING, 12.5% done'],
    [{ Status: 'PENDING' }, 'PENDING'],
    [{}, 'unknown'],
  ])('that goes on is waited for: %j', async (job, state) => {
    await expect(watch(job)).rejects.toThrow(new NotYet(`the restore is ${state}`));
  });

  test('that can not be looked at for now is waited for', async () => {
    aws.instead.set(
      'backup:DescribeRestoreJob',
      ['InternalFailure', 'AccessDenied'].map((error) => () => {
        throw awsError(error, 'as AWS says');
      }),
    );
    await expect(watch({})).rejects.toThrow(new NotYet('InternalFailure: as AWS says'));
    await expect(watch({})).rejects.toThrow(awsError('AccessDenied', 'as AWS says'));
  });
});

test('errors that the state machine tells apart have names', () => {
  expect([new CopyFailed('a').name, new RestoreEnded('a').name]).toEqual(['CopyFailed', 'RestoreEnded']);
});
