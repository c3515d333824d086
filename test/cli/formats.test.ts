import { join } from 'node:path';
import Ajv from 'ajv';
import { Stack, Validations } from 'aws-cdk-lib';
import { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import { testApp } from '../support/app';
import { elementsOf, junitProblems, parseJunit } from '../support/junit';
import { cdkBackup, planTemplate, workFolder } from './core/command';

const file = workFolder();
const template = (name: string, ...rules: string[]) =>
  file(name, JSON.stringify(planTemplate(...rules), undefined, 2));
const fine = file('fine.json', '{"Resources": {}}');
const broken = template('broken.json', 'daily', 'no!');
const hostile = template(
  'hostile.json',
  `<a href="x">&amp;]]>\u0007\u001b[2J`,
  '100%, ::error::\r\nx',
  'é 😀 \ud800',
);
const EVERYTHING = join(__dirname, '../support/everything.json');

/** An assembly whose plan is acknowledged. */
function acknowledged(): string {
  const app = testApp();
  const stack = new Stack(app, 'Accepted');
  const plan = new CfnBackupPlan(stack, 'Plan', {
    backupPlan: {
      backupPlanName: 'gold',
      backupPlanRule: [{ ruleName: 'no!', targetBackupVault: 'Default' }],
    },
  });
  Validations.of(plan).acknowledge({ id: 'BackupChecks::Backup-RuleName', reason: 'never "deployed" <yet>' });
  return app.synth().directory;
}

const INPUTS: [string, string[]][] = [
  ['nothing', [fine]],
  ['a finding', [broken]],
  ['many', [EVERYTHING, broken, fine]],
  ['hostile text', [hostile]],
  ['acknowledged findings', [acknowledged()]],
];

function as(format: string, paths: readonly string[], ...more: string[]) {
  const { stdout, stderr, code } = cdkBackup(['check', ...paths, '--format', format, ...more], {
    cwd: join(broken, '..'),
  });
  expect(stderr).toBe('');
  return { stdout, code };
}

interface Reported {
  readonly id: string;
  readonly severity: string;
  readonly message: string;
  readonly fix: string;
}
const inJson = (paths: readonly string[]): Reported[] => JSON.parse(as('json', paths).stdout).findings;

describe('JUnit XML', () => {
  test.each(INPUTS)('of %s is well-formed, fits the grammar, and has the right counts', (_, paths) => {
    expect(junitProblems(parseJunit(as('junit', paths).stdout))).toEqual([]);
  });

  test('the grammar refuses what is wrong', () => {
    const problems = (xml: string) => junitProblems(parseJunit(xml));
    expect(
      problems('<testsuites tests="2"><testsuite><testcase time="x"/></testsuite></testsuites>'),
    ).toEqual([
      '<testsuites tests="2"> has 1',
      '<testsuite> must have name',
      '<testcase time="x"> is not allowed',
      '<testcase> must have name',
    ]);
    expect(problems('<testsuites><a/>x</testsuites>')).toEqual([
      '<a> is not allowed in <testsuites>',
      '<testsuites> must have no text',
      '<a> is unknown',
    ]);
    expect(() => parseJunit('<testsuites><a></testsuites>')).toThrow();
  });

  test('findings at or above the threshold are failures, those below pass with output', () => {
    const failures = (...more: string[]) =>
      elementsOf(parseJunit(as('junit', [EVERYTHING, broken], ...more).stdout), 'failure').length;
    const findings = inJson([EVERYTHING, broken]);
    const amount = (...severities: string[]) =>
      findings.filter(({ severity }) => severities.includes(severity)).length;
    expect(amount('error')).toBeGreaterThan(0);
    expect(failures()).toBe(amount('error'));
    expect(failures('--fail-on', 'warning')).toBe(amount('error', 'warning'));
    expect(failures('--fail-on', 'never')).toBe(0);
    const root = parseJunit(as('junit', [broken]).stdout);
    expect(elementsOf(root, 'system-out').length).toBe(
      inJson([broken]).filter(({ severity }) => severity !== 'error').length,
    );
  });

  test('a test case has the check, the place, the stack, the message, the fix and the line', () => {
    const root = parseJunit(as('junit', [broken], '--only', 'Backup-RuleName').stdout);
    const [one] = elementsOf(root, 'testcase');
    expect([one.getAttribute('name'), one.getAttribute('classname')]).toEqual([
      'Backup-RuleName: Plan Properties/BackupPlan/BackupPlanRule/1/RuleName',
      'broken',
    ]);
    const [failure] = elementsOf(one, 'failure');
    expect(failure.getAttribute('message')).toMatch(/^`RuleName` of plan `gold` must be .*, got `no!`$/);
    expect(failure.textContent).toMatch(/\nfix: use `no`\nbroken\.json:14\nhttps:/);
  });

  test('acknowledged findings are skipped, with the reason; a stack without findings passes', () => {
    const root = parseJunit(as('junit', [acknowledged(), fine], '--only', 'Backup-RuleName').stdout);
    expect(elementsOf(root, 'skipped').map((one) => one.getAttribute('message'))).toEqual([
      'acknowledged: never "deployed" <yet>',
    ]);
    expect(elementsOf(root, 'testcase').map((one) => one.getAttribute('name'))).toEqual([
      'Backup-RuleName: Accepted/Plan Properties/BackupPlan/BackupPlanRule/0/RuleName',
      'all checks',
    ]);
  });
});

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, 2026-11. */
const CODE_QUALITY = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          // relative to the repository, without `./`
          path: { type: 'string', not: { pattern: '^\\./' } },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
    additionalProperties: false,
  },
};

describe('Code Quality of GitLab', () => {
  const validate = new Ajv({ allErrors: true }).compile(CODE_QUALITY);

  test.each(INPUTS)('of %s fits what GitLab documents, and every fingerprint is distinct', (_, paths) => {
    const issues = JSON.parse(as('gitlab', paths).stdout) as { fingerprint: string; check_name: string }[];
    validate(issues);
    expect(validate.errors).toBeNull();
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    expect(issues.map(({ check_name }) => check_name)).toEqual(inJson(paths).map(({ id }) => id));
  });

  test('a finding has its message with the fix, file and line', () => {
    expect(JSON.parse(as('gitlab', [broken], '--only', 'Backup-RuleName').stdout)).toEqual([
      {
        description: expect.stringMatching(/^`RuleName` of plan `gold` must be .*, got `no!`; use `no`$/),
        check_name: 'Backup-RuleName',
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        severity: 'major',
        location: { path: 'broken.json', lines: { begin: 14 } },
      },
    ]);
  });
});

/** Workflow commands as the runner of GitHub Actions reads them (actions/runner, `ActionCommand.cs`). */
function workflowCommands(
  text: string,
): { command: string; properties: Record<string, string>; message: string }[] {
  const decoded = (value: string, property = false) => {
    const data = value.replace(/%0D/g, '\r').replace(/%0A/g, '\n');
    return (property ? data.replace(/%3A/g, ':').replace(/%2C/g, ',') : data).replace(/%25/g, '%');
  };
  return text.split('\n').flatMap((line) => {
    const match = /^::([a-z]+)(?: (.*?))?::(.*)$/s.exec(line);
    if (!match) return [];
    const [, command, list = '', message] = match;
    const properties = Object.fromEntries(
      list.split(',').map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), decoded(pair.slice(at + 1), true)];
      }),
    );
    return [{ command, properties, message: decoded(message) }];
  });
}

describe('annotations of GitHub', () => {
  test.each(INPUTS)('of %s are read as one command for each finding', (_, paths) => {
    const { stdout } = as('github', paths);
    const commands = workflowCommands(stdout);
    const findings = inJson(paths);
    expect(commands).toHaveLength(findings.length);
    const order = { error: 'error', warning: 'warning', note: 'notice' };
    expect(commands.map(({ command }) => command).sort()).toEqual(
      findings.map(({ severity }) => order[severity as keyof typeof order]).sort(),
    );
    for (const { command, properties, message } of commands) {
      expect(['error', 'warning', 'notice']).toContain(command);
      expect(Object.keys(properties).every((name) => ['file', 'line', 'col', 'title'].includes(name))).toBe(
        true,
      );
      expect(properties).toMatchObject({ file: expect.any(String), line: expect.stringMatching(/^\d+$/) });
      expect(message).toContain('\nfix: ');
    }
    // the rest of the log is one line
    expect(stdout.trimEnd().split('\n')).toHaveLength(findings.length + 1);
  });

  test('the most severe come first, since GitHub shows only ten of each kind', () => {
    const order = ['error', 'warning', 'notice'];
    const commands = workflowCommands(as('github', [EVERYTHING]).stdout).map(({ command }) =>
      order.indexOf(command),
    );
    expect(commands).toEqual([...commands].sort());
  });

  test('a finding has its place, message, fix and page', () => {
    const [one] = workflowCommands(as('github', [broken], '--only', 'Backup-RuleName').stdout);
    expect(one.properties).toEqual({ file: 'broken.json', line: '14', title: 'Backup-RuleName' });
    expect(one.message).toMatch(
      /^`RuleName` of plan `gold` must be .*, got `no!`\nbroken\/Plan Properties\/BackupPlan\/BackupPlanRule\/1\/RuleName\nfix: use `no`\nhttps:/,
    );
  });
});

test.each(['junit', 'gitlab', 'github'])('%s keeps the exit code, and goes to a file', (format) => {
  expect(as(format, [broken]).code).toBe(1);
  expect(as(format, [fine]).code).toBe(0);
  const out = file(`out.${format}`, '');
  expect(as(format, [broken], '--out', out).stdout).toBe('');
});

describe('explain', () => {
  const ID = 'Backup-LockRange';
  const explained = (...args: string[]) => cdkBackup(['explain', ...args]);

  test('says what the check finds, why, the fix, the source and date, and the page', () => {
    expect(explained(ID)).toEqual({
      code: 0,
      stderr: '',
      stdout: `Backup-LockRange
  severity  error
  found by  \`cdk-backup check\` and the plugin \`BackupChecks\`, in templates
  what      The retention of a rule or copy is outside the range of the lock of its vault.
  why       Every such backup or copy job fails.
  fix       use a retention within the range of the lock
  source    API reference PutBackupVaultLockConfiguration; AWS Backup Developer Guide, Vault Lock, 2026-08-31
  page      https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
`,
    });
  });

  test('takes several ids, in any case, also those of constructors', () => {
    const { findings } = JSON.parse(
      explained('backup-lockrange', 'Backup-CheckId', '--format', 'json').stdout,
    );
    expect(findings).toMatchObject([
      { id: ID, foundBy: 'check' },
      { id: 'Backup-CheckId', foundBy: 'constructor' },
    ]);
    expect(explained(ID, '--format', 'markdown').stdout).toMatch(
      /^## Backup-LockRange\n\n- \*\*severity\*\*: error\n/,
    );
  });

  test.each([
    [[], 'specify the ID of a finding'],
    [
      ['Backup-LockRang'],
      'unknown ID `Backup-LockRang`; use Backup-LockRange, or another ID from docs/checks.md',
    ],
  ])('%j is refused in one line', (args, line) => {
    expect(explained(...args)).toEqual({
      code: 2,
      stdout: '',
      stderr: `cdk-backup: ${line}; see \`cdk-backup explain --help\`\n`,
    });
  });
});
