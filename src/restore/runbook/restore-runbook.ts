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
import { RestoreEvidenceBucket } from '../core/restore-evidence-bucket';
import { allow } from '../validation/check-permissions';
import type { RestoreCheck } from '../validation/restore-check';
import { makeAlarm } from '../validation/validation-parts';
import { runbookProblems } from './restore-runbook-laws';
import type { RestoreRunbookProps } from './restore-runbook-props';
import { makeDocument } from './runbook-document';
import { makeFunctions, type RunbookFunctions } from './runbook-functions';
import { machineStatements } from './runbook-permissions';
import { defaultChecks, targetsOf, vaultsOf } from './runbook-targets';
import { runbookWorkflow } from './runbook-workflow';

export type {
  RestoreRunbookProps,
  RunbookCopySourceOptions,
  RunbookResource,
  RunbookSharedVaultOptions,
} from './restore-runbook-props';

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

  /** The name of the SSM Automation document. Undefined without `automationDocument`. */
  public readonly automationDocumentName?: string;

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
    if (this.restoreRole instanceof RestoreTestingRole)
      for (const { metadata } of props.resources)
        for (const passed of metadata?._passes ?? []) this.restoreRole._allowPassing(passed);
    const checks = props.checks ?? defaultChecks(types);
    const functions = makeFunctions(this, props, { checks, bucket: this.bucket });
    const machine = this.makeMachine(props, { functions, resolved, checks });
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
    if (props.automationDocument) this.automationDocumentName = makeDocument(this, machine).ref;
    if (props.drillSchedule) this.makeDrill(machine, props);
  }

  private makeMachine(
    props: RestoreRunbookProps,
    { functions, resolved, checks }: MachineParts,
  ): CfnStateMachine {
    const stack = Stack.of(this);
    const types = resolved.map(({ type }) => type);
    const log = new CfnLogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${generatedName(this, 'Log', { maxLength: 200, separator: '-' })}`,
      retentionInDays: LOG_DAYS,
    });
    log.applyRemovalPolicy(RemovalPolicy.DESTROY); // the bucket keeps the report of each run
    acknowledge(log, LOG_RULES, 'it holds ARNs and metadata of restores, and CloudWatch Logs encrypts it');
    const holder = new Construct(this, 'Machine');
    const { roleArn, policy } = makeServiceRole(holder, {
      service: 'states.amazonaws.com',
      description: 'Lets a runbook restore recovery points',
      policyDescription: 'Restores recovery points, validates them and tags them',
      statements: machineStatements(this, props, {
        functions,
        types,
        restoreRoleArn: this.restoreRole.roleRef.roleArn,
        bucket: this.bucket,
      }),
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
              targets: targetsOf(props, resolved),
              vaults: vaultsOf(props, stack.region),
              copyFunction: functions.copy?.functionArn,
              watchFunction: functions.watch.functionArn,
              validateFunction: functions.validate.functionArn,
              checks: checks.map((check) => check._render(false)),
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

/** What the state machine consists of. */
interface MachineParts {
  readonly functions: RunbookFunctions;
  readonly resolved: readonly ResolvedResource[];
  readonly checks: readonly RestoreCheck[];
}
