import type { Runtime } from '../../../src/handler/core/runtime';

/** A runtime whose clock moves only while everything sleeps. It remembers what was sent and logged. */
export class VirtualRuntime implements Runtime {
  readonly sent: { url: string; body: Record<string, unknown> }[] = [];
  readonly lines: string[] = [];
  /** How often sending fails before it succeeds. */
  failingSends = 0;

  private readonly sleepers: { at: number; wake: () => void }[] = [];

  /** @param time when it begins */
  constructor(private time = 0) {}

  /** A new runtime that starts when this one has ended, or later. */
  again(later = 0): VirtualRuntime {
    return new VirtualRuntime(this.time + later);
  }

  now = () => this.time;
  random = () => 0.5;
  log = (line: string) => void this.lines.push(line);

  send = async (url: string, body: string) => {
    if (this.failingSends-- > 0) throw new Error('connection lost');
    this.sent.push({ url, body: JSON.parse(body) });
  };

  sleep = (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const sleeper = { at: this.time + milliseconds, wake: resolve };
      this.sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.sleepers.splice(this.sleepers.indexOf(sleeper), 1);
        resolve();
      });
    });

  /** Lets time pass until the work is done. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const watched = work.finally(() => {
      isDone = true;
    });
    watched.catch(() => undefined);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) return watched;
      const next = this.sleepers.sort((a, b) => a.at - b.at).shift();
      if (!next) continue;
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
  }
}
