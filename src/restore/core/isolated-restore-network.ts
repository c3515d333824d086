import { Fn, Resource } from 'aws-cdk-lib';
import { CfnDBSubnetGroup as CfnDocumentDbSubnetGroup } from 'aws-cdk-lib/aws-docdb';
import {
  CfnSecurityGroup,
  CfnSubnet,
  CfnVPC,
  type ISecurityGroupRef,
  type ISubnetRef,
} from 'aws-cdk-lib/aws-ec2';
import { CfnDBSubnetGroup as CfnNeptuneSubnetGroup } from 'aws-cdk-lib/aws-neptune';
import { CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { propsProblems } from '../../resources/core/argument-checks';
import { enforce } from '../../resources/core/enforce';
import { acknowledge } from '../../resources/provider/nag-acknowledgements';
import { RestoreMetadata } from '../../resources/restore-testing/restore-metadata';
import { show } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import type { ResourceType } from '../../values/resource-type/resource-type';

/** Properties of an `IsolatedRestoreNetwork`. */
export interface IsolatedRestoreNetworkProps {
  /**
   * The address range, with a prefix length of 16 to 26: the network has two subnets of a quarter each.
   *
   * @default '10.255.0.0/24'
   */
  readonly cidr?: string;
}

const DEFAULT_CIDR = '10.255.0.0/24';

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

  /** The security group, which allows nothing. */
  public readonly securityGroup: ISecurityGroupRef;

  private readonly groups = new Map<string, string>();
  private readonly subnetIds: string[];

  constructor(scope: Construct, id: string, props: IsolatedRestoreNetworkProps = {}) {
    super(scope, id);
    enforce(this, cidrProblems(props));
    const vpc = new CfnVPC(this, 'Vpc', { cidrBlock: props.cidr ?? DEFAULT_CIDR, enableDnsSupport: true });
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
    this.securityGroup = new CfnSecurityGroup(this, 'Closed', {
      vpcId: vpc.ref,
      groupDescription: 'Allows nothing, for what restore tests restore',
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

function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1]);
}

function cidrProblems(props: IsolatedRestoreNetworkProps): Problem[] {
  const id = 'Backup-IsolatedRestoreNetwork';
  const wrong = propsProblems(id, props, 'IsolatedRestoreNetworkProps');
  if (props?.cidr === undefined) return wrong;
  const isBlock = typeof props.cidr === 'string' && /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(props.cidr);
  if (isBlock && prefixOf(props.cidr) >= 16 && prefixOf(props.cidr) <= 26) return wrong;
  return [
    ...wrong,
    problem({
      id,
      property: 'cidr',
      message: (label) =>
        `${label('cidr')} must be an IPv4 address range with a prefix length of 16 to 26, got ${show(props.cidr)}`,
      fix: `for example, use \`${DEFAULT_CIDR}\``,
    }),
  ];
}
