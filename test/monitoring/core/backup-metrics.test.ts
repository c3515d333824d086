import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { BackupMetrics } from '../../../src/monitoring/core/backup-metrics';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { METRIC_STATES } from '../../../src/values/core/backup-metrics';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { refusal } from '../../support/refusal';
import { testStack } from '../../support/synthesis';

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const vaultNamed = (name: string, scope = stack) =>
  BackupVault.fromBackupVaultName(scope, `Vault-${name}`, name);
const alarmOn = (metric: IMetric, scope = stack) =>
  new Alarm(scope, 'Alarm', {
    metric,
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });

/** The metrics as methods of the class. */
const METHODS = Object.entries(METRIC_STATES).flatMap(([subject, states]) =>
  states.map((state) => ({
    method: `${subject[0].toLowerCase()}${subject.slice(1)}${state}` as keyof BackupMetrics,
    name: `NumberOf${subject}${state}`,
    subject,
  })),
);
const call = (metrics: BackupMetrics, method: keyof BackupMetrics) => (metrics[method] as () => IMetric)();

test('there is one method for each metric that AWS Backup publishes, and no other', () => {
  const own = Object.getOwnPropertyNames(BackupMetrics.prototype).filter(
    (name) => !['constructor', 'metric'].includes(name),
  );
  expect(own.sort()).toEqual(METHODS.map(({ method }) => method).sort());
  expect(METHODS).toHaveLength(20);
});

test.each(METHODS)('$method is the sum of $name by resource type', ({ method, name }) => {
  alarmOn(call(BackupMetrics.ofResourceTypes(ResourceType.EBS), method));
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Backup',
    MetricName: name,
    Dimensions: [{ Name: 'ResourceType', Value: 'EBS' }],
    Statistic: 'Sum',
    Period: 300,
  });
});

test.each(METHODS.filter(({ subject }) => subject !== 'RestoreJobs'))(
  '$method is the sum of $name by vault',
  ({ method, name }) => {
    alarmOn(call(BackupMetrics.ofVaults(vaultNamed('gold')), method));
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: name,
      Dimensions: [{ Name: 'BackupVaultName', Value: 'gold' }],
      Statistic: 'Sum',
    });
  },
);

test.each(METHODS.filter(({ subject }) => subject === 'RestoreJobs'))(
  '$method does not exist by vault',
  ({ method, name }) => {
    expect(refusal(() => call(BackupMetrics.ofVaults(vaultNamed('gold')), method))).toBe(
      `\`${name}\` must be requested by resource type, got vaults: restore jobs have no vault; use \`BackupMetrics.ofResourceTypes(…)\``,
    );
  },
);

test('several vaults are summed, and a missing value counts as nothing', () => {
  alarmOn(BackupMetrics.ofVaults(vaultNamed('gold'), vaultNamed('silver')).backupJobsFailed());
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: [
      {
        Expression: Match.stringLikeRegexp('^SUM\\(\\[\\w+, \\w+\\]\\)$'),
        Label: 'NumberOfBackupJobsFailed',
      },
      { MetricStat: { Metric: { Dimensions: [{ Name: 'BackupVaultName', Value: 'gold' }] } } },
      { MetricStat: { Metric: { Dimensions: [{ Name: 'BackupVaultName', Value: 'silver' }] } } },
    ],
  });
});

test('several sums can be in one graph', () => {
  const metrics = BackupMetrics.ofVaults(vaultNamed('gold'), vaultNamed('silver'));
  const others = BackupMetrics.ofResourceTypes(ResourceType.EBS, ResourceType.EC2);
  const left = [metrics.backupJobsFailed(), metrics.backupJobsCompleted(), others.backupJobsFailed()];
  new Dashboard(stack, 'Dashboard', { widgets: [[new GraphWidget({ left })]] });
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Dashboard', 1);
});

test('the metrics of a plan are those of the vaults of its rules, each once', () => {
  const daily = BackupRule.daily({ retention: Retention.days(35) });
  const monthly = BackupRule.monthly({ retention: Retention.days(365), vault: vaultNamed('long') });
  const weekly = BackupRule.weekly({ retention: Retention.days(90) });
  const plan = new BackupPlan(stack, 'Plan', { vault: vaultNamed('gold'), rules: [daily, monthly, weekly] });
  const metric = BackupMetrics.ofPlan(plan).backupJobsCompleted() as unknown as {
    usingMetrics: Record<string, { dimensions: unknown }>;
  };
  expect(Object.values(metric.usingMetrics).map(({ dimensions }) => dimensions)).toEqual([
    { BackupVaultName: 'gold' },
    { BackupVaultName: 'long' },
  ]);
});

test('all types of a Region are found by a search, for dashboards', () => {
  const dashboard = new Dashboard(stack, 'Dashboard');
  dashboard.addWidgets(
    new GraphWidget({ left: [BackupMetrics.ofRegion().backupJobsFailed({ period: Duration.hours(1) })] }),
  );
  const [{ Properties }] = Object.values(
    Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'),
  );
  expect(JSON.stringify(Properties.DashboardBody)).toContain(
    `SUM(SEARCH('{AWS/Backup,ResourceType} MetricName=\\\\\\"NumberOfBackupJobsFailed\\\\\\"', 'Sum', 3600))`,
  );
});

test('options such as period, label and color are those of any metric', () => {
  const options = { period: Duration.hours(1), label: 'Failed', color: '#d13212', statistic: 'Maximum' };
  expect(BackupMetrics.ofResourceTypes(ResourceType.EFS).copyJobsFailed(options)).toMatchObject(options);
});

test('a vault in another Region keeps its Region, so that its alarm has to be there too', () => {
  const app = new App();
  const there = new Stack(app, 'There', { env: { account: '111122223333', region: 'eu-central-1' } });
  const here = new Stack(app, 'Here', { env: { account: '111122223333', region: 'eu-west-1' } });
  const metric = BackupMetrics.ofVaults(vaultNamed('far', there)).copyJobsFailed();
  expect(() => alarmOn(metric, here)).toThrow(/eu-west-1.*eu-central-1/);
  alarmOn(metric, there);
  Template.fromStack(there).resourceCountIs('AWS::CloudWatch::Alarm', 1);
});

describe('mistakes', () => {
  const far = () =>
    new Stack(stack.node.root as App, 'Far', { env: { account: '444455556666', region: 'us-east-1' } });
  const here = () =>
    new Stack(stack.node.root as App, 'Near', { env: { account: '444455556666', region: 'us-east-2' } });
  test.each<[string, () => unknown, string]>([
    ['no vault', () => BackupMetrics.ofVaults(), '`vaults` must be 1 to 10, got none; name at least one'],
    [
      'eleven vaults',
      () => BackupMetrics.ofVaults(...Array.from({ length: 11 }, (_, i) => vaultNamed(`v${i}`))),
      '`vaults` must be 1 to 10, got 11; make several `BackupMetrics`',
    ],
    [
      'vaults in two Regions',
      () => BackupMetrics.ofVaults(vaultNamed('gold', far()), vaultNamed('gold', here())),
      '`vaults` must be in one Region, got us-east-1 and us-east-2; make one `BackupMetrics` for each of them',
    ],
    [
      'the name of a vault',
      () => BackupMetrics.ofVaults('gold' as never),
      '`vaults` must be backup vaults, got `gold`; pass a `BackupVault` or a `LogicallyAirGappedVault`',
    ],
    [
      'the name of a type',
      () => BackupMetrics.ofResourceTypes('EBS' as never),
      '`types` must be resource types, got `EBS`; pass constants such as `ResourceType.EBS`',
    ],
    [
      'no type',
      () => BackupMetrics.ofResourceTypes(),
      '`types` must be 1 to 10, got none; name at least one',
    ],
    [
      'a plan without rules',
      () => BackupMetrics.ofPlan(new BackupPlan(stack, 'Empty')),
      '`vaults` must be 1 to 10, got none; name at least one',
    ],
  ])('%s', (_, run, message) => {
    expect(refusal(run)).toBe(message);
  });
});
