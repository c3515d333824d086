import { CfnRule } from 'aws-cdk-lib/aws-events';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { flagProblems } from '../../resources/core/argument-checks';
import { makeServiceRole } from '../../resources/core/customized-role';
import { enforce } from '../../resources/core/enforce';
import { isKnown, show } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { BackupEvents } from '../core/backup-events';

/** Properties of `BackupEventForwarding`. */
export interface BackupEventForwardingProps {
  /**
   * The ARN of the central event bus, whose policy must let this account put events.
   */
  readonly eventBusArn: string;
  /**
   * Whether calls that weaken keys or the backups of the organization are forwarded too, where a trail of AWS CloudTrail
   * records them. Calls of AWS Backup always are.
   *
   * @default false
   */
  readonly calls?: boolean;
}

/**
 * Sends the events of AWS Backup in this account and Region to a central event bus, where `BackupAlerts` with `eventBus`
 * turns them into messages. In an organization, add it to the stack of the member accounts:
 * `new BackupEventForwarding(organization.baseline.memberStack, 'Forwarding', { eventBusArn })`.
 *
 * Forwarded events keep their account and Region. EventBridge bills the events that it puts on the other bus.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
@propertyInjectable
export class BackupEventForwarding extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupEventForwarding';

  constructor(scope: Construct, id: string, props: BackupEventForwardingProps) {
    super(scope, id);
    enforce(this, [
      ...unknownPropertyProblems(props, 'BackupEventForwardingProps'),
      ...busProblems(props?.eventBusArn),
      ...flagProblems('Backup-EventBus', 'calls', props?.calls),
    ]);
    const { eventBusArn } = props;
    const { roleArn } = makeServiceRole(this, {
      service: 'events.amazonaws.com',
      description: 'Sends the events of AWS Backup to a central event bus',
      policyDescription: 'Puts events on the central event bus',
      statements: [{ Effect: 'Allow', Action: ['events:PutEvents'], Resource: eventBusArn }],
    });
    new CfnRule(this, 'Rule', {
      description: 'Sends the events of AWS Backup to a central event bus',
      eventPattern: { source: ['aws.backup'] },
      targets: [{ id: 'Bus', arn: eventBusArn, roleArn }],
    });
    if (props.calls)
      for (const [id, what, pattern] of [
        ['KeyCalls', 'weaken keys', BackupEvents.keyCalls()],
        ['OrganizationCalls', 'weaken the backups of the organization', BackupEvents.organizationCalls()],
      ] as const) {
        const { source, detailType, detail } = pattern;
        new CfnRule(this, id, {
          description: `Sends calls that ${what} to a central event bus`,
          eventPattern: { source, 'detail-type': detailType, detail },
          targets: [{ id: 'Bus', arn: eventBusArn, roleArn }],
        });
      }
  }
}

function busProblems(arn: unknown): Problem[] {
  const isBus =
    typeof arn === 'string' && /^arn:[\w-]+:events:[\w-]+:\d{12}:event-bus\/[\w./-]{1,256}$/.test(arn);
  if (isBus || (arn !== undefined && !isKnown(arn))) return [];
  return [
    problem({
      id: 'Backup-EventBus',
      property: 'eventBusArn',
      message: (label) => `${label('eventBusArn')} must be the ARN of an event bus, got ${show(arn)}`,
      fix: 'for example, use `arn:aws:events:eu-west-1:111122223333:event-bus/backup`',
    }),
  ];
}
