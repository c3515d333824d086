import type { Arguments } from './arguments';
import type { Io } from './io';
import type { Option } from './options';

/** A command such as `cdk-backup check`. */
export interface Command {
  readonly name: string;
  /** One line that describes it. */
  readonly summary: string;
  /** The operands in the usage line: `PATH…`. */
  readonly operands: string;
  /** Lines that explain the operands. */
  readonly details: readonly string[];
  readonly options: readonly Option[];
  /** Runs the command, and returns the exit code. */
  readonly run: (args: Arguments, io: Io) => number;
}
