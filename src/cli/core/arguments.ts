import { parseArgs } from 'node:util';
import type { Option } from './options';
import { UsageError } from './usage-error';

/** What a command was given, as its options allow. */
export class Arguments {
  constructor(
    public readonly operands: readonly string[],
    private readonly values: ReadonlyMap<string, string>,
  ) {}

  /** The value of an option; undefined where it wasn't given. */
  public get(name: string): string | undefined {
    return this.values.get(name);
  }
}

/** A command as its arguments need it. */
interface Describable {
  readonly name: string;
  readonly options: readonly Option[];
}

const HELP: Option = { name: 'help', help: 'show this help' };

/** Reads the arguments of a command; undefined where its help is asked for. */
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
  const values = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = options.find((known) => known.name === name);
    if (!option) throw refused(`unknown option \`${rawName}\`; ${meant(rawName, options)}`);
    if (option.value === undefined) {
      if (value !== undefined) throw refused(`\`${rawName}\` takes no value, got \`${value}\``);
      values.set(name, '');
    } else if (value === undefined || value === '' || (!inlineValue && /^-./.test(value)))
      throw refused(`\`${rawName}\` needs a value: ${option.choices?.join(', ') ?? option.value}`);
    else if (option.choices && !option.choices.includes(value))
      throw refused(`\`${rawName}\` must be ${option.choices.join(', ')}, got \`${value}\``);
    else values.set(name, value);
  }
  return values.has('help') ? undefined : new Arguments(operands, values);
}

function meant(given: string, options: readonly Option[]): string {
  const names = options.map(({ name }) => `--${name}`);
  const near = names.find((name) => name.startsWith(given) || given.startsWith(name));
  return near ? `use \`${near}\`` : `it takes ${names.join(', ')}`;
}

/** The paths of a command that needs some. */
export function pathsOf({ operands }: Arguments, command: string): readonly string[] {
  if (operands.length === 0)
    throw new UsageError('name the folder of a cloud assembly (`cdk.out`) or template files', command);
  return operands;
}
