import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { displayWidth } from '../../src/cli/core/layout';
import { readPrices, readSizes } from '../../src/forecast/cost/cost-input';
import { backupReady, plan, resource, rule, selection, tags } from '../support/backups';
import { cdkBackup, workFolder } from './core/command';

const PAGE = readFileSync(join(__dirname, '../../docs/forecast.md'), 'utf8');
const file = workFolder();

/** The app of docs/forecast.md. */
const app = file(
  'app.json',
  JSON.stringify({
    Resources: {
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'orders' }),
      Plan: plan(
        'orders',
        rule('daily', {
          TargetBackupVault: { Ref: 'Vault' },
          CopyActions: [
            {
              DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:222222222222:backup-vault:central',
              Lifecycle: { DeleteAfterDays: 90 },
            },
          ],
        }),
        rule('monthly', {
          TargetBackupVault: { Ref: 'Vault' },
          ScheduleExpression: 'cron(0 5 1 * ? *)',
          Lifecycle: { DeleteAfterDays: 365, MoveToColdStorageAfterDays: 30 },
        }),
      ),
      Selection: selection({
        ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'yes' }],
      }),
      Table: resource('DynamoDB::Table', { Tags: tags({ backup: 'yes' }) }),
      Cache: resource('DynamoDB::Table'),
      Bucket: backupReady('S3::Bucket', { Tags: tags({ backup: 'yes' }) }),
    },
  }),
);
const YEAR = ['--from', '2027-01-01', '--for', 'P1Y'];
const forecast = (...args: string[]) => cdkBackup(['forecast', app, ...args]);

test('the page shows what the command prints', () => {
  const [whole, restorable] = [...PAGE.matchAll(/```text\n([\s\S]*?)```/g)].map(([, block]) => block);
  expect(forecast(...YEAR)).toEqual({ code: 0, stdout: whole, stderr: '' });
  expect(forecast(...YEAR, '--on', '2027-03-01').stdout).toContain(restorable);
});

test.each([80, 160])('no line of the text is wider than %i columns, whatever the names', (columns) => {
  const long = 'a'.repeat(60);
  const template = file(
    'long.json',
    JSON.stringify({
      Resources: {
        Plan: plan(long, rule('daily', { TargetBackupVault: 'b'.repeat(50) })),
        Selection: selection({ Resources: ['*'] }),
        [`Table${long}`]: resource('DynamoDB::Table'),
        Bucket: resource('S3::Bucket'),
      },
    }),
  );
  for (const path of [app, template, join(__dirname, '../support/everything.json')]) {
    const { stdout } = cdkBackup(['forecast', path, ...YEAR, '--on', '2027-06-01'], {
      env: { COLUMNS: String(columns) },
    });
    const lines = stdout.split('\n');
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => displayWidth(line) > columns)).toEqual([]);
  }
});

test('a rule whose jobs certainly fail makes no points, and the report names the findings', () => {
  const template = file(
    'fails.json',
    JSON.stringify({
      Resources: {
        Vault: resource('Backup::BackupVault', {
          BackupVaultName: 'orders',
          LockConfiguration: { MinRetentionDays: 60 },
        }),
        Plan: plan(
          'orders',
          rule('daily', { TargetBackupVault: { Ref: 'Vault' } }),
          rule('weekly', {
            TargetBackupVault: { Ref: 'Vault' },
            ScheduleExpression: 'cron(0 5 ? * SUN *)',
            Lifecycle: { DeleteAfterDays: 90 },
          }),
        ),
        Selection: selection({ Resources: ['*'] }),
        Table: resource('DynamoDB::Table'),
        Bucket: resource('S3::Bucket'),
      },
    }),
  );
  const { resources } = JSON.parse(cdkBackup(['forecast', template, ...YEAR, '--format', 'json']).stdout);
  expect(resources).toMatchObject([
    {
      logicalId: 'Table',
      protected: true,
      rpoMinutes: 7 * 1440,
      recoveryPoints: { created: 52 },
      reasons: ['rule `daily` of plan `orders`: every job fails (Backup-LockRange)'],
    },
    {
      logicalId: 'Bucket',
      protected: false,
      recoveryPoints: { created: 0 },
      reasons: [
        'rule `daily` of plan `orders`: every job fails (Backup-BucketVersioning, Backup-LockRange)',
        'rule `weekly` of plan `orders`: every job fails (Backup-BucketVersioning)',
      ],
    },
  ]);
});

test('a plan without a rule makes no points, and the report says why', () => {
  const template = file(
    'ruleless.json',
    JSON.stringify({
      Resources: {
        Plan: resource('Backup::BackupPlan', { BackupPlan: { BackupPlanName: 'none', BackupPlanRule: [] } }),
        Selection: selection({ Resources: ['*'] }),
        Table: resource('DynamoDB::Table'),
      },
    }),
  );
  expect(cdkBackup(['forecast', template, ...YEAR]).stdout).toContain(
    '\n  a plan selects it, but every job fails (Backup-PlanWithoutRule)\n',
  );
});

test('a template on stdin is forecast with the resource types of the configuration', () => {
  const template = JSON.stringify({
    Resources: {
      Plan: plan('orders', rule('daily', { EnableContinuousBackup: true })),
      Selection: selection({ Resources: ['*'] }),
      Bucket: backupReady('S3::Bucket'),
    },
  });
  const types = { S3: { continuous: false, source: 'announcement', asOf: '2026-11-01' } };
  const config = file('config.json', JSON.stringify({ resourceTypes: types }));
  const created = (...more: string[]) => {
    const args = ['forecast', '-', ...YEAR, '--format', 'json', ...more];
    return JSON.parse(cdkBackup(args, { stdin: template }).stdout).resources[0].recoveryPoints.created;
  };
  expect([created(), created('--config', config)]).toEqual([1, 365]);
});

test('JSON has every number, and nothing else on stdout', () => {
  const json = JSON.parse(forecast(...YEAR, '--format', 'json', '--on', '2027-03-01').stdout);
  expect(json).toMatchObject({
    from: '2027-01-01T00:00:00.000Z',
    to: '2028-01-01T00:00:00.000Z',
    rules: [
      {
        plan: 'orders',
        rule: 'daily',
        runs: 353,
        skipped: 12,
        firstRun: '2027-01-02T05:00:00.000Z',
        longestGapMinutes: 2880,
      },
      { plan: 'orders', rule: 'monthly', runs: 12, skipped: 0 },
    ],
    resources: [
      {
        logicalId: 'Table',
        resourceType: 'DynamoDB',
        protected: true,
        rpoMinutes: 1440,
        worstCaseMinutes: 1500,
        continuousRpoMinutes: null,
        recoveryPoints: { created: 365, alive: 46, warm: 34, cold: 12, expired: 319 },
        copies: { created: 353, alive: 88, warm: 88, cold: 0, expired: 265 },
        oldestAlive: '2027-01-01T05:00:00.000Z',
        newestAlive: '2027-12-31T05:00:00.000Z',
      },
      {
        logicalId: 'Cache',
        protected: false,
        rpoMinutes: null,
        recoveryPoints: { created: 0 },
        oldestAlive: null,
      },
      { logicalId: 'Bucket' },
    ],
    vaults: [
      { vault: 'orders', account: null, region: null, recoveryPoints: { alive: 92 } },
      { vault: 'central', account: '222222222222', region: 'eu-west-1', recoveryPoints: { alive: 176 } },
    ],
    restorable: [{ logicalId: 'Table', points: 93, anyMomentSince: null }, { points: 0 }, { points: 93 }],
  });
  expect(json.timeline).toHaveLength(13);
  expect(json.timeline[1]).toMatchObject({ date: '2027-02-01', alive: 122, warm: 121, cold: 1 });
});

test('Markdown has the same tables, and folds the timeline', () => {
  const { stdout } = forecast(...YEAR, '--format', 'markdown');
  expect(stdout).toContain('| orders | daily | 353 | 12 | 2 days | 2027-01-02T05:00Z |');
  expect(stdout).toContain('<details><summary>Recovery points and copies over time</summary>');
  expect(stdout).toContain('- 1 resource without recovery points: `app/Cache`');
});

test('without `--from`, the forecast starts today at midnight UTC, and says so', () => {
  expect(forecast('--for', 'P90D').stdout).toMatch(/^Forecast from 2026-11-21 to 2027-02-19 \(90 days\)\n/);
});

test.each([
  ['P1M', '2027-01-31', '2027-02-28'],
  ['P1Y', '2028-02-29', '2029-02-28'],
  ['P1Y2M3W4D', '2027-01-01', '2028-03-26'],
  ['PT36H', '2027-01-01', '2027-01-02T12:00Z'],
])('%s after %s ends on %s', (length, from, to) => {
  expect(forecast('--from', from, '--for', length).stdout).toContain(`from ${from} to ${to}`);
});

test.each([
  [
    ['--from', 'tomorrow'],
    '`--from` must be a date such as `2027-01-01`, or an instant such as `2027-01-01T06:00Z`, got `tomorrow`',
  ],
  [
    ['--from', '2027-02-30'],
    '`--from` must be a date such as `2027-01-01`, or an instant such as `2027-01-01T06:00Z`, got `2027-02-30`',
  ],
  [
    ['--from', '2027-01-01T06:00'],
    '`--from` must be a date such as `2027-01-01`, or an instant such as `2027-01-01T06:00Z`, got `2027-01-01T06:00`',
  ],
  [['--for', '90'], '`--for` must be a duration in ISO 8601, such as `P1Y` or `P90D`, got `90`'],
  [['--for', 'P'], '`--for` must be a duration in ISO 8601, such as `P1Y` or `P90D`, got `P`'],
  [['--for', 'P0D'], '`--for` must be a duration in ISO 8601, such as `P1Y` or `P90D`, got `P0D`'],
  [['--for', 'P1D2Y'], '`--for` must be a duration in ISO 8601, such as `P1Y` or `P90D`, got `P1D2Y`'],
  [
    ['--for', 'P500Y'],
    'the period must end in 2199 or earlier, the last year of AWS schedules, got `--for P500Y`',
  ],
  [
    ['--from', '2027-01-01', '--for', 'P1Y', '--on', '2029-01-01'],
    '`--on` must be a date in the period, such as `2028-01-01`, got `2029-01-01`',
  ],
])('%s is refused', (args, message) => {
  expect(forecast(...args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `cdk-backup: ${message}; see \`cdk-backup forecast --help\`\n`,
  });
});

const sizes = file(
  'sizes.json',
  JSON.stringify({ types: { DynamoDB: { sizeGiB: 10 }, S3: { sizeGiB: 100 } } }),
);

test('with sizes, the report has storage and cost, what they assume, and what they leave out', () => {
  const { stdout, code } = forecast(...YEAR, '--sizes', sizes);
  expect(code).toBe(0);
  const [block] = PAGE.match(/Storage \(an estimate\)[\s\S]*?(?=\n```)/) as RegExpMatchArray;
  expect(stdout).toContain(block);
  expect(stdout).toContain('The cost assumes\n\n  prices of 2026-11-28, from public sources');
  expect(stdout).toContain('  restores, searches and indexes');
  const markdown = forecast(...YEAR, '--sizes', sizes, '--format', 'markdown').stdout;
  expect(markdown).toContain('### Cost (an estimate)');
});

test('the sizes and prices that the page shows are valid', () => {
  const [, shown] = PAGE.match(/```json\n(\{\n {2}"changePerDay"[\s\S]*?)```/) as RegExpMatchArray;
  expect(readSizes(JSON.parse(shown)).problems).toEqual([]);
  const [, prices] = PAGE.match(/```json\n(\{\n {2}"currency"[\s\S]*?)```/) as RegExpMatchArray;
  expect(readPrices(JSON.parse(prices)).problems).toEqual([]);
});

test('JSON has the storage and the cost of each month, vault and type, and null without sizes', () => {
  const { timeline, cost } = JSON.parse(forecast(...YEAR, '--sizes', sizes, '--format', 'json').stdout);
  expect(timeline[0]).toEqual({
    date: '2027-01-01',
    alive: 0,
    warm: 0,
    cold: 0,
    storageGiB: 0,
    monthlyCost: 0,
  });
  const months = timeline.map(({ monthlyCost }: { monthlyCost: number }) => monthlyCost);
  expect(months.reduce((sum: number, one: number) => sum + one)).toBeCloseTo(cost.total, 1);
  expect(cost).toMatchObject({
    currency: 'USD',
    byVault: [
      { vault: 'orders', byType: [{ resourceType: 'DynamoDB' }, { resourceType: 'S3' }] },
      { vault: 'central', account: '222222222222', region: 'eu-west-1' },
    ],
  });
  expect(cost.byVault[0].byType[0].timeline).toHaveLength(timeline.length);
  const without = JSON.parse(forecast(...YEAR, '--format', 'json').stdout);
  expect(without.timeline[3]).toMatchObject({ storageGiB: null, monthlyCost: null });
  expect(without.cost).toMatchObject({
    total: null,
    perMonth: null,
    byVault: [{ total: null }, { total: null }],
  });
});

test.each<[string, string, string]>([
  [
    'sizes',
    '{"types":{"S3":{"sizeGiB":-5}}}',
    '`types/S3/sizeGiB`: must be a number of GiB from 0 to 1073741824, got -5',
  ],
  ['sizes', '{"types":', 'is not valid JSON: it ends unexpectedly'],
  ['sizes', '{"resources":{"app/Tabel":{"sizeGiB":1}}}', '; use `app/Table`'],
  [
    'prices',
    '{"prices":{"*":{"EBS":"cheap"}}}',
    '`prices/*/EBS`: must be a price from 0 to 1000000, or null for none, got `cheap`',
  ],
])('bad %s %s are refused with the file, the path and the reason', (option, content, reason) => {
  const bad = file(`bad-${option}.json`, content);
  const { code, stdout, stderr } = forecast(...YEAR, `--${option}`, bad);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`cdk-backup: ${bad}: `);
  expect(stderr).toContain(reason);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('sizes that cannot be read are refused', () => {
  expect(forecast(...YEAR, '--sizes', 'missing.json')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'cdk-backup: missing.json: no such file\n',
  });
});

test('with standards, it says who misses their RPO, retention, copies and restore tests', () => {
  const standard = ['--standard', 'csa-ccm', '--threshold', 'maxBackupIntervalHours=12'];
  const { objectives } = JSON.parse(forecast(...YEAR, ...standard, '--format', 'json').stdout);
  expect(objectives).toEqual([
    {
      stack: 'app',
      logicalId: 'Table',
      standard: 'csa-ccm',
      missed: ['its RPO is 24 hours, at most 12 hours allowed', 'no restore test certainly covers it'],
      open: [],
    },
    {
      stack: 'app',
      logicalId: 'Cache',
      standard: 'csa-ccm',
      missed: ['no backup plan certainly protects it'],
      open: [],
    },
    {
      stack: 'app',
      logicalId: 'Bucket',
      standard: 'csa-ccm',
      missed: ['its RPO is 24 hours, at most 12 hours allowed', 'no restore test certainly covers it'],
      open: [],
    },
  ]);
  expect(forecast(...YEAR, ...standard).stdout).toContain(
    'What misses the RPO, the retention or the copies of a standard',
  );
  expect(JSON.parse(forecast(...YEAR, '--format', 'json').stdout)).not.toHaveProperty('objectives');
});

test.each([
  [['--standard', 'hippa'], '`name` must be the name of a standard, got `hippa`; did you mean `hipaa`?'],
  [['--threshold', 'minRetentionDays=90'], 'specify a standard with `--standard` for `--threshold`'],
])('%j is refused', (args, message) => {
  expect(forecast(...args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `cdk-backup: ${message}; see \`cdk-backup forecast --help\`\n`,
  });
});
