import { Stack } from 'aws-cdk-lib';
import { CfnAlarm, type IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { CfnQueue, CfnQueuePolicy, type IQueueRef } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachineRef } from 'aws-cdk-lib/aws-stepfunctions';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { makeServiceRole } from '../../resources/core/customized-role';
import { enforce } from '../../resources/core/enforce';
import { acknowledge } from '../../resources/core/nag-acknowledgements';
import { throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { copyCycleProblems, copyTwiceProblems, ownProblems, registerCopy } from './copy-cycles';
import { alarmAt1, CopyMachine } from './copy-machine';
import { eventCopyProblems, timeoutSeconds } from './event-copy-laws';
import type { EventCopyProps } from './event-copy-props';
import { reportSilentAlarms } from './silent-alarms';

/** Properties of a `CopyOnArrival`. */
export interface CopyOnArrivalProps extends EventCopyProps {}

/**
 * Copies each recovery point of a vault to another vault as soon as it arrives: backups and copies alike, whoever created
 * them. Use it for the second hop of a chain, which copy actions of a plan can't do: they start at the vault of their rule.
 *
 * AWS Backup emits the event `Recovery Point State Change` in the account and Region of the vault when a recovery point is
 * complete. The event starts a state machine, which calls `StartCopyJob` and polls the job every few minutes. Failed calls
 * are retried with exponential backoff and jitter, and so are jobs that fail because too many are running. A copy that fails
 * permanently, or isn't complete in time, triggers `failureAlarm`, and so does a recovery point that is only partial. An event that can't start the state machine goes to
 * `deadLetterQueue` and triggers `deadLetterAlarm`.
 *
 * AWS Backup emits events on a best-effort basis. For missed recovery points, and for those that arrived before the
 * deployment, start the state machine with `{"recoveryPointArn": "arn:…"}`. A recovery point that arrives twice is copied
 * once; a copy that failed permanently is attempted again.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
@propertyInjectable
export class CopyOnArrival extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.CopyOnArrival';

  /** The state machine that copies a recovery point. Its input is `{"recoveryPointArn": "arn:…"}`. */
  public readonly stateMachine: IStateMachineRef;

  /** The role with which AWS Backup copies. */
  public readonly role: IRoleRef;

  /** Receives events that can't be delivered within a day. */
  public readonly deadLetterQueue: IQueueRef;

  /** Triggered when a copy fails, or isn't complete in time. */
  public readonly failureAlarm: IAlarmRef;

  /** Triggered when an event can't be delivered. */
  public readonly deadLetterAlarm: IAlarmRef;

  constructor(scope: Construct, id: string, props: CopyOnArrivalProps) {
    const path = `${scope.node.path}/${id}`;
    const problems = eventCopyProblems(scope, props);
    throwErrors(problems, path);
    throwErrors(copyCycleProblems(scope, props), path);
    super(scope, id);
    enforce(this, unknownPropertyProblems(props, 'CopyOnArrivalProps'));
    enforce(this, [...ownProblems(scope, path, problems), ...copyTwiceProblems(this, props)]);
    registerCopy(this, props);
    const { vault, resourceTypes, alarmTopic } = props;
    const machine = new CopyMachine(this, 'Copy', {
      ...props,
      timeoutSeconds: timeoutSeconds(props.timeout),
      onDemand: false,
    });
    this.stateMachine = machine.stateMachine;
    this.role = machine.role;
    this.failureAlarm = machine.failureAlarm;

    const queue = new CfnQueue(this, 'DeadLetters', {
      sqsManagedSseEnabled: true,
      messageRetentionPeriod: 14 * 24 * 3600, // the maximum
    });
    acknowledge(queue, ['AwsSolutions-SQS3'], 'this is the dead-letter queue of an event rule');
    this.deadLetterQueue = queue;
    const rule = this.makeRule(machine, queue, vault.backupVaultRef.backupVaultName, resourceTypes);
    this.allowDelivery(queue, rule);
    const deadLetterAlarm = new CfnAlarm(this, 'DeadLetterAlarm', {
      alarmDescription: 'An event could not be delivered: a recovery point is not copied',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: [{ name: 'QueueName', value: queue.attrQueueName }],
      period: 300,
      statistic: 'Maximum',
      ...alarmAt1(alarmTopic),
    });
    this.deadLetterAlarm = deadLetterAlarm;
    reportSilentAlarms(this, [machine.failureAlarm, deadLetterAlarm]);
  }

  private makeRule(
    { stateMachine }: CopyMachine,
    queue: CfnQueue,
    backupVaultName: string,
    types: readonly ResourceType[] | undefined,
  ): CfnRule {
    const stack = Stack.of(this);
    const { roleArn } = makeServiceRole(this, {
      service: 'events.amazonaws.com',
      description: 'Lets an event rule start copies of recovery points',
      policyDescription: 'Starts copies of recovery points',
      statements: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: stateMachine.ref }],
    });
    return new CfnRule(this, 'Rule', {
      description: 'Copies recovery points as they arrive',
      eventPattern: {
        source: ['aws.backup'],
        // the reference of events lists both names in every partition: Amazon EventBridge events reference, 2026-11
        'detail-type': ['Recovery Point State Change', 'Recovery Point Change'],
        account: [stack.account], // other accounts may send events here
        region: [stack.region],
        detail: {
          backupVaultName: [backupVaultName],
          status: ['COMPLETED', 'PARTIAL'],
          ...(types && { resourceType: [...new Set(types.map(({ name }) => name))] }),
        },
      },
      targets: [
        {
          id: 'Copy',
          arn: stateMachine.ref,
          roleArn,
          inputTransformer: {
            inputPathsMap: { recoveryPointArn: '$.resources[0]' },
            inputTemplate: '{"recoveryPointArn": <recoveryPointArn>}',
          },
          retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
          deadLetterConfig: { arn: queue.attrArn },
        },
      ],
    });
  }

  private allowDelivery(queue: CfnQueue, rule: CfnRule): void {
    new CfnQueuePolicy(this, 'DeadLetterPolicy', {
      queues: [queue.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Undelivered',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queue.attrArn,
            Condition: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
          },
          {
            Sid: 'OnlyTls',
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
