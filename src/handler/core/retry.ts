import { errorName, Failure, Unfinished } from './failure';
import type { Work } from './world';

/** Errors that pass by themselves, beside all with a status of 500 and above. */
const PASSING = new Set([
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

/** Errors of a role whose permissions AWS hasn't spread yet: the role is made seconds before the first call. */
const SPREADING = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);
const SPREADING_TIME = 30_000;

const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;

/** Calls until it succeeds, fails for good, or the time is over; with growing, random pauses. */
export async function retrying<T>(work: Work, call: () => Promise<T>): Promise<T> {
  const start = work.now();
  for (let attempt = 0; ; attempt++) {
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

/** Looks again and again until something is so; false when the time is over. */
export async function eventually(work: Work, look: () => Promise<boolean>, within: number): Promise<boolean> {
  const end = Math.min(work.deadline, work.now() + within);
  for (let attempt = 0; ; attempt++) {
    if (await look()) return true;
    const pause = pauseBefore(work, attempt);
    if (work.now() + pause >= end) return false;
    await work.sleep(pause);
  }
}

/** Anything between nothing and twice as much as before ("full jitter"). */
function pauseBefore(work: Work, attempt: number): number {
  return Math.ceil(work.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt));
}

function isWorthRetrying(error: unknown, since: number): boolean {
  if (error instanceof Failure || error instanceof Unfinished) return false;
  const name = errorName(error);
  if (SPREADING.has(name)) return since < SPREADING_TIME;
  if (PASSING.has(name)) return true;
  const { $retryable, $metadata } = error as {
    $retryable?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  return Boolean($retryable) || ($metadata?.httpStatusCode ?? 0) >= 500;
}
