/** What a handler needs from the machine it runs on. Tests pass their own. */
export interface Runtime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Ends early when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to less than 1. */
  random(): number;
  log(line: string): void;
  /** Sends the response; throws if it did not arrive. */
  send(url: string, body: string): Promise<void>;
}

/** A runtime with the limits of one request. */
export interface Work extends Runtime {
  /** No call starts after this moment, so every call has ended before a failure is reported. */
  readonly deadline: number;
  /** Aborts when the request was answered: nothing may be called after that. */
  readonly signal?: AbortSignal;
  /** Throws if CloudFormation does not wait for this request any more. */
  assertCurrent?(): Promise<void>;
}

/** The longest that one call can take: the time limits of the clients, and a little more. */
export const LONGEST_CALL = 26_000;

const SEND_TIMEOUT = 5_000;

/** The runtime of AWS Lambda. */
export const LAMBDA_RUNTIME: Runtime = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
  random: () => Math.random(),
  log: (line) => console.log(line),
  send: async (url, body) => {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': '' }, // the URL is signed for an empty content type
      body: Buffer.from(body),
      signal: AbortSignal.timeout(SEND_TIMEOUT),
    });
    if (!response.ok) throw new Error(`the response was refused with status ${response.status}`);
  },
};
