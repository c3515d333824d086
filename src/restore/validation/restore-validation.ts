import { Duration, Lazy, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import { type CfnAlarm, Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { enforce, synthesisErrors } from '../../resources/core/enforce';
import { acknowledge } from '../../resources/provider/nag-acknowledgements';
import { throwErrors } from '../../values/core/problem';
import { RestoreEvidenceBucket } from '../core/restore-evidence-bucket';
import { arnParts, RestoreFunction } from '../core/restore-function';
import { allow, checkStatements, cleanUpStatements, leftoverStatements } from './check-permissions';
import { mountStatements, releaseStatements } from './mount-permissions';
import { combinationProblems, selectionProblems, validationProblems } from './restore-validation-laws';
import type { RestoreValidationProps } from './restore-validation-props';
import { invokeConfig, keyStatements, makeAlarm, windowHours } from './validation-parts';

export type { RestoreValidationOptions, RestoreValidationProps } from './restore-validation-props';

const NAMESPACE = 'CdkBackupConstructs/RestoreTests';
const DEFAULT_TIMEOUT_HOURS = 24;
/** The certificate authorities of Amazon RDS, which Node.js in AWS Lambda no longer loads by itself. */
const DATABASE_AUTHORITIES = { NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem' };

/**
 * Validates what a restore testing plan restores, and tells AWS Backup the result: a function looks at each restored
 * resource, level by level. Every test ends as SUCCESSFUL or FAILED with a reason: exceptions and timeouts are failures, and
 * a sweep every ten minutes decides what is left before the validation window ends. Only tests of this plan are validated,
 * each once. Results are kept as JSON documents in a bucket, with the measured recovery time and recovery point.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-validation.html
 */
@propertyInjectable
export class RestoreValidation extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.RestoreValidation';

  /** The bucket with the evidence. */
  public readonly evidenceBucket: IBucketRef;

  /** Triggers when a restore test fails, doesn't finish, or isn't cleaned up. */
  public readonly failureAlarm: CfnAlarm;

  /** Triggers when a recovery time or recovery point misses its target; undefined without targets. */
  public readonly targetAlarm?: CfnAlarm;

  /** Triggers when tests can't be validated or swept at all. */
  public readonly operationAlarm: CfnAlarm;

  private readonly planName: string;

  constructor(scope: Construct, id: string, props: RestoreValidationProps) {
    super(scope, id);
    enforce(this, validationProblems(props));
    throwErrors(combinationProblems(props), this.node.path);
    const { restoreTestingPlanArn: planArn, restoreTestingPlanName } =
      props.restoreTestingPlan.restoreTestingPlanRef;
    this.planName = restoreTestingPlanName;
    this.evidenceBucket =
      props.evidenceBucket ?? new RestoreEvidenceBucket(this, 'Evidence', { lockFor: props.lockEvidenceFor });
    const inVpc = (props.subnets ?? []).length > 0;
    const place = arnParts(this);
    const base = [
      allow(
        ['backup:DescribeRestoreJob', 'backup:PutRestoreValidationResult', 'backup:ListRestoreJobs'],
        '*',
      ),
      allow(['s3:PutObject'], `${this.evidenceBucket.bucketRef.bucketArn}/*`),
      ...keyStatements(this.evidenceBucket, props),
    ];
    const releasing = releaseStatements(props.checks);
    const cleanUp = [...cleanUpStatements(props.checks, inVpc, place), ...releasing];
    const settings = Lazy.string({
      produce: () => Stack.of(this).toJsonString(this.settings(props, planArn, inVpc)),
    });
    const common = { bundle: 'restore-validation', environment: { SETTINGS: settings } } as const;

    const queue = this.makeQueue();
    const close = new RestoreFunction(this, 'Close', {
      ...common,
      handler: 'close',
      description: 'Ends restore tests whose validation crashed or timed out',
      timeout: Duration.minutes(2),
      memoryMiB: 256,
      statements: [...base, ...cleanUp, allow(['sqs:SendMessage'], queue.attrArn)],
    });
    const validate = new RestoreFunction(this, 'Validate', {
      ...common,
      environment: {
        ...common.environment,
        ...(props.checks.some((check) => check._mayConnect(inVpc)) && DATABASE_AUTHORITIES),
      },
      handler: 'validate',
      description: 'Validates what restore tests restored',
      timeout: Duration.minutes(15),
      memoryMiB: 1024,
      network: inVpc
        ? { subnets: props.subnets ?? [], securityGroups: props.securityGroups ?? [] }
        : undefined,
      statements: [
        ...base,
        ...props.checks.flatMap((check) => checkStatements(check, inVpc, place)),
        allow(['lambda:InvokeFunction'], close.functionArn),
      ],
      moreStatements: [...mountStatements(props.checks), ...releasing],
    });
    const sweep = new RestoreFunction(this, 'Sweep', {
      ...common,
      handler: 'sweepJobs',
      description: 'Ends restore tests that nobody validated, and finds those that are not cleaned up',
      timeout: Duration.minutes(5),
      memoryMiB: 256,
      statements: [...base, ...cleanUp, ...(props.removeLeftovers ? leftoverStatements(place) : [])],
    });
    // what must be waited for is tried again, three times 15 minutes in all
    invokeConfig(validate, 'Invocations', 2, close.functionArn);
    invokeConfig(close, 'Invocations', 2, queue.attrArn);
    this.makeRules(validate, sweep, planArn, queue);

    this.failureAlarm = makeAlarm(
      this,
      'FailureAlarm',
      'A restore test failed, did not finish, or was not cleaned up',
      [this.metricFailed()],
      props,
    );
    if (props.recoveryTimeTarget || props.recoveryPointTarget)
      this.targetAlarm = makeAlarm(
        this,
        'TargetAlarm',
        'A restore took longer than its target, or its recovery point was older',
        [this.metricTargetMissed()],
        props,
      );
    this.operationAlarm = makeAlarm(
      this,
      'OperationAlarm',
      'Restore tests can not be validated: read the logs of the functions',
      [
        ...[close, sweep].map(
          (each) =>
            new Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Errors',
              dimensionsMap: { FunctionName: each.resource.ref },
              statistic: Stats.SUM,
            }),
        ),
        new Metric({
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensionsMap: { QueueName: queue.attrQueueName },
          statistic: Stats.MAXIMUM,
        }),
      ],
      props,
    );
    this.node.addValidation({ validate: () => synthesisErrors(this, selectionProblems(props)) });
  }

  /** Tests that failed, did not finish, or were not cleaned up. */
  public metricFailed(options?: MetricOptions): Metric {
    return this.metric('Failed', { statistic: Stats.SUM, ...options });
  }

  /** Tests that missed a target. */
  public metricTargetMissed(options?: MetricOptions): Metric {
    return this.metric('TargetMissed', { statistic: Stats.SUM, ...options });
  }

  /** The time from the start to the end of restores, in seconds. */
  public metricRecoveryTime(options?: MetricOptions): Metric {
    return this.metric('RecoveryTime', { statistic: Stats.MAXIMUM, ...options });
  }

  /** The age of the restored recovery points, in seconds. */
  public metricRecoveryPointAge(options?: MetricOptions): Metric {
    return this.metric('RecoveryPointAge', { statistic: Stats.MAXIMUM, ...options });
  }

  private metric(metricName: string, options: MetricOptions): Metric {
    return new Metric({
      ...options,
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { RestoreTestingPlan: this.planName },
    }).attachTo(this);
  }

  private settings(props: RestoreValidationProps, planArn: string, inVpc: boolean) {
    return {
      planArn,
      restoreTestingPlan: this.planName,
      bucket: this.evidenceBucket.bucketRef.bucketName,
      windowHours: windowHours(props),
      restoreHours: (props.restoreTimeout ?? Duration.hours(DEFAULT_TIMEOUT_HOURS)).toHours(),
      restoreMinutes: props.recoveryTimeTarget?.toMinutes(),
      ageMinutes: props.recoveryPointTarget?.toMinutes(),
      removesLeftovers: props.removeLeftovers,
      checks: props.checks.map((check) => check._render(inVpc)),
    };
  }

  /** Events that didn't arrive, and jobs that couldn't be ended. The sweep finds the jobs again. */
  private makeQueue(): CfnQueue {
    const queue = new CfnQueue(this, 'DeadLetters', {
      messageRetentionPeriod: Duration.days(14).toSeconds(),
      sqsManagedSseEnabled: true,
    });
    queue.applyRemovalPolicy(RemovalPolicy.DESTROY); // evidence is in the bucket
    acknowledge(queue, ['AwsSolutions-SQS3'], 'it is a dead-letter queue itself');
    return queue;
  }

  private makeRules(
    validate: RestoreFunction,
    sweep: RestoreFunction,
    planArn: string,
    queue: CfnQueue,
  ): void {
    const completed = new CfnRule(this, 'Completed', {
      description: 'Restore tests that ended',
      eventPattern: {
        source: ['aws.backup'],
        'detail-type': ['Restore Job State Change'],
        detail: { status: ['COMPLETED', 'FAILED', 'ABORTED'], restoreTestingPlanArn: [planArn] },
      },
      targets: [{ id: 'Validate', arn: validate.functionArn, deadLetterConfig: { arn: queue.attrArn } }],
    });
    const schedule = new CfnRule(this, 'Regularly', {
      description: 'Looks for restore tests without a result',
      scheduleExpression: 'rate(10 minutes)',
      targets: [{ id: 'Sweep', arn: sweep.functionArn }],
    });
    for (const [rule, target] of [
      [completed, validate],
      [schedule, sweep],
    ] as const)
      new CfnPermission(target, 'Invoke', {
        action: 'lambda:InvokeFunction',
        functionName: target.functionArn,
        principal: 'events.amazonaws.com',
        sourceArn: rule.attrArn,
      });
    new CfnQueuePolicy(this, 'DeadLettersPolicy', {
      queues: [queue.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queue.attrArn,
            Condition: { ArnEquals: { 'aws:SourceArn': completed.attrArn } },
          },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: queue.attrArn,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    });
  }
}
