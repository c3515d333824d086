import { answer, type Operation } from '../../../src/handler/core/answer';
import { Unfinished } from '../../../src/handler/core/failure';
import { VirtualRuntime } from './virtual-runtime';

export const TYPE = 'Custom::Thing';
export const URL = 'https://example.com/answer?signature=secret';
const STACK = 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1a2b3c';

/** A request as CloudFormation sends it. */
export function request(
  RequestType: string,
  ResourceProperties: unknown,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    RequestType,
    RequestId: 'request-1',
    ResponseURL: URL,
    StackId: STACK,
    LogicalResourceId: 'Thing',
    ResourceType: TYPE,
    ResourceProperties,
    ...more,
  };
}

/** Answers one request in a runtime of its own, and returns what was sent. */
export async function answered(
  operation: Operation,
  event: Record<string, unknown>,
  runtime = new VirtualRuntime(),
  remaining = 300_000,
): Promise<Record<string, unknown>> {
  const context = { getRemainingTimeInMillis: () => remaining };
  await runtime.until(answer(event, context, { [TYPE]: operation }, runtime));
  if (runtime.sent.length !== 1) throw new Error(`${runtime.sent.length} answers were sent, not one`);
  return runtime.sent[0].body;
}

/** How often AWS Lambda calls an asynchronous function for one request, when it throws. */
const CALLS = 3;

/** As `answered`, with a function that is called again where it says that it goes on. */
export async function answeredInCalls(
  operation: Operation,
  event: Record<string, unknown>,
  runtime = new VirtualRuntime(),
  remaining = 900_000,
): Promise<Record<string, unknown>> {
  for (let call = 1; ; call++) {
    const context = { getRemainingTimeInMillis: () => remaining };
    try {
      await runtime.until(answer(event, context, { [TYPE]: operation }, runtime));
      break;
    } catch (error) {
      if (!(error instanceof Unfinished) || call === CALLS) throw error;
    }
  }
  if (runtime.sent.length !== 1) throw new Error(`${runtime.sent.length} answers were sent, not one`);
  return runtime.sent[0].body;
}

/** An error as the SDK throws it. */
export function awsError(name: string, message = 'no', httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}
