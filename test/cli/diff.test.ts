import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plan, resource, rule, selection, tags } from '../support/backups';
import { cdkBackup, workFolder } from './core/command';

const PAGE = readFileSync(join(__dirname, '../../docs/diff.md'), 'utf8');
const file = workFolder();

/** The app of docs/diff.md, before and after the change. */
const app = (name: string, changed: boolean) =>
  file(
    name,
    JSON.stringify({
      Resources: {
        Vault: resource(
          'Backup::BackupVault',
          {
            BackupVaultName: 'orders',
            ...(!changed && { LockConfiguration: { MinRetentionDays: 7, ChangeableForDays: 3 } }),
          },
          { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
        ),
        Plan: plan(
          'orders',
          rule('daily', {
            TargetBackupVault: { Ref: 'Vault' },
            Lifecycle: { DeleteAfterDays: changed ? 14 : 35 },
          }),
        ),
        Selection: selection({
          ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'yes' }],
        }),
        Orders: resource('DynamoDB::Table', { TableName: 'orders', Tags: tags({ backup: 'yes' }) }),
        Carts: resource('DynamoDB::Table', {
          TableName: 'carts',
          Tags: changed ? [] : tags({ backup: 'yes' }),
        }),
      },
    }),
  );
const [before, after] = [app('before.json', false), app('after.json', true)];
const diff = (...args: string[]) => cdkBackup(['diff', ...args, '--from', '2027-01-01']);

test('the page shows what the command prints, in 80 columns', () => {
  const [shown] = [...PAGE.matchAll(/```text\n([\s\S]*?)```/g)].map(([, block]) => block);
  const args = ['diff', before, after, '--from', '2027-01-01'];
  const env = { COLUMNS: '80' };
  expect(cdkBackup(args, { env })).toEqual({ code: 0, stdout: shown, stderr: '' });
  expect(shown.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('the JSON of the page is what the command prints', () => {
  const blocks = [...PAGE.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block]) => JSON.parse(block));
  const shown = blocks.find((block) => 'changes' in block);
  const { changes, summary } = JSON.parse(diff(before, after, '--format', 'json').stdout);
  expect(changes).toContainEqual(shown.changes[0]);
  expect(summary).toEqual({ weaker: 5, stronger: 0, neutral: 1 });
});

test('Markdown has the verdict first, and what gets weaker unfolded', () => {
  const { stdout } = diff(before, after, '--format', 'markdown');
  expect(stdout).toMatch(
    /^## AWS Backup: what changes for the data\n\n\*\*protection gets weaker: 5 weaker, 0 stronger, 1 neutral\*\*\n\n<details open><summary>Weaker \(5\)<\/summary>\n/,
  );
  expect(stdout).toContain(
    '| retention | after | the retention of rule `daily` of plan `orders`: 35 days before, 14 days after |',
  );
});

test('the same version twice has no differences', () => {
  expect(diff(before, before).stdout).toBe('nothing changes for backups\n');
});

test.each([
  ['weaker', before, after, 1],
  ['weaker', after, before, 0],
  ['never', before, after, 0],
])('`--fail-on %s`', (failOn, from, to, code) => {
  expect(diff(from, to, '--fail-on', failOn).code).toBe(code);
});

test.each([
  [[], 'specify two versions, BEFORE and AFTER, got none'],
  [['a'], 'specify two versions, BEFORE and AFTER, got 1'],
  [['a', 'b', 'c'], 'specify two versions, BEFORE and AFTER, got 3'],
  [['-', '-'], 'only one of BEFORE and AFTER can be `-`, the template on stdin'],
])('%p is refused', (paths, message) => {
  expect(diff(...paths)).toEqual({
    code: 2,
    stdout: '',
    stderr: `cdk-backup: ${message}; see \`cdk-backup diff --help\`\n`,
  });
});

test('one version may come from stdin', () => {
  const args = ['diff', '-', after, '--from', '2027-01-01', '--format', 'json'];
  const { stdout } = cdkBackup(args, { stdin: readFileSync(before, 'utf8') });
  expect(JSON.parse(stdout)).toEqual(JSON.parse(diff(before, after, '--format', 'json').stdout));
});

test.each([
  ['disabled', { disabled: ['Backup-ComplianceLock'] }],
  ['accepted', { ignore: [{ place: '*', reason: 'known' }] }],
  ['notes', { severities: { 'Backup-ComplianceLock': 'note' } }],
])('findings that the configuration has %s are left out', (_, content) => {
  const config = file('config.json', JSON.stringify(content));
  const kinds = (...args: string[]) =>
    JSON.parse(diff(before, after, '--format', 'json', ...args).stdout).changes.map(
      ({ kind }: { kind: string }) => kind,
    );
  expect(kinds()).toContain('finding');
  expect(kinds('--config', config)).not.toContain('finding');
});

describe('weaker changes that the configuration accepts', () => {
  const accept = (...entries: object[]) =>
    file('accepted.json', JSON.stringify({ acceptedChanges: entries }));
  const failing = (config: string) => diff(before, after, '--fail-on', 'weaker', '--config', config).code;

  test('are listed with their reason, and fail nothing', () => {
    const config = accept({ place: '*', reason: 'legal agreed' });
    const { stdout } = diff(before, after, '--config', config);
    expect(stdout).toContain(
      '  retention     the retention of rule `daily` of plan `orders`: 35 days before, 14 days after: legal agreed\n',
    );
    expect(stdout).toContain('nothing gets weaker: 0 weaker, 0 stronger, 1 neutral');
    expect(diff(before, after, '--format', 'markdown', '--config', config).stdout).toContain(
      '<details><summary>Accepted (5)</summary>',
    );
    const { changes, summary } = JSON.parse(
      diff(before, after, '--format', 'json', '--config', config).stdout,
    );
    expect(summary).toEqual({ weaker: 0, stronger: 0, neutral: 1 });
    expect(changes.filter(({ accepted }: { accepted?: string }) => accepted === 'legal agreed')).toHaveLength(
      5,
    );
    expect(failing(config)).toBe(0);
  });

  test.each([
    ['of a kind', { place: '*', kinds: ['retention'], reason: 'agreed' }, 1],
    ['of a place', { place: 'after/Plan', reason: 'agreed' }, undefined],
    ['that it has not', { place: 'Other/*', reason: 'agreed' }, 0],
    ['whose day is over', { place: '*', reason: 'agreed', until: '2026-01-01' }, 0],
  ])('are only those %s', (_, entry, count) => {
    const { changes } = JSON.parse(diff(before, after, '--format', 'json', '--config', accept(entry)).stdout);
    const accepted = changes.filter((change: { accepted?: string }) => change.accepted !== undefined);
    if (count === undefined) {
      expect(accepted.length).toBeGreaterThan(0);
      for (const { stack, logicalId } of accepted) expect(`${stack}/${logicalId}`).toBe('after/Plan');
    } else expect(accepted).toHaveLength(count);
    expect(failing(accept(entry))).toBe(1);
  });

  test('say when their acceptance expired', () => {
    const config = accept({ place: '*', kinds: ['retention'], reason: 'agreed', until: '2026-01-01' });
    expect(diff(before, after, '--format', 'json', '--config', config).stdout).toContain(
      'the retention of rule `daily` of plan `orders`: 35 days before, 14 days after (accepted until 2026-01-01: agreed)',
    );
  });

  test('have kinds that exist', () => {
    const config = accept({ place: '*', kinds: ['retentoin'], reason: 'agreed' });
    const { code, stderr } = diff(before, after, '--config', config);
    expect(code).toBe(2);
    expect(stderr).toContain('acceptedChanges/0/kinds/0');
  });
});

test('a version that can not be read is refused with its path', () => {
  const { code, stderr } = diff(before, 'missing.json');
  expect(code).toBe(2);
  expect(stderr).toContain('missing.json');
});

test('with sizes, the difference has what a month costs, and names bad sizes', () => {
  const sizes = file('sizes.json', '{"types":{"DynamoDB":{"sizeGiB":10}}}');
  const { changes } = JSON.parse(diff(before, after, '--sizes', sizes, '--format', 'json').stdout);
  // two tables with 35 full backups before, one with 14 after
  expect(changes.at(-1)).toEqual({
    kind: 'cost',
    direction: 'neutral',
    stack: '',
    logicalId: '',
    subject: 'the cost of a month',
    before: '70.00 USD',
    after: '14.00 USD',
    message:
      'at the end of the period, a month costs an estimated 56.00 USD less: 70.00 USD before, 14.00 USD after',
  });
  expect(diff(before, before, '--sizes', sizes).stdout).toBe('nothing changes for backups\n');
  // a resource of either version may have a size
  const named = file(
    'named.json',
    '{"resources":{"after/Carts":{"sizeGiB":10},"after/Nothing":{"sizeGiB":1}}}',
  );
  expect(diff(before, after, '--sizes', named)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('`resources/after/Nothing`: is not a resource'),
  });
});
