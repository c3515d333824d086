import { Resource, Stack } from 'aws-cdk-lib';
import { CfnHypervisor, type HypervisorReference, type IHypervisorRef } from 'aws-cdk-lib/aws-backupgateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { ILogGroupRef } from 'aws-cdk-lib/aws-logs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { isKnown, show } from '../../values/core/amounts';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { placeQuotaProblems } from '../../values/core/quotas';
import { regionProblems } from '../../values/core/service-regions';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import {
  HYPERVISORS,
  hypervisorTextProblems,
  logGroupArn,
  logGroupProblems,
} from '../../values/hypervisor/hypervisor-laws';
import { kindProblems, propsProblems } from '../core/argument-checks';
import { enforce } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import { acknowledgeManagedPolicies } from '../core/managed-policies';
import { siblingsInEnvironment } from '../core/siblings-in-environment';
import { forThisAccount } from '../core/source-account';
import { keyRefProblems } from '../vault/vault-encryption';
import { HypervisorCredentials } from './hypervisor-credentials';

/** The managed policy with which AWS Backup gateway applies VMware tags to virtual machines in AWS. */
const TAG_MAPPING_POLICY = 'service-role/AWSBackupGatewayServiceRolePolicyForVirtualMachineMetadataSync';

/** Properties of a `Hypervisor`. */
export interface HypervisorProps {
  /**
   * The IP address or domain name of the vCenter Server or ESXi host, 3 to 128 characters. It can be on premises, in
   * VMware Cloud on AWS, or on AWS Outposts.
   */
  readonly host: string;

  /**
   * The name: 1 to 100 letters, digits and `-`.
   *
   * @default - generated from the path of the construct: unique in the app, and stable
   */
  readonly hypervisorName?: string;

  /**
   * The credentials with which AWS Backup gateway connects to the hypervisor.
   *
   * @default - none; set them later in the console or the API
   */
  readonly credentials?: HypervisorCredentials;

  /**
   * The KMS key that encrypts the hypervisor data of AWS Backup gateway. Changing it replaces the hypervisor.
   *
   * @default - an AWS-owned key
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * The log group for the logs of AWS Backup gateway.
   *
   * @default - no logs
   */
  readonly logGroup?: ILogGroupRef;
}

/**
 * A VMware hypervisor whose virtual machines AWS Backup backs up through a gateway.
 *
 * The gateway is a virtual machine that you set up next to the hypervisor, outside CloudFormation. Once it is connected,
 * plans can select virtual machines by `ResourceType.VIRTUAL_MACHINE`, by ARN or by tag. Changing the tags of the
 * hypervisor replaces it.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vm-backups.html
 */
@propertyInjectable
export class Hypervisor extends Resource implements IHypervisorRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.Hypervisor';

  /** Refers to an existing hypervisor by its ARN; it may be in another account or Region. */
  public static fromHypervisorArn(scope: Construct, id: string, hypervisorArn: string): IHypervisorRef {
    throwErrors(arnProblems(hypervisorArn), `${scope.node.path}/${id}`);
    return new ImportedHypervisor(scope, id, hypervisorArn);
  }

  /** The name of the hypervisor. */
  public readonly hypervisorName: string;

  private readonly resource: CfnHypervisor;
  private mappingRole?: iam.Role;

  constructor(scope: Construct, id: string, props: HypervisorProps) {
    super(scope, id);
    throwErrors(inputProblems(props), this.node.path);
    const options: Partial<HypervisorProps> = props ?? {};
    const { host, hypervisorName: name, credentials, encryptionKey, logGroup } = options;
    this.hypervisorName =
      name === undefined ? generatedName(scope, id, { maxLength: 100, separator: '-' }) : name;
    const logs = logGroup?.logGroupRef.logGroupArn;
    const others = siblingsInEnvironment<Hypervisor>(this, 'hypervisor');
    enforce(this, [
      ...hypervisorTextProblems('host', host),
      ...hypervisorTextProblems('hypervisorName', this.hypervisorName),
      ...(logs === undefined ? [] : logGroupProblems(logs)),
      ...regionProblems('hypervisor', Stack.of(this).region),
      ...placeQuotaProblems('Backup-HypervisorQuota', 'hypervisors', others.indexOf(this) + 1, HYPERVISORS),
    ]);

    this.resource = new CfnHypervisor(this, 'Resource', {
      host,
      name: this.hypervisorName,
      username: credentials?._username,
      password: credentials?._password.unsafeUnwrap(), // a reference that CloudFormation resolves
      kmsKeyArn: encryptionKey?.keyRef.keyArn,
      logGroupArn: logs === undefined ? undefined : logGroupArn(logs),
    });
  }

  /** The ARN of the hypervisor. */
  public get hypervisorArn(): string {
    return this.resource.attrHypervisorArn;
  }

  /** How other constructs refer to this hypervisor. */
  public get hypervisorRef(): HypervisorReference {
    return { hypervisorArn: this.hypervisorArn };
  }

  /**
   * Adds the role that AWS Backup gateway assumes to apply VMware tags to the virtual machines in AWS, so that plans can
   * select them by tag. Define the tag mappings with this role in the console or the API of AWS Backup gateway.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backing-up-vms.html
   */
  public addTagMappingRole(): iam.Role {
    if (this.mappingRole) return this.mappingRole;
    this.mappingRole = new iam.Role(this, 'TagMappingRole', {
      assumedBy: new iam.ServicePrincipal('backup-gateway.amazonaws.com', {
        conditions: forThisAccount(this),
      }),
      description: 'Lets AWS Backup gateway tag virtual machines as VMware does',
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(TAG_MAPPING_POLICY)],
    });
    acknowledgeManagedPolicies(this.mappingRole, [TAG_MAPPING_POLICY]);
    return this.mappingRole;
  }
}

/** Checks the types of the properties, for untyped callers. */
function inputProblems(props: HypervisorProps): Problem[] {
  const wrong = propsProblems('Backup-Hypervisor', props);
  if (wrong.length > 0) return wrong;
  const { credentials, encryptionKey, logGroup }: Partial<HypervisorProps> = props ?? {};
  return [
    ...unknownPropertyProblems(props, 'HypervisorProps'),
    ...kindProblems(credentials, (value: unknown) => value instanceof HypervisorCredentials, {
      id: 'Backup-HypervisorCredentials',
      property: 'credentials',
      what: 'a `HypervisorCredentials`',
      fix: 'use `HypervisorCredentials.fromSecret(secret)`',
    }),
    ...(encryptionKey === undefined ? [] : keyRefProblems(encryptionKey, 'encryptionKey')),
    ...kindProblems(logGroup, (value: Partial<ILogGroupRef>) => typeof value.logGroupRef === 'object', {
      id: 'Backup-HypervisorLogGroup',
      property: 'logGroup',
      what: 'a log group',
      fix: 'refer to an existing one with `LogGroup.fromLogGroupName`',
    }),
  ];
}

function arnProblems(arn: unknown): Problem[] {
  const pattern = /^arn:aws(-[a-z]+)*:backup-gateway:[a-zA-Z0-9-]+:\d{12}:hypervisor\/[a-zA-Z0-9-]+$/;
  if (!isKnown(arn) || (typeof arn === 'string' && pattern.test(arn))) return [];
  const property = 'hypervisorArn';
  return [
    problem({
      id: 'Backup-Arn',
      property,
      message: (label) =>
        `${label(property)} must be an ARN of the form \`arn:<partition>:backup-gateway:<region>:<account>:hypervisor/<id>\`, got ${show(arn)}`,
    }),
  ];
}

/** A hypervisor created elsewhere. */
class ImportedHypervisor extends Resource implements IHypervisorRef {
  public readonly hypervisorRef: HypervisorReference;

  constructor(scope: Construct, id: string, hypervisorArn: string) {
    super(scope, id, { environmentFromArn: hypervisorArn });
    this.hypervisorRef = { hypervisorArn };
  }
}
