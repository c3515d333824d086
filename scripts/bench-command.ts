/**
 * `npx projen bench:command [--quick]`: CPU time and output of `cdk-backup check` on 100 stacks with 2,000 resources and
 * thousands of findings, in each format, and with a baseline. The task compiles first. Measures, and never fails for what it
 * measures.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, verdict } from './measure';
import { bold, dim, table } from './terminal';

const BUDGET = { lines: 200, ms: 2_000 };
const STACKS = 100;
const ROOT = join(__dirname, '..');
const quick = process.argv.includes('--quick');

/** A stack of 20 resources, most of which have something wrong. Its plan selects its own resources by their tag. */
function template(index: number): object {
  const tags = (value: string) => [{ Key: 'backup', Value: value }];
  const rules = [
    { RuleName: 'daily', ScheduleExpression: 'cron(0 5 ? * * *)', Lifecycle: { DeleteAfterDays: 35 } },
    { RuleName: 'weekly!', ScheduleExpression: 'rate(7 days)' },
  ];
  const resources: Record<string, object> = {
    Vault: {
      Type: 'AWS::Backup::BackupVault',
      Properties: { BackupVaultName: `vault-${index}`, LockConfiguration: { MinRetentionDays: 60 } },
    },
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanName: `plan-${index}`,
          BackupPlanRule: rules.map((rule) => ({ ...rule, TargetBackupVault: { Ref: 'Vault' } })),
        },
      },
    },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: {
          SelectionName: 'gold',
          IamRoleArn: 'arn:aws:iam::111122223333:role/backup',
          ListOfTags: [
            { ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: `gold-${index}` },
          ],
        },
      },
    },
  };
  for (let i = 0; i < 10; i++)
    resources[`Table${i}`] = {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Tags: tags(`${i % 2 === 0 ? 'gold' : 'Gold'}-${index}`),
      },
    };
  for (let i = 0; i < 7; i++)
    resources[`Bucket${i}`] = { Type: 'AWS::S3::Bucket', Properties: { Tags: tags(`gold-${index}`) } };
  return { Resources: resources };
}

/** The milliseconds of CPU, user and system, of a process of its own, and what it prints. */
function run(args: readonly string[]): { ms: number; output: string } {
  const code = `
    process.argv.splice(1, 0, 'cdk-backup');
    process.on('exit', () => {
      const { user, system } = process.cpuUsage();
      require('node:fs').writeSync(2, String((user + system) / 1000));
    });
    require(${JSON.stringify(join(ROOT, 'lib/cli/main'))}).main();`;
  const file = join(folder, 'cpu');
  const shell = '"$@" 2>"$CPU"; true'; // the command exits with 1
  const output = execFileSync('bash', ['-c', shell, 'bash', process.execPath, '-e', code, '--', ...args], {
    encoding: 'utf8',
    env: { ...process.env, CPU: file, COLUMNS: '80' },
    maxBuffer: 1 << 28,
  });
  return { ms: Number(readFileSync(file, 'utf8')), output };
}

const folder = mkdtempSync(join(tmpdir(), 'bench-command-'));

function bench(): void {
  const paths = Array.from({ length: STACKS }, (_, i) => {
    const file = join(folder, `stack-${i}.json`);
    writeFileSync(file, JSON.stringify(template(i), undefined, 2));
    return file;
  });
  const baseline = join(folder, 'baseline.json');
  const { findings } = JSON.parse(run(['check', ...paths, '--format', 'json']).output);
  run(['check', ...paths, '--write-baseline', baseline]);
  const variants: [string, string[]][] = [
    ['text', []],
    ['text, --verbose', ['--verbose']],
    ['text, --baseline', ['--baseline', baseline]],
    ...['json', 'markdown', 'sarif', 'junit', 'gitlab', 'github'].map((format): [string, string[]] => [
      format,
      ['--format', format],
    ]),
  ];
  const results = variants.map(([name, more]) => {
    const runs = Array.from({ length: quick ? 1 : 5 }, () => run(['check', ...paths, ...more]));
    const lines = runs[0].output.trimEnd().split('\n').length;
    return { name, ms: median(runs.map(({ ms }) => ms)), lines };
  });
  console.log(
    `\n${bold('cdk-backup check')}: ${STACKS} stacks, ${STACKS * 20} resources, ${findings.length} findings\n`,
  );
  console.log(
    table(
      ['output', '>CPU ms', '>lines'],
      results.map(({ name, ms, lines }) => [name, ms.toFixed(0), String(lines)]),
    ),
  );
  const [{ ms, lines }] = results;
  console.log(`\n  at most ${BUDGET.lines} lines of text: ${lines}, ${verdict(lines <= BUDGET.lines)}`);
  console.log(`  at most ${BUDGET.ms} ms of CPU: ${ms.toFixed(0)}, ${verdict(ms <= BUDGET.ms)}`);
}

if (!existsSync(join(ROOT, 'lib/cli/main.js')))
  throw new Error('lib/ is missing; run `npx projen bench:command`');
console.log(dim(`Node.js ${process.version}`));
try {
  bench();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
