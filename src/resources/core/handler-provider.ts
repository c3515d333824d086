import { join } from 'node:path';
import {
  CustomResource,
  CustomResourceProviderBase,
  Duration,
  determineLatestNodeRuntimeName,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { HandlerType, PlainStatement } from './handler-actions';

/** Made by the task `bundle`; the path is the same from src/ and from lib/. */
const CODE = join(__dirname, '..', '..', '..', 'assets', 'handler', 'index');

const TIMEOUT = Duration.minutes(5);

/** When CloudFormation gives up, should the function never be called: more than the function takes with its queue. */
const SERVICE_TIMEOUT = Duration.minutes(15);

/** What waits for AWS Backup has the most that AWS Lambda gives, and may be called three times for one request. */
const PATIENT: readonly HandlerType[] = ['Custom::BackupVaultContents', 'Custom::OnDemandBackup'];
const PATIENT_TIMEOUT = Duration.minutes(15);
const PATIENT_SERVICE_TIMEOUT = Duration.minutes(60);

/**
 * The function of all custom resources of one type in a stack, and its role. Each type has its own: a role that all
 * share would lose what a type needs in the update that removes its last resource, before that one is deleted.
 */
class HandlerProvider extends CustomResourceProviderBase {
  /** The one of the stack. */
  public static of(scope: Construct, type: HandlerType): HandlerProvider {
    const stack = Stack.of(scope);
    const id = `${type.replace('::', '')}Handler`;
    const there = stack.node.tryFindChild(id);
    return there instanceof HandlerProvider ? there : new HandlerProvider(stack, id, type);
  }

  private readonly known = new Set<string>();

  private constructor(stack: Stack, id: string, type: HandlerType) {
    super(stack, id, {
      codeDirectory: CODE,
      runtimeName: determineLatestNodeRuntimeName(stack),
      description: `${type}: what CloudFormation has no type for`,
      timeout: PATIENT.includes(type) ? PATIENT_TIMEOUT : TIMEOUT,
      useCfnResponseWrapper: false, // it answers by itself, also where the time is nearly over
    });
  }

  /** Allows it something, once. */
  public allow(statements: readonly PlainStatement[]): void {
    for (const statement of statements) {
      const key = JSON.stringify(Stack.of(this).resolve(statement));
      if (this.known.has(key)) continue;
      this.known.add(key);
      this.addToRolePolicy(statement);
    }
  }
}

/** What a custom resource of ours is made of. */
export interface HandledResource {
  readonly type: HandlerType;
  readonly statements: readonly PlainStatement[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A custom resource whose function may do just what is said, besides what others in the stack need. */
export function handledResource(scope: Construct, handled: HandledResource): CustomResource {
  const provider = HandlerProvider.of(scope, handled.type);
  provider.allow(handled.statements);
  return new CustomResource(scope, 'Resource', {
    serviceToken: provider.serviceToken,
    resourceType: handled.type,
    properties: handled.properties,
    serviceTimeout: PATIENT.includes(handled.type) ? PATIENT_SERVICE_TIMEOUT : SERVICE_TIMEOUT,
    removalPolicy: RemovalPolicy.DESTROY, // nothing is lost with it: what it does on removal is a property
  });
}

/** The role of the function of a type, in the stack of a construct. */
export function handlerRoleArn(scope: Construct, type: HandlerType): string {
  return HandlerProvider.of(scope, type).roleArn;
}
