import { join } from 'node:path';
import { displayWidth } from '../../src/cli/core/layout';
import { cdkBackup, TABLES, workFolder } from './core/command';

const file = workFolder();
const tables = file('tables.json', JSON.stringify(TABLES));
const empty = file('empty-app.json', '{"Resources": {}}');

test('as JSON, every resource has its stack, type, plans and whether it is protected or opted out', () => {
  const { code, stdout, stderr } = cdkBackup(['coverage', tables, '--format', 'json']);
  expect([code, stderr]).toEqual([0, '']);
  const table = { stack: 'tables', type: 'AWS::DynamoDB::Table', resourceType: 'DynamoDB' };
  expect(JSON.parse(stdout)).toMatchObject({
    resources: [
      {
        ...table,
        logicalId: 'Orders',
        protected: true,
        plans: [{ name: 'gold', rules: ['daily'] }],
        reasons: [],
        tested: false,
      },
      { ...table, logicalId: 'Carts', protected: false, plans: [] },
      {
        ...table,
        logicalId: 'Cache',
        protected: false,
        plans: [],
        optedOut: { reason: 'rebuilt from events' },
      },
    ],
    summary: { total: 3, protected: 1, optedOut: 1, unprotected: 1 },
  });
});

test('as text, unprotected resources come first, then those opted out, then protected ones with details', () => {
  const { stdout } = cdkBackup(['coverage', tables]);
  expect(stdout.split('\n')).toEqual([
    'Unprotected',
    '',
    '  stack   resource  type',
    '  tables  Carts     DynamoDB',
    '',
    'Opted out',
    '',
    '  stack   resource  type      reason',
    '  tables  Cache     DynamoDB  rebuilt from events',
    '',
    'Protected',
    '',
    '  stack   resource              type      protected by  RPO       retention  copies  locked   restore tests',
    '  tables  Shop/Orders/Resource  DynamoDB  gold: daily   24 hours  forever    none    unknown  none',
    '',
    '3 resources: 1 protected, 1 opted out, 1 unprotected; coverage 66.6%',
    '',
  ]);
});

test('as Markdown, the same sections are tables', () => {
  const { stdout } = cdkBackup(['coverage', tables, '--format', 'markdown']);
  expect(stdout).toContain('3 resources: 1 protected, 1 opted out, 1 unprotected; coverage 66.6%.');
  expect(stdout).toContain(
    '### Unprotected\n\n| stack | resource | type |\n| --- | --- | --- |\n| tables | Carts | DynamoDB |',
  );
});

test('an app without supported resources is fully covered', () => {
  expect(cdkBackup(['coverage', empty, '--minimum', '1'])).toEqual({
    code: 0,
    stdout: 'no resources that AWS Backup supports\n',
    stderr: '',
  });
});

test.each([
  ['0.6', 0],
  ['66%', 0],
  ['.67', 1],
  ['67%', 1],
  ['1', 1],
  ['100%', 1],
  ['0', 0],
])('a minimum of %s is exit code %i', (minimum, code) => {
  expect(cdkBackup(['coverage', tables, '--minimum', minimum])).toMatchObject({ code, stderr: '' });
});

test.each([80, 160])('no line of the text is wider than %i columns', (columns) => {
  const everything = join(__dirname, '../support/everything.json');
  for (const command of ['coverage', 'preflight']) {
    const { stdout } = cdkBackup([command, everything], { env: { COLUMNS: String(columns) } });
    const lines = stdout.split('\n').filter((line) => !/^ +((check|set all): )?aws /.test(line)); // commands stay whole, to be copied
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => displayWidth(line) > columns)).toEqual([]);
  }
});
