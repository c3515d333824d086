/** What CloudFormation sends to the function of a custom resource. */
export interface CustomResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
  /** Of an update: what was before. */
  readonly OldResourceProperties?: Readonly<Record<string, unknown>>;
}

/** What the function sends back. */
export interface CustomResourceResponse {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** Attributes of the custom resource, for `Fn::GetAtt`. */
export type Attributes = Record<string, string>;

/** CloudFormation takes 4096 bytes of response; this leaves room for the rest of it. */
const MAX_REASON = 1000;
const MAX_ATTRIBUTE = 500;

/** What an event lacks to be a request that can be answered at all, or undefined. */
export function unanswerable(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null) return 'the event is no request of CloudFormation';
  const request = event as Record<string, unknown>;
  for (const key of ['ResponseURL', 'StackId', 'RequestId', 'LogicalResourceId'])
    if (typeof request[key] !== 'string' || request[key] === '')
      return `the event is no request of CloudFormation: it has no ${key}`;
  return undefined;
}

/**
 * The identity of the stack and of the resource in it. It depends on nothing else, so that an update never
 * replaces, and a deletion after a creation that failed finds what was done by then.
 */
export function ownerOf(request: CustomResourceRequest): string {
  const stack = request.StackId.split('/').pop() ?? request.StackId;
  return `${stack}-${request.LogicalResourceId}`.replace(/[^\w.-]/g, '-');
}

/** The answer to a request: attributes where it succeeded, else why it did not. */
export function responseTo(
  request: CustomResourceRequest,
  outcome: { readonly attributes: Attributes; readonly physicalId?: string } | { readonly reason: string },
): CustomResourceResponse {
  const { StackId, RequestId, LogicalResourceId } = request;
  const made = 'physicalId' in outcome ? outcome.physicalId : undefined;
  const base = {
    StackId,
    RequestId,
    LogicalResourceId,
    PhysicalResourceId: made || request.PhysicalResourceId || ownerOf(request),
  };
  if ('reason' in outcome) return { Status: 'FAILED', Reason: shorten(outcome.reason, MAX_REASON), ...base };
  const attributes = Object.entries(outcome.attributes).map(([key, value]) => [
    key,
    shorten(value, MAX_ATTRIBUTE),
  ]);
  return { Status: 'SUCCESS', ...base, Data: Object.fromEntries(attributes) };
}

function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}
