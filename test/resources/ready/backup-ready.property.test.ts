import { type App, CfnParameter, CfnResource, Duration, Stack, TimeZone, Validations } from 'aws-cdk-lib';
import { CfnLogicallyAirGappedBackupVault } from 'aws-cdk-lib/aws-backup';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import * as fc from 'fast-check';
import { runChecks } from '../../../src/checks/engine/check';
import { bucketChecks } from '../../../src/checks/protected-resource/buckets';
import { databaseChecks } from '../../../src/checks/protected-resource/databases';
import { doubleBackupChecks } from '../../../src/checks/protected-resource/double-backups';
import { optInChecks } from '../../../src/checks/settings/opt-ins';
import { prerequisiteChecks } from '../../../src/checks/settings/prerequisites';
import { inventoryOf } from '../../../src/inventory/inventory';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { BackupReady } from '../../../src/resources/ready/backup-ready';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { Retention } from '../../../src/values/plan/retention';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { WeekDay } from '../../../src/values/schedule/week-day';
import { testApp } from '../../support/app';
import { source } from '../../support/templates';
import { infosOf, warningsOf } from '../../support/warnings';

const HERE = { account: '111111111111', region: 'us-east-1' };
const CHECKS = [
  ...bucketChecks,
  ...databaseChecks,
  ...doubleBackupChecks,
  ...optInChecks,
  ...prerequisiteChecks,
];

let app: App;
let count = 0;
beforeAll(() => {
  app = testApp();
});

interface RuleRecipe {
  readonly kind: 'continuous' | 'hourly' | 'sixHourly' | 'daily' | 'weekly' | 'monthly';
  readonly hour: number;
  readonly minute: number;
  readonly zone?: string;
  readonly startHours?: number;
  readonly retention: number;
  readonly copies: boolean;
  readonly airGapped: boolean;
  readonly tags: number;
}

const ruleRecipes: fc.Arbitrary<RuleRecipe> = fc.record({
  kind: fc.constantFrom('continuous', 'hourly', 'sixHourly', 'daily', 'weekly', 'monthly'),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.integer({ min: 0, max: 59 }),
  zone: fc.option(fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'America/New_York'), { nil: undefined }),
  startHours: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  retention: fc.integer({ min: 7, max: 35 }),
  copies: fc.boolean(),
  airGapped: fc.boolean(),
  tags: fc.integer({ min: 0, max: 4 }),
});

function ruleOf(recipe: RuleRecipe, index: number, stack: Stack): BackupRule {
  const { kind, hour, minute, startHours } = recipe;
  const timeZone = recipe.zone === undefined ? undefined : TimeZone.of(recipe.zone);
  const far = 'arn:aws:backup:eu-west-1:111111111111:backup-vault:far';
  const airGapped = () =>
    (stack.node.tryFindChild('AirGapped') as CfnLogicallyAirGappedBackupVault | undefined) ??
    new CfnLogicallyAirGappedBackupVault(stack, 'AirGapped', {
      backupVaultName: 'air-gapped',
      minRetentionDays: 7,
      maxRetentionDays: 3650,
    });
  const common = {
    name: `rule-${index}`,
    retention: Retention.days(recipe.retention),
    startWindow: startHours === undefined ? undefined : Duration.hours(startHours),
    copies: recipe.copies ? [CopyAction.toVaultArn(far, { retention: Retention.days(30) })] : [],
    airGappedVault: recipe.airGapped ? airGapped() : undefined,
    recoveryPointTags: Object.fromEntries(Array.from({ length: recipe.tags }, (_, i) => [`rule${i}`, 'x'])),
  };
  const at = { hour, minute, timeZone };
  switch (kind) {
    case 'continuous':
      return BackupRule.continuous({ ...common, schedule: BackupSchedule.daily(at) });
    case 'hourly':
      return BackupRule.hourly(common);
    case 'sixHourly':
      return BackupRule.scheduled({
        ...common,
        schedule: BackupSchedule.everyHours(6, { minute, timeZone }),
      });
    case 'daily':
      return BackupRule.daily({ ...common, ...at });
    case 'weekly':
      return BackupRule.weekly({ ...common, ...at, weekDays: [WeekDay.SUNDAY, WeekDay.TUESDAY] });
    case 'monthly':
      return BackupRule.monthly({ ...common, ...at });
  }
}

const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** A value, a value that is known only at deployment, or nothing. */
const perhaps = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(arbitrary, fc.constant(undefined), fc.constant('OPEN' as const));
type Perhaps<T> = T | 'OPEN' | undefined;

const two = (number: number) => String(number).padStart(2, '0');
const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const clock = (minute: number) => `${two(Math.floor((minute % 1440) / 60))}:${two(minute % 60)}`;
const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const daily = fc
  .tuple(minuteOfDay, fc.integer({ min: 30, max: 120 }))
  .map(([start, length]) => `${clock(start)}-${clock(start + length)}`);
const weekly = fc
  .tuple(fc.integer({ min: 0, max: 6 }), minuteOfDay, fc.integer({ min: 30, max: 120 }))
  .map(([day, start, length]) => {
    const end = dayNames[(day + (start + length >= 1440 ? 1 : 0)) % 7];
    return `${dayNames[day]}:${clock(start)}-${end}:${clock(start + length)}`;
  });
const fsxWeekly = fc
  .tuple(fc.integer({ min: 1, max: 7 }), minuteOfDay)
  .map(([day, start]) => `${day}:${clock(start)}`);

const recipes = fc.record({
  kind: fc.constantFrom(
    'bucket',
    'cfnBucket',
    'plainBucket',
    'instance',
    'cluster',
    'efs',
    'lustre',
    'windows',
    'eks',
    'ec2',
    'table',
    'globalTable',
    'docdb',
  ),
  flag: fc.boolean(),
  status: perhaps(fc.constantFrom('Enabled', 'Suspended', 'ENABLED', 'DISABLED')),
  override: option(fc.constantFrom('Suspended', 'DISABLED')),
  events: fc.constantFrom('none', 'empty', 'on', 'off'),
  archive: fc.boolean(),
  engine: fc.constantFrom('mysql', 'postgres', 'custom-oracle-ee', 'aurora-mysql', 'aurora-postgresql'),
  retention: perhaps(fc.integer({ min: 0, max: 35 })),
  daily: perhaps(daily),
  weekly: perhaps(weekly),
  fsxWeekly: perhaps(fsxWeekly),
  fsxDaily: perhaps(minuteOfDay.map(clock)),
  encrypted: option(fc.boolean()),
  mode: perhaps(fc.constantFrom('API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP')),
  instanceType: fc.constantFrom('t3.micro', 'm5.large'),
  profile: fc.boolean(),
  endpoint: perhaps(fc.constantFrom('enabled', 'disabled')),
  tags: fc.integer({ min: 0, max: 50 }),
  rules: fc.array(ruleRecipes, { minLength: 1, maxLength: 3 }),
  later: fc.array(ruleRecipes, { maxLength: 2 }),
  windowsVss: fc.boolean(),
});
type Recipe = typeof recipes extends fc.Arbitrary<infer T> ? T : never;

function make(stack: Stack, recipe: Recipe): IConstruct {
  const open = <T>(value: Perhaps<T>): T | undefined =>
    value === 'OPEN'
      ? (((stack.node.tryFindChild('Open') as CfnParameter | undefined) ?? new CfnParameter(stack, 'Open'))
          .valueAsString as T)
      : value;
  const number = (value: Perhaps<number>) =>
    value === 'OPEN' ? new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber : value;
  const tags = Array.from({ length: recipe.tags }, (_, i) => ({ key: `tag${i}`, value: 'x' }));
  const made = resource();
  const l1 = (made.node.defaultChild ?? made) as CfnResource;
  if (recipe.override === 'Suspended' && l1.cfnResourceType === 'AWS::S3::Bucket')
    l1.addPropertyOverride('VersioningConfiguration.Status', 'Suspended');
  if (recipe.override === 'DISABLED' && l1.cfnResourceType === 'AWS::RDS::DBInstance')
    l1.addPropertyOverride('BackupRetentionPeriod', 3);
  return made;

  function resource(): IConstruct {
    const lifecycle = recipe.archive
      ? [{ transitions: [{ storageClass: s3.StorageClass.GLACIER, transitionAfter: Duration.days(1) }] }]
      : undefined;
    switch (recipe.kind) {
      case 'bucket':
        return new s3.Bucket(stack, 'R', {
          versioned: recipe.flag,
          eventBridgeEnabled: recipe.events === 'on',
          lifecycleRules: lifecycle,
        });
      case 'cfnBucket':
        return new s3.CfnBucket(stack, 'R', {
          versioningConfiguration: recipe.status && { status: open(recipe.status) as string },
          notificationConfiguration:
            recipe.events === 'none'
              ? undefined
              : {
                  eventBridgeConfiguration:
                    recipe.events === 'empty' ? undefined : { eventBridgeEnabled: recipe.events === 'on' },
                },
          tags,
        });
      case 'plainBucket':
        return new CfnResource(stack, 'R', {
          type: 'AWS::S3::Bucket',
          properties: recipe.flag ? { VersioningConfiguration: { Status: 'Suspended' } } : {},
        });
      case 'instance':
        return new rds.CfnDBInstance(stack, 'R', {
          engine: recipe.engine.replace('aurora-', ''),
          backupRetentionPeriod: number(recipe.retention),
          preferredBackupWindow: open(recipe.daily),
          preferredMaintenanceWindow: open(recipe.weekly),
          tags,
        });
      case 'cluster':
        return new rds.CfnDBCluster(stack, 'R', {
          engine: recipe.engine.replace('custom-oracle-ee', 'mysql'),
          backupRetentionPeriod: number(recipe.retention),
          preferredBackupWindow: open(recipe.daily),
          preferredMaintenanceWindow: open(recipe.weekly),
          storageEncrypted: recipe.encrypted,
        });
      case 'efs':
        return new efs.CfnFileSystem(stack, 'R', {
          backupPolicy: recipe.status && { status: open(recipe.status) as string },
          fileSystemTags: tags,
        });
      case 'lustre':
      case 'windows': {
        const times = {
          weeklyMaintenanceStartTime: open(recipe.fsxWeekly),
          dailyAutomaticBackupStartTime: open(recipe.fsxDaily),
          automaticBackupRetentionDays: number(recipe.retention),
        };
        return new fsx.CfnFileSystem(stack, 'R', {
          fileSystemType: recipe.kind.toUpperCase(),
          subnetIds: ['subnet-1'],
          lustreConfiguration: recipe.kind === 'lustre' && recipe.flag ? times : undefined,
          windowsConfiguration: recipe.kind === 'windows' ? { ...times, throughputCapacity: 8 } : undefined,
        });
      }
      case 'eks':
        return new eks.CfnCluster(stack, 'R', {
          resourcesVpcConfig: { subnetIds: ['subnet-1'] },
          roleArn: 'arn:aws:iam::111111111111:role/eks',
          accessConfig: recipe.flag ? { authenticationMode: open(recipe.mode) } : undefined,
        });
      case 'ec2':
        return new ec2.CfnInstance(stack, 'R', {
          instanceType: recipe.instanceType,
          iamInstanceProfile: recipe.profile ? 'profile' : undefined,
          metadataOptions: recipe.endpoint && { httpEndpoint: open(recipe.endpoint) },
        });
      case 'table':
        return new dynamodb.CfnTable(stack, 'R', {
          keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
          tags,
        });
      case 'globalTable':
        return new dynamodb.CfnGlobalTable(stack, 'R', {
          keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
          attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
          replicas: [{ region: 'us-east-1', tags }],
        });
      case 'docdb':
        return new docdb.CfnDBCluster(stack, 'R', { storageEncrypted: recipe.encrypted });
    }
  }
}

/** In a separate stack: what BackupReady reports, and what the checks then find in the template. */
function outcome(recipe: Recipe) {
  const stack = new Stack(app, `Stack${count++}`, { env: HERE });
  try {
    const resource = make(stack, recipe);
    const plan = new BackupPlan(stack, 'Plan', {
      vault: BackupVault.fromBackupVaultName(stack, 'Vault', 'vault'),
      rules: recipe.rules.map((rule, index) => ruleOf(rule, index, stack)),
      windowsVss: recipe.windowsVss,
    });
    plan.addSelection('Selection', { resources: [resource] });
    resource.with(new BackupReady({ plans: [plan] }));
    for (const [index, rule] of recipe.later.entries()) plan.addRule(ruleOf(rule, index + 3, stack));

    const errors = resource.node.findAll().flatMap((construct) => construct.node.validate());
    const warnings = [...warningsOf(resource), ...infosOf(resource)];
    const template = stack.resolve((stack as unknown as { _toCloudFormation(): object })._toCloudFormation());
    const findings = runChecks(CHECKS, inventoryOf([source(template)]), { now: new Date() });
    return { errors, warnings, findings, template };
  } finally {
    app.node.tryRemoveChild(stack.node.id);
  }
}

/** The problems that can always be fixed. */
const MENDED = [
  'Backup-AutomaticBackupTwice',
  'Backup-BucketEventBridge',
  'Backup-BucketVersioning',
  'Backup-DatabaseRetention',
  'Backup-EksAuthentication',
];
const WINDOWS = ['Backup-MaintenanceWindow', 'Backup-BackupWindow'];
const POSSIBLE = WINDOWS.map((id) => `${id}Possible`);

/** Checks report for each rule what BackupReady reports for the first. */
const ofAnyRule = (message: string) => message.replace(/rule-\d|\d+/g, 'N');

test('everything that the checks find on a prepared resource is reported by BackupReady', () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { errors, warnings, findings } = outcome(recipe);
      const silent = findings.filter(({ id, message }) => {
        // late starts are not reported if there is no better window
        if (POSSIBLE.includes(id)) return false;
        return (
          !warnings.some((warning) => warning.startsWith(`${id}: `)) &&
          !errors.some((error) => ofAnyRule(error).startsWith(ofAnyRule(message)))
        );
      });
      expect(silent.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
      expect(findings.map(({ id }) => id).filter((id) => MENDED.includes(id))).toEqual([]);
    }),
    { numRuns: 800 },
  );
});

test('the windows of a database avoid a daily rule with a start window of up to eight hours', () => {
  const one = fc.tuple(
    recipes,
    ruleRecipes.map((rule) => ({ ...rule, kind: 'daily' as const })),
    fc.constantFrom('instance' as const, 'cluster' as const, 'windows' as const),
  );
  fc.assert(
    fc.property(one, ([recipe, rule, kind]) => {
      const { findings } = outcome({ ...recipe, kind, rules: [rule], later: [] });
      expect(findings.map(({ id }) => id).filter((id) => [...WINDOWS, ...POSSIBLE].includes(id))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('warnings of BackupReady can be acknowledged on the construct of the user', () => {
  const stack = new Stack(app, `Stack${count++}`, { env: HERE });
  const bucket = new s3.Bucket(stack, 'R', {
    lifecycleRules: [
      { transitions: [{ storageClass: s3.StorageClass.GLACIER, transitionAfter: Duration.days(1) }] },
    ],
  });
  bucket.with(new BackupReady({ rules: [BackupRule.daily({ retention: Retention.days(7) })] }));
  Validations.of(bucket).acknowledge({ id: 'Backup-BucketArchive', reason: 'old logs' });
  expect(bucket.node.findAll().flatMap((construct) => construct.node.validate())).toEqual([]);
  expect(warningsOf(bucket)).toEqual([]);
});
