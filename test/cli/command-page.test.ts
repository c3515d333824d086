import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands';
import { readArguments } from '../../src/cli/core/arguments';
import { CONFIGURATION_SCHEMA } from '../../src/configuration/configuration-schema';
import { jsonProblems } from '../../src/configuration/json-schema';
import { cdkBackup, workFolder } from './core/command';

const PAGE = readFileSync(join(__dirname, '../../docs/command.md'), 'utf8');
const file = workFolder();

/** The fenced blocks of a language, in their order. */
const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`\\n\`\`\`${language}\\n(.*?)\\n\`\`\``, 'gs'))].map(([, block]) => block);

test('docs/command.md shows what the command prints', () => {
  const template = file('backup.yaml', blocks('yaml')[0]);
  const [narrow, wide, explain, coverage] = blocks('text');
  const counted = (text: string) => text.replace(/\d+ checks/, 'all checks'); // there are more and more
  for (const [columns, block] of [
    [80, narrow],
    [160, wide],
  ] as const) {
    const { code, stdout } = cdkBackup(['check', template], { env: { COLUMNS: String(columns) } });
    expect([code, counted(stdout)]).toEqual([1, counted(`${block}\n`)]);
  }
  expect(cdkBackup(['explain', 'Backup-LockRange']).stdout).toBe(`${explain}\n`);
  expect(cdkBackup(['coverage', template])).toMatchObject({ code: 0, stdout: `${coverage}\n` });
});

test('the configuration that docs/configuration.md shows is valid', () => {
  const page = readFileSync(join(__dirname, '../../docs/configuration.md'), 'utf8');
  const [, content] = /```json\n([\s\S]*?)```/.exec(page) as RegExpExecArray;
  expect(jsonProblems(JSON.parse(content), CONFIGURATION_SCHEMA)).toEqual([]);
});

test('the commands that docs/pipelines.md, docs/configuration.md and the README show exist, with these options', () => {
  const pages = ['docs/pipelines.md', 'docs/configuration.md', 'docs/effective-policy.md', 'README.md'];
  const lines = pages.flatMap((page) => [
    ...readFileSync(join(__dirname, '../..', page), 'utf8').matchAll(/npx cdk-backup ([^#`\n]+)/g),
  ]);
  expect(lines.length).toBeGreaterThan(8);
  for (const [, line] of lines) {
    const [name, ...args] = line.trim().split(/ +/);
    const command = COMMANDS.find((known) => known.name === name);
    expect(command && readArguments(command, args)).toBeDefined();
  }
});

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  'docs/command.md, or a page that it leads to, tells of every option of %s',
  (name, { options }) => {
    expect(PAGE).toContain(`cdk-backup ${name}`);
    const section = PAGE.split('\n## ').find((text) => text.startsWith(`\`cdk-backup ${name}`)) ?? '';
    for (const option of options) expect(section).toContain(`--${option.name}`);
  },
);
