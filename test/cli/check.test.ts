import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnBackupPlan, CfnBackupVault as CfnVault } from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { testApp } from '../support/app';
import { cdkBackup, planTemplate, workFolder } from './core/command';

const file = workFolder();
const json = (name: string, value: object) => file(name, JSON.stringify(value, undefined, 2));
const fine = json('fine.json', { Resources: {} });
const warned = json('warned.json', planTemplate('daily', 'daily'));
const broken = json('broken.json', planTemplate('daily', 'no!'));

const RULE_NAME =
  '`RuleName` of plan `gold` must be 1 to 50 characters from `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got `no!`';
const PAGE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html';

describe('the exit code', () => {
  test.each([
    ['0 where nothing is found', [fine], 0],
    ['0 on a warning', [warned], 0],
    ['1 on an error', [broken], 1],
    ['1 on an error in any of the paths', [fine, broken], 1],
    ['1 on a warning where it shall fail on that', [warned, '--fail-on', 'warning'], 1],
    ['1 on an error where it shall fail on a warning', ['--fail-on=warning', broken], 1],
    ['0 on an error where it shall never fail', ['--fail-on', 'never', broken], 0],
  ])('is %s', (_, args, code) => {
    expect(cdkBackup(['check', ...args])).toMatchObject({ code, stderr: '' });
  });
});

describe('as JSON', () => {
  test('a finding has the id, severity, stack, logical id, message, fix and page, and nothing else is printed', () => {
    const { stdout, stderr } = cdkBackup(['check', '--format', 'json', broken]);
    expect(stderr).toBe('');
    const { findings, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({});
    expect(findings).toContainEqual({
      id: 'Backup-RuleName',
      severity: 'error',
      stack: 'broken',
      logicalId: 'Plan',
      message: RULE_NAME,
      fix: 'use `no`',
      docs: PAGE,
    });
  });

  test('a cloud assembly has the construct path too, and the stacks of its stages', () => {
    const app = testApp();
    const stack = new Stack(new Stage(app, 'Prod'), 'Orders');
    new CfnBackupPlan(stack, 'Plan', {
      backupPlan: {
        backupPlanName: 'gold',
        backupPlanRule: [{ ruleName: 'no!', targetBackupVault: 'Default' }],
      },
    });
    const { directory } = app.synth();
    for (const path of [directory, `${directory}/manifest.json`]) {
      const { findings } = JSON.parse(cdkBackup(['check', path, '--format=json']).stdout);
      expect(findings).toContainEqual(
        expect.objectContaining({
          id: 'Backup-RuleName',
          stack: 'Prod-Orders',
          logicalId: 'Plan',
          constructPath: 'Prod/Orders/Plan',
        }),
      );
    }
  });

  test('nothing found is an empty list', () => {
    expect(JSON.parse(cdkBackup(['check', '--format', 'json', fine]).stdout)).toEqual({ findings: [] });
  });
});

describe('acknowledged findings', () => {
  /** A stack with a plan of which the name of a rule is wrong, and the folder that it is synthesized into. */
  function app(acknowledge: (plan: CfnBackupPlan) => unknown): string {
    const app = testApp();
    const stack = new Stack(new Stage(app, 'Prod'), 'Orders');
    const rule = { ruleName: 'no!', targetBackupVault: 'Default', lifecycle: { deleteAfterDays: 35 } };
    acknowledge(
      new CfnBackupPlan(stack, 'Plan', { backupPlan: { backupPlanName: 'gold', backupPlanRule: [rule] } }),
    );
    return app.synth().directory;
  }
  const reason = 'never deployed';
  const id = 'BackupChecks::Backup-RuleName';
  const on = (scope: IConstruct, rule = id) => Validations.of(scope).acknowledge({ id: rule, reason });
  const alone = (folder: string) => cdkBackup(['check', folder, '--fail-on', 'error']);

  test.each<[string, (plan: CfnBackupPlan) => unknown]>([
    ['on the construct', (plan) => on(plan)],
    ['on one above', (plan) => on(plan.stack)],
    ['by the id alone, as for the warnings of constructs', (plan) => on(plan, 'Backup-RuleName')],
  ])('%s does not fail the command, and stays in the report with its reason', (_, acknowledge) => {
    const folder = app(acknowledge);
    const { code, stdout } = alone(folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/1 warning, 1 note, 1 acknowledged \(\d+ checks, 1 stack\)\n$/);
    const { findings, acknowledged } = JSON.parse(cdkBackup(['check', folder, '--format', 'json']).stdout);
    expect(findings.map((finding: { id: string }) => finding.id)).toEqual([
      'Backup-PlanWithoutSelection',
      'Backup-DefaultVault',
    ]);
    expect(acknowledged).toMatchObject([
      { id: 'Backup-RuleName', constructPath: 'Prod/Orders/Plan', reason },
    ]);
    expect(cdkBackup(['check', folder, '--format', 'markdown']).stdout).toContain(
      '### Acknowledged\n\n| where | finding | reason | check |',
    );
    const { runs } = JSON.parse(cdkBackup(['check', folder, '--format', 'sarif']).stdout);
    expect(runs[0].results[2]).toMatchObject({
      ruleId: 'Backup-RuleName',
      suppressions: [{ kind: 'inSource', status: 'accepted', justification: reason }],
    });
  });

  test.each<[string, (plan: CfnBackupPlan) => unknown]>([
    ['another rule', (plan) => on(plan, 'BackupChecks::Backup-RuleNames')],
    ['the rule of another plugin', (plan) => on(plan, 'Other::Backup-RuleName')],
    [
      'the rule on another construct',
      (plan) => on(new CfnVault(plan.stack, 'Vault', { backupVaultName: 'v-1' })),
    ],
  ])('is not %s', (_, acknowledge) => {
    expect(alone(app(acknowledge)).code).toBe(1);
  });
});

describe('as text', () => {
  test('a finding says what, where, the fix and the page, under its stack', () => {
    const { stdout } = cdkBackup(['check', broken]);
    expect(stdout).toMatch(/^broken\n\n/);
    expect(stdout).toContain(
      `\n  error    ${RULE_NAME}
           Plan Properties/BackupPlan/BackupPlanRule/1/RuleName
           fix: use \`no\`
           Backup-RuleName  ${PAGE}\n`,
    );
  });

  test('findings are sorted by severity in each stack, followed by a summary', () => {
    const mixed = json('mixed.json', planTemplate('daily', 'daily', 'no!'));
    const { stdout } = cdkBackup(['check', mixed, warned]);
    const [first, second] = ['mixed', 'warned'].map((name, index, names) =>
      stdout.slice(stdout.indexOf(`${name}\n\n`), stdout.indexOf(`${names[index + 1]}\n\n`)),
    );
    const severities = (section: string) =>
      [...section.matchAll(/^ {2}(error|warning|note) /gm)].map(([, name]) => name);
    const order = ['error', 'warning', 'note'];
    for (const section of [first, second])
      expect(severities(section)).toEqual(
        severities(section).sort((a, b) => order.indexOf(a) - order.indexOf(b)),
      );
    expect(severities(first)).toEqual(expect.arrayContaining(['error', 'warning']));
    expect(stdout).toMatch(/\n1 error, \d+ warnings(, \d+ notes?)? \(\d+ checks, 2 stacks\)\n$/);
  });

  test('reports that nothing was found', () => {
    expect(cdkBackup(['check', fine]).stdout).toMatch(/^nothing found \(\d+ checks, 1 stack\)\n$/);
  });

  const ESCAPE = '\u001b';

  test.each([
    ['has colours on a terminal', { tty: true }, true],
    ['has none elsewhere', { tty: false }, false],
    ['has none where NO_COLOR is set', { tty: true, env: { NO_COLOR: '1' } }, false],
    ['has none on a terminal that knows none', { tty: true, env: { TERM: 'dumb' } }, false],
  ])('it %s', (_, options, colours) => {
    expect(cdkBackup(['check', broken], options).stdout.includes(ESCAPE)).toBe(colours);
  });

  test('text from a template never reaches the terminal as a control sequence', () => {
    const hostile = json('hostile.json', planTemplate(`${ESCAPE}[2J\r\nbad`));
    expect(cdkBackup(['check', hostile]).stdout).not.toContain(ESCAPE);
  });
});

describe('as Markdown', () => {
  test('findings are a table for each stack', () => {
    const { stdout } = cdkBackup(['check', broken, '--format', 'markdown']);
    expect(stdout).toMatch(/^## AWS Backup: 1 error.*\n\n\d+ checks over 1 stack\.\n\n### broken\n\n/);
    expect(stdout).toContain(
      `| severity | where | finding | fix | check |
| --- | --- | --- | --- | --- |
| error | Plan | ${RULE_NAME} | use \`no\` | [Backup-RuleName](${PAGE}) |\n`,
    );
  });

  test('text from a template is escaped in Markdown', () => {
    const name = '<img src=x>|[a](b)*_';
    const { stdout } = cdkBackup([
      'check',
      json('markdown.json', planTemplate(name, name)),
      '--format=markdown',
    ]);
    const cells = stdout.split('\n').filter((line) => line.startsWith('| error'));
    for (const row of cells)
      expect(
        row
          .replace(/\\./g, '')
          .replace(/`[^`]*`/g, '')
          .split('|'),
      ).toHaveLength(7);
    expect(stdout.replace(/`[^`]*`/g, '')).not.toContain('<img');
  });
});

describe('with --out', () => {
  test('the result goes to a file, without colors, and stdout stays empty', () => {
    const out = file('out/report.txt', '');
    const { code, stdout, stderr } = cdkBackup(['check', broken, '--out', out], {
      tty: true,
      env: { CI: '1' },
    });
    expect([code, stdout, stderr]).toEqual([1, '', '']);
    expect(readFileSync(out, 'utf8')).toContain(`error    ${RULE_NAME}`);
  });

  test('a relative file is in the working directory, and `-` is stdout', () => {
    const folder = dirname(broken);
    cdkBackup(['check', broken, '--format', 'json', '--out', 'relative.json'], { cwd: folder });
    const { stdout } = cdkBackup(['check', broken, '--format', 'json', '--out', '-']);
    expect(readFileSync(`${folder}/relative.json`, 'utf8')).toBe(stdout);
  });
});

describe('progress', () => {
  test('is shown on stderr if it is a terminal, and cleared at the end', () => {
    const { stderr } = cdkBackup(['check', fine], { tty: true });
    expect(stderr).toContain(`reading ${fine} …`);
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
  });

  test('is not shown otherwise', () => {
    expect(cdkBackup(['check', fine]).stderr).toBe('');
    expect(cdkBackup(['check', fine], { tty: true, env: { CI: 'true' } }).stderr).toBe('');
  });
});
