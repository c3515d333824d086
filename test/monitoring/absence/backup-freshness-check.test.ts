import { type App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { checkFreshness, type FreshnessRequest } from '../../../src/handler/freshness/freshness-check';
import { BackupFreshnessCheck } from '../../../src/monitoring/absence/backup-freshness-check';
import type { BackupFreshnessCheckProps } from '../../../src/monitoring/absence/backup-freshness-check-props';
import { BackupTier } from '../../../src/patterns/core/backup-tier';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { RecoveryPointSelection } from '../../../src/resources/restore-testing/recovery-point-selection';
import { RestoreTestingPlan } from '../../../src/resources/restore-testing/restore-testing-plan';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { Retention } from '../../../src/values/plan/retention';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { FakeAccount } from '../../handler/freshness/fake-account';
import { Faults } from '../../handler/support/fakes';
import { VirtualRuntime } from '../../handler/support/virtual-runtime';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { propertiesOf, synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';
import { type AlarmProperties, AlarmSimulator } from './alarm-simulator';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const goldPlan = (rules = BackupTier.SILVER.rules) =>
  new BackupPlan(stack, 'Plan', {
    backupPlanName: 'gold',
    vault: new BackupVault(stack, 'Vault', { backupVaultName: 'gold' }),
    rules,
  });
const checkOf = (props: Partial<BackupFreshnessCheckProps> = {}) =>
  new BackupFreshnessCheck(
    stack,
    'Check',
    'plans' in props || 'vaults' in props ? props : { plans: [goldPlan()], ...props },
  );

const targets = () => ({
  copyTarget: Duration.hours(2),
  restoreTests: [
    {
      restoreTestingPlan: new RestoreTestingPlan(stack, 'Tests', {
        schedule: BackupSchedule.weekly(),
        recoveryPoints: RecoveryPointSelection.latest({
          vaults: [BackupVault.fromBackupVaultName(stack, 'Tested', 'tested')],
        }),
      }),
      target: Duration.hours(1),
    },
  ],
});
const TAGGED = {
  Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'gold' }] },
};

/** What the function gets, with references in place of what CloudFormation puts in. */
function requestOf(): FreshnessRequest {
  const [{ Targets }] = propertiesOf(stack, 'AWS::Events::Rule') as { Targets: { Input: unknown }[] }[];
  return JSON.parse(textOf(Targets[0].Input));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    Ref,
    'Fn::Join': join,
    'Fn::GetAtt': attribute,
  } = value as Record<string, never> & {
    Ref?: string;
    'Fn::Join'?: [string, unknown[]];
  };
  if (join) return join[1].map(textOf).join(join[0]);
  return Ref ? `<${Ref}>` : attribute[1] === 'BackupVaultName' ? 'gold' : '<attribute>';
}

async function run(request: FreshnessRequest, account: FakeAccount, at: number): Promise<number> {
  const runtime = new VirtualRuntime(at);
  return runtime.until(checkFreshness(request, account, { ...runtime, deadline: at + 900_000 }));
}

test('the function gets the schedules of the rules, and finds with them what is missing', async () => {
  checkOf({ runbook: 'https://wiki.example.com/backup' });
  const request = requestOf();
  expect(request.objectives.map(({ what, within, keep }) => ({ what, within, keep }))).toEqual([
    { what: 'rule daily of plan gold', within: 720, keep: 35 },
    { what: 'rule weekly of plan gold', within: 720, keep: 91 },
    { what: 'rule monthly of plan gold', within: 720, keep: 365 },
  ]);
  expect(request.objectives.every(({ decidedByLastBackup }) => decidedByLastBackup)).toBe(true);
  expect(request.console).toBe('https://console.aws.amazon.com/backup/home?region=<AWS::Region>');

  expect(request.objectives.map(({ vault }) => vault)).toEqual(['gold', 'gold', 'gold']);
  const account = new FakeAccount();
  const now = Date.UTC(2026, 10, 9, 18); // a Monday; weekly rules run on Saturdays
  for (let day = 0; day < 30; day++)
    account.backUp('gold', 'arn:fs-1', now - 13 * HOUR - day * DAY, day === 8 ? 365 : 35);
  expect(await run(request, account, now)).toBe(1);
  expect(account.messages[0].Message).toContain('rule weekly of plan gold');
});

test('a plan with one rule is checked by the time of the last backup, without reading recovery points', async () => {
  checkOf({ plans: [goldPlan(BackupTier.BRONZE.rules)] });
  const account = new FakeAccount();
  account.backUp('gold', 'arn:fs-1', Date.UTC(2026, 10, 8, 5), 35);
  expect(await run(requestOf(), account, Date.UTC(2026, 10, 9, 18))).toBe(1);
  expect(account.faults.names).not.toContain('backup:ListRecoveryPointsByBackupVault');
});

test('rules that are added later are checked too', () => {
  const plan = goldPlan(BackupTier.BRONZE.rules);
  checkOf({ plans: [plan] });
  plan.addRule(BackupRule.yearly({ retention: Retention.forever(), startWindow: Duration.hours(1) }));
  expect(requestOf().objectives.map(({ what, keep, within }) => [what, keep, within])).toEqual([
    ['rule daily of plan gold', 35, 720],
    ['rule yearly of plan gold', 36_501, 300],
  ]);
});

test('says how long a missed run stays unnoticed', () => {
  expect(checkOf().detectsWithin.toMinutes()).toBe(720 + 15 + 60 + 15);
  stack = testStack();
  const plan = goldPlan([
    BackupRule.daily({ retention: Retention.days(35), startWindow: Duration.hours(1) }),
  ]);
  const check = checkOf({ plans: [plan], longestBackup: Duration.hours(2), interval: Duration.hours(2) });
  expect(check.detectsWithin.toMinutes()).toBe(180 + 15 + 120 + 15);
  synthesize(stack).hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(2 hours)' });
});

test('vaults of other apps are checked by age', () => {
  const vault = BackupVault.fromBackupVaultName(stack, 'Central', 'central');
  checkOf({ plans: undefined, vaults: [{ vault, maxAge: Duration.hours(26) }] });
  expect(requestOf().objectives).toEqual([
    { tier: 'central', what: 'vault central', vault: 'central', maxAge: 1560 },
  ]);
});

describe('what the plans select', () => {
  test('is read from AWS Backup, so that selections of other apps count too', () => {
    const plan = goldPlan();
    checkOf({ plans: [plan] });
    expect(requestOf().plans).toEqual([{ id: '<attribute>', name: 'gold', objectives: [0, 1, 2] }]);
    const [{ Properties }] = Object.values(synthesize(stack).findResources('AWS::SSM::Parameter'));
    expect(Properties).toMatchObject({ Type: 'String', Value: '-' });
    expect(requestOf().memory).toMatch(/^<CheckMemory/);
  });

  test('the objectives of a plan are its own', () => {
    const bronze = new BackupPlan(stack, 'Bronze', {
      backupPlanName: 'bronze',
      vault: new BackupVault(stack, 'BronzeVault'),
      rules: BackupTier.BRONZE.rules,
    });
    checkOf({ plans: [goldPlan(), bronze] });
    expect((requestOf().plans ?? []).map(({ name, objectives }) => [name, objectives])).toEqual([
      ['gold', [0, 1, 2]],
      ['bronze', [3]],
    ]);
  });
});

test('copies and restore tests have targets', () => {
  const check = checkOf({ plans: undefined, vaults: undefined, ...targets() });
  expect(requestOf()).toMatchObject({
    objectives: [],
    copyTarget: 120,
    restoreTests: [{ arn: '<attribute>', target: 60 }],
  });
  expect(stack.resolve([check.metricCopyDuration(), check.metricRestoreTestDuration()])).toMatchObject([
    { namespace: 'BackupFreshness', metricName: 'CopyDuration', statistic: 'Maximum' },
    { namespace: 'BackupFreshness', metricName: 'RestoreTestDuration', statistic: 'Maximum' },
  ]);
});

describe('the function may do what it calls, and nothing else', () => {
  interface Statement {
    readonly Action: string | string[];
    readonly Resource: unknown;
    readonly Condition?: unknown;
  }
  const statements = () => {
    const [{ PolicyDocument }] = propertiesOf(stack, 'AWS::IAM::ManagedPolicy') as unknown as {
      PolicyDocument: { Statement: Statement[] };
    }[];
    return PolicyDocument.Statement;
  };

  test('each action is called, and each call is allowed', async () => {
    const lock = VaultLock.compliance({
      minRetention: Duration.days(7),
      coolingOff: Duration.days(10),
      acknowledgeIrreversible: true,
    });
    const vault = new BackupVault(stack, 'Vault', { backupVaultName: 'gold', lock });
    checkOf({
      plans: [new BackupPlan(stack, 'Plan', { vault, rules: BackupTier.SILVER.rules })],
      ...targets(),
    });
    expect(requestOf()).toMatchObject({ locks: ['gold'], lockNotice: 3 });
    const account = new FakeAccount(new Faults());
    account.selections.set(requestOf().plans?.[0].id ?? '', [
      { SelectionName: 's', IamRoleArn: 'r', Resources: ['*'], ...TAGGED },
    ]);
    account.tagged.set('arn:aws:rds:eu-west-1:111122223333:db:orders', { backup: 'gold' });
    account.backUp('gold', 'arn:fs-1', Date.UTC(2026, 10, 1, 5), 35);
    expect(await run(requestOf(), account, Date.UTC(2026, 10, 3, 5))).toBe(1);
    const allowed = statements()
      .flatMap(({ Action }) => Action)
      .filter((action) => !/^(logs|kms):/.test(action));
    expect(allowed.sort()).toEqual([...new Set(account.faults.names)].sort());
  });

  test('resources are named where IAM knows any', () => {
    const topic = new Topic(stack, 'Topic', { masterKey: new Key(stack, 'Key') });
    checkOf({ topic });
    const wide = statements().filter(({ Resource }) => Resource === '*');
    expect(wide.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [['backup:ListProtectedResources', 'cloudwatch:GetMetricData'], undefined],
      [['backup:DescribeRegionSettings', 'tag:GetResources', 'rds:DescribeDBInstances'], undefined],
      [['cloudwatch:PutMetricData'], { StringEquals: { 'cloudwatch:namespace': 'BackupFreshness' } }],
    ]);
    expect(JSON.stringify(statements())).toContain(JSON.stringify(stack.resolve(topic.masterKey?.keyArn)));
  });

  test('what is not asked for is not allowed', () => {
    checkOf({ neverBackedUp: false });
    const actions = statements().flatMap(({ Action }) => Action);
    for (const action of [
      'tag:GetResources',
      'ssm:PutParameter',
      'backup:ListCopyJobs',
      'backup:ListRestoreJobs',
    ])
      expect(actions).not.toContain(action);
    expect(requestOf().plans).toBeUndefined();
    synthesize(stack).resourceCountIs('AWS::SSM::Parameter', 0);
  });

  test('a precreated role takes its place', () => {
    iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Check/Role': 'freshness' } });
    checkOf();
    const template = synthesize(stack);
    template.resourceCountIs('AWS::IAM::Role', 0);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Role: 'arn:aws:iam::111122223333:role/freshness',
    });
  });
});

describe('the check itself is watched', () => {
  const silence = () =>
    propertiesOf(stack, 'AWS::CloudWatch::Alarm').find(({ MetricName }) => MetricName === 'LastSuccess');
  const succeedAt = (instants: number[]) =>
    instants.map((at) => ({ at: at + 9 * MINUTE, visibleAt: at + 11 * MINUTE, value: 1 }));

  test.each([1, 3, 12])('every %d hours: silence is noticed, and success is quiet', (hours) => {
    checkOf({ interval: Duration.hours(hours) });
    const alarm = silence() as unknown as AlarmProperties;
    const created = Date.UTC(2026, 10, 1, 0, 30);
    const checks = Array.from({ length: 200 }, (_, i) => created + (i + 1) * hours * HOUR);
    for (const extra of [0, 3])
      for (const isAligned of [true, false]) {
        const evaluation = { extra, isAligned };
        const healthy = new AlarmSimulator(alarm, created, succeedAt(checks), evaluation);
        expect(healthy.firstIn('ALARM', created, checks[190], 13 * MINUTE)).toBeUndefined();
        const dead = new AlarmSimulator(alarm, created, succeedAt(checks.slice(0, 20)), evaluation);
        const noticed = dead.firstIn('ALARM', checks[20], checks[20] + (hours + 6) * HOUR, 5 * MINUTE);
        expect(noticed).toBeDefined();
        const never = new AlarmSimulator(alarm, created, [], evaluation);
        expect(never.firstIn('ALARM', created, created + (2 * hours + 3) * HOUR, 5 * MINUTE)).toBeDefined();
      }
  });

  test('only silence has an action: what is late is in the message already', () => {
    const { alarm, silenceAlarm, topic } = checkOf();
    const actions = Object.fromEntries(
      propertiesOf(stack, 'AWS::CloudWatch::Alarm').map(({ MetricName, AlarmActions }) => [
        MetricName,
        AlarmActions,
      ]),
    );
    expect(actions).toEqual({
      ResourcesOutOfObjective: undefined,
      LastSuccess: [stack.resolve(topic.topicArn)],
    });
    expect([alarm, silenceAlarm].every(({ node }) => node.scope === alarm.node.scope)).toBe(true);
  });
});

test('fits the schema of CloudFormation', () => {
  checkOf({ logKey: new Key(stack, 'LogKey') });
  expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
});

describe('mistakes', () => {
  const IN = ' (in `Stack/Check`)';
  test.each<[string, () => object, string]>([
    [
      'nothing to check',
      () => ({ plans: [] }),
      '`plans`, `vaults` or `restoreTests` must have at least one element, got none; name the plans whose rules to check',
    ],
    [
      'a plan of aws-cdk-lib',
      () => ({ plans: [BackupPlan.fromBackupPlanId(stack, 'Other', 'plan-1')] }),
      '`plans[0]` must be a `BackupPlan` of this library, got an instance of `ImportedBackupPlan`; for other plans, watch their vault by age, with `vaults`',
    ],
    [
      'a vault without an age',
      () => ({ vaults: [{ vault: new BackupVault(stack, 'Other') }] }),
      '`vaults[0]` must be `{ vault, maxAge }` with a backup vault, got an object; for example, use `{ vault, maxAge: Duration.hours(26) }`',
    ],
    [
      'an age of minutes',
      () => ({ vaults: [{ vault: new BackupVault(stack, 'Other'), maxAge: Duration.minutes(5) }] }),
      '`maxAge` must be a whole number from 60 to 52560000 minutes, got 5; use 60 minutes or more',
    ],
    [
      'a restore test without a target',
      () => ({ restoreTests: [{ restoreTestingPlan: targets().restoreTests[0].restoreTestingPlan }] }),
      '`restoreTests[0]` must be `{ restoreTestingPlan, target }` with a restore testing plan, got an object; for example, use `{ restoreTestingPlan, target: Duration.hours(4) }`',
    ],
    [
      'a target after which copies are no longer listed',
      () => ({ copyTarget: Duration.days(30) }),
      '`copyTarget` must be a whole number from 1 to 30240 minutes, got 43200; use 30240 minutes or less',
    ],
    [
      'an interval of a day',
      () => ({ interval: Duration.hours(24) }),
      '`interval` must be a whole number from 1 to 12 hours, got 24; use 12 hours or less',
    ],
    [
      'a plan in another Region',
      () => {
        const there = new Stack(stack.node.root as App, 'There', {
          env: { account: '111122223333', region: 'eu-central-1' },
        });
        return {
          plans: [
            new BackupPlan(there, 'Plan', {
              vault: new BackupVault(there, 'Vault'),
              rules: BackupTier.BRONZE.rules,
            }),
          ],
        };
      },
      '`plans`, `vaults` and `restoreTests` must be in the Region of the stack, eu-west-1, got `There/Plan` in eu-central-1; create a check there',
    ],
  ])('%s', (_, props, message) => {
    expect(refusal(() => checkOf(props()))).toBe(message + IN);
  });

  test('plans that never get a rule', () => {
    checkOf({ plans: [new BackupPlan(stack, 'Empty')] });
    expect(synthesisRefusal(stack)).toContain(
      '`plans` has no rules, so there is nothing to check; add rules to the plans',
    );
  });

  test('more rules than the function can get', () => {
    const rules = Array.from({ length: 10 }, (_, i) =>
      BackupRule.daily({ name: `rule-${i}`, retention: Retention.days(35), hour: i }),
    );
    const vault = new BackupVault(stack, 'Vault');
    checkOf({
      plans: Array.from({ length: 6 }, (_, i) => new BackupPlan(stack, `Plan${i}`, { vault, rules })),
    });
    expect(synthesisRefusal(stack)).toMatch(
      /`plans` and `vaults` must fit in 8192 characters of JSON, got \d+; use several checks/,
    );
  });

  test('a rule that cannot be checked', () => {
    const plan = goldPlan([
      BackupRule.daily({
        retention: Retention.days(35),
        startWindow: Duration.minutes(Lazy.number({ produce: () => 60 })),
      }),
    ]);
    const check = checkOf({ plans: [plan] });
    synthesize(stack);
    expect(warningsOf(check)).toContain(
      'Backup-FreshnessRule: `plans` has the rule `daily` of `Stack/Plan`, which is not checked: its schedule or its windows are known only at deployment; watch `Stack/Vault` by age, with `vaults`',
    );
  });
});
