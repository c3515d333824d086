import { explain, Failure, Unfinished } from './failure';
import { type Attributes, type CustomResourceRequest, responseTo, unanswerable } from './protocol';
import { retrying } from './retry';
import type { Work, World } from './world';

/** What one type of custom resource does; each may be called again after it stopped half-way. */
export interface Operation {
  /** Creates or updates. */
  apply(request: CustomResourceRequest, work: Work): Promise<Attributes>;
  /** Deletes; what is gone already is no error. */
  remove(request: CustomResourceRequest, work: Work): Promise<Attributes>;
  /**
   * The id of what was made, for a type each of whose resources is a thing of its own: with another id,
   * CloudFormation deletes the one before.
   */
  idOf?(attributes: Attributes): string | undefined;
}

/** What AWS Lambda says of the time that is left. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** Before the function is stopped: time to send the response, again and again if need be. */
const TIME_TO_ANSWER = 20_000;

/**
 * Answers one request of CloudFormation. A response is always sent, also to what isn't known and when the time is
 * nearly over; only what can't be answered, or an answer that never arrives, throws, and what goes on in another call:
 * CloudFormation calls asynchronously, so that AWS Lambda calls again, twice, with the same request.
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
  if (outcome instanceof Unfinished) {
    world.log(`${what} goes on: ${outcome.message}`);
    throw outcome;
  }
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

type Outcome =
  | { readonly attributes: Attributes; readonly physicalId?: string }
  | { readonly reason: string }
  | Unfinished;

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
      return await run(request, operations, work);
    } catch (error) {
      return error instanceof Unfinished ? error : { reason: explain(error) };
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
  switch (request.RequestType) {
    case 'Create':
    case 'Update': {
      const attributes = await operation.apply(request, work);
      return { attributes, physicalId: operation.idOf?.(attributes) };
    }
    case 'Delete':
      return { attributes: await operation.remove(request, work) };
    default:
      throw new Failure(
        `\`RequestType\` must be Create, Update or Delete, got ${String(request.RequestType)}`,
      );
  }
}
