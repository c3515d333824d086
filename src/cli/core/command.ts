import type { Arguments } from './arguments';
import type { Io } from './io';
import type { Option } from './options';

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
