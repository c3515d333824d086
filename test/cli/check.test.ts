import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnBackupPlan, CfnBackupVault as CfnVault } from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { displayWidth } from '../../src/cli/core/layout';
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
  test('a finding has the id, severity, stack, logical id, path, message, fix and page, and nothing else is printed', () => {
    const { stdout, stderr } = cdkBackup(['check', '--format', 'json', broken]);
    expect(stderr).toBe('');
    const { findings, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({});
    expect(findings).toContainEqual({
      id: 'Backup-RuleName',
      severity: 'error',
      stack: 'broken',
      logicalId: 'Plan',
      path: 'Properties/BackupPlan/BackupPlanRule/1/RuleName',
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
  test('a finding says what, the fix, where, and the page', () => {
    const { stdout } = cdkBackup(['check', broken]);
    expect(stdout).toContain(
      `error  Backup-RuleName
  ${RULE_NAME}
  fix: use \`no\`
    - broken/Plan Properties/BackupPlan/BackupPlanRule/1/RuleName
  ${PAGE}\n\n`,
    );
  });

  test('findings of one check share a sentence, with the names that differ behind each place', () => {
    const other = json('other.json', planTemplate('no!', 'daily'));
    const { stdout } = cdkBackup(['check', broken, other, '--only', 'Backup-RetentionMissing']);
    expect(stdout).toBe(
      `warning  Backup-RetentionMissing in 4 places of 2 stacks
  \`DeleteAfterDays\` of rule \`…\` of plan \`gold\` is not set, so recovery points are kept forever
  fix: set \`DeleteAfterDays\`, or use -1 to keep recovery points forever
    - broken/Plan Properties/BackupPlan/BackupPlanRule/0 (\`daily\`)
    - broken/Plan Properties/BackupPlan/BackupPlanRule/1 (\`no!\`)
    - other/Plan Properties/BackupPlan/BackupPlanRule/0 (\`no!\`)
    - other/Plan Properties/BackupPlan/BackupPlanRule/1 (\`daily\`)
  https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html

4 warnings (1 check, 2 stacks)\n`,
    );
  });

  test('a path that all places of a sentence share is written once', () => {
    const more = ['a', 'b'].map((name) => json(`${name}.json`, planTemplate('daily')));
    const { stdout } = cdkBackup(['check', ...more, '--only', 'Backup-DefaultVault']);
    expect(stdout).toContain(
      '  at:  Properties/BackupPlan/BackupPlanRule/0/TargetBackupVault\n    - a/Plan\n    - b/Plan\n',
    );
  });

  test('the first ten places of a check are listed, with --verbose all', () => {
    const rules = json('rules.json', planTemplate(...Array.from({ length: 25 }, (_, i) => `rule-${i}`)));
    const listed = (...more: string[]) =>
      cdkBackup(['check', rules, '--only', 'Backup-DefaultVault', ...more]).stdout.match(
        /^ {4}- .*$|^ {2}….*$/gm,
      );
    expect(listed()).toHaveLength(11);
    expect(listed()?.at(-1)).toBe('  … and 15 more (--verbose lists all)');
    expect(listed('--verbose')).toHaveLength(25);
  });

  test('the most severe checks come first, then those in the most places, and a table repeats them', () => {
    const mixed = json('mixed.json', planTemplate('daily', 'daily', 'no!'));
    const { stdout } = cdkBackup(['check', mixed, warned]);
    const heads = [...stdout.matchAll(/^(error|warning|note) {2}(\S+)(?: in (\d+) places.*)?$/gm)];
    const groups = heads.map(([, severity, id, places]) => ({ severity, id, places: Number(places ?? 1) }));
    const rank = ({ severity }: { severity: string }) => ['error', 'warning', 'note'].indexOf(severity);
    expect(groups).toEqual([...groups].sort((a, b) => rank(a) - rank(b) || b.places - a.places));
    expect(new Set(groups.map(({ severity }) => severity)).size).toBeGreaterThan(1);
    const table = [...stdout.matchAll(/^ {2}(error|warning|note) +(\S+) +(\d+) +\d+$/gm)];
    expect(table.map(([, severity, id, places]) => ({ severity, id, places: Number(places) }))).toEqual(
      groups,
    );
    expect(stdout).toMatch(/\n1 error, \d+ warnings(, \d+ notes?)? \(\d+ checks, 2 stacks\)\n$/);
  });

  test.each([80, 160])('no line is wider than %i columns, except for web addresses', (columns) => {
    const everything = join(__dirname, '../support/everything.json');
    const { stdout } = cdkBackup(['check', everything, broken], { tty: true, columns, env: { CI: '1' } });
    const lines = stdout.split('\n').filter((line) => !line.includes('https://'));
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.filter((line) => displayWidth(line) > columns)).toEqual([]);
  });

  test('wrapped text keeps its indentation', () => {
    const { stdout } = cdkBackup(['check', broken], { env: { COLUMNS: '60' } });
    expect(stdout).toContain(
      `error  Backup-RuleName
  \`RuleName\` of plan \`gold\` must be 1 to 50 characters from
  \`a-z\`, \`A-Z\`, \`0-9\`, \`-\`, \`_\` and \`.\`, got \`no!\`
  fix: use \`no\`
    - broken/Plan
      Properties/BackupPlan/BackupPlanRule/1/RuleName
`,
    );
  });

  test('hundreds of stacks with thousands of findings take at most 200 lines', () => {
    const many = Array.from({ length: 120 }, (_, i) =>
      json(`many/stack-${i}.json`, planTemplate(`daily-${i}`, 'no!', 'no!')),
    );
    for (const columns of [80, 160]) {
      const { stdout } = cdkBackup(['check', join(__dirname, '../support/everything.json'), ...many], {
        env: { COLUMNS: String(columns) },
      });
      expect(stdout.split('\n').length).toBeLessThanOrEqual(201);
      expect(stdout).toContain('Backup-RuleName');
    }
  });

  test('stacks with the same name in two assemblies are told apart', () => {
    const folders = ['111122223333', '444455556666'].map((account) => {
      const app = testApp();
      const stack = new Stack(app, 'Orders', { env: { account, region: 'eu-west-1' } });
      new CfnBackupPlan(stack, 'Plan', {
        backupPlan: {
          backupPlanName: 'gold',
          backupPlanRule: [{ ruleName: 'no!', targetBackupVault: 'Default' }],
        },
      });
      return app.synth().directory;
    });
    const only = ['--only', 'Backup-RuleName'];
    const { stdout } = cdkBackup(['check', ...folders, ...only]);
    expect(stdout).toContain('in 2 places of 2 stacks');
    expect(stdout).toContain('- Orders/Plan (111122223333, eu-west-1)');
    expect(stdout).toContain('- Orders/Plan (444455556666, eu-west-1)');
    const { findings } = JSON.parse(cdkBackup(['check', ...folders, ...only, '--format', 'json']).stdout);
    expect(findings.map(({ template }: { template: string }) => template)).toEqual(
      folders.map((folder) => join(folder, 'Orders.template.json')),
    );
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
    ['has some elsewhere where FORCE_COLOR is set', { tty: false, env: { FORCE_COLOR: '1' } }, true],
    [
      'has some in spite of NO_COLOR where FORCE_COLOR is set',
      { env: { FORCE_COLOR: '3', NO_COLOR: '1' } },
      true,
    ],
    ['has none on a terminal where FORCE_COLOR is 0', { tty: true, env: { FORCE_COLOR: '0' } }, false],
  ])('it %s', (_, options, colours) => {
    expect(cdkBackup(['check', broken], options).stdout.includes(ESCAPE)).toBe(colours);
  });

  test('text from a template never reaches the terminal as a control sequence', () => {
    const hostile = json('hostile.json', planTemplate(`${ESCAPE}[2J\r\nbad`));
    expect(cdkBackup(['check', hostile]).stdout).not.toContain(ESCAPE);
  });
});

describe('as Markdown', () => {
  test('a table of the checks is followed by the places of each', () => {
    const { stdout } = cdkBackup(['check', broken, '--format', 'markdown']);
    expect(stdout).toMatch(/^## AWS Backup: 1 error.*\n\n\d+ checks over 1 stack\.\n\n\| severity \| check /);
    expect(stdout).toContain(`| error | [Backup-RuleName](${PAGE}) | 1 | 1 |\n`);
    expect(stdout).toContain(
      `### error: Backup-RuleName

${RULE_NAME}

Fix: use \`no\`.

- **broken/Plan** Properties/BackupPlan/BackupPlanRule/1/RuleName\n`,
    );
  });

  test('a comment of GitHub has room for it, whatever is found', () => {
    const names = Array.from({ length: 300 }, (_, i) => `${'no! '.repeat(10 + (i % 7))}${'x '.repeat(i)}`);
    const wide = json('wide.json', planTemplate(...names));
    const { stdout } = cdkBackup([
      'check',
      join(__dirname, '../support/everything.json'),
      wide,
      '--format',
      'markdown',
    ]);
    expect(stdout.length).toBeLessThanOrEqual(65_536);
    expect(stdout).toContain('… and ');
  });

  test('text from a template is escaped in Markdown', () => {
    const name = '<img src=x>|[a](b)*_';
    const { stdout } = cdkBackup([
      'check',
      json('markdown.json', planTemplate(name, name)),
      '--format=markdown',
    ]);
    const rows = stdout.split('\n').filter((line) => line.startsWith('| error'));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.replace(/\\./g, '').split('|')).toHaveLength(6);
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
    expect(readFileSync(out, 'utf8')).toContain(`error  Backup-RuleName\n  ${RULE_NAME}`);
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

test('`-` reads a template from stdin, in JSON or YAML', () => {
  const stdin = readFileSync(broken, 'utf8');
  const { code, stdout } = cdkBackup(['check', '-', '--only', 'Backup-RuleName'], { stdin });
  expect(code).toBe(1);
  expect(stdout).toContain('- stdin/Plan Properties/BackupPlan/BackupPlanRule/1/RuleName\n');
  expect(cdkBackup(['check', '-'], { stdin: 'Resources: {}' })).toMatchObject({ code: 0 });
  expect(cdkBackup(['check', '-'], { stdin: ' ' })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'cdk-backup: stdin: is empty\n',
  });
});

describe('a choice of checks', () => {
  const idsWith = (...args: string[]) =>
    JSON.parse(cdkBackup(['check', broken, '--format', 'json', ...args]).stdout).findings.map(
      ({ id }: { id: string }) => id,
    );

  test('--only runs these, --ignore leaves these out; both may be repeated, or have commas', () => {
    const all = new Set(idsWith());
    expect(new Set(idsWith('--only', 'Backup-RuleName'))).toEqual(new Set(['Backup-RuleName']));
    expect(new Set(idsWith('--only=Backup-RuleName,Backup-DefaultVault'))).toEqual(
      new Set(['Backup-RuleName', 'Backup-DefaultVault']),
    );
    const left = new Set(idsWith('--ignore', 'Backup-RuleName', '--ignore', 'Backup-DefaultVault'));
    expect(left).toEqual(
      new Set([...all].filter((id) => id !== 'Backup-RuleName' && id !== 'Backup-DefaultVault')),
    );
    expect(left.size).toBeGreaterThan(0);
  });

  test.each(['only', 'ignore'])('--%s suggests the nearest id for an unknown one', (option) => {
    expect(cdkBackup(['check', broken, `--${option}`, 'Backup-RuleNam'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `cdk-backup: \`--${option}\` must be the ID of a check, got \`Backup-RuleNam\`; use Backup-RuleName, or another ID from docs/checks.md; see \`cdk-backup check --help\`\n`,
    });
  });
});

describe('the line of the code', () => {
  /** An assembly whose metadata has a trace for a construct. */
  function assembly(trace: object, path = '/Orders/Plan'): string {
    const app = testApp();
    const stack = new Stack(app, 'Orders');
    new CfnBackupPlan(stack, 'Plan', {
      backupPlan: {
        backupPlanName: 'gold',
        backupPlanRule: [{ ruleName: 'no!', targetBackupVault: 'Default' }],
      },
    });
    const { directory } = app.synth();
    const metadata = join(directory, 'Orders.metadata.json');
    const logicalId = { type: 'aws:cdk:logicalId', data: 'Plan' };
    writeFileSync(
      metadata,
      JSON.stringify({
        '/Orders/Plan': [logicalId],
        [path]: path === '/Orders' ? [trace] : [logicalId, trace],
      }),
    );
    return directory;
  }
  const sourceOf = (folder: string, cwd: string) =>
    JSON.parse(cdkBackup(['check', folder, '--format', 'json', '--only', 'Backup-RuleName'], { cwd }).stdout)
      .findings[0].source;
  const creation = (...data: string[]) => ({ type: 'aws:cdk:creationStack', data });

  test.each<[string, object, object | undefined]>([
    [
      'of a creation stack',
      creation('new Orders (/app/lib/orders.ts:12:5)'),
      { file: 'lib/orders.ts', line: 12, column: 5 },
    ],
    [
      'below those of packages',
      creation(
        '...aws-cdk-lib...',
        'new X (/app/node_modules/aws-cdk-lib/x.js:1:2)',
        'Module._compile (node:internal/modules:1:2)',
        '<anonymous> (/app/bin/app.ts:3:1)',
      ),
      { file: 'bin/app.ts', line: 3, column: 1 },
    ],
    ['without a column', creation('at /app/app.py:7'), { file: 'app.py', line: 7 }],
    [
      'outside of the working directory',
      creation('f (/lib/x.ts:1:1)'),
      { file: '/lib/x.ts', line: 1, column: 1 },
    ],
    [
      'in the trace of a logical id, as older versions write it',
      { type: 'aws:cdk:logicalId', data: 'Plan', trace: ['new Plan (/app/a.ts:9:9)'] },
      { file: 'a.ts', line: 9, column: 9 },
    ],
    [
      'which is unknown',
      creation('...aws-cdk-lib...', '(no user code in 10 frames, use --stack-trace-limit to capture more)'),
      undefined,
    ],
    ['in a trace that is none', { type: 'aws:cdk:creationStack', data: 'x' }, undefined],
  ])('%s is in JSON', (_, trace, source) => {
    expect(sourceOf(assembly(trace), '/app')).toEqual(source);
  });

  test('that creates the parent counts where the construct has none', () => {
    expect(sourceOf(assembly(creation('f (/app/a.ts:1:1)'), '/Orders'), '/app')).toEqual({
      file: 'a.ts',
      line: 1,
      column: 1,
    });
  });

  test('is what the CDK records', () => {
    const app = testApp({
      context: { 'aws:cdk:disable-stack-trace': false, 'aws:cdk:disable-creation-stack-traces': false },
    });
    const stack = new Stack(app, 'Orders');
    new CfnBackupPlan(stack, 'Plan', {
      backupPlan: {
        backupPlanName: 'gold',
        backupPlanRule: [{ ruleName: 'no!', targetBackupVault: 'Default' }],
      },
    });
    const source = sourceOf(app.synth().directory, process.cwd());
    expect(source.file).toBe('test/cli/check.test.ts');
    const line = readFileSync(__filename, 'utf8').split('\n')[source.line - 1];
    expect(line).toContain("new CfnBackupPlan(stack, 'Plan', {");
  });

  test('is in text, and in SARIF the place, with the template as a related one', () => {
    const folder = assembly(creation('f (/app/lib/a.ts:4:2)'));
    const only = ['--only', 'Backup-RuleName'];
    expect(cdkBackup(['check', folder, ...only], { cwd: '/app' }).stdout).toContain(
      '- Orders/Plan Properties/BackupPlan/BackupPlanRule/0/RuleName at lib/a.ts:4:2\n',
    );
    const sarif = (cwd: string) =>
      JSON.parse(cdkBackup(['check', folder, ...only, '--format', 'sarif'], { cwd }).stdout).runs[0]
        .results[0];
    expect(sarif('/app')).toMatchObject({
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'lib/a.ts', uriBaseId: '%SRCROOT%' },
            region: { startLine: 4, startColumn: 2 },
          },
        },
      ],
      relatedLocations: [
        { physicalLocation: { artifactLocation: { uri: expect.stringMatching(/Orders.template.json$/) } } },
      ],
    });
    // code outside of the repository can't be shown
    expect(sarif('/elsewhere').locations[0].physicalLocation.artifactLocation.uri).toMatch(/template\.json$/);
  });
});
