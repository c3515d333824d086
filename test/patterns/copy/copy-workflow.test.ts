import { PASSING_ERRORS, PASSING_MESSAGES } from '../../../src/patterns/copy/copy-retries';
import { copyWorkflow } from '../../../src/patterns/copy/copy-workflow';
import { type Answer, run, structureProblems } from '../../support/state-machine';

const RECOVERY_POINT = 'arn:aws:ec2:eu-west-1::snapshot/snap-0726fe70935586180';
const DESTINATION = 'arn:aws:backup:eu-west-1:444455556666:backup-vault:central';
const WEEK = 7 * 24 * 3600;

const definition = (more: { onDemand?: boolean; timeoutSeconds?: number } = {}) =>
  copyWorkflow({
    partition: 'aws',
    sourceVaultName: 'second',
    destinationVaultArn: DESTINATION,
    roleArn: 'arn:aws:iam::111122223333:role/AwsBackupRole',
    lifecycle: { DeleteAfterDays: 90 },
    timeoutSeconds: WEEK,
    onDemand: false,
    ...more,
  });

/** AWS Backup, which has one recovery point, and jobs that go through some states. */
function backup(
  jobs: { State: string; StatusMessage?: string }[][],
  recoveryPoint: Record<string, unknown> = {},
): (action: string, input: Record<string, unknown>, nth: number) => Answer {
  const tokens: string[] = [];
  const looks = new Map<number, number>();
  return (action, input) => {
    if (action === 'describeRecoveryPoint')
      return { result: { Status: 'COMPLETED', StorageClass: 'WARM', ...recoveryPoint } };
    if (action === 'startCopyJob') {
      const token = input.IdempotencyToken as string;
      if (!tokens.includes(token)) tokens.push(token);
      return { result: { CopyJobId: String(tokens.indexOf(token)) } };
    }
    const job = Number(input.CopyJobId);
    const look = looks.get(job) ?? 0;
    looks.set(job, look + 1);
    return { result: { CopyJob: jobs[job][Math.min(look, jobs[job].length - 1)] } };
  };
}

const running = { State: 'RUNNING' };
const completed = { State: 'COMPLETED' };
const input = { recoveryPointArn: RECOVERY_POINT };

test.each([{ onDemand: false }, { onDemand: true }])(
  'each state leads somewhere, and something to it: %j',
  (more) => {
    expect(structureProblems(definition(more))).toEqual([]);
  },
);

test('a copy starts with the retention of the hop, and the workflow waits for it', () => {
  const execution = run(definition(), input, backup([[{ State: 'CREATED' }, running, completed]]));

  expect(execution).toMatchObject({ status: 'SUCCEEDED', seconds: 600 });
  expect(execution.states.at(-1)).toBe('Copied');
  expect(execution.calls.find(({ action }) => action === 'startCopyJob')?.input).toEqual({
    RecoveryPointArn: RECOVERY_POINT,
    SourceBackupVaultName: 'second',
    DestinationBackupVaultArn: DESTINATION,
    IamRoleArn: 'arn:aws:iam::111122223333:role/AwsBackupRole',
    IdempotencyToken: expect.stringMatching(/^[0-9a-f]{64}$/),
    Lifecycle: { DeleteAfterDays: 90 },
  });
});

test('an event that arrives twice starts one copy', () => {
  const aws = backup([[completed]]);
  const [first, second] = [run(definition(), input, aws), run(definition(), input, aws)].map(({ calls }) =>
    calls.filter(({ action }) => action !== 'describeRecoveryPoint'),
  );
  expect(second).toEqual(first);
});

test('a copy that failed permanently in an earlier execution is started again, as another job', () => {
  const aws = backup([
    [running, { State: 'FAILED', StatusMessage: 'Access Denied' }],
    [running, completed],
  ]);
  expect(run(definition(), input, aws)).toMatchObject({ status: 'FAILED', error: 'CopyFailed' });

  const again = run(definition(), input, aws);
  expect(again.states.at(-1)).toBe('Copied');
  expect(again.calls.filter(({ action }) => action === 'startCopyJob')).toHaveLength(2);
});

test('a copy that completed in an earlier execution is not repeated', () => {
  const aws = backup([[running, completed]]);
  run(definition(), input, aws);
  const again = run(definition(), input, aws);
  expect(again).toMatchObject({ status: 'SUCCEEDED', seconds: 0 });
  expect(again.calls.filter(({ action }) => action === 'startCopyJob')).toHaveLength(1);
});

test('jobs that keep failing immediately end the execution', () => {
  const failed = [{ State: 'FAILED', StatusMessage: 'Access Denied' }];
  const execution = run(definition(), input, backup(Array.from({ length: 60 }, () => failed)));
  expect(execution).toMatchObject({ status: 'FAILED', error: 'CopyFailed' });
  expect(execution.calls.filter(({ action }) => action === 'startCopyJob')).toHaveLength(51);
});

test('on demand, each execution is a separate copy: the previous one may have expired', () => {
  const aws = backup([[completed], [completed]]);
  const tokens = ['first', 'second'].map(
    (name) =>
      run(definition({ onDemand: true }), input, aws, name).calls.find(
        ({ action }) => action === 'startCopyJob',
      )?.input.IdempotencyToken,
  );
  expect(new Set(tokens).size).toBe(2);
});

test('another recovery point, or another destination, is another copy', () => {
  const token = (machine: ReturnType<typeof definition>, recoveryPointArn: string) =>
    run(machine, { recoveryPointArn }, backup([[completed]])).calls.find(
      ({ action }) => action === 'startCopyJob',
    )?.input.IdempotencyToken;
  const elsewhere = copyWorkflow({
    partition: 'aws',
    sourceVaultName: 'second',
    destinationVaultArn: `${DESTINATION}-2`,
    roleArn: 'arn:aws:iam::111122223333:role/AwsBackupRole',
    timeoutSeconds: WEEK,
    onDemand: false,
  });
  const tokens = [
    token(definition(), RECOVERY_POINT),
    token(definition(), `${RECOVERY_POINT}1`),
    token(elsewhere, RECOVERY_POINT),
  ];
  expect(new Set(tokens).size).toBe(3);
});

test('a call that AWS Backup reports as repeated, without a job, is not a failure', () => {
  const execution = run(definition(), input, (action) => ({
    result: action === 'describeRecoveryPoint' ? { Status: 'COMPLETED' } : {},
  }));
  expect(execution.states.at(-1)).toBe('Copied before');
});

test.each(PASSING_ERRORS)('%s is retried with growing pauses', (error) => {
  const aws = backup([[completed]]);
  let refusals = 3;
  const execution = run(definition(), input, (action, parameters, nth) =>
    action === 'startCopyJob' && refusals-- > 0 ? { error } : aws(action, parameters, nth),
  );
  const tries = execution.calls.filter(({ action }) => action === 'startCopyJob').map(({ at }) => at);
  expect(tries).toEqual([0, 20, 60, 140]);
  expect(execution.status).toBe('SUCCEEDED');
});

test('permanent refusals of AWS Backup fail at once, with the reason', () => {
  const aws = backup([[completed]]);
  const execution = run(definition(), input, (action, parameters, nth) =>
    action === 'startCopyJob'
      ? { error: 'Backup.InvalidParameterValueException', cause: 'Invalid backup vault ARN' }
      : aws(action, parameters, nth),
  );
  expect(execution).toMatchObject({
    status: 'FAILED',
    error: 'Backup.InvalidParameterValueException',
    cause: 'Invalid backup vault ARN',
    seconds: 0,
  });
});

test('throttling that does not end fails within an hour', () => {
  const execution = run(definition(), input, () => ({
    error: 'Backup.ThrottlingException',
    cause: 'Rate exceeded',
  }));
  expect(execution).toMatchObject({ status: 'FAILED', error: 'Backup.ThrottlingException' });
  expect(execution.calls).toHaveLength(9);
  expect(execution.seconds).toBeLessThan(3600);
});

test.each([
  'There are too many copy jobs running for resource.',
  'Subscriber limit exceeded: 300',
  'Maximum allowed in-progress snapshots for a single volume exceeded.',
  'Throttling: Rate exceeded',
  'AWS Backup encountered an internal error, try again later',
])('a job that failed with %j is started again, as another job', (StatusMessage) => {
  const execution = run(
    definition(),
    input,
    backup([
      [running, { State: 'FAILED', StatusMessage }],
      [running, { State: 'FAILED', StatusMessage }],
      [completed],
    ]),
  );
  expect(execution.status).toBe('SUCCEEDED');
  const starts = execution.calls.filter(({ action }) => action === 'startCopyJob');
  expect(new Set(starts.map(({ input: { IdempotencyToken } }) => IdempotencyToken)).size).toBe(3);
  expect(starts.map(({ at }) => at)).toEqual([0, 600, 1800]);
});

test('a job that fails for a temporary reason is attempted six times', () => {
  const failed = [
    running,
    { State: 'FAILED', StatusMessage: 'There are too many copy jobs running for resource.' },
  ];
  const execution = run(definition(), input, backup([failed, failed, failed, failed, failed, failed]));
  expect(execution).toMatchObject({ status: 'FAILED', error: 'CopyFailed' });
  expect(execution.calls.filter(({ action }) => action === 'startCopyJob')).toHaveLength(6);
});

test.each([
  ['FAILED', 'Access Denied trying to call AWS Backup service'],
  ['FAILED', undefined],
  ['PARTIAL', 'Some of the nested recovery points failed'],
])('a job that ends as %s with %j fails, and its description is the cause', (State, StatusMessage) => {
  const execution = run(
    definition(),
    input,
    backup([[running, { State, ...(StatusMessage && { StatusMessage }) }]]),
  );
  expect(execution).toMatchObject({ status: 'FAILED', error: 'CopyFailed' });
  expect(JSON.parse(execution.cause ?? '')).toEqual({ State, ...(StatusMessage && { StatusMessage }) });
});

test.each([3600, WEEK, 30 * 24 * 3600])(
  'a copy that is not complete within %d seconds times out, before the history of the execution is full',
  (timeoutSeconds) => {
    const execution = run(definition({ timeoutSeconds }), input, backup([[running]]));
    expect(execution.status).toBe('TIMED_OUT');
    expect(execution.seconds - timeoutSeconds).toBeLessThan(Math.max(300, timeoutSeconds / 1_000) + 1);
    expect(execution.events).toBeLessThan(25_000);
  },
);

const COLD = { StorageClass: 'COLD' };
const COPY = { SourceBackupVaultArn: DESTINATION };
const PART = { ParentRecoveryPointArn: 'arn:aws:backup:eu-west-1:111122223333:recovery-point:composite:a' };

test.each([
  ['cold', COLD],
  ['not complete', { Status: 'EXPIRED' }],
  ['a copy from the destination', COPY],
  ['a part of a composite one', PART],
])('on arrival, a recovery point that is %s is skipped', (_what, recoveryPoint) => {
  const execution = run(definition(), input, backup([], recoveryPoint));
  expect(execution.status).toBe('SUCCEEDED');
  expect(execution.calls.map(({ action }) => action)).toEqual(['describeRecoveryPoint']);
});

test('on arrival, a continuous recovery point is skipped: the API can not copy it', () => {
  const recoveryPointArn = 'arn:aws:backup:eu-west-1:111122223333:recovery-point:continuous:bucket-1a2b';
  const execution = run(definition(), { recoveryPointArn }, backup([]));
  expect(execution.states.at(-1)).toBe('Not to be copied');
});

test('on arrival, a copy from another vault is copied on', () => {
  const SourceBackupVaultArn = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:first';
  const execution = run(definition(), input, backup([[completed]], { SourceBackupVaultArn }));
  expect(execution.states.at(-1)).toBe('Copied');
});

test.each([COLD, { Status: 'EXPIRED' }])(
  'on demand, what can not be copied is a failure: %j',
  (recoveryPoint) => {
    const execution = run(definition({ onDemand: true }), input, backup([], recoveryPoint));
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'NotCopyable',
      cause: 'AWS Backup copies no recovery points that are continuous, in cold storage or not complete',
    });
  },
);

test.each([COPY, PART])('on demand, a copy goes back to where it came from: %j', (recoveryPoint) => {
  const execution = run(definition({ onDemand: true }), input, backup([[completed]], recoveryPoint));
  expect(execution.states.at(-1)).toBe('Copied');
});

test('no listed reason covers another one', () => {
  for (const message of PASSING_MESSAGES)
    expect(PASSING_MESSAGES.filter((other) => other !== message && message.includes(other))).toEqual([]);
});
