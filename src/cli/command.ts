import type { Arguments } from './arguments';
import type { Io } from './io';

/** An option of a command. */
export interface Option {
  readonly name: string;
  /** What its value is called in the help; a flag has none. */
  readonly value?: string;
  /** What the value may be; anything where nothing is said. */
  readonly choices?: readonly string[];
  readonly help: string;
}

/** A command such as `cdk-backup check`. */
export interface Command {
  readonly name: string;
  /** One line: what it does. */
  readonly summary: string;
  /** What stands behind the name: `PATH…`. */
  readonly operands: string;
  /** What the operands are. */
  readonly details: readonly string[];
  readonly options: readonly Option[];
  /** Does it, and returns the exit code. */
  readonly run: (given: Arguments, io: Io) => number;
}

const FORMATS = ['text', 'json', 'markdown', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export const FORMAT: Option = {
  name: 'format',
  value: 'FORMAT',
  choices: FORMATS,
  help: 'text (the default), json, markdown, or sarif for code scanning',
};
export const OUT: Option = { name: 'out', value: 'FILE', help: 'write to a file instead of stdout' };
