import { Aws, Duration, Lazy, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import { type CfnAlarm, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { makeServiceRole } from '../../resources/core/customized-role';
import { enforce } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import { type ResolvedResource, resolveResource } from '../../resources/core/resource-arns';
import { acknowledge, acknowledgeWildcards, LOG_RULES } from '../../resources/provider/nag-acknowledgements';
import { RestoreTestingRole } from '../../resources/restore-testing/restore-testing-role';
import { recoveryPointArns } from '../../values/resource-type/recovery-point-arns';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { RestoreEvidenceBucket } from '../core/restore-evidence-bucket';
import { arnParts, RestoreFunction } from '../core/restore-function';
import { allow, checkStatements } from '../validation/check-permissions';
import { makeAlarm } from '../validation/validation-parts';
import { runbookProblems } from './restore-runbook-laws';
import type { RestoreRunbookProps } from './restore-runbook-props';
import { defaultChecks, tagActions, targetsOf } from './runbook-targets';
import { runbookWorkflow } from './runbook-workflow';

export type { RestoreRunbookProps, RunbookResource } from './restore-runbook-props';

const DEFAULT_PARALLEL = 10;
const LOG_DAYS = 365;

/**
 * A state machine that restores a workload on the bad day: it finds the recovery points, reports what is missing before
 * anything starts, restores in the declared order and together where it may, validates with the checks of restore tests, tags
 * what is restored, and says what is left. A failed run goes on with `{"runId": "…"}`, without restoring twice.
 *
 * Start it with, for example, `{"everything": true, "newestBefore": "2026-11-29T05:00:00Z", "dryRun": true}`. Instead of
 * `everything`, name `resources` by their construct paths or ARNs, or a `tag` with `key` and `value`. `newestClean` takes only
 * recovery points that a malware scan found clean; `pointInTime` restores continuous backups; `items` restores paths of file
 * systems and prefixes of buckets; `metadata` changes the metadata of a resource.
 */
@propertyInjectable
export class RestoreRunbook extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.RestoreRunbook';

  /** The ARN of the state machine. */
  public readonly stateMachineArn: string;

  /** The bucket with the plan, the progress and the report of each run. */
  public readonly bucket: IBucketRef;

  /** The role with which AWS Backup restores. */
  public readonly restoreRole: IRoleRef;

  /** Triggers when a run or a drill fails; notifies `topic`. */
  public readonly failureAlarm: CfnAlarm;

  constructor(scope: Construct, id: string, props: RestoreRunbookProps) {
    super(scope, id);
    enforce(this, runbookProblems(props));
    const resolved = props.resources.map(({ resource }) => resolveResource(resource) as ResolvedResource);
    const types = resolved.map(({ type }) => type);
    this.bucket = props.bucket ?? new RestoreEvidenceBucket(this, 'Runs');
    this.restoreRole =
      props.restoreRole ??
      new RestoreTestingRole(this, 'AwsBackupRestoreRole', {
        description: 'Lets AWS Backup restore recovery points for a runbook',
        resourceTypes: types,
      });
    const functions = this.makeFunctions(props, resolved);
    const machine = this.makeMachine(props, functions, types);
    this.stateMachineArn = machine.ref;
    this.failureAlarm = makeAlarm(
      this,
      'FailureAlarm',
      'A restore or a drill failed, or did not end in time',
      ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map(
        (metricName) =>
          new Metric({
            namespace: 'AWS/States',
            metricName,
            dimensionsMap: { StateMachineArn: machine.ref },
            statistic: Stats.SUM,
          }),
      ),
      { alarmTopic: props.topic },
    );
    if (props.drillSchedule) this.makeDrill(machine, props);
  }

  private makeFunctions(props: RestoreRunbookProps, resolved: readonly ResolvedResource[]): Functions {
    const place = arnParts(this);
    const checks = props.checks ?? defaultChecks(resolved.map(({ type }) => type));
    const settings = Lazy.string({
      produce: () =>
        Stack.of(this).toJsonString({
          bucket: this.bucket.bucketRef.bucketName,
          targets: targetsOf(props, resolved),
          checks: checks.map((check) => check._render(false)),
        }),
    });
    const { bucketArn } = this.bucket.bucketRef;
    const key = this.bucket instanceof RestoreEvidenceBucket ? this.bucket.encryptionKey?.keyArn : undefined;
    const documents = [
      allow(['s3:GetObject', 's3:PutObject'], `${bucketArn}/runs/*`),
      // without it, Amazon S3 reports a document that doesn't exist as one that can't be read
      allow(['s3:ListBucket'], bucketArn),
      ...(key ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], key)] : []),
    ];
    const make = (
      id: string,
      handler: string,
      description: string,
      minutes: number,
      statements: readonly object[],
    ) =>
      new RestoreFunction(this, id, {
        bundle: 'restore-runbook',
        environment: { SETTINGS: settings },
        handler,
        description,
        timeout: Duration.minutes(minutes),
        memoryMiB: 512,
        statements,
      });
    const points = [
      allow(
        [
          'backup:ListRecoveryPointsByBackupVault',
          'backup:GetRecoveryPointRestoreMetadata',
          'backup:DescribeRecoveryPoint',
          'backup:ListTags',
        ],
        '*',
      ),
    ];
    return {
      plan: make('Plan', 'plan', 'Decides what is restored from which recovery points', 15, [
        ...documents,
        ...points,
      ]),
      validate: make('Validate', 'validate', 'Validates what a runbook restored', 15, [
        ...checks.flatMap((check) => checkStatements(check, false, place, '*')),
      ]),
      judge: make('Judge', 'judge', 'Remembers what a runbook restored', 5, documents),
      report: make('Report', 'report', 'Reports what a runbook restored, and what is left', 5, [
        ...documents,
        allow(['backup:DescribeRestoreJob'], '*'),
      ]),
    };
  }

  private makeMachine(
    props: RestoreRunbookProps,
    functions: Functions,
    types: readonly ResourceType[],
  ): CfnStateMachine {
    const stack = Stack.of(this);
    const log = new CfnLogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${generatedName(this, 'Log', { maxLength: 200, separator: '-' })}`,
      retentionInDays: LOG_DAYS,
    });
    log.applyRemovalPolicy(RemovalPolicy.DESTROY); // the bucket keeps the report of each run
    acknowledge(log, LOG_RULES, 'it holds ARNs and metadata of restores, and CloudWatch Logs encrypts it');
    const holder = new Construct(this, 'Machine');
    const topics = [props.topic, props.approvalTopic].flatMap((topic) =>
      topic ? [topic.topicRef.topicArn] : [],
    );
    const { roleArn, policy } = makeServiceRole(holder, {
      service: 'states.amazonaws.com',
      description: 'Lets a runbook restore recovery points',
      policyDescription: 'Restores recovery points, validates them and tags them',
      statements: [
        allow(
          ['lambda:InvokeFunction'],
          Object.values(functions).map((each: RestoreFunction) => each.functionArn),
        ),
        allow(
          ['backup:StartRestoreJob'],
          recoveryPointArns(types, {
            partition: Aws.PARTITION,
            account: stack.account,
            region: stack.region,
          }),
        ),
        allow(['backup:DescribeRestoreJob'], '*'),
        allow(['iam:PassRole'], this.restoreRole.roleRef.roleArn, {
          StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' },
        }),
        allow(['s3:PutObject'], `${this.bucket.bucketRef.bucketArn}/runs/*`),
        ...(this.bucket instanceof RestoreEvidenceBucket && this.bucket.encryptionKey
          ? [allow(['kms:GenerateDataKey'], this.bucket.encryptionKey.keyArn)]
          : []),
        allow(['tag:TagResources', ...tagActions(types)], '*'),
        ...(topics.length > 0 ? [allow(['sns:Publish'], topics)] : []),
        allow(
          [
            'logs:CreateLogDelivery',
            'logs:DeleteLogDelivery',
            'logs:DescribeLogGroups',
            'logs:DescribeResourcePolicies',
            'logs:GetLogDelivery',
            'logs:ListLogDeliveries',
            'logs:PutResourcePolicy',
            'logs:UpdateLogDelivery',
          ],
          '*',
        ),
        allow(
          [
            'xray:GetSamplingRules',
            'xray:GetSamplingTargets',
            'xray:PutTelemetryRecords',
            'xray:PutTraceSegments',
          ],
          '*',
        ),
      ],
    });
    if (policy)
      acknowledgeWildcards(
        policy,
        'what is restored has no name before it is, and IAM has no resources for jobs, log deliveries and traces',
      );
    const machine = new CfnStateMachine(this, 'StateMachine', {
      stateMachineType: 'STANDARD',
      roleArn,
      definitionString: Lazy.string({
        produce: () =>
          stack.toJsonString(
            runbookWorkflow({
              partition: Aws.PARTITION,
              planFunction: functions.plan.functionArn,
              validateFunction: functions.validate.functionArn,
              judgeFunction: functions.judge.functionArn,
              reportFunction: functions.report.functionArn,
              restoreRoleArn: this.restoreRole.roleRef.roleArn,
              bucket: this.bucket.bucketRef.bucketName,
              maxParallel: props.maxParallel ?? DEFAULT_PARALLEL,
              timeoutSeconds: (props.timeout ?? Duration.days(7)).toSeconds(),
              approvalTopicArn: props.approvalTopic?.topicRef.topicArn,
              approvalTimeoutSeconds: (props.approvalTimeout ?? Duration.hours(4)).toSeconds(),
              topicArn: props.topic?.topicRef.topicArn,
            }),
          ),
      }),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.attrArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    if (policy) machine.addResourceDependency(policy);
    return machine;
  }

  /** Dry runs on a schedule: EventBridge starts the state machine, and an alarm notices those that fail. */
  private makeDrill(machine: CfnStateMachine, { drillSchedule }: RestoreRunbookProps): void {
    const drill = new Construct(this, 'Drill');
    const { roleArn } = makeServiceRole(drill, {
      service: 'events.amazonaws.com',
      description: 'Starts drills of a restore runbook',
      policyDescription: 'Starts the state machine of a restore runbook',
      statements: [allow(['states:StartExecution'], machine.ref)],
    });
    new CfnRule(drill, 'Schedule', {
      description: 'Drills of a restore runbook, which restore nothing',
      scheduleExpression: drillSchedule?.expressionString,
      targets: [
        {
          id: 'Runbook',
          arn: machine.ref,
          roleArn,
          input: JSON.stringify({ everything: true, dryRun: true }),
        },
      ],
    });
  }
}

interface Functions {
  readonly plan: RestoreFunction;
  readonly validate: RestoreFunction;
  readonly judge: RestoreFunction;
  readonly report: RestoreFunction;
}
