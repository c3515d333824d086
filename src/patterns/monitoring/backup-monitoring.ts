import { Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEventBus, CfnEventBusPolicy } from 'aws-cdk-lib/aws-events';
import { CfnSink } from 'aws-cdk-lib/aws-oam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { BackupAbsenceAlarm } from '../../monitoring/absence/backup-absence-alarm';
import { absenceReading, sharedVaultProblems } from '../../monitoring/absence/backup-absence-alarm-laws';
import { BackupFreshnessCheck } from '../../monitoring/absence/backup-freshness-check';
import type { FreshnessVaultOptions } from '../../monitoring/absence/backup-freshness-check-props';
import { BackupActivityLog } from '../../monitoring/activity/backup-activity-log';
import { BackupAuditTrail } from '../../monitoring/activity/backup-audit-trail';
import { BackupAlert } from '../../monitoring/alerts/backup-alert';
import { BackupAlerts, OF_TRAILS } from '../../monitoring/alerts/backup-alerts';
import { BackupEventForwarding } from '../../monitoring/alerts/backup-event-forwarding';
import { BackupObservabilityLink } from '../../monitoring/alerts/backup-observability-link';
import { encryptedTopic } from '../../monitoring/core/topic-permission';
import { BackupDashboard } from '../../monitoring/dashboard/backup-dashboard';
import { enforce } from '../../resources/core/enforce';
import { deployBefore } from '../../resources/core/stack-order';
import type { BackupPlan } from '../../resources/plan/backup-plan';
import { acknowledge, LOG_RULES } from '../../resources/provider/nag-acknowledgements';
import { readMinutes } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import {
  destinationsHere,
  monitoringProblems,
  sharedAlertProblems,
  sourcesHere,
} from './backup-monitoring-laws';
import type { BackupMonitoringProps } from './backup-monitoring-props';
import { BackupSeverity } from './backup-severity';

/** What nobody should sleep through. */
const CRITICAL: readonly BackupAlert[] = [
  BackupAlert.CONTINUOUS_BACKUP_STOPPED,
  BackupAlert.RESTORE_TEST_FAILED,
  BackupAlert.THREAT_FOUND,
  ...OF_TRAILS,
];

/** A dashboard sums at most ten vaults. */
const MOST_VAULTS = 10;

/**
 * Monitoring of backups in one account and Region, or of a whole organization: who is notified of what did not happen, what
 * failed, and what was tampered with.
 *
 * - **Absence**: an alarm for each plan whose only rule has a vault of its own and whose missed runs an alarm can all catch;
 *   one check of all other plans, and of vaults by age.
 * - **Failures and tampering**: one message for each event of AWS Backup that matters, in the whole account and Region, to
 *   the topic of its severity.
 * - **A record** of all events, and a **dashboard**.
 *
 * Nothing alarms twice for one cause: create one per account and Region, since a second one sends the same alerts again. The guide "Monitoring" has the monthly cost.
 */
@propertyInjectable
export class BackupMonitoring extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupMonitoring';

  /** The topic of critical alerts. */
  public readonly criticalTopic: ITopic;
  /** The topic of warnings. */
  public readonly warningTopic: ITopic;
  /** The alarms on plans that backed up nothing. */
  public readonly absenceAlarms: BackupAbsenceAlarm[];
  /** The check of all plans without such an alarm, and of vaults; undefined if there is none. */
  public readonly check?: BackupFreshnessCheck;
  /** The log of all events. */
  public readonly activityLog?: BackupActivityLog;
  /** The trail of AWS CloudTrail, if `auditTrail` is set. */
  public readonly auditTrail?: BackupAuditTrail;
  /** The dashboard. */
  public readonly dashboard?: BackupDashboard;
  /** The ARN of the event bus that member accounts of the organization send to. */
  public readonly eventBusArn?: string;

  constructor(scope: Construct, id: string, props: BackupMonitoringProps) {
    super(scope, id);
    enforce(this, monitoringProblems(this, props));
    const { workloads = [], centralVaults = [], runbook, logKey, perResource = false } = props;
    this.criticalTopic = props.criticalTopic ?? encryptedTopic(this, `the alerts of ${this.node.path}`);
    this.warningTopic = props.warningTopic ?? this.criticalTopic;

    const plans = [...new Set([...(props.plans ?? []), ...workloads.map(({ plan }) => plan)])];
    const withAlarm = perResource ? [] : plans.filter((plan) => this.isFitForAlarm(plan, props));
    this.absenceAlarms = withAlarm.map(
      (plan, index) =>
        new BackupAbsenceAlarm(this, `Absence${index + 1}`, {
          plan,
          longestBackup: props.longestBackup,
          topic: this.criticalTopic,
          runbook,
        }),
    );
    const checked = plans.filter((plan) => !withAlarm.includes(plan));
    const vaults: FreshnessVaultOptions[] = [
      ...(props.vaults ?? []),
      ...[...centralVaults.map(({ vault }) => vault), ...destinationsHere(this, props.recoveries)].flatMap(
        (vault) => (props.copiesWithin ? [{ vault, maxAge: props.copiesWithin }] : []),
      ),
    ];
    const { restoreTests = [], chat, copyTarget } = props;
    const copied = copyTarget
      ? [...plans.flatMap((plan) => vaultsOf(plan)), ...sourcesHere(this, props.recoveries)]
      : [];
    if (checked.length + vaults.length + restoreTests.length + copied.length > 0)
      this.check = new BackupFreshnessCheck(this, 'Check', {
        plans: checked,
        vaults,
        copyTarget,
        copySources: copied.length > 0 ? copied : undefined,
        restoreTests,
        chat,
        longestBackup: props.longestBackup,
        topic: this.criticalTopic,
        runbook,
        logKey,
      });

    if (props.auditTrail) this.auditTrail = new BackupAuditTrail(this, 'AuditTrail');
    this.alert(props);
    if (props.observability) this.makeSink(props.organizationId as string);
    if (props.organization) this.eventBusArn = this.collect(props);
    if (props.activityLog ?? true) {
      this.activityLog = new BackupActivityLog(this, 'Activity', {
        encryptionKey: logKey,
        trailLogGroup: props.trailLogGroup,
      });
      if (!logKey)
        acknowledge(this.activityLog, LOG_RULES, 'the log has names of resources only; `logKey` sets a key');
    }
    if (props.dashboard ?? true) this.dashboard = this.show(props, plans, vaults);
  }

  /** Whether the only rule of a plan has a vault of its own, and no missed run can hide. */
  private isFitForAlarm(plan: BackupPlan, { longestBackup }: BackupMonitoringProps): boolean {
    const [rule, ...others] = plan.rules;
    if (!rule || others.length > 0 || plan.withoutAirGap) return false;
    const longest = longestBackup && readMinutes('longestBackup', longestBackup).amount;
    return 'window' in absenceReading(plan, rule, longest) && sharedVaultProblems(plan, rule).length === 0;
  }

  /** One rule of EventBridge for each alert, and one topic for each severity. */
  private alert(props: BackupMonitoringProps, prefix = '', eventBus?: CfnEventBus): void {
    const { severities = {}, runbook, chat } = props;
    const hasTrail = recordsCalls(props);
    const severityOf = (alert: BackupAlert) =>
      severities[alert] ?? (CRITICAL.includes(alert) ? BackupSeverity.CRITICAL : BackupSeverity.WARNING);
    const sent: BackupAlert[] = [];
    for (const [severity, topic, id] of [
      [BackupSeverity.CRITICAL, this.criticalTopic, 'Critical'],
      [BackupSeverity.WARNING, this.warningTopic, 'Warnings'],
    ] as const) {
      const alerts = Object.values(BackupAlert)
        .filter((alert) => hasTrail || !OF_TRAILS.includes(alert))
        .filter((alert) => severityOf(alert) === severity);
      sent.push(...alerts);
      if (alerts.length > 0)
        new BackupAlerts(this, `${prefix}${id}`, { alerts, topic, runbook, eventBus, chat });
    }
    if (!eventBus) enforce(this, sharedAlertProblems(this, sent));
  }

  /** The event bus of the organization, and the rule in its member accounts that sends to it. */
  private collect(props: BackupMonitoringProps): string {
    const { organization, organizationId } = props;
    const { account, region } = Stack.of(this);
    const name = `backup-${this.node.addr.slice(-8)}`;
    const bus = new CfnEventBus(this, 'Bus', { name, description: 'Events of AWS Backup of all accounts' });
    const arn = `arn:${partitionOf(region) ?? 'aws'}:events:${region}:${account}:event-bus/${name}`;
    new CfnEventBusPolicy(this, 'BusPolicy', {
      eventBusName: bus.ref,
      statementId: 'Organization',
      statement: {
        Sid: 'Organization',
        Effect: 'Allow',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: bus.attrArn,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
      },
    });
    this.alert(props, 'Organization', bus);
    if (organization) {
      const { memberStack } = organization.baseline;
      new BackupEventForwarding(memberStack, 'Forwarding', { eventBusArn: arn, calls: recordsCalls(props) });
      if (props.observabilitySinkArn)
        new BackupObservabilityLink(memberStack, 'Observability', { sinkArn: props.observabilitySinkArn });
      deployBefore(bus, organization.baseline);
    }
    return arn;
  }

  /** Lets the accounts of the organization show their metrics here. */
  private makeSink(organizationId: string): void {
    new CfnSink(this, 'Sink', {
      name: `backup-${this.node.addr.slice(-8)}`,
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: ['oam:CreateLink', 'oam:UpdateLink'],
            Resource: '*',
            Condition: {
              StringEquals: { 'aws:PrincipalOrgID': organizationId },
              'ForAllValues:StringEquals': { 'oam:ResourceTypes': ['AWS::CloudWatch::Metric'] },
            },
          },
        ],
      },
    });
  }

  private show(
    { runbook }: BackupMonitoringProps,
    plans: readonly BackupPlan[],
    vaults: readonly FreshnessVaultOptions[],
  ): BackupDashboard {
    const shown = [...new Set([...plans.flatMap(vaultsOf), ...vaults.map(({ vault }) => vault)])];
    const alarms: Alarm[] = [
      ...this.absenceAlarms.map(({ alarm }) => alarm),
      ...(this.check ? [this.check.alarm, this.check.silenceAlarm] : []),
    ];
    return new BackupDashboard(this, 'Dashboard', {
      vaults: shown.length > 0 && shown.length <= MOST_VAULTS ? shown : undefined,
      checks: this.check && [this.check],
      activityLog: this.activityLog,
      alarms,
      runbook,
    });
  }
}

/** Whether calls are recorded that the alerts on weakened protection wait for. */
function recordsCalls({ hasTrail, auditTrail, trailLogGroup }: BackupMonitoringProps): boolean {
  return hasTrail ?? (auditTrail || trailLogGroup !== undefined);
}

/** The vaults that the rules of a plan back up to. */
function vaultsOf(plan: BackupPlan): IBackupVaultRef[] {
  return plan.rules.flatMap((rule) => rule.vault ?? plan.vault ?? []);
}
