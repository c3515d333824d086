export type State = Readonly<Record<string, unknown>>;

/** The parameters of a restore, all of which may be tokens. */
export interface StepWorkflow {
  readonly partition: string;
  /** Undefined if nothing is copied back. */
  readonly copyFunction?: string;
  readonly watchFunction: string;
  readonly validateFunction: string;
  /** The checks as the function that validates reads them. */
  readonly checks: readonly unknown[];
  readonly restoreRoleArn: string;
  readonly bucket: string;
}

/**
 * Asks a function that throws `NotYet` again: soon at first, later every half hour, without end. An execution has at most
 * 25,000 events, and each attempt takes three.
 */
const PATIENCE = {
  ErrorEquals: ['NotYet'],
  IntervalSeconds: 60,
  BackoffRate: 1.2,
  MaxDelaySeconds: 1_800,
  MaxAttempts: 1_000,
};
const TEMPORARY = [
  'Backup.BackupException',
  'Backup.DependencyFailureException',
  'Backup.LimitExceededException',
  'Backup.SdkClientException',
  'Backup.ServiceUnavailableException',
  'Backup.ThrottlingException',
  'Backup.TooManyRequestsException',
];
export const LAMBDA_TEMPORARY = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];

type Invoke = (functionArn: string, payload: State, more: State) => State;

/** One restore, from its start to the tag of what it restored. */
export function stepProcessor(workflow: StepWorkflow, invoke: Invoke): State {
  const sdk = (service: string, action: string, Parameters: State, more: State): State => ({
    Type: 'Task',
    Resource: `arn:${workflow.partition}:states:::aws-sdk:${service}:${action}`,
    Parameters,
    ...more,
  });
  return {
    StartAt: 'Begun before?',
    States: {
      'Begun before?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.step.done', IsPresent: true, Next: 'Restored before' },
          { Variable: '$.step.jobId', IsPresent: true, Next: 'Go on with job' },
          ...(workflow.copyFunction ? [{ Variable: '$.step.copy', IsPresent: true, Next: 'Copy back' }] : []),
        ],
        Default: 'Start restore',
      },
      'Restored before': {
        Type: 'Pass',
        Parameters: {
          status: 'RESTORED',
          'id.$': '$.step.id',
          'label.$': '$.step.label',
          'restoredArn.$': '$.step.done.restoredArn',
          'jobId.$': '$.step.done.jobId',
        },
        End: true,
      },
      'Go on with job': {
        Type: 'Pass',
        Parameters: { 'RestoreJobId.$': '$.step.jobId' },
        ResultPath: '$.job',
        Next: 'Wait for job',
      },
      ...(workflow.copyFunction && {
        'Copy back': invoke(
          workflow.copyFunction,
          { 'step.$': '$.step', 'since.$': '$$.Execution.StartTime' },
          {
            ResultSelector: { 'step.$': '$.Payload' },
            ResultPath: '$.arrived',
            Retry: [PATIENCE, retry(LAMBDA_TEMPORARY, 2, 6)],
            Catch: [caught('Call failed')],
            Next: 'Take copy',
          },
        ),
        'Take copy': {
          Type: 'Pass',
          InputPath: '$.arrived.step',
          ResultPath: '$.step',
          Next: 'Start restore',
        },
      }),
      'Start restore': sdk(
        'backup',
        'startRestoreJob',
        {
          'RecoveryPointArn.$': '$.step.recoveryPointArn',
          'Metadata.$': '$.step.metadata',
          'ResourceType.$': '$.step.type',
          'IdempotencyToken.$': '$.step.token',
          IamRoleArn: workflow.restoreRoleArn,
          'CopySourceTagsToRestoredResource.$': '$.step.copiesTags',
        },
        {
          ResultPath: '$.job',
          Retry: [retry(TEMPORARY, 20, 8)],
          Catch: [caught('Call failed')],
          Next: 'Remember job',
        },
      ),
      // the token of the run starts no second job if this is lost
      'Remember job': sdk(
        's3',
        'putObject',
        {
          Bucket: workflow.bucket,
          'Key.$': "States.Format('runs/{}/{}-started.json', $.run, $.step.id)",
          Body: { 'jobId.$': '$.job.RestoreJobId' },
        },
        {
          ResultPath: '$.remembered',
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.forgotten', Next: 'Wait for job' }],
          Next: 'Wait for job',
        },
      ),
      'Wait for job': invoke(
        workflow.watchFunction,
        { 'jobId.$': '$.job.RestoreJobId' },
        {
          ResultSelector: {
            'restoredArn.$': '$.Payload.restoredArn',
            'recoveryPointArn.$': '$.Payload.recoveryPointArn',
            'vault.$': '$.Payload.vault',
          },
          ResultPath: '$.result',
          Retry: [PATIENCE, retry(LAMBDA_TEMPORARY, 2, 6)],
          Catch: [caught('Call failed')],
          Next: 'Validate',
        },
      ),
      Validate: invoke(
        workflow.validateFunction,
        {
          subject: {
            'jobId.$': '$.job.RestoreJobId',
            'type.$': '$.step.type',
            'restoredArn.$': '$.result.restoredArn',
            'sourceArn.$': '$.step.arn',
            'recoveryPointArn.$': '$.result.recoveryPointArn',
            'vaultName.$': '$.result.vault',
          },
          checks: workflow.checks,
        },
        {
          ResultSelector: { 'verdict.$': '$.Payload.verdict', 'reason.$': '$.Payload.reason' },
          ResultPath: '$.validation',
          // what must be waited for, for about three hours
          Retry: [
            { ErrorEquals: ['NotYet'], IntervalSeconds: 60, BackoffRate: 1, MaxAttempts: 180 },
            retry(LAMBDA_TEMPORARY, 2, 6),
          ],
          Catch: [caught('Call failed')],
          Next: 'Valid?',
        },
      ),
      'Valid?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.validation.verdict', StringEquals: 'SUCCESSFUL', Next: 'Tag' }],
        Default: 'Not valid',
      },
      'Not valid': failed(
        "States.Format('restored as {}, but not valid: {}', $.result.restoredArn, $.validation.reason)",
      ),
      Tag: sdk(
        'resourcegroupstaggingapi',
        'tagResources',
        {
          'ResourceARNList.$': 'States.Array($.result.restoredArn)',
          Tags: { 'cdk-backup-constructs:restore-run.$': '$.run' },
        },
        {
          ResultPath: '$.tagged',
          // what is restored and valid is not thrown away for want of a tag
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.untagged', Next: 'Restored' }],
          Next: 'Restored',
        },
      ),
      Restored: {
        Type: 'Pass',
        Parameters: {
          status: 'RESTORED',
          'id.$': '$.step.id',
          'label.$': '$.step.label',
          'restoredArn.$': '$.result.restoredArn',
          'jobId.$': '$.job.RestoreJobId',
        },
        End: true,
      },
      'Call failed': failed("States.Format('{}: {}', $.error.Error, $.error.Cause)"),
    },
  };
}

/** The result of a step that failed; the others of its wave go on. */
function failed(cause: string): State {
  return {
    Type: 'Pass',
    Parameters: { status: 'FAILED', 'id.$': '$.step.id', 'label.$': '$.step.label', 'cause.$': cause },
    End: true,
  };
}

/** Retries a call that failed for a temporary reason. */
export function retry(ErrorEquals: readonly string[], IntervalSeconds: number, MaxAttempts: number): State {
  return {
    ErrorEquals,
    IntervalSeconds,
    BackoffRate: 2,
    MaxAttempts,
    MaxDelaySeconds: 900,
    JitterStrategy: 'FULL',
  };
}

/** Goes on with another state after any error. */
export function caught(Next: string): State {
  return { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next };
}
