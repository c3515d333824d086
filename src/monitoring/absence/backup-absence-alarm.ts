import { Duration, Validations } from 'aws-cdk-lib';
import { Alarm, type CfnAlarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { enforce, synthesisErrors } from '../../resources/core/enforce';
import type { BackupRule } from '../../resources/plan/backup-rule';
import { readMinutes } from '../../values/core/amounts';
import { BackupMetrics } from '../core/backup-metrics';
import { allowPublishing, CLOUD_WATCH } from '../core/topic-permission';
import type { AbsenceWindow } from './absence-window';
import {
  absenceAlarmProblems,
  absenceReading,
  ruleOf,
  sharedVaultProblems,
  unwatchableProblem,
  vaultOf,
} from './backup-absence-alarm-laws';
import type { BackupAbsenceAlarmProps } from './backup-absence-alarm-props';

/**
 * An alarm on a backup that did not happen: no job completed in the vault of a rule within its schedule and its windows.
 *
 * The promise is `detectsWithin`: the alarm fires at most that long after the scheduled time of a run that is missed, and
 * not in a year without a miss, at clock changes neither. The constructor refuses a rule for which no alarm keeps this
 * promise: AWS Backup publishes by vault and by type only, and CloudWatch looks back a limited time. Watch such rules with
 * a `BackupFreshnessCheck`.
 *
 * A new alarm warms up for the length of its window, instead of firing at once, and so does one whose window changes. The
 * alarm notices that nothing at all was backed up. That one resource of many is missing is found by the check.
 *
 * CloudWatch bills for one alarm.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
 */
@propertyInjectable
export class BackupAbsenceAlarm extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupAbsenceAlarm';

  /** The alarm. */
  public readonly alarm: Alarm;
  /** The latest that the alarm fires, counted from the scheduled time of a run that is missed. */
  public readonly detectsWithin: Duration;
  /** The time without a completed backup after which the alarm fires. */
  public readonly window: Duration;

  constructor(scope: Construct, id: string, props: BackupAbsenceAlarmProps) {
    super(scope, id);
    enforce(this, absenceAlarmProblems(this, props));
    const { plan, ruleName, longestBackup, topic, runbook, alarmName } = props;
    const rule = ruleOf(plan, ruleName) as BackupRule;
    const longest = longestBackup && readMinutes('longestBackup', longestBackup).amount;
    const reading = absenceReading(plan, rule, longest);
    if ('reason' in reading) enforce(this, [unwatchableProblem(rule, reading)]);
    const { hours, detectsWithinMinutes } = (reading as { window: AbsenceWindow }).window;
    this.window = Duration.hours(hours);
    this.detectsWithin = Duration.minutes(detectsWithinMinutes);

    const vault = vaultOf(plan, rule);
    // the window is part of the id: with another window, a new alarm warms up
    this.alarm = new Alarm(this, `Within${hours}Hours`, {
      alarmName,
      alarmDescription: [
        `No backup completed in vault ${vault.backupVaultRef.backupVaultName} for ${hours} hours.`,
        `A missed run of rule ${rule.name} is detected within ${this.detectsWithin.toHumanString()} of its scheduled time.`,
        ...(runbook === undefined ? [] : [`What to do: ${runbook}`]),
      ].join(' '),
      metric: BackupMetrics.ofVaults(vault).backupJobsCompleted({ period: Duration.hours(1) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: hours,
      treatMissingData: TreatMissingData.BREACHING,
    });
    warmUp(this.alarm, this.window);
    if (topic) {
      this.alarm.addAlarmAction(new SnsAction(topic));
      allowPublishing(this, topic, CLOUD_WATCH);
    }
    this.node.addValidation({ validate: () => synthesisErrors(this, sharedVaultProblems(plan, rule)) });
  }
}

/** Delays the first evaluation of a new alarm. `CfnAlarm` has no property for it before aws-cdk-lib 2.268. */
export function warmUp(alarm: Alarm, duration: Duration): void {
  const resource = alarm.node.defaultChild as CfnAlarm;
  resource.addPropertyOverride('WarmUpConfiguration', {
    WarmUpPeriodDurationInMinutes: duration.toMinutes(),
    OnlyStartEvaluatingAfterWarmUpPeriodEnds: true,
  });
  Validations.of(resource).acknowledge({
    id: 'CloudFormation-Validate::F3002',
    reason: 'the schema of alarms has WarmUpConfiguration, which that of aws-cdk-lib before 2.268 lacks',
  });
}
