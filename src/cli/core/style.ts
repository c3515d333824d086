import { oneLine } from '../../values/core/plain-text';
import type { Io, Output } from './io';

/** Colors for a terminal, unless `NO_COLOR` is set. */
export class Style {
  private readonly on: boolean;

  constructor(output: Output, { env }: Pick<Io, 'env'>) {
    this.on = output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  }

  public bold = (text: string) => this.paint(1, text);
  public dim = (text: string) => this.paint(2, text);
  public red = (text: string) => this.paint(31, text);
  public green = (text: string) => this.paint(32, text);
  public yellow = (text: string) => this.paint(33, text);
  public blue = (text: string) => this.paint(34, text);

  private paint(code: number, text: string): string {
    return this.on ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}

/** Text of an input file on one line, without control characters. */
export function plain(text: string): string {
  return oneLine(text);
}

/** `1 error`, `2 errors`. */
export function count(amount: number, one: string): string {
  return `${amount} ${amount === 1 ? one : `${one}s`}`;
}
