import { Arn, ArnFormat, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import {
  CfnLogGroup,
  CfnMetricFilter,
  CfnQueryDefinition,
  CfnResourcePolicy,
  type ILogGroupRef,
  type LogGroupReference,
  RetentionDays,
} from 'aws-cdk-lib/aws-logs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { enforce } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import { lazyRef } from '../../resources/core/lazy-ref';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { ACTIVITY_QUERIES } from './activity-queries';
import { saveAuditQueries } from './audit-queries';
import { activityLogProblems } from './backup-activity-log-laws';
import type { BackupActivityLogProps } from './backup-activity-log-props';

const PREFIX = '/aws/events/';
const NAMESPACE = 'BackupActivityLog';

/** Metrics that AWS Backup does not publish, counted from its events. */
const FILTERS = {
  CompletedWithIssues: `{ ($.detail-type = "Backup Job State Change") && ($.detail.state = "COMPLETED") && ($.detail.statusMessage = "*") && ($.detail.statusMessage != "") }`,
  PartialCopies: `{ ($.detail-type = "Copy Job State Change") && ($.detail.state = "PARTIAL") }`,
};

/**
 * Every event of AWS Backup in this account and Region, in a log group of Amazon CloudWatch Logs: jobs, recovery points,
 * vaults, plans, settings, scans, and, where a trail of AWS CloudTrail records them, the calls of its API.
 *
 * Comes with saved queries for CloudWatch Logs Insights (what failed and why, what completed with issues, how long each
 * backup takes, who deleted or weakened what), and with metrics that AWS Backup does not publish.
 *
 * Events are sent on a best-effort basis. CloudWatch Logs bills for what it ingests and stores, and each of the two
 * metrics as a custom metric in hours with data. An account can have ten resource policies for log groups in a Region;
 * this construct takes one.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
@propertyInjectable
export class BackupActivityLog extends Resource implements ILogGroupRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupActivityLog';

  /** The name of the log group. */
  public readonly logGroupName: string;

  private readonly resource: CfnLogGroup;

  constructor(scope: Construct, id: string, props: BackupActivityLogProps = {}) {
    super(scope, id);
    enforce(this, [
      ...unknownPropertyProblems(props, 'BackupActivityLogProps'),
      ...activityLogProblems(props),
    ]);
    this.logGroupName =
      props.logGroupName ?? `${PREFIX}${generatedName(scope, id, { maxLength: 200, separator: '-' })}`;
    this.resource = new CfnLogGroup(this, 'Resource', {
      logGroupName: this.logGroupName,
      retentionInDays: retentionInDays(props.logRetention ?? RetentionDays.ONE_YEAR),
      kmsKeyId: props.encryptionKey?.keyRef.keyArn,
    });
    this.resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);

    const logGroupArn = Arn.format(
      {
        service: 'logs',
        resource: 'log-group',
        resourceName: this.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      },
      Stack.of(this),
    );
    const policy = new CfnResourcePolicy(this, 'Policy', {
      policyName: generatedName(scope, id, { maxLength: 100, separator: '-' }),
      policyDocument: Stack.of(this).toJsonString({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: ['delivery.logs.amazonaws.com', 'events.amazonaws.com'] },
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: `${logGroupArn}:*`,
          },
        ],
      }),
    });
    const rule = new CfnRule(this, 'Rule', {
      description: 'Every event of AWS Backup, into a log group',
      eventPattern: { source: ['aws.backup'] },
      targets: [{ id: 'Log', arn: logGroupArn }],
    });
    rule.node.addDependency(policy, this.resource); // else EventBridge drops the first events

    for (const [metricName, filterPattern] of Object.entries(FILTERS))
      new CfnMetricFilter(this, metricName, {
        logGroupName: this.resource.ref,
        filterPattern,
        metricTransformations: [{ metricNamespace: NAMESPACE, metricName, metricValue: '1', unit: 'Count' }],
      });
    for (const [index, { name, text }] of ACTIVITY_QUERIES.entries())
      new CfnQueryDefinition(this, `Query${index}`, {
        name: `AWS Backup/${this.logGroupName.slice(PREFIX.length)}/${name}`,
        queryString: text,
        logGroupNames: [this.resource.ref],
      });
    if (props.trailLogGroup)
      saveAuditQueries(
        this,
        this.logGroupName.slice(PREFIX.length),
        props.trailLogGroup.logGroupRef.logGroupName,
      );
  }

  /** How other constructs refer to the log group. */
  public get logGroupRef(): LogGroupReference {
    return lazyRef({ logGroupName: () => this.resource.ref, logGroupArn: () => this.resource.attrArn });
  }

  /** The ARN of the log group. */
  public get logGroupArn(): string {
    return this.resource.attrArn;
  }

  /** Backup jobs that completed with issues, such as objects that could not be read. */
  public metricCompletedWithIssues(options?: MetricOptions): Metric {
    return this.metric('CompletedWithIssues', options);
  }

  /** Copies of composite recovery points of which only some parts arrived. */
  public metricPartialCopies(options?: MetricOptions): Metric {
    return this.metric('PartialCopies', options);
  }

  private metric(metricName: keyof typeof FILTERS, options?: MetricOptions): Metric {
    return new Metric({ statistic: Stats.SUM, ...options, namespace: NAMESPACE, metricName }).attachTo(this);
  }
}

/** CloudFormation omits the retention of logs that are kept forever. */
function retentionInDays(retention: RetentionDays): number | undefined {
  return retention === RetentionDays.INFINITE ? undefined : retention;
}
