import { Resource, Stack } from 'aws-cdk-lib';
import { CfnHypervisor, type HypervisorReference, type IHypervisorRef } from 'aws-cdk-lib/aws-backupgateway';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { ILogGroupRef } from 'aws-cdk-lib/aws-logs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { isKnown, show } from '../../values/core/amounts';
import { type Problem, throwErrors } from '../../values/core/problem';
import { placeQuotaProblems } from '../../values/core/quotas';
import { regionProblems } from '../../values/core/service-regions';
import {
  HYPERVISORS,
  hypervisorTextProblems,
  logGroupArn,
  logGroupProblems,
} from '../../values/hypervisor/hypervisor-laws';
import { kindProblems, propsProblems } from '../core/argument-checks';
import { report } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import { neighbours } from '../core/siblings-in-environment';
import { keyRefProblems } from '../vault/vault-encryption';
import { HypervisorCredentials } from './hypervisor-credentials';

/** Properties of a `Hypervisor`. */
export interface HypervisorProps {
  /**
   * The IP address or domain name of the vCenter Server or ESXi host, 3 to 128 characters. VMware Cloud on AWS, on
   * AWS Outposts and on premises are the same to AWS Backup.
   */
  readonly host: string;

  /**
   * The name, 1 to 100 letters, digits and `-`.
   *
   * @default - a name made from the path of the construct: unique in the app, and stable
   */
  readonly hypervisorName?: string;

  /**
   * In whose name AWS Backup gateway talks to the hypervisor.
   *
   * @default - none: somebody says them later
   */
  readonly credentials?: HypervisorCredentials;

  /**
   * The key that encrypts what AWS Backup gateway keeps of the hypervisor. Changing it replaces the hypervisor.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Where AWS Backup gateway logs.
   *
   * @default - nowhere
   */
  readonly logGroup?: ILogGroupRef;
}

/**
 * A hypervisor of VMware whose virtual machines AWS Backup backs up through a gateway.
 *
 * The gateway itself is a virtual machine that is set up beside the hypervisor; CloudFormation knows nothing of it.
 * Once it is connected, plans select virtual machines by `ResourceType.VIRTUAL_MACHINE`, by ARN or by tag. Tags are
 * changed by replacing the hypervisor.
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

  constructor(scope: Construct, id: string, props: HypervisorProps) {
    super(scope, id);
    throwErrors(inputProblems(props), this.node.path);
    const said: Partial<HypervisorProps> = props ?? {};
    const { host, hypervisorName: name, credentials, encryptionKey, logGroup } = said;
    this.hypervisorName =
      name === undefined ? generatedName(scope, id, { maxLength: 100, separator: '-' }) : name;
    const logs = logGroup?.logGroupRef.logGroupArn;
    const others = neighbours<Hypervisor>(this, 'hypervisor');
    report(this, [
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
}

/** What callers without types may mistake. */
function inputProblems(props: HypervisorProps): Problem[] {
  const wrong = propsProblems('Backup-Hypervisor', props);
  if (wrong.length > 0) return wrong;
  const { credentials, encryptionKey, logGroup }: Partial<HypervisorProps> = props ?? {};
  return [
    ...kindProblems(credentials, (given: unknown) => given instanceof HypervisorCredentials, {
      id: 'Backup-HypervisorCredentials',
      property: 'credentials',
      what: 'a `HypervisorCredentials`',
      fix: 'use `HypervisorCredentials.fromSecret(secret)`',
    }),
    ...(encryptionKey === undefined ? [] : keyRefProblems(encryptionKey, 'encryptionKey')),
    ...kindProblems(logGroup, (given: Partial<ILogGroupRef>) => typeof given.logGroupRef === 'object', {
      id: 'Backup-HypervisorLogGroup',
      property: 'logGroup',
      what: 'a log group',
      fix: 'refer to an existing one with `LogGroup.fromLogGroupName`',
    }),
  ];
}

function arnProblems(arn: unknown): Problem[] {
  const sound = /^arn:aws(-[a-z]+)*:backup-gateway:[a-zA-Z0-9-]+:\d{12}:hypervisor\/[a-zA-Z0-9-]+$/;
  if (!isKnown(arn) || (typeof arn === 'string' && sound.test(arn))) return [];
  const property = 'hypervisorArn';
  return [
    {
      id: 'Backup-Arn',
      severity: 'error',
      property,
      message: `\`${property}\` must be an ARN of the form \`arn:<partition>:backup-gateway:<region>:<account>:hypervisor/<id>\`, got ${show(arn)}`,
    },
  ];
}

/** A hypervisor that was made elsewhere. */
class ImportedHypervisor extends Resource implements IHypervisorRef {
  public readonly hypervisorRef: HypervisorReference;

  constructor(scope: Construct, id: string, hypervisorArn: string) {
    super(scope, id, { environmentFromArn: hypervisorArn });
    this.hypervisorRef = { hypervisorArn };
  }
}
