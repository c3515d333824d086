import { type Duration, Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { CfnAlarm, type IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnManagedPolicy, CfnRole, type IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { CfnQueue, CfnQueuePolicy, type IQueueRef } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachineRef } from 'aws-cdk-lib/aws-stepfunctions';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { warn } from '../../resources/core/enforce';
import type { CopyAction } from '../../resources/plan/copy-action';
import { throwErrors } from '../../values/core/problem';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { acknowledge } from '../core/nag-answers';
import { copyCycleProblems, ownProblems, rememberCopy } from './copy-cycles';
import { alarmAt1, CopyMachine, serviceTrust } from './copy-machine';
import { eventCopyProblems, timeoutSeconds } from './event-copy-laws';

/** Properties of a `CopyOnArrival`. */
export interface CopyOnArrivalProps {
  /** The vault whose recovery points are copied as they arrive; in the account and Region of the stack. */
  readonly vault: IBackupVaultRef;

  /** Where they are copied to, and how long the copies are kept. */
  readonly copy: CopyAction;

  /**
   * Copies recovery points of these types only.
   *
   * @default - all that AWS Backup can copy
   */
  readonly resourceTypes?: ResourceType[];

  /**
   * The role in which AWS Backup copies.
   *
   * @default - a `BackupRole` with the managed policy of AWS that can copy
   */
  readonly role?: IRoleRef;

  /**
   * When a copy that isn't complete counts as failed: whole hours, 1 to 720.
   *
   * @default Duration.days(7)
   */
  readonly timeout?: Duration;

  /**
   * A topic in the account and Region of the stack that hears of copies that failed, and of events that weren't
   * delivered. CloudWatch must be allowed to publish to it, and to use its key.
   *
   * @default - the alarms tell nobody
   */
  readonly alarmTopic?: ITopicRef;
}

/**
 * Copies each recovery point of a vault into another one as soon as it has arrived: backups and copies alike, whoever
 * made them. For the second hop of a chain, which no copy action of a plan can do: copy actions begin at the vault of
 * their rule.
 *
 * The event `Recovery Point State Change`, which AWS Backup emits in the account and Region of the vault that a
 * recovery point is complete in, starts a state machine: `StartCopyJob`, then a look at the job every few minutes.
 * Calls are retried with growing, random pauses, and so are jobs that failed since there were too many. What fails for
 * good, or isn't complete in time, raises `failureAlarm`; an event that the state machine couldn't be started with goes
 * to `deadLetterQueue` and raises `deadLetterAlarm`. AWS Backup emits events in a best-effort manner: for what was
 * missed, and for what arrived before this was deployed, start the state machine with
 * `{"recoveryPointArn": "arn:…"}`. A recovery point that comes twice is copied once; a copy that failed for good is made
 * anew.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
@propertyInjectable
export class CopyOnArrival extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.CopyOnArrival';

  /** What copies a recovery point; its input is `{"recoveryPointArn": "arn:…"}`. */
  public readonly stateMachine: IStateMachineRef;

  /** The role in which AWS Backup copies. */
  public readonly role: IRoleRef;

  /** Events that couldn't be delivered within a day. */
  public readonly deadLetterQueue: IQueueRef;

  /** Raised when a copy failed, or wasn't complete in time. */
  public readonly failureAlarm: IAlarmRef;

  /** Raised when an event couldn't be delivered. */
  public readonly deadLetterAlarm: IAlarmRef;

  constructor(scope: Construct, id: string, props: CopyOnArrivalProps) {
    const path = `${scope.node.path}/${id}`;
    const problems = eventCopyProblems(scope, props);
    throwErrors(problems, path);
    throwErrors(copyCycleProblems(scope, props), path);
    super(scope, id);
    warn(this, ownProblems(scope, path, problems));
    rememberCopy(this, props);
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
      messageRetentionPeriod: 14 * 24 * 3600, // the longest
    });
    acknowledge(queue, ['AwsSolutions-SQS3'], 'this is the dead-letter queue of an event rule');
    this.deadLetterQueue = queue;
    const rule = this.makeRule(machine, queue, vault.backupVaultRef.backupVaultName, resourceTypes);
    this.allowDelivery(queue, rule);
    this.deadLetterAlarm = new CfnAlarm(this, 'DeadLetterAlarm', {
      alarmDescription: 'An event could not be delivered: a recovery point is not copied',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: [{ name: 'QueueName', value: queue.attrQueueName }],
      period: 300,
      statistic: 'Maximum',
      ...alarmAt1(alarmTopic),
    });
  }

  private makeRule(
    { stateMachine }: CopyMachine,
    queue: CfnQueue,
    backupVaultName: string,
    types: readonly ResourceType[] | undefined,
  ): CfnRule {
    const stack = Stack.of(this);
    const policy = new CfnManagedPolicy(this, 'Policy', {
      description: 'Starts copies of recovery points',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: stateMachine.ref }],
      },
    });
    const role = new CfnRole(this, 'Role', {
      description: 'Lets an event rule start copies of recovery points',
      assumeRolePolicyDocument: serviceTrust(stack, 'events.amazonaws.com'),
      managedPolicyArns: [policy.ref],
    });
    return new CfnRule(this, 'Rule', {
      description: 'Copies recovery points as they arrive',
      eventPattern: {
        source: ['aws.backup'],
        // the name is another one in the reference of events of China: AWS Backup User Guide, 2026-04
        'detail-type': ['Recovery Point State Change', 'Recovery Point Change'],
        account: [stack.account], // other accounts may send their events here
        region: [stack.region],
        detail: {
          backupVaultName: [backupVaultName],
          status: ['COMPLETED'],
          ...(types && { resourceType: [...new Set(types.map(({ name }) => name))] }),
        },
      },
      targets: [
        {
          id: 'Copy',
          arn: stateMachine.ref,
          roleArn: role.attrArn,
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
