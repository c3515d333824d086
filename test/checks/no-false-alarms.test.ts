import { type App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { AttributeType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { runChecks } from '../../src/checks/engine/check';
import { readInventory } from '../../src/inventory/inventory';
import { BackupTier } from '../../src/patterns/core/backup-tier';
import { WorkloadBackup } from '../../src/patterns/workload/workload-backup';
import { BackupTag } from '../../src/resources/selection/backup-tag';
import { testApp } from '../support/app';

const NOW = new Date('2026-11-21T00:00:00Z');
const HERE = { account: '111111111111', region: 'us-east-1' };

const errorsOf = (app: App) =>
  runChecks(ALL_CHECKS, readInventory([app.synth().directory]), { now: NOW })
    .filter(({ severity }) => severity === 'error')
    .map(({ id, message }) => `${id}: ${message}`);

const aTable = (stack: Stack) =>
  new TableV2(stack, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    tags: [{ key: 'backup', value: 'gold' }],
  });

const ENVIRONMENTS: [string, object][] = [
  ['in a known account and Region', { env: HERE }],
  ['anywhere', {}],
];

describe.each(ENVIRONMENTS)('%s', (_, props) => {
  test.each<[string, (stack: Stack) => unknown]>([
    [
      'aws-cdk-lib’s own plans',
      (stack) => {
        aTable(stack);
        const presets = [
          BackupPlan.daily35DayRetention(stack, 'Daily'),
          BackupPlan.dailyMonthly1YearRetention(stack, 'Monthly'),
          BackupPlan.dailyWeeklyMonthly5YearRetention(stack, 'Five'),
          BackupPlan.dailyWeeklyMonthly7YearRetention(stack, 'Seven'),
        ];
        for (const plan of presets)
          plan.addSelection('All', { resources: [BackupResource.fromTag('backup', 'gold')] });
      },
    ],
    [
      'a resource that aws-cdk-lib’s plan names',
      (stack) => {
        BackupPlan.dailyWeeklyMonthly5YearRetention(stack, 'Plan').addSelection('Named', {
          resources: [BackupResource.fromArn(aTable(stack).tableArn)],
          allowRestores: true,
        });
      },
    ],
    [
      'aws-cdk-lib’s plan with a rule and a vault of its own',
      (stack) => {
        const plan = new BackupPlan(stack, 'Plan', { backupVault: new BackupVault(stack, 'Vault') });
        plan.addRule(
          new BackupPlanRule({
            scheduleExpression: Schedule.cron({ hour: '3', minute: '0' }),
            deleteAfter: Duration.days(35),
          }),
        );
        // it finds tables of the first kind alone: with a `TableV2` the selection is empty, which is an error indeed
        plan.addSelection('All', { resources: [BackupResource.fromConstruct(stack)] });
        new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
      },
    ],
    [
      'aws-cdk-lib’s vault with a lock, a key, a topic and a denial',
      (stack) => {
        const vault = new BackupVault(stack, 'Vault', {
          encryptionKey: new Key(stack, 'Key'),
          notificationTopic: new Topic(stack, 'Topic', { masterKey: new Key(stack, 'TopicKey') }),
          blockRecoveryPointDeletion: true,
          lockConfiguration: { minRetention: Duration.days(7), maxRetention: Duration.days(400) },
          removalPolicy: RemovalPolicy.RETAIN,
        });
        const plan = new BackupPlan(stack, 'Plan', { backupVault: vault });
        plan.addRule(BackupPlanRule.daily());
        plan.addRule(BackupPlanRule.monthly1Year());
        plan.addRule(
          new BackupPlanRule({
            ruleName: 'continuous',
            enableContinuousBackup: true,
            deleteAfter: Duration.days(14),
            scheduleExpression: Schedule.cron({ minute: '0', hour: '3' }),
          }),
        );
        plan.addSelection('Arns', { resources: [BackupResource.fromArn(aTable(stack).tableArn)] });
      },
    ],
    [
      'our pattern',
      (stack) => {
        new WorkloadBackup(stack, 'Backup', { tier: BackupTier.SILVER });
        const table = new TableV2(stack, 'Table', {
          partitionKey: { name: 'id', type: AttributeType.STRING },
        });
        table.with(new BackupTag('silver'));
      },
    ],
  ])('%s has no errors', (_name, build) => {
    const app = testApp();
    build(new Stack(app, 'Stack', props));
    expect(errorsOf(app)).toEqual([]);
  });
});

test('copies of aws-cdk-lib to another Region have no error', () => {
  const app = testApp();
  const there = new Stack(app, 'There', {
    env: { ...HERE, region: 'eu-west-1' },
    crossRegionReferences: true,
  });
  const here = new Stack(app, 'Here', { env: HERE, crossRegionReferences: true });
  const copies = new BackupVault(there, 'Copies', { backupVaultName: 'copies' });
  const plan = new BackupPlan(here, 'Plan');
  plan.addRule(
    new BackupPlanRule({
      deleteAfter: Duration.days(35),
      copyActions: [{ destinationBackupVault: copies, deleteAfter: Duration.days(90) }],
    }),
  );
  plan.addSelection('Arns', { resources: [BackupResource.fromArn(aTable(here).tableArn)] });
  expect(errorsOf(app)).toEqual([]);
});
