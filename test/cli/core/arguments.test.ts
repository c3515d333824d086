import manifest from '../../../package.json';
import { COMMANDS } from '../../../src/cli/commands';
import { cdkBackup, planTemplate, workFolder } from './command';

const file = workFolder();
const fine = file('fine.json', JSON.stringify(planTemplate('daily')));

describe('invalid arguments are reported in one line on stderr, with exit code 2', () => {
  test.each<[string, string[], string]>([
    [
      'no command',
      [],
      'specify a command: check, explain, coverage, forecast, diff, report, conformance, evidence, preflight, runbook, effective-policy; see `cdk-backup --help`',
    ],
    ['an unknown command', ['chekc', fine], 'unknown command `chekc`; use `check`; see `cdk-backup --help`'],
    [
      'a command that resembles none',
      ['frobnicate', fine],
      'unknown command `frobnicate`; use check, explain, coverage, forecast, diff, report, conformance, evidence, preflight, runbook, effective-policy; see `cdk-backup --help`',
    ],
    [
      'a typing error in an option',
      ['check', fine, '--formta', 'json'],
      'unknown option `--formta`; use `--format`; see `cdk-backup check --help`',
    ],
    [
      'an option before the command',
      ['--format', 'json'],
      'unknown option `--format`; specify a command first; see `cdk-backup --help`',
    ],
    [
      'no path',
      ['check'],
      'specify a cloud assembly (`cdk.out`) or template files; see `cdk-backup check --help`',
    ],
    [
      'an unknown option',
      ['check', fine, '--frobnicate'],
      'unknown option `--frobnicate`; use one of --format, --fail-on, --baseline, --write-baseline, --only, --ignore, --verbose, --config, --out, --help; see `cdk-backup check --help`',
    ],
    [
      'a beginning of an option',
      ['check', fine, '--form', 'json'],
      'unknown option `--form`; use `--format`; see `cdk-backup check --help`',
    ],
    [
      'an option of another command',
      ['check', fine, '--minimum', '1'],
      'unknown option `--minimum`; use one of --format, --fail-on, --baseline, --write-baseline, --only, --ignore, --verbose, --config, --out, --help; see `cdk-backup check --help`',
    ],
    [
      'an unknown format',
      ['check', fine, '--format', 'xml'],
      '`--format` must be text, json, markdown, sarif, junit, gitlab, github, got `xml`; see `cdk-backup check --help`',
    ],
    [
      'a format that is missing',
      ['check', fine, '--format'],
      '`--format` requires a value: text, json, markdown, sarif, junit, gitlab, github; see `cdk-backup check --help`',
    ],
    [
      'an option in place of a value',
      ['check', fine, '--out', '--format', 'json'],
      '`--out` requires a value: FILE; see `cdk-backup check --help`',
    ],
    [
      'an empty value',
      ['check', fine, '--out='],
      '`--out` requires a value: FILE; see `cdk-backup check --help`',
    ],
    [
      'an unknown severity',
      ['check', fine, '--fail-on', 'note'],
      '`--fail-on` must be error, warning, never, got `note`; see `cdk-backup check --help`',
    ],
    [
      'a value for a flag',
      ['check', '--help=yes'],
      '`--help` takes no value, got `yes`; see `cdk-backup check --help`',
    ],
    [
      'a minimum that is none',
      ['coverage', fine, '--minimum', 'all'],
      '`--minimum` must be from 0 to 1, or from 0% to 100%, got `all`; see `cdk-backup coverage --help`',
    ],
    [
      'a minimum beyond',
      ['coverage', fine, '--minimum', '80'],
      '`--minimum` must be from 0 to 1, or from 0% to 100%, got `80`; see `cdk-backup coverage --help`',
    ],
    [
      'a file that can be written nowhere',
      ['check', fine, '--out', 'no/such/folder/file'],
      "no/such/folder/file: can't be written (no such folder); see `cdk-backup --help`",
    ],
    [
      'a folder to write to',
      ['check', fine, '--out', '.'],
      ".: can't be written (it is a folder); see `cdk-backup --help`",
    ],
  ])('%s', (_, args, line) => {
    expect(cdkBackup(args)).toEqual({ code: 2, stdout: '', stderr: `cdk-backup: ${line}\n` });
  });
});

describe('help', () => {
  test.each(COMMANDS.map(({ name }) => name))('%s says which exit codes it has', (name) => {
    expect(cdkBackup([name, '--help']).stdout).toMatch(/^Exit codes?: 0/m);
  });

  test.each([[['--help']], [['-h']], [['help']]])('%j lists the commands and the exit codes', (args) => {
    const { code, stdout, stderr } = cdkBackup(args);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: cdk-backup COMMAND PATH… [OPTIONS]');
    expect(stdout).toContain(
      '  check             Finds what AWS Backup refuses, or silently never backs up\n',
    );
    expect(stdout).toContain(
      'Exit codes: 0 nothing found; 1 an error was found, or what `--fail-on`, `--minimum` or',
    );
  });

  test.each([[['check', '--help']], [['check', fine, '-h']], [['help', 'check']]])(
    '%j tells the options of a command',
    (args) => {
      const { code, stdout } = cdkBackup(args);
      expect(code).toBe(0);
      expect(stdout).toContain('Usage: cdk-backup check PATH… [OPTIONS]');
      for (const option of ['--format FORMAT', '--fail-on SEVERITY', '--out FILE', '-h, --help'])
        expect(stdout).toContain(`  ${option} `);
    },
  );
});

test.each(['--version', '-V'])('%s prints the version', (option) => {
  expect(cdkBackup([option])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test('paths after `--` may look like options', () => {
  expect(cdkBackup(['check', '--', '--nope'])).toMatchObject({
    code: 2,
    stderr: 'cdk-backup: --nope: no such file\n',
  });
});
