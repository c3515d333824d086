import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnLink } from 'aws-cdk-lib/aws-oam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { enforce } from '../../resources/core/enforce';
import { show } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';

/** Properties of `BackupObservabilityLink`. */
export interface BackupObservabilityLinkProps {
  /**
   * The ARN of the sink of the observability account, such as
   * `arn:aws:oam:eu-west-1:111122223333:sink/1a2b3c4d-0000-1111-2222-333344445555`. Its policy must let this account link.
   */
  readonly sinkArn: string;
}

/** The namespaces that an observability account sees. */
const NAMESPACES = ['AWS/Backup', 'BackupFreshness', 'BackupActivityLog'];

/**
 * Shows the metrics of AWS Backup of this account in an observability account of Amazon CloudWatch: dashboards and alarms
 * there cover it. Only in the Region of the sink, and not in the account of the sink itself.
 *
 * Cross-account observability of metrics is free of charge.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html
 */
@propertyInjectable
export class BackupObservabilityLink extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupObservabilityLink';

  constructor(scope: Construct, id: string, props: BackupObservabilityLinkProps) {
    super(scope, id);
    enforce(this, [
      ...unknownPropertyProblems(props, 'BackupObservabilityLinkProps'),
      ...sinkProblems(props?.sinkArn),
    ]);
    const { sinkArn } = props;
    const [, , , region, account] = sinkArn.split(':');
    const condition = new CfnCondition(this, 'IsElsewhere', {
      expression: Fn.conditionAnd(
        Fn.conditionEquals(Aws.REGION, region),
        Fn.conditionNot(Fn.conditionEquals(Aws.ACCOUNT_ID, account)),
      ),
    });
    const link = new CfnLink(this, 'Link', {
      sinkIdentifier: sinkArn,
      resourceTypes: ['AWS::CloudWatch::Metric'],
      labelTemplate: '$AccountName',
      linkConfiguration: {
        metricConfiguration: {
          filter: `Namespace IN (${NAMESPACES.map((name) => `'${name}'`).join(', ')})`,
        },
      },
    });
    link.cfnOptions.condition = condition;
  }
}

/** The parts of the ARN decide where the link is created, so that it must be known. */
export function sinkProblems(arn: unknown, property = 'sinkArn'): Problem[] {
  const isSink = typeof arn === 'string' && /^arn:[\w-]+:oam:[\w-]+:\d{12}:sink\/[\w-]{1,100}$/.test(arn);
  if (isSink) return [];
  return [
    problem({
      id: 'Backup-Observability',
      property,
      message: (label) =>
        `${label(property)} must be the ARN of a sink, known at synthesis, got ${show(arn)}`,
      fix: 'deploy the sink first, and copy its ARN',
    }),
  ];
}
