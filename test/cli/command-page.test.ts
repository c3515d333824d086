import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands';
import { cdkBackup, workFolder } from './core/command';

const PAGE = readFileSync(join(__dirname, '../../docs/command.md'), 'utf8');
const file = workFolder();

/** The fenced blocks of a language, in their order. */
const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`\\n\`\`\`${language}\\n(.*?)\\n\`\`\``, 'gs'))].map(([, block]) => block);

test('docs/command.md shows what the command prints', () => {
  const template = file('backup.yaml', blocks('yaml')[0]);
  const [check, coverage] = blocks('text');
  const { code, stdout } = cdkBackup(['check', template]);
  const counted = (text: string) => text.replace(/\d+ checks/, 'all checks'); // there are more and more
  expect([code, counted(stdout)]).toEqual([1, counted(`${check}\n`)]);
  expect(cdkBackup(['coverage', template])).toMatchObject({ code: 0, stdout: `${coverage}\n` });
});

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  'docs/command.md, or a page that it leads to, tells of every option of %s',
  (name, { options }) => {
    expect(PAGE).toContain(`cdk-backup ${name}`);
    const section = PAGE.split('\n## ').find((text) => text.startsWith(`\`cdk-backup ${name}`)) ?? '';
    for (const option of options) expect(section).toContain(`--${option.name}`);
  },
);
