import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { type DemoStack, earlierShop, shop, writeAssembly } from '../../scripts/report/shop';
import type { PageData } from '../../src/report/data/page-data';
import { readFlowchart } from '../report/topology/flowcharts';
import { choice, plan, resource, rule, selection, tags } from '../support/backups';
import { cdkBackup, workFolder } from './core/command';

const file = workFolder();
const folder = mkdtempSync(join(tmpdir(), 'report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const assembly = (name: string, stacks: readonly DemoStack[]) => writeAssembly(join(folder, name), stacks);
const app = assembly('shop', shop());
const YEAR = ['--from', '2027-01-01'];
const dataIn = (html: string): PageData => JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
const page = (...args: string[]) => dataIn(cdkBackup(['report', ...args, ...YEAR, '--out', '-']).stdout);

/** A backup policy. */
const DAILY = {
  plans: {
    daily: {
      regions: { '@@assign': ['eu-west-1'] },
      rules: {
        daily: {
          schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' },
          target_backup_vault_name: { '@@assign': 'vault' },
        },
      },
      selections: {
        tags: {
          all: {
            iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/Backup' },
            tag_key: { '@@assign': 'backup' },
            tag_value: { '@@assign': ['yes'] },
          },
        },
      },
    },
  },
};

test('the page goes to the file that `--out` names, and nothing to stdout', () => {
  const out = join(folder, 'report.html');
  expect(cdkBackup(['report', app, ...YEAR, '--out', out])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(existsSync(out)).toBe(true);
  const html = readFileSync(out, 'utf8');
  expect(html.startsWith('<!doctype html>')).toBe(true);
  expect(dataIn(html)).toMatchObject({ title: app, summary: { total: 14, unprotected: 4 } });
});

const ORGANIZATION = file('only.json', JSON.stringify({ root: { id: 'r-1' } }));

test.each([
  [['report'], 'specify a cloud assembly (`cdk.out`) or template files'],
  [['report', app], 'specify `--out FILE.html` for the page, or `--out -` for stdout'],
  [
    ['report', app, '--format', 'svg', '--before', app],
    '`--format svg` is the topology alone, without changes; remove `--before`',
  ],
  [
    ['report', app, '--format', 'mermaid', '--standard', 'gdpr'],
    '`--format mermaid` is the topology alone, without requirements; remove `--standard`',
  ],
  [
    ['report', app, '--format', 'mermaid', '--sizes', 'sizes.json'],
    '`--format mermaid` is the topology alone, without cost; remove `--sizes`',
  ],
  [
    ['report', app, '--format', 'svg', '--prices', 'prices.json'],
    '`--format svg` is the topology alone, without cost; remove `--prices`',
  ],
  [
    ['report', ORGANIZATION, '--format', 'svg'],
    '`--format svg` draws apps, not the file of an organization; specify a cloud assembly (`cdk.out`) or template files',
  ],
])('%j is refused', (args, message) => {
  expect(cdkBackup(args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `cdk-backup: ${message}; see \`cdk-backup report --help\`\n`,
  });
});

test('`--before` adds what diff reports', () => {
  const before = assembly('earlier', earlierShop());
  const { changes } = JSON.parse(cdkBackup(['diff', before, app, ...YEAR, '--format', 'json']).stdout);
  expect(changes.length).toBeGreaterThan(3);
  expect(page(app, '--before', before).changes).toEqual(changes);
  expect(page(app).changes).toBeUndefined();
});

test('`--before` with a file of the organization adds what diff reports of the organization', () => {
  const organization = (name: string, ...policies: object[]) =>
    file(name, JSON.stringify({ root: { id: 'r-1', policies, accounts: [{ id: '111122223333' }] } }));
  const now = organization('now.json', { name: 'daily', content: DAILY });
  const was = organization('was.json');
  const { changes } = JSON.parse(cdkBackup(['diff', was, now, '--format', 'json']).stdout);
  expect(changes.length).toBeGreaterThan(0);
  expect(page(app, now, '--before', was).changes).toEqual(changes);
  const earlier = assembly('before', earlierShop());
  const of = JSON.parse(cdkBackup(['diff', earlier, app, ...YEAR, '--format', 'json']).stdout);
  expect(page(app, now, '--before', earlier, '--before', was).changes).toEqual([...of.changes, ...changes]);
  expect(cdkBackup(['report', app, '--before', was, '--out', '-'])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'cdk-backup: `--before` with an organization compares one file with one of PATH, got 1 and 0; see `cdk-backup report --help`\n',
  });
});

test('weaker changes that the configuration accepts keep their reasons', () => {
  const before = assembly('accepted', earlierShop());
  const config = file(
    '.accepted.json',
    JSON.stringify({ acceptedChanges: [{ place: '*', reason: 'agreed with the auditor' }] }),
  );
  const { changes } = page(app, '--before', before, '--config', config);
  const weaker = changes?.filter(({ direction }) => direction === 'weaker') ?? [];
  expect(weaker.length).toBeGreaterThan(0);
  expect(weaker.every(({ accepted }) => accepted === 'agreed with the auditor')).toBe(true);
});

test('`--standard` adds what conformance answers', () => {
  const args = ['--standard', 'cis-controls,gdpr', '--threshold', 'maxErasureDays=90'];
  const { standards } = JSON.parse(
    cdkBackup(['conformance', app, ...YEAR, ...args, '--format', 'json']).stdout,
  );
  const { conformance } = page(app, ...args);
  expect(
    conformance?.standards.map(({ id, requirements }) => [
      id,
      requirements.map(({ clause, key, answer }) => [clause, key, conformance.answers[answer].status]),
    ]),
  ).toEqual(
    standards.map(({ id, requirements }: { id: string; requirements: Record<string, string>[] }) => [
      id,
      requirements.map(({ clause, key, status }) => [clause, key, status]),
    ]),
  );
  expect(page(app).conformance).toBeUndefined();
  expect(cdkBackup(['report', app, ...YEAR, ...args, '--format', 'markdown']).stdout).toMatch(
    /\| \*\*\d+\*\* \| not met, of 28 requirements of cis-controls and gdpr \|/,
  );
});

test('the findings are those of check, and those that the configuration accepts have their reasons', () => {
  const config = file(
    '.cdk-backup.json',
    JSON.stringify({ ignore: [{ place: '*', ids: ['Backup-LockRange'], reason: 'until the next quarter' }] }),
  );
  const check = JSON.parse(cdkBackup(['check', app, '--config', config, '--format', 'json']).stdout);
  const { findings, acknowledged, topology } = page(app, '--config', config);
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  expect(ids(findings)).toEqual(ids(check.findings));
  expect(acknowledged).toMatchObject([{ id: 'Backup-LockRange', reason: 'until the next quarter' }]);
  // an accepted finding doesn't make the copy arrive
  expect(topology.refused).toEqual([
    { kind: 'copy', from: 'shop', to: 'central', what: 'weekdays · 7 days', refusedBy: ['Backup-LockRange'] },
  ]);
});

test('the file of an organization adds its units and accounts, with what applies to them', () => {
  const organization = file(
    'organization.json',
    JSON.stringify({
      root: {
        id: 'r-root',
        policies: [{ name: 'base', content: DAILY }],
        accounts: [{ id: '111111111111' }],
        children: [{ id: 'ou-work', accounts: [{ id: '222222222222' }] }],
      },
    }),
  );
  const found = page(app, organization).organization;
  expect(found?.nodes.map(({ kind, id, depth, policies }) => [kind, id, depth, policies])).toEqual([
    ['unit', 'r-root', 0, ['base']],
    ['account', '111111111111', 1, []],
    ['unit', 'ou-work', 1, []],
    ['account', '222222222222', 2, []],
  ]);
  // the same policy applies to both accounts
  expect(found?.effects).toHaveLength(1);
  expect(found?.effects[0].rows[0]).toEqual({ depth: 0, label: 'plan daily' });
  const broken = file('broken.json', JSON.stringify({ root: { id: 1 } }));
  const { code, stderr } = cdkBackup(['report', app, broken, '--out', '-']);
  expect([code, stderr.includes('broken.json: `root/id`')]).toEqual([2, true]);
});

const arn = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:central';
const template = file(
  'small.json',
  JSON.stringify({
    Resources: {
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'orders "1"' }),
      Plan: plan(
        'orders',
        rule('daily', {
          TargetBackupVault: { Ref: 'Vault' },
          CopyActions: [{ DestinationBackupVaultArn: arn, Lifecycle: { DeleteAfterDays: 90 } }],
        }),
      ),
      Table: resource('DynamoDB::Table'),
    },
  }),
);

test('`--format mermaid` is a flowchart for a README', () => {
  expect(cdkBackup(['report', template, '--format', 'mermaid']).stdout).toBe(
    `flowchart LR
  subgraph b0["any account · any Region"]
    n0["<b>orders</b><br/>no resource here"]
    n1[("<b>orders #34;1#34;</b><br/>no lock<br/>AWS managed key")]
    n2["<b>Not protected</b><br/>1 × DynamoDB"]
  end
  subgraph b1["222222222222 · eu-west-1"]
    n3[("<b>central</b><br/>in no template")]
  end
  n0 -->|"daily · 35 days"| n1
  n1 ==>|"daily · 90 days"| n3
  classDef bad stroke:#b3261e,stroke-width:2px
  class n2 bad
`,
  );
});

test('the flowchart of docs/report.md is that of the command', () => {
  const [, flowchart] = /```mermaid\n([\s\S]*?)```/.exec(
    readFileSync(join(__dirname, '../../docs/report.md'), 'utf8'),
  ) as RegExpExecArray;
  const orders = file(
    'orders.json',
    JSON.stringify({
      Resources: {
        Vault: resource('Backup::BackupVault', {
          BackupVaultName: 'orders',
          LockConfiguration: { MinRetentionDays: 7, ChangeableForDays: 3 },
        }),
        Plan: plan(
          'orders',
          rule('daily', {
            TargetBackupVault: { Ref: 'Vault' },
            CopyActions: [{ DestinationBackupVaultArn: arn, Lifecycle: { DeleteAfterDays: 90 } }],
          }),
        ),
        Selection: selection({ ListOfTags: [choice('backup', 'yes')] }),
        Orders: resource('DynamoDB::Table', { Tags: tags({ backup: 'yes' }) }),
        Carts: resource('DynamoDB::Table'),
      },
    }),
  );
  expect(cdkBackup(['report', orders, '--format', 'mermaid']).stdout).toBe(flowchart);
});

test.each(['svg', 'mermaid'])(
  '`--format %s` beside the file of an organization is that of the app',
  (format) => {
    expect(cdkBackup(['report', app, ORGANIZATION, '--format', format])).toEqual(
      cdkBackup(['report', app, '--format', format]),
    );
  },
);

test('the flowchart of an app shows every resource in a plan, or as not protected', () => {
  const { boxes, links, marked, dashed } = readFlowchart(
    cdkBackup(['report', app, '--format', 'mermaid']).stdout,
  );
  const cards = boxes.flatMap(({ nodes }) => nodes);
  const sum = cards
    .flatMap(({ lines }) => lines.slice(1))
    .reduce((total, line) => total + Number(/^(\d+) × /.exec(line)?.[1] ?? 0), 0);
  expect(sum).toBe(14);
  expect(boxes.map(({ title, nodes }) => [title, nodes.map(({ lines }) => lines[0])])).toEqual([
    ['111122223333 · eu-central-1', ['gold', 'shop', 'silver', 'bronze', 'Opted out', 'Not protected']],
    ['111122223333 · eu-west-1', ['shop-second-region']],
    ['444455556666 · eu-central-1', ['central', 'isolated']],
    ['777788889999 · eu-central-1', ['Not protected']],
  ]);
  expect(marked).toEqual(cards.filter(({ lines }) => lines[0] === 'Not protected').map(({ id }) => id));
  expect(dashed.map((index) => links[index].lines)).toEqual([]);
  expect(links.flatMap(({ lines }) => lines).filter((line) => line.startsWith('✕'))).toEqual([
    '✕ weekdays · 7 days',
  ]);
});

test('`--format svg` is a picture that brings its colors along', () => {
  const { stdout } = cdkBackup(['report', app, '--format', 'svg']);
  const errors: string[] = [];
  const parser = new DOMParser({ onError: (_, message) => errors.push(message) });
  const root = parser.parseFromString(stdout, 'image/svg+xml').documentElement;
  expect(errors).toEqual([]);
  expect(root?.getElementsByTagName('title')[0]?.textContent).toBe('Where backups go');
  expect(stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(stdout).toContain('@media (prefers-color-scheme:dark)');
  expect(stdout).toContain('weekdays · 7 days never arrives: Backup-LockRange');
});

test('equal accounts are one box', () => {
  const member = (account: string): DemoStack => ({
    name: `Member${account[0]}`,
    account,
    region: 'eu-west-1',
    resources: {
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'local' }),
      Plan: plan(
        'all',
        rule('daily', {
          TargetBackupVault: { Ref: 'Vault' },
          CopyActions: [{ DestinationBackupVaultArn: arn.replace('222222222222', '999999999999') }],
        }),
      ),
    },
  });
  const members = assembly(
    'members',
    ['1', '2', '3'].map((digit) => member(digit.repeat(12))),
  );
  const { stdout } = cdkBackup(['report', members, '--format', 'mermaid']);
  expect(stdout.match(/subgraph .*/g)).toEqual([
    'subgraph b0["3 equal accounts · eu-west-1"]',
    'subgraph b1["999999999999 · eu-west-1"]',
  ]);
});

test('`--format markdown` is the verdict for a pull request', () => {
  const { stdout } = cdkBackup(['report', app, ...YEAR, '--format', 'markdown']);
  expect(stdout).toMatch(
    /^## AWS Backup\n\n\| \| \|\n\| ---: \| --- \|\n\| \*\*71 %\*\* \| protected or opted out \(1\), of 14 resources \|\n/,
  );
  expect(stdout).toContain('### Not protected\n\n- Lab/Experiments (DynamoDB)\n- Catalog/Search (EBS)\n');
  expect(stdout).toMatch(/### Errors\n\n(- .* \(Backup-[A-Za-z]+\)\n){3}/);
  expect(stdout).toMatch(/```mermaid\nflowchart LR\n[^`]*```\n$/);
  expect(stdout).toContain('<br/>✕ weekdays · 7 days"|');
  expect(stdout).not.toContain('What changes');
});

test('`--format markdown` with `--before` says what got weaker, without what is accepted', () => {
  const before = assembly('markdown', earlierShop());
  const args = ['report', app, '--before', before, ...YEAR, '--format', 'markdown'];
  expect(cdkBackup(args).stdout).toContain(
    `### What changes

4 weaker, 1 stronger, 1 neutral.

- \`Orders/Uploads\` is protected by \`silver\` before`,
  );
  expect(cdkBackup(args).stdout).toMatch(/neutral\.\n\n(- .*\n){4}\n### /);
  const config = file(
    '.some-accepted.json',
    JSON.stringify({ acceptedChanges: [{ place: 'Orders/*', reason: 'agreed' }] }),
  );
  expect(cdkBackup([...args, '--config', config]).stdout).toMatch(
    /### What changes\n\n3 weaker, 1 stronger, 1 neutral; 1 accepted\.\n\n(- .*\n){3}\n### /,
  );
  expect(cdkBackup([...args.slice(0, 3), app, ...args.slice(4)]).stdout).toContain(
    '### What changes\n\nNothing changes for backups.\n\n### ',
  );
});
