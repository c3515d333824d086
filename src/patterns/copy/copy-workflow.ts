import { NOT_FOUND, PASSING_ERRORS, PASSING_MESSAGES, PAUSES } from './copy-retries';

/** The parameters of a copy workflow, all of which may be tokens. */
export interface CopyWorkflow {
  readonly partition: string;
  readonly sourceVaultName: string;
  readonly destinationVaultArn: string;
  readonly roleArn: string;
  /** As `StartCopyJob` expects it; undefined for the lifecycle of the source. */
  readonly lifecycle?: Readonly<Record<string, unknown>>;
  /** When the workflow gives up. */
  readonly timeoutSeconds: number;
  /** Whether each copy is requested, so that it is a failure if it can't be made. */
  readonly onDemand: boolean;
}

/** A state of a state machine. */
type State = Readonly<Record<string, unknown>>;

/** AWS Backup updates the state of a job about every 5 minutes. */
const MIN_POLL_SECONDS = 300;
/** An execution has at most 25,000 events. Polling the job once takes 9, or 15 if AWS Backup doesn't find it twice. */
const MAX_POLLS = 1_000;

/** Skips at most this many failed jobs of earlier executions, with a pause after each. */
const MAX_EARLIER_FAILURES = 50;
const PAUSE_AFTER_EARLIER = 10;

/**
 * The definition of the state machine, in Amazon States Language with JSONPath: it calls `StartCopyJob`, polls the job every
 * few minutes, and tries again if the job fails for a temporary reason.
 *
 * Its input is `{"recoveryPointArn": "…"}`. The idempotency token is derived from the recovery point, the destination and
 * the number of the attempt, so an event that arrives twice starts one copy. A job that failed before the execution started
 * belongs to an earlier execution, and the next attempt is another job; so you can restart a permanently failed copy by hand.
 * On demand, each execution is a separate copy, because the previous one may have expired.
 *
 * On arrival, it skips recovery points that are copied with their parent as part of a composite recovery point, those that
 * came from the destination, and those that AWS Backup can't copy: continuous, in cold storage, or not complete. On demand,
 * the latter are failures. It tries to copy a composite recovery point in which some resources are missing (`PARTIAL`); any
 * other partial recovery point is a failure, so that somebody is notified.
 */
export function copyWorkflow(workflow: CopyWorkflow): State {
  const call = (action: string, next: string, more: State): State => ({
    Type: 'Task',
    Resource: `arn:${workflow.partition}:states:::aws-sdk:backup:${action}`,
    Retry: [RETRY],
    Catch: [FAIL],
    Next: next,
    ...more,
  });
  const lookBack = {
    'Look back': call('describeCopyJob', 'Failed before?', {
      Retry: [RETRY, untilFound(10, 6)],
      Parameters: { 'CopyJobId.$': '$.job.CopyJobId' },
      ResultPath: '$.result',
    }),
    'Failed before?': {
      Type: 'Choice',
      Choices: [
        {
          And: [
            { Variable: '$.result.CopyJob.State', StringEquals: 'FAILED' },
            { Variable: '$.result.CopyJob.CompletionDate', IsPresent: true },
            { Variable: '$.result.CopyJob.CompletionDate', IsTimestamp: true },
            { Variable: '$.result.CopyJob.CompletionDate', TimestampLessThanPath: '$.copy.since' },
            { Variable: '$.copy.attempt', NumericLessThan: MAX_EARLIER_FAILURES },
          ],
          Next: 'Pass over',
        },
      ],
      Default: 'Done?',
    },
    'Pass over': {
      Type: 'Pass',
      Parameters: {
        'destination.$': '$.copy.destination',
        'attempt.$': 'States.MathAdd($.copy.attempt, 1)',
        'pause.$': '$.copy.pause',
        'pauses.$': '$.copy.pauses',
        'since.$': '$.copy.since',
      },
      ResultPath: '$.copy',
      Next: 'Pause after earlier job',
    },
    'Pause after earlier job': { Type: 'Wait', Seconds: PAUSE_AFTER_EARLIER, Next: 'Start copy job' },
  };
  const skipIf = (test: State): State => ({ ...test, Next: 'Not to be copied' });
  const isPartial = { Variable: '$.recoveryPoint.Status', StringEquals: 'PARTIAL' };
  const poll = Math.max(MIN_POLL_SECONDS, Math.ceil(workflow.timeoutSeconds / MAX_POLLS));
  return {
    Comment: 'Copies a recovery point into another vault, and waits until the copy is complete',
    TimeoutSeconds: workflow.timeoutSeconds,
    StartAt: 'Prepare',
    States: {
      Prepare: {
        Type: 'Pass',
        Parameters: {
          destination: workflow.destinationVaultArn,
          attempt: 0,
          pause: 0,
          pauses: PAUSES,
          'since.$': '$$.Execution.StartTime',
        },
        ResultPath: '$.copy',
        Next: 'Describe recovery point',
      },
      'Describe recovery point': call('describeRecoveryPoint', 'To be copied?', {
        Parameters: {
          BackupVaultName: workflow.sourceVaultName,
          'RecoveryPointArn.$': '$.recoveryPointArn',
        },
        ResultPath: '$.recoveryPoint',
      }),
      'To be copied?': {
        Type: 'Choice',
        Choices: [
          skipIf(text('$.recoveryPoint.StorageClass', 'StringEquals', 'COLD')),
          skipIf({ Variable: '$.recoveryPointArn', StringMatches: '*:continuous:*' }),
          ...(workflow.onDemand
            ? []
            : [
                skipIf(text('$.recoveryPoint.ParentRecoveryPointArn', 'StringMatches', '*')),
                skipIf(
                  text('$.recoveryPoint.SourceBackupVaultArn', 'StringEqualsPath', '$.copy.destination'),
                ),
              ]),
          {
            And: [
              isPartial,
              { Variable: '$.recoveryPoint.IsParent', IsPresent: true },
              { Variable: '$.recoveryPoint.IsParent', BooleanEquals: true },
            ],
            Next: 'Start copy job',
          },
          { ...isPartial, Next: 'Partial' },
          skipIf({ Not: { Variable: '$.recoveryPoint.Status', StringEquals: 'COMPLETED' } }),
        ],
        Default: 'Start copy job',
      },
      'Start copy job': call('startCopyJob', 'Started?', {
        Parameters: {
          'RecoveryPointArn.$': '$.recoveryPointArn',
          SourceBackupVaultName: workflow.sourceVaultName,
          DestinationBackupVaultArn: workflow.destinationVaultArn,
          IamRoleArn: workflow.roleArn,
          'IdempotencyToken.$': token(workflow),
          ...(workflow.lifecycle && { Lifecycle: workflow.lifecycle }),
        },
        ResultPath: '$.job',
      }),
      'Started?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.job.CopyJobId', IsPresent: true, Next: workflow.onDemand ? 'Wait' : 'Look back' },
        ],
        Default: 'Copied before',
      },
      ...(workflow.onDemand ? {} : lookBack),
      Wait: { Type: 'Wait', Seconds: poll, Next: 'Describe copy job' },
      // the next poll is the retry: a throttled poll must not fill the history of the execution
      'Describe copy job': call('describeCopyJob', 'Done?', {
        Retry: [untilFound(60, 2)],
        Catch: [{ ErrorEquals: PASSING_ERRORS, ResultPath: '$.error', Next: 'Wait' }, FAIL],
        Parameters: { 'CopyJobId.$': '$.job.CopyJobId' },
        ResultPath: '$.result',
      }),
      'Done?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.result.CopyJob.State', StringEquals: 'COMPLETED', Next: 'Copied' },
          { Variable: '$.result.CopyJob.State', StringEquals: 'FAILED', Next: 'Worth another try?' },
          { Variable: '$.result.CopyJob.State', StringEquals: 'PARTIAL', Next: 'Copy failed' },
        ],
        Default: 'Wait',
      },
      'Worth another try?': {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$.copy.pause', NumericLessThan: PAUSES.length - 1 },
              { Variable: '$.result.CopyJob.StatusMessage', IsPresent: true },
              {
                Or: PASSING_MESSAGES.map((message) => ({
                  Variable: '$.result.CopyJob.StatusMessage',
                  StringMatches: `*${message}*`,
                })),
              },
            ],
            Next: 'Back off',
          },
        ],
        Default: 'Copy failed',
      },
      'Back off': {
        Type: 'Pass',
        Parameters: {
          'destination.$': '$.copy.destination',
          'attempt.$': 'States.MathAdd($.copy.attempt, 1)',
          'pause.$': 'States.MathAdd($.copy.pause, 1)',
          'pauses.$': '$.copy.pauses',
          'since.$': '$.copy.since',
          'seconds.$':
            'States.MathRandom(States.ArrayGetItem($.copy.pauses, $.copy.pause), States.ArrayGetItem($.copy.pauses, States.MathAdd($.copy.pause, 1)))',
        },
        ResultPath: '$.copy',
        Next: 'Pause',
      },
      Pause: { Type: 'Wait', SecondsPath: '$.copy.seconds', Next: 'Start copy job' },
      Copied: { Type: 'Succeed' },
      'Copied before': { Type: 'Succeed' },
      'Not to be copied': workflow.onDemand
        ? {
            Type: 'Fail',
            Error: 'NotCopyable',
            Cause:
              'AWS Backup copies no recovery points that are continuous, in cold storage or not complete',
          }
        : { Type: 'Succeed' },
      Partial: {
        Type: 'Fail',
        Error: 'NotCopyable',
        Cause: 'The recovery point is partial: its backup did not finish, so there is nothing to copy',
      },
      'Copy failed': {
        Type: 'Fail',
        Error: 'CopyFailed',
        CausePath: 'States.JsonToString($.result.CopyJob)',
      },
      'Call failed': { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
    },
  };
}

/** Retries a call that failed for a temporary reason. */
const RETRY: State = {
  ErrorEquals: PASSING_ERRORS,
  IntervalSeconds: 20,
  BackoffRate: 2,
  MaxAttempts: 8,
  MaxDelaySeconds: 900,
  JitterStrategy: 'FULL',
};

/** Ends the execution with the error of a call. */
const FAIL: State = { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Call failed' };

/** Retries a call about a job that AWS Backup doesn't find yet. */
function untilFound(IntervalSeconds: number, MaxAttempts: number): State {
  return { ErrorEquals: [NOT_FOUND], IntervalSeconds, BackoffRate: 2, MaxAttempts };
}

/** The idempotency token of a copy. */
function token({ onDemand }: CopyWorkflow): string {
  const of = ['$.recoveryPointArn', '$.copy.destination', '$.copy.attempt'];
  if (onDemand) of.push('$$.Execution.Name');
  return `States.Hash(States.Format('${of.map(() => '{}').join(' ')}', ${of.join(', ')}), 'SHA-256')`;
}

/** A test of a string that may be missing. */
function text(variable: string, test: string, value: string): State {
  return {
    And: [
      { Variable: variable, IsPresent: true },
      { Variable: variable, IsString: true },
      { Variable: variable, [test]: value },
    ],
  };
}
