import { answer, type Operation } from '../../../src/handler/answer';
import { VirtualWorld } from './virtual-world';

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

/** Answers one request in a world of its own, and returns what was sent. */
export async function answered(
  operation: Operation,
  event: Record<string, unknown>,
  world = new VirtualWorld(),
  remaining = 300_000,
): Promise<Record<string, unknown>> {
  const context = { getRemainingTimeInMillis: () => remaining };
  await world.until(answer(event, context, { [TYPE]: operation }, world));
  expect(world.sent).toHaveLength(1);
  return world.sent[0].body;
}

/** An error as the SDK throws it. */
export function awsError(name: string, message = 'no', httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}
