import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cdkBackup, TABLES, workFolder } from './core/command';

const file = workFolder();
const tables = file('tables.json', JSON.stringify(TABLES));
const empty = file('empty-app.json', '{"Resources": {}}');
const OPEN = 'Any account, any Region (the stacks are environment-agnostic)';
const COMMAND = 'aws backup update-region-settings --resource-type-opt-in-preference \'{"DynamoDB":true}\'';
const REASON = 'plan `gold` selects `Shop/Orders` by tag or by service';

test('as text, each item has its reason, and the commands that show and change the setting', () => {
  expect(cdkBackup(['preflight', tables])).toEqual({
    code: 0,
    stderr: '',
    stdout: [
      OPEN,
      '  [ ] opt in to DynamoDB',
      `      ${REASON}`,
      `  set all: ${COMMAND}`,
      '  check: aws backup describe-region-settings',
      '',
      '1 prerequisite: 0 set by the app, 1 to check and set, 0 possibly needed',
      '',
    ].join('\n'),
  });
});

test('it has colors in a terminal, but not in a file', () => {
  const bold = `\u001b[1m${OPEN}\u001b[0m`;
  expect(cdkBackup(['preflight', tables], { tty: true }).stdout.split('\n')[0]).toBe(bold);
  const out = join(dirname(tables), 'preflight.txt');
  expect(cdkBackup(['preflight', tables, '--out', out], { tty: true }).stdout).toBe('');
  expect(readFileSync(out, 'utf8').split('\n')[0]).toBe(OPEN);
});

test('as JSON, it is machine-readable', () => {
  const { code, stdout } = cdkBackup(['preflight', tables, '--format', 'json']);
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      prerequisites: [
        {
          kind: 'opt-in',
          name: 'DynamoDB',
          scope: 'region',
          certain: true,
          reasons: [REASON],
          command: COMMAND,
        },
      ],
      unknown: [],
      summary: { total: 1, set: 0, open: 1, perhaps: 0 },
    },
  ]);
});

test('as Markdown, it is a task list', () => {
  expect(cdkBackup(['preflight', tables, '--format', 'markdown']).stdout).toContain(
    `- [ ] opt in to DynamoDB\n  - ${REASON}\n\nSet all: \`${COMMAND}\`\n\nCheck: `,
  );
});

test('exits with 1 on request if a setting is missing', () => {
  expect(cdkBackup(['preflight', tables, '--fail-on-open']).code).toBe(1);
  expect(cdkBackup(['preflight', empty, '--fail-on-open'])).toMatchObject({
    code: 0,
    stdout: 'no prerequisites\n',
  });
});

test.each([
  [
    ['preflight'],
    'specify a cloud assembly (`cdk.out`) or template files; see `cdk-backup preflight --help`',
  ],
  [
    ['preflight', tables, '--management-account', '12'],
    '`--management-account` must be 12 digits, got `12`; see `cdk-backup preflight --help`',
  ],
])('%j is invalid', (args, message) => {
  expect(cdkBackup(args)).toEqual({ code: 2, stdout: '', stderr: `cdk-backup: ${message}\n` });
});
