import { join } from 'node:path';
import {
  CfnResource,
  CustomResource,
  CustomResourceProviderBase,
  Duration,
  determineLatestNodeRuntimeName,
  Names,
  RemovalPolicy,
  Size,
  Stack,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PlainStatement } from '../core/plain-statement';
import type { HandlerType } from './handler-actions';
import { type HandlerStatements, statusStatement } from './handler-statements';

/** Built by the task `bundle`. The path is the same from src/ and from lib/. */
const CODE = join(__dirname, '..', '..', '..', 'assets', 'handler', 'index');

const TIMEOUT = Duration.minutes(5);

/** When CloudFormation gives up if it gets no answer: more than the function takes with its queue. */
const SERVICE_TIMEOUT = Duration.minutes(15);

/** What waits for AWS Backup has the longest time of AWS Lambda, and may be invoked three times for one request. */
const PATIENT: readonly HandlerType[] = ['Custom::BackupVaultContents', 'Custom::OnDemandBackup'];
const PATIENT_TIMEOUT = Duration.minutes(15);
const PATIENT_SERVICE_TIMEOUT = Duration.minutes(60);

/** Enough for the pages of a vault with a million recovery points, of which few are in memory. */
const MEMORY = Size.mebibytes(256);

/** The log says what was kept, and why. It is needed after the stack is gone. */
const LOG_RETENTION_DAYS = 365;

/**
 * The path of the roles of all functions. With it, a `BackupProtectionPolicy` can exempt them, and reserve the path, so
 * that nobody can create an exempt role.
 */
export const HANDLER_ROLE_PATH = 'cdk-backup-constructs/';

/**
 * The function of all custom resources of one type in a stack, and its role. Each type has its own: a function for all
 * would need the permissions of all, so that the one that sets a Region could delete recovery points.
 *
 * What the function may do for a single resource is a policy of its own, which that resource depends on. In an update
 * that removes one of several resources, the permission is still there when the resource is deleted.
 *
 * There is no dead-letter queue. A failure is not lost: CloudFormation waits for the answer, and reports a timeout. A
 * queue would keep the signed URL with which anybody can answer.
 */
class HandlerProvider extends CustomResourceProviderBase {
  /** The provider of the stack. */
  public static of(scope: Construct, type: HandlerType): HandlerProvider {
    const stack = Stack.of(scope);
    const id = `${type.replace('::', '')}Handler`;
    const existing = stack.node.tryFindChild(id);
    return existing instanceof HandlerProvider ? existing : new HandlerProvider(stack, id, type);
  }

  /** Exists before the first resource is created. */
  public readonly ready: CfnResource;
  private readonly known = new Set<string>();

  private constructor(stack: Stack, id: string, type: HandlerType) {
    super(stack, id, {
      codeDirectory: CODE,
      runtimeName: determineLatestNodeRuntimeName(stack),
      description: `${type}: what CloudFormation has no resource type for`,
      memorySize: MEMORY,
      timeout: PATIENT.includes(type) ? PATIENT_TIMEOUT : TIMEOUT,
      useCfnResponseWrapper: false, // it answers by itself, even when the time is nearly over
    });
    this.ready = this.limit(type);
  }

  /**
   * Sets how long the log is kept, and how late the function may be invoked: by default AWS Lambda tries for six hours,
   * while CloudFormation gave up and went on.
   */
  private limit(type: HandlerType): CfnResource {
    const handler = this.node.findChild('Handler') as CfnResource;
    this.functionRole?.addPropertyOverride('Path', `/${HANDLER_ROLE_PATH}`);
    const log = new CfnResource(this, 'Log', {
      type: 'AWS::Logs::LogGroup',
      properties: { RetentionInDays: LOG_RETENTION_DAYS },
    });
    log.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    handler.addPropertyOverride('LoggingConfig', { LogGroup: log.ref });
    const timeout = PATIENT.includes(type) ? PATIENT_SERVICE_TIMEOUT : SERVICE_TIMEOUT;
    return new CfnResource(this, 'Invocations', {
      type: 'AWS::Lambda::EventInvokeConfig',
      properties: {
        FunctionName: handler.ref,
        Qualifier: '$LATEST',
        MaximumEventAgeInSeconds: timeout.toSeconds(),
        MaximumRetryAttempts: 2,
      },
    });
  }

  /** The role of the function; undefined where `iam.Role.customizeRoles` puts a precreated one in its place. */
  private get functionRole(): CfnResource | undefined {
    return this.node.tryFindChild('Role') as CfnResource | undefined;
  }

  /** Creates a policy for one custom resource, or reports what a precreated role needs for it. */
  public policyFor(scope: Construct, statements: readonly PlainStatement[]): CfnResource[] {
    if (statements.length === 0) return [];
    if (!this.functionRole) {
      this.allow(statements);
      return [];
    }
    const policy = new CfnResource(scope, 'Policy', {
      type: 'AWS::IAM::Policy',
      properties: {
        PolicyName: Names.uniqueResourceName(scope, { maxLength: 128, separator: '-' }),
        PolicyDocument: { Version: '2012-10-17', Statement: statements },
        Roles: [this.functionRole.ref],
      },
    });
    return [policy];
  }

  /** Adds permissions for all custom resources, each once. */
  public allow(statements: readonly PlainStatement[]): void {
    for (const statement of statements) {
      const key = JSON.stringify(Stack.of(this).resolve(statement));
      if (this.known.has(key)) continue;
      this.known.add(key);
      this.addToRolePolicy(statement);
    }
  }
}

/** What a custom resource consists of. */
export interface HandledResource {
  readonly type: HandlerType;
  readonly statements: HandlerStatements;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A custom resource whose function may do just the given, besides what others in the stack need. */
export function handledResource(scope: Construct, handled: HandledResource): CustomResource {
  const provider = HandlerProvider.of(scope, handled.type);
  const { common, own } = handled.statements;
  provider.allow([...common, statusStatement(Stack.of(scope))]);
  const resource = new CustomResource(scope, 'Resource', {
    serviceToken: provider.serviceToken,
    resourceType: handled.type,
    properties: handled.properties,
    serviceTimeout: PATIENT.includes(handled.type) ? PATIENT_SERVICE_TIMEOUT : SERVICE_TIMEOUT,
    removalPolicy: RemovalPolicy.DESTROY, // nothing is lost with it: what it does on removal is a property
  });
  const needed = [provider.ready, ...provider.policyFor(scope, own)];
  for (const each of needed) (resource.node.defaultChild as CfnResource).addResourceDependency(each);
  return resource;
}

/** The role of the function of a type, in the stack of a construct. */
export function handlerRoleArn(scope: Construct, type: HandlerType): string {
  return HandlerProvider.of(scope, type).roleArn;
}
