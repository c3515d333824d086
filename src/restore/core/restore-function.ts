import { join } from 'node:path';
import { type Duration, determineLatestNodeRuntimeName, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ISecurityGroupRef, ISubnetRef } from 'aws-cdk-lib/aws-ec2';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { makeServiceRole } from '../../resources/core/customized-role';
import { acknowledge, acknowledgeWildcards, LOG_RULES } from '../../resources/provider/nag-acknowledgements';

/** The subnets and security groups of functions in a VPC. */
export interface FunctionNetwork {
  readonly subnets: readonly ISubnetRef[];
  readonly securityGroups: readonly ISecurityGroupRef[];
}

/** What a function of this library consists of. */
export interface RestoreFunctionProps {
  /** The folder in `assets/handler`. */
  readonly bundle: 'restore-validation' | 'restore-runbook';
  /** The exported function. */
  readonly handler: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly memoryMiB: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly object[];
  /** In a policy of their own. */
  readonly moreStatements?: readonly object[];
  readonly network?: FunctionNetwork;
}

const LOG_DAYS = 365;
const PACKS = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

/**
 * A function with its log and a role of its own. Built on L1s, because the L2s take several times as long to load and to
 * create.
 */
export class RestoreFunction extends Construct {
  public readonly resource: CfnFunction;
  public readonly roleArn: string;

  constructor(scope: Construct, id: string, props: RestoreFunctionProps) {
    super(scope, id);
    const code = new Asset(this, 'Code', { path: codeOf(props.bundle) });
    const log = new CfnLogGroup(this, 'Log', { retentionInDays: LOG_DAYS });
    log.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    acknowledge(log, LOG_RULES, 'it holds ARNs and states of restore jobs, and CloudWatch Logs encrypts it');

    const { roleArn, policy, morePolicy } = makeServiceRole(this, {
      service: 'lambda.amazonaws.com',
      description: props.description,
      policyDescription: props.description,
      statements: [
        ...props.statements,
        {
          Sid: 'Log',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: log.attrArn,
        },
        ...(props.network ? [NETWORK_STATEMENT] : []),
      ],
      moreStatements: props.moreStatements,
    });
    const policies = [policy, morePolicy].flatMap((each) => (each ? [each] : []));
    for (const each of policies)
      acknowledgeWildcards(
        each,
        'what is restored has no name before it is, and IAM has no resources for jobs and descriptions',
      );
    this.roleArn = roleArn;
    this.resource = new CfnFunction(this, 'Function', {
      description: props.description,
      code: { s3Bucket: code.s3BucketName, s3Key: code.s3ObjectKey },
      handler: `index.${props.handler}`,
      runtime: determineLatestNodeRuntimeName(this),
      architectures: ['arm64'],
      role: roleArn,
      timeout: props.timeout.toSeconds(),
      memorySize: props.memoryMiB,
      environment: { variables: { ...props.environment, IN_VPC: String(props.network !== undefined) } },
      loggingConfig: { logGroup: log.ref },
      vpcConfig: props.network && {
        subnetIds: props.network.subnets.map(({ subnetRef }) => subnetRef.subnetId),
        securityGroupIds: props.network.securityGroups.map(
          ({ securityGroupRef }) => securityGroupRef.securityGroupId,
        ),
      },
    });
    for (const each of policies) this.resource.addResourceDependency(each);
    acknowledge(
      this.resource,
      PACKS.flatMap((pack) => [
        `${pack}-LambdaConcurrency`,
        `${pack}-LambdaDLQ`,
        ...(props.network ? [] : [`${pack}-LambdaInsideVPC`]),
      ]),
      'it calls AWS APIs for few jobs at a time; failed invocations have a destination or are run again',
    );
  }

  /** The ARN of the function. */
  public get functionArn(): string {
    return this.resource.attrArn;
  }
}

/** AWS Lambda makes and removes network interfaces with the role of the function. */
const NETWORK_STATEMENT = {
  Sid: 'Network',
  Effect: 'Allow',
  Action: [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ],
  Resource: '*',
};

/** Built by the task `bundle`. The path is the same from src/ and from lib/. */
function codeOf(bundle: string): string {
  return join(__dirname, '..', '..', '..', 'assets', 'handler', bundle);
}

/** The parts of ARNs in the account and Region of a construct. */
export function arnParts(scope: Construct) {
  const { partition, region, account } = Stack.of(scope);
  return { partition, region, account };
}
