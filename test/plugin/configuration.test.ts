import { type App, Stack, Validations } from 'aws-cdk-lib';
import { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { BackupChecks } from '../../src/plugin/backup-checks';
import type { BackupChecksProps } from '../../src/plugin/backup-checks-props';
import { CheckSeverity } from '../../src/plugin/check-severity';
import { ChecksFailOn } from '../../src/plugin/checks-fail-on';
import { cdkBackup, workFolder } from '../cli/core/command';
import { testApp } from '../support/app';
import { validated } from '../support/validation';

const file = workFolder();
let files = 0;
const configuration = (content: object | string) =>
  file(`${files++}.json`, typeof content === 'string' ? content : JSON.stringify(content));

/** A stack with two wrong rules and a table, and the checks. */
function app(props?: BackupChecksProps): App {
  const app = testApp();
  if (props) Validations.of(app).addPlugins(new BackupChecks(props));
  const stack = new Stack(app, 'Orders');
  new CfnBackupPlan(stack, 'Plan', {
    backupPlan: {
      backupPlanName: 'gold',
      backupPlanRule: ['no!', 'no?'].map((ruleName) => ({ ruleName, targetBackupVault: 'Default' })),
    },
  });
  new CfnTable(stack, 'Table', {
    keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
    attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    billingMode: 'PAY_PER_REQUEST',
  });
  return app;
}

/** `rule severity`, of the report of the CDK. */
function reported(props: BackupChecksProps): string[] {
  const report = validated(app(props)).plugins.find(({ pluginName }) => pluginName === 'BackupChecks');
  return (report?.violations ?? []).map(({ ruleName, severity }) => `${ruleName} ${severity}`);
}

const NAME = 'Backup-RuleName';

describe('the plugin reads the configuration file of the command', () => {
  test('severities, disabled checks and the severity that fails', () => {
    const configurationFile = configuration({
      severities: { [NAME]: 'warning' },
      disabled: ['Backup-DefaultVault'],
      failOn: 'warning',
    });
    const found = reported({ configurationFile });
    expect(found).toContain(`${NAME} error`); // what fails is an error for the CDK
    expect(found.some((one) => one.startsWith('Backup-DefaultVault'))).toBe(false);
  });

  test('minimum coverage', () => {
    expect(reported({ configurationFile: configuration({ minimumCoverage: 1 }) })).toContain(
      'Backup-Unprotected error',
    );
  });

  test('accepted places', () => {
    const ignore = [{ place: 'Orders/Plan', ids: [NAME], reason: 'never deployed' }];
    expect(reported({ configurationFile: configuration({ ignore }) }).join()).not.toContain(NAME);
    const expired = [{ ...ignore[0], until: '2020-01-01' }];
    expect(reported({ configurationFile: configuration({ ignore: expired }) }).join()).toContain(NAME);
  });

  test('a baseline that the command has written of the same app', () => {
    const baseline = configuration('{}');
    cdkBackup(['check', app().synth().directory, '--write-baseline', baseline]);
    expect(reported({ configurationFile: configuration({ baseline }) })).toEqual([]);
  });

  test('its properties override the file, and add to it', () => {
    const configurationFile = configuration({
      severities: { [NAME]: 'note' },
      failOn: 'never',
      disabled: ['Backup-DefaultVault'],
    });
    const found = reported({
      configurationFile,
      severities: { [NAME]: CheckSeverity.ERROR },
      failOn: ChecksFailOn.ERROR,
      disabled: ['Backup-RetentionMissing'],
    });
    expect(found).toContain(`${NAME} error`);
    expect(found.join()).not.toMatch(/DefaultVault|RetentionMissing/);
  });

  test('in the working directory, if none is named', () => {
    const folder = file('app/.cdk-backup.json', JSON.stringify({ disabled: [NAME] })).replace(/\/[^/]*$/, '');
    jest.spyOn(process, 'cwd').mockReturnValue(folder);
    try {
      expect(reported({}).join()).not.toContain(NAME);
    } finally {
      jest.restoreAllMocks();
    }
  });
});

describe('mistakes are thrown when the plugin is created, with file, path and reason', () => {
  test('in the file', () => {
    const configurationFile = configuration({ disabled: ['Backup-RulName'], failon: 'error' });
    expect(() => new BackupChecks({ configurationFile })).toThrow(
      `2 problems of \`BackupChecks\`:
  - ${configurationFile}: \`disabled/0\`: must be the ID of a check, got \`Backup-RulName\`; use \`${NAME}\`
  - ${configurationFile}: \`failon\`: is not a known property; use \`failOn\``,
    );
  });

  test('a file that does not exist', () => {
    expect(() => new BackupChecks({ configurationFile: '/no/such.json' })).toThrow(
      '/no/such.json: no such file (in `BackupChecks`)',
    );
  });

  test('a baseline that does not exist', () => {
    const configurationFile = configuration({ baseline: '/gone.json' });
    expect(() => new BackupChecks({ configurationFile })).toThrow(
      '/gone.json: no such file (in `BackupChecks`)',
    );
  });

  test('what is no path', () => {
    expect(() => new BackupChecks({ configurationFile: '' })).toThrow(
      '`configurationFile` must be the path of a file, got an empty string (in `BackupChecks`)',
    );
  });
});

test('an unknown id in `disabled` gets the nearest one', () => {
  expect(() => new BackupChecks({ disabled: ['Backup-Nope', 'Backup-rulename'] })).toThrow(
    /got `Backup-Nope`; use Backup-\w+, or another ID from docs\/checks.md\n.*got `Backup-rulename`; use Backup-RuleName, or/,
  );
});
