import { oneLine } from '../../values/core/plain-text';
import type { Io, Output } from './io';
import { type Width, wrap } from './layout';

/** Narrower terminals are treated as this wide. */
const MIN_WIDTH = 40;

/** Colors and width of a terminal. `FORCE_COLOR` colors other outputs too; `NO_COLOR` turns colors off. */
export class Style {
  /** The columns of the terminal, or of the environment variable `COLUMNS`; otherwise there is no limit. */
  public readonly width: Width;
  private readonly on: boolean;

  constructor(output: Output, { env }: Pick<Io, 'env'>) {
    const { FORCE_COLOR: force } = env;
    this.on =
      force !== undefined && force !== ''
        ? !['0', 'false'].includes(force)
        : output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
    const columns = output.isTTY && output.columns ? output.columns : Number(env.COLUMNS);
    this.width = columns > 0 ? Math.max(columns, MIN_WIDTH) : Number.POSITIVE_INFINITY;
  }

  /** Text that is wrapped at the width. The indentation is that of all lines but the first. */
  public wrap = (text: string, indent = '', used = 0) => wrap(text, this.width, indent, used);
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
