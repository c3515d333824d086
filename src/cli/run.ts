import { ConfigurationError } from '../configuration/configuration';
import { InputError } from '../template/input/input-error';
import { nearestOf } from '../values/core/nearest';
import { COMMANDS } from './commands';
import { readArguments } from './core/arguments';
import type { Command } from './core/command';
import { InputProblems } from './core/input-problems';
import { INVALID_INPUT, type Io, NOTHING_FOUND } from './core/io';
import { plain } from './core/style';
import { UsageError } from './core/usage-error';
import { commandHelp, help } from './help';

const NAME = 'cdk-backup';

/** Runs the command and returns its exit code. Invalid arguments and input are reported on stderr, one line each. */
export function run(argv: readonly string[], io: Io): number {
  try {
    return dispatch(argv, io);
  } catch (error) {
    const lines =
      error instanceof InputProblems || error instanceof ConfigurationError ? error.lines : [lineOf(error)];
    io.stderr.write(lines.map((line) => `${NAME}: ${plain(line)}\n`).join(''));
    return INVALID_INPUT;
  }
}

function dispatch([first, ...rest]: readonly string[], io: Io): number {
  const write = (text: string) => {
    io.stdout.write(`${text}\n`);
    return NOTHING_FOUND;
  };
  if (first === '--help' || first === '-h') return write(help());
  if (first === '--version' || first === '-V') return write(version());
  if (first === undefined) throw new UsageError(`specify a command: ${names(COMMANDS)}`);
  if (first === 'help' && rest.length <= 1)
    return write(rest.length === 0 ? help() : commandHelp(find(rest[0])));
  const command = find(first);
  const args = readArguments(command, rest);
  return args ? command.run(args, io) : write(commandHelp(command));
}

function find(name: string): Command {
  const command = COMMANDS.find((known) => known.name === name);
  if (command) return command;
  if (name.startsWith('-')) throw new UsageError(`unknown option \`${name}\`; specify a command first`);
  const near = nearestOf(
    name,
    COMMANDS.map((known) => known.name),
  );
  throw new UsageError(`unknown command \`${name}\`; use ${near ? `\`${near}\`` : names(COMMANDS)}`);
}

function names(commands: readonly Command[]): string {
  return commands.map((command) => command.name).join(', ');
}

function version(): string {
  return (require('../../package.json') as { version: string }).version;
}

function lineOf(error: unknown): string {
  if (error instanceof UsageError)
    return `${error.message}; see \`${NAME} ${error.command ? `${error.command} ` : ''}--help\``;
  if (error instanceof InputError) return error.message;
  const { message } = error as Error;
  if (error instanceof RangeError) return `the input is too large (${message})`;
  return `unexpected failure: ${message ?? error}; please report it`;
}
