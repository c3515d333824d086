import type { Io } from './io';

/** Shows progress on stderr if it is a terminal, and clears it at the end. */
export class Progress {
  private readonly shown: boolean;
  private last = 0;

  constructor(private readonly io: Io) {
    this.shown = io.stderr.isTTY === true && !io.env.CI;
  }

  /** Shows the current step. */
  public step(what: string): void {
    if (!this.shown) return;
    this.io.stderr.write(`\r\u001b[2K${what} …`);
  }

  /** Shows one of many steps, at most ten times a second. */
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
