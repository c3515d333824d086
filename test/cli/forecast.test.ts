import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plan, resource, rule, selection, tags } from '../support/backups';
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
      Bucket: resource('S3::Bucket', { Tags: tags({ backup: 'yes' }) }),
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

test('text fits into 80 columns, whatever the names', () => {
  const long = 'a'.repeat(60);
  const template = file(
    'long.json',
    JSON.stringify({
      Resources: {
        Plan: plan(long, rule(long, { TargetBackupVault: long })),
        Selection: selection({ Resources: ['*'] }),
        [`Table${long}`]: resource('DynamoDB::Table'),
      },
    }),
  );
  const lines = [
    forecast(...YEAR).stdout,
    cdkBackup(['forecast', template, ...YEAR, '--on', '2027-06-01']).stdout,
  ]
    .join('\n')
    .split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.some((line) => line.includes('…'))).toBe(true);
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
