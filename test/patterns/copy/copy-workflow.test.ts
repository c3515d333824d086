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
): (action: string, input: Record<string, unknown>, nth: number, now: string) => Answer {
  const tokens: string[] = [];
  const looks = new Map<number, number>();
  const ends = new Map<number, string>();
  return (action, input, _, now) => {
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
    const shown = jobs[job][Math.min(look, jobs[job].length - 1)];
    if (!['CREATED', 'RUNNING'].includes(shown.State) && !ends.has(job)) ends.set(job, now);
    const CompletionDate = ends.get(job);
    return { result: { CopyJob: { ...shown, ...(CompletionDate && { CompletionDate }) } } };
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

  expect(execution).toMatchObject({ status: 'SUCCEEDED', seconds: 2 * Math.ceil(WEEK / 1_000) });
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

  const again = run(definition(), input, aws, { startTime: LATER });
  expect(again.states.at(-1)).toBe('Copied');
  const starts = again.calls.filter(({ action }) => action === 'startCopyJob');
  expect(starts.map(({ at }) => at)).toEqual([0, 10]);
});

test('a copy that completed in an earlier execution is not repeated', () => {
  const aws = backup([[running, completed]]);
  run(definition(), input, aws);
  const again = run(definition(), input, aws, { startTime: LATER });
  expect(again).toMatchObject({ status: 'SUCCEEDED', seconds: 0 });
  expect(again.calls.filter(({ action }) => action === 'startCopyJob')).toHaveLength(1);
});

test('a job that fails before the first look at it ends the execution: it is not an earlier one', () => {
  const failed = [{ State: 'FAILED', StatusMessage: 'Access Denied' }];
  const execution = run(definition(), input, backup(Array.from({ length: 60 }, () => failed)));
  expect(execution).toMatchObject({ status: 'FAILED', error: 'CopyFailed', seconds: 0 });
  expect(execution.calls.filter(({ action }) => action === 'startCopyJob')).toHaveLength(1);
});

test('jobs that fail at once for a temporary reason are started again after growing pauses', () => {
  const failed = [{ State: 'FAILED', StatusMessage: 'There are too many copy jobs running for resource.' }];
  const execution = run(definition(), input, backup(Array.from({ length: 60 }, () => failed)));
  expect(execution).toMatchObject({ status: 'FAILED', error: 'CopyFailed' });
  const starts = execution.calls.filter(({ action }) => action === 'startCopyJob').map(({ at }) => at);
  expect(starts).toEqual([0, 300, 1_200, 3_900, 12_000, 36_300]);
});

test('many earlier failures are passed over one by one, with a pause after each, and 51 are the limit', () => {
  const failed = [{ State: 'FAILED', StatusMessage: 'Access Denied' }];
  const aws = backup(Array.from({ length: 60 }, () => failed));
  for (let earlier = 0; earlier < 60; earlier++)
    run(definition(), input, aws, { startTime: new Date(Date.UTC(2026, 0, earlier + 1)).toISOString() });
  const execution = run(definition(), input, aws, { startTime: LATER });
  expect(execution).toMatchObject({ status: 'FAILED', error: 'CopyFailed', seconds: 500 });
  expect(execution.calls.filter(({ action }) => action === 'startCopyJob')).toHaveLength(51);
});

test.each([{ onDemand: false }, { onDemand: true }])(
  'a job that AWS Backup does not find yet is looked for again, since it runs: %j',
  (more) => {
    const aws = backup([[running, completed]]);
    let misses = 2;
    const execution = run(definition(more), input, (action, parameters, nth, now) =>
      action === 'describeCopyJob' && misses-- > 0
        ? { error: 'Backup.ResourceNotFoundException', cause: 'no job' }
        : aws(action, parameters, nth, now),
    );
    expect(execution.states.at(-1)).toBe('Copied');
    expect(execution.calls.filter(({ action }) => action === 'startCopyJob')).toHaveLength(1);
  },
);

test('a job that AWS Backup never finds fails within half an hour, with the reason', () => {
  const aws = backup([]);
  const execution = run(definition(), input, (action, parameters, nth, now) =>
    action === 'describeCopyJob'
      ? { error: 'Backup.ResourceNotFoundException', cause: 'no job' }
      : aws(action, parameters, nth, now),
  );
  expect(execution).toMatchObject({
    status: 'FAILED',
    error: 'Backup.ResourceNotFoundException',
    cause: 'no job',
  });
  expect(execution.seconds).toBeLessThan(1_800);
});

test('on demand, each execution is a separate copy: the previous one may have expired', () => {
  const aws = backup([[completed], [completed]]);
  const tokens = ['first', 'second'].map(
    (name) =>
      run(definition({ onDemand: true }), input, aws, { name }).calls.find(
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
  const execution = run(definition(), input, (action, parameters, nth, now) =>
    action === 'startCopyJob' && refusals-- > 0 ? { error } : aws(action, parameters, nth, now),
  );
  const tries = execution.calls.filter(({ action }) => action === 'startCopyJob').map(({ at }) => at);
  expect(tries).toEqual([0, 20, 60, 140]);
  expect(execution.status).toBe('SUCCEEDED');
});

test('permanent refusals of AWS Backup fail at once, with the reason', () => {
  const aws = backup([[completed]]);
  const execution = run(definition(), input, (action, parameters, nth, now) =>
    action === 'startCopyJob'
      ? { error: 'Backup.InvalidParameterValueException', cause: 'Invalid backup vault ARN' }
      : aws(action, parameters, nth, now),
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
  const poll = WEEK / 1_000;
  expect(starts.map(({ at }) => at)).toEqual([0, poll + 300, 2 * poll + 1_200].map(Math.ceil));
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
  expect(JSON.parse(execution.cause ?? '')).toMatchObject({ State, ...(StatusMessage && { StatusMessage }) });
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

test.each([3600, WEEK, 30 * 24 * 3600])(
  'with every poll throttled or without a job at first, and no pauses, %d seconds stay well within 25,000 events',
  (timeoutSeconds) => {
    const aws = backup(Array.from({ length: 60 }, () => [running]));
    const throttled = { error: 'Backup.ThrottlingException', cause: 'Rate exceeded' };
    const missing = { error: 'Backup.ResourceNotFoundException' };
    const hostile = [
      [throttled],
      [missing, missing, throttled],
      [missing, missing, undefined],
      Array.from({ length: 8 }, () => throttled),
    ];
    for (const errors of hostile) {
      let calls = 0;
      const execution = run(
        definition({ timeoutSeconds }),
        input,
        (action, parameters, nth, now) =>
          (action === 'describeCopyJob' && nth > 20 && errors[calls++ % errors.length]) ||
          aws(action, parameters, nth, now),
        { jitter: 0 },
      );
      expect(execution.status).toBe('TIMED_OUT');
      expect(execution.events).toBeLessThan(17_000);
    }
  },
);

test('a throttled poll is repeated by the next one', () => {
  const aws = backup([[running, running, completed]]);
  const execution = run(definition({ timeoutSeconds: 3600 }), input, (action, parameters, nth, now) =>
    action === 'describeCopyJob' && nth === 1
      ? { error: 'Backup.ThrottlingException' }
      : aws(action, parameters, nth, now),
  );
  expect(execution).toMatchObject({ status: 'SUCCEEDED', seconds: 900 });
});

const LATER = '2026-11-30T05:00:00.000Z';
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

test.each([{ onDemand: false }, { onDemand: true }])(
  'a composite recovery point in which some resources are missing is copied, and any other partial one is a failure: %j',
  (more) => {
    const composite = backup([[completed]], { Status: 'PARTIAL', IsParent: true });
    expect(run(definition(more), input, composite).states.at(-1)).toBe('Copied');
    for (const recoveryPoint of [{ IsParent: false }, {}])
      expect(run(definition(more), input, backup([], { Status: 'PARTIAL', ...recoveryPoint }))).toMatchObject(
        {
          status: 'FAILED',
          error: 'NotCopyable',
          cause: 'The recovery point is partial: its backup did not finish, so there is nothing to copy',
        },
      );
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
