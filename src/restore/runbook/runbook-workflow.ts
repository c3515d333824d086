import {
  caught,
  LAMBDA_TEMPORARY,
  retry,
  type State,
  type StepWorkflow,
  stepProcessor,
} from './runbook-step';

/** The parameters of a restore workflow, all of which may be tokens. */
export interface RunbookWorkflow extends StepWorkflow {
  readonly planFunction: string;
  /** What can be restored, and the vaults, as the function that plans reads them. */
  readonly targets: readonly unknown[];
  readonly vaults: readonly unknown[];
  readonly judgeFunction: string;
  readonly reportFunction: string;
  readonly maxParallel: number;
  /** When the workflow gives up. */
  readonly timeoutSeconds: number;
  /** Asks for approval before anything is restored. */
  readonly approvalTopicArn?: string;
  readonly approvalTimeoutSeconds: number;
  /** Hears how each run ended. */
  readonly topicArn?: string;
}

/**
 * The definition of the state machine, in Amazon States Language with JSONPath. It plans first: what is missing is reported
 * before anything starts. Then it restores wave by wave, the steps of a wave together. Each step starts a job with the token
 * of the run, remembers it, waits, validates and tags. A step that fails lets the others of its wave end, and keeps later
 * waves from starting. Each end says what is restored and what is left.
 */
export function runbookWorkflow(workflow: RunbookWorkflow): State {
  const { partition } = workflow;
  const invoke = (functionArn: string, payload: State, more: State): State => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: functionArn, Payload: payload },
    Retry: [retry(LAMBDA_TEMPORARY, 2, 6)],
    ...more,
  });
  return {
    Comment: 'Restores resources in their order, validates them, and says what is left',
    TimeoutSeconds: workflow.timeoutSeconds,
    StartAt: 'Plan',
    States: {
      Plan: invoke(
        workflow.planFunction,
        {
          'input.$': '$',
          'execution.$': '$$.Execution.Name',
          // a definition takes a megabyte, the environment of a function 4 KB
          targets: workflow.targets,
          vaults: workflow.vaults,
        },
        { ResultSelector: { 'plan.$': '$.Payload' }, Catch: [caught('Planning failed')], Next: 'Possible?' },
      ),
      'Possible?': {
        Type: 'Choice',
        Choices: [
          {
            Variable: '$.plan.problems[0]',
            IsPresent: true,
            Next: workflow.topicArn ? 'Tell of problems' : 'Not possible',
          },
          {
            Variable: '$.plan.dryRun',
            BooleanEquals: true,
            Next: workflow.topicArn ? 'Tell of drill' : 'Dry run',
          },
        ],
        Default: workflow.approvalTopicArn ? 'Ask for approval' : 'Restore in order',
      },
      'Dry run': { Type: 'Succeed' },
      'Not possible': { Type: 'Fail', Error: 'NotPossible', CausePath: '$.plan.summary' },
      'Planning failed': { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
      ...(workflow.approvalTopicArn && approval(workflow, partition)),
      'Restore in order': {
        Type: 'Map',
        ItemsPath: '$.plan.waves',
        ItemSelector: { 'steps.$': '$$.Map.Item.Value', 'run.$': '$.plan.run' },
        MaxConcurrency: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Restore together',
          States: {
            'Restore together': {
              Type: 'Map',
              ItemsPath: '$.steps',
              ItemSelector: { 'step.$': '$$.Map.Item.Value', 'run.$': '$.run' },
              MaxConcurrency: workflow.maxParallel,
              ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...stepProcessor(workflow, invoke) },
              ResultPath: '$.results',
              Next: 'Judge wave',
            },
            'Judge wave': invoke(
              workflow.judgeFunction,
              { 'run.$': '$.run', 'results.$': '$.results' },
              { ResultSelector: { 'restored.$': '$.Payload.restored' }, End: true },
            ),
          },
        },
        ResultPath: '$.restored',
        Catch: [caught('Report failure')],
        Next: 'Report',
      },
      Report: invoke(
        workflow.reportFunction,
        { 'run.$': '$.plan.run' },
        {
          ResultSelector: { 'report.$': '$.Payload' },
          Catch: [caught('Reporting failed')],
          Next: workflow.topicArn ? 'Hand over' : 'Restored all',
        },
      ),
      'Report failure': invoke(
        workflow.reportFunction,
        { 'run.$': '$.plan.run', 'cause.$': '$.error.Cause' },
        {
          ResultSelector: { 'report.$': '$.Payload' },
          Catch: [caught('Reporting failed')],
          Next: workflow.topicArn ? 'Tell of failure' : 'Failed',
        },
      ),
      ...(workflow.topicArn && {
        'Tell of problems': publish(
          partition,
          workflow.topicArn,
          'A restore is not possible',
          PLAN,
          'Not possible',
        ),
        'Tell of drill': publish(
          partition,
          workflow.topicArn,
          'A restore drill is complete',
          PLAN,
          'Dry run',
        ),
        'Hand over': publish(partition, workflow.topicArn, 'A restore is complete', REPORT, 'Restored all'),
        'Tell of failure': publish(partition, workflow.topicArn, 'A restore failed', REPORT, 'Failed'),
      }),
      'Restored all': { Type: 'Succeed' },
      Failed: { Type: 'Fail', Error: 'RestoreFailed', CausePath: 'States.JsonToString($.report)' },
      'Reporting failed': { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
    },
  };
}

function approval(workflow: RunbookWorkflow, partition: string): State {
  return {
    'Ask for approval': {
      Type: 'Task',
      Resource: `arn:${partition}:states:::sns:publish.waitForTaskToken`,
      TimeoutSeconds: workflow.approvalTimeoutSeconds,
      Parameters: {
        TopicArn: workflow.approvalTopicArn,
        Subject: 'A restore waits for approval',
        'Message.$':
          "States.Format('Run {} would restore:\n{}\n\nTo approve: aws stepfunctions send-task-success --task-output true --task-token {}\nTo deny: aws stepfunctions send-task-failure --error Denied --task-token {}', $.plan.run, $.plan.summary, $$.Task.Token, $$.Task.Token)",
      },
      ResultPath: '$.approval',
      Catch: [caught('Not approved')],
      Next: 'Restore in order',
    },
    'Not approved': {
      Type: 'Fail',
      Error: 'NotApproved',
      Cause: 'The restore was denied, or nobody approved it in time; nothing was restored',
    },
  };
}

const PLAN = '$.plan.summary';
const REPORT = 'States.JsonToString($.report)';

function publish(partition: string, TopicArn: string, Subject: string, message: string, Next: string): State {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::sns:publish`,
    Parameters: { TopicArn, Subject, 'Message.$': message },
    ResultPath: '$.published',
    // the report is in the bucket
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.unpublished', Next }],
    Next,
  };
}
