import { errorName, Failure, TimeIsOver, Unfinished } from './failure';
import type { Work } from './runtime';

/** Transient errors, in addition to every error with a status of 500 or more. */
const TRANSIENT = new Set([
  'ConcurrentModification',
  'ConcurrentModificationException',
  'ConflictException',
  'DependencyFailureException',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'InternalServerError',
  'NetworkingError',
  'PolicyChangesInProgressException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailableException',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TimeoutError',
  'TooManyRequestsException',
  'TooManyUpdates',
]);

/** Errors of a role whose permissions have not propagated yet: it is created seconds before the first call. */
const PROPAGATING = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);
const PROPAGATION_TIME = 30_000;

const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;

/**
 * Calls until the call succeeds, fails for good, or the time is over, with growing random pauses. Every call to AWS goes
 * through here, so that none starts after the deadline or after the request was answered.
 */
export async function retrying<T>(work: Work, call: () => Promise<T>): Promise<T> {
  const start = work.now();
  for (let attempt = 0; ; attempt++) {
    assertTimeLeft(work);
    try {
      return await call();
    } catch (error) {
      const pause = pauseBefore(work, attempt);
      const isOver = work.now() + pause >= work.deadline;
      if (isOver || !isWorthRetrying(error, work.now() - start)) throw error;
      await work.sleep(pause);
    }
  }
}

/** Polls until a condition holds; false when the time is over. */
export async function eventually(
  work: Work,
  isReached: () => Promise<boolean>,
  within: number,
): Promise<boolean> {
  const end = Math.min(work.deadline, work.now() + within);
  for (let attempt = 0; ; attempt++) {
    if (await isReached()) return true;
    const pause = pauseBefore(work, attempt);
    if (work.now() + pause >= end) return false;
    await work.sleep(pause);
  }
}

/** Throws when the request was answered or its time is over. */
export function assertTimeLeft(work: Work): void {
  if (work.signal?.aborted || work.now() > work.deadline) throw new TimeIsOver();
}

/** Full jitter: anything from nothing to twice the previous limit. */
function pauseBefore(work: Work, attempt: number): number {
  return Math.ceil(work.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt));
}

function isWorthRetrying(error: unknown, since: number): boolean {
  if (error instanceof Failure || error instanceof Unfinished) return false;
  const name = errorName(error);
  if (PROPAGATING.has(name)) return since < PROPAGATION_TIME;
  if (TRANSIENT.has(name)) return true;
  const { $retryable, $metadata } = error as {
    $retryable?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  return Boolean($retryable) || ($metadata?.httpStatusCode ?? 0) >= 500;
}
