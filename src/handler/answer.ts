import { explain, Failure } from './failure';
import { type Attributes, type CustomResourceRequest, responseTo, unanswerable } from './protocol';
import { retrying } from './retry';
import type { Work, World } from './world';

/** What one type of custom resource does; each may be called again after it stopped half-way. */
export interface Operation {
  /** Creates or updates. */
  apply(request: CustomResourceRequest, work: Work): Promise<Attributes>;
  /** Deletes; what is gone already is no error. */
  remove(request: CustomResourceRequest, work: Work): Promise<Attributes>;
}

/** What AWS Lambda says of the time that is left. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** Before the function is stopped: time to send the response, again and again if need be. */
const TIME_TO_ANSWER = 20_000;

/**
 * Answers one request of CloudFormation. A response is always sent, also to what isn't known and when the time is
 * nearly over; only what can't be answered, or an answer that never arrives, throws.
 */
export async function answer(
  event: unknown,
  context: LambdaContext,
  operations: Readonly<Record<string, Operation>>,
  world: World,
): Promise<void> {
  const problem = unanswerable(event);
  if (problem) throw new Failure(problem);
  const request = event as CustomResourceRequest;

  const end = world.now() + context.getRemainingTimeInMillis();
  const outcome = await outcomeOf(request, operations, { ...world, deadline: end - TIME_TO_ANSWER });
  const what = `${request.RequestType} ${request.ResourceType} ${request.LogicalResourceId}`;
  // never the event: its URL lets everybody answer
  world.log('reason' in outcome ? `${what} failed: ${outcome.reason}` : `${what} succeeded`);

  const body = JSON.stringify(responseTo(request, outcome));
  const sending: Work = { ...world, deadline: end - 1_000 };
  await retrying(sending, async () => {
    try {
      await world.send(request.ResponseURL, body);
    } catch (error) {
      throw Object.assign(new Error(explain(error)), { $retryable: true });
    }
  });
}

type Outcome = { readonly attributes: Attributes } | { readonly reason: string };

async function outcomeOf(
  request: CustomResourceRequest,
  operations: Readonly<Record<string, Operation>>,
  work: Work,
): Promise<Outcome> {
  const finished = new AbortController();
  const timeOver = async (): Promise<Outcome> => {
    await work.sleep(Math.max(0, work.deadline - work.now()), finished.signal);
    return { reason: 'the time of the function was over before all was done; deploy again to go on' };
  };
  const done = async (): Promise<Outcome> => {
    try {
      return { attributes: await run(request, operations, work) };
    } catch (error) {
      return { reason: explain(error) };
    } finally {
      finished.abort();
    }
  };
  return Promise.race([done(), timeOver()]);
}

async function run(
  request: CustomResourceRequest,
  operations: Readonly<Record<string, Operation>>,
  work: Work,
): Promise<Attributes> {
  const operation = Object.hasOwn(operations, request.ResourceType)
    ? operations[request.ResourceType]
    : undefined;
  if (!operation)
    throw new Failure(
      `\`ResourceType\` must be one of ${Object.keys(operations).join(', ')}, got ${request.ResourceType}`,
    );
  if (typeof request.ResourceProperties !== 'object' || request.ResourceProperties === null)
    throw new Failure('the request has no `ResourceProperties`');
  switch (request.RequestType) {
    case 'Create':
    case 'Update':
      return operation.apply(request, work);
    case 'Delete':
      return operation.remove(request, work);
    default:
      throw new Failure(
        `\`RequestType\` must be Create, Update or Delete, got ${String(request.RequestType)}`,
      );
  }
}
