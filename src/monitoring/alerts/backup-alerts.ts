import { Resource, Stack } from 'aws-cdk-lib';
import { CfnRule, type EventPattern } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { enforce } from '../../resources/core/enforce';
import { chatNotification } from '../../values/settings/chat-notification';
import { consoleOf } from '../core/console';
import { allowPublishing, EVENT_BRIDGE, encryptedTopic } from '../core/topic-permission';
import { ALERT_RULES, type AlertRule } from './alert-rules';
import { BackupAlert } from './backup-alert';
import { alertProblems } from './backup-alerts-laws';
import type { BackupAlertsProps } from './backup-alerts-props';

/** Those that need a trail. */
export const OF_TRAILS: readonly BackupAlert[] = [
  BackupAlert.PROTECTION_WEAKENED,
  BackupAlert.KEY_WEAKENED,
  BackupAlert.ORGANIZATION_WEAKENED,
  BackupAlert.POLICY_INVALID,
];

/**
 * Sends a message to a topic for each thing that goes wrong with backups in this account and Region: what happened, to
 * which resource, in which vault, why, and where to look. One EventBridge rule for each alert and vault.
 *
 * AWS Backup sends events on a best-effort basis, about every 5 minutes, and none when a backup did not happen.
 *
 * Events of AWS services and their rules are free; the default key of the topic costs what AWS KMS bills for a key.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
@propertyInjectable
export class BackupAlerts extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupAlerts';

  /** The topic that gets the messages. */
  public readonly topic: ITopic;

  private readonly runbook?: string;
  private readonly chat: boolean;
  private readonly eventBusName?: string;

  constructor(scope: Construct, id: string, props: BackupAlertsProps = {}) {
    super(scope, id);
    enforce(this, alertProblems(this, props));
    const all = Object.values(BackupAlert);
    const { alerts = all.filter((alert) => !OF_TRAILS.includes(alert)), vaults, keys } = props;
    this.runbook = props.runbook;
    this.chat = props.chat ?? false;
    this.eventBusName = props.eventBus?.eventBusRef.eventBusName;
    this.topic = props.topic ?? encryptedTopic(this, `the messages of ${this.node.path}`);
    for (const alert of new Set(alerts)) {
      const rule = ALERT_RULES[alert];
      if (!vaults || !rule.isOfVault) this.addRule(alert, rule, rule.pattern({ keys }));
      else
        for (const [index, vault] of [...new Set(vaults)].entries())
          this.addRule(index === 0 ? alert : `${alert}${index}`, rule, rule.pattern({ vault }));
    }
    allowPublishing(this, this.topic, EVENT_BRIDGE);
  }

  private addRule(id: string, rule: AlertRule, eventPattern: EventPattern): void {
    const { source, detailType, ...rest } = eventPattern;
    new CfnRule(this, id, {
      description: `${rule.what}: sends a message`,
      eventBusName: this.eventBusName,
      eventPattern: { source, 'detail-type': detailType, ...rest },
      targets: [{ id: 'Topic', arn: this.topic.topicArn, inputTransformer: this.message(rule) }],
    });
  }

  private message({ what, fields }: AlertRule): CfnRule.InputTransformerProperty {
    const inputPathsMap: Record<string, string> = {
      account: '$.account',
      region: '$.region',
      time: '$.time',
    };
    const first = `${what} in account <account>, <region>, at <time>.`;
    const details: string[] = [];
    for (const [label, path] of Object.entries(fields)) {
      const variable = label.toLowerCase().replace(' ', '-');
      inputPathsMap[variable] = path;
      details.push(`${label}: <${variable}>`);
    }
    const console = consoleOf(Stack.of(this), '<region>');
    const links = [
      ...(this.runbook === undefined ? [] : [`What to do: ${this.runbook}`]),
      ...(console === undefined ? [] : [`Console: ${console}`]),
    ];
    if (this.chat)
      return {
        inputPathsMap,
        inputTemplate: JSON.stringify(chatNotification(what, [first, ...details].join('\n'), links)),
      };
    // each line is a string of its own, as EventBridge takes a text of several lines
    const lines = [first, '', ...details, ...links.flatMap((link) => ['', link])];
    return { inputPathsMap, inputTemplate: lines.map((line) => JSON.stringify(line)).join('\n') };
  }
}
