import { join } from 'node:path';
import { Duration, determineLatestNodeRuntimeName, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { acknowledge, LOG_RULES } from '../../resources/core/nag-acknowledgements';
import { makeServiceRole } from '../../resources/core/customized-role';

/** Built by the task `bundle`. The path is the same from src/ and from lib/. */
const CODE = join(__dirname, '..', '..', '..', 'assets', 'handler', 'freshness', 'index');

/** The pages of a vault with a million recovery points take some minutes, and little memory. */
const TIMEOUT = Duration.minutes(15);
const MEMORY_MIB = 512;
const LOG_RETENTION_DAYS = 365;

/** The rules of cdk-nag that the function does not follow, and why. */
const ACKNOWLEDGED = {
  rules: [
    ...['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map((pack) => `${pack}-LambdaInsideVPC`),
    ...['HIPAA.Security', 'NIST.800.53.R5'].flatMap((pack) => [
      `${pack}-LambdaConcurrency`,
      `${pack}-LambdaDLQ`,
    ]),
  ],
  reason:
    'it calls only APIs of AWS; a failed check is repeated by the next one, and an alarm notices if none succeeds',
};

/** What the function of a check reads, and where it sends messages. */
export interface FreshnessFunctionOptions {
  readonly topic: ITopic;
  readonly namespace: string;
  readonly logKey?: IKeyRef;
  /** The vaults, at synthesis. */
  readonly vaultArns: () => string[];
}

/** Creates the function of a check, with a role that may do just what it calls. */
export function makeFreshnessFunction(scope: Construct, options: FreshnessFunctionOptions): CfnFunction {
  const { logKey } = options;
  const log = new CfnLogGroup(scope, 'Log', {
    retentionInDays: LOG_RETENTION_DAYS,
    kmsKeyId: logKey?.keyRef.keyArn,
  });
  log.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  if (!logKey) acknowledge(log, LOG_RULES, 'the log has names of resources only; `logKey` sets a key');
  const { roleArn, policy } = makeServiceRole(scope, {
    service: 'lambda.amazonaws.com',
    description: `Looks for backups that did not happen, for ${scope.node.path}`.slice(0, 1_000),
    policyDescription: 'Reads recovery points, publishes metrics, sends messages',
    statements: statementsOf(options, log),
    saysAccount: false,
  });
  if (policy)
    acknowledge(
      policy,
      ['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]'],
      'these actions have no resources; metrics are limited to a namespace',
    );
  const code = new Asset(scope, 'Code', { path: CODE });
  const handler = new CfnFunction(scope, 'Function', {
    description: 'Looks for backups that did not happen',
    code: { s3Bucket: code.s3BucketName, s3Key: code.s3ObjectKey },
    handler: 'index.handler',
    runtime: determineLatestNodeRuntimeName(scope),
    role: roleArn,
    memorySize: MEMORY_MIB,
    timeout: TIMEOUT.toSeconds(),
    loggingConfig: { logGroup: log.ref },
  });
  code.addResourceMetadata(handler, 'Code');
  acknowledge(handler, ACKNOWLEDGED.rules, ACKNOWLEDGED.reason);
  return handler;
}

function statementsOf({ topic, namespace, vaultArns }: FreshnessFunctionOptions, log: CfnLogGroup): object[] {
  const key = topic.masterKey?.keyArn;
  return [
    {
      Effect: 'Allow',
      Action: ['backup:ListProtectedResources', 'cloudwatch:GetMetricData'],
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Action: ['backup:ListRecoveryPointsByBackupVault', 'backup:DescribeBackupVault'],
      Resource: Lazy.list({ produce: vaultArns }),
    },
    {
      Effect: 'Allow',
      Action: ['cloudwatch:PutMetricData'],
      Resource: '*',
      Condition: { StringEquals: { 'cloudwatch:namespace': namespace } },
    },
    { Effect: 'Allow', Action: ['sns:Publish'], Resource: topic.topicArn },
    ...(key === undefined
      ? []
      : [{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: key }]),
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: log.attrArn },
  ];
}
