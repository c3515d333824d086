/**
 * `npx projen bench:forecast`: CPU time and memory of forecasts, and the CPU time of their
 * cost: ten years of an hourly rule with three copies, and apps of
 * several sizes with three rules over three years. Each runs in a process of its own. Measures, and never fails for what it
 * measures.
 */
import { execFileSync } from 'node:child_process';
import { NO_SIZES } from '../src/forecast/cost/cost-model';
import { costOutlook, DEFAULT_COST_INPUTS } from '../src/forecast/outlook/cost-outlook';
import { forecastOf } from '../src/forecast/outlook/forecast';
import { inventoryOf } from '../src/inventory/inventory';
import type { StackSource } from '../src/template/input/source';
import { bold, dim, green, red, table } from './terminal';

const DEEP = { years: 10, ms: 100, megabytes: 50 };
const WIDE = { resources: 10_000, years: 3, ms: 2000 };
const SIZES = [1250, 2500, 5000, WIDE.resources];

const copies = [1, 2, 3].map((n) => ({
  DestinationBackupVaultArn: `arn:aws:backup:eu-west-${n}:222222222222:backup-vault:copies`,
  Lifecycle: { DeleteAfterDays: 30 * n },
}));

function rule(name: string, cron: string, days: number, more: object = {}) {
  return {
    RuleName: name,
    TargetBackupVault: 'gold',
    ScheduleExpression: `cron(${cron})`,
    StartWindowMinutes: 60,
    Lifecycle: { DeleteAfterDays: days },
    ...more,
  };
}

/** An app with one plan, and tables that it selects by a tag. */
function app(rules: readonly object[], tables: number): StackSource {
  const Resources: Record<string, unknown> = {
    Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'gold' } },
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: { BackupPlan: { BackupPlanName: 'gold', BackupPlanRule: rules } },
    },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: {
          SelectionName: 'all',
          IamRoleArn: 'arn:aws:iam::111111111111:role/Backup',
          ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'gold' }],
        },
      },
    },
  };
  for (let i = 0; i < tables; i++)
    Resources[`Table${i}`] = {
      Type: 'AWS::DynamoDB::Table',
      Properties: { Tags: [{ Key: 'backup', Value: 'gold' }] },
    };
  const name = 'App';
  return {
    id: name,
    name,
    stackName: name,
    file: 'App.template.json',
    account: '111111111111',
    region: 'us-east-1',
    template: { Resources },
  };
}

/** A size for every table, so that there is a cost. */
const COST_INPUTS = {
  ...DEFAULT_COST_INPUTS,
  sizes: { ...NO_SIZES, types: { DynamoDB: { sizeGiB: 100 } } },
};

interface Run {
  readonly resources: number;
  readonly points: number;
  readonly ms: number;
  readonly heap: number;
  /** The time that its cost takes on top. */
  readonly costMs: number;
  readonly cost: number | null;
}

function run(resources: number): Run {
  const deep = resources === 1;
  const rules = deep
    ? [rule('hourly', '0 * ? * * *', 35, { CopyActions: copies })]
    : [
        rule('daily', '0 5 ? * * *', 35, { CopyActions: copies.slice(0, 1) }),
        rule('weekly', '0 8 ? * SUN *', 90),
        rule('monthly', '0 11 1 * ? *', 365),
      ];
  const inventory = inventoryOf([app(rules, resources)]);
  const years = deep ? DEEP.years : WIDE.years;
  const period = { from: Date.UTC(2027, 0, 1), to: Date.UTC(2027 + years, 0, 1) };
  const megabytes = () => {
    (globalThis as { gc?: () => void }).gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const before = megabytes();
  const started = process.cpuUsage();
  const forecast = forecastOf(inventory, { period });
  const { user, system } = process.cpuUsage(started);
  const heap = megabytes() - before;
  const costStarted = process.cpuUsage();
  const { total } = costOutlook(forecast, COST_INPUTS).estimate;
  const spent = process.cpuUsage(costStarted);
  const points = forecast.resources.reduce(
    (sum, { recoveryPoints, copies: made }) => sum + recoveryPoints.created + made.created,
    0,
  );
  return {
    resources,
    points,
    ms: (user + system) / 1000,
    heap,
    costMs: (spent.user + spent.system) / 1000,
    cost: total,
  };
}

function bench(): void {
  console.log(dim(`Node.js ${process.version}`));
  const [deep, ...wide] = [1, ...SIZES].map((resources): Run => {
    const args = ['--expose-gc', '-r', 'ts-node/register/transpile-only', __filename, String(resources)];
    const env = { ...process.env, TS_NODE_PROJECT: 'tsconfig.dev.json' };
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env }));
  });
  const per = ({ ms, resources }: Run) => (1000 * ms) / resources;
  const row = (one: Run, first?: Run) => [
    String(one.resources),
    String(one.points),
    one.ms.toFixed(0),
    one.heap.toFixed(1),
    first ? (per(one) / per(first)).toFixed(2) : '',
    one.costMs.toFixed(0),
    one.cost?.toFixed(0) ?? 'none',
  ];
  console.log(
    `\n${bold('Forecasts')}: ${DEEP.years} years of an hourly rule, and ${WIDE.years} years of three rules\n`,
  );
  console.log(
    table(
      ['>resources', '>points', '>ms', '>MB', '>ratio', '>ms of cost', '>USD'],
      [row(deep), ...wide.map((one) => row(one, wide[0]))],
    ),
  );
  const last = wide[wide.length - 1];
  const verdict = (met: boolean) => (met ? green('met') : red('missed'));
  console.log(
    `\n  ratio: time for each resource, against the smallest app; 1 is linear` +
      `\n  ${DEEP.years} years in at most ${DEEP.ms} ms: ${deep.ms.toFixed(0)}, ${verdict(deep.ms <= DEEP.ms)}` +
      `\n  and ${DEEP.megabytes} MB: ${deep.heap.toFixed(1)}, ${verdict(deep.heap <= DEEP.megabytes)}` +
      `\n  ${WIDE.resources} resources in at most ${WIDE.ms} ms: ${last.ms.toFixed(0)}, ${verdict(last.ms <= WIDE.ms)}`,
  );
}

const [, , resources] = process.argv;
if (resources === undefined) bench();
else console.log(JSON.stringify(run(Number(resources))));
