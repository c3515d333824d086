import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cdkBackup, TABLES, workFolder } from './core/command';

const file = workFolder();
const tables = file('tables.json', JSON.stringify(TABLES));
const empty = file('empty-app.json', '{"Resources": {}}');
const OPEN = 'The account that the stacks leave open, the Region that the stacks leave open';
const COMMAND = 'aws backup update-region-settings --resource-type-opt-in-preference \'{"DynamoDB":true}\'';
const REASON = 'plan `gold` selects, by tags or by service, `Shop/Orders`';

test('as text, each item has why it is needed, and the commands that look and set', () => {
  expect(cdkBackup(['preflight', tables])).toEqual({
    code: 0,
    stderr: '',
    stdout: [
      OPEN,
      '  [ ] opt in to DynamoDB',
      `      ${REASON}`,
      `      ${COMMAND}`,
      '  look: aws backup describe-region-settings',
      '',
      '1 prerequisite: 0 set by the app, 1 to look at and set, 0 perhaps needed',
      '',
    ].join('\n'),
  });
});

test('in a terminal it has colours, in a file none', () => {
  const bold = `\u001b[1m${OPEN}\u001b[0m`;
  expect(cdkBackup(['preflight', tables], { tty: true }).stdout.split('\n')[0]).toBe(bold);
  const out = join(dirname(tables), 'preflight.txt');
  expect(cdkBackup(['preflight', tables, '--out', out], { tty: true }).stdout).toBe('');
  expect(readFileSync(out, 'utf8').split('\n')[0]).toBe(OPEN);
});

test('as JSON it is for programs', () => {
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

test('as Markdown it is a list of tasks', () => {
  expect(cdkBackup(['preflight', tables, '--format', 'markdown']).stdout).toContain(
    `- [ ] opt in to DynamoDB\n  - ${REASON}\n  - \`${COMMAND}\`\n`,
  );
});

test('exits with 1 where that is asked for and something is open', () => {
  expect(cdkBackup(['preflight', tables, '--fail-on-open']).code).toBe(1);
  expect(cdkBackup(['preflight', empty, '--fail-on-open'])).toMatchObject({
    code: 0,
    stdout: 'no prerequisites\n',
  });
});

test.each([
  [
    ['preflight'],
    'name the folder of a cloud assembly (`cdk.out`) or template files; see `cdk-backup preflight --help`',
  ],
  [
    ['preflight', tables, '--management-account', '12'],
    '`--management-account` must be 12 digits, got `12`; see `cdk-backup preflight --help`',
  ],
])('%j is unusable', (args, message) => {
  expect(cdkBackup(args)).toEqual({ code: 2, stdout: '', stderr: `cdk-backup: ${message}\n` });
});
