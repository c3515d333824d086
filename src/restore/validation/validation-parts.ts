import { Duration } from 'aws-cdk-lib';
import { CfnAlarm, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { RestoreTestingPlan } from '../../resources/restore-testing/restore-testing-plan';
import { RestoreEvidenceBucket } from '../core/restore-evidence-bucket';
import type { RestoreFunction } from '../core/restore-function';
import { allow } from './check-permissions';
import type { RestoreValidationProps } from './restore-validation-props';

const DEFAULT_WINDOW_HOURS = 8;

/** An alarm that triggers as soon as the sum of metrics is 1. */
export function makeAlarm(
  scope: Construct,
  id: string,
  alarmDescription: string,
  metrics: Metric[],
  { alarmTopic }: Pick<RestoreValidationProps, 'alarmTopic'>,
): CfnAlarm {
  const queries = metrics.map((metric, index): CfnAlarm.MetricDataQueryProperty => {
    const {
      namespace,
      metricName,
      dimensions = [],
      statistic,
    } = metric.toMetricConfig().metricStat ?? ({} as never);
    return {
      id: `m${index}`,
      returnData: false,
      metricStat: {
        metric: {
          namespace,
          metricName,
          dimensions: dimensions.map(({ name, value }) => ({ name, value: String(value) })),
        },
        period: 300,
        stat: statistic,
      },
    };
  });
  return new CfnAlarm(scope, id, {
    alarmDescription,
    metrics: [
      {
        id: 'all',
        expression: queries.map((query) => `FILL(${query.id}, 0)`).join(' + '),
        returnData: true,
      },
      ...queries,
    ],
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: 'notBreaching',
    alarmActions: alarmTopic && [alarmTopic.topicRef.topicArn],
  });
}

/** The shortest validation window of the selections. */
export function windowHours({ validationWindow, restoreTestingPlan }: RestoreValidationProps): number {
  if (validationWindow) return validationWindow.toHours();
  const selections = restoreTestingPlan instanceof RestoreTestingPlan ? restoreTestingPlan.selections : [];
  const known = selections.flatMap(({ _validationWindowHours: hours }) =>
    typeof hours === 'number' ? [hours] : [],
  );
  return known.length > 0 ? Math.min(...known) : DEFAULT_WINDOW_HOURS;
}

/** How often a function is tried, and where what failed for good goes. */
export function invokeConfig(
  target: RestoreFunction,
  id: string,
  retries: number,
  destination: string,
): void {
  new CfnEventInvokeConfig(target, id, {
    functionName: target.resource.ref,
    qualifier: '$LATEST',
    maximumRetryAttempts: retries,
    maximumEventAgeInSeconds: Duration.hours(3).toSeconds(),
    destinationConfig: { onFailure: { destination } },
  });
}

/** The keys that the functions need: of the new bucket, and those of the user. */
export function keyStatements(bucket: IBucketRef, { keys = [] }: RestoreValidationProps): object[] {
  const own = bucket instanceof RestoreEvidenceBucket ? bucket.encryptionKey?.keyArn : undefined;
  return [
    ...(own ? [allow(['kms:GenerateDataKey'], own)] : []),
    ...(keys.length > 0
      ? [
          allow(
            ['kms:Decrypt', 'kms:DescribeKey'],
            keys.map(({ keyRef }) => keyRef.keyArn),
          ),
        ]
      : []),
  ];
}
