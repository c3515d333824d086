import type { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import type { IStateMachineRef } from 'aws-cdk-lib/aws-stepfunctions';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { warn } from '../../resources/core/enforce';
import type { CopyAction } from '../../resources/plan/copy-action';
import { throwErrors } from '../../values/core/problem';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { CopyMachine } from './copy-machine';
import { eventCopyProblems, timeoutSeconds } from './event-copy-laws';

/** Properties of a `CopyOnDemand`. */
export interface CopyOnDemandProps {
  /** The vault whose recovery points can be copied; in the account and Region of the stack. */
  readonly vault: IBackupVaultRef;

  /**
   * Where they are copied to, and how long the copies are kept: counted from the creation of the source, so say more than
   * the age of the oldest recovery point that may be asked for.
   */
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
   * A topic in the account and Region of the stack that hears of copies that failed. CloudWatch must be allowed to
   * publish to it, and to use its key.
   *
   * @default - the alarm tells nobody
   */
  readonly alarmTopic?: ITopicRef;
}

/**
 * Copies recovery points of a vault into another one when it is asked to: the way back from the central vault to the
 * account that needs its data again.
 *
 * Start the state machine with `{"recoveryPointArn": "arn:…"}`; whoever may start it needs no permission of AWS Backup.
 * It waits until the copy is complete, and retries what passes.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
@propertyInjectable
export class CopyOnDemand extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.CopyOnDemand';

  /** What copies a recovery point; its input is `{"recoveryPointArn": "arn:…"}`. */
  public readonly stateMachine: IStateMachineRef;

  /** The role in which AWS Backup copies. */
  public readonly role: IRoleRef;

  /** Raised when a copy failed, or wasn't complete in time. */
  public readonly failureAlarm: IAlarmRef;

  constructor(scope: Construct, id: string, props: CopyOnDemandProps) {
    const problems = eventCopyProblems(scope, props);
    throwErrors(problems, `${scope.node.path}/${id}`);
    super(scope, id);
    warn(this, problems);
    const machine = new CopyMachine(this, 'Copy', {
      ...props,
      timeoutSeconds: timeoutSeconds(props.timeout),
      onDemand: true,
    });
    this.stateMachine = machine.stateMachine;
    this.role = machine.role;
    this.failureAlarm = machine.failureAlarm;
  }
}
