import { explain, Failure, TimeIsOver, Unfinished } from './failure';
import { describeLateDelivery, type StackResourceClient } from './late-delivery';
import {
  type Attributes,
  type CustomResourceRequest,
  expiryOf,
  responseBody,
  unanswerable,
} from './protocol';
import { retrying } from './retry';
import { LONGEST_CALL, type Runtime, type Work } from './runtime';

/** What one type of custom resource does. Each method may be called again after it stopped halfway. */
export interface Operation {
  /** Creates or updates. */
  apply(request: CustomResourceRequest, work: Work): Promise<Attributes>;
  /** Deletes; succeeds if there is nothing left to delete. */
  remove(request: CustomResourceRequest, work: Work): Promise<Attributes>;
  /**
   * The physical id, for a type whose resources are separate things: when it changes, CloudFormation deletes the old
   * resource.
   */
  idOf?(attributes: Attributes, request: CustomResourceRequest): string | undefined;
}

/** The part of the context of AWS Lambda that is used. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** Time to send the response, repeatedly if necessary, before the function is stopped. */
const TIME_TO_ANSWER = 20_000;

type Outcome =
  | { readonly attributes: Attributes; readonly physicalId?: string }
  | { readonly reason: string }
  | Unfinished;

/**
 * Answers one request of CloudFormation. A response is always sent, even to an unknown request and when the time is
 * nearly over. It throws only if the request can't be answered, if the response never arrives, or if the work continues
 * in another invocation: CloudFormation invokes asynchronously, so AWS Lambda retries twice with the same request.
 */
export async function answer(
  event: unknown,
  context: LambdaContext,
  operations: Readonly<Record<string, Operation>>,
  runtime: Runtime,
  stacks?: StackResourceClient,
): Promise<void> {
  const problem = unanswerable(event);
  if (problem) throw new Failure(problem);
  const request = event as CustomResourceRequest;

  const end = runtime.now() + context.getRemainingTimeInMillis();
  // CloudFormation stops waiting at some moment; what is written after that undoes its rollback
  const limit = Math.min(end - TIME_TO_ANSWER, expiryOf(request));
  const outcome = await outcomeOf(request, operations, runtime, limit, stacks);
  const what = `${request.RequestType} ${request.ResourceType} ${request.LogicalResourceId}`;
  if (outcome instanceof Unfinished) {
    runtime.log(`${what} continues: ${outcome.message}`);
    throw outcome;
  }
  // never log the event: whoever has its URL can answer
  runtime.log('reason' in outcome ? `${what} failed: ${outcome.reason}` : `${what} succeeded`);

  const body = responseBody(request, outcome);
  const sending: Work = { ...runtime, deadline: end - 1_000 };
  await retrying(sending, async () => {
    try {
      await runtime.send(request.ResponseURL, body);
    } catch (error) {
      throw Object.assign(new Error(explain(error)), { $retryable: true });
    }
  });
}

/** The outcome at the limit or earlier. The work can't call AWS any more once there is one. */
async function outcomeOf(
  request: CustomResourceRequest,
  operations: Readonly<Record<string, Operation>>,
  runtime: Runtime,
  limit: number,
  stacks?: StackResourceClient,
): Promise<Outcome> {
  const answered = new AbortController();
  const work: Work = { ...runtime, deadline: limit - LONGEST_CALL, signal: answered.signal };
  const timeOver = async (): Promise<Outcome> => {
    await runtime.sleep(Math.max(0, limit - runtime.now()), answered.signal);
    return { reason: explain(new TimeIsOver()) };
  };
  const done = async (): Promise<Outcome> => {
    try {
      return await run(request, operations, work, stacks);
    } catch (error) {
      return error instanceof Unfinished ? error : { reason: explain(error) };
    }
  };
  const outcome = await Promise.race([done(), timeOver()]);
  answered.abort('answered');
  return outcome;
}

async function run(
  request: CustomResourceRequest,
  operations: Readonly<Record<string, Operation>>,
  work: Work,
  stacks?: StackResourceClient,
): Promise<Outcome> {
  const operation = Object.hasOwn(operations, request.ResourceType)
    ? operations[request.ResourceType]
    : undefined;
  if (!operation)
    throw new Failure(
      `\`ResourceType\` must be one of ${Object.keys(operations).join(', ')}, got ${request.ResourceType}`,
    );
  if (typeof request.ResourceProperties !== 'object' || request.ResourceProperties === null)
    throw new Failure('the request has no `ResourceProperties`');
  if (!['Create', 'Update', 'Delete'].includes(request.RequestType))
    throw new Failure(`\`RequestType\` must be Create, Update or Delete, got ${String(request.RequestType)}`);
  const assertCurrent = async () => {
    const late = stacks && (await describeLateDelivery(stacks, request, work));
    if (late) throw new Failure(`the request is obsolete, so nothing was changed: ${late}`);
  };
  await assertCurrent();
  if (request.RequestType === 'Delete')
    return { attributes: await operation.remove(request, { ...work, assertCurrent }) };
  const attributes = await operation.apply(request, { ...work, assertCurrent });
  return { attributes, physicalId: operation.idOf?.(attributes, request) };
}
