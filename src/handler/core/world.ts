/** What a handler needs of the machine it runs on; tests pass a world of their own. */
export interface World {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Ends early when the signal says so. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to less than 1. */
  random(): number;
  log(line: string): void;
  /** Sends the response; throws where it didn't arrive. */
  send(url: string, body: string): Promise<void>;
}

/** A world and the moment by which all must be done. */
export interface Work extends World {
  readonly deadline: number;
}

const SEND_TIMEOUT = 5_000;

/** The world as it is. */
export const REAL_WORLD: World = {
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
      headers: { 'content-type': '' }, // the URL is signed for this one
      body: Buffer.from(body),
      signal: AbortSignal.timeout(SEND_TIMEOUT),
    });
    if (!response.ok) throw new Error(`the response was refused with status ${response.status}`);
  },
};
