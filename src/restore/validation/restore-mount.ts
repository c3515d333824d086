import { RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import {
  CfnSecurityGroup,
  CfnSecurityGroupEgress,
  CfnSecurityGroupIngress,
  Connections,
  type IConnectable,
  type ISecurityGroupRef,
  Port,
  SecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-ecs';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { makeServiceRole } from '../../resources/core/customized-role';
import { enforce } from '../../resources/core/enforce';
import { acknowledge, acknowledgeWildcards, LOG_RULES } from '../../resources/provider/nag-acknowledgements';
import { TEST_TAG } from '../core/restore-test-tag';
import { mountProblems } from './restore-mount-laws';
import type { RestoreMountProps } from './restore-mount-props';

export type { RestoreMountProps } from './restore-mount-props';

const DEFAULT_IMAGE = 'public.ecr.aws/docker/library/busybox:1.37';
const NFS = 2049;
const LOG_DAYS = 365;
const READING = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess'];

/**
 * Mounts EFS file systems that restore tests restored, so that `RestoreCheck.efs()` proves what is in them. For each test, the
 * validation creates a mount target and a task definition and runs one task on AWS Fargate, which mounts the file system
 * read-only and with encryption in transit. It deletes the mount target and the task definition before it sends the result,
 * and a sweep every ten minutes deletes what an invocation that crashed left.
 *
 * The VPC needs DNS hostnames and DNS resolution. The subnets need a way to the registry of the image and to CloudWatch Logs.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
 */
@propertyInjectable
export class RestoreMount extends Resource implements IConnectable {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.RestoreMount';

  /**
   * The security group of the task and of the mount targets of restored file systems. It lets NFS in from itself, and out to
   * itself; and HTTPS out.
   */
  public readonly securityGroup: ISecurityGroupRef;

  /** What the permissions of functions name. @internal */
  public readonly _arns: MountArns;

  private readonly props: RestoreMountProps;
  private readonly cluster: CfnCluster;
  private readonly log: CfnLogGroup;
  private connected?: Connections;

  constructor(scope: Construct, id: string, props: RestoreMountProps) {
    super(scope, id);
    enforce(this, mountProblems(props));
    this.props = props;
    this.securityGroup = this.makeSecurityGroup();
    this.cluster = new CfnCluster(this, 'Cluster');
    acknowledge(
      this.cluster,
      ['AwsSolutions-ECS4'],
      'it runs one task of some minutes for each restore test',
    );
    this.log = new CfnLogGroup(this, 'Log', { retentionInDays: LOG_DAYS });
    this.log.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    acknowledge(
      this.log,
      LOG_RULES,
      'it holds counts and the end of the output of failed commands, and CloudWatch Logs encrypts it',
    );
    this._arns = {
      cluster: this.cluster.attrArn,
      clusterName: this.cluster.ref,
      log: this.log.attrArn,
      taskRole: this.makeRole('Task', 'Reads restored file systems and their sources', this.taskStatements()),
      executionRole: this.makeRole(
        'Execution',
        'Starts the task that reads restored file systems',
        this.executionStatements(),
      ),
      sources: (props.sources ?? []).map(({ fileSystemRef }) => fileSystemRef.fileSystemArn),
      subnetIds: props.subnets.map(({ subnetRef }) => subnetRef.subnetId),
    };
  }

  /** For `allowDefaultPortFrom()` of the sources, whose mount targets must let NFS in from here. */
  public get connections(): Connections {
    this.connected ??= new Connections({
      defaultPort: Port.tcp(NFS),
      securityGroups: [
        SecurityGroup.fromSecurityGroupId(
          this,
          'Connected',
          this.securityGroup.securityGroupRef.securityGroupId,
          { allowAllOutbound: false },
        ),
      ],
    });
    return this.connected;
  }

  /** How the functions read it. @internal */
  public _render(): Record<string, unknown> {
    const { cluster, taskRole, executionRole, sources, subnetIds } = this._arns;
    return {
      cluster,
      subnets: subnetIds,
      securityGroup: this.securityGroup.securityGroupRef.securityGroupId,
      publicIp: this.props.assignPublicIp || undefined,
      image: this.props.image ?? DEFAULT_IMAGE,
      taskRole,
      executionRole,
      logGroup: this.log.ref,
      region: Stack.of(this).region,
      sources: sources.length > 0 ? sources : undefined,
    };
  }

  private makeSecurityGroup(): CfnSecurityGroup {
    const group = new CfnSecurityGroup(this, 'Group', {
      vpcId: this.props.vpc.vpcRef.vpcId,
      groupDescription: 'Mounts of restored file systems',
      securityGroupEgress: [
        {
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          cidrIp: '0.0.0.0/0',
          description: 'The registry of the image, and CloudWatch Logs',
        },
      ],
    });
    const nfs = { groupId: group.attrGroupId, ipProtocol: 'tcp', fromPort: NFS, toPort: NFS };
    new CfnSecurityGroupIngress(this, 'NfsIn', {
      ...nfs,
      sourceSecurityGroupId: group.attrGroupId,
      description: 'From the task to the mount target',
    });
    new CfnSecurityGroupEgress(this, 'NfsOut', {
      ...nfs,
      destinationSecurityGroupId: group.attrGroupId,
      description: 'From the task to the mount target',
    });
    return group;
  }

  private makeRole(id: string, description: string, statements: readonly object[]): string {
    const { roleArn, policy } = makeServiceRole(new Construct(this, id), {
      service: 'ecs-tasks.amazonaws.com',
      description,
      policyDescription: description,
      statements,
    });
    if (policy)
      acknowledgeWildcards(
        policy,
        'restored file systems have no ID before they are restored, and IAM has no resources for tokens of registries',
      );
    return roleArn;
  }

  private taskStatements(): object[] {
    const { partition, region, account } = Stack.of(this);
    const sources = this.props.sources ?? [];
    return [
      {
        Effect: 'Allow',
        Action: READING,
        Resource: `arn:${partition}:elasticfilesystem:${region}:${account}:file-system/*`,
        Condition: { Null: { [`aws:ResourceTag/${TEST_TAG}`]: 'false' } },
      },
      ...(sources.length > 0
        ? [
            {
              Effect: 'Allow',
              Action: READING,
              Resource: sources.map(({ fileSystemRef }) => fileSystemRef.fileSystemArn),
            },
          ]
        : []),
    ];
  }

  private executionStatements(): object[] {
    const { repository } = this.props;
    return [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: this.log.attrArn,
      },
      ...(repository
        ? [
            {
              Effect: 'Allow',
              Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
              Resource: repository.repositoryRef.repositoryArn,
            },
            { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
          ]
        : []),
    ];
  }
}

/** What the permissions of the functions that use a mount name. */
interface MountArns {
  readonly cluster: string;
  readonly clusterName: string;
  readonly log: string;
  readonly taskRole: string;
  readonly executionRole: string;
  readonly sources: readonly string[];
  readonly subnetIds: readonly string[];
}
