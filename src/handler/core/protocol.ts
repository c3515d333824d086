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
  /** The previous properties; in an update only. */
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

/** CloudFormation accepts 4,096 bytes of response. */
const MAX_RESPONSE = 4_096;
/** The most of one text, in bytes; less where all of them together are too long. */
const MAX_REASON = 1_000;
const MAX_ATTRIBUTE = 500;

/** What an event lacks to be a request that can be answered at all, or undefined. */
export function unanswerable(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null) return 'the event is not a request of CloudFormation';
  const request = event as Record<string, unknown>;
  for (const key of ['ResponseURL', 'StackId', 'RequestId', 'LogicalResourceId'])
    if (typeof request[key] !== 'string' || request[key] === '')
      return `the event is not a request of CloudFormation: it has no ${key}`;
  return undefined;
}

/** The unique part of the id of a stack: a new stack of the same name has another one. */
export function stackOf({ StackId }: Pick<CustomResourceRequest, 'StackId'>): string {
  return (StackId.split('/').pop() ?? StackId).replace(/[^\w.-]/g, '-');
}

/**
 * The identity of the stack and of the resource in it. It depends on nothing else, so an update never replaces the
 * resource, and a deletion after a failed creation finds what the creation did.
 */
export function ownerOf(request: CustomResourceRequest): string {
  return `${stackOf(request)}-${request.LogicalResourceId}`.replace(/[^\w.-]/g, '-');
}

/** The most characters of a logical id in a mark: the value of a tag holds 256. */
const MARKED_ID = 200;

/** The mark of a resource as the value of a tag. `vault-contents.ts` of the constructs renders the same. */
export function ownerMark(request: CustomResourceRequest): string {
  return `${stackOf(request)}-${request.LogicalResourceId.slice(-MARKED_ID)}`;
}

/**
 * The moment after which CloudFormation does not wait for the answer any more: the age of the request, from the date
 * that its URL is signed with, and the service timeout. Infinity if the URL does not say when it was signed.
 */
export function expiryOf({ ResponseURL, ResourceProperties }: CustomResourceRequest): number {
  const query = new URLSearchParams(ResponseURL.slice(ResponseURL.indexOf('?') + 1));
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '');
  if (!parts) {
    const expires = Number(query.get('Expires') ?? Number.NaN);
    return Number.isSafeInteger(expires) && expires > 0 ? expires * 1_000 : Number.POSITIVE_INFINITY;
  }
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
  const signed = Date.UTC(year, month - 1, day, hour, minute, second);
  const seconds = [query.get('X-Amz-Expires'), ResourceProperties?.ServiceTimeout]
    .map((value) => Number(value ?? Number.NaN))
    .filter((value) => Number.isFinite(value) && value > 0);
  return signed + Math.min(...seconds) * 1_000; // of nothing: Infinity
}

/** The response to a request, as text that CloudFormation accepts. */
export function responseBody(
  request: CustomResourceRequest,
  outcome: { readonly attributes: Attributes; readonly physicalId?: string } | { readonly reason: string },
): string {
  for (let share = 1; ; share /= 2) {
    const body = JSON.stringify(responseTo(request, outcome, share));
    if (Buffer.byteLength(body) <= MAX_RESPONSE || share < 0.01) return body;
  }
}

function responseTo(
  request: CustomResourceRequest,
  outcome: { readonly attributes: Attributes; readonly physicalId?: string } | { readonly reason: string },
  share: number,
): CustomResourceResponse {
  const { StackId, RequestId, LogicalResourceId } = request;
  const created = 'physicalId' in outcome ? outcome.physicalId : undefined;
  const base = {
    StackId,
    RequestId,
    LogicalResourceId,
    PhysicalResourceId: created || request.PhysicalResourceId || ownerOf(request),
  };
  if ('reason' in outcome)
    return { Status: 'FAILED', Reason: shorten(outcome.reason, MAX_REASON * share), ...base };
  const attributes = Object.entries(outcome.attributes).map(([key, value]) => [
    key,
    shorten(value, MAX_ATTRIBUTE * share),
  ]);
  return { Status: 'SUCCESS', ...base, Data: Object.fromEntries(attributes) };
}

const ELLIPSIS = '…';

/** Shortens a text to a number of bytes, without cutting a character in two. */
function shorten(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let room = bytes - Buffer.byteLength(ELLIPSIS);
  let short = '';
  for (const character of text) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    short += character;
  }
  return short + ELLIPSIS;
}
