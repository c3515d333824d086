import { Fn, Resource, Stack } from 'aws-cdk-lib';
import { CfnDBSubnetGroup as CfnDocumentDbSubnetGroup } from 'aws-cdk-lib/aws-docdb';
import {
  CfnRouteTable,
  CfnSecurityGroup,
  CfnSecurityGroupEgress,
  CfnSecurityGroupIngress,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCEndpoint,
  type ISecurityGroupRef,
  type ISubnetRef,
} from 'aws-cdk-lib/aws-ec2';
import { CfnDBSubnetGroup as CfnNeptuneSubnetGroup } from 'aws-cdk-lib/aws-neptune';
import { CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { flagProblems, propsProblems } from '../../resources/core/argument-checks';
import { enforce } from '../../resources/core/enforce';
import { acknowledge } from '../../resources/provider/nag-acknowledgements';
import { RestoreMetadata } from '../../resources/restore-testing/restore-metadata';
import { show } from '../../values/core/amounts';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import type { ResourceType } from '../../values/resource-type/resource-type';

/** Properties of an `IsolatedRestoreNetwork`. */
export interface IsolatedRestoreNetworkProps {
  /**
   * The address range, with a prefix length of 16 to 26: the network has two subnets of a quarter each.
   *
   * @default '10.255.0.0/24'
   */
  readonly cidr?: string;

  /**
   * Lets the function that validates run in this network, where it can connect to what is restored: with a security group that
   * may reach it, and VPC endpoints for the APIs that the checks call. AWS bills each interface endpoint by the hour, also
   * between tests. What is restored still can't reach anything.
   *
   * @default false
   */
  readonly validationAccess?: boolean;
}

const ID = 'Backup-IsolatedRestoreNetwork';
const DEFAULT_CIDR = '10.255.0.0/24';
/** Services with gateway endpoints, which cost nothing. */
const GATEWAYS: readonly string[] = ['dynamodb', 's3'];

/**
 * A network that nothing can leave, for what restore tests restore: no internet gateway, no NAT, no peering, and a security group
 * that allows nothing. A restored server can't send mail, call a partner or take over a production job.
 */
@propertyInjectable
export class IsolatedRestoreNetwork extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.IsolatedRestoreNetwork';

  /** The two subnets, in different Availability Zones. */
  public readonly subnets: ISubnetRef[];

  /** The security group of what is restored, which allows nothing out. */
  public readonly securityGroup: ISecurityGroupRef;

  /**
   * The security group of the function that validates, which may connect to what is restored and to the VPC endpoints;
   * undefined without `validationAccess`.
   */
  public readonly validationSecurityGroup?: ISecurityGroupRef;

  private readonly groups = new Map<string, string>();
  private readonly subnetIds: string[];
  private readonly vpcId: string;

  constructor(scope: Construct, id: string, props: IsolatedRestoreNetworkProps = {}) {
    super(scope, id);
    enforce(this, cidrProblems(props));
    const vpc = new CfnVPC(this, 'Vpc', {
      cidrBlock: props.cidr ?? DEFAULT_CIDR,
      enableDnsSupport: true,
      enableDnsHostnames: props.validationAccess || undefined, // the names of endpoints
    });
    this.vpcId = vpc.ref;
    acknowledge(
      vpc,
      [
        'AwsSolutions-VPC7',
        ...['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].flatMap((pack) => [
          `${pack}-VPCDefaultSecurityGroupClosed`,
          `${pack}-VPCFlowLogsEnabled`,
        ]),
      ],
      'nothing can leave or enter this network, and what is in it is deleted after each test',
    );
    const blocks = Fn.cidr(vpc.attrCidrBlock, 4, String(32 - prefixOf(props.cidr ?? DEFAULT_CIDR) - 2));
    const subnets = [0, 1].map(
      (index) =>
        new CfnSubnet(this, `Subnet${index + 1}`, {
          vpcId: vpc.ref,
          cidrBlock: Fn.select(index, blocks),
          availabilityZone: Fn.select(index, Fn.getAzs()),
          mapPublicIpOnLaunch: false,
        }),
    );
    this.subnets = subnets;
    this.subnetIds = subnets.map(({ ref }) => ref);
    this.securityGroup = this.makeGroup('Closed', 'Allows nothing, for what restore tests restore');
    if (props.validationAccess) this.validationSecurityGroup = this.makeValidationGroup();
  }

  /**
   * Adds VPC endpoints through which the function that validates calls services, such as `backup` or `rds`: the last part of
   * the name of the endpoint service. Each is added once. Amazon S3 and DynamoDB get gateway endpoints, which cost nothing.
   *
   * `RestoreTesting` adds those that its checks need. Throws without `validationAccess`.
   */
  public addEndpoints(...services: string[]): void {
    if (!this.validationSecurityGroup) throwErrors([accessProblem()], this.node.path);
    const region = Stack.of(this).region;
    const added = services.filter((service) => !this.node.tryFindChild(`Endpoint-${service}`));
    for (const service of added) {
      const isGateway = GATEWAYS.includes(service);
      new CfnVPCEndpoint(this, `Endpoint-${service}`, {
        vpcId: this.vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: isGateway ? 'Gateway' : 'Interface',
        ...(isGateway
          ? { routeTableIds: [this.routeTable()] }
          : {
              subnetIds: [this.subnetIds[0]], // one is enough for tests, and half the price
              securityGroupIds: [this.endpointGroup()],
              privateDnsEnabled: true,
            }),
      });
    }
  }

  /**
   * The metadata that restores a type into this network: EC2, RDS instances, Aurora, DocumentDB and Neptune; undefined for
   * types without a network.
   */
  public metadataFor(resourceType: ResourceType): RestoreMetadata | undefined {
    const securityGroups = [this.securityGroup];
    switch (resourceType.name) {
      case 'EC2':
        return RestoreMetadata.ec2({ subnet: this.subnets[0], securityGroups });
      case 'RDS':
        return RestoreMetadata.rdsInstance({ subnetGroupName: this.groupFor('Databases'), securityGroups });
      case 'Aurora':
        return RestoreMetadata.aurora({ subnetGroupName: this.groupFor('Databases'), securityGroups });
      case 'DocumentDB':
        return RestoreMetadata.documentDb({ subnetGroupName: this.groupFor('DocumentDb'), securityGroups });
      case 'Neptune':
        return RestoreMetadata.neptune({ subnetGroupName: this.groupFor('Neptune'), securityGroups });
      default:
        return undefined;
    }
  }

  /** A security group that allows nothing. */
  private makeGroup(id: string, groupDescription: string): CfnSecurityGroup {
    return new CfnSecurityGroup(this, id, {
      vpcId: this.vpcId,
      groupDescription,
      // without a rule of its own, a security group lets everything out
      securityGroupEgress: [
        {
          ipProtocol: 'icmp',
          cidrIp: '255.255.255.255/32',
          fromPort: 252,
          toPort: 86,
          description: 'Nothing',
        },
      ],
    });
  }

  /** The function may connect to each port of what is restored, which keeps the port of its source. */
  private makeValidationGroup(): CfnSecurityGroup {
    const group = this.makeGroup('Validation', 'For the function that validates what restore tests restore');
    this.letIn(this.securityGroup, group, 0, 65_535, 'Restored');
    return group;
  }

  /** Lets connections of one group into another, and out of the first. */
  private letIn(
    to: ISecurityGroupRef,
    from: ISecurityGroupRef,
    fromPort: number,
    toPort: number,
    id: string,
  ): void {
    const ports = { ipProtocol: 'tcp', fromPort, toPort };
    const [target, source] = [to, from].map(({ securityGroupRef }) => securityGroupRef.securityGroupId);
    const description = 'The function that validates';
    new CfnSecurityGroupIngress(this, `${id}In`, {
      ...ports,
      groupId: target,
      sourceSecurityGroupId: source,
      description,
    });
    new CfnSecurityGroupEgress(this, `${id}Out`, {
      ...ports,
      groupId: source,
      destinationSecurityGroupId: target,
      description,
    });
  }

  /** The security group of the interface endpoints. */
  private endpointGroup(): string {
    const existing = this.node.tryFindChild('Endpoints') as CfnSecurityGroup | undefined;
    if (existing) return existing.ref;
    const group = this.makeGroup('Endpoints', 'For the endpoints that the function that validates calls');
    if (this.validationSecurityGroup) this.letIn(group, this.validationSecurityGroup, 443, 443, 'Endpoints');
    return group.ref;
  }

  /** The route table of both subnets, for gateway endpoints: it has no route to anywhere else. */
  private routeTable(): string {
    const existing = this.node.tryFindChild('Routes') as CfnRouteTable | undefined;
    if (existing) return existing.ref;
    const table = new CfnRouteTable(this, 'Routes', { vpcId: this.vpcId });
    for (const [index, subnetId] of this.subnetIds.entries())
      new CfnSubnetRouteTableAssociation(this, `Routes${index + 1}`, { routeTableId: table.ref, subnetId });
    if (this.validationSecurityGroup)
      new CfnSecurityGroupEgress(this, 'GatewaysOut', {
        groupId: this.validationSecurityGroup.securityGroupRef.securityGroupId,
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrIp: '0.0.0.0/0', // gateway endpoints have public addresses; nothing else has a route
        description: 'Gateway endpoints',
      });
    return table.ref;
  }

  private groupFor(kind: 'Databases' | 'DocumentDb' | 'Neptune'): string {
    let name = this.groups.get(kind);
    if (name === undefined) {
      const props = { dbSubnetGroupDescription: 'For restore tests', subnetIds: this.subnetIds };
      const group =
        kind === 'Databases'
          ? new CfnDBSubnetGroup(this, kind, props)
          : kind === 'DocumentDb'
            ? new CfnDocumentDbSubnetGroup(this, kind, props)
            : new CfnNeptuneSubnetGroup(this, kind, props);
      name = group.ref;
      this.groups.set(kind, name);
    }
    return name;
  }
}

function accessProblem(): Problem {
  return problem({
    id: ID,
    property: 'validationAccess',
    message: (label) =>
      `${label('validationAccess')} must be true to add endpoints, which nothing else can reach`,
    fix: 'set it',
  });
}

function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1]);
}

function cidrProblems(props: IsolatedRestoreNetworkProps): Problem[] {
  const wrong = [
    ...propsProblems(ID, props, 'IsolatedRestoreNetworkProps'),
    ...flagProblems(ID, 'validationAccess', props?.validationAccess),
  ];
  if (props?.cidr === undefined) return wrong;
  const isBlock = typeof props.cidr === 'string' && /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(props.cidr);
  if (isBlock && prefixOf(props.cidr) >= 16 && prefixOf(props.cidr) <= 26) return wrong;
  return [
    ...wrong,
    problem({
      id: ID,
      property: 'cidr',
      message: (label) =>
        `${label('cidr')} must be an IPv4 address range with a prefix length of 16 to 26, got ${show(props.cidr)}`,
      fix: `for example, use \`${DEFAULT_CIDR}\``,
    }),
  ];
}
