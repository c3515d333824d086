import { type App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as efs from 'aws-cdk-lib/aws-efs';
import { CfnFileSystem } from 'aws-cdk-lib/aws-fsx';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import {
  BackupPlan,
  BackupRule,
  BackupSchedule,
  BackupVault,
  CopyAction,
  LogicallyAirGappedVault,
  type PlanRestoreTestingOptions,
  ResourceType,
  RestoreMetadata,
  Retention,
  TagCondition,
} from '../../../src';
import { PlanRuns, type RunRule } from '../../../src/forecast/core/plan-runs';
import { testApp } from '../../support/app';
import { budget } from '../../support/budget';
import { refusal, thrown } from '../../support/refusal';
import { infosOf, warningsOf } from '../../support/warnings';

const HERE = { account: '111122223333', region: 'eu-west-1' };
const schedule = BackupSchedule.weekly({ hour: 3 });
const retention = Retention.days(35);

let app: App;
let stack: Stack;
let vault: BackupVault;
beforeEach(() => {
  app = testApp();
  stack = new Stack(app, 'Stack', { env: HERE });
  vault = new BackupVault(stack, 'Vault');
});

const planOf = (...rules: BackupRule[]) => new BackupPlan(stack, 'Plan', { vault, rules });
const table = (id = 'Orders') =>
  new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
const everyTest = () => Template.fromStack(stack).findResources('AWS::Backup::RestoreTestingSelection');
const properties = () => Object.values(everyTest()).map(({ Properties }) => Properties);
const pointsOf = () =>
  Object.values(Template.fromStack(stack).findResources('AWS::Backup::RestoreTestingPlan'))[0].Properties
    .RecoveryPointSelection;

describe('the restore testing plan that is derived from a plan', () => {
  test('tests the latest snapshot in the vaults of the rules, within the time between two backups', () => {
    const other = new BackupVault(stack, 'Other');
    const plan = planOf(
      BackupRule.daily({ retention, startWindow: Duration.hours(1) }),
      BackupRule.monthly({ retention: Retention.years(1), vault: other, startWindow: Duration.hours(1) }),
    );
    plan.addSelection('Tables', { resources: [table()] });
    plan.addRestoreTesting({ schedule });

    expect(pointsOf()).toEqual({
      Algorithm: 'LATEST_WITHIN_WINDOW',
      RecoveryPointTypes: ['SNAPSHOT'],
      // 24 hours and two start windows of an hour
      SelectionWindowDays: 2,
      IncludeVaults: [vault, other].map((each) => stack.resolve(each.backupVaultArn)),
    });
  });

  test('tests continuous backups only if a rule makes them', () => {
    const plan = planOf(BackupRule.continuous({ retention }));
    plan.addSelection('Buckets', { resources: [new s3.Bucket(stack, 'Bucket', { versioned: true })] });
    plan.addRestoreTesting({ schedule });
    expect(pointsOf().RecoveryPointTypes).toEqual(['SNAPSHOT', 'CONTINUOUS']);
  });

  test('tests random recovery points of up to 30 days', () => {
    const plan = planOf(BackupRule.daily({ retention: Retention.years(1) }));
    plan.addSelection('Tables', { resources: [table()] });
    plan.addRestoreTesting({ schedule, random: true });
    expect(pointsOf()).toMatchObject({ Algorithm: 'RANDOM_WITHIN_WINDOW', SelectionWindowDays: 30 });
  });

  test('reads an air-gapped vault, and copies in the account and Region if asked to', () => {
    const airGapped = new LogicallyAirGappedVault(stack, 'AirGapped', {
      minRetention: Duration.days(7),
      maxRetention: Duration.days(90),
      acknowledgeIrreversible: true,
    });
    const near = new BackupVault(stack, 'Near');
    const far = BackupVault.fromBackupVaultArn(
      stack,
      'Far',
      'arn:aws:backup:eu-central-1:111122223333:backup-vault:far',
    );
    const plan = planOf(
      BackupRule.daily({
        retention,
        airGappedVault: airGapped,
        copies: [CopyAction.toVault(near, { retention }), CopyAction.toVault(far, { retention })],
      }),
    );
    plan.addSelection('Files', { resources: [new efs.CfnFileSystem(stack, 'Files')] });
    plan.addRestoreTesting({ schedule, copies: true });
    expect(pointsOf().IncludeVaults).toHaveLength(3);
    expect(infosOf(stack)).toContain(
      'Backup-NotRestoreTested: restore tests omit copies into `Stack/Far`: the vault is in Region eu-central-1; test it by hand, or acknowledge this with a reason',
    );
  });

  test('has a name of its own for each call', () => {
    const plan = planOf(BackupRule.daily({ retention }));
    plan.addSelection('Tables', { resources: [table()] });
    const ids = [schedule, BackupSchedule.monthly()].map(
      (each) => plan.addRestoreTesting({ schedule: each, random: true }).node.id,
    );
    expect(ids).toEqual(['RestoreTesting', 'RestoreTesting2']);
  });
});

describe('the selections that are derived', () => {
  test('test the resources of the plan, one selection a type', () => {
    const plan = planOf(BackupRule.daily({ retention }));
    plan.addSelection('Both', { resources: [table(), new s3.Bucket(stack, 'Bucket', { versioned: true })] });
    plan.addRestoreTesting({ schedule, validationWindow: Duration.hours(2) });
    expect(properties()).toMatchObject([
      { ProtectedResourceType: 'DynamoDB', ValidationWindowHours: 2, ProtectedResourceArns: [{}] },
      { ProtectedResourceType: 'S3', ValidationWindowHours: 2, ProtectedResourceArns: [{}] },
    ]);
  });

  test('test the tags of the plan for every type that can be tested, and name the other types', () => {
    const plan = planOf(BackupRule.daily({ retention }));
    plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });
    plan.addRestoreTesting({ schedule });

    const tested = properties();
    expect(tested.map(({ ProtectedResourceType }) => ProtectedResourceType).sort()).toEqual([
      ...['Aurora', 'DocumentDB', 'DynamoDB', 'EBS', 'EC2', 'EFS', 'Neptune', 'RDS', 'S3'],
    ]);
    for (const selection of tested)
      expect(selection.ProtectedResourceConditions).toEqual({
        StringEquals: [{ Key: 'aws:ResourceTag/backup', Value: 'gold' }],
      });
    const untested = ResourceType.all()
      .map(({ name }) => name)
      .filter((name) => name !== 'FSx' && !tested.some((each) => each.ProtectedResourceType === name));
    const [unsupported, fsx] = infosOf(stack).filter((each) => each.startsWith('Backup-NotRestoreTested'));
    for (const name of untested) expect(unsupported).toContain(`\`${name}\``);
    expect(unsupported).toContain("restore testing doesn't support the type");
    expect(fsx).toBe(
      'Backup-NotRestoreTested: restore tests omit `FSx`: restores of the type need `metadata`; test it by hand, or acknowledge this with a reason',
    );
  });

  test('test all of a type where the plan selects all of it, or by what tests have no criteria for', () => {
    const plan = planOf(BackupRule.daily({ retention }));
    plan.addSelection('All', { resourceTypes: [ResourceType.EFS] });
    plan.addSelection('Any', {
      anyTag: [TagCondition.stringEquals('a', '1'), TagCondition.stringEquals('b', '1')],
      excludeTypes: ResourceType.all().filter(({ name }) => name !== 'EBS'),
    });
    plan.addRestoreTesting({ schedule });
    expect(properties()).toMatchObject([
      { ProtectedResourceType: 'EFS', ProtectedResourceArns: ['*'] },
      { ProtectedResourceType: 'EBS', ProtectedResourceArns: ['*'] },
    ]);
    expect(infosOf(stack).filter((each) => each.startsWith('Backup-RestoreTestingWidened'))).toEqual([
      'Backup-RestoreTestingWidened: restore tests cover all recovery points in the vaults of the plan of EBS: tests have no condition for one of several tags; give the plan a vault of its own, so that tests restore nothing of other plans',
    ]);
  });

  test('test all of a type instead of more than 30 resources', () => {
    const plan = planOf(BackupRule.daily({ retention }));
    plan.addSelection('Tables', {
      arns: Array.from({ length: 31 }, (_, n) => `arn:aws:dynamodb:eu-west-1:111122223333:table/t${n}`),
    });
    plan.addRestoreTesting({ schedule });
    expect(properties()).toMatchObject([{ ProtectedResourceArns: ['*'] }]);
  });

  test('take the metadata of their type', () => {
    const plan = planOf(BackupRule.daily({ retention }));
    const subnet = { subnetRef: { subnetId: 'subnet-1' } } as never;
    plan.addSelection('Files', {
      resources: [new CfnFileSystem(stack, 'Lustre', { fileSystemType: 'LUSTRE', subnetIds: ['subnet-1'] })],
    });
    plan.addRestoreTesting({ schedule, metadata: [RestoreMetadata.fsxLustre({ subnets: [subnet] })] });
    expect(properties()).toMatchObject([
      { ProtectedResourceType: 'FSx', RestoreMetadataOverrides: { subnetIds: '["subnet-1"]' } },
    ]);
  });
});

describe('nothing is derived', () => {
  const weekly = () => BackupRule.weekly({ retention, startWindow: Duration.hours(1) });
  test.each<
    [string, (plan: BackupPlan) => BackupRule | undefined, Partial<PlanRestoreTestingOptions>, string]
  >([
    [
      'without rules and selections',
      () => undefined,
      {},
      'restore tests are derived from the rules and selections of the plan, which has no rules and no selections; call `addRestoreTesting()` after the last `addRule()` and `addSelection()`',
    ],
    [
      'with a window shorter than the time between two backups',
      weekly,
      { window: Duration.days(7) },
      '`window` must be at least 8 days, the time between two backups of the plan and their start windows, got 7 days; omit it to have the window derived from the rules',
    ],
    [
      'from recovery points that expire before the next backup',
      () => BackupRule.weekly({ retention: Retention.days(3), startWindow: Duration.hours(1) }),
      {},
      '`rules` must have a rule whose recovery points outlive the time to the next backup, but `weekly` keeps them 3 days and may leave 8 days between two, so tests would find none; extend the retention, back up more often, or shorten `startWindow`',
    ],
    [
      'from yearly backups alone',
      () => BackupRule.yearly({ retention: Retention.years(7) }),
      {},
      '`rules` must have a rule that runs often enough to be tested, since tests look back at most 365 days, but `yearly` may leave 367 days between two recovery points; add a rule that runs more often',
    ],
    [
      'for types that the plan lacks',
      weekly,
      { resourceTypes: [ResourceType.EFS] },
      'restore tests must cover at least one resource of the plan, but none can be tested; remove `resourceTypes`, set `metadata`, or test restores of this plan by hand',
    ],
    [
      'with metadata of a type that is not tested',
      weekly,
      { metadata: [RestoreMetadata.efs({})] },
      '`metadata[0]` must be for a type that is tested (DynamoDB), got metadata for EFS; for other metadata, add a selection with `addSelection()` to the restore testing plan',
    ],
    [
      'with metadata of no type',
      weekly,
      { metadata: [RestoreMetadata.of({ a: 'b' })] },
      '`metadata[0]` must come from a factory for one type, got `RestoreMetadata.of`; for other metadata, add a selection with `addSelection()` to the restore testing plan',
    ],
    [
      'with options of another kind',
      weekly,
      { random: 'yes' as never, copy: true } as never,
      '2 problems of `Stack/Plan`:\n  - `copy` is not a property of `PlanRestoreTestingOptions`; remove it\n  - `random` must be true or false, got `yes`',
    ],
  ])('%s', (_title, ruleFor, options, message) => {
    const plan = new BackupPlan(stack, 'Plan', { vault });
    const rule = ruleFor(plan);
    if (rule) {
      plan.addRule(rule);
      plan.addSelection('Tables', { resources: [table()] });
    }
    expect(refusal(() => plan.addRestoreTesting({ schedule, ...options }))).toContain(message);
  });

  test('from types that restore testing does not support, which are named', () => {
    const plan = planOf(BackupRule.daily({ retention }));
    plan.addSelection('Clusters', { resourceTypes: [ResourceType.EKS] });
    expect(refusal(() => plan.addRestoreTesting({ schedule }))).toContain(
      "restore tests must cover at least one resource of the plan, but none can be tested (`EKS`: restore testing doesn't support the type); remove `resourceTypes`, set `metadata`, or test restores of this plan by hand",
    );
  });

  test('from what comes later, which is reported', () => {
    const plan = planOf(BackupRule.daily({ retention }));
    plan.addSelection('Tables', { resources: [table()] });
    plan.addRestoreTesting({ schedule });
    plan.addSelection('Late', { resourceTypes: [ResourceType.EFS] });
    jest.spyOn(console, 'error').mockImplementationOnce(() => {}); // the report in words
    app.synth();
    expect(warningsOf(stack)).toEqual([
      'Backup-RestoreTestingTooEarly: `Late` came after the restore tests were derived, so the tests omit it; call `addRestoreTesting()` after the last `addRule()` and `addSelection()`',
    ]);
  });
});

describe('whatever is accepted really gets a recovery point in its window, by the forecast', () => {
  const hours = fc.integer({ min: 0, max: 23 });
  const days = (min: number, max: number) => fc.integer({ min, max }).map((n) => Retention.days(n));
  const windows = fc.constantFrom(Duration.hours(1), Duration.hours(2), Duration.hours(8));
  const zones = fc.constantFrom(undefined, TimeZone.EUROPE_BERLIN, TimeZone.AMERICA_NEW_YORK);
  const crons = fc.oneof(
    hours.map((hour) => `cron(0 ${hour} ? * * *)`),
    hours.map((hour) => `cron(30 ${hour} ? * MON,THU *)`),
    fc.tuple(hours, fc.integer({ min: 1, max: 31 })).map(([hour, day]) => `cron(0 ${hour} ${day} * ? *)`),
    hours.map((hour) => `cron(0 ${hour} L * ? *)`),
    fc.constantFrom('cron(15 */6 ? * * *)', 'cron(0 5 1 JAN,JUL ? *)', 'cron(0 5 29 FEB ? *)'),
  );
  const rules = fc.array(fc.record({ cron: crons, zone: zones, window: windows, kept: days(1, 120) }), {
    minLength: 1,
    maxLength: 4,
  });

  /** The instants at which each rule runs over three years, from the forecast. */
  function runsOf(made: readonly BackupRule[]) {
    const period = { from: Date.UTC(2026, 11, 1), to: Date.UTC(2029, 11, 1) };
    const runs = new PlanRuns(period).of(
      made.map(
        (each): RunRule => ({
          cron: each.schedule._cron as never,
          timeZone: each.schedule.timeZone?.timezoneName,
          startWindowMinutes: each.startWindowMinutes,
          retentionDays: each.retention.inDays,
          isContinuous: false,
        }),
      ),
    );
    return made.flatMap((rule, index) =>
      Array.from({ length: runs[index]?.times.length ?? 0 }, (_, n) => ({
        rule,
        at: runs[index]?.times.at(n) as number,
      })),
    );
  }

  test('at any time after the first cycle', () => {
    let accepted = 0;
    fc.assert(
      fc.property(rules, fc.boolean(), (recipes, random) => {
        const one = new Stack(testApp(), 'One', { env: HERE });
        const plan = new BackupPlan(one, 'Plan', { vault: new BackupVault(one, 'Vault') });
        const made = recipes.map(({ cron, zone, window, kept }, index) =>
          BackupRule.scheduled({
            name: `rule${index}`,
            schedule: BackupSchedule.expression(cron, zone),
            startWindow: window,
            completionWindow: Duration.days(1),
            retention: kept,
          }),
        );
        for (const each of made) plan.addRule(each);
        plan.addSelection('All', { resourceTypes: [ResourceType.DYNAMODB] });
        if (thrown(() => plan.addRestoreTesting({ schedule, random }))) return;
        accepted++;
        const resource = one.node.findAll().find(({ node }) => node.path.endsWith('RestoreTesting/Resource'));
        const windowDays = (
          resource as unknown as { recoveryPointSelection: { selectionWindowDays: number } }
        ).recoveryPointSelection.selectionWindowDays;
        const runs = runsOf(made);
        // a recovery point is worst at the end of its start window, and gone when its retention ends
        const alive = runs
          .map(({ rule, at }) => {
            const created = at + (rule.startWindowMinutes as number) * 60_000;
            const span = Math.min(windowDays, rule.retention.inDays as number) * 86_400_000;
            return { from: created, to: at + span };
          })
          .sort((a, b) => a.from - b.from);
        const begin = Date.UTC(2026, 11, 1) + 365 * 86_400_000;
        let covered = begin;
        for (const { from, to } of alive) {
          if (to <= covered) continue;
          if (from > covered && covered < Date.UTC(2029, 5, 1)) break;
          covered = Math.max(covered, to);
        }
        expect(covered).toBeGreaterThan(Date.UTC(2029, 5, 1));
      }),
      { numRuns: 60 },
    );
    expect(accepted).toBeGreaterThan(budget(15));
  });
});
