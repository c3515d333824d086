import { parseArgs } from 'node:util';
import { nearestOf } from '../../values/core/nearest';
import type { Option } from './options';
import { UsageError } from './usage-error';

/** The arguments of a command. */
export class Arguments {
  constructor(
    public readonly operands: readonly string[],
    private readonly values: ReadonlyMap<string, readonly string[]>,
  ) {}

  /** The value of an option, the last one if it is repeated; undefined if it isn't set. */
  public get(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  /** All values of an option that may be repeated. */
  public all(name: string): readonly string[] {
    return this.each(name)
      .flatMap((text) => text.split(','))
      .filter((text) => text !== '');
  }

  /** All values of an option that may be repeated, as they were written. */
  public each(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }
}

/** The parts of a command that describe its arguments. */
interface Describable {
  readonly name: string;
  readonly options: readonly Option[];
}

const HELP: Option = { name: 'help', help: 'show this help' };

/** Reads the arguments of a command; undefined if they ask for help. */
export function readArguments(command: Describable, argv: readonly string[]): Arguments | undefined {
  const options = [...command.options, HELP];
  const refused = (message: string) => new UsageError(message, command.name);
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries([
      ...options.map(({ name, value }) => [name, { type: value ? 'string' : 'boolean' }] as const),
      ['help', { type: 'boolean', short: 'h' }] as const,
    ]),
    allowPositionals: true,
    strict: false, // its messages differ from one Node.js to the next
    tokens: true,
  });
  const operands: string[] = [];
  const values = new Map<string, string[]>();
  const set = (name: string, value: string) => values.set(name, [...(values.get(name) ?? []), value]);
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = options.find((known) => known.name === name);
    if (!option) throw refused(`unknown option \`${rawName}\`; ${suggestion(rawName, options)}`);
    if (option.value === undefined) {
      if (value !== undefined) throw refused(`\`${rawName}\` takes no value, got \`${value}\``);
      set(name, '');
    } else if (value === undefined || value === '' || (!inlineValue && /^-./.test(value)))
      throw refused(`\`${rawName}\` requires a value: ${option.choices?.join(', ') ?? option.value}`);
    else if (option.choices && !option.choices.includes(value))
      throw refused(`\`${rawName}\` must be ${option.choices.join(', ')}, got \`${value}\``);
    else set(name, value);
  }
  return values.has('help') ? undefined : new Arguments(operands, values);
}

function suggestion(option: string, options: readonly Option[]): string {
  const names = options.map(({ name }) => `--${name}`);
  const near =
    names.find((name) => name.startsWith(option) || option.startsWith(name)) ?? nearestOf(option, names);
  return near ? `use \`${near}\`` : `use one of ${names.join(', ')}`;
}

/** The paths, of which a command needs at least one. */
export function pathsOf({ operands }: Arguments, command: string): readonly string[] {
  if (operands.length === 0)
    throw new UsageError('specify a cloud assembly (`cdk.out`) or template files', command);
  return operands;
}
