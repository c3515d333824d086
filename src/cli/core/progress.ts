import type { Io } from './io';

/** Says on stderr what takes its time, where that is a terminal, and leaves nothing there. */
export class Progress {
  private readonly shown: boolean;
  private last = 0;

  constructor(private readonly io: Io) {
    this.shown = io.stderr.isTTY === true && !io.env.CI;
  }

  /** What is done now; the previous step is over. */
  public step(what: string): void {
    if (!this.shown) return;
    this.io.stderr.write(`\r\u001b[2K${what} …`);
  }

  /** One of many steps: shown now and then. */
  public tick(what: string): void {
    const now = Date.now();
    if (now - this.last < 100) return;
    this.last = now;
    this.step(what);
  }

  public done(): void {
    if (this.shown) this.io.stderr.write('\r\u001b[2K');
  }
}
