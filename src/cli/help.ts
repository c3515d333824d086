import { COMMANDS } from './commands';
import type { Command } from './core/command';
import type { Option } from './core/options';

/** `cdk-backup --help`. */
export function help(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return [
    'Checks AWS Backup resources in cloud assemblies and CloudFormation templates.',
    '',
    'Usage: cdk-backup COMMAND PATH… [OPTIONS]',
    '',
    'Commands:',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Options:',
    '  -h, --help     show this help, or that of a command',
    '  -V, --version  show the version',
    '',
    'Exit codes: 0 nothing found; 1 an error was found, or what `--fail-on`, `--minimum` or',
    '`--fail-on-open` asks for; 2 invalid arguments or input.',
    '',
    'Environment: NO_COLOR and FORCE_COLOR turn colors off and on, COLUMNS is the width of text.',
  ].join('\n');
}

/** `cdk-backup check --help`. */
export function commandHelp({ name, summary, operands, details, options }: Command): string {
  const forms = options.map(form);
  const width = Math.max(...forms.map((text) => text.length), '-h, --help'.length);
  return [
    `${summary}.`,
    '',
    `Usage: cdk-backup ${name} ${operands} [OPTIONS]`,
    '',
    ...details,
    '',
    'Options:',
    ...options.map((option, index) => `  ${forms[index].padEnd(width)}  ${option.help}`),
    `  ${'-h, --help'.padEnd(width)}  show this help`,
  ].join('\n');
}

function form({ name, value }: Option): string {
  return `--${name}${value ? ` ${value}` : ''}`;
}
