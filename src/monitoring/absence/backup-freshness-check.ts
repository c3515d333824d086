import { Aws, Duration, Lazy, Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import {
  type Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  type MetricOptions,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { enforce, synthesisErrors } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import { acknowledge } from '../../resources/provider/nag-acknowledgements';
import { lockOf } from '../../resources/vault/vault-facts';
import { arnOfVault } from '../../resources/vault/vault-reference';
import { readMinutes } from '../../values/core/amounts';
import { consoleOf } from '../core/console';
import { allowPublishing, CLOUD_WATCH, encryptedTopic } from '../core/topic-permission';
import { warmUp } from './backup-absence-alarm';
import { freshnessCheckProblems } from './backup-freshness-check-laws';
import type { BackupFreshnessCheckProps } from './backup-freshness-check-props';
import { makeFreshnessFunction } from './freshness-function';
import {
  checkableRules,
  completeCheckProblems,
  detectionMinutes,
  objectiveOf,
  objectiveOfVault,
  planInputs,
  plansOf,
  watchedVaults,
} from './freshness-objectives';

const NAMESPACE = 'BackupFreshness';

/**
 * Finds backups that did not happen, for each resource and each rule: a function compares the newest recovery point of
 * every protected resource with the schedule and the windows of the rules, or with a greatest age.
 *
 * Use it where a `BackupAbsenceAlarm` can't tell: rules that share a vault, weekly and rarer rules, continuous backups, and
 * single resources that a selection lost. A daily recovery point does not hide a missing weekly one.
 *
 * - One message has the names of all resources that became late since the last check.
 * - Metrics in the namespace `BackupFreshness` have the dimensions `Check`, `Tier` and `ResourceType`, never the resource:
 *   `AgeAgainstObjective` (100 percent is the limit) and `ResourcesOutOfObjective`.
 * - The check is watched too: `silenceAlarm` notifies the topic if no check succeeds.
 *
 * A resource that was never backed up is not known to AWS Backup: the check reads what the plans select, by name or by tag,
 * and reports those that the first run after a check first saw them did not back up. A rule that backs up nothing at all is
 * found too.
 *
 * CloudWatch bills two alarms, two metrics, two more for each tier and resource type, and one each for copies and restore tests
 * with a target; AWS Lambda bills seconds.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/view-protected-resources.html
 */
@propertyInjectable
export class BackupFreshnessCheck extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupFreshnessCheck';

  /** The topic that gets the messages. */
  public readonly topic: ITopic;
  /** The dimension `Check` of the metrics. */
  public readonly checkName: string;
  /** In state ALARM while a resource is late. Has no action, since the topic gets a message with the names. */
  public readonly alarm: Alarm;
  /** In state ALARM if no check succeeded for twice the interval and an hour. Notifies the topic. */
  public readonly silenceAlarm: Alarm;

  private readonly longestBackup?: number;
  private readonly interval: Duration;
  private readonly memory?: CfnParameter;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BackupFreshnessCheckProps,
  ) {
    super(scope, id);
    enforce(this, freshnessCheckProblems(this, props));
    const { longestBackup, interval = Duration.hours(1), plans = [], vaults = [] } = props;
    this.interval = interval;
    this.longestBackup = longestBackup && readMinutes('longestBackup', longestBackup).amount;
    this.checkName = generatedName(scope, id, { maxLength: 200, separator: '-' });
    this.topic = props.topic ?? encryptedTopic(this, `the messages of ${this.node.path}`);

    if (plans.length > 0 && (props.neverBackedUp ?? true))
      this.memory = new CfnParameter(this, 'Memory', {
        type: 'String',
        value: '-',
        description: 'When the check first saw the resources that have no recovery point',
      });
    const rules = () => checkableRules(plans, this.longestBackup);
    const handler = makeFreshnessFunction(this, {
      topic: this.topic,
      namespace: NAMESPACE,
      logKey: props.logKey,
      vaultArns: () => watchedVaults(rules(), vaults).map(arnOfVault),
      planArns: this.memory && (() => plansOf(rules()).map((plan) => plan.backupPlanRef.backupPlanArn)),
      memory: this.memory,
      jobs: [
        ...(props.copyTarget ? (['backup:ListCopyJobs'] as const) : []),
        ...(props.restoreTests?.length ? (['backup:ListRestoreJobs'] as const) : []),
      ],
    });
    const input = Lazy.uncachedString({ produce: () => Stack.of(this).toJsonString(this.request()) });
    const rule = new CfnRule(this, 'Schedule', {
      description: 'Looks for backups that did not happen',
      scheduleExpression: `rate(${interval.toHours()} ${interval.toHours() === 1 ? 'hour' : 'hours'})`,
      targets: [{ id: 'Check', arn: handler.attrArn, input }],
    });
    new CfnPermission(this, 'Invocation', {
      action: 'lambda:InvokeFunction',
      functionName: handler.ref,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });

    this.alarm = this.metricResourcesOutOfObjective({ period: interval }).createAlarm(this, 'Late', {
      alarmDescription: `Resources have no backup in time, found by check ${this.checkName}. The message of the check has their names.`,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.IGNORE,
    });
    acknowledge(
      this.alarm,
      ['HIPAA.Security', 'NIST.800.53.R5'].map((pack) => `${pack}-CloudWatchAlarmAction`),
      'the check sends a message with the names, and an action would notify twice',
    );
    this.silenceAlarm = this.makeSilenceAlarm();
    this.node.addValidation({
      validate: () =>
        synthesisErrors(
          this,
          completeCheckProblems(plans, props, JSON.stringify(this.request()).length, this.longestBackup),
        ),
    });
  }

  /**
   * The latest that a message is sent after the scheduled time of a run that is missed, with the rules that the plans have
   * now. For a vault that is watched by age, the latest after the age was reached is the interval and half an hour.
   */
  public get detectsWithin(): Duration {
    const rules = checkableRules(this.props.plans ?? [], this.longestBackup);
    return Duration.minutes(detectionMinutes(rules, this.interval.toMinutes(), this.longestBackup));
  }

  /**
   * The age of the newest recovery point against its objective, in percent: one line for each tier and resource type, found
   * by a search. For dashboards only: CloudWatch refuses alarms on a search.
   */
  public metricAges(options: MetricOptions = {}): IMetric {
    const { period = this.interval, label = '', color } = options;
    return new MathExpression({
      expression: `SEARCH('{${NAMESPACE},Check,Tier,ResourceType} MetricName="AgeAgainstObjective" Check="${this.checkName}"', 'Maximum', ${period.toSeconds()})`,
      label,
      color,
      period,
    });
  }

  /** The days until the locks of vaults become final, found by a search. For dashboards only. */
  public metricLocks(options: MetricOptions = {}): IMetric {
    const { period = this.interval, label = '', color } = options;
    return new MathExpression({
      expression: `SEARCH('{${NAMESPACE},Check,BackupVaultName} MetricName="DaysUntilLockIsFinal" Check="${this.checkName}"', 'Minimum', ${period.toSeconds()})`,
      label,
      color,
      period,
    });
  }

  /** How many resources have no recovery point within an objective. */
  public metricResourcesOutOfObjective(options?: MetricOptions): Metric {
    return this.metric('ResourcesOutOfObjective', { statistic: Stats.MAXIMUM, ...options });
  }

  /** When the check last succeeded, in seconds since 1970. Its sample count is the number of checks that succeeded. */
  public metricLastSuccess(options?: MetricOptions): Metric {
    return this.metric('LastSuccess', { statistic: Stats.SAMPLE_COUNT, ...options });
  }

  /** How long copies take, in seconds; needs a `copyTarget`. */
  public metricCopyDuration(options?: MetricOptions): Metric {
    return this.metric('CopyDuration', { statistic: Stats.MAXIMUM, ...options });
  }

  /** How long restore tests take, in seconds; needs `restoreTests`. */
  public metricRestoreTestDuration(options?: MetricOptions): Metric {
    return this.metric('RestoreTestDuration', { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * The targets for dashboards, in seconds; of several plans of restore testing, the shortest.
   *
   * @internal
   */
  public get _targetSeconds(): { readonly copies?: number; readonly restoreTests?: number } {
    const { copyTarget, restoreTests = [] } = this.props;
    const targets = restoreTests.map(({ target }) => target.toSeconds());
    return {
      copies: copyTarget?.toSeconds(),
      restoreTests: targets.length > 0 ? Math.min(...targets) : undefined,
    };
  }

  private metric(metricName: string, options: MetricOptions): Metric {
    return new Metric({
      ...options,
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { Check: this.checkName },
    }).attachTo(this);
  }

  /** A new alarm waits for the first checks. */
  private makeSilenceAlarm(): Alarm {
    const hours = 2 * this.interval.toHours() + 1;
    const alarm = this.metricLastSuccess({ period: Duration.hours(1) }).createAlarm(this, 'Silent', {
      alarmDescription: `The check for missing backups ${this.checkName} did not succeed for ${hours} hours. Its log says why; until then, nobody is notified of missing backups.`,
      threshold: 1,
      evaluationPeriods: hours,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
    warmUp(alarm, Duration.hours(hours + 1));
    alarm.addAlarmAction(new SnsAction(this.topic));
    allowPublishing(this, this.topic, CLOUD_WATCH);
    return alarm;
  }

  /** What the function compares; rules may be added until synthesis. */
  private request(): object {
    const { plans = [], vaults = [], runbook, forgetAfter = Duration.days(7) } = this.props;
    const { lockNotice = Duration.days(3), copyTarget, copySources, restoreTests = [] } = this.props;
    const stack = Stack.of(this);
    const rules = checkableRules(plans, this.longestBackup);
    return {
      check: this.checkName,
      namespace: NAMESPACE,
      forgetAfter: forgetAfter.toMinutes(),
      locks: this.lockedVaults().map(({ backupVaultRef }) => backupVaultRef.backupVaultName),
      lockNotice: lockNotice.toDays(),
      topic: this.topic.topicArn,
      chat: this.props.chat,
      runbook,
      console: consoleOf(stack, Aws.REGION),
      plans: this.memory && planInputs(rules),
      memory: this.memory?.ref,
      copyTarget: copyTarget?.toMinutes(),
      copySources: copySources?.map(({ backupVaultRef }) => backupVaultRef.backupVaultName),
      restoreTests: restoreTests.map(({ restoreTestingPlan, target }) => ({
        arn: restoreTestingPlan.restoreTestingPlanRef.restoreTestingPlanArn,
        target: target.toMinutes(),
      })),
      objectives: [
        ...rules.map((rule) => objectiveOf(rule, this.longestBackup)),
        ...vaults.map(objectiveOfVault),
      ],
    };
  }

  /** The vaults whose lock becomes final. */
  private lockedVaults(): IBackupVaultRef[] {
    const { plans = [], vaults = [] } = this.props;
    return watchedVaults(checkableRules(plans, this.longestBackup), vaults).filter(
      (vault) => lockOf(vault)?.coolingOffDays !== undefined,
    );
  }
}
