import type { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IStateMachineRef } from 'aws-cdk-lib/aws-stepfunctions';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { enforce } from '../../resources/core/enforce';
import { throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { CopyMachine } from './copy-machine';
import { eventCopyProblems, timeoutSeconds } from './event-copy-laws';
import type { EventCopyProps } from './event-copy-props';
import { RestoreAccessRole, restoreAccessProblems } from './restore-access-role';
import { reportSilentAlarms } from './silent-alarms';

/** Properties of a `CopyOnDemand`. */
export interface CopyOnDemandProps extends EventCopyProps {
  /**
   * Accounts whose `RestoreRunbook` copies recovery points back by itself: 12 digits each. Their administrators can let roles
   * assume a role here that lists the recovery points of the vault and starts this state machine, and nothing else.
   *
   * @default - none
   */
  readonly restoreAccounts?: string[];

  /**
   * The name of that role and of the state machine, which is the `accessName` of the runbook: 1 to 64 letters, digits, hyphens
   * and underscores, unique in the account. Required for `restoreAccounts`.
   *
   * @default - names by CloudFormation
   */
  readonly restoreAccessName?: string;
}

/**
 * Copies recovery points of a vault to another vault on request: for example, from the central vault back to an account that
 * needs its data again.
 *
 * Start the state machine with `{"recoveryPointArn": "arn:…"}`. Whoever starts it needs no AWS Backup permissions. The state
 * machine waits until the copy is complete, and retries temporary failures.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
@propertyInjectable
export class CopyOnDemand extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.CopyOnDemand';

  /** The state machine that copies a recovery point. Its input is `{"recoveryPointArn": "arn:…"}`. */
  public readonly stateMachine: IStateMachineRef;

  /** The role with which AWS Backup copies. */
  public readonly role: IRoleRef;

  /** Triggered when a copy fails, or isn't complete in time. */
  public readonly failureAlarm: IAlarmRef;

  constructor(scope: Construct, id: string, props: CopyOnDemandProps) {
    const problems = [...eventCopyProblems(scope, props), ...restoreAccessProblems(props)];
    throwErrors(problems, `${scope.node.path}/${id}`);
    super(scope, id);
    enforce(this, unknownPropertyProblems(props, 'CopyOnDemandProps'));
    enforce(this, problems);
    const machine = new CopyMachine(this, 'Copy', {
      ...props,
      timeoutSeconds: timeoutSeconds(props.timeout),
      onDemand: true,
      name: props.restoreAccessName,
    });
    this.stateMachine = machine.stateMachine;
    this.role = machine.role;
    this.failureAlarm = machine.failureAlarm;
    if (props.restoreAccounts && props.restoreAccessName)
      new RestoreAccessRole(this, 'RestoreAccess', {
        roleName: props.restoreAccessName,
        accounts: props.restoreAccounts,
        vault: props.vault,
        resourceTypes: props.resourceTypes,
        stateMachine: machine.stateMachine,
      });
    reportSilentAlarms(this, [machine.failureAlarm]);
  }
}
