import { Aws, Lazy, Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { makeServiceRole } from '../../resources/core/customized-role';
import { warnOfFindings } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import { renderLifecycle } from '../../resources/core/lifecycle';
import { LOG_DELIVERY_ACTIONS } from '../../resources/core/log-delivery';
import type { CopyAction } from '../../resources/plan/copy-action';
import { acknowledge, acknowledgeWildcards, LOG_RULES } from '../../resources/provider/nag-acknowledgements';
import { BackupRole } from '../../resources/role/backup-role';
import { warnOfDistrust } from '../../resources/role/role-trust';
import { copyAccessProblems } from '../../resources/vault/copy-access';
import { recoveryPointArns } from '../../values/resource-type/recovery-point-arns';
import { ResourceType } from '../../values/resource-type/resource-type';
import { copyWorkflow } from './copy-workflow';
import { allowDecryption, deployDestinationFirst } from './event-copy-laws';

/** Properties of a `CopyMachine`. */
export interface CopyMachineProps {
  readonly vault: IBackupVaultRef;
  readonly copy: CopyAction;
  readonly resourceTypes?: readonly ResourceType[];
  readonly role?: iam.IRoleRef;
  readonly timeoutSeconds: number;
  readonly alarmTopic?: ITopicRef;
  readonly onDemand: boolean;
  /** The name of the state machine. */
  readonly name?: string;
}

const LOG_DAYS = 365;

/**
 * A state machine that copies one recovery point, with a least-privilege role, a log and an alarm. Built on L1s, because the
 * L2s take several times as long to load and to create.
 */
export class CopyMachine extends Construct {
  public readonly stateMachine: CfnStateMachine;
  /** The role with which AWS Backup copies. */
  public readonly role: iam.IRoleRef;
  public readonly failureAlarm: CfnAlarm;

  constructor(scope: Construct, id: string, props: CopyMachineProps) {
    super(scope, id);
    const stack = Stack.of(this);
    // the AWS managed policy for backups, the same for every type, also allows copies
    this.role =
      props.role ??
      new BackupRole(this, 'AwsBackupRole', {
        description: 'Lets AWS Backup copy recovery points',
        resourceTypes: [ResourceType.EBS],
      });
    const logGroup = new CfnLogGroup(this, 'Log', {
      // log groups with this prefix don't fill up the resource policy of CloudWatch Logs
      logGroupName: `/aws/vendedlogs/states/${generatedName(this, 'Log', { maxLength: 200, separator: '-' })}`,
      retentionInDays: LOG_DAYS,
    });
    acknowledge(
      logGroup,
      LOG_RULES,
      'it holds ARNs and states of copy jobs, and CloudWatch Logs encrypts it',
    );

    const { roleArn, policy } = makeServiceRole(this, {
      service: 'states.amazonaws.com',
      description: 'Lets a state machine copy recovery points',
      policyDescription: 'Copies recovery points, and waits for it',
      statements: statements(stack, this.role.roleRef.roleArn, props.resourceTypes),
    });
    if (policy) acknowledgeWildcards(policy);
    this.stateMachine = new CfnStateMachine(this, 'StateMachine', {
      stateMachineName: props.name,
      stateMachineType: 'STANDARD',
      roleArn,
      definitionString: Lazy.string({
        produce: () =>
          stack.toJsonString(
            copyWorkflow({
              partition: Aws.PARTITION,
              sourceVaultName: props.vault.backupVaultRef.backupVaultName,
              destinationVaultArn: props.copy.destinationVaultArn,
              roleArn: this.role.roleRef.roleArn,
              lifecycle: lifecycleOf(props.copy),
              timeoutSeconds: props.timeoutSeconds,
              onDemand: props.onDemand,
            }),
          ),
      }),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.attrArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    allowDecryption(props);
    deployDestinationFirst(this, props.copy);
    this.node.addValidation({
      validate: () => {
        warnOfDistrust(this, this.role);
        const { _vault: destination } = props.copy;
        if (destination) warnOfFindings(this, copyAccessProblems(this, destination, 'copy'));
        return [];
      },
    });
    this.failureAlarm = executionAlarm(this, this.stateMachine, props.alarmTopic);
  }
}

/** The lifecycle, as the API expects it. */
function lifecycleOf(copy: CopyAction): Record<string, unknown> | undefined {
  const lifecycle = renderLifecycle(copy);
  if (!lifecycle) return undefined;
  return {
    DeleteAfterDays: lifecycle.deleteAfterDays,
    MoveToColdStorageAfterDays: lifecycle.moveToColdStorageAfterDays,
    OptInToArchiveForSupportedResources: lifecycle.optInToArchiveForSupportedResources,
  };
}

/**
 * The permissions of the state machine. IAM has no resources for copy jobs, log deliveries and traces.
 *
 * Source: Service Authorization Reference, AWS Backup; Step Functions Developer Guide, "Logging using CloudWatch Logs"
 * and "Tracing with AWS X-Ray", 2026-08.
 */
function statements(stack: Stack, roleArn: string, types: readonly ResourceType[] | undefined): object[] {
  const { account, region } = stack;
  return [
    {
      Sid: 'Copy',
      Effect: 'Allow',
      Action: ['backup:DescribeRecoveryPoint', 'backup:StartCopyJob'],
      Resource: recoveryPointArns(types, { partition: Aws.PARTITION, account, region }),
    },
    {
      Sid: 'PassRole',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: roleArn,
      Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
    },
    { Sid: 'Watch', Effect: 'Allow', Action: 'backup:DescribeCopyJob', Resource: '*' },
    {
      Sid: 'Log',
      Effect: 'Allow',
      Action: [...LOG_DELIVERY_ACTIONS],
      Resource: '*',
    },
    {
      Sid: 'Trace',
      Effect: 'Allow',
      Action: [
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ],
      Resource: '*',
    },
  ];
}

/** An alarm that triggers as soon as one execution fails, times out or is aborted. */
function executionAlarm(scope: Construct, machine: CfnStateMachine, topic: ITopicRef | undefined): CfnAlarm {
  const metric = (id: string, metricName: string): CfnAlarm.MetricDataQueryProperty => ({
    id,
    returnData: false,
    metricStat: {
      metric: {
        namespace: 'AWS/States',
        metricName,
        dimensions: [{ name: 'StateMachineArn', value: machine.ref }],
      },
      period: 300,
      stat: 'Sum',
    },
  });
  return new CfnAlarm(scope, 'FailureAlarm', {
    alarmDescription: 'A copy of a recovery point failed, or was not complete in time',
    metrics: [
      {
        id: 'all',
        label: 'copies that failed',
        expression: 'FILL(failed, 0) + FILL(late, 0) + FILL(aborted, 0)',
        returnData: true,
      },
      metric('failed', 'ExecutionsFailed'),
      metric('late', 'ExecutionsTimedOut'),
      metric('aborted', 'ExecutionsAborted'),
    ],
    ...alarmAt1(topic),
  });
}

/** What both alarms have in common. */
export function alarmAt1(topic: ITopicRef | undefined) {
  return {
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: 'notBreaching',
    alarmActions: topic && [topic.topicRef.topicArn],
  };
}
