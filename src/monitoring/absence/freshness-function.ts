import { join } from 'node:path';
import { Aws, Duration, determineLatestNodeRuntimeName, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { makeServiceRole } from '../../resources/core/customized-role';
import { acknowledge, LOG_RULES } from '../../resources/provider/nag-acknowledgements';

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
  /** The plans whose selections are read, at synthesis; undefined if none are. */
  readonly planArns?: () => string[];
  /** The parameter that remembers resources without a recovery point. */
  readonly memory?: CfnParameter;
  /** The lists of jobs that are read. */
  readonly jobs: readonly ('backup:ListCopyJobs' | 'backup:ListRestoreJobs')[];
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
    policyDescription: 'Reads plans, recovery points and jobs, publishes metrics, sends messages',
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
    environment: options.planArns && { variables: { URL_SUFFIX: Aws.URL_SUFFIX } },
  });
  code.addResourceMetadata(handler, 'Code');
  acknowledge(handler, ACKNOWLEDGED.rules, ACKNOWLEDGED.reason);
  return handler;
}

function statementsOf(options: FreshnessFunctionOptions, log: CfnLogGroup): object[] {
  const { topic, namespace, vaultArns, planArns, memory, jobs } = options;
  const key = topic.masterKey?.keyArn;
  return [
    {
      Effect: 'Allow',
      Action: ['backup:ListProtectedResources', 'cloudwatch:GetMetricData', ...jobs],
      Resource: '*',
    },
    ...(planArns && memory
      ? [
          {
            Effect: 'Allow',
            Action: ['backup:DescribeRegionSettings', 'tag:GetResources', 'rds:DescribeDBInstances'],
            Resource: '*',
          },
          {
            Effect: 'Allow',
            Action: ['backup:ListBackupSelections', 'backup:GetBackupSelection'],
            Resource: Lazy.list({ produce: planArns }),
          },
          {
            Effect: 'Allow',
            Action: ['ssm:GetParameter', 'ssm:PutParameter'],
            Resource: Stack.of(memory).formatArn({
              service: 'ssm',
              resource: 'parameter',
              resourceName: memory.ref,
            }),
          },
        ]
      : []),
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
